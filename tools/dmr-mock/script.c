/* script - a scenario: which line answers a request. */
#include "script.h"

#include <signal.h>
#include <sys/time.h>

#include "die.h"
#include "mem.h"
#include "message.h"
#include "tool.h"

enum {
	LINES_MAX = 100000,
	UNUSED_MAX = 20,
	FILTER_S = 1, /* of a processor, for a filter and a request */
};

struct mock_script {
	char *path;
	bool is_asked; /* a request came */
	struct buf text;
	struct script_line *lines;
	size_t n, capacity;
};

static int
read_lines(struct mock_script *s, const char *path, struct err *e)
{
	struct mock_lines lines = { .path = s->path, .status = ST_USAGE };
	int got;

	if (tool_read(path, BUF_MAX, &s->text, e)) {
		e->status = ST_USAGE;
		return -1;
	}
	lines.rest = buf_str(&s->text);
	while ((got = mock_lines_next(&lines, e)) == 1) {
		if (s->n == LINES_MAX)
			return err_set(e, ST_USAGE, "%s has more than %d lines",
			    s->path, LINES_MAX);
		s->lines = mem_grow(
		    s->lines, &s->capacity, s->n + 1, sizeof *s->lines);
		if (script_line_read(&s->lines[s->n++], &lines, e))
			return -1;
	}
	return got;
}

struct mock_script *
mock_script_open(const char *path, struct err *e)
{
	struct mock_script *s = mem_new(1, sizeof *s);

	s->path = mem_copy(
	    strcmp(path, "-") != 0 ? str_of(path) : STR("standard input"));
	if (!read_lines(s, path, e))
		return s;
	mock_script_close(s);
	return NULL;
}

/* A line that waits for what is never asked is a mistake of its author. */
static void
warn_of_unused(const struct mock_script *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		if (!s->lines[i].is_used && n++ < UNUSED_MAX)
			warn("%s:%zu: it never applied", s->path,
			    s->lines[i].number);
	if (n > UNUSED_MAX)
		warn("%s: and %zu more", s->path, n - UNUSED_MAX);
}

void
mock_script_close(struct mock_script *s)
{
	if (s->is_asked)
		warn_of_unused(s);
	for (size_t i = 0; i < s->n; i++)
		script_line_done(&s->lines[i]);
	free(s->lines);
	buf_done(&s->text);
	free(s->path);
	free(s);
}

/* A request, and what of it was read, when the first line asked. */
struct question {
	const char *script; /* path */
	const struct mock_request *request;
	bool is_read;
	struct tree body;
	struct buf json; /* what filters get */
};

/* NULL if it is no JSON. */
static const struct tree_node *
body_of(struct question *q)
{
	if (!q->is_read)
		tree_read(&q->body, q->request->body);
	q->is_read = true;
	return q->body.nodes;
}

static bool
is_like(struct str text, const char *pattern)
{
	struct str start = str_of(pattern);

	if (!pattern)
		return true;
	if (!str_ends(start, "*"))
		return str_equal(text, start);
	start.len--;
	return text.len >= start.len &&
	    str_equal((struct str){ text.data, start.len }, start);
}

/* "/v1/..." of a path that may have an engine before it, or the path. */
static struct str
call_of(struct str path)
{
	static const char *const engines[] = { "/engines/v1",
		"/engines/llama.cpp/v1" };

	for (size_t i = 0; i < countof(engines); i++) {
		struct str rest = str_skip(path, strlen(engines[i]));

		if (str_starts(path, engines[i]) &&
		    (!rest.len || strchr("/*", *rest.data)))
			return str_skip(path, strlen(engines[i]) - 3);
	}
	return path;
}

/* The spellings of a call of the inference API are one path. */
static bool
is_path(const char *path, const char *pattern)
{
	return is_like(str_of(path), pattern) ||
	    is_like(call_of(str_of(path)), call_of(str_of(pattern)).data);
}

static const struct tree_node *
member(const struct tree_node *in, const char *name)
{
	return in ? tree_find(in, str_of(name)) : NULL;
}

