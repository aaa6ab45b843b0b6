/* runner - the models: listed, shown, tagged, deleted. */
#include "runner_routes.h"

/* Of a model or, without tags, of what a registry has. */
static void
write_model(struct json *j, const struct store_model *m)
{
	const struct store_kind *kind = &m->kind;

	json_open(j, '{');
	json_member(j, "id", str_of(m->id));
	if (m->ntags) {
		json_name(j, "tags");
		json_open(j, '[');
		for (size_t i = 0; i < m->ntags; i++)
			json_string(j, str_of(m->tags[i]));
		json_close(j, ']');
	}
	json_name(j, "created");
	json_integer(j, m->created);
	json_name(j, "config");
	json_open(j, '{');
	json_member(j, "format", STR("gguf"));
	json_member(j, "quantization", str_of(kind->quantization));
	json_member(j, "parameters", str_of(kind->parameters));
	json_member(j, "architecture", str_of(kind->architecture));
	json_member(j, "size", str_of(kind->size));
	json_name(j, "gguf");
	json_raw(j, str_of(kind->gguf));
	if (kind->context) {
		json_name(j, "context_size");
		json_integer(j, kind->context);
	}
	json_close(j, '}');
	json_close(j, '}');
}

/* OpenAI's shape knows one name of each. */
static void
write_openai(struct json *j, const struct store_model *m)
{
	const struct store_kind *kind = &m->kind;

	json_open(j, '{');
	json_member(j, "id", str_of(m->ntags ? m->tags[0] : m->id));
	json_member(j, "object", STR("model"));
	json_name(j, "created");
	json_integer(j, m->created);
	json_member(j, "owned_by", STR("docker"));
	json_name(j, "dmr");
	json_open(j, '{');
	if (kind->context) {
		json_name(j, "context_window");
		json_integer(j, kind->context);
	}
	json_member(j, "architecture", str_of(kind->architecture));
	json_member(j, "parameters", str_of(kind->parameters));
	json_member(j, "quantization", str_of(kind->quantization));
	json_member(j, "size", str_of(kind->size));
	json_close(j, '}');
	json_close(j, '}');
}

static void
write_all(struct json *j, const struct store *s,
    void (*write)(struct json *, const struct store_model *))
{
	json_open(j, '[');
	for (size_t i = 0; i < s->n; i++)
		write(j, s->models[i]);
	json_close(j, ']');
}

void
runner_list_models(struct runner_call *call)
{
	struct json j = { .out = &call->reply->body };

	write_all(&j, &call->runner->store, write_model);
	runner_send(call, 200);
}

void
runner_list_openai(struct runner_call *call)
{
	struct json j = { .out = &call->reply->body };

	json_open(&j, '{');
	json_member(&j, "object", STR("list"));
	json_name(&j, "data");
	write_all(&j, &call->runner->store, write_openai);
	json_close(&j, '}');
	runner_send(call, 200);
}

static void
send_model(struct runner_call *call, const struct store_model *m,
    void (*write)(struct json *, const struct store_model *))
{
	struct json j = { .out = &call->reply->body };

	write(&j, m);
	runner_send(call, 200);
}

/* "?remote=true": what a registry has, which nobody pulled. */
static void
show_remote(struct runner_call *call)
{
	struct store_model m = { .created = 1795303185 };
	struct buf whole = { 0 };

	if (store_name(call->name, &whole) == 0 &&
	    store_ask_registry(buf_str(&whole), &m.kind, m.id) == STORE_HAS)
		send_model(call, &m, write_model);
	else
		mock_reply_error(call->reply, 404, "model not found");
	buf_done(&whole);
}

void
runner_show_model(struct runner_call *call)
{
	const struct store_model *m = store_find_part(
	    &call->runner->store, call->name);

	if (runner_is_asked(call, "remote"))
		show_remote(call);
	else if (m)
		send_model(call, m, write_model);
	else
		mock_reply_error(call->reply, 404, "model not found");
}

void
runner_show_openai(struct runner_call *call)
{
	const struct store_model *m = store_find(
	    &call->runner->store, call->name);

	if (m)
		send_model(call, m, write_openai);
	else
		mock_reply_error(call->reply, 404,
		    "error while getting model: get model '\"%.*s\"': model "
		    "not found",
		    STR_ARGS(call->name));
}

static void
write_entry(struct json *j, const char *what, const char *name)
{
	json_open(j, '{');
	json_member(j, what, str_of(name));
	json_close(j, '}');
}

/* Take the names from `first` to `last` away, and the model with the last. */
static void
untag(
    struct runner_call *call, struct store_model *m, size_t first, size_t last)
{
	struct json j = { .out = &call->reply->body };
	char id[STORE_ID_LEN + 1];
	bool is_gone = false;

	memcpy(id, m->id, sizeof id);
	json_open(&j, '[');
	for (size_t i = first; i <= last && !is_gone; i++) {
		write_entry(&j, "Untagged", m->tags[first]);
		is_gone = store_untag(&call->runner->store, m, first);
	}
	if (is_gone)
		write_entry(&j, "Deleted", id);
	json_close(&j, ']');
	runner_send(call, 200);
}

void
runner_delete_model(struct runner_call *call)
{
	struct store_model *m = store_find(&call->runner->store, call->name);
	struct buf whole = { 0 };
	size_t tag = 0;

	if (!m) {
		mock_reply_error(call->reply, 404,
		    "error while deleting model: model not found");
		return;
	}
	if (store_name(call->name, &whole) == 0)
		while (tag < m->ntags && !str_is(buf_str(&whole), m->tags[tag]))
			tag++;
	if (whole.len && tag < m->ntags)
		untag(call, m, tag, tag);
	else if (m->ntags > 1 && !runner_is_asked(call, "force"))
		mock_reply_error(call->reply, 409,
		    "error while deleting model: unable to delete \"%s\" "
		    "(must be forced) due to multiple tag references: "
		    "resource conflict",
		    m->id);
	else
		untag(call, m, 0, m->ntags - 1);
	buf_done(&whole);
}

/* POST /models/NAME/ACTION, which has no such action. */
void
runner_refuse_action(struct runner_call *call)
{
	struct str rest = call->name, action = str_cut(&rest, '/');

	while (rest.data)
		action = str_cut(&rest, '/');
	mock_reply_error(
	    call->reply, 404, "unknown action \"%.*s\"", STR_ARGS(action));
}

void
runner_purge(struct runner_call *call)
{
	store_done(&call->runner->store);
	call->reply->status = 200;
}

void
runner_tag(struct runner_call *call)
{
	struct store *store = &call->runner->store;
	struct store_model *m = store_find_part(store, call->name);
	struct buf target = { 0 }, whole = { 0 };
	struct json j = { .out = &call->reply->body };

	runner_query(call, "repo", &target);
	buf_add_char(&target, ':');
	if (target.len == 1 || !runner_query(call, "tag", &target) ||
	    target.data[target.len - 1] == ':') {
		mock_reply_error(
		    call->reply, 400, "missing repo or tag query parameter");
	} else if (!m) {
		mock_reply_error(call->reply, 404, "model not found");
	} else if (store_name(buf_str(&target), &whole) ||
	    store_tag(store, m, buf_str(&whole))) {
		mock_reply_error(call->reply, 400, "Invalid model reference");
	} else {
		buf_add_format(j.out,
		    "{\"message\":\"Model tagged successfully with \\\"%s\\\"\"",
		    target.data);
		j.comma = true;
		json_member(&j, "target", buf_str(&target));
		buf_add_char(j.out, '}');
		runner_send(call, 201);
	}
	buf_done(&target);
	buf_done(&whole);
}
