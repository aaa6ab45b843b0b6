/*
 * diff_test - diffs are read in all their forms, and insertions written.
 *
 *     diff_test                    the unit tests
 *     diff_test make SEED          see diff_trees.h
 *     diff_test check OLD NEW      a diff on standard input
 */
#include "diff_seek.h"
#include "diff_trees.h"

/* --- read --- */

static void
describe_lines(struct buf *out, const struct diff_hunk *h)
{
	struct diff_lines lines = diff_lines(h);
	struct diff_line line;

	while (diff_lines_next(&lines, &line))
		buf_add_format(out, "%c%.*s%s", line.kind, STR_ARGS(line.text),
		    line.no_newline ? "$" : "");
}

/* "file: hunks" for each: old>new, flags, and lines as marks. */
static void
describe(struct buf *out, const struct diff *d)
{
	for (size_t i = 0; i < d->nfiles; i++) {
		const struct diff_file *f = &d->files[i];

		buf_add_format(out, "%s>%s%s%s%s%s%s%s%s%s",
		    f->old_path ? f->old_path : "",
		    f->new_path ? f->new_path : "", f->is_new ? " new" : "",
		    f->is_deleted ? " deleted" : "",
		    f->is_rename ? " renamed" : "",
		    f->is_binary ? " binary" : "",
		    f->is_combined ? " combined" : "",
		    f->is_submodule ? " submodule" : "",
		    f->is_mode_change ? " mode" : "",
		    f->has_roots ? " roots" : "");
		if (f->unshown)
			buf_add_format(out, " (%s)", f->unshown);
		for (size_t k = 0; k < f->nhunks; k++) {
			const struct diff_hunk *h = &f->hunks[k];

			buf_add_format(out, " %zu,%zu:%zu,%zu", h->old_start,
			    h->old_count, h->new_start, h->new_count);
			if (h->heading.len)
				buf_add_format(
				    out, "(%.*s)", STR_ARGS(h->heading));
			describe_lines(out, h);
		}
		buf_add_char(out, '\n');
	}
}

#define BODY "@@ -1 +1,2 @@\n a\n+b\n"
#define DONE " 1,1:1,2 a+b\n"
#define ONE "it is in one of the folders only"
#define ENCODED \
	"the text of a mail is encoded; try: git mailinfo /dev/null patch"
#define MORE "line 6 of the diff: a line more than the hunk's head says"
#define OTHER "its diff is not a unified one"
#define UNSHOWN "it differs, but not a line of it is in the diff"

