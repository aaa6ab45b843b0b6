/*
 * stage - what is asked of the model about an idea, one thing after another.
 *
 * A stage is a prompt, reqs-NAME.prompt, and the schema that its front matter
 * names.  What an answer's members are called, in the document, is what they
 * become (said.h).
 */
#ifndef STAGE_H
#define STAGE_H

#include "api_chat.h"
#include "fanout.h"
#include "prompt.h"
#include "schema.h"

enum stage_id {
	STAGE_QUESTIONS,
	STAGE_FUNCTIONAL,
	STAGE_NONFUNCTIONAL,
	STAGE_ARCHITECTURE,
	STAGES,
};

struct stage {
	struct prompt prompt;
	struct api_sampling sampling;
	struct schema *schema; /* that answers are checked by */
	struct buf sent;       /* that is sent, with ids; empty: the same */
};

struct ask;
struct document;
struct run;

/* "functional": what a document, and messages, call a stage. */
const char *stage_name(enum stage_id);

/* Does a document say that it lacks this part?  One architecture is enough. */
bool stage_is_missing(const struct document *, enum stage_id);

/* Read the prompts, and what is told beside the idea.  -1 with *e set. */
int stage_open(struct run *, struct err *e);
void stage_close(struct run *);

/* See ask_many.prepare: asks about the idea that the job has. */
int stage_prepare(
    struct fanout *, struct fanout_job *, struct ask *, struct err *e);

#endif
