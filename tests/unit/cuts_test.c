/*
 * cuts_test - recorded answers, cut at every byte, given to those who read
 * them.  Half an answer must never pass for a whole one.
 *
 *     cuts_test [--whole] [FOLDER]      default: tests/data/recordings
 *
 * Of a long stream, events in the middle are left out, unless it is --whole.
 */
#include <dirent.h>

#include "api_chat.h"
#include "api_models.h"
#include "file.h"
#include "span.h"
#include "tap.h"

enum {
	LONG_BODY = 16 << 10, /* bytes; its middle is left out ... */
	LONG_SIDE = 6 << 10,  /* ... but for so much at both ends */
};

static bool keeps_all; /* is nothing to be left out? */

#define MODEL "ai/m"
#define SERVER "http://server"

/* A recorded answer, its framing taken off. */
struct answer {
	const char *name;
	struct buf raw; /* what it looks into */
	struct buf body;
	int status;
	bool is_stream;
};

/* --- HTTP --- */

/* Cut a line, and its CRLF, off *rest. */
static struct str
next_line(struct str *rest)
{
	struct str line = str_cut(rest, '\n');

	if (str_ends(line, "\r"))
		line.len--;
	return line;
}

static size_t
read_hex(struct str digits)
{
	char text[16] = { 0 };

	if (!digits.len || digits.len >= sizeof text)
		return SIZE_MAX;
	memcpy(text, digits.data, digits.len);
	return (size_t)strtoul(text, NULL, 16);
}

/* RFC 9112, section 7.1.  -1 if it is not whole. */
static int
read_chunks(struct str rest, struct buf *body)
{
	while (rest.len) {
		size_t n = read_hex(next_line(&rest));

		if (n == 0)
			return 0;
		if (n > rest.len)
			return -1;
		buf_add(body, (struct str){ rest.data, n });
		rest = str_skip(rest, n + strlen("\r\n"));
	}
	return -1;
}

/* Status line, header fields, body.  -1 if it is no whole answer. */
static int
read_http(struct answer *a)
{
	struct str rest = buf_str(&a->raw), line = next_line(&rest);
	bool is_chunked = false;
	int64_t length = -1;

	if (!str_starts(line, "HTTP/1.1 ") || line.len < 12)
		return -1;
	a->status = (int)strtol(line.data + 9, NULL, 10);
	while ((line = next_line(&rest)).len) {
		struct str value = line, name = str_cut(&value, ':');

		value = str_trim(value);
		if (str_is(name, "Transfer-Encoding"))
			is_chunked = str_is(value, "chunked");
		else if (str_is(name, "Content-Length"))
			span_integer(value, &length);
		else if (str_is(name, "Content-Type"))
			a->is_stream = str_is(value, "text/event-stream");
	}
	if (is_chunked)
		return read_chunks(rest, &a->body);
	if (length >= 0 && rest.len != (size_t)length)
		return -1;
	return buf_add(&a->body, rest);
}

/* --- chats --- */

static bool
has(struct str text, size_t from, const char *what)
{
	return str_starts(str_skip(text, from), what);
}

/* Where the event ends that holds the byte `at`. */
static size_t
event_end(struct str body, size_t at)
{
	while (at < body.len && !has(body, at, "\n\n"))
		at++;
	return at < body.len ? at + 2 : body.len;
}

/*
 * Time grows with the square of a body's length.  The events in the middle of
 * a long stream are all alike: leave them out.
 */
static void
shorten(struct answer *a)
{
	struct str body = buf_str(&a->body);
	struct buf kept = { 0 };

	if (keeps_all || !a->is_stream || body.len < LONG_BODY)
		return;
	buf_add(&kept, (struct str){ body.data, event_end(body, LONG_SIDE) });
	buf_add(&kept, str_skip(body, event_end(body, body.len - LONG_SIDE)));
	buf_done(&a->body);
	a->body = kept;
}

static bool
is_chat(const struct answer *a)
{
	return str_starts(str_of(a->name), "chat");
}

static bool
is_completion(const struct answer *a)
{
	return str_starts(str_of(a->name), "completions");
}

/* What has come of a chat's answer, or of a text's completion. */
struct result {
	int status;
	struct buf text;
};

/* Read it in pieces of `step` bytes. */
static void
read_chat(
    const struct answer *a, struct str body, size_t step, struct result *r)
{
	struct api_chat c = {
		.server = SERVER, .model = MODEL, .completes = !is_chat(a)
	};
	struct err e = ERR_NONE;
	int got = 0;

	while (!got && body.len) {
		size_t n = body.len < step ? body.len : step;

		got = api_chat_feed(&c, (struct str){ body.data, n }, &e) < 0
		    ? -1
		    : 0;
		body = str_skip(body, n);
	}
	if (!got)
		got = api_chat_end(&c, false, &e);
	r->status = got ? (int)e.status : 0;
	buf_clear(&r->text);
	buf_add(&r->text, buf_str(&c.text));
	api_chat_done(&c);
}

