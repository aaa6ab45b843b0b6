/* runner - what a Docker Model Runner answers: the routes. */
#include "runner_routes.h"

#include "chat.h"
#include "embed.h"
#include "mem.h"
#include "now.h"

struct route {
	const char *method, *pattern; /* "*": any parts of the path, or none */
	void (*answer)(struct runner_call *);
	runner_engine *engine;
};

/* Tried in this order. */
static const struct route routes[] = {
	{ "GET", "/engines/v1/models", runner_list_openai, NULL },
	{ "GET", "/engines/v1/models/*", runner_show_openai, NULL },
	{ "POST", "/engines/v1/chat/completions", runner_ask_engine,
	    chat_answer },
	{ "POST", "/engines/v1/completions", runner_ask_engine, chat_complete },
	{ "POST", "/engines/v1/embeddings", runner_ask_engine, embed_answer },
	{ "POST", "/engines/v1/messages/count_tokens", runner_ask_engine,
	    chat_count },
	{ "POST", "/anthropic/v1/messages/count_tokens", runner_ask_anthropic,
	    chat_count },
	{ "GET", "/engines/status", runner_status, NULL },
	{ "GET", "/engines/ps", runner_ps, NULL },
	{ "GET", "/engines/df", runner_df, NULL },
	{ "GET", "/engines/requests", runner_requests, NULL },
	{ "POST", "/engines/unload", runner_unload_models, NULL },
	{ "POST", "/engines/_configure", runner_configure, NULL },
	{ "GET", "/engines/_configure", runner_list_configs, NULL },
	{ "GET", "/models", runner_list_models, NULL },
	{ "POST", "/models/create", runner_pull, NULL },
	{ "POST", "/models/load", runner_load_file, NULL },
	{ "POST", "/models/*/tag", runner_tag, NULL },
	{ "POST", "/models/*/push", runner_push, NULL },
	{ "DELETE", "/models/purge", runner_purge, NULL },
	{ "GET", "/models/*", runner_show_model, NULL },
	{ "DELETE", "/models/*", runner_delete_model, NULL },
	{ "POST", "/models/*", runner_refuse_action, NULL },
	{ "GET", "/", runner_root, NULL },
	{ "GET", "/version", runner_version, NULL },
	{ "GET", "/metrics", runner_metrics, NULL },
	{ "GET", "/logs", runner_logs, NULL },
};

/* What follows "/engines/" and is no name of an engine. */
static const char *const words[] = { "v1", "_configure", "df", "ps", "status",
	"requests", "unload", "rerank", "score" };

bool
runner_query(
    const struct runner_call *call, const char *name, struct buf *value)
{
	struct str rest = str_of(call->request->query);

	while (rest.len) {
		struct str field = str_cut(&rest, '&');
		struct str key = str_cut(&field, '=');

		if (!str_is(key, name))
			continue;
		do {
			buf_add_unescaped(value, str_cut(&field, '+'));
			if (field.data)
				buf_add_char(value, ' ');
		} while (field.data);
		return true;
	}
	return false;
}

int
runner_bool(struct str text)
{
	static const char *const names[][6] = {
		{ "0", "f", "F", "false", "FALSE", "False" },
		{ "1", "t", "T", "true", "TRUE", "True" },
	};

	for (int is = 0; is < 2; is++)
		for (size_t i = 0; i < countof(names[is]); i++)
			if (str_is(text, names[is][i]))
				return is;
	return -1;
}

bool
runner_is_asked(const struct runner_call *call, const char *name)
{
	struct buf value = { 0 };
	bool is_asked = runner_query(call, name, &value) &&
	    (!value.len || runner_bool(buf_str(&value)) > 0);

	buf_done(&value);
	return is_asked;
}

const struct tree_node *
runner_member(const struct tree_node *body, const char *name,
    enum span_kind kind, bool *is_good)
{
	const struct tree_node *node = tree_find(body, str_of(name));

	*is_good &= body->kind == SPAN_OBJECT || body->kind == SPAN_NULL;
	if (!node || node->kind == SPAN_NULL)
		return NULL;
	*is_good &= node->kind == kind;
	return node->kind == kind ? node : NULL;
}

const struct tree_node *
runner_strings(const struct tree_node *body, const char *name, bool *is_good)
{
	const struct tree_node *array, *x = NULL;

	array = runner_member(body, name, SPAN_ARRAY, is_good);
	while (array && (x = tree_next(array, x)))
		*is_good &= x->kind == SPAN_STRING || x->kind == SPAN_NULL;
	return array;
}

void
runner_send(struct runner_call *call, int status)
{
	buf_add_char(&call->reply->body, '\n');
	mock_reply_head(call->reply, status, "application/json");
}

/* --- the path --- */

static bool
is_word(struct str part)
{
	for (size_t i = 0; i < countof(words); i++)
		if (str_is(part, words[i]))
			return true;
	return false;
}

