/* output - where the answer goes: standard output, or a file (-o). */
#include "output.h"

#include <errno.h>
#include <unistd.h>

#include "die.h"

int
output_open(struct output *o, const char *path, struct err *e)
{
	*o = (struct output){ .file.fd = STDOUT_FILENO };
	if (path && strcmp(path, "-") != 0) {
		o->is_file = true;
		if (file_replace_open(&o->file, path, e))
			return -1;
	}
	o->is_terminal = file_is_terminal(o->file.fd);
	o->guard.is_on = die_guards();
	return 0;
}

static int
write_out(struct output *o, struct str data, struct err *e)
{
	int error = file_write(o->file.fd, data);

	if (!error)
		return 0;
	if (error == EPIPE && !o->is_file)
		return err_set(e, ST_OUTPUT, "%s", "");
	if (o->is_file)
		return file_fail(
		    e, ST_OUTPUT, "write", o->file.name, strerror(error));
	return err_set(
	    e, ST_OUTPUT, "cannot write standard output: %s", strerror(error));
}

/* What a terminal gets of a text; lives until the next one. */
static struct str
show(struct output *o, struct str text)
{
	char *room;

	buf_clear(&o->screened);
	buf_clear(&o->shown);
	o->screened.max = o->shown.max = SIZE_MAX / 2;
	room = buf_room(&o->screened, UTF8_SCREEN_MAX(text.len));
	buf_claim(&o->screened, utf8_screen(&o->screen, text, room));
	room = buf_room(&o->shown, GUARD_MAX(o->screened.len));
	buf_claim(
	    &o->shown, guard_text(&o->guard, buf_str(&o->screened), room));
	return buf_str(&o->shown);
}

/* What was held back of it. */
static struct str
show_end(struct output *o)
{
	char rest[UTF8_SCREEN_MAX(UTF8_CHAR_MAX)];
	size_t n = utf8_screen_end(&o->screen, rest);
	char *room;

	buf_clear(&o->shown);
	o->shown.max = SIZE_MAX / 2;
	room = buf_room(&o->shown, GUARD_MAX(n));
	n = guard_text(&o->guard, (struct str){ rest, n }, room);
	buf_claim(&o->shown, n + guard_end(&o->guard, room + n));
	return buf_str(&o->shown);
}

int
output_text(struct output *o, struct str text, struct err *e)
{
	if (!text.len)
		return 0;
	o->last = text.data[text.len - 1];
	if (!o->is_terminal)
		return write_out(o, text, e);
	return write_out(o, show(o, text), e);
}

int
output_head(struct output *o, struct str text, struct err *e)
{
	const char *name = o->is_file ? o->file.name : "standard output";
	ssize_t n;

	if (!o->file.target)
		return file_fail(e, ST_OUTPUT, "write", name,
		    "it is no regular file, whose head is written last");
	n = pwrite(o->file.fd, text.data, text.len, 0);
	if (n < 0 || (size_t)n < text.len)
		return file_fail(e, ST_OUTPUT, "write", name,
		    n < 0 ? strerror(errno) : "the disk is full");
	return 0;
}

bool
output_reader_is_gone(const struct output *o)
{
	return !o->is_file && file_reader_is_gone(o->file.fd);
}

int
output_close(struct output *o, bool keep, struct err *e)
{
	int got = o->is_terminal ? write_out(o, show_end(o), e) : 0;

	buf_done(&o->screened);
	buf_done(&o->shown);
	if (o->is_file && keep && !got)
		got = file_replace_commit(&o->file, e);
	else if (o->is_file)
		file_replace_drop(&o->file);
	else if (o->last && close(STDOUT_FILENO) && errno != EINTR && !got)
		got = err_set(e, ST_OUTPUT, "cannot write standard output: %s",
		    strerror(errno));
	return got;
}
