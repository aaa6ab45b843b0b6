/*
 * record - objects that flow through a tool and gain one member each.
 *
 * A record is a JSON object.  Its bytes go out as they came, with one member
 * more before the last brace: big integers, the order of the members, equal
 * names and spacing survive.  A text (a JSON string, or a line of --lines)
 * becomes the object {"input":TEXT} as soon as it is read, and is then like
 * any other.  What is none of these is a record too, a bad one, and says why.
 *
 * It knows no prompts, answers or options: its callers say what the member is
 * called and what is in it.  It writes into memory and reads a descriptor only
 * in record_reader.
 *
 *     record_read(&reader, &record, &e);
 *     record_begin(&w, &out, &format, &record);
 *     json_string(&w.json, answer);
 *     record_end(&w);
 */
#ifndef RECORD_H
#define RECORD_H

#include "err.h"
#include "json.h"
#include "span.h"

enum { RECORD_MAX = 10 << 20 }; /* bytes of a record, without its end */

/* How the records of a run come and go; borrowed by all that is below. */
struct record_format {
	bool lines;         /* each is a text, not JSON */
	char end;           /* what ends each, in and out: newline or NUL */
	char *member;       /* what the new member is called: NAME */
	char *member_error; /* NAME_error */
	/* What a request's body has: "messages", an array, unless set. */
	const char *question;
	enum span_kind question_kind;
};

/* member: copied; UTF-8. */
void record_format_init(
    struct record_format *, const char *member, bool lines, char end);
void record_format_done(struct record_format *);

enum record_kind {
	RECORD_BAD,     /* no object and no string; record_blame() says why */
	RECORD_VALUES,  /* values by name */
	RECORD_REQUEST, /* it has the question: the body of a request */
	RECORD_BATCH,   /* an OpenAI batch line: custom_id, url, body */
};

/* Views look at the record's own bytes.  Zero-initialised: one to read into. */
struct record {
	enum record_kind kind;
	size_t line; /* which one it is, from 1 */
	/*
	 * The object, UTF-8 and valid, for span_members() and record_text();
	 * without the NAME_error of an earlier run.  Empty if it is bad.
	 */
	struct str text;
	/*
	 * The raw value of NAME, or the response of an OpenAI batch output
	 * line, if there is one: the record has its answer and goes on
	 * unchanged, an old NAME_error included.
	 */
	struct str value;
	struct str body; /* the object that is a request's body, or empty */

	/* The module's own. */
	struct buf bytes;
	struct str custom_id, method, url; /* raw */
	const char *why;                   /* it is bad */
	size_t at;                         /* and where; from 1 */
};

/* Make a record of text, without its end; nothing else is kept of text. */
void record_parse(struct record *, const struct record_format *,
    struct str text, size_t line);

/* Why a bad record is bad: ST_INPUT, "line N: ...".  Its text is not quoted. */
void record_blame(const struct record *, struct err *e);

/*
 * Append what a raw value says as text: of a string its characters, with NUL
 * as U+FFFD, of others their own bytes.  False if that is not given: there is
 * no value, or null.
 */
bool record_text(struct str value, struct buf *out);

/* Has it no members? */
bool record_is_empty(const struct record *);

/* Is a record asked by members of that name?  The new one must not have it. */
bool record_is_asked_by(const char *name);

/* Is this batch line for us: a POST to url?  Without method: yes, too. */
bool record_is_for(const struct record *, const char *url);

/*
 * Write the fields of a record's body into the object that is open in j, but
 * those in but[0..n): of a batch line all there are, of other records those
 * that are known to shape an answer.  Never written: "stream",
 * "stream_options" and "n", for a record gets one answer, as a whole.  Of a
 * known field that is there twice the last one counts; null is not written.
 */
void record_write_fields(
    const struct record *, struct json *j, const char *const *but, size_t n);

void record_done(struct record *);

#endif
