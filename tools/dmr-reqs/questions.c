/* dmr-reqs: what was asked of people, what they said, and what is assumed. */
#include "questions.h"

#include "attach.h"
#include "die.h"
#include "ids.h"
#include "said.h"

static struct question *
question_at(const struct list *list, size_t i)
{
	return list_at(list, &question_kind, i);
}

/* The first one of n with that id or text; n: there is none. */
static size_t
find(const struct list *list, size_t n, struct str id, struct str text)
{
	for (size_t i = 0; i < n; i++) {
		const struct question *q = question_at(list, i);

		if ((id.len && str_equal(id, text_str(&q->id))) ||
		    (text.len && str_equal(text, text_str(&q->question))))
			return i;
	}
	return n;
}

void
questions_prune(struct document *part, const struct document *d, size_t n)
{
	const struct list *asked = &d->questions;
	struct list *list = &part->questions;

	for (size_t i = 0; i < list->n;) {
		struct question *q = question_at(list, i);
		struct str text = text_str(&q->question);

		if (i >= n || !text.len ||
		    find(list, i, (struct str){ 0 }, text) < i ||
		    find(asked, asked->n, (struct str){ 0 }, text) < asked->n) {
			list_remove(list, &question_kind, i);
			continue;
		}
		text_set(&q->answer, (struct str){ 0 });
		if (q->options.n)
			text_set(&q->recommended,
			    text_str(list_text(&q->options, 0)));
		i++;
	}
}

size_t
questions_option(const struct question *q, struct str said)
{
	size_t number = 0;

	if (str_ends(said, ")") || str_ends(said, "."))
		said.len--;
	for (size_t i = 0; i < said.len && number <= q->options.n; i++)
		number = said.data[i] >= '0' && said.data[i] <= '9'
		    ? number * 10 + (size_t)(said.data[i] - '0')
		    : q->options.n + 1;
	return number <= q->options.n ? number : 0;
}

void
questions_take(struct question *q, struct str said)
{
	size_t number = questions_option(q, said);

	if (number)
		text_set(
		    &q->answer, text_str(list_text(&q->options, number - 1)));
	else
		said_set(&q->answer, said);
}

void
questions_begin(struct idea *idea)
{
	const struct list *given = &idea->run->answers;
	struct document *d = &idea->doc;

	for (size_t i = 0; i < given->n && idea->run->has_questions; i++)
		thing_copy(&question_kind,
		    list_add(&d->questions, &question_kind),
		    question_at(given, i));
	ids_give(d, d);
}

/* An answer to what nobody has asked is said, too. */
static void
add_answer(struct document *d, const struct question *given)
{
	if (given->question.len)
		thing_copy(&question_kind,
		    list_add(&d->questions, &question_kind), given);
	else
		warn("--answers: there is no question '%.*s'",
		    STR_ARGS(text_str(&given->id)));
}

void
questions_answer(struct idea *idea)
{
	const struct list *given = &idea->run->answers;
	struct list *list = &idea->doc.questions;

	for (size_t i = 0; i < given->n && !idea->run->has_questions; i++) {
		const struct question *g = question_at(given, i);
		size_t at = find(
		    list, list->n, text_str(&g->id), text_str(&g->question));

		if (at < list->n)
			questions_take(
			    question_at(list, at), text_str(&g->answer));
		else
			add_answer(&idea->doc, g);
	}
	ids_give(&idea->doc, &idea->doc);
}

static void
assume(struct document *d, const struct question *q)
{
	struct buf text = { 0 };

	if (q->answer.len || !q->recommended.len)
		return;
	buf_add(&text, text_str(&q->question));
	buf_add_text(&text, " Assumed: ");
	buf_add(&text, text_str(&q->recommended));
	text_set(list_add_text(&d->assumptions), buf_str(&text));
	buf_done(&text);
}

void
questions_settle(struct idea *idea)
{
	struct document *d = &idea->doc;

	if (idea->is_settled)
		return;
	idea->is_settled = true;
	questions_answer(idea);
	for (size_t i = idea->nsettled; i < d->questions.n; i++)
		assume(d, question_at(&d->questions, i));
}

void
questions_list(const struct document *d, struct buf *out)
{
	struct buf lines = { 0 };

	for (size_t i = 0; i < d->questions.n; i++) {
		const struct question *q = question_at(&d->questions, i);
		const struct text *said = q->answer.len ? &q->answer
							: &q->recommended;

		if (!said->len)
			continue;
		buf_add(&lines, text_str(&q->question));
		buf_add_char(&lines, ' ');
		buf_add(&lines, text_str(said));
		buf_add_char(&lines, '\n');
	}
	if (lines.len) {
		attach_text(out, STR("answers"), buf_str(&lines));
		out->len = str_chomp(buf_str(out)).len;
	}
	buf_done(&lines);
}
