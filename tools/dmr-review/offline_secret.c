/* dmr-review: strings that look like keys, and lines without them. */
#include "mem.h"
#include "offline_parts.h"

void
offline_add_secret(struct offline_secrets *s, size_t start, size_t end,
    const char *what, enum finding_severity severity)
{
	s->items = mem_grow(s->items, &s->capacity, s->n + 1, sizeof *s->items);
	s->items[s->n++] = (struct offline_secret){
		.start = start,
		.end = end,
		.what = what,
		.severity = severity,
	};
}

void
offline_secrets_restart(struct offline_secrets *s)
{
	memset(&s->before, 0, sizeof s->before);
}

void
offline_secrets(struct offline_secrets *s, struct str line)
{
	s->n = 0;
	offline_private_key(s, line);
	offline_keys(s, line);
	offline_passwords(s, line);
	offline_base64(s, line);
}

size_t
offline_word(struct str text, const char *more)
{
	size_t n = 0;

	for (; n < text.len; n++) {
		char c = text.data[n];
		bool is_letter = (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

		if (!is_letter && (!c || !strchr(more, c)))
			break;
	}
	return n;
}

enum offline_masked
offline_mask(const struct offline_secrets *s, char *line)
{
	enum offline_masked worst = OFFLINE_CLEAR;

	for (size_t i = 0; i < s->n; i++) {
		const struct offline_secret *secret = &s->items[i];
		enum offline_masked now = secret->is_doubtful ? OFFLINE_DOUBTFUL
							      : OFFLINE_MASKED;

		if (secret->is_shown)
			continue;
		memset(line + secret->start, '*', secret->end - secret->start);
		if (now > worst)
			worst = now;
	}
	return worst;
}

bool
offline_goes_on(const struct diff_file *file, size_t hunk)
{
	const struct diff_hunk *now = &file->hunks[hunk];

	return hunk && now[-1].new_start + now[-1].new_count == now->new_start;
}

/* --- all lines of a section --- */

struct search {
	struct offline_secrets old, new, heading;
	struct buf masked; /* a line */
	offline_hidden *found;
	void *owner;
	size_t n;
};

/* Mask a line as one of a side, which may be not the only one. */
static void
mask_side(struct search *s, struct offline_secrets *side, struct str line,
    enum offline_masked *worst)
{
	enum offline_masked now;

	offline_secrets(side, line);
	now = offline_mask(side, s->masked.data);
	if (now > *worst)
		*worst = now;
}

static void
search_line(struct search *s, const struct diff_line *line)
{
	enum offline_masked worst = OFFLINE_CLEAR;

	buf_clear(&s->masked);
	buf_add(&s->masked, line->text);
	if (!line->whole.data)
		mask_side(s, &s->heading, line->text, &worst);
	else if (line->kind != DIFF_ADDED)
		mask_side(s, &s->old, line->text, &worst);
	if (line->whole.data && line->kind != DIFF_REMOVED)
		mask_side(s, &s->new, line->text, &worst);
	if (worst)
		s->found(s->owner, line, buf_str(&s->masked),
		    worst == OFFLINE_DOUBTFUL);
	s->n += worst == OFFLINE_MASKED;
}

static void
search_hunk(struct search *s, const struct diff_hunk *hunk)
{
	const struct diff_line heading = { .kind = DIFF_CONTEXT,
		.text = hunk->heading };
	struct diff_lines lines = diff_lines(hunk);
	struct diff_line line;

	while (diff_lines_next(&lines, &line))
		search_line(s, &line);
	offline_secrets_restart(&s->heading);
	if (hunk->heading.len)
		search_line(s, &heading);
}

size_t
offline_secret_lines(
    const struct diff_file *file, offline_hidden *found, void *owner)
{
	struct search s = {
		.masked.max = SIZE_MAX / 2, .found = found, .owner = owner
	};

	for (size_t i = 0; i < file->nhunks; i++) {
		if (!offline_goes_on(file, i)) {
			offline_secrets_restart(&s.old);
			offline_secrets_restart(&s.new);
		}
		search_hunk(&s, &file->hunks[i]);
	}
	free(s.old.items);
	free(s.new.items);
	free(s.heading.items);
	buf_done(&s.masked);
	return s.n;
}

/* See offline_hidden. */
static void
overwrite(void *owner, const struct diff_line *line, struct str masked,
    bool is_doubtful)
{
	struct diff_file *file = owner;

	(void)is_doubtful;
	memcpy(file->bytes + (line->text.data - file->bytes), masked.data,
	    masked.len);
}

size_t
offline_redact(struct diff_file *file)
{
	return offline_secret_lines(file, overwrite, file);
}

size_t
offline_redact_text(struct str text, struct buf *out)
{
	struct offline_secrets s = { 0 };
	size_t at = out->len, n = 0;

	if (buf_add(out, text))
		return 0;
	while (text.len) {
		struct str line = str_cut(&text, '\n');

		offline_secrets(&s, line);
		n += offline_mask(&s, out->data + at) == OFFLINE_MASKED;
		at += line.len + 1;
	}
	free(s.items);
	return n;
}

size_t
offline_redact_buf(struct buf *text)
{
	struct buf masked = { .max = SIZE_MAX / 2 };
	size_t n = offline_redact_text(buf_str(text), &masked);

	if (masked.len)
		memcpy(text->data, masked.data, masked.len);
	buf_done(&masked);
	return n;
}
