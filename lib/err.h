/*
 * err - what went wrong, as a value.
 *
 * It does not print, does not exit, and does not know who asked: functions
 * return -1 and fill a struct err, callers add the place, the hall prints.
 *
 *     if (...)
 *             return err_set(e, ST_INPUT, "cannot read '%s': %s", ...);
 */
#ifndef ERR_H
#define ERR_H

#include "base.h"

/* The exit statuses of all tools; dmr(7), EXIT STATUS, says what they mean. */
enum status {
	ST_OK = 0,
	ST_NO = 1,
	ST_USAGE = 2,
	ST_CUT = 3,
	ST_REFUSED = 4,
	ST_UNUSABLE = 5,
	ST_NO_MODEL = 6,
	ST_UNREACHABLE = 7,
	ST_PARTIAL = 8,
	ST_INCOMPLETE = 18,
	ST_SERVER = 22,
	ST_OUTPUT = 23,
	ST_INPUT = 26,
	ST_TIMEOUT = 28,
	ST_BUG = 70,
	ST_MEMORY = 71,
};

enum { ERR_TEXT_MAX = 1024 };

/* Zero-initialised: no error. */
struct err {
	enum status status;
	bool retryable; /* the same request may succeed later */
	char text[ERR_TEXT_MAX];
};

#define ERR_NONE \
	{ \
		.status = ST_OK \
	}

/* Fill *e, cutting the text at ERR_TEXT_MAX; returns -1 always. */
int err_set(struct err *e, enum status status, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Put "format: " before the text of *e; returns -1 always. */
int err_prefix(struct err *e, const char *format, ...) PRINTF_LIKE(2, 3);

/* Put more text behind that of *e. */
void err_add(struct err *e, const char *format, ...) PRINTF_LIKE(2, 3);

/* The word for a status in JSON: "length", "timeout", ...  Never NULL. */
const char *err_code(enum status status);

#endif
