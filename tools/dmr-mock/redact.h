/*
 * redact - secrets taken out of what is kept or shown.
 *
 * A secret is what a header such as Authorization says, wherever it is said
 * again; in JSON, also inside a text, what a member called api_key, token or
 * password says; what follows "Bearer"; and what begins as the keys of known
 * services do.  "***" stands in its place; lists and objects become empty.
 * What die_hide() was told is hidden too.
 */
#ifndef REDACT_H
#define REDACT_H

#include <limits.h>

#include "buf.h"

enum { REDACT_WORD_MIN = 8 }; /* bytes; shorter ones are no secrets */

/* What to take out.  Zero-initialise; mock_secrets_done() frees. */
struct mock_secrets {
	struct str *words; /* borrowed from the headers */
	size_t n, capacity;
	bool begins[UCHAR_MAX + 1]; /* does one begin with this byte? */
};

/* Take up what the secret ones of these "Name: value\n" lines say. */
void mock_secrets_add(struct mock_secrets *, struct str headers);
void mock_secrets_done(struct mock_secrets *);

/* Append text without the secrets. */
void mock_redact(const struct mock_secrets *, struct str text, struct buf *out);

/* The same for "/path?name=value&...", where names tell secrets, too. */
void mock_redact_target(
    const struct mock_secrets *, struct str target, struct buf *out);

#endif
