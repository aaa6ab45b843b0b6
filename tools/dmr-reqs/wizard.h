/*
 * wizard - a dialogue on the terminal: the idea, and answers to questions.
 *
 * Lines are typed in the terminal's own mode, so its editing keys work, and
 * there is nothing to restore.  What is asked is said on standard error.
 */
#ifndef WIZARD_H
#define WIZARD_H

#include "run.h"

/* Is there somebody to ask? */
bool wizard_can_ask(void);

/* Append the line that is typed; empty at ^D. */
int wizard_ask_idea(struct buf *idea, struct err *e);

/* Say what is waited for, which may take a while. */
void wizard_wait(const char *what);

/*
 * Ask what has no answer yet, until "done" or ^D; each answer is kept in the
 * file at once, if there is one.
 */
int wizard_ask_questions(
    struct list *questions, const char *file, struct err *e);

#endif
