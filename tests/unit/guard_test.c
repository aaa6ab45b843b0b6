/* guard_test - lines that a CI runner would obey, cut at every byte. */
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
	{ "\n\n::x", "\n\n\\::x" },
	{ ":\n::x", ":\n\\::x" },
	{ "#\n##\n##[x", "#\n##\n\\##[x" },
	{ "## Title\n### [x]", "## Title\n### [x]" },
	{ "##vso[task.x]", "\\##vso[task.x]" },
	{ "##VSO[task.x]", "\\##VSO[task.x]" },
	{ "##vso\n##vs", "##vso\n##vs" },
	{ "##v::", "##v::" },
	{ "\\::x", "\\::x" },
	{ "::::\n::", "\\::::\n\\::" },
};

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
	tap_case(str_is(got, wanted), "'%s' by %zu: '%.*s'", wanted, size,
	    STR_ARGS(got));
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
