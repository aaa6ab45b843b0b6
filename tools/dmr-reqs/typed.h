/*
 * typed - lines that somebody types, or pastes, at the terminal on standard
 * input.  The terminal is in its own mode, so its editing keys work.
 */
#ifndef TYPED_H
#define TYPED_H

#include "buf.h"
#include "err.h"

/* Forget what was typed before it was asked for, and say so if that was a line:
 * it answers something else. */
void typed_forget(void);

/*
 * A line, with its newline, if ^D has not ended it: valid UTF-8 without what
 * keys such as arrows send.  One that the terminal has cut is asked for again.
 * 1; 0 at the end; -1 with ST_INPUT.
 */
int typed_line(struct buf *line, struct err *e);

/* Append the lines that came with it, as those of a text that is pasted do. */
int typed_rest(struct buf *text, struct err *e);

#endif
