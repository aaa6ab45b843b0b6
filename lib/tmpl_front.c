/* tmpl - a template as a file: its text, and its front matter. */
#include "tmpl.h"

#include "span.h"
#include "utf8.h"

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

bool
tmpl_is_name(struct str s)
{
	if (!s.len || s.len > TMPL_NAME_MAX || s.data[0] == '.' ||
	    s.data[0] == '-')
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!is_name_char(s.data[i]))
			return false;
	return true;
}

int
tmpl_clean(struct buf *text, struct err *e)
{
	struct str s = buf_str(text);
	size_t out = 0;

	if (s.len > TMPL_FILE_MAX)
		return err_set(
		    e, ST_USAGE, "larger than %d KiB", TMPL_FILE_MAX >> 10);
	if (utf8_valid(s) != s.len || str_has_nul(s))
		return err_set(e, ST_USAGE, "it is not UTF-8 text");
	s = str_skip_bom(s);
	for (size_t i = 0; i < s.len; i++)
		if (s.data[i] != '\r' || i + 1 == s.len ||
		    s.data[i + 1] != '\n')
			text->data[out++] = s.data[i];
	text->len = out;
	if (text->data)
		text->data[out] = 0;
	return 0;
}

int
tmpl_front(struct str *text, struct str *front, struct err *e)
{
	struct str rest = *text;
	struct str line = str_cut(&rest, '\n');
	const char *from = rest.data;

	*front = (struct str){ 0 };
	if (!str_is(line, "---"))
		return 0;
	while (rest.data) {
		line = str_cut(&rest, '\n');
		if (str_is(str_trim(line), "---")) {
			*front = (struct str){ from,
				(size_t)(line.data - from) };
			*text = rest;
			return 0;
		}
	}
	return err_set(
	    e, ST_USAGE, "the front matter has no end: no second line '---'");
}

int
tmpl_front_next(struct str *front, size_t *line, struct str *key,
    struct buf *value, struct err *e)
{
	while (front->len) {
		struct str text = str_cut(front, '\n');

		++*line;
		text = str_trim(text);
		if (!text.len || text.data[0] == '#')
			continue;
		*key = str_trim(str_cut(&text, ':'));
		if (!text.data || !tmpl_is_name(*key))
			return err_set(e, ST_USAGE, "not 'key: value'");
		text = str_trim(text);
		buf_clear(value);
		if (!str_starts(text, "\""))
			return buf_add(value, text) ? -1 : 1;
		if (!span_valid(text) || span_text(text, NULL, value) ||
		    str_has_nul(buf_str(value)))
			return err_set(
			    e, ST_USAGE, "not a string in double quotes");
		return 1;
	}
	return 0;
}
