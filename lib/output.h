/*
 * output - where the answer goes: standard output, or a file (-o).
 *
 * On a terminal control bytes are made visible, and what a CI runner would obey
 * is guarded: a few bytes may be held back for that until the next text.  In a
 * pipe or file nothing is changed, and each output_text() is one write.  A file
 * appears whole, when output_close() is told to keep it, or not at all.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "err.h"
#include "file.h"
#include "guard.h"
#include "utf8.h"

struct output {
	struct file_replace file;
	bool is_file;
	bool is_terminal;
	struct utf8_screen screen;
	struct guard guard;
	struct buf screened, shown; /* room for what the terminal gets */
	char last;                  /* last byte written, 0: nothing yet */
};

/* path: NULL or "-" for standard output.  -1 with ST_OUTPUT. */
int output_open(struct output *, const char *path, struct err *e);

/*
 * Write text now.  -1 with ST_OUTPUT; if the reader of standard output went
 * away, e->text is empty: nobody is there to be told.
 */
int output_text(struct output *, struct str text, struct err *e);

/*
 * Write over the first bytes of a file that is to be replaced.  -1 with
 * ST_OUTPUT: it cannot be, or is none.
 */
int output_head(struct output *, struct str text, struct err *e);

/* Has the reader of standard output gone? */
bool output_reader_is_gone(const struct output *);

/* keep: the file takes its name.  Otherwise it was never there. */
int output_close(struct output *, bool keep, struct err *e);

#endif
