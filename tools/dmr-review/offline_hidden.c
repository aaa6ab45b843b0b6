/*
 * dmr-review: characters that reorder text, or that nobody sees.
 *
 * What a script needs is no finding: joiners between letters of Arabic or
 * Hindi and in emoji, marks of direction beside text that runs to the left, the
 * letters of a flag, a variation selector behind a character that has variants.
 */
#include "offline_parts.h"
#include "utf8.h"

enum {
	SMUGGLED_MIN = 4, /* characters of a hidden text */
	RUN_MAX = 8,      /* in a row that a flag needs */
};

/* A walk over the characters of a line. */
struct walk {
	struct str line;
	size_t at, next; /* bytes */
	uint32_t cp;
	uint32_t before; /* the last that can be seen; 0: none */
	size_t run;      /* hidden ones since */
	bool is_leftward;
};

static bool
is_within(uint32_t cp, uint32_t first, uint32_t last)
{
	return cp >= first && cp <= last;
}

/* What is no UTF-8 is passed over. */
static bool
walk_next(struct walk *w)
{
	for (w->at = w->next; w->at < w->line.len; w->at++) {
		int n = utf8_decode(str_skip(w->line, w->at), &w->cp);

		if (n <= 0)
			continue;
		w->next = w->at + (size_t)n;
		return true;
	}
	return false;
}

static bool
is_bidi(uint32_t cp)
{
	return is_within(cp, 0x202a, 0x202e) || is_within(cp, 0x2066, 0x2069);
}

static bool
is_tag(uint32_t cp)
{
	return is_within(cp, 0xe0000, 0xe007f);
}

static bool
is_selector(uint32_t cp)
{
	return is_within(cp, 0xfe00, 0xfe0f) ||
	    is_within(cp, 0xe0100, 0xe01ef) || is_within(cp, 0x180b, 0x180f);
}

static bool
is_invisible(uint32_t cp)
{
	if (cp < 0x80)
		return cp == 0x7f ||
		    (cp < 0x20 && !strchr("\t\v\f\r", (int)cp));
	return !is_bidi(cp) &&
	    (utf8_is_hidden(cp) || is_selector(cp) || cp == 0x34f ||
		cp == 0x200c || cp == 0x200d);
}

static bool
is_leftward(uint32_t cp)
{
	return is_within(cp, 0x590, 0x8ff) || is_within(cp, 0xfb1d, 0xfdff) ||
	    is_within(cp, 0xfe70, 0xfefc) || is_within(cp, 0x10800, 0x10fff) ||
	    is_within(cp, 0x1e800, 0x1eeff);
}

static bool
runs_leftward(struct str line)
{
	struct walk w = { .line = line };

	while (walk_next(&w))
		if (is_leftward(w.cp))
			return true;
	return false;
}

/* Does what stands before it need it? */
static bool
is_needed(const struct walk *w)
{
	uint32_t cp = w->cp, before = w->before;

	if (cp == 0x200c || cp == 0x200d)
		return before >= 0x590 && w->run <= 1;
	if (is_within(cp, 0xfe00, 0xfe0f))
		return w->run == 0 &&
		    (before > 0xa0 || is_within(before, '0', '9') ||
			before == '#' || before == '*');
	if (is_selector(cp))
		return w->run == 0 && before >= 0x1800;
	if (is_tag(cp))
		return before == 0x1f3f4 && w->run < RUN_MAX;
	if (cp == 0x200e || cp == 0x200f || cp == 0x61c)
		return w->is_leftward;
	return false;
}

bool
offline_bidi(struct str line, struct offline_hit *hit)
{
	struct walk w = { .line = line };
	size_t n = 0;

	while (walk_next(&w)) {
		if (!is_bidi(w.cp) || n++)
			continue;
		hit->start = w.at;
		hit->end = w.next;
		buf_add_format(&hit->message,
		    "U+%04X reorders the text around it: what is shown is not "
		    "what is run",
		    (unsigned)w.cp);
	}
	if (n > 1)
		buf_add_format(&hit->message, "; %zu more in this line", n - 1);
	hit->severity = FINDING_HIGH;
	return n > 0;
}

/* The next that cannot be seen, and is not needed. */
static bool
next_invisible(struct walk *w, bool is_first)
{
	while (walk_next(w)) {
		bool is_bom = is_first && !w->at && w->cp == 0xfeff;
		/* One at the end is half of a line end. */
		bool is_cr = w->cp == '\r' && w->next < w->line.len;
		bool is_there = is_cr || (is_invisible(w->cp) && !is_bom);
		bool is_good = !is_there || is_needed(w);

		w->before = is_there ? w->before : w->cp;
		w->run = is_there ? w->run + 1 : 0;
		if (!is_good)
			return true;
	}
	return false;
}

void
offline_show_invisible(struct buf *out, struct str line)
{
	struct walk w = { .line = line, .is_leftward = runs_leftward(line) };
	size_t shown = 0;

	while (next_invisible(&w, false)) {
		if (w.cp < 0x80)
			continue;
		buf_add(out, (struct str){ line.data + shown, w.at - shown });
		buf_add_format(out, "\\u{%x}", (unsigned)w.cp);
		shown = w.next;
	}
	buf_add(out, str_skip(line, shown));
}

bool
offline_invisible(struct str line, bool is_first, struct offline_hit *hit)
{
	struct walk w = { .line = line, .is_leftward = runs_leftward(line) };
	size_t n = 0, smuggled = 0;

	while (next_invisible(&w, is_first)) {
		smuggled += is_tag(w.cp) || is_selector(w.cp);
		if (n++)
			continue;
		hit->start = w.at;
		hit->end = w.next;
		buf_add_format(&hit->message, "U+%04X cannot be seen here",
		    (unsigned)w.cp);
	}
	if (n > 1)
		buf_add_format(&hit->message, "; %zu more in this line", n - 1);
	hit->severity = smuggled >= SMUGGLED_MIN ? FINDING_HIGH
						 : FINDING_MEDIUM;
	return n > 0;
}
