/* lang_test - languages are found, and wrong files say where. */
#include <sys/stat.h>

#include "files.h"
#include "lang.h"
#include "mem.h"

static char *root; /* of the project */

static struct lang_set *
open_own(void)
{
	char *grammars = mem_format("%s/build/grammars", root);
	struct lang_set *set = lang_set_new("languages", grammars);

	free(grammars);
	return set;
}

/* --- which language --- */

static const struct {
	const char *path, *text, *want;
} files[] = {
	{ "a/x.py", "", "py" },
	{ "x.d.ts", "", "dts" },
	{ "x.ts", "", "ts" },
	{ "PYFILE", "", "py" },
	{ "a/PYFILE", "", "py" },
	{ "xPYFILE", "", NULL },
	{ "py", "", NULL },
	{ "x", "#!/usr/bin/python3\n", "py" },
	{ "x", "#!/usr/bin/env python3.11\n", "py" },
	{ "x", "#!/usr/bin/env -S A=b python -u\n", "py" },
	{ "x", "\xef\xbb\xbf#!/usr/bin/python\r\n", "py" },
	{ "x", "#!/usr/bin/perl\n", NULL },
	{ "x", "#!\n", NULL },
	{ "x", "#!/usr/bin/env", NULL },
	{ "x", "\n# -*- mode: python; a: b -*-\n", "py" },
	{ "x", "# -*- python -*-", "py" },
	{ "x", "# -*- py -*-", "py" },
	{ "x", "# vim: set ft=py :", "py" },
	{ "x", "1\n2\n3\n4\n5\n# vim: set ft=py :", NULL },
	{ "x", "", NULL },
	{ "", "", NULL },
	{ NULL, "#!/bin/python", "py" },
	{ "x.base", "", NULL },
};

static void
test_find(struct lang_set *set)
{
	for (size_t i = 0; i < countof(files); i++) {
		struct err e = ERR_NONE;
		struct lang *lang = lang_find(
		    set, NULL, files[i].path, str_of(files[i].text), &e);
		const char *got = lang ? lang_name(lang) : NULL;

		if (!tap_case(got ? files[i].want && !strcmp(got, files[i].want)
				  : !files[i].want && e.status == ST_INPUT,
			"%s", files[i].path ? files[i].path : "stdin"))
			tap_note("%s: %s", files[i].text, got ? got : e.text);
	}
	tap_all("a file's language is told by its name, and by its text");
}

static void
test_names(struct lang_set *set)
{
	struct err e = ERR_NONE;
	struct lang *lang = lang_find(set, "py", "x.ts", STR(""), &e);
	const struct lang_setting *skip = NULL;
	struct buf out = { 0 };

	tap_is(str_of(lang ? lang_name(lang) : e.text), "py",
	    "a name that is given counts");
	tap_is(lang_setting(lang, "form"), "docstring", "it has settings");
	tap_is(lang_setting(lang, "place"), "above", "also those it inherits");
	while ((skip = lang_next(lang, "skip", skip)))
		buf_add_format(&out, "%s ", skip->argument);
	tap_is(buf_str(&out), "own other inherited ",
	    "and settings of which there are several, its own first");
	buf_done(&out);
	tap_ok(!lang_find(set, "perl", NULL, STR(""), &e), "perl is not there");
	tap_is(str_of(e.text),
	    "no language 'perl'; there are bad, dts, loop, lost, py, regex, ts",
	    "what there is is said");
	lang_find(set, NULL, "two words", STR(""), &e);
	tap_is(str_of(e.text),
	    "the language of 'two words' is not known; there are bad, dts, "
	    "loop, lost, py, regex, ts",
	    "also for a file");
}

/* --- queries --- */

static void
test_queries(struct lang_set *set)
{
	struct err e = ERR_NONE;
	struct lang *py = lang_find(set, "py", NULL, STR(""), &e);

	tap_ok(
	    lang_declarations(py, &e), "the queries are compiled %s", e.text);
	tap_ok(lang_declarations(py, &e) == lang_declarations(py, &e), "once");
	tap_ok(!lang_details(py, &e) && e.status == ST_USAGE,
	    "one that is wrong is not");
	tap_is(str_of(e.text),
	    "languages/base.scm:7: the grammar has no node 'nothing'",
	    "the file and line are named, of what is inherited");
	e = (struct err)ERR_NONE;
	tap_ok(
	    !lang_declarations(lang_find(set, "ts", NULL, STR(""), &e), &e) &&
		e.status == ST_INPUT,
	    "a grammar may be lacking");
}

