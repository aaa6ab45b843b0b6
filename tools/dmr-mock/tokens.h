/*
 * tokens - words counted as a tokenizer counts them, more or less.
 *
 * A token is up to eight bytes of a word with the blank before it, a digit,
 * white space, or a character of another kind.  With what a chat template
 * adds, the counts are those of ai/smollm2 for plain English.
 */
#ifndef TOKENS_H
#define TOKENS_H

#include "str.h"

enum {
	TOKENS_OF_CHAT = 4,    /* the line that the answer begins behind */
	TOKENS_OF_MESSAGE = 5, /* a message has beside its text */
	TOKENS_OF_SYSTEM = 21, /* the system text where a chat brings none */
};

/* Cut the next token off *rest; empty at the end.  UTF-8 stays whole. */
struct str tokens_next(struct str *rest);

int64_t tokens_count(struct str text);

#endif
