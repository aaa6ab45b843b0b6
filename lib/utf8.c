/* utf8 - decode, repair, and make harmless. */
#include "utf8.h"

/* What may follow a lead byte, RFC 3629, section 4. */
static int
lead_length(unsigned char c, unsigned char *lo, unsigned char *hi)
{
	*lo = 0x80;
	*hi = 0xbf;
	if (c < 0x80)
		return 1;
	if (c < 0xc2 || c > 0xf4)
		return -1;
	if (c < 0xe0)
		return 2;
	if (c == 0xe0)
		*lo = 0xa0;
	else if (c == 0xed)
		*hi = 0x9f;
	else if (c == 0xf0)
		*lo = 0x90;
	else if (c == 0xf4)
		*hi = 0x8f;
	return c < 0xf0 ? 3 : 4;
}

int
utf8_decode(struct str text, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)text.data;
	unsigned char lo, hi;
	int n;

	if (!text.len)
		return 0;
	n = lead_length(p[0], &lo, &hi);
	if (n <= 1) {
		*cp = p[0];
		return n;
	}
	*cp = p[0] & (0x7fU >> n);
	for (int i = 1; i < n; i++) {
		if ((size_t)i == text.len)
			return 0;
		if (p[i] < lo || p[i] > hi)
			return -1;
		*cp = *cp << 6 | (p[i] & 0x3fU);
		lo = 0x80;
		hi = 0xbf;
	}
	return n;
}

/* Bytes at the start of text that are valid and, if `nul`, not NUL. */
static size_t
good_prefix(struct str text, bool nul)
{
	size_t at = str_plain(text);
	uint32_t cp;

	while (at < text.len) {
		int n = 1;

		if ((unsigned char)text.data[at] >= 0x80)
			n = utf8_decode(str_skip(text, at), &cp);
		if (n <= 0 || (nul && !text.data[at]))
			break;
		at += (size_t)n;
	}
	return at;
}

size_t
utf8_valid(struct str text)
{
	return good_prefix(text, false);
}

size_t
utf8_encode(uint32_t cp, char *out)
{
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;

	if (n == 1) {
		out[0] = (char)cp;
		return 1;
	}
	for (size_t i = n - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (cp & 0x3f));
		cp >>= 6;
	}
	out[0] = (char)(lead[n] | cp);
	return n;
}

/*
 * Take the next character of held + *text.  Returns its length, or -1 for a
 * byte that is no character, or 0 when all was taken and held keeps the rest.
 * bytes[0..length) are the character, or the one bad byte.
 */
static int
next_char(struct utf8_held *held, struct str *text, char *bytes, uint32_t *cp)
{
	size_t had = held->len;
	size_t more = UTF8_CHAR_MAX - had;
	struct str joined = { bytes, 0 };
	size_t used;
	int n;

	if (more > text->len)
		more = text->len;
	memcpy(bytes, held->bytes, had);
	if (more)
		memcpy(bytes + had, text->data, more);
	joined.len = had + more;
	if (!joined.len)
		return 0;
	n = utf8_decode(joined, cp);
	if (n == 0) {
		memcpy(held->bytes, bytes, joined.len);
		held->len = joined.len;
		*text = str_skip(*text, more);
		return 0;
	}
	used = n < 0 ? 1 : (size_t)n;
	if (used >= had) {
		held->len = 0;
		*text = str_skip(*text, used - had);
	} else {
		held->len = had - used;
		memmove(held->bytes, held->bytes + used, held->len);
	}
	return n;
}

static size_t
put(char *out, size_t at, struct str text)
{
	if (text.len)
		memcpy(out + at, text.data, text.len);
	return at + text.len;
}

