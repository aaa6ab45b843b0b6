/* docstring_words - sentences as the conventions want them. */
#include "docstring_parts.h"
#include "docstring_style.h"

enum { PART_MIN = 16 }; /* bytes of the first part of a summary */

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* --- sentences --- */

/* A word of small letters alone: no identifier. */
static bool
is_plain_word(struct str text)
{
	size_t n = 0;

	while (n < text.len && is_lower(text.data[n]))
		n++;
	return n && (n == text.len || strchr(" ,.;:'-", text.data[n]));
}

static void
capitalise(char *text, size_t len)
{
	if (is_plain_word((struct str){ text, len }))
		text[0] = (char)(text[0] - 'a' + 'A');
}

void
docstring_uncapitalise(char *text)
{
	if (is_upper(text[0]) && (is_lower(text[1]) || text[1] == ' '))
		text[0] = (char)(text[0] - 'A' + 'a');
}

static void
add_uncapitalised(struct str text, struct buf *out)
{
	size_t from = out->len;

	buf_add(out, text);
	if (out->len > from)
		docstring_uncapitalise(out->data + from);
}

bool
docstring_ends_sentence(struct str text)
{
	return str_ends(text, ".") || str_ends(text, "!") ||
	    str_ends(text, "?") || str_ends(text, "\u3002") ||
	    str_ends(text, "\uff01") || str_ends(text, "\uff1f");
}

static void
end_sentence(struct buf *out, size_t from, bool period)
{
	while (out->len > from && strchr(",;:- ", out->data[out->len - 1]))
		out->len--;
	if (period)
		while (out->len > from && strchr("!?", out->data[out->len - 1]))
			out->len--;
	if (!docstring_ends_sentence(str_skip(buf_str(out), from)))
		buf_add_char(out, '.');
}

void
docstring_sentence(struct str prose, struct buf *out)
{
	size_t from = out->len;

	while (prose.len) {
		struct str line = str_cut(&prose, '\n');

		if (str_starts(line, "- "))
			line = str_skip(line, 2);
		if (out->len > from)
			end_sentence(out, from, false);
		if (out->len > from)
			buf_add_char(out, ' ');
		buf_add(out, line);
	}
	if (out->len == from)
		return;
	capitalise(out->data + from, out->len - from);
	end_sentence(out, from, false);
}

bool
docstring_is_sentence_end(struct str line, size_t i)
{
	static const char *const short_words[] = { "e.g.", "i.e.", "vs.",
		"etc." };
	struct str head = { line.data, i + 1 };
	struct str next = str_skip(line, i + 2);

	if (i < 8 || !next.len || !strchr(".!?", line.data[i]) ||
	    line.data[i + 1] != ' ' || !is_upper(next.data[0]) ||
	    !docstring_may_begin(str_cut(&next, ' ')))
		return false;
	for (size_t w = 0; w < countof(short_words); w++)
		if (str_ends(head, short_words[w]))
			return false;
	return true;
}

size_t
docstring_sentence_end(struct str line)
{
	bool in_code = false;

	for (size_t i = 0; i < line.len; i++) {
		in_code ^= line.data[i] == '`';
		if (!in_code && docstring_is_sentence_end(line, i))
			return i + 1;
	}
	return line.len;
}

/* --- summaries --- */

static bool
cut_word(struct str *text, const char *word)
{
	size_t n = strlen(word);

	if (!docstring_starts_like(*text, word) || n >= text->len ||
	    text->data[n] != ' ')
		return false;
	*text = str_skip(*text, n + 1);
	return true;
}

/* One of the words, cut off; its index, or SIZE_MAX. */
static size_t
cut_one(struct str *text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (cut_word(text, words[i]))
			return i;
	return SIZE_MAX;
}

