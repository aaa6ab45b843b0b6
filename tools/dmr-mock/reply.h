/*
 * reply - a request, and what it is answered.
 *
 * Whoever answers fills a struct mock_reply and knows nothing of how it is
 * sent: all of it at once, in pieces with pauses between them, broken off.
 */
#ifndef REPLY_H
#define REPLY_H

#include "buf.h"

/* A request that has come whole.  Everything is borrowed for its time. */
struct mock_request {
	const char *method;
	const char *target; /* as it came: "/fault/slow/models?x=1" */
	const char *path;   /* without fault and query: "/models", still
	                       percent-encoded */
	const char *query;  /* "x=1", or "" */
	struct str headers; /* "Name: value\n" lines, in their order */
	struct str body;
	size_t number; /* from 1, over the life of the mock */
};

#define MOCK_NEVER INT64_MAX

/* From which byte of the body on it takes how long, or MOCK_NEVER. */
struct mock_pause {
	size_t at; /* bytes sent before it */
	int64_t ms;
};

enum mock_cut {
	MOCK_WHOLE,
	MOCK_CUT_HEAD, /* no reply, but what `raw` holds */
	MOCK_CUT_BODY, /* after cut_at bytes of the body */
	MOCK_CUT_END,  /* behind the body, of which there was to be more */
};

/* When a reply came from an upstream. */
struct mock_times {
	int64_t delay_ms;          /* until its head */
	struct mock_pause *pauses; /* between the pieces of its body */
	size_t npauses, capacity;
};

/*
 * A reply: all that is known of it at once.  Zero-initialise, then fill by
 * the functions below; mock_reply_done() frees.
 */
struct mock_reply {
	int status;
	struct buf headers; /* "Name: value\n" lines, without the framing */
	struct buf body;
	bool streams;              /* chunked: a length is not told */
	int64_t delay_ms;          /* before the status line */
	struct mock_pause *pauses; /* by at, ascending */
	size_t npauses, capacity;
	bool is_open;        /* more of the body is to come (upstream.c) */
	int64_t head_length; /* bytes there would be, said by HEAD; or 0 */
	const struct mock_times *times; /* at its end, for record.c */
	struct buf faults;              /* names of those it was spoiled by */

	/* How it breaks, if it does. */
	enum mock_cut cut;
	const char *raw; /* static */
	size_t cut_at;
	bool is_reset;    /* by a reset; else the connection just ends */
	size_t chunk_max; /* bytes in a chunk, 0: as it comes */
};

/* The value of the first header with this name (any case), or empty. */
struct str mock_header(const struct mock_request *, const char *name);

/* A copy that lives on its own, yours to free(). */
struct mock_request *mock_request_copy(const struct mock_request *);
/* Bytes of all that a request says. */
size_t mock_request_size(const struct mock_request *);

void mock_reply_header(
    struct mock_reply *, const char *name, const char *value);
/* Everything at once; text: copied.  DMR's errors are text/plain and end in
 * a newline, as Go's http.Error() writes them. */
void mock_reply_text(
    struct mock_reply *, int status, const char *type, struct str text);
/* The same for a body that is there already. */
void mock_reply_head(struct mock_reply *, int status, const char *type);
void mock_reply_error(struct mock_reply *, int status, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* Wait before what is added to the body next. */
void mock_reply_pause(struct mock_reply *, int64_t ms);
void mock_reply_done(struct mock_reply *);

#endif
