/*
 * buf - bytes that grow, up to a ceiling.
 *
 * Every buffer has a ceiling, since what fills it may come from a hostile
 * peer: `max`, or BUF_MAX when that is 0.  What would grow beyond it is
 * dropped and `full` is set, to be asked once, when the filling is over.
 *
 * {0} is a valid empty buffer.  data is NULL or NUL-terminated.
 */
#ifndef BUF_H
#define BUF_H

#include "str.h"

enum {
	BUF_MAX = 64 << 20,      /* bytes */
	BUF_KEPT_MAX = 64 << 10, /* of memory, for another use */
};

struct buf {
	char *data;
	size_t len, capacity;
	size_t max;
	bool full; /* something did not fit */
};

/* These append; 0, or -1 when it did not fit. */
int buf_add(struct buf *, struct str);
int buf_add_text(struct buf *, const char *text);
int buf_add_char(struct buf *, char);
/* Text with its %HH resolved (RFC 3986, 2.1); other "%" stay as they are. */
int buf_add_unescaped(struct buf *, struct str);
int buf_add_format(struct buf *, const char *format, ...) PRINTF_LIKE(2, 3);
/* All of a text, and nothing that is obeyed or hidden: see utf8_screen(). */
int buf_add_visible(struct buf *, struct str);

/* Room for n more bytes at the end, to be claimed with buf_claim(); or NULL. */
char *buf_room(struct buf *, size_t n);
void buf_claim(struct buf *, size_t n);

/*
 * Put U+FFFD in the place of what is no UTF-8, and of NUL if `nul`, from byte
 * `from` on.  Returns how many bytes were bad.
 */
size_t buf_repair(struct buf *, size_t from, bool nul);

/* What is in it; valid until the next change. */
struct str buf_str(const struct buf *);

/* Empty it, keeping its memory. */
void buf_clear(struct buf *);

/* The same before the next use, without what is more than BUF_KEPT_MAX. */
void buf_reset(struct buf *);

/* Give the bytes away (yours to free(), never NULL) and become empty. */
char *buf_take(struct buf *);

/* Free it; it is empty afterwards. */
void buf_done(struct buf *);

#endif
