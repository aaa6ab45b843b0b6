/* dmr-reqs: what is asked of the model in each stage. */
#include "ask_request.h"
#include "attach.h"
#include "document_json.h"
#include "mem.h"
#include "questions.h"
#include "run.h"
#include "tool_prompt.h"
#include "update.h"

static const char *const names[STAGES] = { "questions", "functional",
	"nonfunctional", "architecture" };

const char *
stage_name(enum stage_id id)
{
	return names[id];
}

bool
stage_is_missing(const struct document *d, enum stage_id id)
{
	const struct meta *meta = d->meta.n ? d->meta.items : NULL;

	if (id == STAGE_ARCHITECTURE && d->architecture.n)
		return false;
	for (size_t i = 0; meta && i < meta->incomplete.n; i++)
		if (str_is(
			text_str(list_text(&meta->incomplete, i)), names[id]))
			return true;
	return false;
}

/* --- once a run --- */

enum { OWN_MAX = 15 }; /* values that are ours */

/* The names that are not for -p to give. */
static const char *
own_value(struct str name)
{
	static const char *const ours[] = { "input", "context", "images",
		"answers", "requirements", "questions", "problem", "shall",
		"ears", "free", "prompt", "files", "idea", "architecture",
		"next" };

	for (size_t i = 0; i < countof(ours); i++)
		if (str_is(name, ours[i]))
			return "";
	return NULL;
}

/* The settings of one prompt are no other's. */
static int
take_settings(struct run *run, struct stage *s, struct err *e)
{
	struct settings *set = run->set;
	struct api_sampling sampling = set->sampling;
	unsigned char from[sizeof set->opts.from];
	int got;

	memcpy(from, set->opts.from, sizeof from);
	run->want->schema = NULL;
	got = tool_take_template(set, &s->prompt, e) ||
		ask_take_settings(set, e)
	    ? -1
	    : 0;
	s->sampling = set->sampling;
	if (opts_source(&set->opts, "stop") == OPT_FROM_TEMPLATE)
		set->stops = (struct opt_list){ 0 };
	set->sampling = sampling;
	memcpy(set->opts.from, from, sizeof from);
	return got;
}

static int
take_schema(struct run *run, struct stage *s, bool is_update, struct err *e)
{
	if (!run->want->schema)
		return err_set(e, ST_USAGE, "the template '%s' has no schema",
		    s->prompt.file);
	s->schema = schema_read(str_of(run->want->schema), e);
	if (!s->schema)
		return prompt_blame(&s->prompt, e);
	if (is_update)
		update_schema(&run->from, schema_text(s->schema), &s->sent);
	return 0;
}

static int
open_stage(struct run *run, enum stage_id id, struct err *e)
{
	struct stage *s = &run->stages[id];
	bool is_update = run->updates[id];
	char *name = mem_format(
	    "reqs-%s%s", names[id], is_update ? "-update" : "");
	int got = prompt_open(
	    &s->prompt, name, run->set->template_path, tool_data_folder(), e);

	free(name);
	if (got || take_settings(run, s, e))
		return -1;
	return take_schema(run, s, is_update, e);
}

/* What -p says is for all prompts. */
static int
take_params(struct run *run, enum stage_id id, struct err *e)
{
	struct prompt *p = &run->stages[id].prompt;
	const struct opt_list *params = &run->set->params;

	if (!id)
		return tool_take_params(run->set, p, run->params,
		    PROMPT_VALUES_MAX - PROMPT_OTHERS - OWN_MAX, own_value, e);
	for (size_t i = 0; i < params->n; i++) {
		struct str rest = str_of(params->items[i]);

		if (prompt_set(
			p, str_cut(&rest, '='), buf_str(&run->params[i]), e))
			return -1;
	}
	return 0;
}

/* One of the prompts has to take it. */
static void
warn_of_params(struct run *run)
{
	struct prompt *first = &run->stages[0].prompt;

	for (size_t i = PROMPT_OTHERS; i < first->nvalues; i++)
		for (size_t id = 1; id < STAGES; id++)
			first->values[i].used |=
			    run->stages[id].prompt.values[i].used;
	tool_warn_of_params(first);
}

static int
take_context(struct run *run, struct err *e)
{
	const struct opt_list *list = &run->want->context;

	for (size_t i = 0; i < list->n; i++) {
		struct buf text = { 0 };
		const char *name = list->items[i][0] == '@' ? list->items[i] + 1
							    : "context";
		int got = tool_text(list->items[i], "--context", &text, e);

		if (!got)
			attach_text(&run->context,
			    str_of(tool_repaired(name, "--context")),
			    str_skip_bom(buf_str(&text)));
		buf_done(&text);
		if (got)
			return err_prefix(e, "--context");
	}
	return 0;
}

int
stage_open(struct run *run, struct err *e)
{
	for (enum stage_id id = 0; id < STAGES; id++)
		if (open_stage(run, id, e) || take_params(run, id, e) ||
		    prompt_wants(&run->stages[id].prompt, e))
			return -1;
	warn_of_params(run);
	return take_context(run, e);
}

void
stage_close(struct run *run)
{
	for (size_t i = 0; i < STAGES; i++) {
		prompt_done(&run->stages[i].prompt);
		schema_free(run->stages[i].schema);
		buf_done(&run->stages[i].sent);
	}
	for (size_t i = 0; i < countof(run->params); i++)
		buf_done(&run->params[i]);
	buf_done(&run->context);
	buf_done(&run->image_names);
	for (size_t i = 0; i < run->images.n; i++)
		free((char *)run->images.items[i]);
	free(run->images.items);
}

/* --- a prompt --- */

