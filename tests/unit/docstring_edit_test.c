/*
 * docstring_edit_test - what the proofs of insertions accept and refuse.
 *
 * A simple comment is put to what the sources of tests/data/languages declare:
 * that is proved.  Then it is damaged in each way that could change code.
 */
#include "../../tools/dmr-docstring/edit.h"

#include "file.h"
#include "mem.h"
#include "tap.h"

enum {
	FILE_MAX = 1 << 20,
	EDITS_MAX = 100,
	DAMAGES = 120, /* of each sort, of each source */
};

static struct lang_set *set;
static size_t nmutations;

static const char *const paths[] = { "bash.sh", "c.c", "c-header.h", "go.go",
	"java.java", "javascript.mjs", "python.py", "rust.rs", "tsx.tsx",
	"typescript.ts" };

/* --- a source, and its insertions --- */

struct subject {
	struct source source;
	struct edit edits[EDITS_MAX];
	char *texts[EDITS_MAX];
	size_t n;
};

static const char *
form_of(const struct source *s)
{
	struct str form = lang_setting(s->lang, "form");

	return str_starts(form, "line") ? "line"
	    : str_is(form, "docstring") ? "literal"
					: "block";
}

/* What stands for documentation before other text of its line. */
static struct str
mark_of(const struct source *s)
{
	struct str form = lang_setting(s->lang, "form");

	str_cut(&form, ' ');
	return str_trim(form);
}

/* A format, in which "%" stands for the mark, in lines of the declaration. */
static char *
fill(const struct source *s, const struct declaration *d, const char *format)
{
	struct buf text = { 0 };
	struct str rest = str_of(format), mark = mark_of(s);
	char *copy;

	buf_add(&text, d->indent);
	for (; rest.len; rest = str_skip(rest, 1))
		if (rest.data[0] == '%')
			buf_add(&text, mark);
		else
			buf_add_char(&text, rest.data[0]);
	copy = mem_copy(buf_str(&text));
	buf_done(&text);
	return copy;
}

static bool
is_placed(const struct declaration *d)
{
	return !d->doc.data && !d->shares_line &&
	    !declaration_has_reason(d, "parse") &&
	    !declaration_has_reason(d, "continuation") &&
	    !declaration_has_reason(d, "shares-line") &&
	    !declaration_has_reason(d, "shares-place") &&
	    !declaration_has_reason(d, "no-body");
}

