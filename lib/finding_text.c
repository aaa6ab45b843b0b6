/* finding - as compilers say it: path:line:column: severity: message [rule] */
#include "finding_parts.h"
#include "mem.h"

/*
 * Text that stays on its line and steers no terminal.  In a name line feeds
 * and tabs are shown as bytes, elsewhere they are blanks.
 */
static void
add_visible(struct buf *out, struct str text, bool is_name)
{
	struct utf8_screen screen = { 0 };
	char *shown = mem_new(UTF8_SCREEN_MAX(text.len), 1);
	size_t n = utf8_screen(&screen, text, shown);

	n += utf8_screen_end(&screen, shown + n);
	for (size_t i = 0; i < n; i++)
		if (shown[i] != '\n' && shown[i] != '\t')
			buf_add_char(out, shown[i]);
		else if (is_name)
			buf_add_format(out, "\\x%02x", shown[i]);
		else
			buf_add_char(out, ' ');
	free(shown);
}

static void
print(struct finding_report *r, const struct finding *f)
{
	struct buf *out = &r->line;

	add_visible(out, str_of(f->path), true);
	if (f->line)
		buf_add_format(out, ":%zu", f->line);
	if (f->end)
		buf_add_format(out, ":%zu", f->start + 1);
	buf_add_format(out, ": %s: ", finding_severity_name(f->severity));
	add_visible(out, str_trim(finding_words(f)), false);
	buf_add_text(out, " [");
	add_visible(out, str_of(f->category), true);
	buf_add_char(out, '/');
	add_visible(out, str_of(f->rule), true);
	buf_add_text(out, "]\n");
}

const struct finding_format finding_text = { .name = "text", .print = print };
