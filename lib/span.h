/*
 * span - a strict walk over JSON text (RFC 8259) that returns raw pieces.
 *
 * Nothing is built and nothing is copied: a value is a view of its own bytes
 * in the text, {NULL, 0} when it is not there.  The walk accepts exactly
 * RFC 8259, at most SPAN_DEPTH_MAX deep; that strings hold valid UTF-8 is the
 * caller's affair, since a character may be cut in two by who sent it.
 *
 * It knows no meaning: what a member is for is api's business.
 */
#ifndef SPAN_H
#define SPAN_H

#include "buf.h"

enum { SPAN_DEPTH_MAX = 128 };

enum span_kind {
	SPAN_NONE, /* not there, or nothing that begins a value */
	SPAN_NULL,
	SPAN_BOOL,
	SPAN_NUMBER,
	SPAN_STRING,
	SPAN_ARRAY,
	SPAN_OBJECT,
};

/* Kind by first byte; the value has been walked over before. */
enum span_kind span_kind(struct str value);

/* Is text one JSON value, with nothing but white space around it? */
bool span_valid(struct str text);

/*
 * Where text stops being one JSON value: behind the byte that is wrong, or in
 * front of it; text.len when nothing is wrong but that text ends too early.
 */
size_t span_stop(struct str text);

/*
 * The members of an object called names[0..n): values[i] becomes the raw
 * value, or {NULL, 0}.  Of members with the same name the last one counts.
 * White space may stand around the object, nothing else.  Returns 0, or -1
 * if text is no JSON object.
 */
int span_members(
    struct str text, const char *const *names, size_t n, struct str *values);

/* One member by name; {NULL, 0} if it is not there or text is no object. */
struct str span_member(struct str text, const char *name);

/*
 * The next element of an array, or member of an object: start with *at = 0.
 * Returns 1, 0 at the end, -1 if text is no JSON array (object).  The name of
 * a member is raw, with its quotes.
 */
int span_next(struct str array, size_t *at, struct str *value);
int span_next_member(
    struct str object, size_t *at, struct str *name, struct str *value);

/*
 * Append what a string says to out, as UTF-8: escapes are resolved, and the
 * halves of a surrogate pair joined, also when the first half came in an
 * earlier string.  *half keeps such a first half (0: none) between calls;
 * halves without a partner become U+FFFD.  half may be NULL.  Returns 0, or
 * -1 if value is no string or out is full.
 */
int span_text(struct str value, uint32_t *half, struct buf *out);

/* Append the U+FFFD of a half that no partner followed, and forget it. */
void span_text_end(uint32_t *half, struct buf *out);

/* A whole number within int64_t; -1 if value is none. */
int span_integer(struct str value, int64_t *number);

#endif
