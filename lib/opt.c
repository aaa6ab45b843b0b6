/* opt - options, told once: the command line and the other sources. */
#include "opt.h"

#include <assert.h>

#include "mem.h"
#include "opt_value.h"

/* Rows of all tables, one after the other; NULL behind the last. */
static const struct opt *
row_at(const struct opts *o, size_t index)
{
	const struct opt *const *table = o->tables;
	const struct opt *row = *table;

	while (*table) {
		if (row->kind == OPT_END) {
			row = *++table;
		} else if (index-- == 0) {
			return row;
		} else {
			row++;
		}
	}
	return NULL;
}

/* A row whose index a search has found. */
static const struct opt *
row_of(const struct opts *o, size_t index)
{
	const struct opt *row = row_at(o, index);

	assert(row);
	return row;
}

/* Index of the row called name; OPT_ROWS_MAX if there is none. */
static size_t
find_name(const struct opts *o, struct str name)
{
	const struct opt *row;

	for (size_t i = 0; (row = row_at(o, i)); i++)
		if (str_is(name, row->name))
			return i;
	return OPT_ROWS_MAX;
}

static size_t
find_letter(const struct opts *o, char letter)
{
	const struct opt *row;

	for (size_t i = 0; (row = row_at(o, i)); i++)
		if (row->letter == letter)
			return i;
	return OPT_ROWS_MAX;
}

static bool
takes_value(const struct opt *row)
{
	return row->kind != OPT_FLAG && row->kind != OPT_COUNT;
}

/* Store a value, if this source is as strong as the last one. */
static int
store(struct opts *o, size_t index, const char *value, enum opt_source from,
    struct err *e)
{
	const struct opt *row = row_of(o, index);

	if (o->from[index] > from)
		return opt_value_check(row, value, e);
	if (row->kind == OPT_LIST && o->from[index] < from)
		row->to.list->n = 0;
	o->from[index] = (unsigned char)from;
	return opt_value_store(row, value, e);
}

/* The flag that "no-NAME" or "NAME" undoes; OPT_ROWS_MAX if none is. */
static size_t
find_undone(const struct opts *o, struct str name)
{
	char *text = str_starts(name, "no-")
	    ? mem_copy(str_skip(name, 3))
	    : mem_format("no-%.*s", STR_ARGS(name));
	size_t index = find_name(o, str_of(text));

	free(text);
	if (index < OPT_ROWS_MAX && row_of(o, index)->kind == OPT_FLAG)
		return index;
	return OPT_ROWS_MAX;
}

static bool
is_on_command_line(const struct opts *o, size_t index)
{
	return index < OPT_ROWS_MAX &&
	    !(row_of(o, index)->flags & OPT_NOT_ARGV);
}

/* Store a value of the command line; returns `used`, also if it is wrong. */
static int
take(struct opts *o, size_t index, const char *value, int used, struct err *e)
{
	store(o, index, value, OPT_FROM_ARGV, e);
	return used;
}

/* "--no-name" for a flag "--name", and the other way round. */
static int
parse_undone(struct opts *o, struct str name, bool has_value, struct err *e)
{
	size_t index = has_value ? OPT_ROWS_MAX : find_undone(o, name);

	if (!is_on_command_line(o, index))
		return err_set(e, ST_USAGE, "no option '--%.*s'; see --help",
		    STR_ARGS(name));
	return take(o, index, "no", 1, e);
}

/* "--name", "--name=value", "--no-name"; returns arguments used, or -1: not
 * known. */
static int
parse_long(struct opts *o, char **argv, struct err *e)
{
	struct str value = str_of(argv[0] + 2);
	struct str name = str_cut(&value, '=');
	size_t index = find_name(o, name);
	const struct opt *row;

	if (!is_on_command_line(o, index))
		return parse_undone(o, name, value.data, e);
	row = row_of(o, index);
	if (takes_value(row) && value.data)
		return take(o, index, value.data, 1, e);
	if (takes_value(row) && argv[1])
		return take(o, index, argv[1], 2, e);
	if (takes_value(row))
		return err_set(
		    e, ST_USAGE, "--%s needs %s", row->name, row->arg);
	if (value.data)
		return err_set(e, ST_USAGE, "--%s takes no value", row->name);
	return take(o, index, "yes", 1, e);
}

