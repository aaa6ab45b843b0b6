/* utf8_test - utf8 against a slow reading of RFC 3629, and every split. */
#include "random.h"
#include "tap.h"
#include "utf8.h"

enum {
	WORD = 4,      /* bytes of the longest text tried, and */
	OUT_MAX = 256, /* of what may come out of it */
};

/* Bytes on both sides of all borders of RFC 3629, section 4, and controls. */
static const unsigned char borders[] = { 0x00, 0x09, 0x0a, 0x0d, 0x1b, 'a',
	0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0,
	0xe1, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff };

/* Fewer of them, for what takes longer. */
static const unsigned char few[] = { 0x00, 0x0a, 0x0d, 0x1b, 'a', 0x7f, 0x80,
	0x9f, 0xa0, 0xc2, 0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xff };

/* --- the slow reading --- */

/* Is some valid character longer than this, and begun by it? */
static unsigned char begins[3][1 << 21];

static bool
is_scalar(uint32_t cp)
{
	return cp < 0xd800 || (cp > 0xdfff && cp <= 0x10ffff);
}

/* By the table of RFC 3629, section 3. */
static size_t
slow_encode(uint32_t cp, unsigned char *out)
{
	if (cp <= 0x7f) {
		out[0] = (unsigned char)cp;
		return 1;
	}
	if (cp <= 0x7ff) {
		out[0] = (unsigned char)(0xc0 + cp / 64);
		out[1] = (unsigned char)(0x80 + cp % 64);
		return 2;
	}
	if (cp <= 0xffff) {
		out[0] = (unsigned char)(0xe0 + cp / 4096);
		out[1] = (unsigned char)(0x80 + cp / 64 % 64);
		out[2] = (unsigned char)(0x80 + cp % 64);
		return 3;
	}
	out[0] = (unsigned char)(0xf0 + cp / 262144);
	out[1] = (unsigned char)(0x80 + cp / 4096 % 64);
	out[2] = (unsigned char)(0x80 + cp / 64 % 64);
	out[3] = (unsigned char)(0x80 + cp % 64);
	return 4;
}

static uint32_t
number_of(const unsigned char *p, size_t n)
{
	uint32_t number = 0;

	for (size_t i = 0; i < n; i++)
		number = number << 8 | p[i];
	return number;
}

static void
learn_beginnings(void)
{
	unsigned char p[4];

	for (uint32_t cp = 0x80; cp <= 0x10ffff; cp++) {
		size_t n = is_scalar(cp) ? slow_encode(cp, p) : 0;

		for (size_t i = 1; i < n; i++) {
			uint32_t at = number_of(p, i);

			begins[i - 1][at / 8] |= (unsigned char)(1 << at % 8);
		}
	}
}

