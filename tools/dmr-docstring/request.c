/* dmr-docstring: what is asked of the model for one declaration. */
#include "request.h"

#include "ask_request.h"
#include "attach.h"
#include "schema.h"
#include "span.h"
#include "tool_prompt.h"

enum {
	CODE_MIN = 200,   /* bytes of a declaration that are worth asking */
	CONTEXT_PART = 6, /* of the prompt, what stands around */
	FITS_MAX = 3,     /* times a prompt is made shorter */
};

/* --- once a run --- */

/* The names that are not for -p to give. */
static const char *
own_value(struct str name)
{
	static const char *const ours[] = { "language", "kind", "name",
		"parameters", "fields", "context", "problem", "input", "prompt",
		"files", "images" };

	for (size_t i = 0; i < countof(ours); i++)
		if (str_is(name, ours[i]))
			return "";
	return NULL;
}

/* The template's schema: an object that has properties. */
static int
take_schema(struct run *run, struct err *e)
{
	const char *text = run->want->schema;
	struct schema *schema;

	if (!text)
		return err_set(e, ST_USAGE, "the template '%s' has no schema",
		    run->prompt.file);
	schema = schema_read(str_of(text), e);
	schema_free(schema);
	if (!schema)
		return -1;
	if (span_kind(span_member(str_of(text), "properties")) != SPAN_OBJECT)
		return err_set(e, ST_USAGE,
		    "the schema of the template '%s' has no properties",
		    run->prompt.file);
	return 0;
}

int
request_open(struct run *run, struct err *e)
{
	struct settings *set = run->set;
	const char *name = set->template ? set->template : "docstring";

	if (prompt_open(&run->prompt, name, set->template_path,
		tool_data_folder(), e) ||
	    tool_take_template(set, &run->prompt, e) || take_schema(run, e) ||
	    ask_take_settings(set, e) ||
	    tool_take_params(set, &run->prompt, run->params,
		PROMPT_VALUES_MAX - PROMPT_OTHERS, own_value, e) ||
	    prompt_wants(&run->prompt, e))
		return -1;
	tool_warn_of_params(&run->prompt);
	run->room = ask_room_guess(run->want->context_size);
	return 0;
}

void
request_close(struct run *run)
{
	prompt_done(&run->prompt);
	for (size_t i = 0; i < countof(run->params); i++)
		buf_done(&run->params[i]);
}

/* --- a prompt --- */

static size_t
find_room(const struct run *run)
{
	return ask_room_bytes(&run->room, run->set->sampling.max_tokens);
}

/* The texts of a prompt. */
struct texts {
	struct buf parameters, fields, context, input;
};

static void
texts_done(struct texts *t)
{
	buf_done(&t->parameters);
	buf_done(&t->fields);
	buf_done(&t->context);
	buf_done(&t->input);
}

static void
add_block(struct buf *out, const char *name, struct buf *text)
{
	buf_repair(text, 0, true);
	if (text->len)
		attach_text(out, str_of(name), buf_str(text));
	out->len -= str_ends(buf_str(out), "\n"); /* the template has its own */
	buf_done(text);
}

static void
make_texts(const struct run_item *item, size_t code_max, size_t context_max,
    struct texts *t)
{
	struct buf code = { 0 }, context = { 0 };

	buf_clear(&t->input);
	buf_clear(&t->context);
	request_add_cut(&code, request_code(item), code_max);
	request_add_context(&context, item, context_max);
	add_block(&t->input, item->symbol, &code);
	add_block(&t->context, "context", &context);
}

static void
add_names(struct buf *out, const struct details *d)
{
	for (size_t i = 0; i < d->nparameters; i++) {
		if (i)
			buf_add_text(out, ", ");
		buf_add(out, d->parameters[i].name);
	}
	buf_repair(out, 0, true);
}

static int
render(const struct run_item *item, const struct texts *t, struct err *e)
{
	struct prompt *p = &item->file->run->prompt;
	const struct declaration *d = item->declaration;
	const char *language = lang_name(item->file->source.lang);

	if (prompt_set_text(p, STR("language"), str_of(language), e) ||
	    prompt_set_text(p, STR("kind"), d->kind, e) ||
	    prompt_set_text(p, STR("name"), str_of(item->symbol), e) ||
	    prompt_set_text(p, STR("parameters"), buf_str(&t->parameters), e) ||
	    prompt_set_text(p, STR("fields"), buf_str(&t->fields), e) ||
	    prompt_set_text(p, STR("context"), buf_str(&t->context), e) ||
	    prompt_set_text(p, STR("input"), buf_str(&t->input), e) ||
	    prompt_set_text(
		p, STR("problem"), str_of(item->nbad ? item->why.text : ""), e))
		return -1;
	tmpl_clear(&p->tmpl);
	return prompt_render(p, e);
}

/* Render it so that it has at most item->max_bytes. */
static int
fit(struct run_item *item, struct texts *t, struct err *e)
{
	const struct tmpl *tmpl = &item->file->run->prompt.tmpl;
	size_t max = item->max_bytes, over, code;

	make_texts(item, SIZE_MAX, max / CONTEXT_PART, t);
	if (render(item, t, e))
		return -1;
	over = tmpl->total > max ? tmpl->total - max : 0;
	code = request_code(item).len;
	if (!over)
		return 0;
	if (over + CODE_MIN > code)
		return err_set(e, ST_CUT,
		    "the prompt does not fit the model's context; try: a "
		    "larger --context-size");
	make_texts(item, code - over, max / CONTEXT_PART, t);
	return render(item, t, e);
}

static int
write_body(struct run_item *item, struct ask *a, struct err *e)
{
	struct run *run = item->file->run;
	struct buf schema = { 0 };
	struct api_chat_request request = {
		.messages = run->prompt.tmpl.messages,
		.nmessages = run->prompt.tmpl.nmessages,
	};
	int got;

	request_add_schema(&schema, item, str_of(run->want->schema));
	request.schema = buf_str(&schema);
	item->sent = run->prompt.tmpl.total;
	got = ask_write(a, &request, a->model, e);
	buf_done(&schema);
	return got;
}

int
request_prepare(
    struct fanout *f, struct fanout_job *job, struct ask *a, struct err *e)
{
	struct run_item *item = job->owner;
	struct run *run = item->file->run;
	struct texts t = { 0 };
	int got;

	(void)f;
	if (!item->max_bytes &&
	    declaration_details(
		&item->file->source, item->declaration, &item->details, e))
		return -1;
	if (!docstring_style_has_parts(item->file->style))
		details_drop_parts(&item->details);
	if (!item->max_bytes)
		item->max_bytes = find_room(run);
	add_names(&t.parameters, &item->details);
	request_add_fields(&t.fields, item, str_of(run->want->schema));
	got = fit(item, &t, e) || write_body(item, a, e) ? -1 : 0;
	texts_done(&t);
	return got;
}

bool
request_shorten(struct run_item *item, struct str body)
{
	struct run *run = item->file->run;
	size_t room;

	if (item->nfits++ == FITS_MAX ||
	    !ask_room_learn(&run->room, item->sent, body))
		return false;
	room = find_room(run);
	if (room >= item->max_bytes)
		room = item->max_bytes / 4 * 3;
	item->max_bytes = room;
	return true;
}
