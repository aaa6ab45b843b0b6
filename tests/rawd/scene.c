/* scene.c - the language of scenarios: from text to steps. */
#include "scene.h"
#include "wire.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ARGS_MAX = 12 };

struct word {
	const char *name;
	enum verb verb;
	int min, max; /* arguments it takes */
	const char *args, *help;
};

static const struct word words[] = {
	{ "accept", ACCEPT, 0, 0, "", "end the connection and take the next" },
	{ "repeat", REPEAT, 0, 0, "", "accept, for all others" },
	{ "again", AGAIN, 0, 0, "", "play the block again, same connection" },
	{ "refuse", REFUSE, 0, 0, "", "close the listening socket" },
	{ "stop", STOP, 0, 0, "", "end the server" },
	{ "read", READ, 0, 0, "", "read a whole request into request.N" },
	{ "read-headers", READ_HEADERS, 0, 0, "", "... up to its empty line" },
	{ "read-body", READ_BODY, 0, 1, "[N]", "... N bytes of its body" },
	{ "sleep", SLEEP, 1, 1, "MS", "pause" },
	{ "await", AWAIT, 1, 1, "FIFO", "wait for a byte; makes the FIFO" },
	{ "mark", MARK, 1, 1, "FILE", "write a newline to the FIFO or file" },
	{ "expect-close", EXPECT_CLOSE, 1, 1, "MS", "or complain" },
	{ "slow", SLOW, 1, 2, "MS|off [N]", "send N bytes (1), wait MS, ..." },
	{ "shutdown", SHUTDOWN, 0, 0, "", "end our half of the connection" },
	{ "close", CLOSE, 0, 0, "", "end the connection with a FIN" },
	{ "reset", RESET, 0, 0, "", "end the connection with an RST" },
	{ "framing", FRAMING, 1, 1, "chunked|plain", "of events" },
	{ "times", TIMES, 2, ARGS_MAX, "N|forever SENDING", "a write each" },
	{ "burst", BURST, 2, ARGS_MAX, "N|forever SENDING", "in large writes" },
	{ "send", SEND, 1, 1, "BYTES", "send them as they are" },
	{ "sendfile", SENDFILE, 1, 3, "PATH [FROM [TO]]", "below 0: from end" },
	{ "chunk", CHUNK, 1, 1, "BYTES", "one HTTP chunk; '' is the last" },
	{ "event", EVENT, 1, 1, "DATA", "one server-sent event" },
	{ "role", ROLE, 0, 0, "", "the event that opens a chat" },
	{ "delta", DELTA, 1, 1, "TEXT", "an event with this content" },
	{ "finish", FINISH, 1, 1, "REASON", "an event with finish_reason" },
	{ "done", DONE, 0, 0, "", "the event [DONE] and the last chunk" },
	{ "sse", SSE, 0, 9, "[HEADER]...", "headers of a stream of events" },
	{ "json", JSON, 2, 9, "STATUS BODY [HEADER]...", "a whole answer" },
	{ "text", TEXT, 2, 9, "STATUS BODY [HEADER]...", "a whole answer" },
};

static const size_t nwords = sizeof words / sizeof *words;

/* End the program: the scenario is wrong at the line being read. */
__attribute__((format(printf, 2, 3))) _Noreturn static void
fail(const struct scene *s, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "rawd: %s:%ld: ", s->path, s->line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(2);
}

/* Put what the escape at p stands for into *out; returns what follows it. */
static char *
unescape(const struct scene *s, char *p, char *out)
{
	static const char names[] = "nrt\\\"0", bytes[] = "\n\r\t\\\"";
	const char *hit = *p ? strchr(names, *p) : NULL;
	char hex[3] = { 0 };

	if (hit) {
		*out = bytes[hit - names];
		return p + 1;
	}
	if (*p != 'x' || !isxdigit((unsigned char)p[1]) ||
	    !isxdigit((unsigned char)p[2]))
		fail(s, "unknown escape '\\%.1s'", p);
	memcpy(hex, p + 1, 2);
	*out = (char)strtol(hex, NULL, 16);
	return p + 3;
}

