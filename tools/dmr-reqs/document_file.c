/* dmr-reqs: a document out of a file. */
#include "document_file.h"

#include "document_json.h"
#include "document_markdown.h"
#include "tool.h"
#include "utf8.h"

static void
drop_bom(struct buf *bytes)
{
	struct str text = str_skip_bom(buf_str(bytes));

	if (text.len < bytes->len) {
		memmove(bytes->data, text.data, text.len + 1);
		bytes->len = text.len;
	}
}

static int
read_text(struct document *d, struct str text, struct err *e)
{
	size_t good = utf8_valid(text);

	if (str_is_blank(text))
		return err_set(e, ST_INPUT, "there is no document in it");
	if (good < text.len)
		return err_set(e, ST_INPUT, "line %zu: no UTF-8",
		    document_line(text, good));
	return document_is_json(text) ? document_read_json(d, text, e)
				      : document_read_markdown(d, text, e);
}

int
document_file_read(
    struct document *d, const char *path, struct buf *bytes, struct err *e)
{
	buf_clear(bytes);
	if (tool_read(path, DOCUMENT_FILE_MAX, bytes, e))
		return -1;
	drop_bom(bytes);
	if (!read_text(d, buf_str(bytes), e))
		return 0;
	return err_prefix(
	    e, "%s", strcmp(path, "-") != 0 ? path : "standard input");
}
