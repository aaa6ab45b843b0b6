/* dmr-review: what is asked of the model about a part. */
#include "request.h"

#include "ask_request.h"
#include "attach.h"
#include "context.h"
#include "json.h"
#include "mem.h"
#include "offline.h"
#include "report.h"
#include "schema.h"
#include "show.h"
#include "span.h"
#include "split.h"
#include "tool_prompt.h"

/* --- once a run --- */

/* The names that are not for -p to give. */
static const char *
own_value(struct str name)
{
	static const char *const ours[] = { "path", "rules", "categories",
		"context", "message", "around", "problem", "input", "prompt",
		"files", "images" };

	for (size_t i = 0; i < countof(ours); i++)
		if (str_is(name, ours[i]))
			return "";
	return NULL;
}

/* The array of categories in the schema; data NULL: it has none. */
static struct str
find_categories(struct str schema)
{
	static const char *const way[] = { "properties", "findings", "items",
		"properties", "category", "enum" };

	for (size_t i = 0; i < countof(way); i++)
		schema = span_member(schema, way[i]);
	return span_kind(schema) == SPAN_ARRAY ? schema : (struct str){ 0 };
}

/* The categories of the schema, and those that rules name. */
static void
list_categories(struct run *run, struct str own, struct buf *array)
{
	struct json j = { .out = array };
	struct str each;
	size_t at = 0;

	json_open(&j, '[');
	while (span_next(own, &at, &each) == 1) {
		json_raw(&j, each);
		if (run->categories.len)
			buf_add_text(&run->categories, ", ");
		span_text(each, NULL, &run->categories);
	}
	for (size_t i = 0; i < run->rules.n; i++) {
		json_string(&j, str_of(run->rules.items[i].name));
		buf_add_format(
		    &run->categories, ", %s", run->rules.items[i].name);
	}
	json_close(&j, ']');
}

/* The template's schema, with the categories that rules name. */
static int
take_schema(struct run *run, struct err *e)
{
	struct str text = str_of(run->want->schema), own;
	struct buf array = { 0 };

	if (!text.len)
		return err_set(e, ST_USAGE, "the template '%s' has no schema",
		    run->prompt.file);
	own = find_categories(text);
	if (!own.data)
		return err_set(e, ST_USAGE,
		    "the schema of the template '%s' has no findings with a "
		    "category of some",
		    run->prompt.file);
	list_categories(run, own, &array);
	buf_add(&run->schema,
	    (struct str){ text.data, (size_t)(own.data - text.data) });
	buf_add(&run->schema, buf_str(&array));
	buf_add(&run->schema, str_of(own.data + own.len));
	buf_done(&array);
	run->held = schema_read(buf_str(&run->schema), e);
	return run->held ? 0 : -1;
}

/*
 * Text that is data: escaped, masked if that is asked for, in a frame.  where:
 * it comes from.
 */
static void
add_block(struct run *run, struct buf *out, const char *name, struct str text,
    const char *where)
{
	struct buf masked = { 0 }, shown = { 0 };

	if (!text.len)
		return;
	if (offline_redact_text(text, &masked))
		report_secret(run, where, 0);
	if (run->want->redact)
		text = buf_str(&masked);
	show_text(&shown, text);
	attach_text(out, str_of(name), buf_str(&shown));
	buf_done(&masked);
	buf_done(&shown);
}

static int
take_text(struct run *run, const char *text, const char *name, struct buf *out,
    struct err *e)
{
	struct buf said = { 0 };
	int got = text ? tool_text(text, name, &said, e) : 0;

	add_block(run, out, name, buf_str(&said), name);
	buf_done(&said);
	return got;
}

static int
take_texts(struct run *run, struct err *e)
{
	const struct opt_list *context = &run->want->context;

	for (size_t i = 0; i < context->n; i++)
		if (take_text(
			run, context->items[i], "context", &run->context, e))
			return err_prefix(e, "--context");
	if (take_text(run, run->want->message, "message", &run->message, e))
		return err_prefix(e, "--message");
	return 0;
}

/* The template, and all that is put into it. */
static int
open_prompt(struct run *run, struct err *e)
{
	struct settings *set = run->set;
	const char *name = set->template ? set->template : "review";

	if (prompt_open(&run->prompt, name, set->template_path,
		tool_data_folder(), e) ||
	    tool_take_template(set, &run->prompt, e) || take_schema(run, e) ||
	    ask_take_settings(set, e) || take_texts(run, e) ||
	    tool_take_params(set, &run->prompt, run->params,
		PROMPT_VALUES_MAX - PROMPT_OTHERS, own_value, e) ||
	    prompt_wants(&run->prompt, e))
		return -1;
	for (size_t i = 0; i < countof(run->params) && run->want->redact; i++)
		offline_redact_buf(&run->params[i]);
	tool_warn_of_params(&run->prompt);
	return 0;
}

int
request_open(struct run *run, struct err *e)
{
	if (!run->want->offline && open_prompt(run, e))
		return -1;
	run->room = ask_room_guess(run->want->context_size);
	run->knows_context = opts_source(&run->set->opts, "context-size") !=
	    OPT_UNSET;
	return 0;
}

