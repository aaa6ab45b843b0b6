/* dmr-docstring: a part of a file is read, for --only-doc. */
#include "fragment.h"

/* The blanks that the first line of a fragment that has text begins with. */
static struct str
find_margin(struct str text)
{
	struct str line, margin = { text.data, 0 };

	while (text.len) {
		line = str_cut(&text, '\n');
		if (str_is_blank(line))
			continue;
		margin.data = line.data;
		while (margin.len < line.len &&
		    (line.data[margin.len] == ' ' ||
			line.data[margin.len] == '\t'))
			margin.len++;
		return margin;
	}
	return margin;
}

void
fragment_cut_margin(struct buf *bytes)
{
	struct buf moved = { .max = SYNTAX_TEXT_MAX };
	struct str rest = buf_str(bytes), margin = find_margin(rest);

	while (rest.data) {
		struct str line = str_cut(&rest, '\n');
		size_t n = 0;

		while (n < margin.len && n < line.len &&
		    line.data[n] == margin.data[n])
			n++;
		buf_add(&moved, str_skip(line, n));
		if (rest.data)
			buf_add_char(&moved, '\n');
	}
	buf_done(bytes);
	*bytes = moved;
}

/* The setting's text, the fragment in lines of its own for "%". */
static size_t
wrap(struct str setting, struct str text, struct buf *out)
{
	struct str before = str_cut(&setting, '%');
	size_t at;

	out->max = SYNTAX_TEXT_MAX;
	buf_add(out, str_trim(before));
	buf_add_char(out, '\n');
	at = out->len;
	buf_add(out, text);
	buf_add_char(out, '\n');
	buf_add(out, str_trim(setting));
	buf_add_char(out, '\n');
	return at;
}

void
fragment_wrap(struct run_file *file)
{
	struct source *s = &file->source,
		      whole = { .path = s->path, .lang = s->lang };
	struct str setting = lang_setting(s->lang, "fragment");
	struct err e = ERR_NONE;
	size_t at = wrap(setting, buf_str(&s->bytes), &whole.bytes);

	if (!setting.len || source_declarations(&whole, &e) || !whole.tree ||
	    syntax_has_error(syntax_root(whole.tree))) {
		source_done(&whole);
		return;
	}
	for (size_t i = 0; i < whole.ndeclarations; i++)
		whole.declarations[i].line--;
	source_done(s);
	*s = whole;
	file->wrapped = at;
}
