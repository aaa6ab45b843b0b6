/* script - a line of a scenario. */
#include "script.h"

#include "fault.h"
#include "mem.h"
#include "message.h"
#include "opt_value.h"

enum {
	PATH,
	METHOD,
	MODEL,
	CONTAINS,
	JQ,
	FAULT,
	STATUS,
	RATE,
	DELAY,
	TIMES,
	HEADERS,
	TEXT,
	JSON,
	MEMBERS
};

static const struct mock_member members[MEMBERS] = {
	[PATH] = { "path", "a string" },
	[METHOD] = { "method", "a string" },
	[MODEL] = { "model", "a string" },
	[CONTAINS] = { "contains", "a string" },
	[JQ] = { "jq", "a string" },
	[FAULT] = { "fault", "a string" },
	[STATUS] = { "status", "a number" },
	[RATE] = { "tokens_per_second", "a number" },
	[DELAY] = { "delay", "a number or a string" },
	[TIMES] = { "times", "a number" },
	[HEADERS] = { "headers", "an object" },
	[TEXT] = { "text", "a string" },
	[JSON] = { "json", "any value" },
};

/* The texts that say something: those before STATUS. */
static int
read_texts(struct script_line *l, const struct str *values, char **filter,
    struct err *e)
{
	char **const to[STATUS] = { &l->path, &l->method, &l->model,
		&l->contains, filter, &l->fault };

	for (int i = 0; i < STATUS; i++) {
		*to[i] = mock_text(values[i]);
		if (*to[i] && !**to[i])
			return err_set(
			    e, ST_USAGE, "'%s' is empty", members[i].name);
	}
	return 0;
}

/* A path that no request has would never apply. */
static int
check_path(const char *path, struct err *e)
{
	const char *why = NULL;

	if (!path || !strcmp(path, "*"))
		return 0;
	if (*path != '/')
		why = "does not begin with '/'";
	else if (strchr(path, '?'))
		why = "has a '?': a path is without the query";
	else if (path[strcspn(path, "*")] && path[strcspn(path, "*") + 1])
		why = "has a '*' that is not at the end";
	return why ? err_set(e, ST_USAGE, "path: '%s' %s", path, why) : 0;
}

/* Numbers are spelled as those of options are. */
static int
read_numbers(struct script_line *l, const struct str *values, struct err *e)
{
	const struct opt rows[] = {
		{ OPT_INT, .name = members[STATUS].name,
		    .to.integer = &l->status, .min = 200, .max = 599,
		    .flags = OPT_NOT_ARGV },
		{ OPT_REAL, .name = members[RATE].name, .to.real = &l->rate,
		    .min = 0.01, .max = 1e6, .flags = OPT_NOT_ARGV },
		{ OPT_TIME, .name = members[DELAY].name,
		    .to.integer = &l->delay_ms, .flags = OPT_NOT_ARGV },
		{ OPT_INT, .name = members[TIMES].name, .to.integer = &l->times,
		    .min = 1, .max = 1e9, .flags = OPT_NOT_ARGV },
	};
	int got = 0;

	for (size_t i = 0; i < countof(rows) && !got; i++) {
		struct str value = values[STATUS + i];
		char *text = span_kind(value) == SPAN_STRING ? mock_text(value)
							     : mem_copy(value);

		if (value.data)
			got = opt_value_store(&rows[i], text, e);
		free(text);
	}
	return got;
}

static int
read_body(struct script_line *l, const struct str *values, struct err *e)
{
	const struct str body[MOCK_BODY_MEMBERS] = {
		[MOCK_BODY] = values[JSON], [MOCK_TEXT] = values[TEXT]
	};

	l->has_text = values[TEXT].data;
	l->has_reply = l->has_text || values[JSON].data ||
	    values[STATUS].data || values[HEADERS].data;
	if (l->has_text && values[JSON].data)
		return err_set(
		    e, ST_USAGE, "'text' and 'json' are one too many");
	if (values[RATE].data && !l->has_text)
		return err_set(
		    e, ST_USAGE, "'%s' is for a 'text'", members[RATE].name);
	if (mock_read_headers(values[HEADERS], &l->headers, e))
		return -1;
	return mock_read_body(body, &l->body, e);
}

int
script_line_read(
    struct script_line *l, const struct mock_lines *lines, struct err *e)
{
	struct str values[MEMBERS];
	char *filter = NULL;
	int got;

	*l = (struct script_line){
		.status = 200, .times = -1, .number = lines->number
	};
	got = mock_members(lines->line, members, MEMBERS, values, e);
	if (!got)
		got = read_texts(l, values, &filter, e);
	if (!got)
		got = check_path(l->path, e);
	if (!got)
		got = read_numbers(l, values, e);
	if (!got)
		got = read_body(l, values, e);
	if (!got && l->fault && !mock_fault_is_known(str_of(l->fault)))
		got = err_set(e, ST_USAGE, "there is no fault '%s'", l->fault);
	if (!got && filter) {
		l->filter = filter_open(filter, members[JQ].name, e);
		got = l->filter ? 0 : -1;
	}
	free(filter);
	return got ? mock_lines_blame(lines, e) : 0;
}

void
script_line_done(struct script_line *l)
{
	free(l->path);
	free(l->method);
	free(l->model);
	free(l->contains);
	free(l->fault);
	filter_close(l->filter);
	buf_done(&l->headers);
	buf_done(&l->body);
}
