/* docstring_declaration_test - what a source declares, and where documentation goes. */
#include <time.h>

#include "../../tools/dmr-docstring/declaration_parts.h"
#include "mem.h"
#include "tap.h"

enum { HOSTILE_S = 60 };

static struct lang_set *set;

/* --- where it goes --- */

/*
 * Each declaration as "SYMBOL@LINE", then '+' with its documentation or "-"
 * with the byte it goes to and its indentation, then its reasons.
 */
static void
say(const struct source *s, struct buf *out)
{
	buf_add_text(out, s->reason ? s->reason : "");
	for (size_t i = 0; i < s->ndeclarations; i++) {
		const struct declaration *d = &s->declarations[i];

		if (declaration_has_reason(d, "module") && i == 0 &&
		    !d->doc.data && s->ndeclarations > 1)
			continue;
		buf_add_format(
		    out, "%s%s@%zu", out->len ? "; " : "", d->symbol, d->line);
		if (d->doc.data)
			buf_add_format(out, "+%.*s", STR_ARGS(d->doc));
		else
			buf_add_format(
			    out, "-%zu'%.*s'", d->at, STR_ARGS(d->indent));
		for (size_t k = 0; d->reasons[k]; k++)
			buf_add_format(out, " %s", d->reasons[k]);
	}
}

static bool
open_source(struct source *s, const char *path, struct str text)
{
	struct err e = ERR_NONE;

	*s = (struct source){ .path = path };
	buf_add(&s->bytes, text);
	s->lang = lang_find(set, NULL, path, text, &e);
	if (s->lang && !source_declarations(s, &e))
		return true;
	tap_note("%s", e.text);
	return false;
}

