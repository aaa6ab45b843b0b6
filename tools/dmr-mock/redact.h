/*
 * redact - secrets taken out of what is kept.
 *
 * A secret is what a header such as Authorization says, wherever it is said
 * again; and in JSON, also inside a text, what a member called api_key, token
 * or password says.  "***" stands in its place.  What die_hide() was told is
 * hidden too.
 */
#ifndef REDACT_H
#define REDACT_H

#include "buf.h"

enum {
	REDACT_WORDS_MAX = 32,
	REDACT_WORD_MIN = 8, /* bytes; shorter ones are no secrets */
};

/* What to take out.  Zero-initialise. */
struct mock_secrets {
	struct str words[REDACT_WORDS_MAX]; /* borrowed from the headers */
	size_t n;
};

/* Take up what the secret ones of these "Name: value\n" lines say. */
void mock_secrets_add(struct mock_secrets *, struct str headers);

/* Append text without the secrets. */
void mock_redact(const struct mock_secrets *, struct str text, struct buf *out);

/* The same for "/path?name=value&...", where names tell secrets, too. */
void mock_redact_target(
    const struct mock_secrets *, struct str target, struct buf *out);

#endif
