/* conversation - a chat kept in a file, to be gone on with. */
#include "conversation.h"

#include "file.h"
#include "json.h"
#include "span.h"
#include "utf8.h"

enum { ROLE_MAX = 64 }; /* bytes of the roles that we know, and more */

/* Does a message with this role tell the model how to behave? */
static bool
is_instruction(struct str role)
{
	struct buf text = { .max = ROLE_MAX };
	bool is = !span_text(role, NULL, &text) &&
	    (str_is(buf_str(&text), "system") ||
		str_is(buf_str(&text), "developer"));

	buf_done(&text);
	return is;
}

/* Is a part of the content an image? */
static bool
has_image(struct str content)
{
	struct str part;
	size_t at = 0;

	while (span_next(content, &at, &part) == 1)
		if (str_is(span_member(part, "type"), "\"image_url\""))
			return true;
	return false;
}

/* NULL, or what is wrong with a line. */
static const char *
take_line(struct conversation *c, struct str line)
{
	static const char *const names[] = { "role", "content" };
	struct str v[countof(names)];

	if (utf8_valid(line) != line.len)
		return "not UTF-8";
	if (span_members(line, names, countof(names), v))
		return "not a JSON object";
	if (span_kind(v[0]) != SPAN_STRING)
		return "no string 'role'";
	c->has_images |= has_image(v[1]);
	if (c->nmessages++)
		buf_add_char(&c->messages, ',');
	line = str_trim(line);
	c->last = (struct str){ c->messages.data + c->messages.len, line.len };
	if (is_instruction(v[0]))
		c->system = c->last;
	buf_add(&c->messages, line);
	return NULL;
}

static int
take_lines(struct conversation *c, struct str rest, struct err *e)
{
	buf_room(&c->messages, rest.len + 1); /* no message is moved */
	for (size_t number = 1; rest.len; number++) {
		struct str line = str_cut(&rest, '\n');
		const char *wrong = NULL;

		if (!rest.data)
			wrong = "the line was cut; end or remove it";
		else if (!str_is_blank(line))
			wrong = take_line(c, line);
		if (wrong)
			return err_set(e, ST_INPUT, "%s:%zu: %s", c->file.path,
			    number, wrong);
	}
	return 0;
}

/* The file is open, unless `got` says otherwise: read it. */
static int
read_file(struct conversation *c, int got, struct err *e)
{
	struct buf text = { 0 };

	if (!got && file_lines_is_open(&c->file))
		got = file_lines_read(&c->file, CONVERSATION_MAX, &text, e);
	if (!got)
		got = take_lines(c, buf_str(&text), e);
	buf_done(&text);
	if (!got)
		return 0;
	conversation_close(c);
	return -1;
}

int
conversation_open(
    struct conversation *c, const char *path, int wait_ms, struct err *e)
{
	*c = (struct conversation){ 0 };
	return read_file(c, file_lines_own(&c->file, path, wait_ms, e), e);
}

int
conversation_look(struct conversation *c, const char *path, struct err *e)
{
	*c = (struct conversation){ 0 };
	return read_file(c, file_lines_look(&c->file, path, e), e);
}

/* Is each line a message that take_line() would take? */
static bool
are_messages(struct str lines)
{
	while (lines.len) {
		struct str line = str_cut(&lines, '\n');

		if (!lines.data || !span_valid(line) ||
		    utf8_valid(line) != line.len)
			return false;
	}
	return true;
}

static int
fail(const struct conversation *c, const char *why, struct err *e)
{
	return file_fail(e, ST_OUTPUT, "write", c->file.path, why);
}

int
conversation_add(struct conversation *c, struct str lines, struct err *e)
{
	if (lines.len > CONVERSATION_MAX - (size_t)c->file.size)
		return fail(c, "it would be larger than 10 MiB", e);
	if (!are_messages(lines))
		return fail(c, "a message is not JSON, or too deep", e);
	return file_lines_add(&c->file, lines, e);
}

void
conversation_abandon(const struct conversation *c)
{
	file_lines_abandon(&c->file);
}

void
conversation_close(struct conversation *c)
{
	file_lines_close(&c->file);
	buf_done(&c->messages);
	*c = (struct conversation){ .file.fd = -1 };
}
