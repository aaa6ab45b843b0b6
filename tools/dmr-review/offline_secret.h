/*
 * dmr-review: the secrets of a line, and what finds them.
 */
#ifndef OFFLINE_SECRET_H
#define OFFLINE_SECRET_H

#include "finding.h"

/* Where a table of texts is looked up: by a hash of their first three bytes,
 * which are their head. */
enum { OFFLINE_HEADS = 1 << 12 };

static inline size_t
offline_head_add(size_t head, char next)
{
	return (head << 4 ^ (unsigned char)next) % OFFLINE_HEADS;
}

static inline size_t
offline_head(const char *text)
{
	size_t head = offline_head_add(0, text[0]);

	return offline_head_add(offline_head_add(head, text[1]), text[2]);
}

/* offline_secret.c: what a line holds, in no order. */
struct offline_secret {
	size_t start, end;
	const char *what; /* "an AWS access key" */
	enum finding_severity severity;
	bool is_silent;   /* more of what was told of before */
	bool is_doubtful; /* masked, but nobody is told: it may be a name */
	bool is_shown;    /* nothing of it is to be hidden */
};

struct offline_secrets {
	struct offline_secret *items; /* of the line; free() in the end */
	size_t n, capacity;
	struct {
		bool in_key,
		    is_told; /* between a private key's BEGIN and END */
		/* whose value may be to come, on so many lines; on the next */
		const struct offline_name *named;
		unsigned named_lines;
		bool is_below;
	} before; /* what the lines before say of the next */
	/* in the line: where its text begins, and "login " (or its length) */
	size_t text_at, login_at;
	bool has_begins, begins[OFFLINE_HEADS]; /* heads that keys have */
};

/* Lines of one side, one after another; restart where one does not follow the
 * one before it. */
void offline_secrets(struct offline_secrets *, struct str line);
void offline_secrets_restart(struct offline_secrets *);
void offline_add_secret(struct offline_secrets *, size_t start, size_t end,
    const char *what, enum finding_severity);

/* Put "*" in their places; returns the worst. */
enum offline_masked { OFFLINE_CLEAR, OFFLINE_DOUBTFUL, OFFLINE_MASKED };
enum offline_masked offline_mask(const struct offline_secrets *, char *line);

/* offline_key.c, offline_password.c: parts of that. */
void offline_keys(struct offline_secrets *, struct str line);
void offline_private_key(struct offline_secrets *, struct str line);
void offline_base64(struct offline_secrets *, struct str line);

/* offline_user.c: from the "://" or the blank at `at` on. */
void offline_url(struct offline_secrets *, struct str line, size_t at);
void offline_user(struct offline_secrets *, struct str line, size_t at);
void offline_passwords(struct offline_secrets *, struct str line);

/* Bytes at the start of text that are letters, digits or one of `more`. */
size_t offline_word(struct str text, const char *more);

#endif
