/*
 * sse - Server-Sent Events: bytes in, events out.
 *
 * A push parser after WHATWG HTML, 9.2.6 "Interpreting an event stream":
 * pieces may be cut anywhere, lines end in LF, CR or CRLF, one BOM may come
 * first, an event is dispatched at its blank line, and one that the stream's
 * end cuts off never.  Comments, ids and retry times are dropped.
 *
 * Two deviations, since model servers need them: a line with the field name
 * "error" (llama.cpp before September 2025) and a line that begins with "{"
 * (an error that was not framed) are events of their own, at once.
 */
#ifndef SSE_H
#define SSE_H

#include "buf.h"
#include "err.h"

enum { SSE_EVENT_MAX = 8 << 20 }; /* bytes of a line, of an event's data */

enum sse_kind {
	SSE_DATA,  /* "data:" lines, joined with newlines */
	SSE_ERROR, /* what stands behind "error:", data of an event "error" */
	SSE_BARE,  /* a line that begins with "{" */
};

struct sse_event {
	enum sse_kind kind;
	struct str data; /* borrowed for the call */
};

/* Zero-initialise, then set on_event and owner. */
struct sse {
	/* Returns 0, or -1 with *e set: parsing stops. */
	int (*on_event)(void *owner, const struct sse_event *, struct err *e);
	void *owner;

	/* The parser's own. */
	struct buf line, data;
	size_t bom;     /* bytes of the BOM seen */
	bool started;   /* past the BOM */
	bool has_data;  /* a data field came since the last dispatch */
	bool is_error;  /* the event being read is called "error" */
	bool is_stream; /* may be read: a comment or a known field came */
	bool cr;        /* a CR ended the last line; an LF now belongs to it */
};

/* Parse the next piece.  Returns 0, or -1 with *e set. */
int sse_feed(struct sse *, struct str piece, struct err *e);

/* Is text the beginning of a comment or of a field that the standard knows? */
bool sse_is_field(struct str text);

/* No BOM is to come any more. */
void sse_skip_bom(struct sse *);

/* The line that has no end yet. */
struct str sse_rest(const struct sse *);

void sse_done(struct sse *);

#endif
