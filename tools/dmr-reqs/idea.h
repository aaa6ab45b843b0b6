/*
 * idea - an idea on its way to a document.
 */
#ifndef IDEA_H
#define IDEA_H

#include "buf.h"
#include "document.h"
#include "err.h"
#include "stage.h"

struct run;

struct idea {
	struct run *run;
	struct buf text; /* as it was told */
	struct document doc;
	enum stage_id stage, end; /* the next one, and where to stop */
	size_t line;              /* of a record, or 0 */
	bool skips[STAGES];       /* these parts are there */
	bool is_settled;          /* nobody answers questions any more */
	size_t nsettled;          /* questions that are older than that */

	/* The stage that it is in. */
	struct document part; /* what was made of the best answer; of an
	                         update, all of the document */
	bool has_part;
	size_t nfound;      /* lint's findings in it */
	bool was_sent_back; /* with these */
	size_t nbad;        /* answers that could not be used */
	struct buf problem; /* what to say of the last answer */
	struct buf ignored; /* lines: what the best one wants in vain */

	/* What came of it. */
	struct err failed[STAGES]; /* why a stage has nothing */
	struct err fatal;          /* it could not even be asked */
	struct buf remarks;        /* lines: what was ignored in all stages */
	struct idea *following, **link;
};

/* One more of the run's; idea_free() it. */
struct idea *idea_new(struct run *);
void idea_free(struct idea *);

/* The first stage from that one on that is not skipped. */
enum stage_id idea_find_stage(const struct idea *, size_t id);

/*
 * Has none of the parts been made, or updated?  How many stages were asked,
 * how many have failed?
 */
bool idea_is_empty(const struct idea *);
size_t idea_count_asked(const struct idea *);
size_t idea_count_failed(const struct idea *);

/* The run ended before it: what was not asked failed for the same reason. */
void idea_fail_rest(struct idea *, const struct err *why);

/* Why it has nothing. */
void idea_blame(const struct idea *, struct err *e);

#endif