size_t
utf8_repair(struct utf8_repair *r, struct str text, char *out)
{
	char bytes[UTF8_CHAR_MAX];
	uint32_t cp;
	size_t at = 0;

	while (text.len) {
		struct str good = { text.data, 0 };
		int n;

		if (!r->held.len) {
			good.len = good_prefix(text, r->nul);
			at = put(out, at, good);
			text = str_skip(text, good.len);
		}
		n = next_char(&r->held, &text, bytes, &cp);
		if (n > 0 && !(r->nul && cp == 0)) {
			at = put(out, at, (struct str){ bytes, (size_t)n });
		} else if (n != 0) {
			at = put(out, at, STR(UTF8_REPLACEMENT));
			r->bad++;
		}
	}
	return at;
}

size_t
utf8_repair_end(struct utf8_repair *r, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < r->held.len; i++)
		n = put(out, n, STR(UTF8_REPLACEMENT));
	r->bad += r->held.len;
	r->held.len = 0;
	return n;
}

static bool
is_in(const uint32_t (*ranges)[2], size_t n, uint32_t cp)
{
	for (size_t i = 0; i < n; i++)
		if (cp >= ranges[i][0] && cp <= ranges[i][1])
			return true;
	return false;
}

/*
 * Characters that a reader cannot see, or that move others about: controls,
 * Unicode's bidirectional and default-ignorable format characters (UAX #9,
 * UAX #31; CVE-2021-42574), tag characters.  U+200C and U+200D stay: scripts
 * and emoji need them.
 */
bool
utf8_is_hidden(uint32_t cp)
{
	static const uint32_t ranges[][2] = {
		{ 0x80, 0x9f },
		{ 0xad, 0xad },
		{ 0x61c, 0x61c },
		{ 0x115f, 0x1160 },
		{ 0x17b4, 0x17b5 },
		{ 0x180e, 0x180e },
		{ 0x200b, 0x200b },
		{ 0x200e, 0x200f },
		{ 0x2028, 0x202e },
		{ 0x2060, 0x206f },
		{ 0x3164, 0x3164 },
		{ 0xfeff, 0xfeff },
		{ 0xffa0, 0xffa0 },
		{ 0xfff9, 0xfffb },
		{ 0x1bca0, 0x1bca3 },
		{ 0x1d173, 0x1d17a },
		{ 0xe0000, 0xe0fff },
	};

	return is_in(ranges, countof(ranges), cp);
}

/* Marks that stack without end, by blocks: those of scripts that are read. */
static bool
is_mark(uint32_t cp)
{
	static const uint32_t ranges[][2] = {
		{ 0x300, 0x36f },
		{ 0x483, 0x489 },
		{ 0x591, 0x5c7 },
		{ 0x610, 0x61a },
		{ 0x64b, 0x65f },
		{ 0x6d6, 0x6ed },
		{ 0x900, 0x903 },
		{ 0x93a, 0x957 },
		{ 0xe31, 0xe3a },
		{ 0xe47, 0xe4e },
		{ 0xeb1, 0xebc },
		{ 0xec8, 0xece },
		{ 0xf71, 0xf84 },
		{ 0x1ab0, 0x1aff },
		{ 0x1dc0, 0x1dff },
		{ 0x20d0, 0x20ff },
		{ 0x302a, 0x302f },
		{ 0x3099, 0x309a },
		{ 0xfe20, 0xfe2f },
	};

	return is_in(ranges, countof(ranges), cp);
}

/* Variation selectors, U+034F and what joins characters, or keeps them apart. */
static bool
is_joiner(uint32_t cp)
{
	static const uint32_t ranges[][2] = {
		{ 0x34f, 0x34f },
		{ 0x180b, 0x180f },
		{ 0x200c, 0x200d },
		{ 0xfe00, 0xfe0f },
	};

	return is_in(ranges, countof(ranges), cp);
}

