/* die - messages for people, and the end of the program. */
#include "die.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <unistd.h>

#include "guard.h"
#include "utf8.h"

static struct {
	const char *name;
	bool json, quiet;
	struct str secrets[DIE_SECRETS_MAX];
	size_t nsecrets;
	bool begins[UCHAR_MAX + 1]; /* does a secret begin with this byte? */
	struct utf8_screen told;
	struct guard guard;
	bool in_line;           /* what was told did not end its line */
	size_t nshown, columns; /* lines of progress, and how wide it was */
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
	for (size_t i = 0; i < self.nsecrets; i++)
		if (str_is(self.secrets[i], secret))
			return;
	if (self.nsecrets == DIE_SECRETS_MAX)
		die_because(ST_USAGE, "more than %d keys", DIE_SECRETS_MAX);
	self.secrets[self.nsecrets++] = str_of(secret);
	self.begins[(unsigned char)*secret] = true;
}

/* How much of the secret text begins with; 0 if it is too little to tell. */
static size_t
match(struct str text, struct str secret)
{
	size_t n = 0;

	while (n < text.len && n < secret.len && text.data[n] == secret.data[n])
		n++;
	return n < DIE_SECRET_MIN ? 0 : n;
}

/*
 * Where a secret, or the beginning of one that was cut off, stands in text,
 * and how much of it; text.len if nowhere.
 */
static size_t
find_secret(struct str text, size_t *len)
{
	size_t at = 0;

	*len = 0;
	if (!self.nsecrets)
		return text.len;
	for (; at < text.len; at++) {
		if (!self.begins[(unsigned char)text.data[at]])
			continue;
		for (size_t i = 0; i < self.nsecrets; i++) {
			size_t n = match(str_skip(text, at), self.secrets[i]);

			if (n > *len)
				*len = n;
		}
		if (*len)
			break;
	}
	return at;
}

bool
die_has_secret(struct str text)
{
	for (size_t i = 0; i < self.nsecrets; i++)
		if (str_find(text, self.secrets[i]) < text.len)
			return true;
	return false;
}

void
die_mask(char *text, size_t size)
{
	struct str rest = { text, size };

	while (rest.len) {
		size_t len, at = find_secret(rest, &len);

		memset(text + (size - rest.len) + at, '*', len);
		rest = str_skip(rest, at + len);
	}
}

/* How many bytes inside of a JSON string say the secret; 0 if they do not. */
static size_t
match_json(const char *at, const char *end, struct str secret)
{
	const char *p = at;

	for (size_t i = 0; i < secret.len; i++, p++) {
		if (p < end && *p == '\\')
			p++;
		else if (p < end && *p == '"')
			return 0;
		if (p >= end || *p != secret.data[i])
			return 0;
	}
	return (size_t)(p - at);
}

void
die_mask_json(char *json, size_t size)
{
	char *end = json + size;
	bool in_string = false;

	for (char *p = json; self.nsecrets && p < end; p++) {
		size_t n = 0;

		if (*p == '"') {
			in_string = !in_string;
			continue;
		}
		if (*p != '\\' && !self.begins[(unsigned char)*p])
			continue;
		for (size_t i = 0; in_string && !n && i < self.nsecrets; i++)
			n = match_json(p, end, self.secrets[i]);
		memset(p, '*', n);
		if (n)
			p += n - 1;
		else if (*p == '\\')
			p++;
	}
}

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

/* text, printable and on one line, into out; returns its length. */
static size_t
make_line(struct str text, char *out)
{
	size_t n = utf8_screen_text(text, out);

	for (size_t i = 0; i < n; i++)
		if (out[i] == '\n' || out[i] == '\t')
			out[i] = ' ';
	return n;
}

/* On a terminal of another width they take another number of lines. */
void
die_show(char (*lines)[DIE_SHOWN_MAX], size_t n, size_t columns)
{
	char text[4 * DIE_SHOWN_MAX];
	size_t at = 0;

	if (self.nshown && (!columns || columns == self.columns))
		at = (size_t)snprintf(
		    text, sizeof text, "\x1b[%zuA\x1b[J", self.nshown);
	self.nshown = 0;
	for (; self.nshown < n && at + DIE_SHOWN_MAX < sizeof text;
	     self.nshown++)
		at += (size_t)snprintf(text + at, DIE_SHOWN_MAX, "%.*s\n",
		    DIE_SHOWN_MAX - 2, lines[self.nshown]);
	self.columns = columns;
	write_stderr(text, at);
}

/* Write what begins and ends lines of its own. */
static void
write_guarded(const char *text, size_t n)
{
	char out[GUARD_MAX(UTF8_SCREEN_MAX(sizeof(struct err) + 64))];
	struct guard guard = { .is_on = self.guard.is_on };
	size_t len = guard_text(&guard, (struct str){ text, n }, out);

	len += guard_end(&guard, out + len);
	write_stderr(out, len);
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
	die_show(NULL, 0, 0);
	write_guarded(line, n);
}

/* The message is printable by now: only quotes and backslashes are left. */
static void
say_json(const struct err *e)
{
	char raw[ERR_TEXT_MAX];
	char plain[UTF8_SCREEN_MAX(sizeof raw)];
	char out[6 * sizeof plain + 128];
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
		if (plain[i] == '#' && self.guard.is_on)
			at += snprintf(out + at, 7, "\\u0023");
		else
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

static void
write_piece(struct utf8_screen *screen, struct guard *guard, struct str text)
{
	while (text.len) {
		char shown[UTF8_SCREEN_MAX(PIECE)],
		    out[GUARD_MAX(sizeof shown)];
		struct str piece = { text.data,
			text.len < PIECE ? text.len : PIECE };
		struct str s = { shown, utf8_screen(screen, piece, shown) };

		write_stderr(out, guard_text(guard, s, out));
		text = str_skip(text, piece.len);
	}
}

void
tell(struct str text)
{
	if (!text.len)
		return;
	die_show(NULL, 0, 0);
	write_piece(&self.told, &self.guard, text);
	self.in_line = !str_ends(text, "\n");
}

static void
trace_line(const char *mark, struct str text)
{
	struct utf8_screen screen = { 0 };
	struct guard guard = { .is_on = self.guard.is_on };
	char rest[UTF8_SCREEN_MAX(UTF8_CHAR_MAX)];

	write_piece(&screen, &guard, str_of(mark));
	while (text.len) {
		size_t len, n = find_secret(text, &len);

		write_piece(&screen, &guard, (struct str){ text.data, n });
		text = str_skip(text, n + len);
		if (len)
			write_piece(&screen, &guard, STR("***"));
	}
	write_piece(&screen, &guard,
	    (struct str){ rest, utf8_screen_end(&screen, rest) });
	write_piece(&screen, &guard, STR("\n"));
}

void
trace(const char *mark, struct str text)
{
	die_show(NULL, 0, 0);
	do
		trace_line(mark, str_cut(&text, '\n'));
	while (text.len);
}
