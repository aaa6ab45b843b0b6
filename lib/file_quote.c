/* file - names of files in messages, as a shell would take them. */
#include "file.h"
#include "mem.h"
#include "utf8.h"

/* Would a terminal show it as it is? */
static bool
is_shown(struct str text)
{
	char *out = mem_new(UTF8_SCREEN_MAX(text.len), 1);
	size_t n = utf8_screen_text(text, out);
	bool same = !memchr(text.data, '\n', text.len) &&
	    !memchr(text.data, '\t', text.len) &&
	    str_equal((struct str){ out, n }, text);

	free(out);
	return same;
}

/* 'it'\''s': all but the quote stands for itself. */
static void
add_plain(struct buf *out, struct str text)
{
	buf_add_char(out, '\'');
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == '\'')
			buf_add_text(out, "'\\''");
		else
			buf_add_char(out, text.data[i]);
	buf_add_char(out, '\'');
}

/* $'new\x0aline': what is no printable ASCII, as bytes. */
static void
add_escaped(struct buf *out, struct str text)
{
	buf_add_text(out, "$'");
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (c < ' ' || c >= 0x7f)
			buf_add_format(out, "\\x%02x", c);
		else if (c == '\'' || c == '\\')
			buf_add_format(out, "\\%c", c);
		else
			buf_add_char(out, (char)c);
	}
	buf_add_char(out, '\'');
}

char *
file_quote(const char *name)
{
	struct str text = str_of(name);
	struct buf out = { 0 };

	if (is_shown(text))
		add_plain(&out, text);
	else
		add_escaped(&out, text);
	return buf_take(&out);
}

int
file_fail(struct err *e, enum status status, const char *what, const char *name,
    const char *why)
{
	char *quoted = file_quote(name);

	err_set(e, status, "cannot %s %s: %s", what, quoted, why);
	free(quoted);
	return -1;
}
