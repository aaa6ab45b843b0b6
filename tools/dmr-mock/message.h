/*
 * message - headers and bodies, as lines and bytes and as JSON.
 *
 * Headers are "Name: value\n" lines in memory, an object in JSON.  A body is
 * one of three members: "body", a JSON value; "text"; or "base64", for bytes
 * that are no UTF-8.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "json.h"
#include "lines.h"

/* The next "Name: value" line; false at the end. */
bool mock_header_next(struct str *rest, struct str *name, struct str *value);
bool mock_header_is(struct str name, const char *wanted);

/* Is it one (RFC 9110, section 5), without control characters? */
bool mock_header_is_good(struct str name, struct str value);

/* Does it say how the message is sent, rather than what (RFC 9110, 7.6.1)? */
bool mock_header_is_framing(struct str name);

/*
 * Write the member "headers"; values of one name are joined by ", ".  how: the
 * sum of these.
 */
enum {
	MOCK_LOWER = 1,  /* names in lower case */
	MOCK_MASKED = 2, /* what secret ones say is "***" */
};

void mock_write_headers(struct json *, struct str headers, int how);

/*
 * Write the member of a body; none if it is empty.  exact: its bytes come
 * back, so that it is no "body".
 */
void mock_write_body(struct json *, struct str body, bool exact);

/*
 * Read an object, if it is there, into lines.  -1: a name or value that no
 * header has, or one that frames the message, which is not for files to say.
 */
int mock_read_headers(struct str object, struct buf *headers, struct err *e);

enum { MOCK_BODY, MOCK_TEXT, MOCK_BASE64, MOCK_BODY_MEMBERS };

/* The members of a body, for a table. */
#define MOCK_BODY_ROWS \
	{ "body", "any value" }, { "text", "a string" }, \
	{ \
		"base64", "a string" \
	}

/* Read the values of the three; -1: more than one, or no base64. */
int mock_read_body(const struct str *values, struct buf *body, struct err *e);

#endif
