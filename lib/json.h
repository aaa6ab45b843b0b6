/*
 * json - write JSON text (RFC 8259) piece by piece.
 *
 * A struct json puts the commas; the caller opens and closes.  Text must be
 * UTF-8: repair it first.  Raw values are spliced in as they are: they have
 * been walked over by span_valid().
 *
 *     struct json j = { .out = &body };
 *     json_open(&j, '{');
 *     json_name(&j, "model"); json_string(&j, name);
 *     json_close(&j, '}');
 */
#ifndef JSON_H
#define JSON_H

#include "buf.h"

struct json {
	struct buf *out; /* borrowed */
	unsigned indent; /* blanks a level; 0: all in one line */
	unsigned depth;  /* containers that are open */
	bool comma;      /* the next value needs one before it */
	bool named;      /* it stands behind its name */
};

void json_open(struct json *, char bracket);
void json_close(struct json *, char bracket);
void json_name(struct json *, const char *name);
void json_string(struct json *, struct str text);
void json_integer(struct json *, int64_t number);
/* The shortest decimal that reads back as the same double; finite. */
void json_real(struct json *, double number);
void json_bool(struct json *, bool);
void json_raw(struct json *, struct str value);

/* name: number, only if it is known: not below 0. */
void json_count(struct json *, const char *name, int64_t number);

/* name: text, only if there is text. */
void json_member(struct json *, const char *name, struct str text);

/*
 * End a line of JSON Lines that begins at byte `from` of the output: line
 * ends between the tokens of raw values become blanks, what is no UTF-8
 * becomes U+FFFD, and a line feed follows.
 */
void json_end_line(struct json *, size_t from);

#endif
