/*
 * tap - what a unit test says: the Test Anything Protocol, version 12.
 *
 * It knows nothing of what is tested.  A check prints one line and goes on;
 * what a failed one got stands below it, begun with "#".
 *
 *     tap_ok(x > 0, "%s is positive", name);
 *     tap_is(buf_str(&b), "text", "the text comes out");
 *     return tap_done();
 *
 * A test of thousands of cases is one check: tap_case() for each of them, and
 * tap_all() in the end.
 */
#ifndef TAP_H
#define TAP_H

#include <inttypes.h>
#include <stdarg.h>
#include <sys/time.h>

#include "str.h"

enum { TAP_SHOWN_MAX = 400, TAP_MISSES_MAX = 10 };

static struct {
	int checks, failed;
	long cases, misses; /* since the last tap_all() */
} tap;

/* So many seconds of processor time are left, or the test ends; 0: any. */
static inline void
tap_limit(time_t seconds)
{
	setitimer(ITIMER_VIRTUAL,
	    &(struct itimerval){ .it_value.tv_sec = seconds }, NULL);
}

/*
 * The bytes in memory of their own that ends where they end, so that the
 * sanitizers and valgrind see a byte read past it; free() it.
 */
static inline char *
tap_copy(struct str bytes)
{
	char *copy = malloc(bytes.len ? bytes.len : 1);

	if (!copy)
		abort();
	if (bytes.len)
		memcpy(copy, bytes.data, bytes.len);
	return copy;
}

/* "# " and a line. */
static inline void tap_note(const char *format, ...) PRINTF_LIKE(1, 2);

static inline void
tap_note(const char *format, ...)
{
	va_list ap;

	fputs("# ", stdout);
	va_start(ap, format);
	vprintf(format, ap);
	va_end(ap);
	putchar('\n');
}

/* A line "# word: 'bytes'", control bytes as \xHH, cut when it is long. */
static inline void
tap_show(const char *word, struct str bytes)
{
	printf("# %s: '", word);
	for (size_t i = 0; i < bytes.len && i < TAP_SHOWN_MAX; i++) {
		unsigned char c = (unsigned char)bytes.data[i];

		if (c < 0x20 || c == 0x7f || c == '\\')
			printf("\\x%02x", c);
		else
			putchar(c);
	}
	printf("'%s, %zu bytes\n", bytes.len > TAP_SHOWN_MAX ? "..." : "",
	    bytes.len);
}

static inline bool tap_vok(bool fine, const char *format, va_list ap)
    PRINTF_LIKE(2, 0);

static inline bool
tap_vok(bool fine, const char *format, va_list ap)
{
	printf("%sok %d - ", fine ? "" : "not ", ++tap.checks);
	vprintf(format, ap);
	putchar('\n');
	tap.failed += !fine;
	return fine;
}

/* The name is a format; all checks return whether they hold. */
static inline bool tap_ok(bool fine, const char *format, ...) PRINTF_LIKE(2, 3);

static inline bool
tap_ok(bool fine, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	tap_vok(fine, format, ap);
	va_end(ap);
	return fine;
}

static inline bool
tap_same(struct str got, struct str want, const char *name)
{
	bool same = str_equal(got, want);

	tap_ok(same, "%s", name);
	if (!same) {
		tap_show("got", got);
		tap_show("wanted", want);
	}
	return same;
}

static inline bool
tap_is(struct str got, const char *want, const char *name)
{
	return tap_same(got, str_of(want), name);
}

static inline bool
tap_int(intmax_t got, intmax_t want, const char *name)
{
	tap_ok(got == want, "%s", name);
	if (got != want)
		tap_note("got: %" PRIdMAX ", wanted: %" PRIdMAX, got, want);
	return got == want;
}

/*
 * One of many cases; returns `fine`.  When it is not, the caller may say
 * more: tap_note(), tap_show().  After TAP_MISSES_MAX of them it returns
 * true all the same, so that the output stays readable.
 */
static inline bool tap_case(bool fine, const char *format, ...)
    PRINTF_LIKE(2, 3);

static inline bool
tap_case(bool fine, const char *format, ...)
{
	va_list ap;

	tap.cases++;
	tap.misses += !fine;
	if (fine || tap.misses > TAP_MISSES_MAX)
		return true;
	fputs("# wrong: ", stdout);
	va_start(ap, format);
	vprintf(format, ap);
	va_end(ap);
	putchar('\n');
	return false;
}

/* Were all cases since the last time fine, and was there at least one? */
static inline bool
tap_all(const char *name)
{
	bool fine = tap.cases && !tap.misses;

	tap_ok(fine, "%s (%ld cases)", name, tap.cases);
	if (tap.misses)
		tap_note("%ld of them are wrong", tap.misses);
	tap.cases = tap.misses = 0;
	return fine;
}

/* The plan; returns what main() returns: 0, or 1 if a check failed. */
static inline int
tap_done(void)
{
	printf("1..%d\n", tap.checks);
	if (fflush(stdout) != 0)
		return 1;
	return tap.failed || !tap.checks;
}

#endif
