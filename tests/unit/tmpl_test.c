/* tmpl_test - what becomes of a template, whatever is in it. */
#include <time.h>

#include "mem.h"
#include "random.h"
#include "tap.h"
#include "tmpl.h"
#include "utf8.h"

/* --- one template, some values, some parts --- */

static const struct {
	const char *name, *text;
} parts[] = {
	{ "part", "part" },
	{ "line", "one\ntwo\n" },
	{ "with.a", "[{{a}}]" },
	{ "nested", "<{{> part}}>" },
	{ "self", "x{{> self}}" },
	{ "empty", "" },
	{ "open", "{{#a}}" },
	{ "close", "{{/a}}" },
	{ "bad", "\n {{}}" },
	{ "roles", "%system\nfrom a part\n%user\n" },
	{ "escape", "\\{{a}}" },
	{ "d1", "1{{> d2}}" },
	{ "d2", "2{{> d3}}" },
	{ "d3", "3{{> d4}}" },
	{ "d4", "4{{> d5}}" },
	{ "d5", "5{{> d6}}" },
	{ "d6", "6{{> d7}}" },
	{ "d7", "7{{> d8}}" },
	{ "d8", "8" },
	{ "d0", "0{{> d1}}" },
};

static int
load(void *owner, struct str name, struct buf *text, struct err *e)
{
	(void)owner;
	for (size_t i = 0; i < countof(parts); i++)
		if (str_is(name, parts[i].name))
			return buf_add_text(text, parts[i].text);
	return err_set(e, ST_USAGE, "no part '%.*s'", STR_ARGS(name));
}

enum { VALUES_MAX = 8 };

/* "a=1;b=;?c": c is not given yet, but may be. */
static size_t
read_values(struct tmpl_value *values, const char *text)
{
	struct str rest = str_of(text);
	size_t n = 0;

	while (rest.len && n < VALUES_MAX) {
		struct str value = str_cut(&rest, ';');
		struct str name = str_cut(&value, '=');
		bool unknown = str_starts(name, "?");

		values[n++] = (struct tmpl_value){
			.name = str_skip(name, unknown),
			.value = value,
			.given = value.data != NULL,
			.unknown = unknown,
		};
	}
	return n;
}

/* All messages in one text: "U[text]S[text]"; or "error: ...". */
static void
describe(const struct tmpl *t, const struct err *e, struct buf *out)
{
	buf_clear(out);
	if (e->status)
		buf_add_format(out, "error: %s", e->text);
	for (size_t i = 0; !e->status && i < t->nmessages; i++) {
		buf_add_char(out, "SUA"[t->messages[i].role]);
		buf_add_char(out, '[');
		buf_add(out, buf_str(&t->messages[i].text));
		buf_add_char(out, ']');
	}
}

/* What tmpl keeps of its own books. */
static void
check_books(const struct tmpl *t)
{
	size_t total = 0;

	for (size_t i = 0; i < t->nmessages; i++) {
		const struct buf *b = &t->messages[i].text;

		total += b->len;
		tap_case(!b->data || b->data[b->len] == 0,
		    "a message without a NUL behind it");
		tap_case(t->messages[i].role <= TMPL_ASSISTANT, "no role");
	}
	tap_case(total == t->total, "total is %zu, not %zu", t->total, total);
	tap_case(total <= TMPL_TEXT_MAX, "%zu bytes", total);
	tap_case(
	    t->nmessages <= TMPL_MESSAGES_MAX, "%zu messages", t->nmessages);
}

static int
render(struct tmpl *t, struct str text, struct buf *out)
{
	struct err e = ERR_NONE;
	int got;

	t->load = load;
	got = tmpl_render(t, text, "file", 1, &e);
	describe(t, &e, out);
	check_books(t);
	tap_case((got == -1) == (e.status != ST_OK) &&
		(!got || e.status == ST_USAGE),
	    "%d, but status %d", got, (int)e.status);
	return got;
}