static int
compare(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

static void
make_edits(struct subject *u)
{
	const char *form = form_of(&u->source);
	const char *format = !strcmp(form, "line") ? "% Do it.\n"
	    : !strcmp(form, "block")               ? "/** Do it. */\n"
						   : "\"\"\"Do it.\"\"\"\n";

	for (size_t i = 0; i < u->source.ndeclarations; i++) {
		struct declaration *d = &u->source.declarations[i];

		if (!is_placed(d) || u->n == EDITS_MAX)
			continue;
		u->texts[u->n] = fill(&u->source, d, format);
		u->edits[u->n] = (struct edit){ .declaration = d,
			.at = d->at,
			.text = str_of(u->texts[u->n]) };
		u->n++;
	}
	qsort(u->edits, u->n, sizeof *u->edits, compare);
}

static void
open_subject(struct subject *u, const char *name)
{
	struct err e = ERR_NONE;
	char *path = mem_format("tests/data/languages/%s", name);

	*u = (struct subject){ .source.path = name };
	if (file_read(path, FILE_MAX, &u->source.bytes, &e) ||
	    !(u->source.lang = lang_find(
		  set, NULL, name, buf_str(&u->source.bytes), &e)) ||
	    source_declarations(&u->source, &e)) {
		tap_ok(false, "%s", e.text);
		exit(tap_done());
	}
	make_edits(u);
	free(path);
}

static void
close_subject(struct subject *u)
{
	for (size_t i = 0; i < u->n; i++)
		free(u->texts[i]);
	source_done(&u->source);
}

/* --- what is the same program --- */

static bool
is_in_string(const char *kind)
{
	return !strncmp(kind, "string_", 7) || !strcmp(kind, "\\") ||
	    !strcmp(kind, "escape_sequence");
}

/* The tokens, without blanks, comments and what is inserted as a literal. */
static void
add_tokens(const struct source *s, struct str inserted, struct buf *out)
{
	struct syntax_walk w;

	syntax_walk_open(&w, syntax_root(s->tree));
	while (syntax_walk_next(&w)) {
		const char *kind = syntax_kind(w.node);
		struct str text = syntax_text(s->tree, w.node);
		bool is_new = text.data >= inserted.data &&
		    text.data < inserted.data + inserted.len;

		if (lang_has_word(s->lang, "comments", str_of(kind)))
			syntax_walk_skip(&w);
		else if (!syntax_child_count(w.node) && !str_is_blank(text) &&
		    !(is_new && is_in_string(kind)))
			buf_add_format(out, "%.*s\n", STR_ARGS(text));
	}
	syntax_walk_close(&w);
}

static bool
is_same_program(
    const struct source *old, const struct edit *edit, const struct source *new)
{
	struct buf before = { 0 }, after = { 0 };
	struct str inserted = { new->bytes.data + edit->at, edit->text.len };
	bool same;

	add_tokens(old, (struct str){ 0 }, &before);
	add_tokens(new, inserted, &after);
	same = str_equal(buf_str(&before), buf_str(&after));
	buf_done(&before);
	buf_done(&after);
	return same;
}

/* --- verdicts --- */

static bool
is_proved(const struct source *s, const struct edit *edits, size_t n,
    struct str text, struct err *e)
{
	size_t culprit;

	*e = (struct err)ERR_NONE;
	nmutations++;
	return !edits_prove(s, edits, n, text, &culprit, e);
}

static bool
is_edit_proved(const struct subject *u, const struct edit *edit, struct buf *to)
{
	struct err e;

	buf_clear(to);
	edits_apply(buf_str(&u->source.bytes), edit, 1, to);
	return is_proved(&u->source, edit, 1, buf_str(to), &e);
}

/* What is accepted is the same program, or there is a hole. */
static void
expect_sound(const struct subject *u, const struct edit *edit, const char *what)
{
	struct buf to = { 0 };
	struct source new = { .path = u->source.path, .lang = u->source.lang };
	struct err e = ERR_NONE;
	bool proved = is_edit_proved(u, edit, &to);

	if (proved) {
		buf_add(&new.bytes, buf_str(&to));
		proved = source_declarations(&new, &e) ||
		    !is_same_program(&u->source, edit, &new);
		source_done(&new);
	}
	tap_case(!proved, "%s: %s at %zu: '%.*s'", u->source.path, what,
	    edit->at, STR_ARGS(edit->text));
	buf_done(&to);
}

static uint32_t
roll(uint32_t n)
{
	static uint32_t x = 20261122;

	x = x * 1103515245 + 12345;
	return (x >> 8) % n;
}

/* Another byte that is neither blank nor NUL. */
static char
other(char c)
{
	char new;

	do
		new = (char)('!' + (int)roll('~' - '!'));
	while (new == c);
	return new;
}

/* --- the tests --- */

static void
test_right(const struct subject *u)
{
	struct buf to = { 0 };
	struct err e;

	edits_apply(buf_str(&u->source.bytes), u->edits, u->n, &to);
	if (!tap_ok(
		u->n && is_proved(&u->source, u->edits, u->n, buf_str(&to), &e),
		"%s: what is right is accepted, %zu at once", u->source.path,
		u->n))
		tap_note("%s", e.text);
	for (size_t i = 0; i < u->n; i++)
		tap_case(is_edit_proved(u, &u->edits[i], &to), "%s: alone: %s",
		    u->source.path, u->edits[i].declaration->symbol);
	tap_all("and each alone");
	buf_done(&to);
}

/* A byte more, less or other, in code, comments, blanks. */
static void
test_bytes(const struct subject *u)
{
	struct buf right = { 0 };
	struct err e;

	edits_apply(buf_str(&u->source.bytes), u->edits, u->n, &right);
	for (int i = 0; i < DAMAGES; i++) {
		size_t at = roll((uint32_t)right.len);
		struct buf to = { 0 };
		char c = roll(3) ? other(right.data[at]) : ' ';
		unsigned sort = roll(3);

		c = c == right.data[at] ? '\t' : c;
		buf_add(&to, (struct str){ right.data, at });
		if (sort > 0)
			buf_add_char(&to, c);
		buf_add(&to, str_skip(buf_str(&right), at + (sort < 2)));
		tap_case(
		    !is_proved(&u->source, u->edits, u->n, buf_str(&to), &e),
		    "%s: byte %zu, sort %u", u->source.path, at, sort);
		buf_done(&to);
	}
	tap_all("D7: a byte that differs is refused");
	buf_done(&right);
}

/* Is it part of a token?  (What is between them the first proof sees.) */
static bool
is_token(const struct source *s, size_t at)
{
	struct syntax_walk w;
	bool is = false;

	syntax_walk_open(&w, syntax_root(s->tree));
	while (syntax_walk_next(&w))
		if (syntax_end(w.node) <= at || syntax_start(w.node) > at ||
		    lang_has_word(
			s->lang, "comments", str_of(syntax_kind(w.node))))
			syntax_walk_skip(&w);
		else if (!syntax_child_count(w.node))
			is = !strchr(" \t\r\n\f\v", s->bytes.data[at]);
	syntax_walk_close(&w);
	return is;
}

/*
 * The third proof alone: bytes that are compared are those of the new text,
 * and the tree is that of the old one.
 */
static void
test_trees(const struct subject *u)
{
	struct str old = buf_str(&u->source.bytes);
	struct err e;

	for (int i = 0; i < DAMAGES;) {
		size_t at = roll((uint32_t)old.len);
		struct source lies = u->source;
		struct buf to = { 0 };

		if (!is_token(&u->source, at))
			continue;
		lies.bytes = (struct buf){ 0 };
		buf_add(&lies.bytes, old);
		lies.bytes.data[at] = other(old.data[at]);
		edits_apply(buf_str(&lies.bytes), u->edits, u->n, &to);
		tap_case(!is_proved(&lies, u->edits, u->n, buf_str(&to), &e),
		    "%s: byte %zu: %c for %c", u->source.path, at,
		    lies.bytes.data[at], old.data[at]);
		buf_done(&to);
		buf_done(&lies.bytes);
		i++;
	}
	tap_all("D7: tokens that differ by a byte are, by their trees alone");
}

static const char *const hostile[][2] = {
	{ "literal", "\"\"\"a\"\"\"; x = 1\n" },
	{ "literal", "x = 1\n" },
	{ "literal", "\"\"\"a\"\"\" + x\n" },
	{ "literal", "\"\"\"a\"\"\".x\n" },
	{ "literal", "\"\"\"a\"\"\" \\\n" },
	{ "literal", "\"\"\"a\\\"\"\"\n" },
	{ "literal", "\"\"\"a\n" },
	{ "literal", "f\"\"\"a\"\"\"\n" },
	{ "literal", "b\"\"\"a\"\"\"\n" },
	{ "literal", "x = \"\"\"a\"\"\"\n" },
	{ "literal", "\"\"\"a\"\"\", x\n" },
	{ "literal", "(\"\"\"a\"\"\"\n" },
	{ "literal", "\"\"!!\"a\"\"\"\n" },
	{ "literal", "'a\n" },
	{ "literal", "# a\n" },
	{ "literal", " \"\"\"a\"\"\"\n" },
	{ "literal", "Do it.\n" },
	{ "block", "/** a */ x;\n" },
	{ "block", "x; /** a */\n" },
	{ "block", "/** a */ x; /** b */\n" },
	{ "block", "/** a\n" },
	{ "block", "/** a */ */\n" },
	{ "block", "/** /* a */ */\n" },
	{ "block", "/** a */ /*\n" },
	{ "block", "/** a */ \\\n" },
	{ "block", "/** a */;\n" },
	{ "block", "/** a */ //" },
	{ "block", "Do it.\n" },
	{ "line", "% a\nx\n" },
	{ "line", "x\n% a\n" },
	{ "line", "x % a\n" },
	{ "line", "% a" },
	{ "line", "% a\n;\n" },
	{ "line", "% a\n'\n" },
	{ "line", "% a\n\"\n" },
	{ "line", "Do it.\n" },
};

static void
test_hostile(const struct subject *u)
{
	struct buf to = { 0 };

	for (size_t i = 0; i < u->n; i++)
		for (size_t k = 0; k < countof(hostile); k++) {
			struct edit edit = u->edits[i];
			char *text = fill(
			    &u->source, edit.declaration, hostile[k][1]);

			edit.text = str_of(text);
			if (!strcmp(hostile[k][0], form_of(&u->source)))
				tap_case(!is_edit_proved(u, &edit, &to),
				    "%s: %s: %s", u->source.path,
				    edit.declaration->symbol, text);
			free(text);
		}
	tap_all("what would be code, or nothing, is refused");
	buf_done(&to);
}

static void
test_moved(const struct subject *u)
{
	for (int i = 0; i < DAMAGES; i++) {
		struct edit edit = u->edits[roll((uint32_t)u->n)];
		size_t by = roll(40) + 1;

		if (roll(2) && edit.at >= by)
			edit.at -= by;
		else if (edit.at + by <= u->source.bytes.len)
			edit.at += by;
		expect_sound(u, &edit, "moved");
	}
	tap_all("one that is moved changes no token, or is refused");
}

static void
test_damaged(const struct subject *u)
{
	static const char bytes[] = "\"\\*/#\n\n; x(){}'`!";

	for (int i = 0; i < DAMAGES; i++) {
		struct edit edit = u->edits[roll((uint32_t)u->n)];
		size_t at = roll((uint32_t)edit.text.len);
		struct buf text = { 0 };

		buf_add(&text, (struct str){ edit.text.data, at });
		for (unsigned n = roll(4) + 1; n > 0; n--)
			buf_add_char(&text, bytes[roll(sizeof bytes - 1)]);
		buf_add(&text, str_skip(edit.text, at + roll(2)));
		edit.text = buf_str(&text);
		expect_sound(u, &edit, "damaged");
		buf_done(&text);
	}
	tap_all("one that is damaged changes no token, or is refused");
}

/* Backslash and newline join lines only in C. */
static void
test_joined(void)
{
	struct subject u;
	struct buf to = { 0 };
	struct edit edit;

	open_subject(&u, "c.c");
	edit = u.edits[0];
	edit.text = STR("// a\n");
	tap_ok(is_edit_proved(&u, &edit, &to), "c.c: a comment of a line");
	edit.text = STR("// a \\\n");
	tap_ok(!is_edit_proved(&u, &edit, &to), "and one that takes the next");
	edit.text = STR("// a ?"
			"?/\n");
	tap_ok(is_edit_proved(&u, &edit, &to), "trigraphs are no more");
	close_subject(&u);
	buf_done(&to);
}

int
main(void)
{
	set = lang_set_new("languages", "build/grammars");
	for (size_t i = 0; i < countof(paths); i++) {
		struct subject u;

		open_subject(&u, paths[i]);
		test_right(&u);
		test_bytes(&u);
		test_trees(&u);
		test_hostile(&u);
		test_moved(&u);
		test_damaged(&u);
		close_subject(&u);
	}
	test_joined();
	tap_ok(nmutations >= 2000, "%zu texts", nmutations);
	lang_set_free(set);
	return tap_done();
}
