/* dmr-reqs: the idea. */
#include "input.h"

#include <unistd.h>

#include "die.h"
#include "document_file.h"
#include "document_json.h"
#include "file.h"
#include "update.h"
#include "wizard.h"

enum {
	SILENCE_MS = 10000, /* of a pipe, before a hint */
	IDEA_MAX = 1 << 20, /* bytes */
};

int
input_check(struct err *e)
{
	return tool_stdin_is_taken()
	    ? err_set(e, ST_USAGE, "standard input can be read once")
	    : 0;
}

/* The operands, joined by one space; "-" is standard input, read anyway. */
static bool
add_operands(const struct opts *o, struct buf *out)
{
	bool has_dash = false;

	for (size_t i = 0; i < o->noperands; i++) {
		if (!strcmp(o->operands[i], "-")) {
			has_dash = true;
			continue;
		}
		if (out->len)
			buf_add_char(out, ' ');
		buf_add_text(out, o->operands[i]);
	}
	tool_repair(out, "the idea");
	return has_dash;
}

static int
add_stdin(struct buf *out, bool can_do_without, struct err *e)
{
	struct buf text = { 0 };
	struct str said;
	int got;

	if (file_is_terminal(STDIN_FILENO))
		warn("reading standard input; end it with ^D");
	else if (can_do_without && !file_wait(STDIN_FILENO, SILENCE_MS))
		warn("still waiting for standard input; -n does not read it");
	got = file_read_fd(STDIN_FILENO, "standard input", IDEA_MAX, &text, e);
	if (!got) {
		tool_repair(&text, "standard input");
		said = str_trim(str_skip_bom(buf_str(&text)));
		if (said.len && out->len)
			buf_add_text(out, "\n\n");
		buf_add(out, said);
	}
	buf_done(&text);
	return got;
}

static int
check(const struct run *run, const struct buf *out, struct err *e)
{
	if (!str_is_blank(buf_str(out)))
		return 0;
	if (run->set->no_stdin || tool_stdin_is_taken())
		return err_set(e, ST_USAGE,
		    "no idea; try: dmr-reqs -n 'a shop for used bikes'");
	return err_set(e, ST_INPUT,
	    run->is_wizard ? "no idea was told" : "standard input is empty");
}

int
input_read(struct run *run, struct buf *out, struct err *e)
{
	bool has_dash = add_operands(&run->set->opts, out);
	bool is_open = !run->set->no_stdin && !tool_stdin_is_taken();
	int got = 0;

	if (has_dash && !is_open)
		return err_set(e, ST_USAGE,
		    "'-' is standard input, which is read once, and not with "
		    "-n");
	if (run->is_wizard)
		got = wizard_ask_idea(out, e);
	else if (is_open &&
	    (has_dash || !out->len || !file_is_terminal(STDIN_FILENO)))
		got = add_stdin(out, out->len, e);
	return got ? -1 : check(run, out, e);
}

/* Is that the last paragraph of the idea?  Then the update is made again. */
static bool
is_last(struct str idea, struct str news)
{
	size_t at = idea.len - news.len;

	return idea.len >= news.len && str_equal(str_skip(idea, at), news) &&
	    (!at || str_ends((struct str){ idea.data, at }, "\n\n"));
}

/* The idea goes on; what is missing is made of all of it. */
static void
take_news(struct run *run)
{
	const struct document *d = &run->from;

	if (str_is_blank(buf_str(&run->news))) {
		buf_clear(&run->news);
		return;
	}
	if (!is_last(buf_str(&run->input), buf_str(&run->news))) {
		if (run->input.len)
			buf_add_text(&run->input, "\n\n");
		buf_add(&run->input, buf_str(&run->news));
	}
	for (enum stage_id id = STAGE_FUNCTIONAL; id < STAGES; id++)
		run->updates[id] = !stage_is_missing(d, id) &&
		    (id != STAGE_ARCHITECTURE || d->architecture.n);
}

/* A part by another name would be made by nobody. */
static int
check_incomplete(const struct list *parts, struct err *e)
{
	for (size_t i = 0; i < parts->n; i++) {
		struct str part = text_str(list_text(parts, i));
		enum stage_id id = STAGE_QUESTIONS;

		while (id < STAGES && !str_is(part, stage_name(id)))
			id++;
		if (id == STAGES)
			return err_set(e, ST_INPUT,
			    "--from: it lacks '%.*s', which is no part; parts "
			    "are questions, functional, nonfunctional, "
			    "architecture",
			    STR_ARGS(part));
	}
	return 0;
}

/* An update is written as what it is of, unless another form is wanted. */
static void
keep_form(struct run *run, bool is_json)
{
	if (run->news.len && !is_json && !run->want->format && !run->want->json)
		run->format = RUN_MARKDOWN;
}

int
input_from(struct run *run, struct err *e)
{
	struct buf bytes = { 0 };
	int got = document_file_read(&run->from, run->want->from, &bytes, e);
	bool is_json = document_is_json(buf_str(&bytes));

	buf_done(&bytes);
	if (got)
		return err_prefix(e, "--from");
	if (check_incomplete(&document_meta(&run->from)->incomplete, e))
		return -1;
	update_ids(&run->from);
	buf_add(&run->input, text_str(&run->from.idea));
	if (run->set->opts.noperands && input_read(run, &run->news, e))
		return -1;
	take_news(run);
	keep_form(run, is_json);
	if (document_meta(&run->from)->incomplete.n && !run->input.len)
		return err_set(e, ST_INPUT,
		    "--from: it lacks parts, and the idea to make them of");
	return 0;
}

int
input_record(const struct record *r, struct buf *out, struct err *e)
{
	static const char *const names[] = { "prompt", "input" };
	struct str raw[countof(names)];

	if (r->body.len)
		return err_set(e, ST_USAGE,
		    "the record is a request, which is not for dmr-reqs");
	span_members(r->text, names, countof(names), raw);
	for (size_t i = 0; i < countof(names); i++) {
		struct buf text = { 0 };
		struct str said;

		record_text(raw[i], &text);
		said = str_trim(buf_str(&text));
		if (said.len && out->len)
			buf_add_text(out, "\n\n");
		buf_add(out, said);
		buf_done(&text);
	}
	if (!out->len)
		return err_set(e, ST_INPUT, "there is no idea in it");
	return 0;
}