/* "This function is used to": it says no more than the code does. */
static void
cut_opening(struct str *text)
{
	static const char *const articles[] = { "this", "the", "a", "an" };
	static const char *const things[] = { "function", "method", "class",
		"constructor", "struct", "structure", "type", "interface",
		"enum", "trait", "macro", "module", "package", "script",
		"program", "procedure", "routine", "constant", "variable",
		"field", "property", "generator", "coroutine", "test" };
	static const char *const links[] = { "is used to", "can be used to",
		"is responsible for", "is", "will", "that", "which", "simply" };
	struct str rest = *text;
	size_t article = cut_one(&rest, articles, countof(articles));
	size_t thing = cut_one(&rest, things, countof(things));
	size_t link;

	if (article == SIZE_MAX || (article > 0 && thing == SIZE_MAX))
		return;
	link = cut_one(&rest, links, countof(links));
	if (link != SIZE_MAX || article == 0 || (article == 1 && thing < 2))
		*text = rest;
}

/* Append text without the "(...)" of name(...): a signature is no summary. */
static void
add_without_call(struct str text, struct str name, struct buf *out)
{
	while (text.len) {
		size_t at = name.len ? str_find(text, name) : text.len;
		struct str behind = str_skip(text, at + name.len);
		size_t close = str_find(behind, STR(")"));

		if (at == text.len || !str_starts(behind, "(") ||
		    close == behind.len)
			close = 0;
		else
			close++;
		if (at + name.len > text.len)
			at = text.len - name.len;
		buf_add(out, (struct str){ text.data, at + name.len });
		text = str_skip(behind, close);
	}
}

/* "name - Text", "name: Text" */
static void
cut_name(struct str *text, struct str name)
{
	static const char *const marks[] = { ": ", " - ", " \u2014 ",
		" \u2013 " };
	struct str behind = str_skip(*text, name.len);

	if (!name.len || text->len < name.len ||
	    memcmp(text->data, name.data, name.len) != 0)
		return;
	for (size_t i = 0; i < countof(marks); i++)
		if (str_starts(behind, marks[i]))
			*text = str_skip(behind, strlen(marks[i]));
}

/* --- verbs --- */

/* Is it one that follows a verb, and hardly a noun? */
static bool
is_object(struct str text)
{
	static const char *const words[] = { "a", "an", "the", "all", "any",
		"each", "every", "whether", "if", "that", "its", "their", "two",
		"one", "new", "true", "false", "none", "null" };

	for (size_t i = 0; i < countof(words); i++)
		if (cut_word(&text, words[i]))
			return true;
	return false;
}

/* "Returns the sum" -> "Return the sum" */
static void
add_imperative(struct str text, struct buf *out)
{
	struct str rest = text, verb = str_cut(&rest, ' ');
	size_t from = out->len;
	bool known = docstring_starts_like(verb, "returns") ||
	    docstring_starts_like(verb, "yields");

	if (!str_ends(verb, "s") || str_ends(verb, "ss") ||
	    str_ends(verb, "us") || str_ends(verb, "is") || verb.len < 4 ||
	    !rest.len || (!known && !is_object(rest))) {
		buf_add(out, text);
		return;
	}
	buf_add(out, verb);
	out->len--;
	verb = str_skip(buf_str(out), from);
	if (str_ends(verb, "ie")) {
		out->len -= 2;
		buf_add_char(out, 'y');
	} else if (str_ends(verb, "sse") || str_ends(verb, "she") ||
	    str_ends(verb, "che") || str_ends(verb, "xe") ||
	    str_ends(verb, "oe")) {
		out->len--;
	}
	buf_add_char(out, ' ');
	buf_add(out, rest);
}

/* "Return the sum" -> "returns the sum" */
static void
add_indicative(struct str text, struct buf *out)
{
	struct str rest = text, verb = str_cut(&rest, ' ');
	bool spelt = str_ends(verb, "ss") || str_ends(verb, "sh") ||
	    str_ends(verb, "ch") || str_ends(verb, "x") || str_ends(verb, "o");

	add_uncapitalised(verb, out);
	if (str_ends(verb, "y") && verb.len > 1 &&
	    !strchr("aeiou", verb.data[verb.len - 2])) {
		out->len--;
		buf_add_text(out, "ies");
	} else if (!str_ends(verb, "s") || spelt) {
		buf_add_text(out, spelt ? "es" : "s");
	}
	if (rest.len)
		buf_add_char(out, ' ');
	buf_add(out, rest);
}