/*
 * Bytes of the body that must have come for the answer to be complete: in a
 * stream up to the blank line behind choice 0's finish_reason, else all.
 */
static size_t
complete_at(const struct answer *a)
{
	static const char finish[] = "\"finish_reason\":\"";
	struct str body = buf_str(&a->body);
	size_t at = 0;

	if (!a->is_stream)
		return str_trim(body).len;
	while (at < body.len && !has(body, at, finish))
		at++;
	return at < body.len ? event_end(body, at) : SIZE_MAX;
}

static int
finish_status(const struct answer *a)
{
	struct str body = buf_str(&a->body);
	int status = -1;

	for (size_t at = 0; at < body.len && status < 0; at++) {
		if (has(body, at, "\"tool_calls\":["))
			status = ST_SERVER;
		if (has(body, at, "\"finish_reason\":\"stop\""))
			status = 0;
		if (has(body, at, "\"finish_reason\":\"length\""))
			status = ST_CUT;
	}
	return status;
}

static void
check_steps(const struct answer *a, const struct result *whole)
{
	static const size_t steps[] = { 1, 2, 3, 7 };
	struct result r = { 0 };

	for (size_t i = 0; i < countof(steps); i++) {
		read_chat(a, buf_str(&a->body), steps[i], &r);
		tap_case(r.status == whole->status &&
			str_equal(buf_str(&r.text), buf_str(&whole->text)),
		    "%s in steps of %zu", a->name, steps[i]);
	}
	buf_done(&r.text);
}

/* One cut: n bytes, in memory that ends there. */
static void
check_chat_cut(const struct answer *a, size_t n, size_t complete,
    const struct result *whole)
{
	struct result r = { 0 };
	struct str text;
	char *copy = tap_copy((struct str){ a->body.data, n });
	bool fine;

	read_chat(a, (struct str){ copy, n }, SIZE_MAX, &r);
	free(copy);
	text = buf_str(&r.text);
	if (n < complete)
		fine = r.status == ST_INCOMPLETE &&
		    (!text.len || str_starts(buf_str(&whole->text), text.data));
	else
		fine = r.status == whole->status &&
		    str_equal(text, buf_str(&whole->text));
	if (!tap_case(fine, "%s cut at %zu: %d", a->name, n, r.status))
		tap_show("text", text);
	buf_done(&r.text);
}

static void
check_chat(const struct answer *a)
{
	size_t complete = complete_at(a);
	struct result whole = { 0 };

	read_chat(a, buf_str(&a->body), SIZE_MAX, &whole);
	tap_ok(whole.status == finish_status(a) && complete <= a->body.len,
	    "%s: its verdict is %d", a->name, finish_status(a));
	check_steps(a, &whole);
	for (size_t n = 0; n <= a->body.len; n++)
		check_chat_cut(a, n, complete, &whole);
	tap_all(a->name);
	buf_done(&whole.text);
}

/* --- errors --- */

/* What the whole ones must be; of the others nothing is promised. */
static const struct {
	const char *name;
	int status;
} named_errors[] = {
	{ "chat-context-overflow.http", ST_CUT },
	{ "chat-context-overflow-stream.http", ST_CUT },
	{ "chat-missing-model.http", ST_NO_MODEL },
	{ "chat-missing-model-stream.http", ST_NO_MODEL },
	{ "chat-bad-param.http", ST_SERVER },
	{ "chat-bad-param-stream.http", ST_SERVER },
	{ "chat-image-unsupported.http", ST_SERVER },
	{ "chat-too-large.http", ST_SERVER },
	{ "backend-unknown.http", ST_SERVER },
	{ "browser-origin.http", ST_SERVER },
	{ "not-found.http", ST_SERVER },
	{ "page-not-found.http", ST_SERVER },
	{ "model-missing.http", ST_NO_MODEL },
	{ "openai-model-missing.http", ST_NO_MODEL },
	{ "preload-missing.http", ST_NO_MODEL },
};

static bool
has_its_status(const struct answer *a, const struct err *e)
{
	for (size_t i = 0; i < countof(named_errors); i++)
		if (!strcmp(named_errors[i].name, a->name))
			return (int)e->status == named_errors[i].status;
	return true;
}

