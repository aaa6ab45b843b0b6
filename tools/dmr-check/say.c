/* dmr-check: what came of a check, and how it is printed. */
#include <stdarg.h>

#include "check.h"
#include "die.h"
#include "file.h"
#include "json.h"
#include "mem.h"
#include "redact.h"
#include "table.h"

static const char *const states[] = { "ok", "warn", "fail" };

enum {
	NAME_WIDTH = 9,
	TEXT_MAX = 1000, /* bytes of a detail */
};

#define TRY "; try: "

/* A text that is too long ends with a word: a secret that is cut is none. */
static struct str
shorten(struct str text)
{
	if (text.len <= TEXT_MAX)
		return text;
	text.len = TEXT_MAX;
	while (text.len && text.data[text.len - 1] != ' ')
		text.len--;
	return text.len ? text : STR("...");
}

/* One line of what may hold anything: nothing is obeyed, no secret shown. */
static char *
one_line(struct str text)
{
	struct buf visible = { 0 }, line = { 0 };

	redact_line(shorten(text), &visible);
	buf_add_visible(&line, buf_str(&visible));
	for (size_t i = 0; i < line.len; i++)
		if (line.data[i] == '\n' || line.data[i] == '\t')
			line.data[i] = ' ';
	buf_repair(&line, 0, true);
	if (line.data)
		die_mask(line.data, line.len);
	buf_done(&visible);
	return buf_take(&line);
}

static void
set(struct check_result *r, enum check_state state, struct str detail,
    struct str try)
{
	r->state = state;
	r->detail = one_line(detail);
	r->try = try.len ? one_line(try) : NULL;
}

void
check_say(struct check_result *r, enum check_state state, const char *try,
    const char *format, ...)
{
	struct buf text = { 0 };
	char piece[4096];
	va_list args;

	va_start(args, format);
	vsnprintf(piece, sizeof piece, format, args);
	va_end(args);
	buf_add_text(&text, piece);
	set(r, state, buf_str(&text), str_of(try));
	buf_done(&text);
}

/* Words that are typed as they stand, and no more than that. */
static bool
is_plain(const char *try)
{
	static const char *const ours[] = { "dmr-models pull ",
		"dmr-models configure ", "--", "http", "a " };

	for (size_t i = 0; i < countof(ours); i++)
		if (str_starts(str_of(try), ours[i]))
			return !try[strcspn(try, ";|&$`<>()\\\"'*?!#~\n")];
	return false;
}

const char *
check_try(const struct err *e, const char *otherwise)
{
	const char *own = NULL, *next = e->text;

	while ((next = strstr(next, TRY)) != NULL) {
		next += strlen(TRY);
		own = next;
	}
	return own && is_plain(own) ? own : otherwise;
}

void
check_fail(struct check_result *r, const struct err *e, const char *try)
{
	struct str text = str_of(e->text);

	text.len = str_find(text, STR(TRY));
	set(r, CHECK_FAIL, text, str_of(check_try(e, try)));
}

char *
check_command(const char *command, const char *name)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_./:@-";
	char *quoted, *line;

	if (!name[strspn(name, plain)])
		return mem_format("%s %s", command, name);
	quoted = file_quote(name);
	line = mem_format("%s %s", command, quoted);
	free(quoted);
	return line;
}

static void
add_json(struct buf *out, const char *name, const struct check_result *r,
    const size_t *n)
{
	struct json j = { .out = out };
	size_t from = out->len;

	json_open(&j, '{');
	json_member(&j, "status", str_of(states[r->state]));
	json_member(&j, "what", str_of(name));
	json_member(&j, "detail", str_of(r->detail));
	json_member(&j, "try", str_of(r->try));
	for (size_t i = 0; n && i < CHECK_STATES; i++) {
		json_name(&j, states[i]);
		json_integer(&j, (int64_t)n[i]);
	}
	json_close(&j, '}');
	json_end_line(&j, from);
}

/* Aligned on a terminal, where lines come one by one; else with tabs. */
static void
add_text(struct buf *out, const char *name, const struct check_result *r,
    bool is_terminal)
{
	if (is_terminal)
		buf_add_format(
		    out, "%-4s  %-*s  ", states[r->state], NAME_WIDTH, name);
	else
		buf_add_format(out, "%s\t%s\t", states[r->state], name);
	table_write_cell(r->detail, out);
	if (r->try) {
		buf_add_text(out, TRY);
		table_write_cell(r->try, out);
	}
	buf_add_char(out, '\n');
}

static int
print(struct check *c, const char *name, struct check_result *r,
    const size_t *n, struct err *e)
{
	struct buf out = { 0 };
	int got;

	if (c->want->json)
		add_json(&out, name, r, n);
	else
		add_text(&out, name, r, c->out->is_terminal);
	got = output_text(c->out, buf_str(&out), e);
	buf_done(&out);
	free(r->detail);
	free(r->try);
	return got;
}

int
check_print(
    struct check *c, const char *name, struct check_result *r, struct err *e)
{
	c->n[r->state]++;
	return print(c, name, r, NULL, e);
}

int
check_print_summary(struct check *c, struct err *e)
{
	struct check_result r = { .state = CHECK_OK };
	enum check_state worst = c->n[CHECK_FAIL] ? CHECK_FAIL
	    : c->n[CHECK_WARN]                    ? CHECK_WARN
						  : CHECK_OK;

	check_say(&r, worst, NULL, "%zu ok, %zu warn, %zu fail", c->n[CHECK_OK],
	    c->n[CHECK_WARN], c->n[CHECK_FAIL]);
	return print(c, "summary", &r, c->n, e);
}
