/*
 * str - a view of bytes that somebody else owns.
 *
 * A view is two words, passed by value, never freed, and lives as long as
 * what it looks at.  It knows nothing of characters or encodings.  {0} is the
 * empty view; data may be NULL when len is 0.
 */
#ifndef STR_H
#define STR_H

#include "base.h"

struct str {
	const char *data;
	size_t len;
};

/* For printf: "%.*s", STR_ARGS(view); at most INT_MAX bytes. */
#define STR_ARGS(s) (int)((s).len > INT32_MAX ? INT32_MAX : (s).len), (s).data

/* A view of a string literal. */
#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })

/* A view of a NUL-terminated string; NULL gives the empty view. */
struct str str_of(const char *text);

bool str_is(struct str, const char *text);
bool str_equal(struct str, struct str);
bool str_starts(struct str, const char *prefix);
bool str_ends(struct str, const char *suffix);

bool str_has_nul(struct str);

/* Does it hold only blanks, tabs, CR and LF? */
bool str_is_blank(struct str);

/*
 * Bytes at its start, eight by eight, that stand for themselves everywhere:
 * printable ASCII but for the quote and the backslash of JSON.  The next eight
 * hold another one, or there are fewer.
 */
size_t str_plain(struct str);

/* Where the first `what` (not empty) begins; s.len if there is none. */
size_t str_find(struct str s, struct str what);

/* How many of these bytes there are. */
size_t str_count(struct str, char);

/* From byte `from` on (to the end when there are fewer). */
struct str str_skip(struct str, size_t from);

/* Without blanks, tabs, CR and LF at both ends. */
struct str str_trim(struct str);

/* Without a byte order mark at the start (U+FEFF as UTF-8). */
struct str str_skip_bom(struct str);

/* Without one line feed at the end. */
struct str str_chomp(struct str);

/*
 * Cut *rest at the first `mark`: returns what stood before it, and leaves
 * what stands behind it in *rest.  Without a mark: all of it, and an empty
 * *rest whose data is NULL.
 */
struct str str_cut(struct str *rest, char mark);

/*
 * FNV-1a of 64 bits over text and a NUL, going on from h (STR_HASH begins):
 * the same on every machine, to tell texts apart, not to trust them.
 */
#define STR_HASH UINT64_C(0xcbf29ce484222325)
uint64_t str_hash(uint64_t h, struct str);

#endif