/* Read the string that begins with the quote at p; returns what follows it. */
static char *
read_quoted(const struct scene *s, char *p, struct text *arg)
{
	char quote = *p++, *out = p;

	arg->data = p;
	while (*p && *p != quote) {
		if (*p == '\\' && quote == '"')
			p = unescape(s, p + 1, out++);
		else
			*out++ = *p++;
	}
	if (!*p)
		fail(s, "no closing %c", quote);
	if (p[1] && !isspace((unsigned char)p[1]))
		fail(s, "no space after the closing %c", quote);
	*out = '\0';
	arg->len = (size_t)(out - arg->data);
	return p + 1;
}

/*
 * Cut a line, in place, into at most ARGS_MAX arguments; returns how many.
 * The rest of argv is empty.
 */
static int
split(const struct scene *s, char *p, struct text *argv)
{
	char *end = p + strlen(p);
	int argc = 0;

	for (int i = 0; i < ARGS_MAX; i++)
		argv[i] = (struct text){ end, 0 };
	for (;;) {
		p += strspn(p, " \t\r");
		if (!*p || *p == '#')
			return argc;
		if (argc == ARGS_MAX)
			fail(s, "more than %d words", ARGS_MAX);
		if (*p == '"' || *p == '\'') {
			p = read_quoted(s, p, &argv[argc++]);
			continue;
		}
		argv[argc].data = p;
		argv[argc].len = strcspn(p, " \t\r");
		p += argv[argc++].len;
		if (*p)
			*p++ = '\0';
	}
}

static long
number(const struct scene *s, const struct text *arg, long min, long max)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(arg->data, &end, 10);
	if (end == arg->data || *end || errno || n < min || n > max)
		fail(s, "'%s' is not a number from %ld to %ld", arg->data, min,
		    max);
	return n;
}

static const struct word *
find_word(const struct scene *s, const struct text *argv, int argc)
{
	for (size_t i = 0; i < nwords; i++) {
		const struct word *w = &words[i];

		if (strcmp(w->name, argv->data) != 0)
			continue;
		if (argc - 1 < w->min || argc - 1 > w->max)
			fail(s, "usage: %s %s", w->name, w->args);
		if (w->verb >= AGAIN && w->verb != FRAMING && !s->open)
			fail(s, "'%s' without a connection: accept one first",
			    w->name);
		return w;
	}
	fail(s, "unknown command '%s'", argv->data);
}

static void
add_file(
    struct bytes *out, const struct scene *s, const struct text *argv, int argc)
{
	struct bytes all = { 0 };
	long from = 0, to, size;

	if (file_read(argv->data, &all) != 0)
		fail(s, "cannot read '%s': %s", argv->data, strerror(errno));
	size = to = (long)all.len;
	if (argc > 1)
		from = number(s, &argv[1], -size, size);
	if (argc > 2)
		to = number(s, &argv[2], -size, size);
	from += from < 0 ? size : 0;
	to += to < 0 ? size : 0;
	if (to < from)
		fail(s, "FROM %ld is behind TO %ld", from, to);
	bytes_add(out, all.data + from, (size_t)(to - from));
	free(all.data);
}

/* Write what a sending command sends; argv: its arguments. */
static void
add_sending(const struct scene *s, struct bytes *out, const struct word *w,
    const struct text *argv, int argc)
{
	struct wire_answer answer = { 0 };

	switch (w->verb) {
	case SENDFILE:
		add_file(out, s, argv, argc);
		break;
	case CHUNK:
		wire_add_chunk(out, *argv);
		break;
	case EVENT:
		wire_add_event(out, s->plain, *argv);
		break;
	case ROLE:
		wire_add_chat(out, s->plain, NULL, NULL);
		break;
	case DELTA:
		wire_add_chat(out, s->plain, argv, NULL);
		break;
	case FINISH:
		wire_add_chat(out, s->plain, NULL, argv);
		break;
	case DONE:
		wire_add_done(out, s->plain);
		break;
	case SSE:
		wire_add_sse(out, s->plain, argv, argc);
		break;
	case JSON:
	case TEXT:
		answer.status = number(s, argv, 100, 999);
		answer.type = "text/plain; charset=utf-8";
		if (w->verb == JSON)
			answer.type = "application/json";
		answer.body = argv[1];
		answer.headers = argv + 2;
		answer.nheaders = argc - 2;
		wire_add_answer(out, &answer);
		break;
	default:
		bytes_add(out, argv->data, argv->len);
		break;
	}
}

/*
 * The FIFO at step's path, opened once for all steps and at both ends, so that
 * neither the test nor rawd ever blocks in open(), and no byte is lost.
 */