/* As utf8_decode(): a length, 0 or -1. */
static int
slow_decode(const unsigned char *p, size_t len, uint32_t *cp)
{
	static const uint32_t lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	uint32_t number = number_of(p, len);

	if (len && p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	for (size_t n = 2; n <= 4 && n <= len; n++) {
		unsigned char again[4];

		*cp = p[0] - lead[n];
		for (size_t i = 1; i < n; i++)
			*cp = *cp * 64 + p[i] - 0x80;
		if (is_scalar(*cp) && slow_encode(*cp, again) == n &&
		    !memcmp(p, again, n))
			return (int)n;
	}
	if (!len || (len < 4 && begins[len - 1][number / 8] >> number % 8 & 1))
		return 0;
	return -1;
}

/* Invisible, or moving others about: what a terminal must not be sent. */
static bool
slow_is_hidden(uint32_t cp)
{
	static const uint32_t some[] = { 0xad, 0x61c, 0x180e, 0x200b, 0x200e,
		0x200f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164, 0xffa0, 0x2028,
		0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0xfeff, 0xfff9,
		0xfffa, 0xfffb };

	for (size_t i = 0; i < countof(some); i++)
		if (cp == some[i])
			return true;
	if ((cp >= 0x1bca0 && cp <= 0x1bca3) ||
	    (cp >= 0x1d173 && cp <= 0x1d17a))
		return true;
	return (cp >= 0x80 && cp <= 0x9f) || (cp >= 0x2060 && cp <= 0x206f) ||
	    (cp >> 12 == 0xe0);
}

static size_t
slow_repair(struct str text, bool nul, char *out, size_t *bad)
{
	size_t at = 0;

	*bad = 0;
	while (text.len) {
		uint32_t cp;
		int n = slow_decode(
		    (const unsigned char *)text.data, text.len, &cp);

		if (n <= 0 || (nul && cp == 0)) {
			memcpy(out + at, "\xef\xbf\xbd", 3);
			at += 3;
			++*bad;
			n = 1;
		} else {
			memcpy(out + at, text.data, (size_t)n);
			at += (size_t)n;
		}
		text = str_skip(text, (size_t)n);
	}
	return at;
}

static size_t
slow_screen(struct str text, char *out)
{
	size_t at = 0;

	while (text.len) {
		uint32_t cp;
		int n = slow_decode(
		    (const unsigned char *)text.data, text.len, &cp);
		unsigned char c = (unsigned char)text.data[0];

		if (n == 1 && c == '\r' && text.len > 1 && text.data[1] == '\n')
			;
		else if (n <= 0 || c == 0x7f ||
		    (c < ' ' && c != '\n' && c != '\t'))
			at += (size_t)snprintf(out + at, 8, "\\x%02x", c);
		else if (slow_is_hidden(cp))
			at += (size_t)snprintf(out + at, 16, "\\u{%x}", cp);
		else
			for (int i = 0; i < n; i++)
				out[at++] = text.data[i];
		text = str_skip(text, n > 0 ? (size_t)n : 1);
	}
	return at;
}

/* --- all texts of some bytes --- */

/* The text with number `index` of those with len of the n bytes. */
static struct str
word(const unsigned char *bytes, size_t n, size_t len, size_t index, char *out)
{
	for (size_t i = 0; i < len && i < WORD; i++, index /= n)
		out[i] = (char)bytes[index % n];
	return (struct str){ out, len };
}

static size_t
power(size_t n, size_t len)
{
	return len ? n * power(n, len - 1) : 1;
}

static void
check_decode(struct str text)
{
	uint32_t cp = 0, want_cp = 0;
	int want = slow_decode(
	    (const unsigned char *)text.data, text.len, &want_cp);
	int got = utf8_decode(text, &cp);

	if (!tap_case(got == want && (got < 1 || cp == want_cp),
		"decoded as %d U+%04X, not %d U+%04X", got, cp, want, want_cp))
		tap_show("text", text);
}

static void
check_valid(struct str text)
{
	size_t at = 0;
	uint32_t cp;
	int n = 1;

	while (at < text.len && n > 0) {
		n = slow_decode(
		    (const unsigned char *)text.data + at, text.len - at, &cp);
		at += n > 0 ? (size_t)n : 0;
	}
	if (!tap_case(utf8_valid(text) == at, "%zu valid bytes, not %zu",
		utf8_valid(text), at))
		tap_show("text", text);
}

static void
test_borders(void)
{
	char bytes[WORD + 1];

	for (size_t len = 0; len <= WORD; len++)
		for (size_t i = 0; i < power(countof(borders), len); i++)
			check_decode(
			    word(borders, countof(borders), len, i, bytes));
	tap_all("decode: up to four bytes at the borders of RFC 3629");
	for (size_t len = 0; len <= WORD; len++)
		for (size_t i = 0; i < power(countof(borders), len); i++)
			check_valid(
			    word(borders, countof(borders), len, i, bytes));
	tap_all("valid: the longest valid prefix of the same");
}

static void
test_pairs(void)
{
	for (unsigned i = 0; i <= 0xffff; i++) {
		char text[2] = { (char)(i >> 8), (char)i };

		check_decode((struct str){ text, 2 });
		check_decode((struct str){ text, 1 });
	}
	tap_all("decode: all pairs of bytes");
}

static void
test_characters(void)
{
	char text[UTF8_CHAR_MAX];
	unsigned char want[4];
	uint32_t cp = 0;

	for (uint32_t i = 0; i <= 0x10ffff; i++) {
		size_t n = slow_encode(i, want);

		if (!is_scalar(i)) {
			memcpy(text, want, n);
			tap_case(
			    utf8_decode((struct str){ text, n }, &cp) == -1,
			    "surrogate U+%04X is a character", i);
			continue;
		}
		tap_case(utf8_encode(i, text) == n && !memcmp(text, want, n),
		    "U+%04X is encoded otherwise", i);
		tap_case(utf8_decode((struct str){ text, n }, &cp) == (int)n &&
			cp == i,
		    "U+%04X is decoded as U+%04X", i, cp);
	}
	tap_all("encode, decode: every character, no surrogate");
}

/* --- both converters, cut anywhere --- */

/* Pieces of text, ending at a and b and the end; returns the bytes written. */
static size_t
repair_in_pieces(
    struct str text, bool nul, size_t a, size_t b, char *out, size_t *bad)
{
	struct utf8_repair r = { .nul = nul };
	size_t n = utf8_repair(&r, (struct str){ text.data, a }, out);

	n += utf8_repair(&r, (struct str){ text.data + a, b - a }, out + n);
	n += utf8_repair(&r, str_skip(text, b), out + n);
	n += utf8_repair_end(&r, out + n);
	*bad = r.bad;
	return n;
}

static size_t
screen_in_pieces(struct str text, size_t a, size_t b, char *out)
{
	struct utf8_screen s = { 0 };
	size_t n = utf8_screen(&s, (struct str){ text.data, a }, out);

	n += utf8_screen(&s, (struct str){ text.data + a, b - a }, out + n);
	n += utf8_screen(&s, str_skip(text, b), out + n);
	return n + utf8_screen_end(&s, out + n);
}

static void
check_repair(struct str text, bool nul)
{
	char want[OUT_MAX], got[OUT_MAX];
	size_t want_bad, bad;
	struct str w = { want, slow_repair(text, nul, want, &want_bad) };

	for (size_t a = 0; a <= text.len; a++) {
		for (size_t b = a; b <= text.len; b++) {
			struct str g = { got,
				repair_in_pieces(text, nul, a, b, got, &bad) };

			if (tap_case(str_equal(g, w) && bad == want_bad,
				"repaired otherwise, cut at %zu and %zu, "
				"%zu bad, not %zu",
				a, b, bad, want_bad))
				continue;
			tap_show("text", text);
			tap_show("got", g);
			tap_show("wanted", w);
		}
	}
}

static void
check_screen(struct str text)
{
	char want[OUT_MAX], got[OUT_MAX];
	struct str w = { want, slow_screen(text, want) };

	for (size_t a = 0; a <= text.len; a++) {
		for (size_t b = a; b <= text.len; b++) {
			struct str g = { got,
				screen_in_pieces(text, a, b, got) };

			if (tap_case(str_equal(g, w),
				"screened otherwise, cut at %zu and %zu", a, b))
				continue;
			tap_show("text", text);
			tap_show("got", g);
			tap_show("wanted", w);
		}
	}
}

static void
test_splits(void)
{
	char bytes[WORD];

	for (size_t len = 0; len <= WORD; len++)
		for (size_t i = 0; i < power(countof(few), len); i++)
			check_repair(
			    word(few, countof(few), len, i, bytes), i % 2);
	tap_all("repair: every split in three of up to four bytes");
	for (size_t len = 0; len <= WORD; len++)
		for (size_t i = 0; i < power(countof(few), len); i++)
			check_screen(word(few, countof(few), len, i, bytes));
	tap_all("screen: every split in three of up to four bytes");
}

static void
test_screened_characters(void)
{
	char text[UTF8_CHAR_MAX + 2], want[OUT_MAX], got[OUT_MAX];

	for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
		struct str t = { text, 1 };

		if (!is_scalar(cp))
			continue;
		text[0] = 'a';
		t.len += slow_encode(cp, (unsigned char *)text + 1);
		text[t.len++] = 'b';
		tap_case(str_equal((struct str){ got,
				       screen_in_pieces(t, 2, 2, got) },
			     (struct str){ want, slow_screen(t, want) }),
		    "U+%04X is screened otherwise", cp);
	}
	tap_all("screen: every character alone");
}