/* Is there such a text in a text, in messages, in their parts? */
static bool
says(const struct tree_node *node, struct str text)
{
	const struct tree_node *x = NULL;

	if (!node)
		return false;
	if (node->kind == SPAN_STRING)
		return str_find(tree_text(node), text) < node->count;
	if (node->kind == SPAN_OBJECT)
		return says(member(node, "content"), text) ||
		    says(member(node, "text"), text);
	while (node->kind == SPAN_ARRAY && (x = tree_next(node, x)))
		if (says(x, text))
			return true;
	return false;
}

static bool
is_said(struct question *q, const char *text)
{
	static const char *const names[] = { "messages", "prompt", "input" };

	for (size_t i = 0; i < countof(names); i++)
		if (says(member(body_of(q), names[i]), str_of(text)))
			return true;
	return false;
}

static bool
is_model(struct question *q, const char *pattern)
{
	const struct tree_node *model = member(body_of(q), "model");

	return model && model->kind == SPAN_STRING &&
	    is_like(tree_text(model), pattern);
}

static void
write_json(struct question *q)
{
	const struct mock_request *r = q->request;
	struct json j = { .out = &q->json };

	json_open(&j, '{');
	json_member(&j, "method", str_of(r->method));
	json_member(&j, "path", str_of(r->path));
	json_member(&j, "query", str_of(r->query));
	mock_write_headers(&j, r->headers, MOCK_LOWER);
	mock_write_body(&j, r->body, false);
	json_close(&j, '}');
	json_end_line(&j, 0);
}

/* The filter whose time runs. */
static struct filter *volatile timed;

static void
on_late(int number)
{
	(void)number;
	if (timed)
		filter_stop(timed);
}

/* Let its time run, or (NULL) none. */
static void
set_timer(struct filter *filter)
{
	struct sigaction late = { .sa_handler = on_late,
		.sa_flags = SA_RESTART };
	struct timeval time = { .tv_sec = filter ? FILTER_S : 0 };
	/* Again and again: the first may come before the filter runs. */
	struct itimerval timer = { .it_value = time, .it_interval = time };

	timed = filter;
	sigaction(SIGVTALRM, &late, NULL);
	(void)setitimer(ITIMER_VIRTUAL, &timer, NULL);
}

/* An error of the filter is a no, and said once. */
static bool
is_wanted(struct question *q, struct script_line *l)
{
	struct err e = ERR_NONE;
	bool holds = false;

	if (!q->json.len)
		write_json(q);
	set_timer(l->filter);
	filter_holds(l->filter, buf_str(&q->json), &holds, &e);
	set_timer(NULL);
	if (!e.status)
		return holds;
	if (!l->is_faulty)
		warn("%s:%zu: %s", q->script, l->number, e.text);
	l->is_faulty = true;
	return false;
}

/* What is cheap comes first. */
static bool
matches(struct script_line *l, struct question *q)
{
	return l->times != 0 &&
	    (!l->path || is_path(q->request->path, l->path)) &&
	    is_like(str_of(q->request->method), l->method) &&
	    (!l->model || is_model(q, l->model)) &&
	    (!l->contains || is_said(q, l->contains)) &&
	    (!l->filter || is_wanted(q, l));
}

bool
mock_script_answer(struct mock_script *s, const struct mock_request *request,
    struct mock_reply *reply, const char **fault)
{
	struct question q = { .script = s->path, .request = request };
	struct script_line *l = NULL;

	s->is_asked = true;
	*fault = NULL;
	for (size_t i = 0; i < s->n && !l; i++)
		if (matches(&s->lines[i], &q))
			l = &s->lines[i];
	if (l) {
		l->is_used = true;
		l->times -= l->times > 0;
		*fault = l->fault;
		reply->delay_ms = l->delay_ms;
		if (l->has_reply)
			script_reply(l, request, body_of(&q), reply);
	}
	tree_done(&q.body);
	buf_done(&q.json);
	return l && l->has_reply;
}