static const struct {
	const char *path, *text, *want;
} places[] = {
	/* clang-format off */
	{ "a.py", "def f():\n    pass\n", "f@1-9'    '" },
	{ "a.py", "\xef\xbb\xbf" "def f():\r\n\tpass\r\n", "f@1-13'\t'" },
	{ "a.py", "class A:\n  def g(self):\n      x\n  def _h(self): y\n",
	    "A@1-9'  '; A.g@2-24'      '; A._h@4-48' ' private shares-line" },
	{ "a.py", "def f():\n    # c\n\n    pass", "f@1-9'    '" },
	{ "a.py", "def f(): # c\n    pass", "f@1-13'    '" },
	{ "a.py", "def f(a): \\\n    return a\n",
	    "f@1-12'    ' continuation" },
	{ "a.py", "def f():\n\f  pass\n", "f@1-9'  '" },
	{ "a.py", "def f(a=')', b={1: 2}) -> 'x:':\n  pass\n",
	    "f@1-32'  '" },
	{ "a.py", "def f():\n  '''d'''\n", "f@1+'''d'''" },
	{ "a.py", "def f():\n  # c\n  r'd' 'e'\n", "f@1+r'd' 'e'" },
	{ "a.py", "def f():\n  f'd'\n", "f@1-9'  '" },
	{ "a.py", "def f():\n  Rb'd'\n", "f@1-9'  '" },
	{ "a.py", "def f():\n  return 'd'\n", "f@1-9'  '" },
	{ "a.py", "@a\n# c\n@b(1)\ndef f():\n  pass\n", "f@4-22'  '" },
	{ "a.py", "@overload\ndef f(): ...\n", "f@2-19' ' overload shares-line" },
	{ "a.py", "@f.setter\ndef f():\n  ...\n", "f@2-19'  ' accessor" },
	{ "a.py", "@cli.command()\ndef f():\n  pass\n", "f@2-24'  ' click" },
	{ "a.py", "import docopt\ndef f():\n  pass\n", "f@2-23'  ' docopt" },
	{ "a.py", "def f():\n  def g():\n    1\n", "f@1-9'  '; f.g@2-20'    ' nested" },
	{ "a.py", "def __f__():\n  1\ndef __f():\n  1\ndef test_f():\n  1\n",
	    "__f__@1-13'  ' magic; __f@3-28'  ' private; "
	    "test_f@5-46'  ' test" },
	{ "a.py", "def f(:\n  1\n\ndef g():\n  1\n\ndef h():\n  1\n",
	    "f@1-8'  ' parse; g@4-22'  ' parse; h@7-36'  '" },
	{ "test_a.py", "def f():\n  1\n", "f@1-9'  ' test" },
	{ "a.py", "1\n", "a@1-0'' module" },
	{ "a.py", "#!/bin/python\n\n# -*- coding: x -*-\n\n# z\n1\n",
	    "a@1-35'' module" },
	{ "a.py", "# c\n# d\n'''doc'''\n", "a@1+'''doc''' module" },
	{ "a.py", "# c\n1\n__doc__\n", "a@1-4'' __doc__ module" },
	{ "a.c", "int\nf(void)\n{\n}\n", "f@2-0''" },
	{ "a.c", "/* d */\nint f(void) {}\n", "f@2+/* d */" },
	{ "a.c", "/* d */ int f(void) {}\n", "f@1+/* d */ shares-line" },
	{ "a.c", "// d\n// e\nint f(void) {}\n", "f@3+// d\n// e" },
	{ "a.c", "/* d */\n\nint f(void) {}\n", "f@3-9''" },
	{ "a.c", "/** d */\n\nint f(void) {}\n", "f@3+/** d */" },
	{ "a.c", "int x; // d\nint *f(void) {}\n",
	    "x@1+// d member; f@2-12''" },
	{ "a.c", "// NOLINTNEXTLINE\nint f(void) {}\n", "f@2-0''" },
	{ "a.c", "int f(void); int g(void) {}\n", "g@1-13' ' shares-line" },
	{ "a.c", "static int f(void) {}\n", "f@1-0'' private" },
	{ "a.c", "#if 1\r\n  int f(void) {}\r\n#endif\r\n", "f@2-7'  '" },
	{ "a.c", "/* d */\ntypedef struct { int a; } s;\n",
	    "s@2+/* d */; s.a@2-25' ' member shares-line" },
	{ "a.h", "int f(void);\nstatic inline int g(void) {}\n",
	    "f@1-0''; g@2-13''" },
	{ "a.c", "struct a {\n\tint b;\n} c;\n",
	    "c@3-0'' member shares-place; c.a@1-0''; c.a.b@2-11'\t' member" },
	{ "a.c", "struct o {\n\tstruct a {\n\t\tint b;\n\t} c;\n};\n",
	    "o@1-0''; o.c@4-11'\t' member; "
	    "o.c.a@2-11'\t' member shares-place; o.c.a.b@3-23'\t\t' member" },
	{ "a.c", "/** d */\nstruct a {\n\tint b;\n} c;\n",
	    "c@4+/** d */ member; c.a@2+/** d */; c.a.b@3-20'\t' member" },
	{ "a.py", "def f():\n    return 1", "f@1-9'    '" },
	{ "a.rs", "/// d\n// p\nfn f() {}\n", "f@3+/// d private" },
	{ "lib.rs", "use b;\n", "lib@1-0'' module" },
	{ "a.rs", "use b;\n", "a@1-0'' module-unknown module" },
	{ "src/mod.rs", "use b;\n", "mod@1-0'' module" },
	{ "main.rs/x.rs", "use b;\n", "x@1-0'' module-unknown module" },
	{ "lib.rs", "#!/bin/x\n\n#![allow(a)]\nuse b;\n", "lib@1-9'' module" },
	{ "lib.rs", "// c\n// d\n\nuse b;\n", "lib@1-10'' module" },
	{ "lib.rs", "/* c */ use b;\n", "lib@1-0'' module" },
	{ "lib.rs", "/* c */ /* d */\nuse b;\n", "lib@1-0'' module" },
	{ "lib.rs", "/// d\nuse b;\n", "lib@1-0'' module" },
	{ "lib.rs", "#[a]\nuse b;\n", "lib@1-0'' module" },
	{ "lib.rs", "#![a]\n//! d\nuse b;\n", "lib@1+//! d module" },
	{ "lib.rs", "#![doc = d!()]\nuse b;\n", "lib@1+#![doc = d!()] module" },
	{ "a.rs", "pub mod m {\n    //! d\n}\n", "m@1+//! d" },
	{ "a.rs", "pub mod m {\n    #![doc = \"d\"]\n}\n",
	    "m@1+#![doc = \"d\"]" },
	{ "a.rs", "/// d\n// p\n// q\n\n/* r */\n#[a]\n// s\nfn f() {}\n",
	    "f@8+/// d private" },
	{ "a.rs", "/// d\nfn g() {}\n// p\nfn f() {}\n",
	    "g@2+/// d private; f@4-21'' private" },
	{ "a.rs", "#[doc(hidden)]\n/// d\n/// e\n#[a]\npub fn f() {}\n",
	    "f@5+/// d\n/// e hidden" },
	{ "a.js", "/** d */\n// p\nfunction f() {}\n", "f@3+/** d */" },
	{ "a.java", "/** d */\n// p\n@A\npublic class f {}\n",
	    "f@4+/** d */" },
	{ "a.c", "/** d */\n// p\nint f(void) {}\n", "f@3+// p" },
	{ "a.c", "struct s {\n\tint a; /**< d */\n\tint b;\n\t// e\n};\n",
	    "s@1-0''; s.a@2+/**< d */ member; s.b@3-29'\t' member" },
	{ "a.c", "enum e {\n\tA, B, // d\n\tC\n};\n",
	    "e@1-0''; e.A@2-9'\t' member; e.B@2+// d member shares-line; "
	    "e.C@3-21'\t' member" },
	{ "a.c", "int f(void) {} // d\n", "f@1-0''" },
	{ "a.go", "package p\nconst (\n\tA = 1 // d\n\tB = 2\n)\n",
	    "A@3+// d; B@4-30'\t'" },
	{ "a.py", "x\0y", "binary" },
	{ "a.py", "# \xe9\n", "encoding" },
	{ "a.py", "# coding: latin-1\n# \xe9\ndef f():\n  1\n",
	    "f@3-31'  '" },
	{ "a.py", "# coding: utf-7\ndef f():\n  1\n", "encoding" },
	{ "a.py", "# vim: fileencoding=UTF_8 :\n# encoding: no\n",
	    "a@1-43'' module" },
	{ "a.py", "# Code generated by x. DO NOT EDIT.\ndef f():\n  1\n",
	    "generated" },
	{ "a.py", "", "" },
	{ "a.py", "\n", "" },
	{ "a.py", "\xef\xbb\xbf \r\n\f\n", "" },
	{ "lib.rs", " \n\n", "" },
	/* clang-format on */
};

