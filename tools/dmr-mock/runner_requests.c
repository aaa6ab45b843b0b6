/* runner - the last requests to engines, as GET /engines/requests tells. */
#include "runner_routes.h"

#include "mem.h"
#include "now.h"

static void
write_record(struct json *j, const struct runner_call *call, struct str answer)
{
	const struct mock_request *r = call->request;
	int64_t now = now_unix_ms();
	char id[STORE_ID_LEN + 32];

	snprintf(id, sizeof id, "%s_%lld%06zu", call->model->id, (long long)now,
	    r->number % 1000000);
	json_open(j, '{');
	json_member(j, "id", str_of(id));
	json_member(j, "model", call->model_name);
	json_member(j, "method", str_of(r->method));
	json_member(j, "url", str_of(r->path));
	json_member(j, "request", r->body);
	json_member(j, "response", answer);
	json_name(j, "timestamp");
	json_integer(j, now / 1000);
	json_name(j, "status_code");
	json_integer(j, call->reply->status ? call->reply->status : 200);
	json_member(j, "user_agent", mock_header(r, "User-Agent"));
	json_close(j, '}');
}

static void
drop(struct mock_runner *r, size_t index)
{
	free(r->records[index].json);
	memmove(r->records + index, r->records + index + 1,
	    (--r->nrecords - index) * sizeof *r->records);
}

/* Room for one more: of a model the oldest goes, then of all. */
static void
make_room(struct mock_runner *r, const char *id)
{
	size_t n = 0, oldest = 0;

	for (size_t i = r->nrecords; i-- > 0;)
		if (!strcmp(r->records[i].id, id)) {
			oldest = i;
			n++;
		}
	if (n >= RUNNER_RECORDS_MAX)
		drop(r, oldest);
	else if (r->nrecords >= RUNNER_ALL_RECORDS_MAX)
		drop(r, 0);
}

void
runner_record(struct runner_call *call, struct str answer)
{
	struct mock_runner *r = call->runner;
	struct buf out = { .max = RUNNER_RECORD_MAX };
	struct json j = { .out = &out };

	if (!r)
		return;
	write_record(&j, call, answer);
	if (out.full) {
		buf_done(&out);
		return;
	}
	make_room(r, call->model->id);
	r->records = mem_grow(r->records, &r->records_capacity, r->nrecords + 1,
	    sizeof *r->records);
	memcpy(r->records[r->nrecords].id, call->model->id,
	    sizeof call->model->id);
	r->records[r->nrecords++].json = buf_take(&out);
}

void
runner_forget_records(struct mock_runner *r)
{
	while (r->nrecords)
		drop(r, r->nrecords - 1);
}

/* The records of one model, and what was configured for it. */
static void
write_model(struct json *j, const struct mock_runner *r, const char *id)
{
	const struct runner_config *c = runner_config(r, id, "completion");
	int64_t n = 0;

	for (size_t i = 0; i < r->nrecords; i++)
		n += !strcmp(r->records[i].id, id);
	json_open(j, '{');
	json_name(j, "count");
	json_integer(j, n);
	json_member(j, "model", str_of(id));
	json_name(j, "config");
	json_raw(j, c ? str_of(c->json) : STR("{}"));
	json_name(j, "records");
	json_open(j, '[');
	for (size_t i = 0; i < r->nrecords; i++)
		if (!strcmp(r->records[i].id, id))
			json_raw(j, str_of(r->records[i].json));
	json_close(j, ']');
	json_close(j, '}');
}

static bool
is_first(const struct mock_runner *r, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (!strcmp(r->records[i].id, r->records[index].id))
			return false;
	return true;
}

void
runner_requests(struct runner_call *call)
{
	const struct mock_runner *r = call->runner;
	const struct store_model *m = NULL;
	struct buf out = { 0 }, name = { 0 };
	struct json j = { .out = &out };
	bool is_one = runner_query(call, "model", &name);

	if (is_one)
		m = store_find(&r->store, buf_str(&name));
	json_open(&j, '[');
	for (size_t i = 0; i < r->nrecords; i++)
		if (is_first(r, i) &&
		    (!is_one || (m && !strcmp(m->id, r->records[i].id))))
			write_model(&j, r, r->records[i].id);
	json_close(&j, ']');
	runner_send(call, 200, &out);
	buf_done(&name);
}