static int
open_fifo(const struct scene *s, const struct step *step)
{
	struct stat st;
	int fd;

	for (size_t i = 0; i < s->nsteps; i++)
		if (s->steps[i].path &&
		    strcmp(s->steps[i].path, step->path) == 0)
			return s->steps[i].fd;
	if (step->verb == AWAIT && mkfifo(step->path, 0600) != 0 &&
	    errno != EEXIST)
		fail(s, "cannot make '%s': %s", step->path, strerror(errno));
	if (stat(step->path, &st) != 0 || !S_ISFIFO(st.st_mode)) {
		if (step->verb == AWAIT)
			fail(s, "'%s' is not a FIFO", step->path);
		return -1;
	}
	fd = open(step->path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		fail(s, "cannot open '%s': %s", step->path, strerror(errno));
	return fd;
}

static void
set_path(const struct scene *s, struct step *step, const char *name)
{
	struct bytes path = { 0 };

	if (*name != '/') {
		bytes_add_str(&path, s->folder);
		bytes_add_str(&path, "/");
	}
	bytes_add_str(&path, name);
	step->path = path.data;
	step->fd = open_fifo(s, step);
}

/* Fill in what step needs of its arguments, and follow what it means. */
static void
set_step(struct scene *s, struct step *step, const struct text *argv, int argc)
{
	switch (step->verb) {
	case REPEAT:
	case ACCEPT:
		if (s->repeat != SIZE_MAX)
			fail(s, "no block can follow the one of 'repeat'");
		if (step->verb == REPEAT)
			s->repeat = s->nsteps;
		s->open = true;
		s->plain = false;
		break;
	case MARK:
	case AWAIT:
		set_path(s, step, argv->data);
		break;
	case SLEEP:
	case EXPECT_CLOSE:
		step->num = number(s, argv, 0, INT_MAX);
		break;
	case READ_BODY:
		step->num = argc ? number(s, argv, 0, LONG_MAX) : LONG_MAX;
		break;
	case SLOW:
		step->num = -1;
		if (strcmp(argv->data, "off") != 0)
			step->num = number(s, argv, 0, INT_MAX);
		step->piece = argc > 1 ? number(s, &argv[1], 1, LONG_MAX) : 1;
		break;
	case STOP:
	case CLOSE:
	case RESET:
		s->open = false;
		break;
	default:
		break;
	}
}

static void
parse_line(struct scene *s, char *text)
{
	struct text args[ARGS_MAX], *argv = args;
	struct step step = { .line = s->line, .num = 1, .fd = -1 };
	int argc = split(s, text, argv);
	const struct word *w;

	if (!argc)
		return;
	w = find_word(s, argv, argc);
	if (w->verb == TIMES || w->verb == BURST) {
		step.each = w->verb == TIMES;
		step.num = LONG_MAX;
		if (strcmp(argv[1].data, "forever") != 0)
			step.num = number(s, &argv[1], 0, LONG_MAX - 1);
		argv += 2;
		argc -= 2;
		w = find_word(s, argv, argc);
		if (w->verb < SEND)
			fail(s, "'%s' does not send", w->name);
	}
	argv++;
	argc--;
	if (w->verb == FRAMING) {
		s->plain = strcmp(argv->data, "plain") == 0;
		if (!s->plain && strcmp(argv->data, "chunked") != 0)
			fail(s, "usage: framing chunked|plain");
		return;
	}
	step.verb = w->verb < SEND ? w->verb : SEND;
	if (step.verb == SEND)
		add_sending(s, &step.out, w, argv, argc);
	else
		set_step(s, &step, argv, argc);
	s->steps = mem_grow(s->steps, s->nsteps + 1, sizeof step);
	s->steps[s->nsteps++] = step;
}

void
scene_load(struct scene *s)
{
	struct bytes text = { 0 };
	char *line, *next;

	s->line = 0;
	s->repeat = SIZE_MAX;
	if (file_read(s->path, &text) != 0)
		die(s->path);
	if (strlen(text.data) != text.len)
		fail(s, "a NUL byte in the scenario");
	for (line = text.data; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		s->line++;
		parse_line(s, line);
	}
	free(text.data);
}

void
scene_print_words(FILE *f)
{
	for (size_t i = 0; i < nwords; i++)
		fprintf(f, "  %-12s %-23s %s\n", words[i].name, words[i].args,
		    words[i].help);
}