static void
test_places(void)
{
	for (size_t i = 0; i < countof(places); i++) {
		struct str text = str_of(places[i].text);
		struct source s;
		struct buf out = { 0 };

		if (str_is(str_of(places[i].want), "binary"))
			text.len = 3;
		if (open_source(&s, places[i].path, text))
			say(&s, &out);
		tap_is(buf_str(&out), places[i].want, places[i].want);
		buf_done(&out);
		source_done(&s);
	}
}

/* --- what is beside it --- */

static void
test_text(void)
{
	struct source s;

	open_source(
	    &s, "a.py", STR("# coding: cp1252\r\ndef f():\r\n  1\n  2\r\n"));
	tap_is(str_of(s.eol), "\r\n", "most lines end so");
	tap_is(s.declarations[1].eol, "\r\n", "and the one beside it");
	tap_ok(s.is_ascii_only, "what the encoding cannot hold is known");
	source_done(&s);
	open_source(&s, "a.py", STR("# coding: utf-8\n1\n2\r\n"));
	tap_ok(!strcmp(s.eol, "\n") && !s.is_ascii_only, "or that it can");
	source_done(&s);
	open_source(&s, "a.c", STR("// NOLINTNEXTLINE\nint f(void) {}\n"));
	tap_ok(s.declarations[0].has_directive, "a directive is told");
	source_done(&s);
}

/* --- details --- */

static const struct {
	const char *path, *text, *want;
} details[] = {
	/* clang-format off */
	{ "a.py", "def f(a, *b, c: int, d=1, e: x.y = 2, **k) -> T[a]:\n"
	    "  def g(z): raise Z\n  raise E('x')\n  raise m.E\n  raise e\n"
	    "  lambda q: q\n  raise E\n",
	    "a *b c:int d? e:x.y? **k ->T[a] !E !m.E" },
	{ "a.py", "def f(self, cls_):\n  yield\n  return 1\n",
	    "cls_ -> yields" },
	{ "a.py", "def f() -> None:\n  return None\n  return\n", "" },
	{ "a.py", "class A:\n  def f(self, x): return 1\n", "" },
	{ "a.py", "class A:\n  raise E\n  yield 1\n", "" },
	{ "a.py", "class A:\n  def g(self, x: int) -> int:\n    raise E()",
	    "" },
	{ "a.c", "int *f(char **a, int (*b)(int c), int d[2]) { int (*z)(int q);"
	    " return 0; }\n", "a b d ->" },
	{ "a.c", "void f(void) {}\n", "" },
	{ "a.c", "#define F(a, b) a\n", "a b" },
	{ "a.js", "function f(root0, { a }, [b], root3 = 1, { c }) {}\n",
	    "root0 root1 root1.a root2 root3? root4 root4.c" },
	{ "a.js", "function f({ a }, root0) {}\n", "root1 root1.a root0" },
	{ "a.js", "function f({ root0 }, root00, root) {}\n",
	    "root0 root0.root0 root00 root" },
	{ "a.js", "function f({ a: { b }, a, c: d, c }, c) {}\n",
	    "root0 root0.a root0.a.b root0.c c" },
	{ "a.js", "function f({ a, b, a: { c } = {} }) {}\n",
	    "root0 root0.a? root0.b root0.a.c?" },
	{ "a.tsx", "function F({ a }: P, props: Q) {}\n",
	    "root0:P root0.a props:Q" },
	{ "a.tsx", "function F({ a }: P, { b }: Q) {}\n",
	    "props:P props.a root0:Q root0.b" },
	/* clang-format on */
};