static const struct {
	const char *text, *values, *want;
} renderings[] = {
	/* Text. */
	{ "", "", "" },
	{ "\n\n", "", "" },
	{ "hi", "", "U[hi]" },
	{ "\n\nhi\n\n", "", "U[hi]" },
	{ " hi \n", "", "U[ hi ]" },
	{ "a\n\n\nb", "", "U[a\n\n\nb]" },
	{ "}} } { {a} \\ \\{ %s %n", "", "U[}} } { {a} \\ \\{ %s %n]" },
	{ "\xc3\xa4\xf0\x9f\x98\x80", "", "U[\xc3\xa4\xf0\x9f\x98\x80]" },

	/* Values. */
	{ "{{a}}", "a=1", "U[1]" },
	{ "{{ a }}{{\ta\n}}", "a=1", "U[11]" },
	{ "{{a}}{{b}}{{a}}", "a=1;b=2", "U[121]" },
	{ "x{{a}}y", "a=", "U[xy]" },
	{ "{{a}}", "a=", "" },
	{ "{{a}}\n", "a=x\n\n", "U[x\n\n]" },
	{ "\n{{a}}", "a=\n\nx", "U[\n\nx]" },
	{ "{{A_b-c.9}}", "A_b-c.9=1", "U[1]" },
	{ "{{9}}{{_}}", "9=1;_=2", "U[12]" },
	{ "{{a}", "a=1", "error: file:1:1: no '}}' for '{{'" },
	{ "x {{a", "a=1", "error: file:1:3: no '}}' for '{{'" },
	{ "x\ny{{b}}", "a=1",
	    "error: file:2:2: no value (-p NAME=TEXT) for 'b'" },
	{ "\xc3\xa4{{b}}", "a=1",
	    "error: file:1:3: no value (-p NAME=TEXT) for 'b'" },

	/* Defaults. */
	{ "{{a|x}}", "", "U[x]" },
	{ "{{a|x}}", "a=1", "U[1]" },
	{ "{{a|x}}", "a=", "" },
	{ "y{{a|}}", "", "U[y]" },
	{ "{{a| x y }}", "", "U[ x y]" },
	{ "{{a|x|y}}", "", "U[x|y]" },
	{ "{{a|{x}}", "", "U[{x]" },
	{ "{{a|%system}}", "", "U[%system]" },
	{ "{{a|{{b}}", "b=1", "U[{{b]" },
	{ "{{a|x\ny}}", "", "U[x\ny]" },

	/* A literal {{. */
	{ "\\{{a}}", "a=1", "U[{{a}}]" },
	{ "\\{{{{a}}}}", "a=1", "U[{{1}}]" },
	{ "\\\\{{a}}", "a=1", "U[\\{{a}}]" },
	{ "\\{a}", "a=1", "U[\\{a}]" },
	{ "\\{{", "", "U[{{]" },
	{ "\\", "", "U[\\]" },

	/* What is none. */
	{ "{{}}", "", "error: file:1:1: not a placeholder: ''" },
	{ "{{ }}", "", "error: file:1:1: not a placeholder: ' '" },
	{ "{{{{a}}}}", "a=1", "error: file:1:1: not a placeholder: '{{a'" },
	{ "{{{a}}}", "a=1", "error: file:1:1: not a placeholder: '{a'" },
	{ "{{a b}}", "a=1", "error: file:1:1: not a placeholder: 'a b'" },
	{ "{{.a}}", "a=1", "error: file:1:1: not a placeholder: '.a'" },
	{ "{{-a}}", "a=1", "error: file:1:1: not a placeholder: '-a'" },
	{ "{{a/b}}", "", "error: file:1:1: not a placeholder: 'a/b'" },
	{ "{{\xc3\xa4}}", "",
	    "error: file:1:1: not a placeholder: '\xc3\xa4'" },
	{ "{{^a}}", "a=1", "error: file:1:1: not a placeholder: '^a'" },
	{ "{{#a|x}}", "a=1", "error: file:1:1: not a placeholder: '#a|x'" },
	{ "{{/a|x}}", "a=1", "error: file:1:1: not a placeholder: '/a|x'" },
	{ "{{>part|x}}", "", "error: file:1:1: not a placeholder: '>part|x'" },
	{ "{{|x}}", "", "error: file:1:1: not a placeholder: '|x'" },
	{ "{{#}}", "", "error: file:1:1: not a placeholder: '#'" },
	{ "{{> ../x}}", "", "error: file:1:1: not a placeholder: '> ../x'" },

	/* Sections. */
	{ "x{{#a}}y{{/a}}z", "a=1", "U[xyz]" },
	{ "x{{#a}}y{{/a}}z", "", "U[xz]" },
	{ "x{{#a}}y{{/a}}z", "a=", "U[xyz]" },
	{ "x{{# a }}y{{/ a }}z", "a=1", "U[xyz]" },
	{ "x{{#a}}{{b}}{{/a}}", "b=2", "U[x]" },
	{ "x{{#a}}{{nope}}{{/a}}", "", "U[x]" },
	{ "x{{#a}}{{> nope}}{{/a}}", "", "U[x]" },
	{ "{{#a}}1{{#b}}2{{/b}}3{{/a}}", "a=1", "U[13]" },
	{ "{{#a}}1{{#b}}2{{/b}}3{{/a}}", "b=1", "" },
	{ "{{#a}}1{{#b}}2{{/b}}3{{/a}}", "a=1;b=1", "U[123]" },
	{ "{{#a}}1{{#a}}2{{/a}}3{{/a}}", "a=1", "U[123]" },
	{ "x\n{{#a}}\ny\n{{/a}}\nz", "a=1", "U[x\ny\nz]" },
	{ "x\n{{#a}}\ny\n{{/a}}\nz", "", "U[x\nz]" },
	{ "x\n\n{{#a}}\ny\n{{/a}}", "", "U[x]" },
	{ "x {{#a}}\ny\n{{/a}} z", "a=1", "U[x \ny\n z]" },
	{ "{{#a}}\\{{{{/a}}", "a=1", "U[{{]" },
	{ "{{#a}}x", "a=1", "error: file:1:8: no end of section 'a'" },
	{ "{{#a}}x", "", "error: file:1:8: no end of section 'a'" },
	{ "{{/a}}", "a=1", "error: file:1:1: no section to close called 'a'" },
	{ "{{#a}}{{#b}}{{/a}}", "",
	    "error: file:1:13: no section to close called 'a'" },

	/* Messages. */
	{ "%user\nhi", "", "U[hi]" },
	{ "%system\nbe\n%user\nhi\n", "", "S[be]U[hi]" },
	{ "%user\na\n%assistant\nb\n%user\nc", "", "U[a]A[b]U[c]" },
	{ "a\n%system\nb", "", "U[a]S[b]" },
	{ "\n\n%system\n\n\na\n\n\n%user\n\nb", "", "S[a]U[b]" },
	{ "%user \t\na", "", "U[a]" },
	{ "%user", "", "U[]" },
	{ "%users\na", "", "U[%users\na]" },
	{ " %user\na", "", "U[ %user\na]" },
	{ "%User\na", "", "U[%User\na]" },
	{ "%user a\nb", "", "U[%user a\nb]" },
	{ "a %user\nb", "", "U[a %user\nb]" },
	{ "a\n%%user\n", "", "U[a\n%%user]" },
	{ "%system\n{{a}}\n%user\n{{b}}", "a=1\n;b=2", "S[1\n]U[2]" },
	{ "%system\n{{#a}}x\n{{/a}}\n%user\ny", "a=1", "S[x]U[y]" },
	{ "{{#a}}\n%system\nx\n{{/a}}\n%user\ny", "a=1", "S[x]U[y]" },
	{ "{{#a}}\n%system\nx\n{{/a}}\n%user\ny", "", "U[y]" },
	{ "{{a}}%user\nx", "a=1", "U[1%user\nx]" },

	/* A value neither expands nor begins a message. */
	{ "{{a}}", "a={{b}}\\{{{{#b}}{{/b}}{{> part}}",
	    "U[{{b}}\\{{{{#b}}{{/b}}{{> part}}]" },
	{ "{{a}}", "a=%system\nx", "U[%system\nx]" },
	{ "x\n{{a}}\ny", "a=%system", "U[x\n%system\ny]" },
	{ "x\n{{a}}user\ny", "a=%", "U[x\n%user\ny]" },
	{ "{{a}}{b}}", "a={", "U[{{b}}]" },
	{ "{{a}}}}", "a={{b", "U[{{b}}]" },
	{ "---\nseed: 1\n---", "", "U[---\nseed: 1\n---]" },

	/* Parts. */
	{ "{{> part}}", "", "U[part]" },
	{ "{{>part}}x{{>  part }}", "", "U[partxpart]" },
	{ "a {{> line}} b", "", "U[a one\ntwo b]" },
	{ "{{> line}}\n{{> line}}\n", "", "U[one\ntwo\none\ntwo]" },
	{ "{{> with.a}}", "a=1", "U[[1]]" },
	{ "{{> nested}}", "", "U[<part>]" },
	{ "x{{> empty}}y", "", "U[xy]" },
	{ "{{> escape}}", "a=1", "U[{{a}}]" },
	{ "{{> roles}}\nx", "", "S[from a part]U[x]" },
	{ "{{> d1}}", "", "U[12345678]" },
	{ "{{> d0}}", "", "error: d7:1:2: parts too deep at 'd8'" },
	{ "{{> self}}", "", "error: self:1:2: parts too deep at 'self'" },
	{ "x\n{{> nope}}", "", "error: file: no part 'nope'" },
	{ "{{> open}}x{{/a}}", "a=1",
	    "error: open:1:7: no end of section 'a'" },
	{ "{{#a}}{{> close}}{{/a}}", "a=1",
	    "error: close:1:1: no section to close called 'a'" },
	{ "{{> bad}}", "", "error: bad:2:2: not a placeholder: ''" },
	{ "{{> with.a}}", "",
	    "error: with.a:1:2: no value (-p NAME=TEXT) for 'a'" },
};