/* --- what must hold for any text --- */

static uint64_t seed = 3629;

static uint32_t
draw(uint32_t below)
{
	return random_next(&seed) % below;
}

enum { LINE = 200 };

/* Bytes and characters of all kinds, cut off anywhere. */
static struct str
draw_text(char *out)
{
	size_t n = 0, want = draw(LINE);

	while (n < want) {
		uint32_t cp = draw(2) ? draw(0x3000) : draw(0x110000);

		if (draw(3) == 0)
			out[n++] = (char)draw(256);
		else if (is_scalar(cp))
			n += slow_encode(cp, (unsigned char *)out + n);
	}
	return (struct str){ out, want };
}

static bool
is_harmless(struct str text)
{
	while (text.len) {
		uint32_t cp;
		int n = slow_decode(
		    (const unsigned char *)text.data, text.len, &cp);

		if (n <= 0 || cp == 0x7f || slow_is_hidden(cp) ||
		    (cp < ' ' && cp != '\n' && cp != '\t'))
			return false;
		text = str_skip(text, (size_t)n);
	}
	return true;
}

static void
test_properties(void)
{
	static char text[LINE + 8], out[UTF8_SCREEN_MAX(LINE)],
	    again[sizeof out];

	for (int i = 0; i < 20000; i++) {
		struct str t = draw_text(text), shown = { out, 0 };
		size_t a = draw((uint32_t)t.len + 1), bad;
		size_t b = a + draw((uint32_t)(t.len - a) + 1);

		shown.len = screen_in_pieces(t, a, b, out);
		tap_case(shown.len <= UTF8_SCREEN_MAX(t.len), "too long");
		if (!tap_case(is_harmless(shown), "not harmless"))
			tap_show("text", t);
		tap_case(slow_screen(shown, again) == shown.len &&
			!memcmp(out, again, shown.len),
		    "screened twice is not as screened once");
		shown.len = repair_in_pieces(t, i % 2, a, b, out, &bad);
		tap_case(shown.len <= UTF8_REPAIR_MAX(t.len), "too long");
		tap_case(utf8_valid(shown) == shown.len, "not repaired");
		tap_case((bad == 0) == str_equal(shown, t),
		    "%zu replacements, but the text %s", bad,
		    bad ? "is the same" : "was changed");
	}
	tap_all("screen, repair: harmless, valid, within bounds");
}

