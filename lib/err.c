/* err - what went wrong, as a value. */
#include "err.h"

#include <stdarg.h>

static const struct {
	enum status status;
	const char *code;
} codes[] = {
	{ ST_OK, "ok" },
	{ ST_NO, "no" },
	{ ST_USAGE, "usage" },
	{ ST_CUT, "length" },
	{ ST_REFUSED, "refused" },
	{ ST_UNUSABLE, "unusable" },
	{ ST_NO_MODEL, "no_model" },
	{ ST_UNREACHABLE, "unreachable" },
	{ ST_PARTIAL, "partial" },
	{ ST_INCOMPLETE, "incomplete" },
	{ ST_SERVER, "server" },
	{ ST_OUTPUT, "output" },
	{ ST_INPUT, "input" },
	{ ST_TIMEOUT, "timeout" },
	{ ST_BUG, "bug" },
	{ ST_MEMORY, "memory" },
};

int
err_set(struct err *e, enum status status, const char *format, ...)
{
	va_list args;

	e->status = status;
	e->retryable = status == ST_UNREACHABLE || status == ST_INCOMPLETE ||
	    status == ST_TIMEOUT;
	va_start(args, format);
	vsnprintf(e->text, sizeof e->text, format, args);
	va_end(args);
	return -1;
}

int
err_prefix(struct err *e, const char *format, ...)
{
	char old[ERR_TEXT_MAX];
	va_list args;
	size_t n;

	memcpy(old, e->text, sizeof old);
	va_start(args, format);
	vsnprintf(e->text, sizeof e->text, format, args);
	va_end(args);
	n = strlen(e->text);
	snprintf(e->text + n, sizeof e->text - n, ": %s", old);
	return -1;
}

void
err_add(struct err *e, const char *format, ...)
{
	size_t n = strlen(e->text);
	va_list args;

	va_start(args, format);
	vsnprintf(e->text + n, sizeof e->text - n, format, args);
	va_end(args);
}

const char *
err_code(enum status status)
{
	for (size_t i = 0; i < countof(codes); i++)
		if (codes[i].status == status)
			return codes[i].code;
	return "bug";
}
