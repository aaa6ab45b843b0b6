/* dmr-reqs: which requirement serves which story, as a table. */
#include "document_markdown_parts.h"

/* A plain id as a link to its heading. */
static void
add_id(struct str id, struct buf *out)
{
	if (!id.len || id_length(id) != id.len) {
		markdown_add(out, id, MARKDOWN_KEEP_NONE);
		return;
	}
	buf_add_format(out, "[%.*s](#", STR_ARGS(id));
	for (size_t i = 0; i < id.len; i++)
		buf_add_char(out,
		    id.data[i] >= 'A' && id.data[i] <= 'Z'
			? (char)(id.data[i] - 'A' + 'a')
			: id.data[i]);
	buf_add_char(out, ')');
}

void
markdown_traces(const struct document *d, struct buf *out)
{
	if (!d->functional.n)
		return;
	markdown_heading(2, STR(TRACES_LABEL), out);
	buf_add_text(out,
	    "\n*Made of the sections above; what is written here is not "
	    "read.*\n\n"
	    "| Requirement | User stories | Acceptance criteria |\n"
	    "| --- | --- | ---: |\n");
	for (size_t i = 0; i < d->functional.n; i++) {
		const struct requirement *r = list_at(
		    &d->functional, &requirement_kind, i);

		buf_add_text(out, "| ");
		add_id(text_str(&r->id), out);
		buf_add_text(out, " |");
		for (size_t j = 0; j < r->stories.n; j++) {
			buf_add_text(out, j ? ", " : " ");
			add_id(text_str(list_text(&r->stories, j)), out);
		}
		buf_add_format(out, " | %zu |\n", r->acceptance.n);
	}
}
