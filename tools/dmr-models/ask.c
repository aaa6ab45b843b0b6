/* dmr-models: asking the server, for one model or several. */
#include "die.h"
#include "mem.h"
#include "models.h"

int
models_call(struct models *m, struct api_call *call, char *path, struct err *e)
{
	int got;

	if (!path)
		return -1;
	call->path = path;
	got = tool_call(m->api, call, m->out, e);
	call->path = NULL;
	free(path);
	return got;
}

int
models_ask(struct models *m, struct api_call *call, char *path,
    enum span_kind kind, struct err *e)
{
	struct str reply;

	if (models_call(m, call, path, e))
		return -1;
	reply = str_trim(buf_str(&call->http.reply));
	if (span_kind(reply) == kind && span_valid(reply))
		return 0;
	return err_set(e, ST_SERVER, "'%s' answered what cannot be read: %s",
	    api_place(m->api)->name,
	    !reply.len              ? "nothing"
		: span_valid(reply) ? "JSON of another kind"
				    : "no JSON");
}

bool
models_ends_run(enum status status)
{
	return status == ST_UNREACHABLE || status == ST_OUTPUT ||
	    status == ST_TIMEOUT || status == ST_MEMORY;
}

void
models_tally(struct models_tally *t, const char *name, struct err *e)
{
	char *quoted = mem_format("'%s'", name);

	if (t->nfailed++)
		t->differs |= t->status != e->status;
	else
		t->status = e->status;
	if (t->n > 1) {
		if (!strstr(e->text, quoted))
			err_prefix(e, "%s", quoted);
		die_say(e);
	}
	free(quoted);
}

int
models_tally_end(const struct models_tally *t, struct err *e)
{
	bool is_part = t->nfailed < t->n || t->differs;

	if (!t->nfailed || t->n == 1)
		return t->nfailed ? -1 : 0;
	return err_set(e, is_part ? ST_PARTIAL : t->status,
	    "%zu of %zu models: not done", t->nfailed, t->n);
}

int
models_each(struct models *m,
    int (*one)(struct models *, const char *name, struct err *e), struct err *e)
{
	struct models_tally t = { .n = m->n };

	for (size_t i = 0; i < m->n; i++) {
		*e = (struct err)ERR_NONE;
		if (!one(m, m->names[i], e))
			continue;
		if (models_ends_run(e->status))
			return -1;
		models_tally(&t, m->names[i], e);
	}
	return models_tally_end(&t, e);
}

char *
models_listed_name(struct models *m, const char *name, struct err *e)
{
	struct api_call call = { .method = "GET", .model = name };
	char *listed = NULL;

	if (!models_ask(m, &call, api_model_path(name, e), SPAN_OBJECT, e)) {
		listed = api_text(span_member(buf_str(&call.http.reply), "id"));
		if (!listed[0] || api_model_check_name(listed, e)) {
			err_set(e, ST_SERVER,
			    "'%s' does not say which model '%s' is",
			    api_place(m->api)->name, name);
			free(listed);
			listed = NULL;
		}
	}
	api_call_done(&call);
	return listed;
}
