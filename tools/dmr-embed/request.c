/* dmr-embed: what is sent, and what is logged of it. */
#include "batch.h"
#include "die.h"
#include "now.h"

/* --- the body --- */

static int
write_body(struct embed_batch *b, const char *model, struct str input,
    struct str fields, struct err *e)
{
	struct api_embed_request request = { .model = model,
		.input = input,
		.fields = fields,
		.plain = b->run->plain };

	b->plain = b->run->plain;
	buf_clear(&b->body);
	return api_embed_write(&b->body, &request, e);
}

/* All that a batch line says, but for what we write ourselves. */
static int
write_request(struct embed_batch *b, const struct record *r, struct err *e)
{
	static const char *const ours[] = { "input", "encoding_format" };
	bool names_model = span_member(r->body, "model").len;
	struct buf fields = { .max = RECORD_MAX };
	struct json j = { .out = &fields };
	struct str input = span_member(r->body, "input");
	int got;

	json_open(&j, '{');
	record_write_fields(r, &j, ours, countof(ours));
	json_close(&j, '}');
	b->wanted = api_embed_count(input);
	got = write_body(
	    b, names_model ? NULL : b->run->model, input, buf_str(&fields), e);
	buf_done(&fields);
	return got;
}

/* Texts that are good: embed_begin() has seen to that. */
static int
write_texts(struct embed_batch *b, struct err *e)
{
	struct embed *run = b->run;
	const struct fanout_job *job = b->job;
	struct err unused;

	buf_clear(&b->input);
	b->input.max = API_BODY_MAX;
	b->wanted = b->size;
	buf_add_char(&b->input, '[');
	for (size_t i = 0; i < b->size && !b->input.full; i++) {
		if (i)
			buf_add_char(&b->input, ',');
		embed_add_text(run, &job->record, b->limit, &b->input, &unused);
		job = job->mate;
	}
	buf_add_char(&b->input, ']');
	if (b->input.full)
		return err_set(e, ST_INPUT, "the request is larger than %d MiB",
		    API_BODY_MAX >> 20);
	return write_body(
	    b, run->model, buf_str(&b->input), (struct str){ 0 }, e);
}

int
embed_write_body(struct embed_batch *b, struct err *e)
{
	const struct record *r = &b->job->record;

	if (r->kind == RECORD_BATCH)
		return write_request(b, r, e);
	return write_texts(b, e);
}

void
embed_write_dry(const struct embed_batch *b, struct buf *line)
{
	const struct record *r = &b->job->record;
	struct json j = { .out = line };
	char id[32];

	snprintf(id, sizeof id, "%zu", r->line);
	json_open(&j, '{');
	json_name(&j, "custom_id");
	if (r->kind == RECORD_BATCH)
		json_raw(&j, r->custom_id);
	else
		json_string(&j, str_of(id));
	json_member(&j, "method", STR("POST"));
	json_member(&j, "url", STR(EMBED_BATCH_URL));
	json_name(&j, "body");
	json_raw(&j, buf_str(&b->body));
	json_close(&j, '}');
	json_end_line(&j, 0);
	line->data[line->len - 1] = b->run->format.end;
}

/* --- the call --- */

static void
on_start(struct api_call *call)
{
	struct embed_batch *b = call->owner;

	buf_clear(&b->reply);
	b->first_ms = 0;
	b->answer.server = api_call_server(call);
}

static int
on_bytes(struct api_call *call, struct str piece, struct err *e)
{
	struct embed_batch *b = call->owner;

	if (!b->first_ms)
		b->first_ms = now_ms();
	if (buf_add(&b->reply, piece))
		return err_set(e, ST_SERVER, "the answer is too large");
	return 0;
}

static int
on_end(struct api_call *call, struct err *e)
{
	struct embed_batch *b = call->owner;
	int got = api_embed_read(&b->answer, buf_str(&b->reply), b->wanted, e);

	call->foreign = b->answer.foreign;
	return got;
}

void
embed_fill_call(struct embed_batch *b, struct api_call *call)
{
	api_call_done(call);
	b->round = b->run->round;
	b->start_ms = now_ms();
	b->began_ms = now_unix_ms();
	*call = (struct api_call){ .method = "POST",
		.path = API_EMBED_PATH,
		.body = buf_str(&b->body),
		.model = b->run->model,
		.on_start = on_start,
		.on_bytes = on_bytes,
		.on_end = on_end,
		.owner = b };
}

/* --- the log --- */

void
embed_log(
    struct embed_batch *b, const struct api_call *call, const struct err *why)
{
	struct embed *run = b->run;
	int64_t end_ms = now_ms();
	struct log_entry entry = { .time_ms = b->began_ms,
		.tool = "dmr-embed",
		.version = VERSION,
		.host = api_call_server(call),
		.path = API_EMBED_PATH,
		.model = run->model,
		.status = why->status,
		.total_ms = end_ms - b->start_ms,
		.first_ms = b->first_ms ? b->first_ms - b->start_ms : -1,
		.tries = call->http.tries,
		.usage = why->status ? (struct str){ 0 } : b->answer.usage,
		.request = buf_str(&b->body),
		.error = why->text[0] ? why->text : NULL };
	struct err late = ERR_NONE;

	if (run->set->log && log_add(&run->log, &entry, &late))
		warn("%s", late.text);
}

void
embed_log_stored(struct embed *run)
{
	struct log_entry entry = { .time_ms = now_unix_ms(),
		.tool = "dmr-embed",
		.version = VERSION,
		.host = api_place(run->api)->name,
		.path = API_EMBED_PATH,
		.model = run->model,
		.first_ms = -1,
		.cached = true };
	struct err late = ERR_NONE;

	if (run->set->log && log_add(&run->log, &entry, &late))
		warn("%s", late.text);
}