/* Decoded, no slash twice, aliases as what they stand for. */
static void
read_path(struct runner_call *call, struct buf *path)
{
	struct buf decoded = { 0 };
	struct str rest;

	buf_add_unescaped(&decoded, str_of(call->request->path));
	rest = buf_str(&decoded);
	if (str_starts(rest, "/exp/vDD4.40/"))
		rest = str_skip(rest, strlen("/exp/vDD4.40"));
	while (rest.len) {
		size_t n = str_find(rest, STR("//"));

		buf_add(path, (struct str){ rest.data, n });
		rest = str_skip(rest, n + 1);
	}
	buf_done(&decoded);
}

/* "/v1/..." is "/engines/v1/...", and so is "/engines/ENGINE/v1/...". */
static void
resolve_aliases(struct runner_call *call, struct buf *path, struct buf *out)
{
	struct str rest = buf_str(path), part;

	if (str_starts(rest, "/engines/")) {
		rest = str_skip(rest, strlen("/engines/"));
		part = str_cut(&rest, '/');
		if (!is_word(part) && rest.data)
			call->backend = part;
		else
			rest = str_skip(buf_str(path), strlen("/engines/"));
		buf_add_text(out, "/engines/");
	} else if (str_starts(rest, "/v1/")) {
		buf_add_text(out, "/engines");
	}
	buf_add(out, rest);
}

/* Does it match?  Sets *name to what "*" stands for. */
static bool
matches(const char *pattern, struct str path, struct str *name)
{
	struct str after = str_of(pattern), before = str_cut(&after, '*');

	if (!after.data)
		return str_equal(path, before);
	if (path.len < before.len + after.len ||
	    memcmp(path.data, before.data, before.len) != 0 ||
	    !str_ends(path, after.data))
		return false;
	*name = str_skip(path, before.len);
	name->len -= after.len;
	return true;
}

static bool
has_method(const struct route *r, const char *method)
{
	return strcmp(r->method, method) == 0 ||
	    (strcmp(method, "HEAD") == 0 && strcmp(r->method, "GET") == 0);
}

/* May an engine be named in its path? */
static bool
takes_backend(const struct route *r)
{
	return r->answer == runner_configure ||
	    str_starts(str_of(r->pattern), "/engines/v1/");
}

/* What Go's http.ServeMux says to a folder without its slash. */
static bool
redirects(struct runner_call *call, struct str path)
{
	static const char *const folders[] = { "/v1", "/engines", "/anthropic",
		"/models" };
	const char *method = call->request->method;
	size_t i = 0;

	while (i < countof(folders) && !str_is(path, folders[i]))
		i++;
	if (i == countof(folders) ||
	    (str_is(path, "/models") && strcmp(method, "POST") != 0 &&
		strcmp(method, "DELETE") != 0))
		return false;
	if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0) {
		buf_add_format(&call->reply->body,
		    "<a href=\"%s/\">Temporary Redirect</a>.\n\n", folders[i]);
		mock_reply_head(call->reply, 307, "text/html; charset=utf-8");
	}
	call->reply->status = 307;
	buf_add_format(&call->reply->headers, "Location: %s/\n", folders[i]);
	return true;
}

static void
follow(struct runner_call *call, struct str path)
{
	for (size_t i = 0; i < countof(routes); i++)
		if (has_method(&routes[i], call->request->method) &&
		    (!call->backend.len || takes_backend(&routes[i])) &&
		    matches(routes[i].pattern, path, &call->name)) {
			call->engine = routes[i].engine;
			routes[i].answer(call);
			return;
		}
	if (redirects(call, path))
		return;
	if (str_starts(path, "/engines/") || str_starts(path, "/models"))
		mock_reply_error(call->reply, 404, "not found");
	else
		mock_reply_error(call->reply, 404, "404 page not found");
}

void
mock_runner_answer(struct mock_runner *runner,
    const struct mock_request *request, struct mock_reply *reply)
{
	struct runner_call call = { .runner = runner,
		.request = request,
		.reply = reply,
		.unix_ms = now_unix_ms() };
	struct buf decoded = { 0 }, path = { 0 };

	read_path(&call, &decoded);
	resolve_aliases(&call, &decoded, &path);
	follow(&call, buf_str(&path));
	buf_done(&decoded);
	buf_done(&path);
}

struct mock_runner *
mock_runner_open(const char *models, struct err *e)
{
	struct mock_runner *r = mem_new(1, sizeof *r);
	struct str rest = str_of(strcmp(models, "none") ? models : "");

	while (rest.len) {
		struct str name = str_cut(&rest, ',');
		struct buf whole = { 0 };
		int got = store_name(name, &whole);

		if (got == 0)
			got = store_give(
			    &r->store, buf_str(&whole), now_unix_ms() / 1000);
		buf_done(&whole);
		if (got) {
			err_set(e, ST_USAGE, "no name of a model: '%.*s'",
			    STR_ARGS(name));
			mock_runner_close(r);
			return NULL;
		}
	}
	return r;
}

void
mock_runner_close(struct mock_runner *r)
{
	if (!r)
		return;
	runner_unload(r, NULL, NULL);
	runner_forget_configs(r, NULL);
	runner_forget_records(r);
	store_done(&r->store);
	free(r->loaded);
	free(r->configs);
	free(r);
}