static void
test_renderings(void)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < countof(renderings); i++) {
		struct tmpl_value values[VALUES_MAX];
		struct tmpl t = { .values = values };

		t.nvalues = read_values(values, renderings[i].values);
		render(&t, str_of(renderings[i].text), &out);
		if (!tap_case(str_is(buf_str(&out), renderings[i].want),
			"it is rendered otherwise")) {
			tap_show("template", str_of(renderings[i].text));
			tap_show("values", str_of(renderings[i].values));
			tap_show("got", buf_str(&out));
			tap_show("wanted", str_of(renderings[i].want));
		}
		tmpl_done(&t);
	}
	tap_all("T3, T4, T7, T12: templates are rendered as it is written");
	buf_done(&out);
}

/* --- what is placed --- */

static const struct {
	const char *text, *values;
	const char *want; /* of each value: '-', 'p'laced, 'n'eeded */
} scans[] = {
	{ "", "a=1;?b", "--" },
	{ "{{a}}", "a=1;?b", "n-" },
	{ "{{b}}", "a=1;?b", "-n" },
	{ "{{a|x}}{{b|}}", "a=1;?b", "pp" },
	{ "{{#b}}{{b}}{{/b}}", "a=1;?b", "-p" },
	{ "{{#b}}x{{/b}}", "a=1;?b", "--" },
	{ "{{#a}}{{b}}{{/a}}", "a=1;?b", "-n" },
	{ "{{#a}}{{b}}{{/a}}", "a;?b", "--" },
	{ "{{#c}}{{b}}{{/c}}", "a=1;?b", "--" },
	{ "{{#b}}{{a}}{{/b}}", "a=1;?b", "n-" },
	{ "{{#b}}{{b}}{{/b}}{{b}}", "a=1;?b", "-n" },
	{ "{{#b}}{{#a}}{{b}}{{/a}}{{/b}}", "a=1;?b", "-p" },
	{ "{{> with.a}}", "a=1;?b", "n-" },
	{ "{{#a}}{{> with.a}}{{/a}}", "?a;?b", "p-" },
	{ "{{#b}}{{> with.a}}{{/b}}", "?a;?b", "n-" },
	{ "\\{{a}}", "a=1;?b", "--" },
	{ "{{nope}}{{b}}", "?b", "n" },
};