static const struct {
	const char *name, *text, *want; /* want: NULL: an error: */
	const char *why;
} reads[] = {
	{ "git",
	    "diff --git a/x.c b/x.c\nindex 1..2 100644\n--- a/x.c\n"
	    "+++ b/x.c\n@@ -1,2 +1,2 @@ int f()\n a\n-b\n+c\n",
	    "x.c>x.c 1,2:1,2(int f()) a-b+c\n", NULL },
	{ "two files", "--- a/x\n+++ b/x\n" BODY "--- a/y\n+++ b/y\n" BODY,
	    "x>x" DONE "y>y" DONE, NULL },
	{ "two hunks",
	    "--- x\n+++ x\n@@ -1 +1 @@\n-a\n+b\n@@ -9,0 +10 @@\n+c\n",
	    "x>x 1,1:1,1-a+b 9,0:10,1+c\n", NULL },
	{ "CRLF all over",
	    "--- a/x\r\n+++ b/x\r\n@@ -1 +1,2 @@\r\n a\r\n+b\r\n", "x>x" DONE,
	    NULL },
	{ "a CR within", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\rb\r\n+c\n",
	    "x>x 1,1:1,1-a\rb+c\n", NULL },
	{ "no newline",
	    "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n"
	    "\\ No newline at end of file\n+b\n"
	    "\\ Kein Zeilenumbruch am Dateiende.\n",
	    "x>x 1,1:1,1-a$+b$\n", NULL },
	{ "no newline at the diff's own end",
	    "--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n a\n+b", "x>x" DONE, NULL },
	{ "lines like heads",
	    "--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n--- a/y\n-- b/y\n-@@ -1 +1 @@\n"
	    "+++ b/y\n+@@ -1 +1 @@\n+diff --git a/y b/y\n--- a/y\n+++ b/y\n" BODY,
	    "x>x 1,3:1,3--- a/y-- b/y-@@ -1 +1 @@+++ b/y+@@ -1 +1 @@"
	    "+diff --git a/y b/y\ny>y" DONE,
	    NULL },
	{ "an empty line lost its blank",
	    "--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n\n a\n+b\n",
	    "x>x 1,2:1,3  a+b\n", NULL },
	{ "mnemonic prefixes", "diff --git i/x w/x\n--- i/x\n+++ w/x\n" BODY,
	    "x>x" DONE, NULL },
	{ "no prefix", "diff --git a/x a/x\n--- a/x\n+++ a/x\n" BODY,
	    "a/x>a/x" DONE, NULL },
	{ "other prefixes",
	    "diff --git old/a/x new/a/x\n--- old/a/x\n+++ new/a/x\n" BODY,
	    "a/x>a/x" DONE, NULL },
	{ "reversed", "diff --git b/x a/x\n--- b/x\n+++ a/x\n" BODY, "x>x" DONE,
	    NULL },
	{ "folders",
	    "diff -ru old/x new/x\n--- old/x\t2026-01-01 10:00\n"
	    "+++ new/x\t2026-01-01 10:00\n" BODY,
	    "old/x>new/x roots" DONE, NULL },
	{ "no old file",
	    "diff --git a/x b/x\nnew file mode 100644\n"
	    "--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n",
	    ">x new 0,0:1,1+a\n", NULL },
	{ "no old file, by time",
	    "--- o/x\t1970-01-01 01:00:00.0 +0100\n"
	    "+++ n/x\t2026-01-01\n@@ -0,0 +1 @@\n+a\n",
	    ">n/x new roots 0,0:1,1+a\n", NULL },
	{ "an old file of that time",
	    "--- o/x\t1970-01-01 01:00:00.0 +0100\n"
	    "+++ n/x\t2026-01-01\n" BODY,
	    "o/x>n/x roots" DONE, NULL },
	{ "no new file", "--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n",
	    "x> deleted 1,1:0,0-a\n", NULL },
	{ "an empty new file",
	    "diff --git a/x y b/x y\nnew file mode 100644\nindex 0..e\n",
	    ">x y new\n", NULL },
	{ "a mode", "diff --git a/x b/x\nold mode 100644\nnew mode 100755\n",
	    "x>x mode\n", NULL },
	{ "a mode, in folders",
	    "diff --git a/o/x b/n/x\nold mode 100644\nnew mode 100755\n",
	    "o/x>n/x mode roots\n", NULL },
	{ "a new name",
	    "diff --git a/x b/c d\nsimilarity index 100%\n"
	    "rename from x\nrename to c d\n",
	    "x>c d renamed\n", NULL },
	{ "a new name and lines",
	    "diff --git a/x b/y\nrename from x\nrename to y\n--- a/x\n"
	    "+++ b/y\n" BODY,
	    "x>y renamed" DONE, NULL },
	{ "a copy", "diff --git a/x b/y\ncopy from x\ncopy to y\n", "x>y\n",
	    NULL },
	{ "binary",
	    "diff --git a/x b/x\nindex 1..2 100644\n"
	    "Binary files a/x and b/x differ\n"
	    "diff --git a/y b/y\nGIT binary patch\nliteral 3\nKc${NkU\n\n"
	    "literal 0\nHcmV?d00001\n\n",
	    "x>x binary\ny>y binary\n", NULL },
	{ "binary in folders", "Binary files old/x and new/x differ\n",
	    "old/x>new/x binary roots (binary)\n", NULL },
	{ "a submodule's commit",
	    "diff --git a/s b/s\nindex 1111111..2222222 160000\n--- a/s\n"
	    "+++ b/s\n@@ -1 +1 @@\n-Subproject commit 1\n"
	    "+Subproject commit 2\n",
	    "s>s submodule 1,1:1,1-Subproject commit 1+Subproject commit 2\n",
	    NULL },
	{ "a new submodule",
	    "diff --git a/s b/s\nnew file mode 160000\nindex 0000000..2222222\n"
	    "--- /dev/null\n+++ b/s\n@@ -0,0 +1 @@\n+Subproject commit 2\n",
	    ">s new submodule 0,0:1,1+Subproject commit 2\n", NULL },
	{ "a file of that mode is none",
	    "diff --git a/s b/s\nindex 1111111..160000\n",
	    "s>s (" UNSHOWN ")\n", NULL },
	{ "a head that the lines deny",
	    "diff --git a/x b/x\nindex 1111111..2222222 160000\n--- a/x\n"
	    "+++ b/x\n@@ -1 +1,2 @@\n Subproject commit 1\n+b\n"
	    "diff --git a/y b/y\nBinary files a/y and b/y differ\n--- a/y\n"
	    "+++ b/y\n" BODY,
	    "x>x 1,1:1,2 Subproject commit 1+b\ny>y" DONE, NULL },
	{ "a submodule's log",
	    "Submodule a b 1234567..89abcde:\n  > one\n  < two\n"
	    "Submodule c 0000000...89abcde (new submodule)\n"
	    "Submodule d contains untracked content\n"
	    "Submodule d contains modified content\n"
	    "Submodule d 1234567..89abcde (commits not present)\n",
	    "a b>a b submodule (submodule)\nc>c submodule (submodule)\n"
	    "d>d submodule (submodule)\n",
	    NULL },
	{ "a submodule's diff",
	    "Submodule s 1234567..89abcde:\ndiff --git a/s/x b/s/x\n"
	    "--- a/s/x\n+++ b/s/x\n" BODY,
	    "s/x>s/x" DONE, NULL },
	{ "prose of submodules",
	    "Submodule s is new\nSubmodule\nSubmodule s 12..34:\n"
	    "Submodule s 1234567.89abcde\nSubmodule 1234567..89abcde:\n"
	    "Submodule s 1234567..89abcde and\n--- x\n+++ x\n" BODY,
	    "x>x" DONE, NULL },
	{ "in one folder only",
	    "Only in old: x y\nOnly in new/a: b: c\nOnly in /: z\n"
	    "diff -r old/x new/x\n--- old/x\n+++ new/x\n" BODY
	    "Only in new/d: e\n",
	    "old/x y>old/x y (" ONE ")\nnew/a/b: c>new/a/b: c (" ONE ")\n"
	    "/z>/z (" ONE ")\nold/x>new/x roots" DONE "new/d/e>new/d/e (" ONE
	    ")\n",
	    NULL },
	{ "what differs, and is not shown",
	    "Files a/x and b/x differ\nSymbolic links o/l and n/l differ\n"
	    "File o/t is a directory while file n/t is a regular file\n"
	    "Common subdirectories: o/d and n/d\n",
	    "x>x (" UNSHOWN ")\no/l>n/l roots (" UNSHOWN ")\n"
	    "o/t>n/t roots (" UNSHOWN ")\n"
	    "o/d>n/d roots (a folder that was not compared)\n",
	    NULL },
	{ "other forms",
	    "diff -r o/x n/x\n1c1\n< a\n---\n> b\ndiff -c a/y b/y\n*** a/y\n"
	    "--- b/y\n***************\ndiff -r 'o/a b' 'n/a b'\n2,3d1\n< a\n"
	    "diff -u o/z n/z\n--- o/z\n+++ n/z\n" BODY "diff a b\n12\n"
	    "diff\n1c1\n",
	    "o/x>n/x roots (" OTHER ")\ny>y (" OTHER ")\n"
	    "-r 'o/a b' 'n/a b'>-r 'o/a b' 'n/a b' (" OTHER ")\n"
	    "o/z>n/z roots" DONE,
	    NULL },
	{ "other forms, without a command",
	    "*** o/x.c\t2026-01-01\n--- n/x.c\t2026-01-01\n"
	    "*************** f()\n*** 1,2 ****\n  a\n--- 1,3 ----\n  a\n+ b\n"
	    "*** c/q\t1970-01-01 01:00\n--- c/q\t1970-01-01 01:00\n"
	    "***************\n*** /dev/null\n--- b/y\n***************\n"
	    "*** a/z\n"
	    "--- /dev/null\t1970-01-01\n***************\n--- x\n+++ x\n" BODY
	    "diff -e a/x b/x\n1,2c\n--- a/y\n+++ b/y\n.\n",
	    "o/x.c>n/x.c roots (" OTHER ")\nc/q>c/q (" OTHER ")\n>y new (" OTHER
	    ")\nz> deleted (" OTHER ")\nx>x" DONE "x>x (" OTHER ")\n",
	    NULL },
	{ "binary files of hg and svn",
	    "diff -r 000 a/x y\nBinary file a/x y has changed\n"
	    "diff --git a/x b/x\nBinary file x has changed\n"
	    "Index: d/x\n=====\nCannot display: file marked as a binary type.\n"
	    "svn:mime-type = x\nIndex: x\n=====\ndiff --git a/x b/x\n"
	    "Cannot display: file marked as a binary type.\n"
	    "Index: x\n=====\n--- x\t(revision 1)\n+++ x\t(nothing)\n" BODY,
	    "a/x y>a/x y binary (binary)\nx>x binary\nd/x>d/x binary (binary)\n"
	    "x>x binary\nx>x" DONE,
	    NULL },
	{ "prose of other forms",
	    "*** a\n--- b\n*** c\n***\n--- d\n***************\nIndex: x\n"
	    "Cannot display: x\nIndex: \n===\nCannot display: x\n"
	    "Binary file x matches\nBinary file  has changed\n1c1\n"
	    "--- x\n+++ x\n" BODY "*** e\n--- f\n",
	    "x>x" DONE, NULL },
	{ "prose of files",
	    "Only in x\nOnly in : x\nOnly in x: \nOnly in x: y/z\n"
	    "Files differ\nFiles a and b\nFiles  and b differ\n"
	    "Binary files and such\nFile x is a file\n--- x\n+++ x\n" BODY,
	    "x>x" DONE, NULL },
	{ "quoted names",
	    "diff --git \"a/\\303\\244\\t\\\"\" \"b/\\303\\244\\t\\\"\"\n"
	    "--- \"a/\\303\\244\\t\\\"\"\n+++ \"b/\\303\\244\\t\\\"\"\n" BODY,
	    "\xc3\xa4\t\">\xc3\xa4\t\"" DONE, NULL },
	{ "names with blanks",
	    "diff --git a/x b/x b/x b/x\n--- a/x b/x\t\n+++ b/x b/x\t\n" BODY,
	    "x b/x>x b/x" DONE, NULL },
	{ "a mail",
	    "From 12 Mon Sep 17 00:00:00 2001\nSubject: x\n\n"
	    "@@ is no hunk\n--- nor this\n---\n x | 1 +\n\n"
	    "diff --git a/x b/x\n--- a/x\n+++ b/x\n" BODY
	    "-- \n2.39.2\n\nFrom 13\n\n+++ b\n---\n"
	    "diff --git a/y b/y\n--- a/y\n+++ b/y\n" BODY "-- \n2.39\n",
	    "x>x" DONE "y>y" DONE, NULL },
	{ "words of encodings that are no mail's",
	    "From 12\nContent-Transfer-Encoding: 8bit\n\n"
	    "Content-Transfer-Encoding: base64\n---\n x | 1 +\n\n"
	    "--- x\n+++ x\n" BODY "Content-Transfer-Encoding: base64\n-- \n2\n",
	    "x>x" DONE, NULL },
	{ "combined",
	    "diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n"
	    "@@@ -1,3 -1,2 +1,3 @@@ f\n  a\n- b\n -c\n++d\n +e\n",
	    "x>x combined 1,3:1,3(f) a-b-c+d+e\n", NULL },
	{ "colours",
	    "\x1b[1mdiff --git a/x b/x\x1b[m\n\x1b[1m--- a/x\x1b[m\n"
	    "\x1b[1m+++ b/x\x1b[m\n\x1b[36m@@ -1 +1,2 @@\x1b[m\n"
	    " a\x1b[m\n\x1b[32m+\x1b[m\x1b[32mb\x1b[m\n",
	    "x>x" DONE, NULL },
	{ "colours of the text stay",
	    "--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n a\n+\x1b[mb\n",
	    "x>x 1,1:1,2 a+\x1b[mb\n", NULL },
	{ "another file behind a head without hunks",
	    "diff --git a/e.bin b/e.bin\nindex 1..2 100644\n"
	    "Binary files a/e.bin and b/e.bin differ\n--- a/x\n+++ b/x\n" BODY
	    "diff --git a/e.sh b/e.sh\nold mode 100644\nnew mode 100755\n"
	    "--- old/d/y\n+++ new/d/y\n" BODY
	    "diff --git a/o b/n\nrename from o\nrename to n\n--- o\n"
	    "+++ o\n" BODY "diff --git a/e b/e\ndeleted file mode 100644\n"
	    "--- /dev/null\n+++ b/z\n@@ -0,0 +1 @@\n+a\n"
	    "diff --cc e\n--- a/d/e\n+++ b/d/e\n" BODY,
	    "e.bin>e.bin binary\nx>x" DONE "e.sh>e.sh mode\n"
	    "old/d/y>new/d/y roots" DONE "o>n renamed\no>o" DONE
	    "e> deleted\n>z new 0,0:1,1+a\ne>e combined\nd/e>d/e" DONE,
	    NULL },
	{ "another file that is gone, in quotes",
	    "diff --git \"a/\\303\\244\" \"b/\\303\\244\"\n--- a/x\n"
	    "+++ /dev/null\n@@ -1 +0,0 @@\n-a\n"
	    "diff --git a/x b/x\n--- \"a/\\303\\244\"\n"
	    "+++ \"b/\\303\\244\"\n" BODY,
	    "\xc3\xa4>\xc3\xa4\nx> deleted 1,1:0,0-a\n"
	    "x>x\n\xc3\xa4>\xc3\xa4" DONE,
	    NULL },
	{ "the head's file, named in other ways",
	    "diff --git a/x b/x\n--- a/x.orig\t2026-01-01\n+++ x\n" BODY
	    "diff --git d/x d/x\n--- a/d/x\n+++ b/d/x\n" BODY
	    "diff --git a/x b/x\n--- x\t(revision 1)\n"
	    "+++ /dev/null\t(working copy)\n@@ -1 +0,0 @@\n-a\n"
	    "diff --git a/o b/n\nrename from o\nrename to n\n--- i/o\n"
	    "+++ w/n\n" BODY "diff --git p/q/x r/s/x\n--- p/q/x\n"
	    "+++ r/s/x\n" BODY,
	    "x>x" DONE "d/x>d/x" DONE "x> deleted 1,1:0,0-a\no>n renamed" DONE
	    "p/q/x>r/s/x" DONE,
	    NULL },
	{ "nothing", "", "", NULL },
	{ "blanks", "\n \n", "", NULL },

	{ "prose", "hello\n", NULL, "this is no unified diff" },
	{ "an old form", "*** a\n--- b\n***************\n", NULL,
	    "this is no unified diff" },
	{ "an old form behind a command", "diff a b\n1c1\n< a\n---\n> b\n",
	    NULL, "this is no unified diff" },
	{ "a mail in base64",
	    "--- x\n+++ x\n" BODY "-- \n2.39\n\nFrom 12\nSubject: x\n"
	    "Content-Transfer-Encoding: base64\n\nLS0tIGEveAo=\n",
	    NULL, "line 11 of the diff: " ENCODED },
	{ "a part of a mail, quoted",
	    "Subject: x\r\n\r\n--part\r\nContent-Type: text/plain\r\n"
	    "content-transfer-encoding:Quoted-Printable\r\n\r\n"
	    "--- x\r\n+++ x\r\n@@ -0,0 +1 @@\r\n+=3D\r\n",
	    NULL, "line 5 of the diff: " ENCODED },
	{ "no file", "@@ -1 +1 @@\n-a\n+b\n", NULL,
	    "line 1 of the diff: a hunk of no file" },
	{ "cut in a hunk", "--- x\n+++ x\n@@ -1,2 +1,2 @@\n a\n", NULL,
	    "line 5 of the diff: the diff ends inside of a hunk" },
	{ "cut before a hunk", "diff --git a/x b/x\n--- a/x\n+++ b/x\n", NULL,
	    "line 4 of the diff: there is no hunk for the file before it" },
	{ "no line of a hunk", "--- x\n+++ x\n@@ -1,2 +1,2 @@\n a\n*b\n", NULL,
	    "line 5 of the diff: this is no line of a hunk" },
	{ "more old lines than said", "--- x\n+++ x\n@@ -1 +1,2 @@\n a\n-b\n",
	    NULL, "line 5 of the diff: this is no line of a hunk" },
	{ "more new lines", "--- x\n+++ x\n@@ -1,2 +1 @@\n a\n+b\n", NULL,
	    "line 5 of the diff: this is no line of a hunk" },
	{ "nothing to end", "--- x\n+++ x\n@@ -1 +1 @@\n\\ No newline\n", NULL,
	    "line 4 of the diff: this is no line of a hunk" },
	{ "a huge number", "--- x\n+++ x\n@@ -1 +99999999999999999999 @@\n",
	    NULL, "line 3 of the diff: this is no head of a hunk" },
	{ "line 0", "--- x\n+++ x\n@@ -0 +1 @@\n-a\n+b\n", NULL,
	    "line 3 of the diff: this is no head of a hunk" },
	{ "disorder",
	    "--- x\n+++ x\n@@ -5 +5 @@\n-a\n+b\n@@ -4 +6 @@\n-a\n+b\n", NULL,
	    "line 6 of the diff: a hunk before the one that it follows" },
	{ "hunks that have context in common",
	    "--- x\n+++ x\n@@ -1,3 +1,4 @@\n+a\n b\n c\n d\n"
	    "@@ -2,3 +3,4 @@\n c\n d\n e\n+f\n",
	    "x>x 1,3:1,4+a b c d 2,3:3,4 c d e+f\n", NULL },
	{ "hunks that have other context in common",
	    "--- x\n+++ x\n@@ -1,3 +1,4 @@\n+a\n b\n c\n d\n"
	    "@@ -2,3 +3,4 @@\n d\n c\n e\n+f\n",
	    NULL,
	    "line 13 of the diff: a hunk before the one that it follows" },
	{ "hunks that have a change in common",
	    "--- x\n+++ x\n@@ -1,2 +1,3 @@\n b\n c\n+d\n"
	    "@@ -2 +3,2 @@\n+d\n e\n",
	    NULL,
	    "line 10 of the diff: a hunk before the one that it follows" },
	{ "hunks that overlap on one side",
	    "--- x\n+++ x\n@@ -1 +1 @@\n-a\n+b\n@@ -1 +2 @@\n-a\n+b\n", NULL,
	    "line 6 of the diff: a hunk before the one that it follows" },
	{ "the same hunk twice",
	    "--- x\n+++ x\n@@ -1 +1,2 @@\n+a\n b\n@@ -1 +1,2 @@\n+a\n b\n",
	    NULL, "line 6 of the diff: a hunk before the one that it follows" },
	{ "a hunk that begins before the one that it follows",
	    "--- x\n+++ x\n@@ -5,3 +5,3 @@\n x\n-x\n+y\n x\n"
	    "@@ -1,3 +1,4 @@\n x\n x\n x\n+y\n",
	    NULL, "line 8 of the diff: a hunk before the one that it follows" },
	{ "an empty hunk that a mark follows",
	    "--- x\n+++ x\n@@ -1 +1 @@\n-a\n+b\n@@ -3,0 +3,0 @@\n"
	    "\\ No newline\n",
	    "x>x 1,1:1,1-a+b 3,0:3,0\n", NULL },
	{ "no name", "--- \t\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", NULL,
	    "line 3 of the diff: a file without a name" },
	{ "no name of a file that is", "--- x\n+++ \"\"\n@@ -1 +1 @@\n-a\n+b\n",
	    NULL, "line 3 of the diff: a file without a name" },
	{ "old lines of a new file",
	    "--- /dev/null\n+++ x\n@@ -0,0 +1 @@\n+b\n@@ -5 +6 @@\n a\n", NULL,
	    "line 5 of the diff: lines of a file that there is not" },
	{ "names that cannot be told apart",
	    "diff --git a/o x b/n x\nold mode 100644\n", NULL,
	    "line 3 of the diff: a file without a name" },
	{ "a name with NUL", "--- \"\\000\"\n+++ \"x\n@@ -1 +1 @@\n-a\n+b\n",
	    NULL, "line 3 of the diff: a file without a name" },
	{ "another file, and a binary one without a name",
	    "diff --git a/o x b/n x\nBinary files differ\n--- a/y\n+++ b/y\n" BODY,
	    NULL, "line 3 of the diff: a file without a name" },
	{ "another file, where a hunk is due",
	    "diff --git a/x b/x\n--- a/x\n+++ b/x\n--- a/y\n+++ b/y\n" BODY,
	    NULL,
	    "line 4 of the diff: there is no hunk for the file before it" },
	{ "half of a name", "diff --git a/x b/x\n--- a/x\nindex\n", NULL,
	    "line 3 of the diff: no '+++' behind '---'" },
	{ "unmerged",
	    "* Unmerged path c\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n" BODY
	    "* Unmerged path d e\n",
	    "c>c (it is not merged)\nx>x" DONE "d e>d e (it is not merged)\n",
	    NULL },
	{ "svn: properties",
	    "Index: x\n=====\n--- x\t(revision 1)\n+++ x\t(working copy)\n" BODY
	    "Index: y\n=====\n\nProperty changes on: y\n____\n"
	    "Added: svn:executable\n## -0,0 +1 ##\n+*\n",
	    "x>x" DONE "y>y (its properties)\n", NULL },
	{ "svn: properties alone",
	    "\nProperty changes on: y\n____\nDeleted: a\n## -1 +0,0 ##\n-*\n",
	    "y>y (its properties)\n", NULL },
	{ "svn: empty files", "Index: x\n=====\nIndex: y\n=====\n",
	    "x>x\ny>y\n", NULL },
	{ "a head whose lines are cut off",
	    "diff --git a/x b/x\nindex 1234567..89abcde 100644\n",
	    "x>x (" UNSHOWN ")\n", NULL },
	{ "a rename whose lines are cut off",
	    "diff --git a/x b/y\nsimilarity index 80%\nrename from x\n"
	    "rename to y\ndiff --git a/z b/w\nsimilarity index 100%\n"
	    "rename from z\nrename to w\n",
	    "x>y renamed (" UNSHOWN ")\nz>w renamed\n", NULL },
	{ "deleted, and not shown",
	    "diff --git a/x b/x\ndeleted file mode 100644\n"
	    "index 1234567..0000000\n",
	    "x> deleted (" UNSHOWN ")\n", NULL },
	{ "empty files come and go",
	    "diff --git a/x b/x\nnew file mode 100644\nindex 0000000..e69de29\n"
	    "diff --git a/y b/y\ndeleted file mode 100644\n"
	    "index 473a0f4c3be8..000000000000\n",
	    ">x new\ny> deleted\n", NULL },
	{ "a mark of byte order",
	    "\xef\xbb\xbf--- a/x\n+++ b/x\n" BODY "\xef\xbb\xbfOnly in a: b\n",
	    "x>x" DONE, NULL },
	{ "a mark of byte order before a name", "\xef\xbb\xbfOnly in a: b\n",
	    "a/b>a/b (" ONE ")\n", NULL },
	{ "a submodule that is shown, and dirty",
	    "Submodule m contains modified content\nSubmodule m 1234567..89abcde:\n"
	    "diff --git a/m/x b/m/x\n--- a/m/x\n+++ b/m/x\n" BODY,
	    "m/x>m/x" DONE, NULL },
	{ "a submodule's log, and dirty",
	    "Submodule m contains untracked content\n"
	    "Submodule m 1234567..89abcde:\n  > one\nSubmodule n 1234567..89abcde:\n",
	    "m>m submodule (submodule)\nn>n submodule (submodule)\n", NULL },
	{ "an empty line of context more", "--- x\n+++ x\n" BODY " \n",
	    "x>x" DONE, NULL },
	{ "a mail's signature", "--- x\n+++ x\n" BODY "-- \n2.39.5\n",
	    "x>x" DONE, NULL },
	{ "a border of a mail", "--- x\n+++ x\n" BODY "--=-=x\n", "x>x" DONE,
	    NULL },
	{ "a word diff",
	    "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n  a\n"
	    "  [-b-]{+c+}\n",
	    NULL,
	    "line 7 of the diff: nothing changes in the hunk before it; try: git "
	    "diff without --word-diff" },
	{ "a line more", "--- x\n+++ x\n" BODY "+c\n", NULL, MORE },
	{ "a removed one more", "--- x\n+++ x\n" BODY "-- c d\n", NULL, MORE },
	{ "context, and a line more", "--- x\n+++ x\n" BODY " d\n+c\n", NULL,
	    MORE },
	{ "a line more behind no newline",
	    "--- x\n+++ x\n@@ -1 +1 @@\n-a\n+b\n\\ No newline\n+c\n", NULL,
	    "line 7 of the diff: a line more than the hunk's head says" },
	{ "a line more in a combined diff",
	    "diff --cc x\n@@@ -1 -1 +1 @@@\n- a\n -b\n++c\n++d\n", NULL,
	    "line 6 of the diff: a line more than the hunk's head says" },
	{ "cut before a hunk, behind another file",
	    "--- x\n+++ x\n" BODY "--- a/y\n+++ b/y\n", NULL,
	    "line 8 of the diff: there is no hunk for the file before it" },
	{ "no hunk, before another file",
	    "--- a/y\n+++ b/y\n--- x\n+++ x\n" BODY, NULL,
	    "line 3 of the diff: there is no hunk for the file before it" },
	{ "an encoded mail, folded",
	    "From x Mon\nContent-Transfer-Encoding:\n base64 (why)\n\nYQo=\n",
	    NULL, "line 2 of the diff: " ENCODED },
	{ "plus and minus", "diff --cc x\n@@@ -1 -1 +1 @@@\n+-a\n", NULL,
	    "line 3 of the diff: this is no line of a hunk" },
};

