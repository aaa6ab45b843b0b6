/* dmr-reqs: a dialogue on the terminal. */
#include "wizard.h"

#include <strings.h>
#include <unistd.h>

#include "answers.h"
#include "die.h"
#include "file.h"
#include "questions.h"
#include "typed.h"

bool
wizard_can_ask(void)
{
	return file_is_terminal(STDIN_FILENO) &&
	    file_is_terminal(STDERR_FILENO);
}

static void
say(const char *mark, struct str text, const char *end)
{
	struct buf line = { 0 };

	buf_add_text(&line, mark);
	buf_add(&line, text);
	buf_add_text(&line, end);
	tell(buf_str(&line));
	buf_done(&line);
}

int
wizard_ask_idea(struct buf *idea, struct err *e)
{
	struct buf line = { 0 };
	int got;

	do {
		say("What is to be built?\n> ", (struct str){ 0 }, "");
		got = typed_line(&line, e);
	} while (got == 1 && str_is_blank(buf_str(&line)));
	if (got == 1 && typed_rest(&line, e))
		got = -1;
	if (got == 0)
		say("", (struct str){ 0 }, "\n");
	buf_add(idea, str_trim(buf_str(&line)));
	buf_done(&line);
	return got < 0 ? -1 : 0;
}

void
wizard_wait(const char *what)
{
	say("\nAsking the model for ", str_of(what), " ...\n");
}

static void
show(const struct question *q, size_t number, size_t n)
{
	char head[64], mark[32];

	snprintf(head, sizeof head, "\n%zu/%zu ", number, n);
	say(head, text_str(&q->question), "\n");
	if (q->why.len)
		say("    ", text_str(&q->why), "\n");
	for (size_t i = 0; i < q->options.n; i++) {
		struct str option = text_str(list_text(&q->options, i));
		bool is_best = str_equal(option, text_str(&q->recommended));

		snprintf(mark, sizeof mark, " %zu) ", i + 1);
		say(mark, option, is_best ? " (recommended)\n" : "\n");
	}
	say("> ", (struct str){ 0 }, "");
}

static bool
is_done(struct str said)
{
	return said.len == strlen("done") &&
	    !strncasecmp(said.data, "done", said.len);
}

/* 1; 0: nothing more is to be asked. */
static int
ask(struct question *q, struct buf *line, struct err *e)
{
	int got = typed_line(line, e);
	struct str said = str_trim(buf_str(line));

	if (got == 0)
		say("", (struct str){ 0 }, "\n");
	if (got < 1 || is_done(said))
		return got < 0 ? -1 : 0;
	if (said.len && !questions_option(q, said) && typed_rest(line, e))
		return -1;
	if (said.len)
		questions_take(q, str_trim(buf_str(line)));
	else
		text_set(&q->answer, text_str(&q->recommended));
	return 1;
}

static bool
is_open(const struct list *questions)
{
	for (size_t i = 0; i < questions->n; i++) {
		const struct question *q = list_at(
		    questions, &question_kind, i);

		if (!q->answer.len)
			return true;
	}
	return false;
}

int
wizard_ask_questions(struct list *questions, const char *file, struct err *e)
{
	struct buf line = { 0 };
	int got = 1;

	if (file && is_open(questions) && answers_write(file, questions, e))
		return -1;
	for (size_t i = 0; i < questions->n && got == 1; i++) {
		struct question *q = list_at(questions, &question_kind, i);

		if (q->answer.len)
			continue;
		typed_forget();
		show(q, i + 1, questions->n);
		got = ask(q, &line, e);
		if (got == 1 && file && answers_write(file, questions, e))
			got = -1;
	}
	buf_done(&line);
	return got < 0 ? -1 : 0;
}
