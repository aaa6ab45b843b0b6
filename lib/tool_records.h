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

/* Is standard input records? */
bool tool_has_records(const struct settings *);

#endif