/* "-abc", "-ofile", "-o file"; the same. */
static int
parse_letters(struct opts *o, char **argv, struct err *e)
{
	for (const char *p = argv[0] + 1; *p; p++) {
		size_t index = find_letter(o, *p);
		const struct opt *row;

		if (!is_on_command_line(o, index))
			return err_set(
			    e, ST_USAGE, "no option '-%c'; see --help", *p);
		row = row_of(o, index);
		if (takes_value(row) && p[1])
			return take(o, index, p + 1, 1, e);
		if (takes_value(row) && argv[1])
			return take(o, index, argv[1], 2, e);
		if (takes_value(row))
			return err_set(
			    e, ST_USAGE, "-%c needs %s", *p, row->arg);
		take(o, index, "yes", 1, e);
	}
	return 1;
}

int
opts_parse(struct opts *o, int argc, char **argv, struct err *e)
{
	bool ended = false;

	assert(!row_at(o, OPT_ROWS_MAX));
	o->nbefore = (size_t)argc;
	o->operands = mem_new((size_t)argc + 1, sizeof *o->operands);
	for (int i = 1; i < argc;) {
		struct err why = ERR_NONE;
		int used = 1;

		if (ended || argv[i][0] != '-' || !argv[i][1]) {
			o->operands[o->noperands++] = argv[i];
			ended |= o->posix;
		} else if (!strcmp(argv[i], "--")) {
			ended = true;
			o->nbefore = o->noperands;
		} else if (argv[i][1] == '-') {
			used = parse_long(o, argv + i, &why);
		} else {
			used = parse_letters(o, argv + i, &why);
		}
		if (why.status && !e->status)
			*e = why;
		i += used < 0 ? 1 : used;
	}
	if (o->nbefore > o->noperands)
		o->nbefore = o->noperands;
	return e->status ? -1 : 0;
}

/* May this source set this row? */
static bool
may_set(const struct opt *row, enum opt_source from)
{
	switch (from) {
	case OPT_FROM_TEMPLATE:
	case OPT_FROM_TEMPLATE_MODEL:
		return row->flags & OPT_TEMPLATE;
	case OPT_FROM_SECTION:
		return row->flags & OPT_PER_TOOL;
	case OPT_FROM_CONFIG:
		return row->flags & OPT_CONFIG;
	default:
		return true;
	}
}

int
opts_set(struct opts *o, const char *name, const char *value,
    enum opt_source from, struct err *e)
{
	size_t index = find_name(o, str_of(name));

	if (index == OPT_ROWS_MAX || !may_set(row_of(o, index), from))
		return err_set(e, ST_USAGE, "unknown key '%s'", name);
	if (from == OPT_FROM_TEMPLATE && row_of(o, index)->flags & OPT_MODEL)
		from = OPT_FROM_TEMPLATE_MODEL;
	return store(o, index, value, from, e);
}

int
opts_set_env(
    struct opts *o, const char *(*env)(const char *name), struct err *e)
{
	const struct opt *row;

	for (size_t i = 0; (row = row_at(o, i)); i++) {
		const char *value = row->env ? env(row->env) : NULL;

		if (value && store(o, i, value, OPT_FROM_ENV, e))
			return err_prefix(e, "%s", row->env);
	}
	return 0;
}

bool
opts_takes(const struct opts *o, const char *name, enum opt_source from)
{
	size_t index = find_name(o, str_of(name));

	return index < OPT_ROWS_MAX && may_set(row_of(o, index), from);
}

enum opt_source
opts_source(const struct opts *o, const char *name)
{
	size_t index = find_name(o, str_of(name));

	return index < OPT_ROWS_MAX ? (enum opt_source)o->from[index]
				    : OPT_UNSET;
}

bool
opts_is_given(const struct opts *o, const char *name)
{
	return opts_source(o, name) == OPT_FROM_ARGV;
}

void
opts_help(const struct opts *o, struct buf *out)
{
	const struct opt *row;

	for (size_t i = 0; (row = row_at(o, i)); i++) {
		char left[80];

		if (row->flags & OPT_NOT_ARGV)
			continue;
		snprintf(left, sizeof left, "%c%c%c --%s%s%s",
		    row->letter ? '-' : ' ', row->letter ? row->letter : ' ',
		    row->letter ? ',' : ' ', row->name, row->arg ? " " : "",
		    row->arg ? row->arg : "");
		buf_add_format(out, "  %-27s %s\n", left, row->help);
	}
}

void
opts_list(const struct opts *o, struct buf *out)
{
	const struct opt *row;

	for (size_t i = 0; (row = row_at(o, i)); i++)
		if (!(row->flags & OPT_NOT_ARGV))
			buf_add_format(out, "%c\t--%s\t%s\t%s\n",
			    row->letter ? row->letter : '-', row->name,
			    row->arg ? row->arg : "-", row->help);
}
