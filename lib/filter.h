/*
 * filter - jq filters over JSON text, by libjq.
 *
 * A filter is a program of its user's, who may do with it what jq lets him:
 * $ENV and env hold the environment; a loop without output, output of any
 * depth and size, and a regular expression of any cost are his affair, and
 * only a signal ends them; filter_stop() all but the last.  Other people's is
 * the text, up to BUF_MAX.
 *
 * It knows no options and no answers but by name in its messages.  It writes
 * nothing (debug and stderr pass their input on), has no further input, and
 * reads no library: import and include are syntax errors, modulemeta finds
 * none.  Only ~/.jq, if there is one, libjq reads whatever is done.
 *
 *     f = filter_open(".items[] | .name", "--jq", &e);
 *     while (...)
 *             filter_print(f, text, &out, &e);
 *     filter_close(f);
 *
 * Numbers are doubles: whole ones above 2^53 lose digits, in libjq 1.6 even
 * when the filter leaves them alone.
 */
#ifndef FILTER_H
#define FILTER_H

#include "buf.h"
#include "err.h"

/* What a filter puts out for one text; an endless one is ended by it. */
enum { FILTER_OUTPUTS_MAX = 1 << 20 };

struct filter;

/*
 * Compile a program, which takes 15 ms (measured 2026-11-22, libjq 1.6).
 * name: the option it came with, borrowed for the filter's life, to begin
 * messages with.  NULL with ST_USAGE if it does not compile; jq's own
 * message, in one line and printable, says why.
 */
struct filter *filter_open(
    const char *program, const char *name, struct err *e);

/*
 * Run it over one JSON text.  Each output and a newline are appended to out:
 * strings as they are (jq -r), all else as compact JSON (jq -c).  No output
 * is fine, and so is the end by `halt`.
 *
 * Returns 0; or -1 with ST_UNUSABLE, and nothing is to be used of out then:
 * the text is no JSON, the filter raised an error or called halt_error (its
 * message, in one line and printable), outputs are too many, too large for
 * out, or too deep for span.
 */
int filter_print(
    struct filter *, struct str json, struct buf *out, struct err *e);

/*
 * The same, as one JSON text: the only output, null if there is none, an
 * array of several.
 */
int filter_value(
    struct filter *, struct str json, struct buf *out, struct err *e);

/*
 * Is the last output neither false nor null (jq -e)?  No output counts as
 * false.  Returns 0, or -1 as above.
 */
int filter_holds(struct filter *, struct str json, bool *holds, struct err *e);

/*
 * Async-signal-safe: end its run, if there is one, with ST_TIMEOUT.  One
 * regular expression is not stopped midway.
 */
void filter_stop(struct filter *);

/* NULL is fine. */
void filter_close(struct filter *);

#endif
