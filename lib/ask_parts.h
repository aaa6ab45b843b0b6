/*
 * ask_parts - what the files of ask share, and nobody else.
 */
#ifndef ASK_PARTS_H
#define ASK_PARTS_H

#include "ask.h"

/* ask.c: the call that asks; its answer comes into the reader. */
void ask_fill_call(struct ask *, struct api_call *, const char *model);

/* Forget what came; an answer begins. */
void ask_begin(struct ask *, const char *server, const char *model);

/* The request, too: what memory they took is not kept for the next. */
void ask_forget(struct ask *);

/* ask_print.c: take what came since the last time; print it, if it streams. */
int ask_take(struct ask *, struct err *e);

/* Move what came to what was said. */
void ask_keep_text(struct ask *);

/* ask_cache.c: what goes wrong there is a warning. */
void ask_open_cache(struct ask_run *);
void ask_close_cache(struct ask_run *);

/* What was found out of the models may be so no longer. */
void ask_forget_digests(struct ask_run *);

/*
 * Look for the answer to the request.  1: it is read, and good; 0: there is
 * none; -1: no server can be reached.
 */
int ask_recall(struct ask *, const char *model, struct err *e);

/* The answer that came is good: store it. */
void ask_store(struct ask *);

/* ask_log.c */
void ask_open_log(struct ask_run *);

#endif
