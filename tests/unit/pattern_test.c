/* pattern_test - shortcuts find what the expression alone would find. */
#include <regex.h>

#include "pattern.h"
#include "tap.h"

enum { ROUNDS = 20000 };

static const char *const sources[] = { "^_([^_].*)?$|^__(.*[^_]_?)?$",
	"^__.+__$", "^test(_|$)|^setUp", "docopt", "^(from|import) +docopt",
	"a+b", "a*b", "ab?c", "a{2}b", "(ab)*c", "[[:space:]]*@app", "[ab]c|c",
	"^[ab]c", "^[ab]*c", "^a|b", "^a|^b", "^(a|^b)", "x\\.y", "a|",
	"^a\\|b", "(a)(b)c", "^$", "", ".", "[]a]b", "[^]a]b", "a.c", "_\\(" };

/* What has the bytes that these expressions are about. */
static struct str
make_text(unsigned *seed, char *text)
{
	static const char *const pieces[] = { "_", "__", "a", "b", "c", "test",
		"docopt", "from", "import", " ", "\n", "x.y", "@app", "|", "(",
		"setUp", "]", "" };
	size_t n = 0;

	for (int i = 0; i < 6; i++) {
		*seed = *seed * 1103515245 + 12345;
		n += (size_t)snprintf(text + n, 64 - n, "%s",
		    pieces[*seed / 65536 % countof(pieces)]);
	}
	return (struct str){ text, n };
}

static bool
plainly(const regex_t *re, struct str text)
{
	char copy[65];

	memcpy(copy, text.data, text.len);
	copy[text.len] = '\0';
	return !regexec(re, copy, 0, NULL, 0);
}

static bool
plainly_in_lines(const regex_t *re, struct str text)
{
	while (text.len)
		if (plainly(re, str_cut(&text, '\n')))
			return true;
	return false;
}

static void
test_same(const char *source)
{
	struct err e = ERR_NONE;
	struct pattern *p = pattern_new(str_of(source), &e);
	unsigned seed = 1;
	regex_t re;
	char text[64];

	if (!tap_case(p && !regcomp(&re, source, REG_EXTENDED | REG_NOSUB),
		"'%s' compiles: %s", source, e.text))
		return;
	for (int i = 0; i < ROUNDS / (int)countof(sources); i++) {
		struct str t = make_text(&seed, text);
		char *copy = tap_copy(t);

		t.data = copy;
		if (!tap_case(pattern_matches(p, t) == plainly(&re, t) &&
			    pattern_matches_line(p, t) ==
				plainly_in_lines(&re, t),
			"'%s'", source))
			tap_show("text", t);
		free(copy);
	}
	regfree(&re);
	pattern_free(p);
}

int
main(void)
{
	struct err e = ERR_NONE;

	for (size_t i = 0; i < countof(sources); i++)
		test_same(sources[i]);
	tap_all("matches are those of the expression");
	tap_ok(!pattern_new(STR("a(b"), &e) && e.status == ST_USAGE &&
		str_starts(str_of(e.text), "'a(b' is no regular expression: "),
	    "one that is wrong is refused: %s", e.text);
	tap_ok(
	    !pattern_new((struct str){ "a\0b", 3 }, &e), "and one with a NUL");
	return tap_done();
}