static void
test_scans(void)
{
	for (size_t i = 0; i < countof(scans); i++) {
		struct tmpl_value values[VALUES_MAX];
		struct tmpl t = {
			.values = values, .scan = true, .load = load
		};
		struct err e = ERR_NONE;
		char got[VALUES_MAX + 1] = "";

		t.nvalues = read_values(values, scans[i].values);
		tmpl_render(&t, str_of(scans[i].text), "file", 1, &e);
		for (size_t k = 0; k < t.nvalues; k++)
			got[k] = values[k].needed ? 'n'
			    : values[k].placed    ? 'p'
						  : '-';
		tap_case(!e.status && t.nmessages == 0 &&
			!strcmp(got, scans[i].want),
		    "'%s' with '%s' places '%s', not '%s' %s", scans[i].text,
		    scans[i].values, got, scans[i].want, e.text);
		tmpl_done(&t);
	}
	tap_all("T9: a scan knows what is placed and needed");
}

static void
test_scan_again(void)
{
	struct tmpl_value values[] = { { .name = STR("a"), .unknown = true } };
	struct tmpl t = { .values = values, .nvalues = 1, .scan = true };
	struct str text = STR("x{{#a}}{{a}}{{/a}}");
	struct err e = ERR_NONE;

	tmpl_render(&t, text, "file", 1, &e);
	tap_ok(values[0].placed, "what is unknown is placed in a scan");
	t.scan = false;
	tmpl_render(&t, text, "file", 1, &e);
	tap_ok(!values[0].placed, "rendered without it, it is not");
	tap_is(buf_str(&t.messages[0].text), "x", "and the rest is there");
	tmpl_done(&t);
}

