/*
 * chat - what the parts of dmr-chat share.
 *
 * prompt.c makes the prompt out of options, operands and standard input,
 * files.c what goes along with it; request.c writes it, and the module ask has
 * it answered; answer.c says what is printed of that, turn.c keeps it.  One
 * that is made of a record is question.c's.  The option table and main() are
 * in ../dmr-chat.c.
 */
#ifndef CHAT_H
#define CHAT_H

#include "ask.h"
#include "conversation.h"
#include "filter.h"
#include "prompt.h"
#include "schema.h"

#define CHAT_READ_ONCE \
	"'-' is standard input, which is read once, and not with -n"

/* The options of dmr-chat alone. */
struct chat_options {
	const char *system, *tools, *schema;
	struct opt_list files, images;
	const char *conversation;
	const char *extract; /* first, last, all or a language; or NULL */
	bool extract_first;
	const char *filter, *assertion;
	const char *reasoning; /* where it goes, or NULL */
	const char *format;
	bool think, count;
};

enum chat_part { CHAT_NOTHING, CHAT_REASONING, CHAT_ANSWER };

/* What is the same for the questions of all records. */
struct chat_questions {
	struct tmpl_value values[PROMPT_VALUES_MAX]; /* without a record */
	/* Members that are looked for, which value each is, what it says. */
	char *names[PROMPT_VALUES_MAX];
	size_t at[PROMPT_VALUES_MAX], n;
	struct buf texts[PROMPT_VALUES_MAX];
};

/* A run: what is asked of the server, however often. */
struct chat {
	struct ask_run run;
	struct chat_options *want;

	/* The question. */
	struct prompt prompt;
	struct chat_questions questions;
	struct buf operands, input, system, params[PROMPT_VALUES_MAX];
	struct buf files, tools; /* blocks of text; a JSON array */
	enum api_think think;
	struct opt_list images; /* data URLs */
	struct buf image_names; /* a line each */
	bool has_dash;          /* an operand "-" */
	struct conversation conversation;
	struct schema *schema;
	struct filter *filter, *assertion;

	/* The answer. */
	struct output thoughts; /* of -R @FILE */
	enum chat_part printed; /* last */
};

/* The chat that a question is of. */
static inline struct chat *
chat_of(const struct ask *a)
{
	return a->run->owner;
}

#endif
