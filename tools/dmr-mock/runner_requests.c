/*
 * runner - the last requests to engines, as GET /engines/requests tells.
 *
 * What was answered is not kept: an engine says the same again when somebody
 * wants to know.
 */
#include "runner_routes.h"

#include "mem.h"

struct runner_record {
	struct mock_request *request;
	runner_engine *engine;
	int64_t unix_ms;
	const char *mode;
	struct store_model model; /* its id and kind, no tags */
	bool has_config;
	struct runner_config config; /* its numbers, no texts */
};

static void
drop(struct mock_runner *r, size_t index)
{
	free(r->records[index]->request);
	free(r->records[index]);
	memmove(r->records + index, r->records + index + 1,
	    (--r->nrecords - index) * sizeof(struct runner_record *));
}

static bool
is_of(const struct runner_record *record, const char *id)
{
	return !strcmp(record->model.id, id);
}

/* Room for one more: of a model the oldest goes, then of all. */
static void
make_room(struct mock_runner *r, const char *id)
{
	size_t n = 0, oldest = 0;

	for (size_t i = r->nrecords; i-- > 0;)
		if (is_of(r->records[i], id)) {
			oldest = i;
			n++;
		}
	if (n >= RUNNER_RECORDS_MAX)
		drop(r, oldest);
	else if (r->nrecords >= RUNNER_ALL_RECORDS_MAX)
		drop(r, 0);
}

void
runner_record(const struct runner_call *call)
{
	struct mock_runner *r = call->runner;
	struct runner_record *record;

	if (mock_request_size(call->request) > RUNNER_RECORD_MAX)
		return;
	make_room(r, call->model->id);
	record = mem_new(1, sizeof *record);
	*record = (struct runner_record){
		.request = mock_request_copy(call->request),
		.engine = call->engine,
		.unix_ms = call->unix_ms,
		.mode = call->mode,
		.model = *call->model,
		.has_config = call->config,
	};
	record->model.tags = NULL;
	record->model.ntags = 0;
	if (call->config)
		record->config = *call->config;
	record->config.json = record->config.keep_alive = NULL;
	r->records[r->nrecords++] = record;
}

void
runner_forget_records(struct mock_runner *r)
{
	while (r->nrecords)
		drop(r, r->nrecords - 1);
}

/* What the engine answered, a stream as one object. */
static void
answer_again(const struct runner_record *record, const struct tree_node *body,
    struct mock_reply *reply)
{
	struct runner_call again = {
		.request = record->request,
		.reply = reply,
		.unix_ms = record->unix_ms,
		.is_again = true,
		.mode = record->mode,
		.body = body,
		.model_name = tree_text(tree_find(body, STR("model"))),
		.model = &record->model,
		.config = record->has_config ? &record->config : NULL,
	};

	record->engine(&again);
}

/* One object; none if it would be too large. */
static void
write_record(struct json *j, const struct runner_record *record)
{
	const struct mock_request *r = record->request;
	struct mock_reply reply = { 0 };
	struct buf out = { .max = RUNNER_RECORD_MAX };
	struct json own = { .out = &out };
	struct tree body = { 0 };

	tree_read(&body, r->body);
	answer_again(record, body.nodes, &reply);
	json_open(&own, '{');
	json_name(&own, "id");
	buf_add_format(&out, "\"%s_%lld%06zu\"", record->model.id,
	    (long long)record->unix_ms, r->number % 1000000);
	own.comma = true;
	json_member(
	    &own, "model", tree_text(tree_find(body.nodes, STR("model"))));
	json_member(&own, "method", str_of(r->method));
	json_member(&own, "url", str_of(r->path));
	json_member(&own, "request", r->body);
	json_member(&own, "response", buf_str(&reply.body));
	json_name(&own, "timestamp");
	json_integer(&own, record->unix_ms / 1000);
	json_name(&own, "status_code");
	json_integer(&own, reply.status);
	json_member(&own, "user_agent", mock_header(r, "User-Agent"));
	json_close(&own, '}');
	if (!out.full)
		json_raw(j, buf_str(&out));
	buf_done(&out);
	mock_reply_done(&reply);
	tree_done(&body);
}

/* The records of one model, and what was configured for it. */
static void
write_model(struct json *j, const struct mock_runner *r, const char *id)
{
	const struct runner_config *c = runner_config(r, id, "completion");
	int64_t n = 0;

	for (size_t i = 0; i < r->nrecords; i++)
		n += is_of(r->records[i], id);
	json_open(j, '{');
	json_name(j, "count");
	json_integer(j, n);
	json_member(j, "model", str_of(id));
	json_name(j, "config");
	json_raw(j, c ? str_of(c->json) : STR("{}"));
	json_name(j, "records");
	json_open(j, '[');
	for (size_t i = 0; i < r->nrecords; i++)
		if (is_of(r->records[i], id))
			write_record(j, r->records[i]);
	json_close(j, ']');
	json_close(j, '}');
}

static bool
is_first(const struct mock_runner *r, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (is_of(r->records[i], r->records[index]->model.id))
			return false;
	return true;
}

void
runner_requests(struct runner_call *call)
{
	const struct mock_runner *r = call->runner;
	const struct store_model *m = NULL;
	struct buf name = { 0 };
	struct json j = { .out = &call->reply->body };
	bool is_one = runner_query(call, "model", &name);

	if (is_one)
		m = store_find(&r->store, buf_str(&name));
	json_open(&j, '[');
	for (size_t i = 0; i < r->nrecords; i++)
		if (is_first(r, i) &&
		    (!is_one || (m && is_of(r->records[i], m->id))))
			write_model(&j, r, r->records[i]->model.id);
	json_close(&j, ']');
	runner_send(call, 200);
	buf_done(&name);
}