static void
test_read(void)
{
	for (size_t i = 0; i < countof(reads); i++) {
		char *text = tap_copy(str_of(reads[i].text));
		struct buf got = { 0 };
		struct err e = ERR_NONE;
		struct diff d;
		int bad = diff_read(
		    &d, (struct str){ text, strlen(reads[i].text) }, &e);

		buf_add_text(&got, "");
		if (bad)
			buf_add_text(&got, e.text);
		else
			describe(&got, &d);
		tap_is(buf_str(&got),
		    reads[i].want ? reads[i].want : reads[i].why,
		    reads[i].name);
		tap_ok(bad == (reads[i].want ? 0 : -1) &&
			(!bad || (e.status == ST_INPUT && !d.nfiles)),
		    "and its status");
		diff_done(&d);
		buf_done(&got);
		free(text);
	}
}

/* A name may hold all bytes but one, and that neither quoted nor as it is. */
static void
test_nul(void)
{
	const struct str texts[] = { STR("--- x\n+++ a\0b\n" BODY),
		STR("--- x\n+++ \"\0b\"\n" BODY),
		STR("--- x\n+++ \"b\0\"\n" BODY) };

	for (size_t i = 0; i < countof(texts); i++) {
		struct err e = ERR_NONE;
		struct diff d;

		tap_ok(diff_read(&d, texts[i], &e) == -1 &&
			!strcmp(e.text,
			    "line 3 of the diff: a file without a name"),
		    "a name with a NUL: %s", e.text);
		diff_done(&d);
	}
}

