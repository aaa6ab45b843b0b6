/*
 * finding - what is said of a place in a file, and the forms it is printed in.
 *
 * A format is a row of a table, in a file of its own: text (gcc's form), json
 * (JSON Lines, and a summary at the end), sarif (2.1.0), rdjsonl (reviewdog).
 * Paths are as the user gave them.  A place is bytes of a line: text, json and
 * rdjsonl count so, from 1 and with an end that is exclusive; sarif counts
 * UTF-16 units, for which the line's text is needed.
 *
 * Each finding is written when it is printed; nothing is kept of it.
 */
#ifndef FINDING_H
#define FINDING_H

#include "output.h"

enum finding_severity {
	FINDING_LOW,
	FINDING_MEDIUM,
	FINDING_HIGH,
	FINDING_CRITICAL,
};

/* "low" ... "critical" */
const char *finding_severity_name(enum finding_severity);

struct finding {
	const char *path;
	size_t line, end_line;   /* from 1; 0: of the file as a whole */
	size_t start, end;       /* bytes of line, of end_line, from 0;
	                          end 0: no column */
	struct str line_text;    /* of line, to count characters in; or empty */
	struct str end_text;     /* the same of end_line, if it is another */
	struct str above, below; /* the lines around, by which it is known
	                            again; or empty */
	size_t nalike;           /* so many come before that are alike, with
	                            those around: see finding_alike.h */
	unsigned variant;        /* it is told by what line_text hides; 0: no */
	enum finding_severity severity;
	const char *category;      /* "docs" */
	const char *rule;          /* "missing"; or "": the category alone */
	struct str symbol;         /* "Shop.get", or empty */
	struct str title, message; /* one of them may be empty */
	struct str suggestion; /* lines that take the place of these; or data
	                          NULL */
	struct str quote;      /* the code it is about, as it was said; or
	                          empty */
	const char *side;      /* of a diff: "new", "old"; or NULL */
	const char *method;    /* how its place was found, or NULL */
	char fingerprint[33];  /* hex, or "": see finding_identify() */
	bool is_unplaced;      /* it is not known where it belongs */
};

struct finding_format;
const struct finding_format *finding_format(const char *name); /* or NULL */

struct finding_rule {
	const char *id, *title; /* "docs/missing" or "docs", in words */
};

/*
 * A report: set what is above the line, then begin, findings in order, end,
 * done.
 */
struct finding_report {
	const struct finding_format *format;
	struct output *out;
	const char *tool, *version;
	const struct finding_rule *rules; /* that may occur */
	size_t nrules;
	/* ---- */
	size_t count[FINDING_CRITICAL + 1]; /* printed, to be read */
	struct buf line;                    /* the rest is the module's own */
	struct buf skipped;
};

/* -1 with ST_OUTPUT, as output_text() has it. */
int finding_begin(struct finding_report *, struct err *e);
int finding_print(
    struct finding_report *, const struct finding *, struct err *e);

/*
 * Make its place one that can be, and fill its fingerprint if that is empty: of
 * path, rule, symbol, the line (or the quote of one without) and those around
 * it, white space aside, and of how many are alike before.  It holds no prose,
 * no number of a line, and nothing of what else is said.
 */
void finding_identify(struct finding *);

/* Printed so far. */
size_t finding_total(const struct finding_report *);

/* Why something was not looked at: it could not be, or there is nothing. */
enum finding_skipped { FINDING_SKIPPED, FINDING_UNCHANGED };

/* For json's summary and sarif's notifications.  Line 0: the file as a whole. */
void finding_skip(struct finding_report *, enum finding_skipped,
    const char *path, size_t line, const char *reason);

/* was_whole: everything was looked at.  summary: members for json's last line,
 * without braces, or empty. */
int finding_end(
    struct finding_report *, bool was_whole, struct str summary, struct err *e);
void finding_done(struct finding_report *);

#endif