/* --- adding --- */

static void
test_append(void)
{
	struct buf out = { 0 };
	struct err e = ERR_NONE;
	struct tmpl t = { 0 };

	tmpl_append(&t, STR("a"), &e);
	describe(&t, &e, &out);
	tap_is(buf_str(&out), "U[a]", "the first text is the user's");
	tmpl_append(&t, STR("\nb\n"), &e);
	tmpl_append(&t, STR("c"), &e);
	describe(&t, &e, &out);
	tap_is(buf_str(&out), "U[a\n\n\nb\n\n\nc]",
	    "the next one comes after a blank line, as it is");
	tmpl_add(&t, TMPL_SYSTEM, STR("s\n"), &e);
	tmpl_append(&t, STR("d"), &e);
	describe(&t, &e, &out);
	tap_is(buf_str(&out), "U[a\n\n\nb\n\n\nc]S[s\n]U[d]",
	    "behind another's message it is one of its own");
	tmpl_add(&t, TMPL_USER, STR(""), &e);
	tmpl_append(&t, STR("e"), &e);
	describe(&t, &e, &out);
	tap_is(buf_str(&out), "U[a\n\n\nb\n\n\nc]S[s\n]U[d]U[e]",
	    "in an empty one it is the first text");
	check_books(&t);
	tap_all("and the books are right");
	tmpl_done(&t);
	buf_done(&out);
}

/* --- limits --- */

static struct str
repeat(struct buf *out, const char *text, size_t n)
{
	buf_clear(out);
	for (size_t i = 0; i < n; i++)
		buf_add_text(out, text);
	return buf_str(out);
}

/* Render it; what came of it is in out. */
static bool
is_rendered(struct str text, struct str value, struct buf *out)
{
	struct tmpl_value values[] = {
		{ .name = STR("a"), .value = value, .given = true },
	};
	struct tmpl *t = mem_new(1, sizeof *t);
	int got;

	t->values = values;
	t->nvalues = 1;
	got = render(t, text, out);
	tmpl_done(t);
	free(t);
	return !got;
}

static void
test_limits(void)
{
	struct buf text = { 0 }, out = { 0 };
	char *megabyte = mem_new(1 << 20, 1);
	struct str large = { megabyte, 1 << 20 };

	memset(megabyte, 'x', 1 << 20);
	tap_ok(
	    is_rendered(repeat(&text, "{{#a}}", 8), STR(""), &out) == false &&
		strstr(out.data, "no end of section"),
	    "sections may be eight deep");
	tap_ok(!is_rendered(repeat(&text, "{{#a}}", 9), STR(""), &out) &&
		strstr(out.data, "file:1:49: sections too deep at 'a'"),
	    "not nine");
	tap_ok(is_rendered(repeat(&text, "%user\nx\n", 64), STR(""), &out),
	    "there may be 64 messages");
	tap_ok(!is_rendered(repeat(&text, "%user\nx\n", 65), STR(""), &out) &&
		strstr(out.data, "more than 64 messages"),
	    "not 65");
	tap_ok(is_rendered(repeat(&text, "{{> empty}}", 256), STR(""), &out),
	    "and 256 parts");
	tap_ok(!is_rendered(repeat(&text, "{{> empty}}", 257), STR(""), &out) &&
		strstr(out.data, "too many parts at 'empty'"),
	    "T5: not 257");
	tap_ok(is_rendered(repeat(&text, "{{a}}", 10), large, &out),
	    "T6: ten times one MiB is rendered");
	tap_ok(!is_rendered(repeat(&text, "{{a}}", 11), large, &out) &&
		strstr(out.data, "the prompt is larger than 10 MiB"),
	    "T6: not eleven times");
	tap_ok(!is_rendered(repeat(&text, "%user\n{{a}}\n", 11), large, &out),
	    "T6: nor in eleven messages");
	tap_ok(!is_rendered(repeat(&text, "{{a}}", 40000), large, &out),
	    "T6: nor 40,000 times");
	free(megabyte);
	buf_done(&text);
	buf_done(&out);
}

/* clang-format off */
#define NAME_64 \
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
/* clang-format on */

