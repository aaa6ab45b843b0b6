/*
 * finding - what is said of a place in a file, and the forms it is printed in.
 *
 * A format is a row of a table, in a file of its own: text (gcc's form), json
 * (JSON Lines, and a summary at the end), sarif (2.1.0), rdjsonl (reviewdog).
 * Paths are as the user gave them.  A place is bytes of a line: text, json and
 * rdjsonl count so, from 1 and with an end that is exclusive; sarif counts
 * UTF-16 units, for which the line's text is needed.
 *
 * Each finding is written when it is printed; what is kept is a hash for each
 * finding of one file.
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
	size_t line, end_line; /* from 1; 0: of the file as a whole */
	size_t start, end;     /* bytes of line, of end_line, from 0;
	                          end 0: no column */
	struct str line_text;  /* of line, to count characters in; or empty */
	enum finding_severity severity;
	const char *category;      /* "docs" */
	const char *rule;          /* "missing" */
	struct str symbol;         /* "Shop.get", or empty */
	struct str title, message; /* one of them may be empty */
	struct str suggestion; /* lines that take the place of these; or data
	                          NULL */
	char fingerprint[33];  /* hex; "": made of path, rule, symbol, text of
	                          the line, and of how many alike came before */
	bool is_unplaced;      /* it is not known where it belongs */
};

struct finding_format;
const struct finding_format *finding_format(const char *name); /* or NULL */

struct finding_rule {
	const char *id, *title; /* "docs/missing", in words */
};

/*
 * A report: set what is above the line, then begin, findings in order (those
 * of a file together), end, done.
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
	struct finding_seen *seen;
	size_t nseen, seen_capacity;
	uint64_t seen_path;
};

/* -1 with ST_OUTPUT, as output_text() has it. */
int finding_begin(struct finding_report *, struct err *e);
int finding_print(
    struct finding_report *, const struct finding *, struct err *e);

/* was_whole: everything was looked at.  summary: members for json's last line,
 * without braces, or empty. */
int finding_end(
    struct finding_report *, bool was_whole, struct str summary, struct err *e);
void finding_done(struct finding_report *);

#endif
