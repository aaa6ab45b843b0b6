/* dmr-embed: the texts: of records, of files, of all of standard input. */
#include "die.h"
#include "embed.h"
#include "file.h"
#include "mem.h"

/* --- files --- */

/* {"id":PATH,"input":TEXT}; without an id for all of standard input. */
static void
make_record(struct embed *run, struct fanout_job *job, const char *id,
    const struct buf *text, size_t line)
{
	struct record_format format = run->format;
	struct buf bytes = { .max = SIZE_MAX / 4 }, name = { 0 };
	struct json j = { .out = &bytes };

	buf_add_text(&name, id ? id : "");
	buf_repair(&name, 0, true);
	json_open(&j, '{');
	json_member(&j, "id", buf_str(&name));
	if (text) {
		json_name(&j, "input");
		json_string(&j, buf_str(text));
	}
	json_close(&j, '}');
	format.lines = false;
	record_parse(&job->record, &format, buf_str(&bytes), line);
	buf_done(&bytes);
	buf_done(&name);
}

/* All of standard input is one text, or nothing is. */
static int
check_whole(const struct buf *text, const struct err *note, struct err *e)
{
	if (note->status)
		*e = *note;
	else if (str_is_blank(buf_str(text)))
		err_set(e, ST_INPUT, "standard input is empty, or blank");
	return e->status ? -1 : 0;
}

static void
skip_bom(struct buf *text)
{
	size_t mark = text->len - str_skip_bom(buf_str(text)).len;

	if (mark)
		memmove(text->data, text->data + mark, text->len - mark);
	text->len -= mark;
}

/* What cannot be read is a record without a text, and says why. */
int
embed_read_file(struct fanout *f, struct fanout_job *job, struct err *e)
{
	struct embed *run = f->owner;
	bool whole = run->want->whole;
	const char *path;
	char *name;
	struct buf text = { .max = RECORD_MAX };
	int got = 1;

	if (f->in.line == run->nfiles) {
		f->in.at_end = true;
		return 0;
	}
	path = run->files[f->in.line];
	name = whole ? mem_copy(STR("standard input")) : file_quote(path);
	tool_read(path, RECORD_MAX, &text, &job->note);
	skip_bom(&text);
	if (!job->note.status)
		tool_repair(&text, name);
	if (whole && check_whole(&text, &job->note, e))
		got = -1;
	else
		make_record(run, job, whole ? NULL : path,
		    job->note.status ? NULL : &text, f->in.line + 1);
	f->in.line++;
	buf_done(&text);
	free(name);
	return got;
}

/* --- the text of a record --- */

struct str
embed_find_text(const struct embed *run, const struct record *r)
{
	static const char *const names[] = { "text", "input", "content" };
	struct str values[countof(names)];

	if (run->want->field)
		return span_member(r->text, run->want->field);
	span_members(r->text, names, countof(names), values);
	for (size_t i = 0; i < countof(names); i++)
		if (span_kind(values[i]) > SPAN_NULL)
			return values[i];
	return (struct str){ 0 };
}

/* At the last character that fits. */
static void
cut(struct buf *text, size_t limit)
{
	if (!limit || limit >= text->len)
		return;
	while (limit && ((unsigned char)text->data[limit] & 0xc0) == 0x80)
		limit--;
	text->len = limit;
}

static void
fail(const struct embed *run, struct err *e)
{
	if (run->want->field)
		err_set(e, ST_INPUT, "no text: the record has no '%s'",
		    run->want->field);
	else
		err_set(e, ST_INPUT,
		    "no text: the record has no 'text', 'input' or 'content'");
}

size_t
embed_add_text(struct embed *run, const struct record *r, size_t limit,
    struct buf *json, struct err *e)
{
	struct json j = { .out = json };
	struct buf *text = &run->text;

	buf_reset(text);
	if (!record_text(embed_find_text(run, r), text)) {
		fail(run, e);
		return 0;
	}
	tool_warn_of_nul(embed_find_text(run, r), r->line, &run->has_nul);
	cut(text, limit);
	if (str_is_blank(buf_str(text))) {
		err_set(e, ST_INPUT, "no text: it is empty, or blank");
		return 0;
	}
	limit = text->len;
	if (run->prefix.len) {
		struct buf both = { 0 };

		buf_add(&both, buf_str(&run->prefix));
		buf_add(&both, buf_str(text));
		buf_done(text);
		*text = both;
	}
	json_string(&j, buf_str(text));
	return limit;
}
