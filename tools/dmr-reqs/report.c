/* dmr-reqs: a document as it is printed, and what is said about it. */
#include "report.h"

#include "die.h"
#include "document_json.h"
#include "document_markdown.h"

void
report_write(const struct run *run, const struct document *d, struct buf *out)
{
	switch ((enum run_format)run->format) {
	case RUN_DOCUMENT:
	case RUN_JSON:
		document_write_json(d, run->format == RUN_JSON, out);
		buf_add_char(out, '\n');
		break;
	case RUN_MARKDOWN:
		document_write_markdown(d, out);
		break;
	case RUN_RECORDS:
		document_write_records(d, out);
		break;
	}
}

/* "line 3: " of a record. */
static void
place(const struct idea *idea, char *out, size_t size)
{
	out[0] = 0;
	if (idea->line)
		snprintf(out, size, "line %zu: ", idea->line);
}

static void
say_findings(const struct idea *idea, const char *where)
{
	const struct meta *meta = idea->doc.meta.n ? idea->doc.meta.items
						   : NULL;

	for (size_t i = 0; meta && i < meta->findings.n; i++) {
		const struct remark *r = list_at(
		    &meta->findings, &remark_kind, i);

		warn("%s%.*s%s%.*s: %.*s", where, STR_ARGS(text_str(&r->id)),
		    r->id.len ? ": " : "", STR_ARGS(text_str(&r->rule)),
		    STR_ARGS(text_str(&r->message)));
	}
}

void
report_say(const struct idea *idea)
{
	char where[40];

	place(idea, where, sizeof where);
	say_findings(idea, where);
	for (size_t i = 0; i < STAGES; i++) {
		struct err why = idea->failed[i];

		if (!why.status)
			continue;
		err_prefix(&why, "%s%s", where, stage_name((enum stage_id)i));
		die_say(&why);
	}
}
