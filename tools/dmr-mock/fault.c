/* fault - the lies dmr-mock tells when it is asked to, by name. */
#include "mem.h"
#include "serve.h"
#include "span.h"

enum {
	REFUSED_MAX = 256, /* requests that were refused once */
	SLOW_BYTES = 64,
	SLOW_MS = 20,
	LATE_MS = 2000,
};

struct mock_faults {
	uint64_t refused[REFUSED_MAX]; /* their hashes; 0: none */
	size_t next;
};

/* A reply in place of the one there would be. */
struct instead {
	int status;
	bool once; /* the same request is answered when it comes again */
	const char *type, *name, *value; /* Content-Type, another header */
	const char *body;
};

enum kind {
	INSTEAD,
	HEAD,  /* nothing comes, or text */
	CUT,   /* the body ends, at the number or the half */
	BYTES, /* a chunk for each byte */
	SLOW,
	STALL,
	LATE,
	SAY,
	FINISH,
	DROP,
	END,
	VECTORS,
};

struct fault {
	const char *name, *help; /* "cut-N": N is a number */
	enum kind kind;
	bool is_reset;
	const char *text;
	struct instead instead;
};

static const char text_type[] = "text/plain; charset=utf-8";

static const struct fault faults[] = {
	{ "close", "the connection ends before an answer", .kind = HEAD,
	    .text = "" },
	{ "reset", "it is reset before an answer", .kind = HEAD,
	    .is_reset = true, .text = "" },
	{ "reset-head", "it is reset within the headers", .kind = HEAD,
	    .is_reset = true, .text = "HTTP/1.1 200 OK\r\nContent-Ty" },
	{ "reset-body", "it is reset in the middle of the body", .kind = CUT,
	    .is_reset = true },
	{ "cut-N", "it ends after N bytes of the body", .kind = CUT },
	{ "garbage", "what comes is no HTTP", .kind = HEAD,
	    .text = "\x16\x03\x01 220 hello\r\n\r\n" },
	{ "bytes", "each byte comes in a chunk of its own", .kind = BYTES },
	{ "slow", "64 bytes, every 20 ms", .kind = SLOW },
	{ "late", "the answer begins after 2 s", .kind = LATE },
	{ "stall", "nothing more comes after half the body", .kind = STALL },
	{ "429", "429 with Retry-After, once for a request", .kind = INSTEAD,
	    .instead = { 429, true, text_type, "Retry-After", "1",
		"too many requests\n" } },
	{ "503", "503 with Retry-After, once for a request", .kind = INSTEAD,
	    .instead = { 503, true, text_type, "Retry-After", "1",
		"service unavailable\n" } },
	{ "loading", "503 \"Loading model\", once for a request",
	    .kind = INSTEAD,
	    .instead = { 503, true, "application/json; charset=utf-8",
		.body = "{\"error\":{\"code\":503,\"message\":\"Loading "
			"model\",\"type\":\"unavailable_error\"}}" } },
	{ "500", "500 with a text of several lines", .kind = INSTEAD,
	    .instead = { 500, false, text_type,
		.body = "unable to load runner: error waiting for runner to "
			"be ready: llama.cpp terminated unexpectedly: "
			"llama.cpp failed: exit status 1\n"
			"with output: ggml: \033[31mout of memory\033[0m\n"
			"llama_model_load: error loading model\n" } },
	{ "502", "502 without a body", .kind = INSTEAD,
	    .instead = { .status = 502 } },
	{ "empty", "200 without a body", .kind = INSTEAD,
	    .instead = { .status = 200 } },
	{ "html", "a page of HTML", .kind = INSTEAD,
	    .instead = { 200, false, "text/html",
		.body = "<!DOCTYPE html>\n<title>Sign in</title>\n" } },
	{ "redirect", "302 to another server", .kind = INSTEAD,
	    .instead = { 302, false, text_type, "Location",
		"http://elsewhere.invalid/", "" } },
	{ "no-done", "a stream without [DONE]", .kind = DROP,
	    .text = "[DONE]" },
	{ "no-finish", "no finish_reason", .kind = FINISH, .text = "null" },
	{ "length", "cut at the token limit", .kind = FINISH,
	    .text = "\"length\"" },
	{ "filter", "refused by a content filter", .kind = FINISH,
	    .text = "\"content_filter\"" },
	{ "error-event", "a stream that ends with an error", .kind = END,
	    .text = "data: {\"error\":{\"code\":500,\"message\":\"the slot "
		    "broke down\",\"type\":\"server_error\"}}\n\n" },
	{ "error-field", "the same in an old form: error: {...}", .kind = END,
	    .text = "error: {\"code\":500,\"message\":\"the slot broke "
		    "down\",\"type\":\"server_error\"}\n\ndata: [DONE]\n\n" },
	{ "say-nothing", "an empty text", .kind = SAY, .text = "" },
	{ "bad-schema", "JSON that no schema asked for", .kind = SAY,
	    .text = "{\"unasked\":[null,-1]}" },
	{ "no-json", "a text that is no JSON", .kind = SAY,
	    .text = "{\"a\": 1,}" },
	{ "escapes", "a text with what terminals obey", .kind = SAY,
	    .text = "a\033[31mred\033]0;title\007\033]52;c;eA==\007"
		    "\rb\b\177\xc2\x9b" },
	{ "bidi", "a text with invisible characters", .kind = SAY,
	    .text = "a\xe2\x80\xaegnp.exe\xe2\x81\xa6z\xe2\x80\x8b"
		    "\xf3\xa0\x81\x81" },
	{ "embed-count", "one vector too few", .kind = VECTORS,
	    .text = "count" },
	{ "embed-order", "vectors in another order", .kind = VECTORS,
	    .text = "order" },
	{ "embed-nan", "a vector with NaN", .kind = VECTORS, .text = "nan" },
	{ "embed-size", "a vector that is too short", .kind = VECTORS,
	    .text = "size" },
};