void
request_close(struct run *run)
{
	prompt_done(&run->prompt);
	buf_done(&run->schema);
	schema_free(run->held);
	buf_done(&run->categories);
	buf_done(&run->context);
	buf_done(&run->message);
	for (size_t i = 0; i < countof(run->params); i++)
		buf_done(&run->params[i]);
}

/* --- a prompt --- */

/* A name anybody may have made up, as one line. */
static void
add_path(struct buf *out, const struct section *s)
{
	struct buf shown = { 0 };

	show_text(&shown, str_of(s->path));
	if (s->run->want->redact)
		offline_redact_buf(&shown);
	attach_name(out, buf_str(&shown));
	buf_done(&shown);
}

static int
render(const struct section *s, struct str input, struct str around,
    struct str problem, struct err *e)
{
	struct run *run = s->run;
	struct prompt *p = &run->prompt;
	struct buf path = { 0 }, rules = { 0 };
	int got = 0;

	add_path(&path, s);
	rules_for(&run->rules, s->path, &rules);
	buf_repair(&rules, 0, true);
	if (prompt_set_text(p, STR("path"), buf_str(&path), e) ||
	    prompt_set_text(
		p, STR("categories"), buf_str(&run->categories), e) ||
	    prompt_set_text(p, STR("rules"), buf_str(&rules), e) ||
	    prompt_set_text(p, STR("context"), buf_str(&run->context), e) ||
	    prompt_set_text(p, STR("message"), buf_str(&run->message), e) ||
	    prompt_set_text(p, STR("around"), around, e) ||
	    prompt_set_text(p, STR("input"), input, e) ||
	    prompt_set_text(p, STR("problem"), problem, e))
		got = -1;
	tmpl_clear(&p->tmpl);
	if (!got)
		got = prompt_render(p, e);
	buf_done(&path);
	buf_done(&rules);
	return got;
}

size_t
request_overhead(const struct section *s)
{
	struct err unused = ERR_NONE;
	struct buf empty = { 0 };
	size_t n = SIZE_MAX / 2;

	attach_text(&empty, str_of(s->path), (struct str){ 0 });
	if (!render(s, buf_str(&empty), (struct str){ 0 }, (struct str){ 0 },
		&unused))
		n = s->run->prompt.tmpl.total;
	buf_done(&empty);
	return n;
}

/* The prompt about hunks [at, until). */
static int
render_hunks(const struct part *part, struct err *e)
{
	const struct section *s = part->section;
	struct buf name = { 0 }, hunks = { 0 }, input = { 0 }, around = { 0 },
		   block = { 0 }, problem = { 0 };
	struct anchors anchors;
	int got;

	anchors_make(&anchors, &s->diff, part->at, part->until);
	add_path(&name, s);
	show_hunks(&hunks, &s->diff, &anchors, part->at, part->until);
	attach_text(&input, buf_str(&name), buf_str(&hunks));
	anchors_done(&anchors);
	context_add(&around, s, part->at, part->until,
	    split_room(s->run) / CONTEXT_PART);
	add_block(s->run, &block, "around", buf_str(&around), s->path);
	if (part->nbad)
		add_block(s->run, &problem, "problem", str_of(part->why.text),
		    s->path);
	got = render(s, buf_str(&input), buf_str(&block), buf_str(&problem), e);
	buf_done(&problem);
	buf_done(&name);
	buf_done(&hunks);
	buf_done(&input);
	buf_done(&around);
	buf_done(&block);
	return got;
}

/* --- a part --- */

void
part_leave(struct part *part, size_t first, size_t end, const struct err *why)
{
	part->gaps = mem_grow(part->gaps, &part->gaps_capacity, part->ngaps + 1,
	    sizeof *part->gaps);
	part->gaps[part->ngaps++] = (struct gap){
		.first = first, .end = end, .why = *why
	};
}

static void
leave_too_long(struct part *part)
{
	struct err why = ERR_NONE;

	err_set(&why, ST_CUT, "too long; try: a larger --context-size");
	part_leave(part, part->at, part->at + 1, &why);
}

/* Choose hunks that fit.  False: there are none any more. */
static bool
choose(struct part *part)
{
	for (; part->at < part->end; part->at++) {
		part->until = split_end(part->section, part->at, part->end);
		if (part->until > part->at)
			return true;
		leave_too_long(part);
	}
	return false;
}

/* What stands around it may be longer than was thought. */
static int
fit(struct part *part, struct err *e)
{
	const struct run *run = part->section->run;

	while (choose(part)) {
		do {
			if (render_hunks(part, e))
				return -1;
			if (run->prompt.tmpl.total <= split_room(run))
				return 0;
			part->until -= (part->until - part->at + 1) / 2;
		} while (part->until > part->at);
		leave_too_long(part);
		part->at++;
	}
	return err_set(e, ST_CUT, "nothing is left to be asked");
}

int
request_prepare(
    struct fanout *f, struct fanout_job *job, struct ask *a, struct err *e)
{
	struct part *part = job->owner;
	struct run *run = part->section->run;
	struct api_chat_request request = { .schema = buf_str(&run->schema) };

	(void)f;
	if (fit(part, e))
		return -1;
	request.messages = run->prompt.tmpl.messages;
	request.nmessages = run->prompt.tmpl.nmessages;
	part->sent = run->prompt.tmpl.total;
	return ask_write(a, &request, a->model, e);
}
