/*
 * wizard - a dialogue on the terminal: the idea, and answers to questions.
 *
 * See typed.h for the lines.  There is nothing to restore.  What is asked is
 * said on standard error.
 */
#ifndef WIZARD_H
#define WIZARD_H

#include "run.h"

/* Is there somebody to ask? */
bool wizard_can_ask(void);

/* Append the line that is typed, or the lines that are pasted; empty at ^D. */
int wizard_ask_idea(struct buf *idea, struct err *e);

/* Say what is waited for, which may take a while. */
void wizard_wait(const char *what);

/*
 * Ask what has no answer yet, until "done" or ^D; the questions and then each
 * answer are kept in the file at once, if there is one.
 */
int wizard_ask_questions(
    struct list *questions, const char *file, struct err *e);

#endif
