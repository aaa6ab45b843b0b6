/*
 * requirements - any bytes are read as requirements, or refused, for libFuzzer.
 *
 * What was read as Markdown or JSON survives both forms, whatever it holds,
 * and lint says only places that its texts have.
 */
#include "../../tools/dmr-reqs/document_json.h"
#include "../../tools/dmr-reqs/document_markdown.h"
#include "../../tools/dmr-reqs/lint.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool fine)
{
	if (!fine)
		__builtin_trap();
}

typedef int read_document(struct document *, struct str, struct err *);

static void
write_json(const struct document *d, struct buf *out)
{
	document_write_json(d, false, out);
}

/* Written and read, it is the same. */
static void
check_form(const struct document *d,
    void (*write)(const struct document *, struct buf *), read_document *read)
{
	struct buf text = { 0 };
	struct document got = { 0 };
	struct err e = ERR_NONE;

	write(d, &text);
	must(!read(&got, buf_str(&text), &e));
	must(thing_equal(&document_kind, d, &got));
	document_done(&got);
	buf_done(&text);
}

static void
check_finding(void *owner, const struct lint_finding *f)
{
	(void)owner;
	must(f->rule && f->message);
	must(f->start <= f->end && (!f->text || f->end <= f->text->len));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static read_document *const forms[] = { document_read_markdown,
		document_read_json };
	struct str text = { (const char *)data, size };
	struct document d = { 0 };
	struct err e = ERR_NONE;

	for (size_t i = 0; i < countof(forms); i++) {
		if (!forms[i](&d, text, &e)) {
			check_form(&d, document_write_markdown,
			    document_read_markdown);
			check_form(&d, write_json, document_read_json);
			for (int s = STYLE_SHALL; s <= STYLE_FREE; s++)
				lint(&d, (enum lint_style)s, check_finding,
				    NULL);
		}
		document_done(&d);
	}
	return 0;
}
