/*
 * report - what is wanted of the findings is printed.
 */
#ifndef REPORT_H
#define REPORT_H

#include "run.h"

/* -1 with ST_USAGE: there is no such format; with ST_OUTPUT. */
int report_open(struct run *, struct err *e);
void report_close(struct run *);

/* There is a secret.  line 0: no line of the file, or of the text that an option
 * names. */
void report_secret(struct run *, const char *where, size_t line);

/* Something was sent: say once a run what became of the first secret. */
void report_sent(struct run *);

/* The findings of a part, and what was left of it.  -1 with ST_OUTPUT. */
int report_part(struct part *, struct err *e);

/* was_whole: nothing ended the run. */
int report_end(struct run *, bool was_whole, struct err *e);

#endif