static bool
is_article(struct str text)
{
	return cut_word(&text, "a") || cut_word(&text, "an") ||
	    cut_word(&text, "the");
}

static bool
is_callable(struct str kind)
{
	return str_is(kind, "function") || str_is(kind, "method") ||
	    str_is(kind, "constructor") || str_is(kind, "macro");
}

/* Does text begin with "name ", or an article and that? */
static bool
is_about(struct str text, struct str name)
{
	if (is_article(text))
		str_cut(&text, ' ');
	return name.len && text.len > name.len &&
	    !memcmp(text.data, name.data, name.len) &&
	    text.data[name.len] == ' ';
}

/* Is the first word a verb?  Of a function it is, unless "of" follows. */
static bool
has_verb(struct str text, bool acts)
{
	struct str rest = text, verb = str_cut(&rest, ' ');

	if (is_article(text) || cut_word(&rest, "of"))
		return false;
	return acts || (str_ends(verb, "s") && is_object(rest));
}

/* Go: a sentence about the name, which begins it. */
static void
add_named(struct str text, const struct docstring_place *place, struct buf *out)
{
	bool is_package = str_is(place->kind, "package");
	struct str rest = text;

	str_cut(&rest, ' ');
	if (is_package ? str_starts(text, "Package ")
		       : is_about(text, place->name)) {
		buf_add(out, text);
		return;
	}
	if (is_package)
		buf_add_text(out, "Package ");
	buf_add(out, place->name);
	buf_add_char(out, ' ');
	if (has_verb(text, is_package || is_callable(place->kind))) {
		add_indicative(text, out);
		return;
	}
	buf_add_text(out, cut_word(&rest, "of") ? "is the " : "is ");
	add_uncapitalised(text, out);
}

/* The last place to break a sentence that is too long: two blanks are there. */
static size_t
part_end(struct str line, size_t columns)
{
	static const char *const marks[] = { "; ", " - ", " \u2014 ",
		" \u2013 " };
	size_t end = line.len;
	bool in_code = false;

	if (docstring_columns(line) <= columns)
		return end;
	for (size_t i = 0; i < line.len; i++) {
		struct str head = { line.data, i };

		in_code ^= line.data[i] == '`';
		for (size_t m = 0; m < countof(marks) && !in_code; m++)
			if (i >= PART_MIN &&
			    docstring_columns(head) < columns &&
			    str_starts(str_skip(line, i), marks[m]))
				end = i + strlen(marks[m]) - 1;
	}
	return end;
}

size_t
docstring_summary(struct str prose, const struct docstring_place *place,
    size_t columns, struct buf *out)
{
	enum docstring_mood mood = place->style->mood;
	struct str rest = prose, line = str_cut(&rest, '\n');
	size_t from = out->len, end;
	struct buf bare = { 0 };

	line.len = docstring_sentence_end(line);
	end = line.len = part_end(line, columns);
	if (str_starts(line, "- "))
		line = str_skip(line, 2);
	add_without_call(line, place->name, &bare);
	line = buf_str(&bare);
	cut_name(&line, place->name);
	cut_opening(&line);
	if (mood == MOOD_NAMED)
		add_named(line, place, out);
	else if (mood == MOOD_IMPERATIVE && is_callable(place->kind))
		add_imperative(line, out);
	else
		buf_add(out, line);
	buf_done(&bare);
	if (out->len == from)
		return end + 1;
	if (mood != MOOD_NAMED)
		capitalise(out->data + from, out->len - from);
	end_sentence(out, from, place->style->flags & STYLE_PERIOD);
	return end + 1;
}