static void
test_names(void)
{
	static const char *const good[] = { "a", "Z", "0", "_", "a-b", "a.b",
		"a_", "a-", "a.", "con", NAME_64 };
	static const char *const bad[] = { "", ".", "..", ".a", "-", "-a",
		"a b", " a", "a ", "a/b", "/", "a\\b", "a\nb", "a\x01",
		"\xc3\xa4", "a|b", "a}", "{a", "#a", "a=b", "a:b", "a*",
		(NAME_64 "x") };

	for (size_t i = 0; i < countof(good); i++)
		tap_case(
		    tmpl_is_name(str_of(good[i])), "'%s' is none", good[i]);
	for (size_t i = 0; i < countof(bad); i++)
		tap_case(!tmpl_is_name(str_of(bad[i])), "'%s' is one", bad[i]);
	tap_case(!tmpl_is_name(STR("a\0b")), "NUL is in one");
	tap_all("T1: names are what no path can be");
}

/* --- a file's bytes --- */

static void
test_clean(void)
{
	static const struct {
		struct str text, want;
	} good[] = {
		{ { "", 0 }, { "", 0 } },
		{ { "a\n", 2 }, { "a\n", 2 } },
		{ { "a\r\nb\r\n", 6 }, { "a\nb\n", 4 } },
		{ { "a\rb\r", 4 }, { "a\rb\r", 4 } },
		{ { "\r\r\n\n", 4 }, { "\r\n\n", 3 } },
		{ { "\xef\xbb\xbf", 3 }, { "", 0 } },
		{ { "\xef\xbb\xbf"
		    "a",
		      4 },
		    { "a", 1 } },
		{ { "\xef\xbb\xbf\xef\xbb\xbf", 6 }, { "\xef\xbb\xbf", 3 } },
		{ { "a\xef\xbb\xbf", 4 }, { "a\xef\xbb\xbf", 4 } },
		{ { "\x01\x1b\x7f\t", 4 }, { "\x01\x1b\x7f\t", 4 } },
	};
	static const struct str bad[] = {
		{ "\0", 1 },
		{ "a\0", 2 },
		{ "\xff", 1 },
		{ "a\xc3", 2 },
		{ "\xc0\xaf", 2 },
		{ "\xed\xa0\x80", 3 },
		{ "\xf4\x90\x80\x80", 4 },
		{ "\xef\xbb", 2 },
		{ "\xff\xfe"
		  "a\0",
		    4 },
	};
	struct err e = ERR_NONE;
	struct buf b = { 0 };

	for (size_t i = 0; i < countof(good); i++) {
		buf_clear(&b);
		buf_add(&b, good[i].text);
		tap_case(!tmpl_clean(&b, &e) &&
			str_equal(buf_str(&b), good[i].want) &&
			b.data[b.len] == 0,
		    "text %zu is cleaned otherwise: %s", i, e.text);
	}
	for (size_t i = 0; i < countof(bad); i++) {
		buf_clear(&b);
		buf_add(&b, bad[i]);
		e = (struct err)ERR_NONE;
		tap_case(tmpl_clean(&b, &e) == -1 && e.status == ST_USAGE &&
			!strcmp(e.text, "it is not UTF-8 text"),
		    "text %zu is good: %s", i, e.text);
	}
	tap_all("T8: BOM and CR go, NUL and what is no UTF-8 are refused");
	repeat(&b, "x", TMPL_FILE_MAX);
	tap_ok(!tmpl_clean(&b, &e), "T13: 256 KiB are a template");
	buf_add_char(&b, 'x');
	tap_ok(
	    tmpl_clean(&b, &e) == -1 && !strcmp(e.text, "larger than 256 KiB"),
	    "T13: one byte more is none");
	buf_done(&b);
}

