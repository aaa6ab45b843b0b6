/*
 * dmr-review: what is given to a name, and whether it may be a secret.
 */
#ifndef OFFLINE_VALUE_H
#define OFFLINE_VALUE_H

#include <stdbool.h>

#include "str.h"

enum { OFFLINE_PASSWORD_MIN = 6 }; /* bytes */

enum offline_form {
	OFFLINE_QUOTED,
	OFFLINE_WHOLE, /* the rest of the line */
	OFFLINE_WORD,  /* something is behind it */
};

struct offline_value {
	struct str text;
	enum offline_form form;
};

/*
 * The value that begins at `at`: in quotes, which a letter such as b or a
 * backslash may stand before, or, if `bare`, a word.  False: there is none, or
 * it is a template.  No more than some hundred bytes are read.
 */
bool offline_value(
    struct str line, size_t at, bool bare, struct offline_value *);

/* What stands between the ">" before `at` and the next "</". */
bool offline_element(struct str line, size_t at, struct offline_value *);

/* Is it what stands in the place of a secret? */
bool offline_is_placeholder(struct str value);

bool offline_is_quote(char c);
bool offline_has_digit_and_letter(struct str value);

/* Has it a letter, and something that stands in no word? */
bool offline_is_strange(struct str value);

/* How often letters, capitals and digits take turns. */
size_t offline_turns(struct str value);

/* Do they as often as in random text? */
bool offline_is_dense(struct str value);

#endif
