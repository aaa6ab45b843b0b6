/* review_anchor_test - which line an anchor and a quote leave. */
#include "../../tools/dmr-review/anchor.h"
#include "err.h"
#include "tap.h"

static const char text[] = "--- a/shop.c\n"
			   "+++ b/shop.c\n"
			   "@@ -8,6 +8,10 @@ int shop(void)\n"
			   " \tint total = 0;\n"
			   " \n"
			   "-\treturn price(item, count);\n"
			   "-\tgone();\n"
			   "+\tfor (size_t i = 0; i < n; i++) {\n"
			   "+\t\ttotal += price(item[i], count[i]);\n"
			   "+\t\tif (total < 0)\n"
			   "+\t\t\tbreak;\n"
			   "+\t}\n"
			   "+\treturn total;\n"
			   " }\n"
			   " \n"
			   "@@ -30,5 +34,7 @@\n"
			   " \tif (a) {\n"
			   " \t\tstop();\n"
			   " \t}\n"
			   "+\tif (b) {\n"
			   "+\t\tmoved_here(\"x\");\n"
			   "+\t}\n"
			   " }\n"
			   "-\tmoved_here(\"x\");\n";

static struct diff diff;
static struct anchors all;

/* --- names --- */

static const struct anchor_line *
line_of(size_t number)
{
	for (size_t i = 0; i < all.nlines; i++)
		if (all.lines[i].number == number)
			return &all.lines[i];
	return NULL;
}

static void
test_lines(void)
{
	struct buf b = { 0 };
	size_t nadded = 0, nalike = 0;

	for (size_t i = 0; i < all.nlines; i++) {
		nadded += all.lines[i].is_added;
		for (size_t k = 0; k < i; k++)
			nalike += !strcmp(all.lines[i].hash, all.lines[k].hash);
	}
	tap_int((intmax_t)all.nlines, 17, "lines of the new side");
	tap_int((intmax_t)nadded, 9, "those added");
	tap_int((intmax_t)all.nremoved, 3, "those removed");
	tap_int((intmax_t)nalike, 0, "no two have the same hash");
	anchor_write(&b, line_of(37));
	tap_ok(b.len == 6 && !strncmp(b.data, "37#", 3) &&
		strspn(b.data + 3, "0123456789abcdefghjkmnpqrstvwxyz") == 3,
	    "a name is number and hash: %s", b.data);
	buf_done(&b);
}

/* The same window elsewhere has the same hash; white space does not count. */
static void
test_hash(void)
{
	static const char moved[] = "--- a/x\n+++ b/x\n@@ -1,0 +2,3 @@\n"
				    "+  if (total <  0)\n"
				    "+break;  \n"
				    "+}\n";
	struct err e = ERR_NONE;
	struct diff d = { 0 };
	struct anchors a;

	diff_read(&d, STR(moved), &e);
	anchors_make(&a, &d.files[0], 0, 1);
	tap_is(str_of(a.lines[1].hash), line_of(13)->hash,
	    "a hash is that of three lines");
	tap_ok(strcmp(a.lines[0].hash, line_of(12)->hash) != 0,
	    "and no other than these");
	anchors_done(&a);
	diff_done(&d);
}

static void
test_some_hunks(void)
{
	struct anchors some;

	anchors_make(&some, &diff.files[0], 1, 2);
	tap_int((intmax_t)some.nlines, 7, "the lines of one hunk");
	tap_int((intmax_t)some.lines[0].number, 34, "have their numbers");
	tap_is(
	    str_of(some.lines[2].hash), line_of(36)->hash, "and their hashes");
	anchors_done(&some);
}

/* --- what is found --- */

/* "37#" in a claim becomes line 37's name; "#37" in it has line 37's hash. */
static struct str
claim(const char *how, struct buf *out)
{
	size_t number = (size_t)strtoul(how, NULL, 10);
	const char *hash = strstr(how, "#=");

	if (*how && how[strlen(how) - 1] == '#')
		anchor_write(out, line_of(number));
	else if (hash)
		buf_add_format(out, "%zu#%s", number,
		    line_of((size_t)strtoul(hash + 2, NULL, 10))->hash);
	else
		buf_add_text(out, how);
	return buf_str(out);
}

