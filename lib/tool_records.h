/*
 * tool_records - what the user wants of records.
 */
#ifndef TOOL_RECORDS_H
#define TOOL_RECORDS_H

#include <stdbool.h>
#include <stdint.h>

struct settings;

/* How records come and go, if there are any. */
struct tool_records {
	bool batch, lines, raw, null_ends, full, unordered;
	const char *member; /* NULL: the tool's own */
	int64_t max_errors; /* 0: none is too many */
	int64_t jobs;
};

struct err;
struct fanout;
struct output;
struct record;

/* Is there a terminal for progress, and nobody else writes there? */
bool tool_shows_progress(
    const struct settings *, const struct output *, bool json);

/*
 * What a run comes to that nothing ended: 0, or -1 with ST_PARTIAL.  what:
 * "records"; how: what asks for those that failed again, or NULL.
 */
int tool_sum_up(
    const struct fanout *, const char *what, const char *how, struct err *e);

/* A text of a record holds NUL: told once, of the first that does. */
void tool_warn_of_nul(struct str json, size_t line, bool *is_told);

/* Is standard input records? */
bool tool_has_records(const struct settings *);

#endif
