/* dmr-reqs: lines that are typed. */
#include "typed.h"

#include <errno.h>
#include <termios.h>
#include <unistd.h>

#include "die.h"
#include "file.h"

enum { LINE_MAX_BYTES = 4095 }; /* N_TTY_BUF_SIZE of Linux: more is lost */

void
typed_forget(void)
{
	bool has_line = file_wait(STDIN_FILENO, 0);

	if (!tcflush(STDIN_FILENO, TCIFLUSH) && has_line)
		tell(STR("\n(What was typed before is left out.)\n"));
}

/* Bytes of the escape sequence at the start of text (ECMA-48, 5.4), or of the
 * two that a key with Alt sends. */
static size_t
sequence_len(struct str text)
{
	size_t n = 2;

	if (text.len < n || text.data[1] == '\n')
		return 1;
	if (text.data[1] != '[' && text.data[1] != 'O')
		return n;
	while (n < text.len && text.data[n] >= 0x20 && text.data[n] < 0x40)
		n++;
	return n < text.len && text.data[n] >= 0x40 ? n + 1 : n;
}

static void
drop_sequences(struct buf *line)
{
	struct str rest = buf_str(line);
	size_t len = 0;

	while (rest.len) {
		if (rest.data[0] == '\x1b') {
			rest = str_skip(rest, sequence_len(rest));
			continue;
		}
		line->data[len++] = rest.data[0];
		rest = str_skip(rest, 1);
	}
	line->len = len;
}

/*
 * In canonical mode a line is read at a time; one without its newline was ended
 * by ^D, and what follows belongs to it.
 */
static int
read_line(struct buf *line, struct err *e)
{
	char bytes[LINE_MAX_BYTES + 1];
	ssize_t n;

	buf_clear(line);
	do {
		n = read(STDIN_FILENO, bytes, sizeof bytes);
		if (n < 0 && errno != EINTR)
			return err_set(e, ST_INPUT,
			    "cannot read the terminal: %s", strerror(errno));
		if (n > 0)
			buf_add(line, (struct str){ bytes, (size_t)n });
	} while (n < 0 || (n > 0 && !str_ends(buf_str(line), "\n")));
	return line->len > 0;
}

int
typed_line(struct buf *line, struct err *e)
{
	int got;

	while ((got = read_line(line, e)) == 1 && line->len > LINE_MAX_BYTES)
		tell(STR("A terminal's line has at most 4095 bytes; this one "
			 "was longer, and is cut.  Again:\n> "));
	if (got == 1) {
		drop_sequences(line);
		buf_repair(line, 0, true);
	}
	return got;
}

int
typed_rest(struct buf *text, struct err *e)
{
	struct buf line = { 0 };
	int got = 1;

	while (got == 1 && file_wait(STDIN_FILENO, 0)) {
		got = typed_line(&line, e);
		if (got == 1)
			buf_add(text, buf_str(&line));
	}
	buf_done(&line);
	return got < 0 ? -1 : 0;
}
