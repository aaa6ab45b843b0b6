/* table_test - rows of cells, for people and for programs. */
#include "table.h"
#include "tap.h"

enum { CELLS_MAX = 8 };

#define TWENTY "12345678901234567890"
#define LONG_CELL TWENTY TWENTY TWENTY TWENTY "1"

static const struct {
	const char *name;
	size_t ncolumns;
	const char *head[CELLS_MAX], *cells[CELLS_MAX];
	const char *people, *programs;
} cases[] = {
	{ "no rows: the head alone", 2, { "NAME", "SIZE" }, { NULL },
	    "NAME  SIZE\n", "" },
	{ "one column", 1, { "NAME" }, { "a", "bc" }, "NAME\na\nbc\n",
	    "a\nbc\n" },
	{ "as wide as the widest cell", 2, { "A", "B" },
	    { "wide", "1", "x", "22" }, "A     B\nwide  1\nx     22\n",
	    "wide\t1\nx\t22\n" },
	{ "or as the head", 3, { "NAME", "B", "C" }, { "a", "b", "c" },
	    "NAME  B  C\na     b  c\n", "a\tb\tc\n" },
	{ "an empty cell is -", 3, { "A", "B", "C" }, { "", "b", "" },
	    "A  B  C\n-  b  -\n", "-\tb\t-\n" },
	{ "a blank one is none", 2, { "A", "B" }, { " ", "b" }, "A  B\n   b\n",
	    " \tb\n" },
	{ "control characters are blanks", 2, { "A", "B" },
	    { "a\tb\nc", "\x1b[m\x7f\r" }, "A      B\na b c   [m  \n",
	    "a b c\t [m  \n" },
	{ "one character may be many bytes", 2, { "A", "B" },
	    { "\xc3\xa4", "1", "\xe4\xb8\xad\xf0\x9f\x98\x80z", "2" },
	    "A    B\n\xc3\xa4    1\n\xe4\xb8\xad\xf0\x9f\x98\x80z  2\n",
	    "\xc3\xa4\t1\n\xe4\xb8\xad\xf0\x9f\x98\x80z\t2\n" },
	{ "a cell beyond 80 characters makes no column wide", 2, { "A", "B" },
	    { LONG_CELL, "1", "x", "2" }, "A  B\n" LONG_CELL "  1\nx  2\n",
	    LONG_CELL "\t1\nx\t2\n" },
	{ "a row that is not full is left out", 2, { "A", "B" },
	    { "a", "b", "c" }, "A  B\na  b\n", "a\tb\n" },
};

static void
test_cases(void)
{
	for (size_t i = 0; i < countof(cases); i++) {
		struct table t = { .ncolumns = cases[i].ncolumns };
		struct buf people = { 0 }, programs = { 0 };

		for (const char *const *c = cases[i].cells; *c; c++)
			table_add(&t, *c);
		table_write(&t, cases[i].head, &people);
		table_write(&t, NULL, &programs);
		tap_is(buf_str(&people), cases[i].people, cases[i].name);
		tap_is(buf_str(&programs), cases[i].programs, "for programs");
		table_done(&t);
		buf_done(&people);
		buf_done(&programs);
	}
}

static void
test_copied(void)
{
	struct table t = { .ncolumns = 1 };
	struct buf out = { 0 };
	char text[] = "a\nb";

	table_add(&t, text);
	tap_is(str_of(text), "a\nb", "the caller's text is left alone");
	text[0] = 'x';
	table_write(&t, NULL, &out);
	tap_is(buf_str(&out), "a b\n", "and the table has its own");
	table_done(&t);
	tap_ok(!t.cells && !t.n && !t.capacity && t.ncolumns == 1,
	    "done it has no cells, but its columns");
	table_add(&t, "again");
	table_write(&t, NULL, &out);
	tap_is(buf_str(&out), "a b\nagain\n", "and can be used again");
	table_done(&t);
	buf_done(&out);
}

static void
test_many(void)
{
	struct table t = { .ncolumns = 2 };
	struct buf out = { 0 }, want = { 0 };

	for (int i = 0; i < 10000; i++) {
		char number[16];

		snprintf(number, sizeof number, "%d", i);
		table_add(&t, number);
		table_add(&t, "x");
		buf_add_format(&want, "%d\tx\n", i);
	}
	table_write(&t, NULL, &out);
	tap_same(buf_str(&out), buf_str(&want), "ten thousand rows in order");
	table_done(&t);
	buf_done(&out);
	buf_done(&want);
}

int
main(void)
{
	test_cases();
	test_copied();
	test_many();
	return tap_done();
}
