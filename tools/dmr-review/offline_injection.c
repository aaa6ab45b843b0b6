/*
 * dmr-review: text that speaks to a model, as "ignore previous instructions".
 *
 * Text is folded, over the lines.  In one pass each word is looked up, what
 * class it has is noted with its place, and where the classes of an order have
 * all come within a window, it is found.
 */
#include "offline_parts.h"

enum {
	WINDOW = 64, /* folded bytes in which an order stands */
	STEM_MIN = 3,
	PIECE = 4096, /* bytes of a line that are folded at once */
};

/* --- looking up --- */

static void
add_stem(struct offline_speech *s, struct str text, uint16_t class)
{
	size_t head = offline_head(text.data);

	if (s->nstems + 1 == OFFLINE_STEMS)
		return;
	s->stems[++s->nstems] = (struct offline_stem){
		.text = text,
		.class = class,
		.next = s->first[head],
	};
	s->first[head] = (uint16_t)s->nstems;
}

void
offline_speech_begin(struct offline_speech *s)
{
	buf_clear(&s->words);
	s->base = s->again = 0;
	memset(s->last, 0, sizeof s->last);
	if (s->nstems)
		return;
	for (size_t i = 0; i < offline_nstems; i++) {
		struct str rest = str_of(offline_stems[i].stems);

		while (rest.len)
			add_stem(
			    s, str_cut(&rest, '|'), offline_stems[i].class);
	}
}

void
offline_speech_done(struct offline_speech *s)
{
	buf_done(&s->words);
}

/* Keep the end of what was said. */
static void
forget(struct offline_speech *s)
{
	size_t n = s->words.len > WINDOW ? s->words.len - WINDOW : 0;

	if (!n)
		return;
	memmove(s->words.data, s->words.data + n, s->words.len - n);
	s->words.len -= n;
	s->base += n;
}

/* Words of some scripts have no blanks between, or articles before them. */
static bool
may_begin(const struct offline_speech *s, size_t at)
{
	unsigned char c = (unsigned char)s->words.data[at];

	return c >= 0xd8 || (at ? s->words.data[at - 1] == ' ' : !s->base);
}

/* The text ends here; may it go on as a stem that is looked for? */
static void
look_again(struct offline_speech *s, size_t at)
{
	if (s->again == s->base + s->words.len)
		s->again = s->base + at;
}

static void
came(struct offline_speech *s, size_t at, uint16_t classes)
{
	for (size_t i = 0; classes >> i; i++)
		if (classes & 1u << i)
			s->last[i] = s->base + at + 1;
}

/*
 * Note the classes of the word at `at`; returns them all, and the end of the
 * longest stem.  What ends before `from` was noted before.
 */
static uint16_t
note(struct offline_speech *s, size_t at, size_t from, size_t *end)
{
	struct str rest = str_skip(buf_str(&s->words), at);
	uint16_t classes = 0;

	*end = 0;
	if (rest.len < STEM_MIN) {
		look_again(s, at);
		return 0;
	}
	for (size_t i = s->first[offline_head(rest.data)]; i;
	     i = s->stems[i].next) {
		const struct offline_stem *stem = &s->stems[i];
		size_t n = stem->text.len;

		if (memcmp(rest.data, stem->text.data,
			n < rest.len ? n : rest.len) != 0)
			continue;
		if (rest.len < n)
			look_again(s, at);
		if (rest.len < n || at + n <= from)
			continue;
		classes |= stem->class;
		if (at + n > *end)
			*end = at + n;
	}
	came(s, at, classes);
	return classes;
}

/* Where an order that has just come began, from 1; or 0. */
static size_t
order_start(const struct offline_speech *s, size_t now,
    const struct offline_order *order)
{
	size_t start = now, first = now;

	for (size_t i = 0; i < OFFLINE_CLASSES; i++) {
		if (!(order->classes & 1u << i))
			continue;
		if (!s->last[i] || now - s->last[i] > WINDOW)
			return 0;
		if (s->last[i] < start)
			start = s->last[i];
		if (order->first & 1u << i)
			first = s->last[i];
	}
	return order->first && first > start ? 0 : start;
}

static size_t
find_order(const struct offline_speech *s, size_t at, uint16_t classes)
{
	size_t start = 0;

	for (size_t i = 0; i < offline_norders && !start; i++)
		if (offline_orders[i].classes & classes)
			start = order_start(
			    s, s->base + at + 1, &offline_orders[i]);
	return start;
}

