/*
 * dmr-embed - add to each text the vector that stands for it.
 *
 * Texts come as lines, records of JSON or files, and go out with their
 * vectors, in the order they came; or the vectors alone, as rows of numbers.
 * With --near those of an index that are nearest to a text.
 */
#include <math.h>

#include "dmr-embed/embed.h"
#include "dmr-embed/near.h"
#include "die.h"
#include "vector.h"

static struct embed_options want = {
	.batch_size = 32, .top = 10, .min = -INFINITY
};

static const struct opt opts[] = {
	{ OPT_FLAG, 'w', "whole", NULL, "all of standard input is one text",
	    .to.flag = &want.whole },
	{ OPT_TEXT, 0, "field", "NAME", "the member that holds a record's text",
	    .to.text = &want.field },
	{ OPT_TEXT, 0, "prefix", "TEXT", "put TEXT before each text; @FILE",
	    .to.text = &want.prefix },
	{ OPT_INT, 'd', "dimensions", "N", "cut each vector to N numbers",
	    .to.integer = &want.dimensions, .min = 1, .max = VECTOR_MAX },
	{ OPT_FLAG, 0, "no-normalize", NULL,
	    "vectors as the server gives them, of any length",
	    .to.flag = &want.no_normalize },
	{ OPT_TEXT, 0, "too-long", "HOW",
	    "a text that is too long: fail (default) or cut it",
	    .to.text = &want.too_long },
	{ OPT_INT, 0, "batch-size", "N", "texts in a request (32)",
	    .to.integer = &want.batch_size, .min = 1, .max = 2048 },
	{ OPT_TEXT, 'F', "format", "NAME", "what is printed: json, f32 or npy",
	    .to.text = &want.format },
	{ OPT_FLAG, 0, "json", NULL,
	    "short for -F json: JSON Lines, errors too",
	    .to.flag = &want.json },
	{ OPT_TEXT, 0, "near", "TEXT",
	    "the records of an index that are nearest to TEXT; @FILE",
	    .to.text = &want.near },
	{ OPT_INT, 'k', "top", "N", "so many of them (10)",
	    .to.integer = &want.top, .min = 1, .max = NEAR_TOP_MAX },
	{ OPT_REAL, 0, "min", "SCORE", "those that are so near, at least",
	    .to.real = &want.min, .min = -1e9, .max = 1e9 },
	{ .kind = OPT_END },
};

static const struct tool tool = {
	.name = "dmr-embed",
	.summary = "add to each text the vector that stands for it",
	.operands = "[file ...]",
	.shared = TOOL_SERVER | TOOL_EMBED_MODEL | TOOL_OUTPUT | TOOL_RECORDS,
	.opts = opts,
	.json = &want.json,
	.format = &want.format,
	.has_formats = true,
	.has_only_records = true,
};

/* --- the options --- */

static int
take_format(struct embed *run, struct err *e)
{
	static const char *const names[] = { "json", "f32", "npy" };

	for (size_t i = 0; want.format && i < countof(names); i++)
		if (!strcmp(want.format, names[i])) {
			run->form = (enum embed_form)i;
			return 0;
		}
	if (want.format)
		return err_set(e, ST_USAGE,
		    "--format: '%s' is not json, f32 or npy", want.format);
	return 0;
}

/* What makes no sense of rows of numbers. */
static int
check_rows(const struct embed *run, struct err *e)
{
	static const char *const others[] = { "json", "as", "unordered", "null",
		"dry-run" };

	if (run->form == EMBED_JSON)
		return 0;
	for (size_t i = 0; i < countof(others); i++)
		if (opts_is_given(&run->set->opts, others[i]) &&
		    !(i == 3 && !run->set->records.batch))
			return err_set(e, ST_USAGE,
			    "--%s is for JSON Lines, not for --format %s",
			    others[i], want.format);
	if (run->form == EMBED_NPY && !run->set->output)
		return err_set(e, ST_USAGE,
		    "--format npy needs --output: its head is written last");
	return 0;
}