/* Find it; *number: what stands for N. */
static const struct fault *
find(struct str name, int64_t *number)
{
	*number = -1;
	for (size_t i = 0; i < countof(faults); i++) {
		struct str row = str_of(faults[i].name);
		bool has_number = str_ends(row, "-N");

		row.len -= has_number;
		if (has_number && name.len > row.len &&
		    str_equal((struct str){ name.data, row.len }, row) &&
		    !span_integer(str_skip(name, row.len), number) &&
		    *number >= 0)
			return &faults[i];
		if (!has_number && str_equal(name, row))
			return &faults[i];
	}
	return NULL;
}

bool
mock_fault_is_known(struct str name)
{
	int64_t number;

	return find(name, &number) != NULL;
}

void
mock_faults_list(struct buf *out)
{
	for (size_t i = 0; i < countof(faults); i++)
		buf_add_format(out, "%s\t%s\n", faults[i].name, faults[i].help);
}

struct mock_faults *
mock_faults_open(void)
{
	return mem_new(1, sizeof(struct mock_faults));
}

void
mock_faults_close(struct mock_faults *f)
{
	free(f);
}

/* Was this request refused before?  Then it is forgotten, else remembered. */
static bool
was_refused(
    struct mock_faults *f, const char *name, const struct mock_request *r)
{
	uint64_t h = str_hash(STR_HASH, str_of(name));

	h = str_hash(str_hash(h, str_of(r->method)), str_of(r->path));
	h = str_hash(h, r->body);
	h += !h;
	for (size_t i = 0; i < REFUSED_MAX; i++) {
		if (f->refused[i] != h)
			continue;
		f->refused[i] = 0;
		return true;
	}
	f->refused[f->next++ % REFUSED_MAX] = h;
	return false;
}

/* For those who ask what was done to it. */
static void
note(struct mock_reply *reply, const char *name)
{
	if (reply->faults.len)
		buf_add_text(&reply->faults, ", ");
	buf_add_text(&reply->faults, name);
}

bool
mock_fault_answer(struct mock_faults *f, const char *name,
    const struct mock_request *r, struct mock_reply *reply)
{
	int64_t number;
	const struct fault *fault = find(str_of(name), &number);
	const struct instead *it;
	int64_t delay_ms = reply->delay_ms;

	if (!fault || fault->kind != INSTEAD)
		return false;
	it = &fault->instead;
	if (it->once && was_refused(f, name, r))
		return false;
	mock_reply_done(reply);
	note(reply, name);
	reply->delay_ms = delay_ms;
	reply->status = it->status;
	if (it->type)
		mock_reply_header(reply, "Content-Type", it->type);
	if (it->name)
		mock_reply_header(reply, it->name, it->value);
	if (it->body)
		buf_add_text(&reply->body, it->body);
	return true;
}

/* Pauses of ours stand in for those there were. */
static void
pause_every(struct mock_reply *r, size_t first, size_t step, int64_t ms)
{
	size_t length = r->body.len;

	r->npauses = 0;
	for (size_t at = first; at < length; at += step) {
		r->body.len = at;
		mock_reply_pause(r, ms);
	}
	r->body.len = length;
}

void
mock_fault_spoil(const char *name, struct mock_reply *r)
{
	int64_t number;
	const struct fault *f = find(str_of(name), &number);
	size_t half = r->body.len / 2;

	if (!f || f->kind == INSTEAD)
		return;
	note(r, name);
	r->is_reset |= f->is_reset;
	switch (f->kind) {
	case INSTEAD:
		break;
	case HEAD:
		r->cut = MOCK_CUT_HEAD;
		r->raw = f->text;
		break;
	case CUT:
		r->cut = MOCK_CUT_BODY;
		r->cut_at = number < 0 ? half : (size_t)number;
		break;
	case BYTES:
		r->streams = true;
		r->chunk_max = 1;
		break;
	case SLOW:
		pause_every(r, 0, SLOW_BYTES, SLOW_MS);
		break;
	case STALL:
		pause_every(r, half, half + 1, MOCK_NEVER);
		break;
	case LATE:
		r->delay_ms += LATE_MS;
		break;
	case SAY:
		mock_fault_say(r, f->text);
		break;
	case FINISH:
		mock_fault_finish(r, f->text);
		break;
	case DROP:
		mock_fault_drop_lines(r, f->text);
		break;
	case END:
		mock_fault_end_stream(r, f->text);
		break;
	case VECTORS:
		mock_fault_vectors(r, f->text);
		break;
	}
}
