/*
 * dmr-review: words of Latin letters in which others look like them.
 *
 * A word is a finding if all of its letters that are not Latin look like Latin
 * ones: a name with a delta, or a word of another language with an English
 * ending, deceives nobody.
 */
#include "offline_parts.h"
#include "utf8.h"

/* Ranges of one script in which all look alike, or the letters that do. */
static const struct script {
	uint32_t first, last;
	const char *name;
	const char *alike; /* UTF-8; NULL: all of them */
} scripts[] = {
	{ 0x370, 0x3ff, "Greek", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲϳϹ" },
	{ 0x400, 0x52f, "Cyrillic", "АВЕКМНОРСТУХЅІЈҮҺԀԌԚԜасеіјорѕхугһүӏԁԛԝѵ" },
	{ 0x531, 0x58f, "Armenian", "ՍՏՕզհյոսցօլ" },
	{ 0x13a0, 0x13ff, "Cherokee", NULL },
	{ 0x2c80, 0x2cff, "Coptic", NULL },
	{ 0xa4d0, 0xa4ff, "Lisu", NULL },
	{ 0xab70, 0xabbf, "Cherokee", NULL },
	{ 0xff21, 0xff5a, "fullwidth", NULL },
	{ 0x1d400, 0x1d6a5, "mathematical", NULL },
};

/* The word under way. */
struct word {
	size_t start;
	bool has_latin, has_other, all_alike;
	const struct script *script; /* of the first that looks alike */
	uint32_t cp;
	size_t at, end; /* its bytes */
};

static const struct script *
script_of(uint32_t cp)
{
	for (size_t i = 0; i < countof(scripts); i++)
		if (cp >= scripts[i].first && cp <= scripts[i].last)
			return &scripts[i];
	return NULL;
}

static bool
is_alike(const struct script *script, struct str character)
{
	struct str alike = str_of(script->alike);

	return !alike.len || str_find(alike, character) < alike.len;
}

static bool
is_ascii_letter(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
}

static bool
is_latin(uint32_t cp)
{
	return is_ascii_letter(cp) ||
	    (cp >= 0xc0 && cp <= 0x24f && cp != 0xd7 && cp != 0xf7) ||
	    (cp >= 0x1e00 && cp <= 0x1eff);
}

/* Digits and what joins words or hides in them; no word ends there. */
static bool
is_neutral(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || cp == '_' ||
	    (cp >= 0x300 && cp <= 0x36f) ||
	    (cp >= 0x80 && utf8_is_hidden(cp)) || cp == 0x200c || cp == 0x200d;
}

/* Bytes of "\n" or "%-8d", whose letter belongs to no word; or 0. */
static size_t
escape_len(struct str rest)
{
	size_t n = 1;

	if (!rest.len || (rest.data[0] != '\\' && rest.data[0] != '%'))
		return 0;
	if (rest.data[0] == '%')
		while (n < rest.len && rest.data[n] &&
		    strchr("-+#0123456789.*hljztL", rest.data[n]))
			n++;
	return n < rest.len && is_ascii_letter((unsigned char)rest.data[n])
	    ? n + 1
	    : n;
}

static bool
is_deceptive(const struct word *w)
{
	return w->has_latin && w->has_other && w->all_alike;
}

static void
take(struct word *w, struct str character, uint32_t cp, size_t at)
{
	const struct script *script = script_of(cp);

	if (is_latin(cp)) {
		w->has_latin = true;
		return;
	}
	if (!script)
		return;
	w->all_alike = (w->all_alike || !w->has_other) &&
	    is_alike(script, character);
	if (w->has_other)
		return;
	w->has_other = true;
	w->script = script;
	w->cp = cp;
	w->at = at;
	w->end = at + character.len;
}

static bool
tell(const struct word *w, struct offline_hit *hit)
{
	hit->start = w->at;
	hit->end = w->end;
	hit->severity = FINDING_MEDIUM;
	buf_add_format(&hit->message,
	    "U+%04X, a %s letter, looks like a Latin one and stands among "
	    "Latin letters",
	    (unsigned)w->cp, w->script->name);
	return true;
}

bool
offline_mixed_script(struct str line, struct offline_hit *hit)
{
	struct word w = { 0 };
	size_t at = 0, n;
	uint32_t cp;

	for (; at < line.len; at += n) {
		struct str rest = str_skip(line, at);
		int got = utf8_decode(rest, &cp);

		n = got > 0 ? (size_t)got : 1;
		if (got > 0 &&
		    (is_latin(cp) || is_neutral(cp) || script_of(cp))) {
			take(&w, (struct str){ rest.data, n }, cp, at);
			continue;
		}
		if (is_deceptive(&w))
			return tell(&w, hit);
		w = (struct word){ 0 };
		if (escape_len(rest))
			n = escape_len(rest);
	}
	return is_deceptive(&w) && tell(&w, hit);
}
