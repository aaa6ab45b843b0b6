/* diff_reader - the sections of a diff, one after another, as they come. */
#include "diff_reader.h"

#include <errno.h>

#include "diff_parser.h"
#include "file.h"
#include "mem.h"

enum { READ_SIZE = 128 << 10 };

/* Read what is there, once.  Returns 1 if there is more to look at, 0, -1. */
static int
fill(struct diff_reader *r, struct err *e)
{
	char *room = diff_parser_room(r->parser, READ_SIZE);
	ssize_t got = file_read_now(r->fd, room, READ_SIZE);

	if (got >= 0) {
		diff_parser_claim(r->parser, (size_t)got);
		return 1;
	}
	if (errno == EAGAIN)
		return 0;
	return err_set(
	    e, ST_INPUT, "cannot read the diff: %s", strerror(errno));
}

int
diff_reader_next(struct diff_reader *r, struct diff_file *file, struct err *e)
{
	int got;

	if (!r->parser)
		r->parser = mem_new(1, sizeof *r->parser);
	while (!(got = diff_parser_next(r->parser, file, e))) {
		if (r->parser->is_closed) {
			r->at_end = true;
			return 0;
		}
		got = fill(r, e);
		if (got <= 0)
			return got;
	}
	return got;
}

void
diff_reader_done(struct diff_reader *r)
{
	if (r->parser)
		diff_parser_done(r->parser);
	free(r->parser);
	r->parser = NULL;
}