static const struct {
	const char *what, *claim, *quote, *want;
} rows[] = {
	{ "both agree", "10#", "\tfor (size_t i = 0; i < n; i++) {",
	    "10-10 1:33 agreed" },
	{ "without margin", "11#", "total += price(item[i], count[i]);",
	    "11-11 2:36 agreed" },
	{ "with a plus", "11#", "+\t\ttotal += price(item[i], count[i]);",
	    "11-11 2:36 agreed" },
	{ "with its number", "15#", "15| return total;", "15-15 1:14 agreed" },
	{ "a part", "11#", "price(item[i]", "11-11 11:24 agreed" },
	{ "a part that goes on", "11#", "total += price(...",
	    "11-11 2:17 agreed" },
	{ "in backquotes", "11#", "`price(item[i], count[i])`",
	    "11-11 11:35 agreed" },
	{ "no quote", "12#", "", "12-12 2:16 agreed" },
	{ "a quote of blanks", "12#", " \n", "12-12 2:16 agreed" },
	{ "in other words", "11#", "total = total + price(item, count[i])",
	    "11-11 2:36 agreed" },
	{ "a line that is twice", "39#", "}", "39-39 1:2 agreed" },
	{ "another line, twice", "11#", "return total;\nreturn total;",
	    "none" },
	{ "one that is gone, twice", "10#",
	    "\treturn price(item, count);\n\treturn price(item, count);",
	    "none" },
	{ "the same with marks", "10#", "-\tgone();\n-\tgone();", "none" },
	{ "one that is gone, without blanks", "10#", "returnprice(item,count);",
	    "none" },
	{ "another line without blanks", "11#", "returntotal;", "none" },
	{ "the line without blanks", "15#", "returntotal;",
	    "15-15 1:14 agreed" },
	{ "off, the quote is one line", "14#=11",
	    "\t\ttotal += price(item[i], count[i]);", "11-11 2:36 exact" },
	{ "off, white space", "14#=11", "total += price(item[i],  count[i]);",
	    "11-11 2:36 normalized" },
	{ "no claim", "", "\t\tif (total < 0)", "12-12 2:16 exact" },
	{ "a bare number", "12", "\t\tif (total < 0)", "12-12 2:16 exact" },
	{ "a claim of another line", "34#", "\t\tif (total < 0)",
	    "12-12 2:16 exact" },
	{ "a unique part", "", "price(item[i]", "11-11 11:24 part" },
	{ "a short one", "", "i < n", "none" },
	{ "twice, and one has the hash", "12#=39", "}", "39-39 1:2 hashed" },
	{ "twice, and none has it", "12#", "}", "none" },
	{ "nothing", "", "", "none" },
	{ "nothing but a number", "12", "", "none" },
	{ "in other words, off", "14#=11", "total = price(item, count[i])",
	    "none" },
	{ "gone", "", "\treturn price(item, count);", "none" },
	{ "gone, an anchor agrees", "15#", "\treturn price(item, count);",
	    "none" },
	{ "gone, with its mark", "15#", "-\treturn price(item, count);",
	    "none" },
	{ "gone, in other words", "15#", "return price(item, number);",
	    "none" },
	{ "on both sides", "", "\t\tmoved_here(\"x\");", "none" },
	{ "on both sides, the anchor agrees", "38#", "moved_here(\"x\");",
	    "38-38 2:18 agreed" },
	{ "several lines", "12#", "\t\tif (total < 0)\n\t\t\tbreak;",
	    "12-13 2:9 agreed" },
	{ "several, the anchor is the last's", "13#",
	    "\t\tif (total < 0)\n\t\t\tbreak;\n", "12-13 2:9 agreed" },
	{ "several, no claim", "", "+\t\tif (total < 0)\r\n+\t\t\tbreak;\r\n",
	    "12-13 2:9 normalized" },
	{ "several in a fence", "12#", "```c\nif (total < 0)\n break;\n```",
	    "12-13 2:9 agreed" },
	{ "several over a gap", "", "}\n\n\tif (a) {", "none" },
	{ "several, one of them wrong", "12#", "if (total < 0)\n stop();",
	    "12-12 2:16 agreed" },
	{ "several that are gone", "15#",
	    "-\treturn price(item, count);\n-\tgone();", "none" },
};

static void
test_rows(void)
{
	for (size_t i = 0; i < countof(rows); i++) {
		struct buf said = { 0 }, got = { 0 };
		struct anchor_place p = { 0 };
		bool found = anchor_find(&all, claim(rows[i].claim, &said),
		    str_of(rows[i].quote), &p);

		if (found)
			buf_add_format(&got, "%zu-%zu %zu:%zu %s", p.line,
			    p.end_line, p.start, p.end,
			    anchor_method_name(p.method));
		else
			buf_add_text(&got, anchor_method_name(p.method));
		tap_is(buf_str(&got), rows[i].want, rows[i].what);
		buf_done(&said);
		buf_done(&got);
	}
}

