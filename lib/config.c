/* config - what the machine's owner has set: environment and config file. */
#include "config.h"

#include "file.h"
#include "mem.h"
#include "span.h"
#include "utf8.h"

enum { CONFIG_MAX = 64 << 10 }; /* bytes */

const char *
config_env(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

bool
config_env_is_set(const char *name)
{
	return getenv(name) != NULL;
}

static const char *
absolute(const char *name)
{
	const char *path = config_env(name);

	return path && path[0] == '/' ? path : NULL;
}

const char *
config_home(void)
{
	return absolute("HOME");
}

char *
config_path(const char *below)
{
	const char *base = absolute("XDG_CONFIG_HOME");
	const char *home = config_home();

	if (base)
		return mem_format("%s/dmr/%s", base, below);
	if (home)
		return mem_format("%s/.config/dmr/%s", home, below);
	return NULL;
}

int
config_open(struct config *c, struct err *e)
{
	*c = (struct config){ .path = config_path("config") };
	if (!c->path || file_is_absent(c->path))
		return 0;
	if (file_read_trusted(c->path, FILE_OWN, CONFIG_MAX, &c->text, e)) {
		e->status = ST_USAGE;
		return -1;
	}
	c->rest = buf_str(&c->text);
	return 0;
}

int
config_blame(const struct config *c, struct err *e)
{
	return err_prefix(e, "%s:%zu", c->path, c->line);
}

static int
fail(const struct config *c, struct err *e, const char *what)
{
	err_set(e, ST_USAGE, "%s", what);
	return config_blame(c, e);
}

/* NULL, or what is wrong with the bytes of a line. */
static const char *
objection(struct str line)
{
	if (str_starts(line, "\xef\xbb\xbf"))
		return "a byte order mark; save the file without it";
	if (utf8_valid(line) != line.len)
		return "not UTF-8";
	for (size_t i = 0; i < line.len; i++)
		if ((unsigned char)line.data[i] < ' ' && line.data[i] != '\t')
			return "a control character";
	return NULL;
}

static int
take_section(struct config *c, struct str line, struct err *e)
{
	size_t n = line.len - 2;

	if (!str_starts(line, "[dmr-") || !str_ends(line, "]") ||
	    n >= sizeof c->section) {
		err_set(e, ST_USAGE, "unknown section '%.*s'", STR_ARGS(line));
		return config_blame(c, e);
	}
	memcpy(c->section, line.data + 1, n);
	c->section[n] = 0;
	return 0;
}

static int
take_value(struct config *c, struct str text, struct err *e)
{
	buf_clear(&c->value);
	if (!str_starts(text, "\""))
		return buf_add(&c->value, text);
	if (!span_valid(text) || span_text(text, NULL, &c->value) ||
	    str_has_nul(buf_str(&c->value)))
		return fail(c, e, "not a string in double quotes");
	return 0;
}

/* A key stands once in its section. */
static int
check_twice(struct config *c, struct str key, struct err *e)
{
	char *mark = mem_format("\n%s\t%.*s\n", c->section, STR_ARGS(key));
	bool twice = c->seen.len && strstr(c->seen.data, mark);

	buf_add_text(&c->seen, mark);
	free(mark);
	return twice ? fail(c, e, "this key stands there twice") : 0;
}

/* A line that is not blank.  Returns 1 for a key and its value, 0, -1. */
static int
take_line(struct config *c, struct str line, struct str *key, struct err *e)
{
	if (line.data[0] == '#')
		return 0;
	if (line.data[0] == '[')
		return take_section(c, line, e);
	*key = str_trim(str_cut(&line, '='));
	if (!line.data || !key->len)
		return fail(c, e, "not 'key = value'");
	if (check_twice(c, *key, e) || take_value(c, str_trim(line), e))
		return -1;
	return 1;
}

int
config_next(
    struct config *c, struct str *key, const char **value, struct err *e)
{
	int got = 0;

	while (got == 0 && c->rest.len) {
		struct str line = str_cut(&c->rest, '\n');
		const char *wrong = objection(line);

		c->line++;
		if (wrong)
			return fail(c, e, wrong);
		line = str_trim(line);
		if (line.len)
			got = take_line(c, line, key, e);
	}
	*value = c->value.data ? c->value.data : "";
	return got;
}

void
config_done(struct config *c)
{
	free(c->path);
	buf_done(&c->text);
	buf_done(&c->value);
	buf_done(&c->seen);
}
