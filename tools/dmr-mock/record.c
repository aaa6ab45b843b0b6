/* record - exchanges with an upstream, a line each, in a new file. */
#include "file_lines.h"
#include "mem.h"
#include "recording.h"

enum { LOCK_WAIT_MS = 1000 };

struct mock_record {
	char *path;
	struct file_lines file;
	bool is_lacking; /* an exchange that was not written */
};

struct mock_record *
mock_record_open(const char *path, struct err *e)
{
	struct mock_record *r = mem_new(1, sizeof *r);

	r->path = mem_copy(str_of(path));
	if (!file_lines_create(&r->file, r->path, LOCK_WAIT_MS, e))
		return r;
	free(r->path);
	free(r);
	return NULL;
}

/* After a failure nothing more is written: what is there has no gap. */
int
mock_record_add(struct mock_record *r, const struct mock_request *request,
    const struct mock_reply *reply, struct err *e)
{
	struct buf line = { .max = RECORDING_MAX };
	int got = 0;

	if (r->is_lacking)
		return 0;
	recording_write(&line, request, reply);
	if (line.full)
		got = err_set(e, ST_OUTPUT, "an exchange is too large");
	else
		got = file_lines_add(&r->file, buf_str(&line), e);
	if (got) {
		r->is_lacking = true;
		err_add(e, "; nothing more is recorded");
	}
	buf_done(&line);
	return got;
}

int
mock_record_close(struct mock_record *r, struct err *e)
{
	int got = r->is_lacking
	    ? err_set(e, ST_OUTPUT, "the recording is not complete")
	    : 0;

	file_lines_close(&r->file);
	free(r->path);
	free(r);
	return got;
}
