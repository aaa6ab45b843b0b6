/*
 * document_meta - how a document was made, and what became of it since.
 *
 * Its things are part of a document, see document.h.
 */
#ifndef DOCUMENT_META_H
#define DOCUMENT_META_H

#include "thing.h"

/* What an update did, or would have done to what somebody has edited. */
struct change {
	struct text id, why;
	int what; /* enum change_kind */
};

enum change_kind { CHANGE_ADDED, CHANGE_CHANGED, CHANGE_RETIRED, CHANGE_KEPT };

/* What lint still finds in what was generated. */
struct remark {
	struct text rule, id, message;
};

/* What a thing was like when it was generated, to see what people edit. */
struct mark {
	struct text id, sha256; /* hex; empty: somebody wrote it */
};

struct meta {
	struct text schema_version; /* a number: 1 */
	struct text model, input_sha256;
	struct list incomplete; /* texts: names of parts that failed */
	struct list retired;    /* ids that are not used again */
	struct list changes, findings, generated;
};

extern const struct kind meta_kind, change_kind, remark_kind, mark_kind;

#endif
