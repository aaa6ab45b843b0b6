/*
 * say - how answers are printed.
 */
#ifndef MODELS_SAY_H
#define MODELS_SAY_H

#include "models.h"

/* Print what is in out, unless its ceiling was in the way: ST_SERVER. */
int models_print(struct models *, const struct buf *out, struct err *e);

/* A table, on a terminal with a head. */
int models_print_table(struct models *, const struct table *,
    const char *const *head, struct err *e);

/* Facts, "key<TAB>value" lines or one object; all go to json.out at once. */
struct models_facts {
	bool is_json;
	struct json json;
};

void models_facts_open(struct models_facts *, bool is_json, struct buf *out);
void models_fact(struct models_facts *, const char *key, const char *value);
void models_fact_number(struct models_facts *, const char *key, int64_t number);
/* For people as a size; bytes in JSON. */
void models_fact_bytes(struct models_facts *, const char *key, int64_t bytes);
void models_facts_close(struct models_facts *);

/* Print one thing that was done, "word<TAB>name" or {"word":"name"}. */
int models_done(
    struct models *, const char *word, const char *name, struct err *e);

#endif