static void
check_error(const struct answer *a)
{
	struct err e = ERR_NONE;

	for (size_t n = 0; n <= a->body.len; n++) {
		char *copy = tap_copy((struct str){ a->body.data, n });
		int got;

		e = (struct err)ERR_NONE;
		got = api_error(
		    &e, a->status, (struct str){ copy, n }, MODEL, SERVER);
		free(copy);
		tap_case(got == -1 && e.text[0] &&
			(e.status == ST_SERVER || e.status == ST_CUT ||
			    e.status == ST_NO_MODEL),
		    "%s cut at %zu: %d", a->name, n, (int)e.status);
	}
	tap_case(has_its_status(a, &e), "%s: %d", a->name, (int)e.status);
	tap_all(a->name);
}

/* --- other JSON --- */

/* Every element or member; -1 unless it comes to the end. */
static int
walk(struct str json)
{
	struct str name, value;
	size_t at = 0;
	int got = 1;

	while (got == 1)
		got = span_kind(json) == SPAN_OBJECT
		    ? span_next_member(json, &at, &name, &value)
		    : span_next(json, &at, &value);
	return got;
}

/* Was it read as it should be, and is a failure named? */
static bool
is_right(int got, const struct err *e, bool should)
{
	return should ? got == 0 && !e->status
		      : got == -1 && e->status == ST_SERVER && e->text[0];
}

/* An array of what is loaded, or an empty one? */
static bool
says_loaded(struct str json)
{
	struct str first = { 0 };
	size_t at = 0;

	return span_kind(json) == SPAN_ARRAY &&
	    (span_next(json, &at, &first) != 1 ||
		span_member(first, "model_name").len);
}

/* Do all readers that could read it do so if, and only if, it is whole? */
static bool
is_read(struct str json, bool is_whole)
{
	bool is_object = span_kind(json) == SPAN_OBJECT;
	const char *name = "data";
	struct err list_e = ERR_NONE, loaded_e = ERR_NONE;
	struct api_models models = { 0 };
	struct str data;
	bool fine;

	fine = span_valid(json) == is_whole && (walk(json) == 0) == is_whole &&
	    (span_members(json, &name, 1, &data) == 0) ==
		(is_whole && is_object);
	fine = fine &&
	    is_right(api_models_read(&models, json, &list_e), &list_e,
		is_whole && span_kind(data) == SPAN_ARRAY);
	fine = fine &&
	    is_right(api_models_read_loaded(&models, json, &loaded_e),
		&loaded_e, is_whole && says_loaded(json));
	api_models_done(&models);
	return fine;
}

static void
check_json(const struct answer *a)
{
	size_t complete = str_trim(buf_str(&a->body)).len;

	for (size_t n = 0; n <= a->body.len; n++) {
		char *copy = tap_copy((struct str){ a->body.data, n });

		tap_case(is_read((struct str){ copy, n }, n >= complete),
		    "%s cut at %zu", a->name, n);
		free(copy);
	}
	tap_all(a->name);
}

/* --- all of them --- */

static bool
is_one_of(const char *name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

/* Check it if a tool reads such an answer. */
static void
check(const struct answer *a)
{
	static const char *const lists[] = { "alias-v1-models.http",
		"models-empty.http", "models.http", "model.http",
		"openai-model.http", "openai-models-empty.http",
		"openai-models.http", "ps-empty.http", "ps-loaded.http",
		"ps.http", "status.http", "version.http" };

	if (a->status >= 300)
		check_error(a);
	else if (is_chat(a) || is_completion(a))
		check_chat(a);
	else if (is_one_of(a->name, lists, countof(lists)))
		check_json(a);
	else if (!strcmp(a->name, "preload.http"))
		tap_int((intmax_t)a->body.len, 0, "preload.http: is empty");
}

static int
is_answer(const struct dirent *d)
{
	return str_ends(str_of(d->d_name), ".http");
}

static void
check_file(const char *folder, const char *name)
{
	struct answer a = { .name = name };
	struct buf path = { 0 };
	struct err e = ERR_NONE;

	buf_add_format(&path, "%s/%s", folder, name);
	if (file_read(path.data, BUF_MAX, &a.raw, &e)) {
		tap_ok(false, "%s", e.text);
	} else if (read_http(&a)) {
		tap_ok(false, "%s: no whole answer of HTTP", name);
	} else {
		shorten(&a);
		check(&a);
	}
	buf_done(&path);
	buf_done(&a.raw);
	buf_done(&a.body);
}

int
main(int argc, char **argv)
{
	const char *folder = "tests/data/recordings";
	struct dirent **files = NULL;
	int n;

	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--whole"))
			keeps_all = true;
		else
			folder = argv[i];
	n = scandir(folder, &files, is_answer, alphasort);
	tap_ok(n > 40, "there are recordings in %s", folder);
	for (int i = 0; i < n; i++) {
		check_file(folder, files[i]->d_name);
		free(files[i]);
	}
	free(files);
	return tap_done();
}
