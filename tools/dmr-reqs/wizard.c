/* dmr-reqs: a dialogue on the terminal. */
#include "wizard.h"

#include <errno.h>
#include <unistd.h>

#include "answers.h"
#include "die.h"
#include "file.h"
#include "said.h"

enum { LINE_BYTES = 4096 }; /* of a terminal's line, and more */

bool
wizard_can_ask(void)
{
	return file_is_terminal(STDIN_FILENO) &&
	    file_is_terminal(STDERR_FILENO);
}

/*
 * A terminal in canonical mode gives a line at a time; one without its newline
 * was ended by ^D, and what follows belongs to it.  1; 0 at the end; -1.
 */
static int
read_line(struct buf *line, struct err *e)
{
	char bytes[LINE_BYTES];
	ssize_t n;

	buf_clear(line);
	do {
		n = read(STDIN_FILENO, bytes, sizeof bytes);
		if (n < 0 && errno != EINTR)
			return err_set(e, ST_INPUT,
			    "cannot read the terminal: %s", strerror(errno));
		if (n > 0)
			buf_add(line, (struct str){ bytes, (size_t)n });
	} while (n < 0 || (n > 0 && !str_ends(buf_str(line), "\n")));
	buf_repair(line, 0, true);
	return line->len > 0;
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
		got = read_line(&line, e);
	} while (got == 1 && str_is_blank(buf_str(&line)));
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

/* A number is that of an option, nothing the recommended one. */
static void
take(struct question *q, struct str said)
{
	size_t number = 0;

	for (size_t i = 0; i < said.len && number <= q->options.n; i++)
		number = said.data[i] >= '0' && said.data[i] <= '9'
		    ? number * 10 + (size_t)(said.data[i] - '0')
		    : q->options.n + 1;
	if (!said.len)
		text_set(&q->answer, text_str(&q->recommended));
	else if (number && number <= q->options.n)
		text_set(
		    &q->answer, text_str(list_text(&q->options, number - 1)));
	else
		said_set(&q->answer, said);
}

/* 1; 0: nothing more is to be asked. */
static int
ask(struct question *q, struct buf *line, struct err *e)
{
	int got = read_line(line, e);

	if (got == 0)
		say("", (struct str){ 0 }, "\n");
	if (got < 1 || str_is(str_trim(buf_str(line)), "done"))
		return got < 0 ? -1 : 0;
	take(q, str_trim(buf_str(line)));
	return 1;
}

int
wizard_ask_questions(struct list *questions, const char *file, struct err *e)
{
	struct buf line = { 0 };
	int got = 1;

	for (size_t i = 0; i < questions->n && got == 1; i++) {
		struct question *q = list_at(questions, &question_kind, i);

		if (q->answer.len)
			continue;
		show(q, i + 1, questions->n);
		got = ask(q, &line, e);
		if (got == 1 && file && answers_write(file, questions, e))
			got = -1;
	}
	buf_done(&line);
	return got < 0 ? -1 : 0;
}
