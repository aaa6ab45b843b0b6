/* progress - how far a transfer is, as a line of text. */
#include "progress.h"

#include "units.h"
#include "utf8.h"

enum { SAMPLE_MS = 1000, RATE_AFTER_MS = 500, WORD_MAX = 80 };

void
progress_add(struct progress *p, int64_t done, int64_t total, int64_t now_ms)
{
	size_t last = (p->nsamples + PROGRESS_SAMPLES - 1) % PROGRESS_SAMPLES;
	size_t next = p->nsamples % PROGRESS_SAMPLES;

	p->done = done;
	p->total = total;
	if (p->nsamples && now_ms - p->samples[last].at_ms < SAMPLE_MS)
		return;
	p->samples[next].at_ms = now_ms;
	p->samples[next].done = done;
	p->nsamples++;
}

int64_t
progress_rate(const struct progress *p, int64_t now_ms)
{
	size_t first = p->nsamples < PROGRESS_SAMPLES
	    ? 0
	    : p->nsamples % PROGRESS_SAMPLES;
	int64_t ms = now_ms - p->samples[first].at_ms;
	int64_t bytes = p->done - p->samples[first].done;

	if (!p->nsamples || ms < RATE_AFTER_MS || bytes < 0)
		return -1;
	return (int64_t)((double)bytes * 1000 / (double)ms);
}

int64_t
progress_left(const struct progress *p, int64_t now_ms)
{
	int64_t rate = progress_rate(p, now_ms);
	double left = (double)p->total - (double)p->done;

	if (rate <= 0 || left < 0 || left / (double)rate > 1e9)
		return -1;
	return (int64_t)(left / (double)rate * 1000);
}

/* What else than ASCII a name holds might be of any width. */
static size_t
add_name(const char *name, size_t columns, char *line)
{
	struct str rest = str_of(name);
	size_t n = 0;

	while (rest.len && n < columns) {
		uint32_t cp;
		int len = utf8_decode(rest, &cp);

		line[n++] = len == 1 && cp >= ' ' && cp < 0x7f ? (char)cp : '?';
		rest = str_skip(rest, len > 1 ? (size_t)len : 1);
	}
	if (rest.len && n > 2)
		memcpy(line + n - 2, "..", 2);
	line[n] = 0;
	return n;
}

/* The words of a line behind the name, in order. */
enum { SHARE, BYTES, RATE, LEFT, WORDS };

static void
write_words(const struct progress *p, int64_t now_ms, char words[][WORD_MAX])
{
	char done[UNITS_TEXT_MAX], text[UNITS_TEXT_MAX];
	int64_t rate = progress_rate(p, now_ms);
	int64_t left = progress_left(p, now_ms);
	int64_t some = p->done < p->total ? p->done : p->total;

	memset(words, 0, sizeof(char[WORDS][WORD_MAX]));
	units_say_size(p->done, done);
	units_say_size(p->total, text);
	if (p->total > 0) {
		snprintf(words[SHARE], WORD_MAX, "%d %%",
		    (int)(100 * (double)some / (double)p->total));
		snprintf(words[BYTES], WORD_MAX, "%s of %s", done, text);
	} else if (p->done > 0) {
		snprintf(words[BYTES], WORD_MAX, "%s", done);
	}
	units_say_size(rate, text);
	if (rate >= 0)
		snprintf(words[RATE], WORD_MAX, "%s/s", text);
	units_say_duration(left, text);
	if (left >= 0 && p->total > 0)
		snprintf(words[LEFT], WORD_MAX, "%s left", text);
}

/* Columns of the first n words, with two blanks before each. */
static size_t
words_width(char words[][WORD_MAX], size_t n)
{
	size_t width = 0;

	for (size_t i = 0; i < n; i++)
		if (words[i][0])
			width += strlen(words[i]) + 2;
	return width;
}

void
progress_line(const struct progress *p, const char *name, int64_t now_ms,
    size_t columns, char line[PROGRESS_LINE_MAX])
{
	enum { NAME_MIN = 12 };
	char words[WORDS][WORD_MAX];
	size_t n = WORDS, name_width = strlen(name), at;

	if (columns >= PROGRESS_LINE_MAX)
		columns = PROGRESS_LINE_MAX - 1;
	if (name_width > NAME_MIN)
		name_width = NAME_MIN;
	write_words(p, now_ms, words);
	while (n && name_width + words_width(words, n) > columns)
		n--;
	at = add_name(name, columns - words_width(words, n), line);
	for (size_t i = 0; i < n; i++)
		if (words[i][0])
			at += (size_t)snprintf(line + at,
			    PROGRESS_LINE_MAX - at, "  %s", words[i]);
}
