/*
 * run - what the parts of dmr-review share.
 *
 * What a diff says of one file is a section; a source file is made one.  Its
 * hunks are divided into parts that fit a request, which fanout carries:
 * request.c asks about a part, answer.c makes findings of what is said, each at
 * its line or at none, and report.c prints, in order, what is wanted of them.
 */
#ifndef RUN_H
#define RUN_H

#include "alike.h"
#include "ask_many.h"
#include "ask_room.h"
#include "baseline.h"
#include "diff_reader.h"
#include "diff_seek.h"
#include "found.h"
#include "ignore.h"
#include "options.h"
#include "rules.h"
#include "suggestion.h"
#include "told.h"

enum review_scope { SCOPE_FILE, SCOPE_HUNK, SCOPE_ADDED };

struct section {
	struct run *run;
	struct diff_file diff;
	const char *path; /* of the new side, else of the old one */
	size_t *sizes;    /* bytes of a prompt that each hunk takes */
	size_t bytes;     /* that it keeps: its text, and of the file */
	size_t overhead;  /* bytes of a prompt that asks about nothing */
	size_t next;      /* hunk that no part has yet */
	struct ignores ignores;
	struct masked masked;
	struct found_list found;    /* without a model, in order, ... */
	size_t nfound_out;          /* ... of which so many are printed */
	struct finding_alike alike; /* its lines, when there is a finding */
	struct told told;           /* of it, by now, ... */
	struct diff_seek seek;      /* ... up to this line */
	struct suggestions suggestions;
	struct buf whole;          /* the file itself, with --root, */
	struct context *around;    /* and what it declares; or NULL */
	struct part *parts;        /* in work */
	bool has_begun, is_closed; /* a part was made; none follows */
	struct section *following;
};

/* Hunks of a part that were not reviewed. */
struct gap {
	size_t first, end;
	struct err why;
	bool is_rest; /* nobody was there to be asked */
};

/* Hunks [first, end), asked about at once or not; none, but for the name. */
struct part {
	struct section *section;
	size_t first, end;
	size_t at, until; /* what the request on its way is about */
	size_t sent;      /* bytes of its prompt */
	int nbad, nfits;  /* answers that did not hold; prompts too long */
	struct err why;   /* what was wrong with the last answer */
	struct found_list found;
	struct gap *gaps;
	size_t ngaps, gaps_capacity;
	struct part *following;
};

struct run {
	struct ask_run ask;
	struct ask_many many;
	struct settings *set;
	struct run_options *want;
	struct lang_set *langs;
	bool passes;
	size_t fail_on, min_severity; /* enum finding_severity; or above all */
	enum review_scope scope;
	struct buf rules_text;
	struct rules rules;
	struct baseline baseline;

	/* What comes in: input.c's. */
	const char *const *paths; /* none: standard input */
	size_t npaths, next_path;
	struct diff_reader diff;
	bool is_full; /* so much is in work that nothing is read */
	struct section *sections, *open; /* in work; that parts are made of */
	size_t nsections, bytes;         /* theirs */

	/* What is sent: request.c's. */
	struct prompt prompt;
	struct buf params[PROMPT_VALUES_MAX];
	struct buf schema, categories, context, message;
	struct schema *held; /* what answers hold to: the schema, read */
	struct ask_room room;
	bool knows_context; /* the server has been asked, or said it */

	/* What goes out: report.c's. */
	struct finding_report report;
	struct finding_rule *report_rules;
	bool has_warned; /* of a secret */

	/* What it came to. */
	size_t nfiles, nhunks, nreviewed, nsuppressed, nomitted, nwritten;
	size_t ngaps, nunanswered; /* hunks; the second are let through */
	size_t nbad, nfailed;      /* of --fail-on; files that nobody read */
	struct err first, secret;  /* why, of these; of secrets, where */
};

/* run.c: review it all.  Would --on-error pass let this through? */
void run_review(struct run *, struct err *e);
bool run_passes(const struct run *, enum status);

/* section.c: what is known of it before anything is asked. */
void section_open(struct section *);
void section_close(struct section *);

#endif
