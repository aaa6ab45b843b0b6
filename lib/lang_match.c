/* lang_match - which files are written in a language. */
#include "lang_parts.h"

enum { MODE_LINES = 5 }; /* at the start of a file */

static struct str
base_name(struct str path)
{
	struct str rest = path;

	while (rest.data)
		path = str_cut(&rest, '/');
	return path;
}

/* length: of the suffix that fits; the longest of all languages wins. */
bool
lang_has_path(const struct lang *lang, struct str path, size_t *length)
{
	struct str name = base_name(path);

	*length = name.len;
	if (lang_has_word(lang, "names", name))
		return true;
	for (size_t at = 0; at < name.len; at++) {
		*length = name.len - at;
		if (name.data[at] == '.' &&
		    lang_has_word(lang, "suffixes", str_skip(name, at)))
			return true;
	}
	return false;
}

static struct str
next_word(struct str *rest)
{
	struct str word = { 0 };

	while (rest->len && !word.len)
		word = str_trim(str_cut(rest, ' '));
	return word;
}

/* The program of "#!/usr/bin/env -S NAME ..." or "#!/bin/NAME3.11". */
static struct str
interpreter(struct str line)
{
	struct str word = base_name(next_word(&line));

	if (str_is(word, "env"))
		do
			word = base_name(next_word(&line));
		while (str_starts(word, "-") ||
		    str_find(word, STR("=")) < word.len);
	return word;
}

static bool
has_interpreter(const struct lang *lang, struct str name)
{
	while (name.len && !lang_has_word(lang, "interpreters", name) &&
	    strchr("0123456789.-", name.data[name.len - 1]))
		name.len--;
	return name.len && lang_has_word(lang, "interpreters", name);
}

/* A mode of an editor: a language's name, or what its files end with. */
static bool
has_mode(const struct lang *lang, struct str mode)
{
	struct str rest = lang_setting(lang, "suffixes");

	if (!mode.len)
		return false;
	if (str_is(mode, lang_name(lang)) ||
	    lang_has_word(lang, "interpreters", mode))
		return true;
	while (rest.len)
		if (str_equal(mode, str_skip(next_word(&rest), 1)))
			return true;
	return false;
}

/* What stands behind the mark, up to a blank, ":" or ";". */
static struct str
value_of(struct str line, const char *mark)
{
	struct str text = str_of(mark);
	size_t at = str_find(line, text), n = 0;

	if (at == line.len)
		return (struct str){ 0 };
	line = str_skip(line, at + text.len);
	while (line.len && line.data[0] == ' ')
		line = str_skip(line, 1);
	while (n < line.len && !strchr(" \t\r:;", line.data[n]))
		n++;
	return (struct str){ line.data, n };
}

/* "-*- mode: c -*-", "-*- c -*-", "vim: set ft=c:". */
static bool
has_mode_line(const struct lang *lang, struct str line)
{
	if (str_find(line, STR("-*-")) < line.len)
		return has_mode(lang, value_of(line, "mode:")) ||
		    has_mode(lang, value_of(line, "-*-"));
	if (str_find(line, STR("vim:")) == line.len)
		return false;
	return has_mode(lang, value_of(line, " ft=")) ||
	    has_mode(lang, value_of(line, " filetype="));
}

bool
lang_has_text(const struct lang *lang, struct str text)
{
	struct str rest = str_skip_bom(text);

	if (str_starts(rest, "#!")) {
		struct str line = str_cut(&rest, '\n');

		if (has_interpreter(lang, interpreter(str_skip(line, 2))))
			return true;
		rest = text;
	}
	for (int i = 0; i < MODE_LINES && rest.len; i++)
		if (has_mode_line(lang, str_cut(&rest, '\n')))
			return true;
	return false;
}