static const struct {
	const char *text;
	const char *want; /* "LINE key=value;...;", "|", the rest; or "error" */
} fronts[] = {
	{ "", "|" },
	{ "hi", "|hi" },
	{ "--\nhi", "|--\nhi" },
	{ "----\nhi", "|----\nhi" },
	{ " ---\nhi", "| ---\nhi" },
	{ "\n---\na: b\n---\nhi", "|\n---\na: b\n---\nhi" },
	{ "---\n---\nhi", "|hi" },
	{ "---\n---", "|" },
	{ "---\na: b\n---\nhi\n", "2 a=b;|hi\n" },
	{ "---\na: b\n--- \nhi", "2 a=b;|hi" },
	{ "---\na:b\nc :  d  \n---\n", "2 a=b;3 c=d;|" },
	{ "---\n\n# x: y\n  a: b # c\n---\n", "4 a=b # c;|" },
	{ "---\na:\n---\n", "2 a=;|" },
	{ "---\na: b: c\n---\n", "2 a=b: c;|" },
	{ "---\na: \"b\"\n---\n", "2 a=b;|" },
	{ "---\na: \" b\\n\\u00e4\\\"\"\n---\n", "2 a= b\n\xc3\xa4\";|" },
	{ "---\na: \"\"\n---\n", "2 a=;|" },
	{ "---\na: 'b'\n---\n", "2 a='b';|" },
	{ "---\na: b\"c\"\n---\n", "2 a=b\"c\";|" },
	{ "---\na: {{x}}\n---\n", "2 a={{x}};|" },
	{ "---\na: b\na: c\n---\n", "2 a=b;3 a=c;|" },
	{ "---\na: b\n---\n---\nc: d\n---\n", "2 a=b;|---\nc: d\n---\n" },
	{ "---\na: b\n",
	    "error: the front matter has no end: no second line "
	    "'---'" },
	{ "---", "error: the front matter has no end: no second line '---'" },
	{ "---\n----\n",
	    "error: the front matter has no end: no second line "
	    "'---'" },
	{ "---\nab\n---\n", "error 2: not 'key: value'" },
	{ "---\na: b\n\n: c\n---\n", "2 a=b;error 4: not 'key: value'" },
	{ "---\na b: c\n---\n", "error 2: not 'key: value'" },
	{ "---\n-a: c\n---\n", "error 2: not 'key: value'" },
	{ "---\na: \"b\n---\n", "error 2: not a string in double quotes" },
	{ "---\na: \"b\" c\n---\n", "error 2: not a string in double quotes" },
	{ "---\na: \"\\x\"\n---\n", "error 2: not a string in double quotes" },
	{ "---\na: \"\\u0000\"\n---\n",
	    "error 2: not a string in double quotes" },
};

static void
describe_front(const char *text, struct buf *out)
{
	struct str rest = str_of(text), front, key;
	struct err e = ERR_NONE;
	struct buf value = { 0 };
	size_t line = 1;
	int got;

	buf_clear(out);
	if (tmpl_front(&rest, &front, &e)) {
		buf_add_format(out, "error: %s", e.text);
		return;
	}
	while ((got = tmpl_front_next(&front, &line, &key, &value, &e)) == 1)
		buf_add_format(out, "%zu %.*s=%s;", line, STR_ARGS(key),
		    value.data ? value.data : "");
	if (got)
		buf_add_format(out, "error %zu: %s", line, e.text);
	else
		buf_add_format(out, "|%.*s", STR_ARGS(rest));
	buf_done(&value);
}

static void
test_fronts(void)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < countof(fronts); i++) {
		describe_front(fronts[i].text, &out);
		if (tap_case(str_is(buf_str(&out), fronts[i].want),
			"front matter is read otherwise"))
			continue;
		tap_show("text", str_of(fronts[i].text));
		tap_show("got", buf_str(&out));
		tap_show("wanted", str_of(fronts[i].want));
	}
	tap_all("front matter is read as it is written, with its lines");
	buf_done(&out);
}

/* --- any template, any values --- */

static uint64_t seed = 14;

static uint32_t
draw(size_t below)
{
	return random_next(&seed) % (uint32_t)below;
}

static void
draw_template(struct buf *out)
{
	static const char *const pieces[] = { "{{a}}", "{{b}}", "{{c|", "}}",
		"{{", "}", "{", "\\", "\\{{", "{{#a}}", "{{/a}}", "{{#b}}",
		"{{/b}}", "{{#n}}", "{{/n}}", "{{> part}}", "{{> with.a}}",
		"{{> d1}}", "{{> self}}", "{{> roles}}", "%system\n",
		"\n%user\n", "%assistant", "%", "\n", "\n\n", " ", "x",
		"some text", "\xc3\xa4", "|", "{{a|x}}", "{{n|y}}", "{{n}}" };
	static const char *const tame[] = { "{{a}}", "{{b}}", "{{c|x}}", "\\{{",
		"{{#a}}y{{/a}}", "\n{{#n}}\n{{b}}\n{{/n}}\n", "{{> with.a}}",
		"{{> nested}}", "\n%system\n", "\n%user\n", "\n", "text", "}}",
		"%" };
	bool wild = draw(2);

	buf_clear(out);
	for (uint32_t n = draw(20); n; n--)
		buf_add_text(out,
		    wild ? pieces[draw(countof(pieces))]
			 : tame[draw(countof(tame))]);
	for (uint32_t n = wild ? draw(3) : 0; n && out->len; n--)
		out->data[draw(out->len)] = (char)(1 + draw(255));
}

