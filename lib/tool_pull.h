/*
 * tool_pull - models are pulled, told on standard error.
 *
 * On a terminal a line shows how far each is, elsewhere one is written every
 * ten seconds.
 */
#ifndef TOOL_PULL_H
#define TOOL_PULL_H

#include "pull.h"
#include "tool.h"

/* How it is told; zero-initialised: as above. */
struct tool_pull_told {
	bool ignores_memory; /* no warning of models larger than it */
	/*
	 * Called each second for one that runs, instead of telling, if not
	 * NULL; and for each one that has ended, if not NULL.
	 */
	int (*on_progress)(void *owner, const struct pull *, struct err *e);
	int (*on_end)(void *owner, const struct pull *, struct err *e);
	void *owner;
};

/*
 * Set up all[0..n) for as many models.  token: for any registry, for the life
 * of the process, or NULL: that of HF_TOKEN, for Hugging Face alone.  Only a
 * server that the user named gets one; why not is told once.
 */
void tool_pull_set(struct pull *all, const struct api *,
    const char *const *models, size_t n, const char *token);

/*
 * Pull them all; the err of each says what came of it.  -1: nobody is there
 * to be told, or a callback failed.
 */
int tool_pull_all(struct api *, struct pull *all, size_t n,
    const struct tool_pull_told *, struct output *out, struct err *e);

/* Pull one. */
int tool_pull(
    struct api *, const char *model, struct output *out, struct err *e);

#endif
