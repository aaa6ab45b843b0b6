/*
 * cache - answers that were paid for once, in a folder of files (--cache).
 *
 * It knows bytes: what a request is and what an answer means is the caller's
 * affair, who stores good answers alone.  A key is made of all that an answer
 * depends on.  An entry is a file, named by its key, which says of itself what
 * it must hold: one that was cut, emptied or changed, that lies under another
 * key, or has the form of another version, is no answer, and is replaced.
 * Nothing is removed: find(1) does that, by age.
 *
 *     cache_open(&cache, path, &e);
 *     cache_key(key, parts, n);
 *     if (!cache_get(&cache, key, &answer)) {
 *             ...
 *             cache_put(&cache, key, answer, &e);
 *     }
 *     cache_close(&cache);
 */
#ifndef CACHE_H
#define CACHE_H

#include "file_folder.h"

enum {
	CACHE_KEY_SIZE = 65,         /* hexadecimal digits and a NUL */
	CACHE_ANSWER_MAX = 32 << 20, /* bytes; a larger one is not stored */
};

/* Zero-initialised: not open, and nothing is in it. */
struct cache {
	struct file_folder folder;
	struct buf entry;  /* the one read or written last */
	bool has_given_up; /* storing; what is there is read still */
};

/* -1 with ST_OUTPUT: the folder is not there, or not to be trusted. */
int cache_open(struct cache *, const char *path, struct err *e);
bool cache_is_open(const struct cache *);

/*
 * The key of a list of parts.  Lists that differ in a byte, or in where one
 * part ends and the next begins, have different keys.
 */
void cache_key(char key[CACHE_KEY_SIZE], const struct str *parts, size_t n);

/* The answer of a key, valid until the next call.  False: there is none. */
bool cache_get(struct cache *, const char *key, struct str *answer);

/*
 * Store an answer (not one that cache_get() gave).  -1 with ST_OUTPUT: it
 * cannot be written, and nothing more will be; from then on this does nothing.
 */
int cache_put(
    struct cache *, const char *key, struct str answer, struct err *e);

void cache_close(struct cache *);

#endif
