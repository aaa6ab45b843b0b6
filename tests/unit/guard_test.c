/* guard_test - text that a CI runner would obey, cut at every byte. */
#include <ctype.h>

#include "guard.h"
#include "tap.h"

static const struct {
	const char *text, *guarded;
} cases[] = {
	{ "", "" },
	{ "a", "a" },
	{ ":", ":" },
	{ "::", "\\::" },
	{ "::error::x\n", "\\::error::x\n" },
	{ "a ::error::x", "a ::error::x" },
	{ "a\n::set-output x\nb", "a\n\\::set-output x\nb" },
	{ " \t ::x", " \t \\::x" },
	{ "\xc2\xa0\xe3\x80\x80::x", "\xc2\xa0\xe3\x80\x80\\::x" },
	{ "\xc3\xa9::x", "\xc3\xa9\\::x" },
	{ "\n\n::x", "\n\n\\::x" },
	{ ":\n::x", ":\n\\::x" },
	{ "#\n##\n##[x", "#\n##\n##\\[x" },
	{ "## Title\n### [x]", "## Title\n### [x]" },
	{ "##vso[task.x]", "##\\vso[task.x]" },
	{ "##VSO[task.x]", "##\\VSO[task.x]" },
	{ "a ##vso[x] ##[y]", "a ##\\vso[x] ##\\[y]" },
	{ "###[x", "###\\[x" },
	{ "####vso[x", "####\\vso[x" },
	{ "##v##vso[x", "##v##\\vso[x" },
	{ "##vso\n##vs", "##vso\n##vs" },
	{ "##version[", "##version[" },
	{ "##v::", "##v::" },
	{ "##v\n::x", "##v\n\\::x" },
	{ "\\::x", "\\::x" },
	{ "::::\n::", "\\::::\n\\::" },
};

/* What the runners look for. */
static bool
is_obeyed(struct str text)
{
	char lower[128];
	struct str all = { lower, text.len }, rest = all;

	for (size_t i = 0; i < text.len; i++)
		lower[i] = (char)tolower((unsigned char)text.data[i]);
	while (rest.len)
		if (str_starts(str_trim(str_cut(&rest, '\n')), "::"))
			return true;
	return str_find(all, STR("##[")) < all.len ||
	    str_find(all, STR("##vso[")) < all.len;
}

static struct str
feed(struct guard *g, struct str text, char *out, size_t at)
{
	char *copy = tap_copy(text);

	at += guard_text(g, (struct str){ copy, text.len }, out + at);
	free(copy);
	return (struct str){ out, at };
}

static void
check_pieces(bool on, struct str text, size_t size, const char *wanted)
{
	char out[128];
	struct guard g = { .is_on = on };
	struct str got = { out, 0 };

	for (size_t at = 0; at < text.len; at += size) {
		struct str piece = str_skip(text, at);

		piece.len = piece.len < size ? piece.len : size;
		got = feed(&g, piece, out, got.len);
	}
	got.len += guard_end(&g, out + got.len);
	tap_case(str_is(got, wanted) && !(on && is_obeyed(got)),
	    "'%s' by %zu: '%.*s'", wanted, size, STR_ARGS(got));
}

static void
check_all(bool on)
{
	for (size_t i = 0; i < countof(cases); i++)
		for (size_t size = 1; size < 12; size++)
			check_pieces(on, str_of(cases[i].text), size,
			    on ? cases[i].guarded : cases[i].text);
}

int
main(void)
{
	check_all(false);
	tap_all("off: each text is what it is");
	check_all(true);
	tap_all("on: a backslash before each command, however it is cut");
	return tap_done();
}