/* Cut anywhere, or with a byte changed, it is read or refused. */
static void
test_spoiled(void)
{
	for (size_t i = 0; i < countof(reads); i++)
		for (size_t n = 0; n < 2 * strlen(reads[i].text); n++) {
			struct str whole = str_of(reads[i].text);
			char *text = tap_copy(whole);
			struct err e = ERR_NONE;
			struct diff d;

			if (n < whole.len)
				whole.len = n;
			else
				text[n - whole.len] ^= (char)(1 + n % 97);
			whole.data = text;
			tap_case(
			    !diff_read(&d, whole, &e) || e.status == ST_INPUT,
			    "%s, %zu", reads[i].name, n);
			diff_done(&d);
			free(text);
		}
	tap_all("cut or spoiled it is read, or refused");
}

/* --- lines --- */

static void
test_lines(void)
{
	static const struct {
		size_t old, new;
	} pairs[] = { { 1, 1 }, { 3, 3 }, { 4, 0 }, { 0, 4 }, { 0, 5 },
		{ 5, 6 }, { 9, 10 }, { 10, 11 }, { 11, 0 }, { 12, 12 },
		{ 20, 20 } };
	static const struct {
		size_t first, last;
		bool touched;
	} ranges[] = { { 1, 3, false }, { 3, 4, true }, { 4, 4, true },
		{ 5, 9, true }, { 6, 11, false }, { 6, 12, true },
		{ 12, 20, false }, { 11, 11, false }, { 1, 99, true } };
	struct err e = ERR_NONE;
	struct diff d;

	diff_read(&d,
	    STR("--- x\n+++ x\n@@ -3,3 +3,4 @@\n a\n-b\n+c\n+d\n e\n"
		"@@ -11 +11,0 @@\n-f\n"),
	    &e);
	for (size_t i = 0; i < countof(pairs); i++)
		tap_case((!pairs[i].old ||
			     diff_new_line(&d.files[0], pairs[i].old) ==
				 pairs[i].new) &&
			(!pairs[i].new ||
			    diff_old_line(&d.files[0], pairs[i].new) ==
				pairs[i].old),
		    "%zu is %zu: %zu, %zu", pairs[i].old, pairs[i].new,
		    diff_new_line(&d.files[0], pairs[i].old),
		    diff_old_line(&d.files[0], pairs[i].new));
	tap_all("which line is which");
	for (size_t i = 0; i < countof(ranges); i++)
		tap_case(diff_touches(&d.files[0], ranges[i].first,
			     ranges[i].last) == ranges[i].touched,
		    "%zu to %zu", ranges[i].first, ranges[i].last);
	tap_all("which lines are touched");
	diff_done(&d);
}

