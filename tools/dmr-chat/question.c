/* dmr-chat: what a record asks. */
#include "ask_request.h"
#include "mem.h"
#include "request.h"
#include "span.h"
#include "tool_prompt.h"

/* What makes no sense of many. */
static int
check_options(const struct chat *c, struct err *e)
{
	const struct {
		const char *name;
		bool given;
	} others[] = { { "conversation", c->want->conversation },
		{ "count", c->want->count }, { "usage", c->run.usage },
		{ "no-stdin", c->run.set->no_stdin } };

	for (size_t i = 0; i < countof(others); i++)
		if (others[i].given)
			return err_set(e, ST_USAGE, "--%s is not for records",
			    others[i].name);
	if (c->want->reasoning && strcmp(c->want->reasoning, "none") != 0 &&
	    opts_is_given(&c->run.set->opts, "reasoning"))
		return err_set(e, ST_USAGE,
		    "--reasoning is not for records; --full has it");
	if (tool_stdin_is_taken())
		return err_set(e, ST_USAGE, "standard input can be read once");
	return 0;
}

/*
 * Before the first record: what the template wants is known then, and looked
 * for in each of them in one walk.
 */
int
chat_open_questions(struct chat *c, struct err *e)
{
	struct prompt *p = &c->prompt;
	struct chat_questions *q = &c->questions;
	struct tool_records *set = &c->run.set->records;

	if (check_options(c, e))
		return -1;
	if (!set->member)
		set->member = "reply";
	for (size_t i = 0; i < PROMPT_OTHERS; i++)
		p->values[i].unknown = true;
	if (prompt_names(p, e))
		return -1;
	tool_warn_of_params(p);
	for (size_t i = 0; i < p->nvalues; i++) {
		p->values[i].missing = "no member, and no -p, called";
		if (!p->values[i].used && i != PROMPT_PROMPT &&
		    i != PROMPT_INPUT)
			continue;
		if (str_is(p->values[i].name, set->member))
			return err_set(e, ST_USAGE,
			    "the template asks by '%s', which the answer is to "
			    "be called; try: --as NAME",
			    set->member);
		q->names[q->n] = mem_copy(p->values[i].name);
		q->at[q->n++] = i;
	}
	memcpy(q->values, p->values, sizeof q->values);
	return 0;
}

void
chat_close_questions(struct chat *c)
{
	for (size_t i = 0; i < c->questions.n; i++) {
		free(c->questions.names[i]);
		buf_done(&c->questions.texts[i]);
	}
}

/* Is a text for the model placed by the template, as these members are? */
static bool
places_member(const struct chat_questions *q, const bool *has)
{
	for (size_t i = 0; i < q->n; i++)
		if (has[i] && q->values[q->at[i]].placed)
			return true;
	return false;
}

/*
 * Members become values, and win over those of options.  What the template
 * does not place is added to it, prompt and input, but not where it places
 * another member.
 */
static void
set_values(struct chat *c, const struct str *raw)
{
	struct chat_questions *q = &c->questions;
	bool has[PROMPT_VALUES_MAX], is_placed;

	memcpy(c->prompt.values, q->values, sizeof q->values);
	for (size_t i = 0; i < q->n; i++) {
		buf_reset(&q->texts[i]);
		has[i] = record_text(raw[i], &q->texts[i]);
		if (q->at[i] == PROMPT_INPUT)
			has[i] &= !str_is_blank(buf_str(&q->texts[i]));
	}
	is_placed = places_member(q, has);
	for (size_t i = 0; i < q->n; i++) {
		struct tmpl_value *v = &c->prompt.values[q->at[i]];

		if (!has[i] || (is_placed && !v->used))
			continue;
		v->value = buf_str(&q->texts[i]);
		v->given = true;
	}
}

/* An empty text must not become an empty question. */
static int
check_input(const struct chat *c, const struct str *raw, struct err *e)
{
	const struct chat_questions *q = &c->questions;
	bool needed = q->values[PROMPT_INPUT].needed;

	for (size_t i = 0; i < q->n; i++)
		if (q->at[i] == PROMPT_INPUT && raw[i].len && needed &&
		    !c->prompt.values[PROMPT_INPUT].given)
			return err_set(e, ST_INPUT, "the input is empty");
	return 0;
}

static int
take_values(struct chat *c, const struct record *r, struct err *e)
{
	struct chat_questions *q = &c->questions;
	struct str raw[PROMPT_VALUES_MAX];

	span_members(r->text, (const char *const *)q->names, q->n, raw);
	set_values(c, raw);
	if (check_input(c, raw, e) || prompt_render(&c->prompt, e))
		return -1;
	if (!chat_has_question(c))
		return err_set(e, ST_INPUT, "there is no input to ask about");
	return 0;
}

/* Was something given that would have to be put into its messages? */
static bool
has_prompt(const struct chat *c)
{
	return c->prompt.file || c->operands.len || c->system.len ||
	    c->files.len || c->images.n;
}

/* A request's body: its fields win over options, but over --model. */
static int
take_body(struct ask *a, const struct record *r, struct err *e)
{
	struct chat *c = chat_of(a);
	struct str fields;

	if (has_prompt(c))
		return err_set(e, ST_USAGE,
		    "a record with messages takes no prompt, template, file "
		    "or image");
	tmpl_clear(&c->prompt.tmpl);
	if (ask_take_fields(a, r, NULL, 0, e))
		return -1;
	fields = buf_str(&a->fields);
	if (span_kind(span_member(fields, "messages")) != SPAN_ARRAY)
		return err_set(e, ST_INPUT, "the body has no messages");
	a->offers_tools = span_member(fields, "tools").len ||
	    span_member(fields, "functions").len;
	return 0;
}

int
chat_take_record(struct ask *a, const struct record *r, struct err *e)
{
	return r->body.len ? take_body(a, r, e) : take_values(chat_of(a), r, e);
}