static void
test_long_text(void)
{
	static char text[100000], out[UTF8_SCREEN_MAX(sizeof text)];
	struct str t = { text, sizeof text };
	size_t bad;

	memset(text, 'x', sizeof text);
	tap_ok(screen_in_pieces(t, 1, 2, out) == t.len &&
		!memcmp(text, out, t.len),
	    "plain text is screened as it is");
	tap_ok(repair_in_pieces(t, true, 1, 2, out, &bad) == t.len && !bad,
	    "plain text is repaired as it is");
	memset(text, '\xff', sizeof text);
	tap_ok(screen_in_pieces(t, 1, 2, out) == 4 * t.len,
	    "bytes that are none take four each");
	tap_ok(repair_in_pieces(t, true, 1, 2, out, &bad) == 3 * t.len &&
		bad == t.len,
	    "and three when they are repaired");
}

static void
test_words(void)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "" },
		{ "a\tb\nc", "a\tb\nc" },
		{ "a\r\nb", "a\nb" },
		{ "a\rb", "a\\x0db" },
		{ "a\r\r\n", "a\\x0d\n" },
		{ "a\r", "a\\x0d" },
		{ "\x1b]0;x\x07", "\\x1b]0;x\\x07" },
		{ "\x1b[31m\x7f", "\\x1b[31m\\x7f" },
		{ "\xc2\x9b"
		  "31m",
		    "\\u{9b}31m" },
		{ "\x9b"
		  "31m",
		    "\\x9b31m" },
		{ "a\xe2\x80\xae"
		  "b",
		    "a\\u{202e}b" },
		{ "\xe2\x80\xa8", "\\u{2028}" },
		{ "\xf3\xa0\x81\x81", "\\u{e0041}" },
		{ "\xef\xbb\xbf"
		  "x",
		    "\\u{feff}x" },
		{ "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
		    "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80" },
		/* A family needs its joiners, Persian its non-joiners. */
		{ "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
		    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7" },
		{ "\xe2\x80\x8c\xef\xb8\x8f", "\xe2\x80\x8c\xef\xb8\x8f" },
		{ "a\xc3", "a\\xc3" },
		{ "a\xe2\x82", "a\\xe2\\x82" },
		{ "\xed\xa0\x80", "\\xed\\xa0\\x80" },
		{ "\xc0\xaf", "\\xc0\\xaf" },
		{ "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" },
		{ "\\x1b", "\\x1b" },
	};

	for (size_t i = 0; i < countof(cases); i++) {
		struct str t = str_of(cases[i].text);
		char out[OUT_MAX];

		tap_is((struct str){ out, screen_in_pieces(t, 0, 0, out) },
		    cases[i].want, "screen: as it is written down");
	}
}

int
main(void)
{
	learn_beginnings();
	test_borders();
	test_pairs();
	test_characters();
	test_splits();
	test_screened_characters();
	test_properties();
	test_long_text();
	test_words();
	return tap_done();
}
