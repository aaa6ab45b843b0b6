/*
 * answer - the request is sent, or its answer known; what becomes of that.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "chat.h"

/* ask.c: the call that asks; its answer comes into the reader. */
void chat_fill_call(struct chat_answer *, struct api_call *, const char *model);

/* The answer comes into c->answer, and is streamed if it may be. */
int chat_ask(struct chat_answer *, struct err *e);

void chat_answer_done(struct chat_answer *);

/* Forget what came; an answer begins. */
void chat_begin(struct chat_answer *, const char *server, const char *model);

/* The request, too: what memory they took is not kept for the next. */
void chat_forget(struct chat_answer *);

/* Print how many tokens the prompt has. */
int chat_count(struct chat_answer *, struct err *e);

/* Print what would be asked. */
int chat_dry_run(struct chat_answer *, struct err *e);

/* cache.c: what goes wrong there is a warning. */
void chat_open_cache(struct chat *);
void chat_close_cache(struct chat *);

/* What was found out of the models may be so no longer. */
void chat_forget_digests(struct chat *);

/*
 * Look for the answer to the request.  1: it is read, and good; 0: there is
 * none; -1: no server can be reached.
 */
int chat_recall(struct chat_answer *, const char *model, struct err *e);

/* The answer that came is good: store it. */
void chat_store(struct chat_answer *);

/* answer.c: does text appear as it comes? */
bool chat_streams(const struct chat *);

/* Check where reasoning goes, and open it. */
int chat_open_reasoning(struct chat *, struct err *e);

/* Move what came to what was said. */
void chat_keep_text(struct chat_answer *);

/*
 * What is wanted of a good answer: a block, a value, what a filter makes of
 * it.  *is_json: it is a JSON text, which is wanted if there may be one.
 */
int chat_choose(
    struct chat_answer *, struct buf *text, bool *is_json, struct err *e);

/* Warn of what is odd about an answer, if anything is. */
bool chat_warn(const struct chat_answer *);

/* Take what came since the last time; print it, if text is to stream. */
int chat_take(struct chat_answer *, struct err *e);

/* Print the rest of an answer that was streamed, or a good one whole. */
void chat_finish(struct chat_answer *, struct err *e);

#endif
