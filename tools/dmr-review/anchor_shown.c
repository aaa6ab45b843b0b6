/* dmr-review: quotes of lines that a prompt does not show as they are. */
#include "anchor_search.h"

#include "show.h"

void
anchor_show_quote(struct buf *out, struct str quote)
{
	while (quote.data) {
		struct str line = str_cut(&quote, '\n');

		if (str_ends(line, "\r"))
			line.len--;
		show_text(out, line);
		if (quote.data)
			buf_add_char(out, '\n');
	}
}

/* Bytes of an escape; 0: none begins there.  Any backslash may be one. */
static size_t
escape_length(struct str text)
{
	size_t n;

	if (!str_starts(text, "\\"))
		return 0;
	if (str_starts(text, "\\x"))
		return text.len < 4 ? text.len : 4;
	if (!str_starts(text, "\\u{"))
		return 1;
	n = str_find(text, STR("}"));
	return n < text.len ? n + 1 : n;
}

/* Cut off what stands before the next escape, and that. */
static struct str
cut_plain(struct str *text)
{
	struct str plain = { text->data, 0 };

	while (plain.len < text->len && text->data[plain.len] != '\\')
		plain.len++;
	*text = str_skip(*text, plain.len);
	*text = str_skip(*text, escape_length(*text));
	return str_trim(plain);
}

/* Are these the words of the line, with something else, no longer, or nothing
 * in the place of its escapes? */
static bool
is_copy(struct str line, struct str words)
{
	bool is_first = true, has_any = false;

	if (words.len > line.len)
		return false;
	while (line.len) {
		struct str plain = cut_plain(&line);
		size_t at = plain.len ? str_find(words, plain) : 0;

		if (plain.len && (at == words.len || (is_first && at > 0)))
			return false;
		words = str_skip(words, at + plain.len);
		has_any |= plain.len > 0;
		is_first = false;
	}
	return has_any;
}

static bool
is_copied_from(const struct anchor_search *s, struct str line, bool is_removed)
{
	for (size_t k = 0; k < s->quote.nlines; k++) {
		const struct anchor_quote_line *quoted = &s->quote.lines[k];

		if (quoted->words[0].len &&
		    anchor_fits(quoted, line, is_removed) == ANCHOR_NO_FORM &&
		    is_copy(line, quoted->words[0]))
			return true;
	}
	return false;
}

bool
anchor_may_be_escaped(const struct anchor_search *s)
{
	const struct anchor_index *index = s->all->index;
	bool has_hash = s->whole_hashed.n > 0 || s->part_hashed.n > 0;

	for (size_t i = 0; i < s->all->nlines; i++)
		if (index->is_escaped[i] &&
		    (!has_hash || anchor_has_hash(s, i)) &&
		    is_copied_from(s, index->lines[i], false))
			return true;
	for (size_t i = 0; i < s->all->nremoved && !has_hash; i++)
		if (index->is_escaped[s->all->nlines + i] &&
		    is_copied_from(s, index->removed[i], true))
			return true;
	return false;
}
