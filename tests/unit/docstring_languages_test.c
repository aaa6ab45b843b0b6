/*
 * docstring_languages_test - what is found in the sources of each language.
 *
 * tests/data/languages has a source for each NAME.tsv.  A row is a declaration:
 * line, kind, symbol, public or private, documented or -, and the first reason
 * why it is left alone, or -.  Three more, where they are there, are what a
 * model is told: parameters, what is returned, what is raised.
 *
 *     docstring_languages_test [FOLDER [GRAMMARS]]
 */
#include <dirent.h>

#include "../../tools/dmr-docstring/declaration.h"
#include "file.h"
#include "mem.h"
#include "tap.h"

enum { FILE_MAX = 1 << 20 };

static struct lang_set *set;
static const char *folder = "tests/data/languages"; /* or argv[1] */

static void
must(bool fine, const struct err *e)
{
	if (fine)
		return;
	tap_ok(false, "%s", e->text);
	exit(tap_done());
}

/* --- a declaration as a row --- */

static void
add_parameters(struct buf *row, const struct details *d)
{
	for (size_t i = 0; i < d->nparameters; i++) {
		const struct parameter *p = &d->parameters[i];

		buf_add_format(row, "%s%s%.*s%s%s%.*s%s", i ? "; " : "",
		    p->is_type ? "<" : "", STR_ARGS(p->name),
		    p->is_type ? ">" : "", p->type.len ? ": " : "",
		    STR_ARGS(p->type), p->is_optional ? "?" : "");
	}
	buf_add_text(row, d->nparameters ? "\t" : "-\t");
}

static void
add_details(struct buf *row, const struct source *s, struct declaration *d)
{
	struct err e = ERR_NONE;
	struct details details = { 0 };

	must(!declaration_details(s, d, &details, &e), &e);
	buf_add_char(row, '\t');
	add_parameters(row, &details);
	buf_add_format(row, "%s%s%s%.*s\t", details.is_unsafe ? "unsafe " : "",
	    details.is_fallible ? "fallible " : "",
	    details.yields                ? "yields"
		: details.return_type.len ? ""
		: details.returns         ? "yes"
					  : "-",
	    STR_ARGS(details.yields ? STR("") : details.return_type));
	for (size_t i = 0; i < details.nraises; i++)
		buf_add_format(
		    row, "%s%.*s", i ? "; " : "", STR_ARGS(details.raises[i]));
	buf_add_text(row, details.nraises ? "" : "-");
	details_done(&details);
}

static void
add_row(struct buf *row, const struct declaration *d)
{
	buf_add_format(row, "%zu\t%.*s\t%s\t%s\t%s\t%s", d->line,
	    STR_ARGS(d->kind), d->symbol, d->is_public ? "public" : "private",
	    d->doc.data ? "documented" : "-",
	    d->reasons[0] ? d->reasons[0] : "-");
}

/* --- a table and its source --- */

/* Does a table have one of two rows? */
static bool
is_in(struct str table, struct str row, struct str longer)
{
	while (table.len) {
		struct str want = str_cut(&table, '\n');

		if (str_equal(want, row) || str_equal(want, longer))
			return true;
	}
	return false;
}

/* All rows, short, or with details. */
static void
add_rows(struct buf *rows, const struct source *s, bool has_details)
{
	for (size_t i = 0; i < s->ndeclarations; i++) {
		add_row(rows, &s->declarations[i]);
		if (has_details)
			add_details(rows, s, &s->declarations[i]);
		buf_add_char(rows, '\n');
	}
}

static void
compare(struct source *s, struct str table)
{
	struct buf rows = { 0 }, longer = { 0 };
	struct str rest, more, all, row;
	size_t n = 0;

	add_rows(&rows, s, false);
	add_rows(&longer, s, true);
	for (rest = buf_str(&rows), more = buf_str(&longer); rest.len;) {
		row = str_cut(&rest, '\n');
		all = str_cut(&more, '\n');
		if (!tap_case(is_in(table, row, all), "%s", s->path))
			tap_show("not wanted", all);
	}
	for (; table.len; n++) {
		row = str_cut(&table, '\n');
		if (!tap_case(is_in(buf_str(&rows), row, row) ||
			    is_in(buf_str(&longer), row, row),
			"%s", s->path))
			tap_show("not found", row);
	}
	tap_case(n == s->ndeclarations, "%s: not %zu declarations but %zu",
	    s->path, n, s->ndeclarations);
	buf_done(&rows);
	buf_done(&longer);
}

/* The source beside NAME.tsv is NAME.SUFFIX. */
static char *
source_of(const char *table)
{
	size_t len = strlen(table) - strlen("tsv");
	DIR *entries = opendir(folder);
	const struct dirent *entry;
	char *path = NULL;

	while (entries && !path && (entry = readdir(entries)))
		if (!strncmp(entry->d_name, table, len) &&
		    !str_ends(str_of(entry->d_name), ".tsv") &&
		    !str_ends(str_of(entry->d_name), ".scm"))
			path = mem_format("%s/%s", folder, entry->d_name);
	if (entries)
		closedir(entries);
	return path;
}

static void
test_table(const char *name)
{
	struct err e = ERR_NONE;
	struct buf table = { 0 };
	char *path = mem_format("%s/%s", folder, name),
	     *source = source_of(name);
	struct source s = { 0 };

	must(!file_read(path, FILE_MAX, &table, &e), &e);
	if (!tap_ok(source, "%s has a source", name))
		exit(tap_done());
	s.path = source + strlen(folder) + 1; /* that folder is "tests" */
	must(!file_read(source, FILE_MAX, &s.bytes, &e), &e);
	s.lang = lang_find(set, NULL, source, buf_str(&s.bytes), &e);
	must(s.lang, &e);
	must(!source_declarations(&s, &e), &e);
	tap_ok(s.tree && !syntax_has_error(syntax_root(s.tree)), "%s is whole",
	    source);
	compare(&s, buf_str(&table));
	tap_all(source);
	source_done(&s);
	buf_done(&table);
	free(source);
	free(path);
}

int
main(int argc, char **argv)
{
	DIR *entries;
	const struct dirent *entry;

	if (argc > 1)
		folder = argv[1];
	set = lang_set_new("languages", argc > 2 ? argv[2] : "build/grammars");
	entries = opendir(folder);
	while (entries && (entry = readdir(entries)))
		if (str_ends(str_of(entry->d_name), ".tsv"))
			test_table(entry->d_name);
	if (entries)
		closedir(entries);
	lang_set_free(set);
	return tap_done();
}
