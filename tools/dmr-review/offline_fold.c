/*
 * dmr-review: text without case, accents, punctuation and what cannot be seen.
 */
#include "offline_parts.h"
#include "utf8.h"

/* U+00C0 to U+017F, U+1E00 to U+1EFF without accents. */
static const char *const plain_letters[] = {
	"aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
	"lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs",
	"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
	"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
	"wwwwwwwwwwxxxxyyzzzzzzhtwyassssdaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
	"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy"
};

/* Letters that nobody sees. */
static bool
is_tag(uint32_t cp)
{
	return cp >= 0xe0020 && cp <= 0xe007e;
}

/* A Latin letter without its accent; or 0. */
static uint32_t
plain_letter(uint32_t cp)
{
	if (cp >= 0xc0 && cp <= 0x17f)
		return (unsigned char)plain_letters[0][cp - 0xc0];
	if (cp >= 0x1e00 && cp <= 0x1eff)
		return (unsigned char)plain_letters[1][cp - 0x1e00];
	if (cp == 0x1a0 || cp == 0x1a1) /* with a horn */
		return 'o';
	return cp == 0x1af || cp == 0x1b0 ? 'u' : 0;
}

/* Letters that are others: of full width, hidden as tags, capitals. */
static uint32_t
fold(uint32_t cp)
{
	if (cp >= 0xff01 && cp <= 0xff5e)
		cp -= 0xff01 - '!';
	else if (is_tag(cp))
		cp -= 0xe0000;
	if (cp >= 'A' && cp <= 'Z')
		return cp - 'A' + 'a';
	if (plain_letter(cp))
		return plain_letter(cp);
	if (cp >= 0x410 && cp <= 0x42f)
		return cp + 0x20;
	if (cp >= 0x400 && cp <= 0x40f)
		return cp + 0x50;
	return cp == 0x95b ? 0x91c : cp; /* a letter and its dot */
}

/* Does nobody see it, or is it an accent? */
static bool
is_dropped(uint32_t cp)
{
	return (cp >= 0x300 && cp <= 0x36f) || cp == 0x93c || cp == 0x200c ||
	    cp == 0x200d || (cp >= 0xfe00 && cp <= 0xfe0f) ||
	    (cp >= 0x80 && utf8_is_hidden(cp));
}

static bool
is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9');
	return cp >= 0xaa && !(cp >= 0x2000 && cp <= 0x2bff) &&
	    !(cp >= 0x3000 && cp <= 0x303f) && cp < 0x1f000 &&
	    !(cp >= 0x60c && cp <= 0x61f);
}

void
offline_fold_gap(struct buf *out)
{
	if (out->len && out->data[out->len - 1] != ' ')
		buf_add_char(out, ' ');
}

/* Of the ASCII at the start of text the same; one blank between words. */
static size_t
fold_ascii(struct buf *out, struct str text, size_t limit)
{
	static const char plain[] =
	    "                                                0123456789"
	    "       abcdefghijklmnopqrstuvwxyz      "
	    "abcdefghijklmnopqrstuvwxyz     ";
	char *room = buf_room(out, text.len);
	char last = room && out->len ? room[-1] : ' ';
	size_t at = 0, n = 0;

	if (!room)
		return text.len;
	for (; at < text.len && out->len + n < limit; at++) {
		unsigned char c = (unsigned char)text.data[at];

		if (c >= 0x80)
			break;
		if (last == ' ' && plain[c] == ' ')
			continue;
		last = room[n++] = plain[c];
	}
	buf_claim(out, n);
	return at;
}

size_t
offline_fold(struct buf *out, struct str text, size_t limit)
{
	bool was_tag = false;
	size_t at = 0;
	uint32_t cp;

	while (at < text.len && out->len < limit) {
		char bytes[UTF8_CHAR_MAX];
		struct str rest = str_skip(text, at);
		int n;

		if (!was_tag && (unsigned char)rest.data[0] < 0x80) {
			at += fold_ascii(out, rest, limit);
			continue;
		}
		n = utf8_decode(rest, &cp);
		at += n > 0 ? (size_t)n : 1;
		if (n <= 0 || is_dropped(fold(cp)))
			continue;
		if (was_tag != is_tag(cp)) /* a text of its own */
			offline_fold_gap(out);
		was_tag = is_tag(cp);
		cp = fold(cp);
		if (is_letter(cp))
			buf_add(
			    out, (struct str){ bytes, utf8_encode(cp, bytes) });
		else
			offline_fold_gap(out);
	}
	return at;
}

size_t
offline_gap_len(struct str text)
{
	size_t at = 0;
	uint32_t cp;

	while (at < text.len) {
		int n = utf8_decode(str_skip(text, at), &cp);

		cp = n > 0 ? fold(cp) : ' ';
		if (is_letter(cp) && !is_dropped(cp))
			break;
		at += n > 0 ? (size_t)n : 1;
	}
	return at;
}
