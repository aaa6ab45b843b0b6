/*
 * finding - the fingerprint, by which a finding is known again.
 *
 * It is made of what stays when lines are added above or the words change.
 */
#include "crypto.h"
#include "finding_alike.h"
#include "finding_parts.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Cut off the next word; false: there is none. */
static bool
next_word(struct str *text, struct str *word)
{
	size_t from = 0, end;

	while (from < text->len && is_space(text->data[from]))
		from++;
	for (end = from; end < text->len && !is_space(text->data[end]); end++)
		;
	*word = (struct str){ text->data + from, end - from };
	*text = str_skip(*text, end);
	return word->len > 0;
}

uint64_t
finding_hash(uint64_t hash, struct str text)
{
	struct str word;

	while (next_word(&text, &word))
		hash = str_hash(hash, word);
	return str_hash(hash, (struct str){ 0 });
}

/* One blank for each run of white space, none at the ends. */
static void
add_plain(struct buf *out, struct str text)
{
	struct str word;
	size_t from = out->len;

	while (next_word(&text, &word)) {
		if (out->len > from)
			buf_add_char(out, ' ');
		buf_add(out, word);
	}
	buf_add_char(out, '\n');
}

/* A place that can be: no line before the first, no end before the start. */
static void
settle(struct finding *f)
{
	if (f->is_unplaced)
		f->line = 0;
	if (f->end_line < f->line || !f->line)
		f->end_line = f->line;
	if (!f->line || (f->end_line == f->line && f->end < f->start))
		f->start = f->end = 0;
}

void
finding_identify(struct finding *f)
{
	char number[48], hex[CRYPTO_SHA256_HEX + 1];
	struct buf plain = { 0 };
	struct str parts[] = { finding_path(f->path), str_of(f->category),
		str_of(f->rule), f->symbol, { 0 }, { number, 0 } };

	settle(f);
	if (f->fingerprint[0])
		return;
	add_plain(&plain, f->line ? f->above : (struct str){ 0 });
	add_plain(&plain, f->line ? f->line_text : f->quote);
	add_plain(&plain, f->line ? f->below : (struct str){ 0 });
	parts[4] = buf_str(&plain);
	parts[5].len = (size_t)snprintf(number, sizeof number,
	    f->variant ? "%zu.%u" : "%zu", f->line ? f->nalike : 0, f->variant);
	crypto_sha256_list(parts, countof(parts), hex);
	memcpy(f->fingerprint, hex, sizeof f->fingerprint - 1);
	buf_done(&plain);
}