/* A block with a name, which ends without a newline; or nothing. */
static void
add_block(struct buf *out, const char *name, struct str text)
{
	if (!text.len)
		return;
	attach_text(out, str_of(name), text);
	out->len = str_chomp(buf_str(out)).len;
}

static void
add_line(struct buf *out, const struct text *id, const struct text *text)
{
	buf_add(out, text_str(id));
	buf_add_text(out, ": ");
	buf_add(out, text_str(text));
	buf_add_char(out, '\n');
}

static void
add_story(struct buf *out, const struct story *s)
{
	buf_add(out, text_str(&s->id));
	buf_add_text(out, ": As a ");
	buf_add(out, text_str(&s->as_a));
	buf_add_text(out, ", I want ");
	buf_add(out, text_str(&s->i_want));
	buf_add_text(out, ", so that ");
	buf_add(out, text_str(&s->so_that));
	buf_add_char(out, '\n');
}

/* What was made so far; with the stories where they are to be updated. */
static void
list_requirements(const struct document *d, bool has_stories, struct buf *out)
{
	struct buf lines = { 0 };

	for (size_t i = 0; has_stories && i < d->stories.n; i++)
		add_story(&lines, list_at(&d->stories, &story_kind, i));
	for (size_t i = 0; i < d->functional.n; i++) {
		const struct requirement *r = list_at(
		    &d->functional, &requirement_kind, i);

		add_line(&lines, &r->id, &r->text);
	}
	for (size_t i = 0; i < d->nonfunctional.n; i++) {
		const struct quality *q = list_at(
		    &d->nonfunctional, &quality_kind, i);

		add_line(&lines, &q->id, &q->text);
	}
	add_block(out, "requirements", buf_str(&lines));
	buf_done(&lines);
}

/* JSON, as it is to be answered. */
static void
show_architecture(const struct document *d, struct buf *out)
{
	struct buf json = { 0 };

	if (d->architecture.n) {
		thing_write_json(
		    &architecture_kind, d->architecture.items, false, &json);
		add_block(out, "architecture", buf_str(&json));
	}
	buf_done(&json);
}

/* What is told, each in a block; buf_done() each. */
enum texts {
	NEWS,
	ANSWERS,
	REQUIREMENTS,
	PROBLEM,
	IDEA,
	ARCHITECTURE,
	NEXT,
	TEXTS
};

static void
add_texts(const struct idea *idea, struct buf texts[TEXTS])
{
	const struct run *run = idea->run;
	bool is_update = run->updates[idea->stage];

	if (is_update) {
		add_block(&texts[IDEA], "idea", text_str(&run->from.idea));
		add_block(&texts[NEWS], "news", buf_str(&run->news));
		show_architecture(&idea->doc, &texts[ARCHITECTURE]);
		update_next(&idea->doc, &story_kind, &texts[NEXT]);
	} else {
		add_block(&texts[NEWS], "idea", buf_str(&idea->text));
	}
	questions_list(&idea->doc, &texts[ANSWERS]);
	list_requirements(&idea->doc,
	    is_update && idea->stage == STAGE_FUNCTIONAL, &texts[REQUIREMENTS]);
	add_block(&texts[PROBLEM], "problem", buf_str(&idea->problem));
}

static int
render(const struct idea *idea, struct prompt *p, struct buf texts[TEXTS],
    struct err *e)
{
	static const char *const styles[] = { [STYLE_SHALL] = "shall",
		[STYLE_EARS] = "ears",
		[STYLE_FREE] = "free" };
	const struct run *run = idea->run;
	const struct {
		const char *name;
		struct str text;
	} values[] = { { "input", buf_str(&texts[NEWS]) },
		{ "answers", buf_str(&texts[ANSWERS]) },
		{ "requirements", buf_str(&texts[REQUIREMENTS]) },
		{ "problem", buf_str(&texts[PROBLEM]) },
		{ "idea", buf_str(&texts[IDEA]) },
		{ "architecture", buf_str(&texts[ARCHITECTURE]) },
		{ "next", buf_str(&texts[NEXT]) },
		{ "context", str_chomp(buf_str(&run->context)) },
		{ "images", buf_str(&run->image_names) } };
	char number[24];

	snprintf(number, sizeof number, "%d", (int)run->want->nquestions);
	if (prompt_set(p, STR("questions"), str_of(number), e))
		return -1;
	for (size_t i = 0; i < countof(values); i++)
		if (prompt_set_text(
			p, str_of(values[i].name), values[i].text, e))
			return -1;
	for (size_t i = 0; i < countof(styles); i++)
		if (prompt_set_text(p, str_of(styles[i]),
			str_of(i == run->style ? styles[i] : ""), e))
			return -1;
	return prompt_render(p, e);
}

int
stage_prepare(
    struct fanout *f, struct fanout_job *job, struct ask *a, struct err *e)
{
	struct idea *idea = job->owner;
	struct run *run = idea->run;
	struct stage *s = &run->stages[idea->stage];
	struct api_chat_request request = { .schema = s->sent.len
		    ? buf_str(&s->sent)
		    : schema_text(s->schema),
		.images = run->images.items,
		.nimages = run->images.n };
	struct buf texts[TEXTS] = { 0 };
	int got;

	(void)f;
	if (idea->stage != STAGE_QUESTIONS)
		questions_settle(idea);
	add_texts(idea, texts);
	got = render(idea, &s->prompt, texts, e);
	run->set->sampling = s->sampling;
	request.messages = s->prompt.tmpl.messages;
	request.nmessages = s->prompt.tmpl.nmessages;
	if (!got)
		got = ask_write(a, &request, a->model, e);
	for (size_t i = 0; i < TEXTS; i++)
		buf_done(&texts[i]);
	return got;
}