/* --- write --- */

#define HEAD "diff -u a/f b/f\n--- a/f\n+++ b/f\n"

/* What is a file's, also where hunks have lines in common. */
static void
test_is_of(void)
{
	static const struct {
		const char *what, *diff, *text;
		bool is_of;
	} all[] = {
		{ "a hunk", "@@ -1,2 +1,3 @@\n a\n+b\n c\n", "a\nb\nc\n",
		    true },
		{ "another text", "@@ -1,2 +1,3 @@\n a\n+b\n c\n", "a\nx\nc\n",
		    false },
		{ "a shorter one", "@@ -1,2 +1,3 @@\n a\n+b\n c\n", "a\nb\n",
		    false },
		{ "hunks that share lines",
		    "@@ -1,3 +1,4 @@\n a\n+b\n c\n d\n"
		    "@@ -2,3 +3,4 @@\n c\n d\n+e\n f\n",
		    "a\nb\nc\nd\ne\nf\n", true },
		{ "and another text behind them",
		    "@@ -1,3 +1,4 @@\n a\n+b\n c\n d\n"
		    "@@ -2,3 +3,4 @@\n c\n d\n+e\n f\n",
		    "a\nb\nc\nd\ne\nx\n", false },
	};

	for (size_t i = 0; i < countof(all); i++) {
		struct buf text = { 0 };
		struct err e = ERR_NONE;
		struct diff d = { 0 };

		buf_add_format(&text, "--- a/x\n+++ b/x\n%s", all[i].diff);
		tap_case(!diff_read(&d, buf_str(&text), &e), "%s", e.text);
		tap_case(d.nfiles &&
			diff_is_of(&d.files[0], str_of(all[i].text)) ==
			    all[i].is_of,
		    "%s", all[i].what);
		diff_done(&d);
		buf_done(&text);
	}
	tap_all("whether a text is what a diff makes");
}

