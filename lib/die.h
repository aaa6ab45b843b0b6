/*
 * die - messages for people, and the end of the program.
 *
 * Everything said on standard error goes through here: one line, one write,
 * begun with the program's name, made harmless for a terminal (a message may
 * quote a server, a model, a file), cut at 1 KiB.
 *
 * It knows nothing of what it says.  die_setup() comes first, from the hall.
 */
#ifndef DIE_H
#define DIE_H

#include "err.h"
#include "str.h"

/* name: borrowed for the life of the process. */
void die_setup(const char *name);
/* From here on: errors as JSON objects; no notes and warnings. */
void die_use_json(bool json);
void die_be_quiet(bool quiet);

/* A CI runner reads along: see guard.h. */
void die_guard(bool guard);
bool die_guards(void);

enum { DIE_SECRETS_MAX = 64, DIE_SECRET_MIN = 6, DIE_SHOWN_MAX = 512 };

/*
 * Never show this text, borrowed for the life of the process: stars stand in
 * its place, whoever quotes it.  A word of fewer than DIE_SECRET_MIN bytes is
 * no secret.  Dies if there are too many.
 */
void die_hide(const char *secret);

/* Does text hold one of them? */
bool die_has_secret(struct str text);

/* Put stars in the place of secrets, and of what one begins with. */
void die_mask(char *text, size_t size);

/*
 * In JSON text, which stays JSON: inside of strings, and whole secrets alone.
 * A character of one may be escaped by a backslash before it.
 */
void die_mask_json(char *json, size_t size);

/* Say what *e holds and exit with its status. */
_Noreturn void die(const struct err *e);
_Noreturn void die_because(enum status status, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* Say what *e holds. */
void die_say(const struct err *e);

/* "name: message"; silent after die_be_quiet(true). */
void warn(const char *format, ...) PRINTF_LIKE(1, 2);

/* The same for what was asked for: said though notes are not wanted. */
void report(const char *format, ...) PRINTF_LIKE(1, 2);

/* Text that streams, made harmless; the next message begins its own line. */
void tell(struct str text);

/*
 * Lines of progress, the last on the terminal that standard error is, until
 * they are shown anew; a message takes them away.  n 0: none.  Each is
 * printable ASCII of fewer than `columns` characters.
 */
void die_show(char (*lines)[DIE_SHOWN_MAX], size_t n, size_t columns);

/* Lines of a verbose trace, however long: "* text" each, made harmless. */
void trace(const char *mark, struct str text);

#endif