/* How much of a piece became what stands in words[from..to). */
static size_t
bytes_of(
    const struct offline_speech *s, struct str piece, size_t from, size_t to)
{
	struct buf again = { 0 };
	size_t n;

	if (to <= from)
		return 0;
	if (from)
		buf_add_char(&again, s->words.data[from - 1]);
	n = offline_fold(&again, piece, again.len + to - from);
	buf_done(&again);
	return n;
}

/* The same words again say nothing new: begin anew, with a word. */
static void
reset(struct offline_speech *s)
{
	s->base += s->words.len;
	s->again = s->base;
	buf_clear(&s->words);
	buf_add_char(&s->words, ' ');
	memset(s->last, 0, sizeof s->last);
}

/* Bytes of the piece in which the order in words[start..end) stands. */
static void
place(const struct offline_speech *s, struct str piece, size_t from,
    size_t start, size_t end, struct offline_hit *hit)
{
	while (end < s->words.len && s->words.data[end - 1] != ' ' &&
	    s->words.data[end] != ' ')
		end++;
	if (s->words.data[end - 1] == ' ')
		end--;
	hit->start = bytes_of(s, piece, from, start);
	hit->start += offline_gap_len(str_skip(piece, hit->start));
	hit->end = bytes_of(s, piece, from, end);
	if (hit->end <= hit->start) { /* the blank behind the last piece */
		hit->start = 0;
		hit->end = bytes_of(s, piece, from, from + 1);
	}
}

/* from: where the words of this piece begin. */
static bool
scan(struct offline_speech *s, struct str piece, size_t from,
    struct offline_hit *hit)
{
	size_t at = s->again - s->base;

	s->again = s->base + s->words.len;
	for (; at < s->words.len; at++) {
		size_t end, start;
		uint16_t classes = may_begin(s, at) ? note(s, at, from, &end)
						    : 0;

		start = classes ? find_order(s, at, classes) : 0;
		if (!start)
			continue;
		start = start > s->base ? start - 1 - s->base : 0;
		place(s, piece, from, start, end, hit);
		reset(s);
		return true;
	}
	return false;
}

static bool
scan_piece(struct offline_speech *s, struct str piece, bool is_last,
    struct offline_hit *hit)
{
	size_t from = s->words.len;

	offline_fold(&s->words, piece, SIZE_MAX);
	if (is_last)
		offline_fold_gap(&s->words);
	if (scan(s, piece, from, hit))
		return true;
	forget(s);
	return false;
}

/* --- the markup of chats --- */

/* "<|im_start|>": bytes of it at the start of text, or 0. */
static size_t
markup_len(struct str text)
{
	static const char *const marks[] = { "[INST]", "[/INST]", "<<SYS>>",
		"<</SYS>>", "<start_of_turn>", "<end_of_turn>" };
	size_t n;

	for (size_t i = 0; i < countof(marks); i++)
		if (str_starts(text, marks[i]))
			return strlen(marks[i]);
	if (!str_starts(text, "<|"))
		return 0;
	n = 2 + offline_word(str_skip(text, 2), "_");
	return n > 4 && str_starts(str_skip(text, n), "|>") ? n + 2 : 0;
}

static bool
find_markup(struct str line, struct offline_hit *hit)
{
	for (size_t at = 0; at < line.len; at++) {
		size_t n = 0;

		if (line.data[at] == '<' || line.data[at] == '[')
			n = markup_len(str_skip(line, at));
		if (!n)
			continue;
		hit->start = at;
		hit->end = at + n;
		buf_add_text(&hit->message,
		    "markup of a model's chat; it is treated as data");
		return true;
	}
	return false;
}

bool
offline_injection(
    struct offline_speech *s, struct str line, struct offline_hit *hit)
{
	bool found = false;

	hit->severity = FINDING_LOW;
	for (size_t at = 0; at < line.len && !found; at += PIECE) {
		struct str piece = str_skip(line, at);

		if (piece.len > PIECE)
			piece.len = PIECE;
		found = scan_piece(s, piece, at + PIECE >= line.len, hit);
		hit->start += found ? at : 0;
		hit->end += found ? at : 0;
	}
	if (found)
		buf_add_text(&hit->message,
		    "this speaks to a model that reads it; it is treated as "
		    "data");
	return found || find_markup(line, hit);
}
