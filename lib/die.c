/* die - messages for people, and the end of the program. */
#include "die.h"

#include <errno.h>
#include <stdarg.h>
#include <unistd.h>

#include "guard.h"
#include "utf8.h"

static struct {
	const char *name;
	bool json, quiet;
	struct str secrets[DIE_SECRETS_MAX];
	size_t nsecrets;
	struct utf8_screen told;
	struct guard guard;
	bool in_line; /* what was told did not end its line */
} self = { .name = "dmr" };

void
die_setup(const char *name)
{
	self.name = name;
}

void
die_use_json(bool json)
{
	self.json = json;
}

void
die_be_quiet(bool quiet)
{
	self.quiet = quiet;
}

void
die_guard(bool guard)
{
	self.guard.is_on = guard;
}

bool
die_guards(void)
{
	return self.guard.is_on;
}

void
die_hide(const char *secret)
{
	if (strlen(secret) < DIE_SECRET_MIN)
		return;
	if (self.nsecrets == DIE_SECRETS_MAX)
		die_because(ST_USAGE, "more than %d keys", DIE_SECRETS_MAX);
	self.secrets[self.nsecrets++] = str_of(secret);
}

/*
 * Where the secret, or the beginning of one that was cut off, stands in text,
 * and how much of it; text.len if nowhere.
 */
static size_t
find_one(struct str text, struct str secret, size_t *len)
{
	struct str start = secret;
	size_t at;

	*len = 0;
	if (!start.len)
		return text.len;
	if (start.len > DIE_SECRET_MIN)
		start.len = DIE_SECRET_MIN;
	at = str_find(text, start);
	while (at + *len < text.len && *len < secret.len &&
	    text.data[at + *len] == secret.data[*len])
		++*len;
	return at;
}

/* The first of all secrets in text, as find_one(). */
static size_t
find_secret(struct str text, size_t *len)
{
	size_t first = text.len;

	*len = 0;
	for (size_t i = 0; i < self.nsecrets; i++) {
		size_t n, at = find_one(text, self.secrets[i], &n);

		if (at < first || (at == first && n > *len)) {
			first = at;
			*len = n;
		}
	}
	return first;
}

bool
die_has_secret(struct str text)
{
	for (size_t i = 0; i < self.nsecrets; i++)
		if (str_find(text, self.secrets[i]) < text.len)
			return true;
	return false;
}

static void
mask_one(struct str text, char *out, struct str secret)
{
	size_t len, at = find_one(text, secret, &len);

	while (len) {
		memset(out + at, '*', len);
		out += at + len;
		text = str_skip(text, at + len);
		at = find_one(text, secret, &len);
	}
}

void
die_mask(char *text, size_t size)
{
	for (size_t i = 0; i < self.nsecrets; i++)
		mask_one((struct str){ text, size }, text, self.secrets[i]);
}

/* Standard error is the last resort: a failure to write it has no reader. */
static void
write_stderr(const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(STDERR_FILENO, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		data += n;
		len -= (size_t)n;
	}
}

/* text, harmless and on one line, into out; returns its length. */
static size_t
make_line(struct str text, char *out)
{
	struct utf8_screen screen = { 0 };
	size_t n = utf8_screen(&screen, text, out);

	n += utf8_screen_end(&screen, out + n);
	for (size_t i = 0; i < n; i++)
		if (out[i] == '\n' || out[i] == '\t')
			out[i] = ' ';
	return n;
}

static void
say(const char *text)
{
	char raw[ERR_TEXT_MAX + 64];
	char line[UTF8_SCREEN_MAX(sizeof raw) + 1];
	size_t n;

	snprintf(raw, sizeof raw, "%s: %s", self.name, text);
	die_mask(raw, strlen(raw));
	n = make_line(str_of(raw), line);
	if (n > ERR_TEXT_MAX)
		n = utf8_valid((struct str){ line, ERR_TEXT_MAX });
	line[n++] = '\n';
	if (self.in_line)
		tell(STR("\n"));
	write_stderr(line, n);
}

/* The message is printable by now: only quotes and backslashes are left. */
static void
say_json(const struct err *e)
{
	char raw[ERR_TEXT_MAX];
	char plain[UTF8_SCREEN_MAX(sizeof raw)];
	char out[2 * sizeof plain + 128];
	size_t n;
	int at = snprintf(out, sizeof out,
	    "{\"code\":\"%s\",\"exit\":%d,\"message\":\"", err_code(e->status),
	    (int)e->status);

	memcpy(raw, e->text, sizeof raw);
	die_mask(raw, strlen(raw));
	n = make_line(str_of(raw), plain);
	for (size_t i = 0; i < n; i++) {
		if (plain[i] == '"' || plain[i] == '\\')
			out[at++] = '\\';
		out[at++] = plain[i];
	}
	at += snprintf(out + at, sizeof out - (size_t)at,
	    "\",\"retryable\":%s}\n", e->retryable ? "true" : "false");
	write_stderr(out, (size_t)at);
}

void
die_say(const struct err *e)
{
	if (self.json)
		say_json(e);
	else
		say(e->text);
}

void
die(const struct err *e)
{
	die_say(e);
	exit((int)e->status);
}

void
die_because(enum status status, const char *format, ...)
{
	struct err e = ERR_NONE;
	char text[ERR_TEXT_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	err_set(&e, status, "%s", text);
	die(&e);
}

static void say_format(const char *format, va_list args) PRINTF_LIKE(1, 0);

static void
say_format(const char *format, va_list args)
{
	char text[ERR_TEXT_MAX];

	vsnprintf(text, sizeof text, format, args);
	say(text);
}

void
warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (!self.quiet)
		say_format(format, args);
	va_end(args);
}

void
report(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_format(format, args);
	va_end(args);
}

enum { PIECE = 256 };

/* guard: NULL where no line begins. */
static void
write_piece(struct utf8_screen *screen, struct guard *guard, struct str text)
{
	while (text.len) {
		char shown[UTF8_SCREEN_MAX(PIECE)],
		    out[GUARD_MAX(sizeof shown)];
		struct str piece = { text.data,
			text.len < PIECE ? text.len : PIECE };
		size_t n = utf8_screen(screen, piece, shown);

		if (guard)
			write_stderr(out,
			    guard_text(guard, (struct str){ shown, n }, out));
		else
			write_stderr(shown, n);
		text = str_skip(text, piece.len);
	}
}

void
tell(struct str text)
{
	if (!text.len)
		return;
	write_piece(&self.told, &self.guard, text);
	self.in_line = !str_ends(text, "\n");
}

void
trace(const char *mark, struct str text)
{
	struct utf8_screen screen = { 0 };
	char rest[UTF8_SCREEN_MAX(UTF8_CHAR_MAX)];

	write_stderr(mark, strlen(mark));
	while (text.len) {
		size_t len, n = find_secret(text, &len);

		write_piece(&screen, NULL, (struct str){ text.data, n });
		text = str_skip(text, n + len);
		if (len)
			write_stderr("***", 3);
	}
	write_stderr(rest, utf8_screen_end(&screen, rest));
	write_stderr("\n", 1);
}