/* Each of many declarations is asked about. */
static void
test_touches_many(void)
{
	enum { HUNKS = 40000 };
	struct buf text = { .max = SIZE_MAX / 2 };
	struct err e = ERR_NONE;
	struct diff d;
	size_t n = 0;

	buf_add_text(&text, "--- a/x\n+++ b/x\n");
	for (size_t i = 0; i < HUNKS; i++)
		buf_add_format(&text, "@@ -%zu +%zu,2 @@\n a\n+b\n", 9 * i + 1,
		    10 * i + 1);
	tap_ok(!diff_read(&d, buf_str(&text), &e), "many hunks are read");
	tap_limit(5);
	for (size_t i = 0; i < HUNKS; i++)
		n += diff_touches(&d.files[0], 10 * i + 2, 10 * i + 5) &&
		    !diff_touches(&d.files[0], 10 * i + 3, 10 * i + 10);
	tap_limit(0);
	tap_int((int)n, HUNKS, "what they touch is found at once");
	diff_done(&d);
	buf_done(&text);
}

/* Lines are looked for upwards, downwards and twice; each line is its number. */
static void
test_seek(void)
{
	static const char text[] =
	    "--- a/x\n+++ b/x\n@@ -2,5 +2,4 @@\n-o\n 2\n+3\n 4\n 5\n"
	    "-o\n@@ -21,3 +20,3 @@\n-o\n 20\n-o\n+21\n+22\n";
	static const size_t there[] = { 2, 3, 4, 5, 20, 21, 22 };
	struct diff d;
	struct err e = ERR_NONE;
	struct diff_seek at = { 0 };

	tap_ok(!diff_read(&d, str_of(text), &e), "two hunks are read");
	for (size_t i = 0; i < 30 * 30; i++) {
		size_t wanted[] = { i / 30, i % 30, i % 30, i / 30 };

		for (size_t k = 0; k < countof(wanted); k++) {
			const struct diff_line *line = diff_seek(
			    &d.files[0], wanted[k], &at);
			bool is_there = false;

			for (size_t n = 0; n < countof(there); n++)
				is_there |= there[n] == wanted[k];
			tap_case(is_there == (line != NULL) &&
				(!line ||
				    (size_t)strtol(line->text.data, NULL, 10) ==
					wanted[k]),
			    "line %zu is %s", wanted[k],
			    line ? "another" : "not there");
		}
	}
	tap_all("lines are found in any order");
	diff_done(&d);
}

