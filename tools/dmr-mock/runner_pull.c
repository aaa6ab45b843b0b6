/* runner - models come from a registry and go to one: lines of progress. */
#include "runner_routes.h"
#include "now.h"

/* A pull or push takes STEPS * STEP_MS. */
enum { STEPS = 5, STEP_MS = 10 };

/* What Go's html.EscapeString() does: clients trip over it. */
static void
add_escaped(struct buf *out, struct str line)
{
	static const char from[] = "<>&'\"";
	static const char *const to[] = { "&lt;", "&gt;", "&amp;", "&#39;",
		"&#34;" };

	for (size_t i = 0; i < line.len; i++) {
		const char *at = memchr(from, line.data[i], sizeof from - 1);

		if (at)
			buf_add_text(out, to[at - from]);
		else
			buf_add_char(out, line.data[i]);
	}
}

/* Without exactly this, the lines are escaped. */
static bool
wants_json(const struct runner_call *call)
{
	return str_is(mock_header(call->request, "Accept"), "application/json");
}

static void
start_lines(struct runner_call *call)
{
	mock_reply_head(call->reply, 200,
	    wants_json(call) ? "application/json" : "text/plain");
	mock_reply_header(call->reply, "Cache-Control", "no-cache");
	call->reply->streams = true;
}

static void
add_line(struct runner_call *call, struct buf *line)
{
	buf_add_char(line, '\n');
	if (wants_json(call))
		buf_add(&call->reply->body, buf_str(line));
	else
		add_escaped(&call->reply->body, buf_str(line));
	buf_done(line);
}

static void
add_progress(struct runner_call *call, const struct store_model *m,
    int64_t done, const char *message, const char *mode)
{
	struct buf line = { 0 };

	buf_add_format(&line,
	    "{\"type\":\"progress\",\"message\":\"%s: %.2f MB\",\"total\":%lld,"
	    "\"layer\":{\"id\":\"%s\",\"size\":%lld,\"current\":%lld},"
	    "\"mode\":\"%s\"}",
	    message, (double)done / 1048576, (long long)m->kind.bytes, m->id,
	    (long long)m->kind.bytes, (long long)done, mode);
	add_line(call, &line);
}

static void
add_success(struct runner_call *call, const char *message, const char *mode)
{
	struct buf line = { 0 };

	buf_add_format(&line,
	    "{\"type\":\"success\",\"message\":\"%s\",\"total\":0,"
	    "\"layer\":{\"size\":0,\"current\":0},\"mode\":\"%s\"}",
	    message, mode);
	add_line(call, &line);
}

static void
move_model(struct runner_call *call, const struct store_model *m,
    const char *message, const char *mode)
{
	for (int i = 1; i <= STEPS; i++) {
		add_progress(call, m, m->kind.bytes * i / STEPS, message, mode);
		mock_reply_pause(call->reply, STEP_MS);
	}
}

/* What nobody answers: a registry that is not there. */
static void
refuse_unreachable(
    struct runner_call *call, enum store_answer answer, struct str whole)
{
	struct str tag, path = store_split(whole, &tag);
	struct str host = str_cut(&path, '/'), port = host;

	str_cut(&port, ':');
	mock_reply_error(call->reply, 500,
	    "error while pulling model: reading model from registry: failed "
	    "to pull model \"%.*s\": UNKNOWN - resolving %.*s: failed to do "
	    "request: Head \"http%s://%.*s/v2/%.*s/manifests/%.*s\": dial "
	    "tcp%s%.*s: %s",
	    STR_ARGS(whole), STR_ARGS(whole),
	    answer == STORE_REFUSED ? "" : "s", STR_ARGS(host), STR_ARGS(path),
	    STR_ARGS(tag),
	    answer == STORE_REFUSED ? " 127.0.0.1:" : ": lookup ",
	    STR_ARGS(answer == STORE_REFUSED ? port : host),
	    answer == STORE_REFUSED ? "connect: connection refused"
				    : "no such host");
}

/* Errors before the first line have a status, but come in chunks. */
static void
refuse(struct runner_call *call, enum store_answer answer, struct str whole)
{
	if (answer == STORE_UNKNOWN || answer == STORE_HAS)
		mock_reply_error(call->reply, 404, "Model not found");
	else if (answer == STORE_UNAUTHORIZED)
		mock_reply_error(call->reply, 401, "Unauthorized");
	else
		refuse_unreachable(call, answer, whole);
}

static void
pull(struct runner_call *call, struct str whole)
{
	struct store *store = &call->runner->store;
	struct store_model *m = store_find(store, whole);
	struct store_kind kind;
	char id[STORE_ID_LEN + 1];
	enum store_answer answer = STORE_HAS;
	char message[64];

	if (m) {
		snprintf(message, sizeof message, "Using cached model: %s",
		    m->kind.size);
		start_lines(call);
		add_success(call, message, "pull");
		return;
	}
	answer = store_ask_registry(whole, &kind, id);
	if (answer == STORE_HAS &&
	    store_add(store, whole, id, &kind, now_unix_ms() / 1000) == 0) {
		start_lines(call);
		move_model(
		    call, store_find(store, whole), "Downloaded", "pull");
		add_success(call, "Model pulled successfully", "pull");
	} else {
		refuse(call, answer, whole);
	}
}

void
runner_pull(struct runner_call *call)
{
	struct tree t;
	struct buf whole = { 0 };
	const struct tree_node *from = NULL;
	bool good = tree_read(&t, call->request->body) == 0;

	if (good)
		from = runner_member(t.nodes, "from", SPAN_STRING, &good);
	if (!good)
		mock_reply_error(call->reply, 400, "invalid request body");
	else if (!from || store_name(tree_text(from), &whole))
		mock_reply_error(call->reply, 400, "Invalid model reference");
	else
		pull(call, buf_str(&whole));
	if (call->reply->status != 200)
		mock_reply_header(call->reply, "Cache-Control", "no-cache");
	call->reply->streams = true;
	buf_done(&whole);
	tree_done(&t);
}

void
runner_push(struct runner_call *call)
{
	const struct store_model *m = store_find(
	    &call->runner->store, call->name);

	if (m) {
		start_lines(call);
		move_model(call, m, "Uploaded", "push");
		add_success(call, "Model pushed successfully", "push");
		return;
	}
	mock_reply_error(call->reply, 404, "Model not found");
	mock_reply_header(call->reply, "Cache-Control", "no-cache");
	call->reply->streams = true;
}

void
runner_load_file(struct runner_call *call)
{
	mock_reply_error(call->reply, 500,
	    "error while loading model: model load interrupted: unexpected "
	    "EOF");
}