static struct str
draw_value(void)
{
	static const char *const values[] = { "1", "{{a}}", "{{b}}\n",
		"%system\nevil\n", "\n\n", "{{#a}}", "}}", "\\{{", "{{> self}}",
		"{", "%", "\n%user\n", "\xf0\x9f\x98\x80" };

	return str_of(values[draw(countof(values))]);
}

/* out with each 0x01 replaced by value. */
static void
substitute(const struct buf *from, struct str value, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < from->len; i++) {
		if (from->data[i] == 1)
			buf_add(out, value);
		else
			buf_add_char(out, from->data[i]);
	}
}

/*
 * Rendered with a value, a template is what it is with a placeholder of one
 * byte that is replaced afterwards: so no byte of a value has a meaning.
 */
static void
check_random(struct buf *text, struct buf *got, struct buf *want)
{
	struct tmpl_value values[] = {
		{ .name = STR("a"), .given = true },
		{ .name = STR("b"), .value = STR("B"), .given = true },
		{ .name = STR("n") },
	};
	struct tmpl t = { .values = values, .nvalues = countof(values) };
	struct tmpl again = t, plain = t;
	struct buf stamped = { 0 };

	values[0].value = draw_value();
	render(&t, buf_str(text), got);
	render(&again, buf_str(text), want);
	tap_case(str_equal(buf_str(got), buf_str(want)), "not the same twice");
	if (!memchr(text->data ? text->data : "", 1, text->len) && got->len &&
	    !str_starts(buf_str(got), "error: ")) {
		struct str value = values[0].value;

		values[0].value = STR("\x01");
		render(&plain, buf_str(text), &stamped);
		substitute(&stamped, value, want);
		if (!tap_case(str_equal(buf_str(got), buf_str(want)),
			"a value has a meaning")) {
			tap_show("template", buf_str(text));
			tap_show("value", value);
			tap_show("got", buf_str(got));
			tap_show("wanted", buf_str(want));
		}
	}
	tmpl_done(&t);
	tmpl_done(&again);
	tmpl_done(&plain);
	buf_done(&stamped);
}

static void
test_random(void)
{
	struct buf text = { 0 }, got = { 0 }, want = { 0 };
	long fine = 0;

	for (int i = 0; i < 20000; i++) {
		draw_template(&text);
		check_random(&text, &got, &want);
		fine += got.len && !str_starts(buf_str(&got), "error: ");
	}
	tap_all("T14: any template with any value");
	tap_ok(fine > 5000 && fine < 19000, "some are good, some are not: %ld",
	    fine);
	buf_done(&text);
	buf_done(&got);
	buf_done(&want);
}

/* --- time --- */

/* The least of three times, in clock ticks, that n bytes of it take. */
static clock_t
take_time(const char *piece, size_t n)
{
	struct buf text = { 0 }, out = { 0 };
	struct str t = repeat(&text, piece, n / strlen(piece));
	clock_t best = 0;

	for (int i = 0; i < 3; i++) {
		clock_t begin = clock(), took;

		is_rendered(t, STR("v"), &out);
		took = clock() - begin;
		best = !best || took < best ? took : best;
	}
	buf_done(&text);
	buf_done(&out);
	return best;
}

static void
test_time(void)
{
	static const char *const pieces[] = { "%", "{", "}", "\n", "x", "%x\n",
		"\\{{", "{{a}}", "{{a}}\n", "{{b|}}\n", "{{#a}}{{/a}}",
		"{{#a}}\n%\n{{/a}}\n", "{ {", "\n%user%\n" };
	const clock_t floor = CLOCKS_PER_SEC / 10000;

	for (size_t i = 0; i < countof(pieces); i++) {
		clock_t small = take_time(pieces[i], TMPL_FILE_MAX / 16);
		clock_t large = take_time(pieces[i], TMPL_FILE_MAX);

		/* 16 times as much; what is quadratic takes 256 times. */
		if (!tap_case(large < 100 * (small > floor ? small : floor),
			"%ld ticks become %ld", (long)small, (long)large))
			tap_show("of", str_of(pieces[i]));
	}
	tap_all("T14: time grows with length, no faster");
}

int
main(void)
{
	test_renderings();
	test_scans();
	test_scan_again();
	test_append();
	test_limits();
	tap_all("and the books are right then");
	test_names();
	test_clean();
	test_fronts();
	test_random();
	test_time();
	return tap_done();
}
