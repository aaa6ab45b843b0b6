/*
 * loaded - what the server has loaded.
 */
#ifndef MODELS_LOADED_H
#define MODELS_LOADED_H

#include "models.h"

struct models_loaded {
	char *spelling; /* as it was asked for */
	char *name;     /* as the server lists it; else the spelling */
	char *engine, *mode, *last_used, *keep_alive;
	bool in_use, loading;
	bool is_removed; /* the model is no more, what is loaded is */
};

struct models_loaded_list {
	struct models_loaded *items;
	size_t n, capacity;
};

int models_read_loaded(
    struct models *, struct models_loaded_list *, struct err *e);
void models_loaded_done(struct models_loaded_list *);

#endif
