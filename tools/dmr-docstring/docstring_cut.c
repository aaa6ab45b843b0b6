/* docstring_cut - texts that end too early, or say a thing twice. */
#include "docstring_parts.h"

static size_t
count_characters(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += (text.data[i] & 0xc0) != 0x80;
	return n;
}

/* A server stops at the greatest length, or just before it. */
bool
docstring_is_cut(struct str text, size_t max)
{
	return count_characters(text) >= max - max / 50 &&
	    !docstring_ends_sentence(str_trim(text));
}

/* Up to the last sentence that is whole; nothing if there is none. */
static struct str
whole_sentences(struct str text)
{
	struct str whole = { text.data, 0 };

	for (size_t i = 0; i < text.len; i++) {
		struct str head = { text.data, i + 1 };

		if (text.data[i] == '\n' || docstring_is_sentence_end(text, i))
			whole = docstring_ends_sentence(str_trim(head)) ? head
									: whole;
	}
	return whole;
}

/* Without its last word, which may be half of one. */
static struct str
whole_words(struct str text)
{
	struct str words = text;

	while (words.len && !strchr(" \n", words.data[words.len - 1]))
		words.len--;
	words = str_trim(words);
	while (words.len && strchr(",;:-.", words.data[words.len - 1]))
		words.len--;
	return words.len ? words : text;
}

void
docstring_add_whole(struct str text, struct buf *out)
{
	struct str whole = whole_sentences(text);

	if (whole.len) {
		buf_add(out, whole);
		return;
	}
	buf_add(out, whole_words(text));
	buf_add_text(out, "...");
}

/* --- repetitions --- */

/* The next sentence of a line, without the blank behind it. */
static struct str
next_sentence(struct str *line)
{
	struct str sentence = { line->data, docstring_sentence_end(*line) };

	*line = str_skip(*line, sentence.len + 1);
	return sentence;
}

/* Does `said`, lines of sentences, hold this one? */
static bool
is_said(struct str said, struct str sentence)
{
	while (said.len) {
		struct str line = str_cut(&said, '\n');

		if (str_starts(line, "- "))
			line = str_skip(line, 2);
		while (line.len)
			if (str_equal(next_sentence(&line), sentence))
				return true;
	}
	return false;
}

static void
add_new_sentences(struct str line, size_t from, struct buf *out)
{
	size_t start = out->len, begin;

	if (str_starts(line, "- ")) {
		buf_add_text(out, "- ");
		line = str_skip(line, 2);
	}
	begin = out->len;
	while (line.len) {
		struct str sentence = next_sentence(&line);

		if (is_said(str_skip(buf_str(out), from), sentence))
			continue;
		if (out->len > begin)
			buf_add_char(out, ' ');
		buf_add(out, sentence);
	}
	if (out->len == begin)
		out->len = start;
	else
		buf_add_char(out, '\n');
}

void
docstring_add_once(struct str prose, struct buf *out)
{
	size_t from = out->len;

	while (prose.len)
		add_new_sentences(str_cut(&prose, '\n'), from, out);
}