/* Where the texts come from: one of four. */
static int
take_source(struct embed *run, struct err *e)
{
	static const char *const whole[] = { "-" };
	const struct opts *o = &run->set->opts;
	const struct tool_records *set = &run->set->records;

	if (want.whole + set->batch + set->lines > 1)
		return err_set(e, ST_USAGE,
		    "standard input is one text (--whole), lines (--lines) or "
		    "JSON (--batch)");
	if (o->noperands && (want.whole || set->batch || set->lines))
		return err_set(e, ST_USAGE,
		    "files are one text each; records come from standard "
		    "input");
	run->files = want.whole ? whole : o->operands;
	run->nfiles = want.whole ? 1 : o->noperands;
	if (want.field && !set->batch)
		return err_set(
		    e, ST_USAGE, "--field is for JSON Lines; try: --batch");
	return 0;
}

/* A record with that member has been answered: it must not be the text. */
static int
check_member(const struct embed *run, struct err *e)
{
	const char *member = run->set->records.member;
	const char *field = want.field ? want.field : "text";

	if (!member)
		member = "embedding";
	if (strcmp(member, field) != 0 &&
	    (want.field || strcmp(member, "content") != 0) &&
	    strcmp(member, "id") != 0)
		return 0;
	return err_set(e, ST_USAGE,
	    "--as %s: a record's text or name is in that member", member);
}

static int
take_too_long(struct embed *run, struct err *e)
{
	run->cuts = want.too_long && !strcmp(want.too_long, "cut");
	if (!want.too_long || run->cuts || !strcmp(want.too_long, "fail"))
		return 0;
	return err_set(e, ST_USAGE,
	    "--too-long: '%s' is neither 'fail' nor 'cut'", want.too_long);
}

/* With --near there is one text, and else no best ones. */
static int
check_near(const struct embed *run, struct err *e)
{
	static const char *const others[] = { "batch", "lines", "whole",
		"dry-run", "jobs", "batch-size", "max-errors", "unordered",
		"too-long" };
	static const char *const ours[] = { "top", "min" };

	for (size_t i = 0; !want.near && i < countof(ours); i++)
		if (opts_is_given(&run->set->opts, ours[i]))
			return err_set(
			    e, ST_USAGE, "--%s is for --near", ours[i]);
	for (size_t i = 0; want.near && i < countof(others); i++)
		if (opts_is_given(&run->set->opts, others[i]))
			return err_set(
			    e, ST_USAGE, "--%s is not for --near", others[i]);
	if (want.near && run->set->opts.noperands != 1)
		return err_set(e, ST_USAGE, "--near takes one index");
	if (want.near && !strcmp(run->set->opts.operands[0], "-"))
		return err_set(e, ST_USAGE,
		    "--near looks twice at an index: it is a file, not "
		    "standard input");
	if (want.near && run->form != EMBED_JSON)
		return err_set(
		    e, ST_USAGE, "--near prints lines: text, or --json");
	return 0;
}

static int
prepare(struct embed *run, struct err *e)
{
	if (take_format(run, e) || take_too_long(run, e))
		return -1;
	if (want.prefix && tool_text(want.prefix, "--prefix", &run->prefix, e))
		return -1;
	if (check_near(run, e) || want.near)
		return e->status ? -1 : 0;
	if (take_source(run, e) || check_rows(run, e) || check_member(run, e))
		return -1;
	if (tool_stdin_is_taken() && !run->nfiles)
		return err_set(e, ST_USAGE, "standard input can be read once");
	return 0;
}

static void
run(struct embed *r, struct err *e)
{
	if (prepare(r, e))
		return;
	r->out = tool_output(r->set, e);
	if (!r->out)
		return;
	if (r->form != EMBED_JSON && r->out->is_terminal)
		err_set(e, ST_USAGE,
		    "--format %s is not for a terminal; try: --output FILE",
		    want.format);
	else if (r->form == EMBED_NPY && !r->out->file.target)
		err_set(e, ST_USAGE,
		    "--format npy needs a regular file: its head is written "
		    "last");
	else if (want.near)
		near_run(r, e);
	else
		embed_run(r, e);
}

int
main(int argc, char **argv)
{
	struct err e = ERR_NONE;
	struct embed embed = { .want = &want,
		.set = tool_start(&tool, argc, argv) };

	run(&embed, &e);
	buf_done(&embed.prefix);
	return tool_finish(&e);
}