static bool
is_wide(uint32_t cp)
{
	static const uint32_t ranges[][2] = {
		{ 0x1100, 0x115f },
		{ 0x231a, 0x231b },
		{ 0x2e80, 0xa4cf },
		{ 0xa960, 0xa97c },
		{ 0xac00, 0xd7a3 },
		{ 0xf900, 0xfaff },
		{ 0xfe10, 0xfe19 },
		{ 0xfe30, 0xfe6f },
		{ 0xff01, 0xff60 },
		{ 0xffe0, 0xffe6 },
		{ 0x1f300, 0x1f64f },
		{ 0x1f680, 0x1f6ff },
		{ 0x1f900, 0x1faff },
		{ 0x20000, 0x3fffd },
	};

	return is_in(ranges, countof(ranges), cp);
}

int
utf8_columns(uint32_t cp)
{
	if (utf8_is_hidden(cp) || is_mark(cp) || is_joiner(cp))
		return 0;
	return is_wide(cp) ? 2 : 1;
}

/* Does this one come after more of its kind than anybody needs? */
static bool
is_too_many(struct utf8_screen *s, uint32_t cp)
{
	if (is_joiner(cp)) {
		if (s->njoiners <= UTF8_JOINERS_MAX)
			s->njoiners++;
		return s->njoiners > UTF8_JOINERS_MAX;
	}
	if (is_mark(cp)) {
		if (s->nmarks <= UTF8_MARKS_MAX)
			s->nmarks++;
		return s->nmarks > UTF8_MARKS_MAX;
	}
	s->nmarks = s->njoiners = 0;
	return false;
}

static size_t
put_byte_escape(char *out, size_t at, unsigned char byte)
{
	static const char hex[] = "0123456789abcdef";
	char text[] = { '\\', 'x', hex[byte >> 4], hex[byte & 15] };

	return put(out, at, (struct str){ text, sizeof text });
}

static size_t
put_visible(struct utf8_screen *s, char *out, size_t at, const char *bytes,
    int n, uint32_t cp)
{
	bool control = cp < 0x20 && cp != '\n' && cp != '\t';

	if (n < 0 || control || cp == 0x7f)
		return put_byte_escape(out, at, (unsigned char)bytes[0]);
	if (utf8_is_hidden(cp) || is_too_many(s, cp))
		return at +
		    (size_t)snprintf(out + at, 11, "\\u{%x}", (unsigned)cp);
	return put(out, at, (struct str){ bytes, (size_t)n });
}

/* Plain ASCII text at the start, which needs no look at each character. */
static size_t
plain_prefix(struct str text)
{
	size_t n = 0;

	while (n < text.len &&
	    ((text.data[n] >= ' ' && text.data[n] < 0x7f) ||
		text.data[n] == '\n' || text.data[n] == '\t'))
		n++;
	return n;
}

size_t
utf8_screen(struct utf8_screen *s, struct str text, char *out)
{
	char bytes[UTF8_CHAR_MAX];
	uint32_t cp = 0;
	size_t at = 0;

	while (text.len) {
		size_t n = s->held.len || s->cr ? 0 : plain_prefix(text);
		int len;

		at = put(out, at, (struct str){ text.data, n });
		text = str_skip(text, n);
		if (n)
			s->nmarks = s->njoiners = 0;
		len = next_char(&s->held, &text, bytes, &cp);
		if (len == 0)
			break;
		if (s->cr && !(len == 1 && cp == '\n'))
			at = put_byte_escape(out, at, '\r');
		s->cr = len == 1 && cp == '\r';
		if (!s->cr)
			at = put_visible(s, out, at, bytes, len, cp);
	}
	return at;
}

size_t
utf8_screen_end(struct utf8_screen *s, char *out)
{
	size_t at = 0;

	if (s->cr)
		at = put_byte_escape(out, at, '\r');
	for (size_t i = 0; i < s->held.len; i++)
		at = put_byte_escape(out, at, s->held.bytes[i]);
	*s = (struct utf8_screen){ 0 };
	return at;
}

size_t
utf8_screen_text(struct str text, char *out)
{
	struct utf8_screen screen = { 0 };
	size_t n = utf8_screen(&screen, text, out);

	return n + utf8_screen_end(&screen, out + n);
}
