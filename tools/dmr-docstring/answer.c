/* dmr-docstring: what a model says becomes an insertion. */
#include "answer.h"

#include "mem.h"
#include "request.h"
#include "schema.h"

enum {
	BAD_MAX = 2, /* answers that do not hold */
	STYLES_MAX = 16,
};

/* --- the style --- */

static enum docstring_form
form_of(struct str form)
{
	if (str_starts(form, "line"))
		return DOCSTRING_LINES;
	return str_is(form, "docstring") ? DOCSTRING_LITERAL : DOCSTRING_BLOCK;
}

/* The mark of "line MARK". */
static struct str
mark_of(struct str form)
{
	str_cut(&form, ' ');
	return str_trim(form);
}

/* The styles of a language, the default first. */
static size_t
list_styles(struct lang *lang, const struct docstring_style **styles)
{
	struct str names = lang_setting(lang, "styles");
	size_t n = 0;

	while (names.len && n < STYLES_MAX) {
		styles[n] = docstring_style(str_cut(&names, ' '));
		n += styles[n] != NULL;
	}
	return n;
}

/* That which most of the file's documentation shows, or NULL. */
static const struct docstring_style *
recognise(const struct source *source,
    const struct docstring_style *const *styles, size_t n)
{
	size_t seen[STYLES_MAX] = { 0 }, best = 0;

	for (size_t i = 0; i < source->ndeclarations; i++) {
		struct str doc = source->declarations[i].doc;
		const struct docstring_style *style = doc.data
		    ? docstring_recognise(doc, styles, n)
		    : NULL;

		for (size_t k = 0; style && k < n; k++)
			seen[k] += styles[k] == style;
	}
	for (size_t k = 1; k < n; k++)
		best = seen[k] > seen[best] ? k : best;
	return n && seen[best] ? styles[best] : NULL;
}

int
answer_choose_style(struct run_file *file, struct err *e)
{
	const struct docstring_style *styles[STYLES_MAX],
	    *asked = file->run->place.style;
	struct lang *lang = file->source.lang;
	size_t n = list_styles(lang, styles);

	if (!n)
		return err_set(e, ST_USAGE, "the language '%s' names no style",
		    lang_name(lang));
	if (asked &&
	    !docstring_style_fits(asked, form_of(lang_setting(lang, "form"))))
		return err_set(e, ST_USAGE, "--style %s is not for %s",
		    docstring_style_name(asked), lang_name(lang));
	file->style = asked ? asked : recognise(&file->source, styles, n);
	if (!file->style)
		file->style = styles[0];
	return 0;
}

/* --- an insertion --- */

/* What the source itself says of a declaration. */
static void
describe(const struct run_item *item, struct docstring *doc)
{
	const struct details *d = &item->details;
	size_t nraises = d->nraises + d->is_unsafe;

	*doc = (struct docstring){ .return_type = d->return_type,
		.yields = d->yields,
		.is_unsafe = d->is_unsafe,
		.is_fallible = d->is_fallible,
		.params = mem_new(d->nparameters + 1, sizeof *doc->params),
		.raises = mem_new(nraises + 1, sizeof *doc->raises),
		.nparams = d->nparameters,
		.nraises = d->nraises };
	for (size_t i = 0; i < d->nparameters; i++)
		doc->params[i] = (struct docstring_item){
			.name = d->parameters[i].name,
			.type = d->parameters[i].type,
			.is_type = d->parameters[i].is_type,
			.is_optional = d->parameters[i].is_optional,
			.has_parts = d->parameters[i].has_parts,
		};
	for (size_t i = 0; i < d->nraises; i++)
		doc->raises[i].name = d->raises[i];
}

/* Is the line that a byte begins blank, or none? */
static bool
is_blank_line(const struct source *source, size_t at)
{
	struct str rest = str_skip(buf_str(&source->bytes), at);

	return str_is_blank(str_cut(&rest, '\n'));
}

static int
render(struct run_item *item, const struct docstring *doc, struct err *e)
{
	const struct run_file *file = item->file;
	const struct declaration *d = item->declaration;
	struct docstring_place place = file->run->place;
	struct str form = declaration_form(&file->source, d);
	char *mark = mem_copy(mark_of(form));
	int got;

	place.style = file->style;
	place.form = form_of(form);
	place.mark = mark;
	place.kind = d->kind;
	place.name = d->name;
	place.indent = d->indent;
	place.eol = d->eol;
	place.is_file = source_is_node(&file->source, d->definition);
	place.one_line = d->shares_line;
	place.is_ascii_only = file->source.is_ascii_only;
	place.before_blank = is_blank_line(&file->source, d->at);
	place.before_directive = d->has_directive;
	if (!file->run->has_types)
		place.types = docstring_style_has_types(file->style);
	got = docstring_render(doc, &place, &item->text, e);
	if (!got && source_obeys(&file->source, buf_str(&item->text)))
		got = err_set(e, ST_UNUSABLE,
		    "the answer has words that are meant for a tool");
	if (!got && d->shares_line)
		buf_add_text(
		    &item->text, place.form == DOCSTRING_LITERAL ? "; " : " ");
	free(mark);
	return got;
}

/* Does the answer hold to the schema that was sent? */
static int
check(struct str schema_text, struct str said, struct err *e)
{
	struct schema *schema = schema_read(schema_text, e);
	int got = schema ? schema_check(schema, said, e) : -1;

	schema_free(schema);
	return got;
}

static int
take(struct run_item *item, struct str said, struct err *e)
{
	struct docstring doc;
	struct buf schema = { 0 };
	int got;

	request_add_schema(
	    &schema, item, str_of(item->file->run->want->schema));
	describe(item, &doc);
	doc.schema = buf_str(&schema);
	buf_clear(&item->text);
	got = check(doc.schema, said, e) || docstring_read(&doc, said, e) ||
		render(item, &doc, e)
	    ? -1
	    : 0;
	docstring_done(&doc);
	buf_done(&schema);
	if (got)
		buf_clear(&item->text);
	return got;
}

/* --- what becomes of it --- */

/* It did not hold: once more, with the reason. */
static bool
asks_again(struct run_item *item, const struct err *why)
{
	return (why->status == ST_UNUSABLE || why->status == ST_CUT) &&
	    ++item->nbad < BAD_MAX;
}

enum fanout_step
answer_finish(
    struct fanout *f, struct fanout_job *job, struct ask *a, struct err *why)
{
	struct run_item *item = job->owner;
	const struct http_call *http = &job->call->http;

	(void)f;
	if (!why->status && !take(item, buf_str(&a->said), why)) {
		snprintf(item->model, sizeof item->model, "%s", a->model);
		item->why.status = ST_OK;
		return FANOUT_GOOD;
	}
	item->why = *why;
	if (why->status == ST_CUT && http->status >= 400)
		return request_shorten(item, buf_str(&http->reply))
		    ? FANOUT_CALL
		    : FANOUT_BAD;
	if (a->start_ms && asks_again(item, why))
		return FANOUT_CALL;
	return FANOUT_BAD;
}