static const struct {
	const char *name, *path, *old;
	struct {
		size_t at;
		const char *text;
	} in[3];
	const char *want;
} writes[] = {
	{ "nothing", "f", "a\n", { { 0, NULL } }, "" },
	{ "an empty insertion", "f", "a\n", { { 0, "" } }, "" },
	{ "at the start", "f", "a\nb\nc\nd\n", { { 0, "x\n" } },
	    HEAD "@@ -1,3 +1,4 @@\n+x\n a\n b\n c\n" },
	{ "at the end", "f", "a\nb\nc\nd\n", { { 8, "x\n" } },
	    HEAD "@@ -2,3 +2,4 @@\n b\n c\n d\n+x\n" },
	{ "at the end, without newline", "f", "a\n", { { 2, "x" } },
	    HEAD "@@ -1 +1,2 @@\n a\n+x\n\\ No newline at end of file\n" },
	{ "behind a last line without one", "f", "a", { { 1, "\nx" } },
	    HEAD "@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n"
		 "+a\n+x\n\\ No newline at end of file\n" },
	{ "before a last line without one", "f", "a", { { 0, "x\n" } },
	    HEAD "@@ -1 +1,2 @@\n+x\n a\n\\ No newline at end of file\n" },
	{ "into a line", "f", "ab\n", { { 1, "x" } },
	    HEAD "@@ -1 +1 @@\n-ab\n+axb\n" },
	{ "behind a line's text", "f", "ab\n", { { 2, "\r\n  x" } },
	    HEAD "@@ -1 +1,2 @@\n-ab\n+ab\r\n+  x\n" },
	{ "the same at the end of a line", "f", "ab\ncd\n", { { 2, "\n  x" } },
	    HEAD "@@ -1,2 +1,3 @@\n ab\n+  x\n cd\n" },
	{ "an empty file", "f", "", { { 0, "x\n" } },
	    HEAD "@@ -0,0 +1 @@\n+x\n" },
	{ "two in one hunk", "f", "a\nb\nc\nd\ne\nf\n",
	    { { 0, "x\n" }, { 12, "y\n" } },
	    HEAD "@@ -1,6 +1,8 @@\n+x\n a\n b\n c\n d\n e\n f\n+y\n" },
	{ "two hunks", "f", "a\nb\nc\nd\ne\nf\ng\n",
	    { { 0, "x\n" }, { 14, "y\n" } },
	    HEAD "@@ -1,3 +1,4 @@\n+x\n a\n b\n c\n"
		 "@@ -5,3 +6,4 @@\n e\n f\n g\n+y\n" },
	{ "two at one place", "f", "a\n", { { 0, "x\n" }, { 0, "y\n" } },
	    HEAD "@@ -1 +1,3 @@\n+x\n+y\n a\n" },
	{ "a name with a blank", "./a b", "", { { 0, "x\n" } },
	    "diff -u a/a b b/a b\n--- a/a b\t\n+++ b/a b\t\n"
	    "@@ -0,0 +1 @@\n+x\n" },
	{ "a strange name", "/\xc3\xa4\"\\\n\x7f", "", { { 0, "x\n" } },
	    "diff -u \"a/\\303\\244\\\"\\\\\\n\\177\" "
	    "\"b/\\303\\244\\\"\\\\\\n\\177\"\n"
	    "--- \"a/\\303\\244\\\"\\\\\\n\\177\"\n"
	    "+++ \"b/\\303\\244\\\"\\\\\\n\\177\"\n@@ -0,0 +1 @@\n+x\n" },
};

static void
test_write(void)
{
	for (size_t i = 0; i < countof(writes); i++) {
		struct diff_insertion in[3];
		struct buf got = { 0 };
		size_t n = 0;

		buf_add_text(&got, "");
		for (; n < 3 && writes[i].in[n].text; n++)
			in[n] = (struct diff_insertion){ writes[i].in[n].at,
				str_of(writes[i].in[n].text) };
		diff_write_insertions(
		    &got, writes[i].path, str_of(writes[i].old), in, n);
		tap_is(buf_str(&got), writes[i].want, writes[i].name);
		buf_done(&got);
	}
}

int
main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "make"))
		return trees_make((unsigned)strtoul(argv[2], NULL, 10));
	if (argc == 4 && !strcmp(argv[1], "check"))
		return trees_check(argv[2], argv[3]);
	test_read();
	test_nul();
	test_spoiled();
	test_lines();
	test_is_of();
	test_touches_many();
	test_seek();
	test_write();
	return tap_done();
}