/* --- what code and a model's marks have in common --- */

static const char marks[] = "--- a/x\n+++ b/x\n@@ -1,4 +1,12 @@\n"
			    " one\n"
			    "+----\n"
			    "+\n"
			    "+- - a: \"x\"\n"
			    "+```sh\n"
			    "+make all\n"
			    "+```\n"
			    "+\t+ \"text\"\n"
			    "+\t\"text\"\n"
			    "+\tcall(...)\n"
			    "-...\n"
			    "-\tcall(one, two, ...)\n"
			    " two\n"
			    "+--hash=abcdefgh\n";

static const struct {
	const char *what, *quote;
	size_t hash, want; /* a line whose hash is claimed; 0: nothing */
} mark_rows[] = {
	{ "a rule of dashes is no blank line", "+----", 3, 2 },
	{ "nor is it one with an anchor of that", "----", 3, 2 },
	{ "a dash of the line's own", "- - a: \"x\"", 0, 4 },
	{ "a plus of the line's own", "\t+ \"text\"", 0, 8 },
	{ "a plus that may be the diff's", "+\t\"text\"", 0, 0 },
	{ "the hash says whose it is", "+\t\"text\"", 9, 9 },
	{ "a fence of the file's own", "```sh\nmake all\n```", 0, 5 },
	{ "dots of the line's own", "\tcall(...)", 0, 10 },
	{ "dots that are gone", "- ...", 10, 0 },
	{ "options begin with dashes", "--hash=abc...", 0, 12 },
};

static void
test_marks(void)
{
	struct err e = ERR_NONE;
	struct diff d = { 0 };
	struct anchors a;

	tap_ok(!diff_read(&d, STR(marks), &e), "a diff of marks: %s", e.text);
	anchors_make(&a, &d.files[0], 0, 1);
	for (size_t i = 0; i < countof(mark_rows); i++) {
		struct anchor_place p;
		struct buf said = { 0 };

		if (mark_rows[i].hash)
			buf_add_format(&said, "999#%s",
			    a.lines[mark_rows[i].hash - 1].hash);
		anchor_find(&a, buf_str(&said), str_of(mark_rows[i].quote), &p);
		tap_int((intmax_t)p.line, (intmax_t)mark_rows[i].want,
		    mark_rows[i].what);
		buf_done(&said);
	}
	anchors_done(&a);
	diff_done(&d);
}

/* A name may come in capitals, with blanks, with the mark behind it. */
static void
test_careless_names(void)
{
	struct buf b = { 0 };
	struct anchor_place p;

	buf_add_text(&b, " 11#");
	for (const char *c = line_of(11)->hash; *c; c++)
		buf_add_char(&b, (char)(*c >= 'a' ? *c - 32 : *c));
	buf_add_text(&b, "| total");
	tap_ok(anchor_find(&all, buf_str(&b), (struct str){ 0 }, &p) &&
		p.line == 11,
	    "'%s' is a name", b.data);
	buf_done(&b);
}

/* --- what is no name, and too much of all --- */

static void
test_hostile(void)
{
	static const char *const claims[] = { "#", "37", "37#", "37#k",
		"99999999999999999999999#k7f", "-37#k7f", "37#k7\xff", "\x1b[m",
		"0#000" };
	struct buf quote = { 0 };
	struct anchor_place p;

	for (size_t i = 0; i < countof(claims); i++) {
		char *copy = tap_copy(str_of(claims[i]));

		tap_case(
		    !anchor_find(&all, (struct str){ copy, strlen(claims[i]) },
			(struct str){ 0 }, &p) &&
			p.method == ANCHOR_NONE,
		    "'%s'", claims[i]);
		free(copy);
	}
	tap_all("what is no name finds nothing");
	for (size_t i = 0; i < 100000; i++)
		buf_add_text(&quote, i % 3 ? "+a b \n" : "\"...`\n");
	tap_ok(!anchor_find(&all, STR("37#zzz"), buf_str(&quote), &p),
	    "nor does a quote of 100,000 lines");
	buf_done(&quote);
}

int
main(void)
{
	struct err e = ERR_NONE;

	if (diff_read(&diff, STR(text), &e)) {
		tap_ok(false, "%s", e.text);
		return tap_done();
	}
	anchors_make(&all, &diff.files[0], 0, diff.files[0].nhunks);
	test_lines();
	test_hash();
	test_some_hunks();
	test_rows();
	test_marks();
	test_careless_names();
	test_hostile();
	anchors_done(&all);
	diff_done(&diff);
	return tap_done();
}