static const struct {
	const char *name, *want;
} wrong[] = {
	{ "bad", "languages/bad.scm:2: no setting is called 'sufixes'" },
	{ "regex", "languages/regex.scm:2: '(' is no regular expression: " },
	{ "lost", "languages/lost.scm: cannot inherit 'nobody'" },
	{ "loop", "languages/loop.scm: cannot inherit 'loop'" },
};

static void
test_wrong(struct lang_set *set)
{
	for (size_t i = 0; i < countof(wrong); i++) {
		struct err e = ERR_NONE;

		tap_ok(!lang_find(set, wrong[i].name, NULL, STR(""), &e) &&
			e.status == ST_USAGE &&
			str_starts(str_of(e.text), wrong[i].want),
		    "%s is wrong: %s", wrong[i].name, e.text);
	}
}

/* --- the user's own --- */

static void
test_own(void)
{
	struct err e = ERR_NONE;
	char *config = mem_format("%s/config", files_home);
	struct lang_set *set;

	setenv("XDG_CONFIG_HOME", config, 1);
	set = open_own();
	tap_is(lang_setting(lang_find(set, "py", NULL, STR(""), &e), "form"),
	    "line #", "a language of the user's comes first");
	lang_set_free(set);
	unsetenv("XDG_CONFIG_HOME");
	free(config);
}

static void
write_files(void)
{
	mkdir("languages", 0755);
	mkdir("config", 0755);
	mkdir("config/dmr", 0755);
	mkdir("config/dmr/languages", 0755);
	files_write("languages/py.scm",
	    ";; a remark\n; A sentence: it is none of ours\n; grammar: python\n"
	    "; inherits: base\n; suffixes: .py .pyw\n; names: PYFILE\n"
	    "; interpreters: python\n; form: docstring\n; skip own: ^a\n"
	    "; skip other: ^b\n; comments: comment\n"
	    "(call) @definition.call\n;;; details\n(call) @returns\n",
	    0644);
	files_write("languages/base.scm",
	    "; form: block\n; place: above\n; skip inherited: ^c\n\n"
	    "(integer) @definition.x\n;;; details\n(nothing) @x\n",
	    0644);
	files_write(
	    "languages/ts.scm", "; grammar: klingon\n; suffixes: .ts\n", 0644);
	files_write("languages/dts.scm",
	    "; grammar: klingon\n; suffixes: .d.ts\n", 0644);
	files_write(
	    "languages/bad.scm", "; grammar: python\n; sufixes: .bad\n", 0644);
	files_write(
	    "languages/regex.scm", "; grammar: python\n; private: (\n", 0644);
	files_write("languages/lost.scm",
	    "; grammar: python\n; inherits: nobody\n", 0644);
	files_write("languages/loop.scm",
	    "; grammar: python\n; inherits: loop\n", 0644);
	files_write("config/dmr/languages/py.scm",
	    "; grammar: python\n; form: line #\n", 0644);
}

static void
remove_files(void)
{
	static const char *const names[] = { "languages/py.scm",
		"languages/base.scm", "languages/ts.scm", "languages/dts.scm",
		"languages/bad.scm", "languages/regex.scm",
		"languages/lost.scm", "languages/loop.scm",
		"config/dmr/languages/py.scm", "config/dmr/languages",
		"config/dmr", "config", "languages" };

	for (size_t i = 0; i < countof(names); i++)
		remove(names[i]);
}

int
main(void)
{
	struct lang_set *set;

	unsetenv("XDG_CONFIG_HOME");
	setenv("HOME", "/nowhere", 1);
	root = getcwd(NULL, 0);
	files_enter();
	write_files();
	set = open_own();
	test_find(set);
	test_names(set);
	test_queries(set);
	test_wrong(set);
	lang_set_free(set);
	test_own();
	remove_files();
	files_leave();
	free(root);
	return tap_done();
}
