/*
 * dmr-review: the checks of offline.h, one line each.
 */
#ifndef OFFLINE_PARTS_H
#define OFFLINE_PARTS_H

#include "offline.h"
#include "offline_secret.h"

/* What one check has to say of a line. */
struct offline_hit {
	size_t start, end; /* bytes of the line */
	enum finding_severity severity;
	struct buf message; /* of the caller's, empty */
};

/* Does a hunk begin where the one before it ends, as in a source file? */
bool offline_goes_on(const struct diff_file *, size_t hunk);

/* Where a line of a section stands. */
struct offline_place {
	const struct diff_file *file;
	size_t hunk;
	const struct diff_lines *below; /* those behind it in the hunk */
};

/*
 * offline_variant.c: 1 to 256, made of all secrets of a line, and of the private
 * key that goes on below it.  Others have another number, but for one in 256,
 * and nobody who sees it learns more of them than that.
 */
unsigned offline_variant(const struct offline_secrets *, struct str line,
    const struct offline_place *);

/* offline_hidden.c; is_first: of the file, which may begin with a BOM. */
bool offline_bidi(struct str line, struct offline_hit *);
bool offline_invisible(struct str line, bool is_first, struct offline_hit *);

/* offline_script.c */
bool offline_mixed_script(struct str line, struct offline_hit *);

/* offline_fold.c: append the words of text, one blank between, until out has
 * `limit` bytes; returns what was read of it. */
size_t offline_fold(struct buf *out, struct str text, size_t limit);
void offline_fold_gap(struct buf *out);
/* Bytes at the start of text that are no letters. */
size_t offline_gap_len(struct str text);

/* offline_phrases.c: how orders to a model are worded. */
struct offline_stems {
	uint16_t class;    /* a bit */
	const char *stems; /* with "|" between */
};

extern const struct offline_stems offline_stems[];
extern const size_t offline_nstems;

/* The classes that make an order together. */
extern const struct offline_order {
	uint16_t classes;
	uint16_t first; /* the one that must come first; 0: any may */
} offline_orders[];
extern const size_t offline_norders;

/* offline_injection.c */
enum {
	OFFLINE_CLASSES = 16,
	OFFLINE_STEMS = 640,
};

/* What was said on the lines before. */
struct offline_speech {
	struct buf words; /* folded */
	size_t base;      /* bytes of all that came before them */
	size_t again;     /* of all: where one may begin whose end is to come */
	size_t last[OFFLINE_CLASSES]; /* where a class came last, from 1 */
	struct offline_stem {
		struct str text;
		uint16_t class, next; /* with the same head; 0: none */
	} stems[OFFLINE_STEMS];
	size_t nstems;
	uint16_t first[OFFLINE_HEADS];
};

/* Zero-initialise, then begin; begin again where the text does. */
void offline_speech_begin(struct offline_speech *);
void offline_speech_done(struct offline_speech *);
bool offline_injection(
    struct offline_speech *, struct str line, struct offline_hit *);

#endif