static void
say_details(const struct details *x, struct buf *out)
{
	for (size_t i = 0; i < x->nparameters; i++) {
		const struct parameter *p = &x->parameters[i];

		buf_add_format(out, "%.*s%s%.*s%s ", STR_ARGS(p->name),
		    p->type.len ? ":" : "", STR_ARGS(p->type),
		    p->is_optional ? "?" : "");
	}
	if (x->returns)
		buf_add_format(out, "->%.*s ", STR_ARGS(x->return_type));
	if (x->yields)
		buf_add_text(out, "yields ");
	for (size_t i = 0; i < x->nraises; i++)
		buf_add_format(out, "!%.*s ", STR_ARGS(x->raises[i]));
}

static void
test_details(void)
{
	for (size_t i = 0; i < countof(details); i++) {
		struct source s;
		struct err e = ERR_NONE;
		struct details x = { 0 };
		struct buf out = { 0 };
		size_t k = 0;

		open_source(&s, details[i].path, str_of(details[i].text));
		if (str_is(s.declarations[0].kind, "module"))
			k = 1;
		tap_case(!declaration_details(&s, &s.declarations[k], &x, &e),
		    "%s", e.text);
		say_details(&x, &out);
		tap_is(
		    str_trim(buf_str(&out)), details[i].want, details[i].text);
		details_done(&x);
		buf_done(&out);
		source_done(&s);
	}
	tap_all("details are found");
}

/* --- hostile sources --- */

static const struct {
	const char *path, *piece;
	int n;
} hostile[] = {
	{ "a.c", "int f(void){}\n", 20000 },
	{ "a.c", "/* */ \n", 50000 },
	{ "a.c", "int f(\n", 20000 },
	{ "a.c", "}{\n", 50000 },
	{ "a.c", "struct a {\n", 20000 },
	{ "a.c", "struct a {};\n(", 5000 },
	{ "a.py", "def f(): pass\n", 20000 },
	{ "a.py", "# x\n", 100000 },
	{ "a.py", "\\\n", 5000 },
	{ "a.py", "'''\n", 49999 },
	{ "a.py", "class A:\n ", 10000 },
	{ "a.py", "if a:\n def f():\n\n  class A:\n", 10000 },
	{ "a.py", "def f():\n  1\n(\n", 5000 },
	{ "a.py", "\xff\n", 10000 },
	{ "a.py", "def f(): pass; ", 20000 },
};

static void
test_hostile(void)
{
	time_t begin = time(NULL);

	for (size_t i = 0; i < countof(hostile); i++) {
		struct source s = { .path = hostile[i].path };
		struct err e = ERR_NONE;
		size_t at = 0;
		bool fine = true;

		for (int k = 0; k < hostile[i].n; k++)
			buf_add_text(&s.bytes, hostile[i].piece);
		s.lang = lang_find(set, NULL, s.path, STR(""), &e);
		if (!source_declarations(&s, &e))
			for (size_t k = 0; k < s.ndeclarations; k++) {
				const struct declaration *d =
				    &s.declarations[k];

				at = d->at > at ? d->at : at;
				fine = fine && d->line > 0 && d->symbol;
			}
		tap_case(
		    fine && at <= s.bytes.len && time(NULL) - begin < HOSTILE_S,
		    "'%s': %s", hostile[i].piece, e.text);
		source_done(&s);
	}
	tap_all("hostile sources take no harm, and no minutes");
}

int
main(void)
{
	setenv("XDG_CONFIG_HOME", "/nowhere", 1);
	set = lang_set_new("languages", "build/grammars");
	test_places();
	test_text();
	test_details();
	test_hostile();
	lang_set_free(set);
	return tap_done();
}
