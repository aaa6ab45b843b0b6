/* tool - the headers and the key that requests take along. */
#include <strings.h>

#include "die.h"
#include "file.h"
#include "json.h"
#include "mem.h"
#include "tool_settings.h"

/* A header line as RFC 9110, section 5, has it: "NAME: VALUE", printable. */
static int
check_header(const char *line, struct err *e)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789!#$%&'*+-.^_`|~";
	/* How a request is framed, and where it goes. */
	static const char *const ours[] = { "Content-Length",
		"Transfer-Encoding", "Connection", "Upgrade", "Expect", "TE",
		"Trailer" };
	size_t name = strspn(line, letters);

	if (!name || line[name] != ':' || str_is_blank(str_of(line + name + 1)))
		return err_set(
		    e, ST_USAGE, "--header: '%s' is not 'NAME: VALUE'", line);
	for (size_t i = 0; i < countof(ours); i++)
		if (name == strlen(ours[i]) &&
		    !strncasecmp(line, ours[i], name))
			return err_set(e, ST_USAGE,
			    "--header: '%s' is not to be changed", ours[i]);
	for (const char *p = line; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return err_set(e, ST_USAGE,
			    "--header: a control character in '%s'", line);
	return 0;
}

void
tool_hide_word(struct str word)
{
	struct buf json = { 0 };
	struct json j = { .out = &json };

	json_string(&j, word);
	if (json.len != word.len + 2)
		die_hide(tool_settings_keep(
		    mem_copy((struct str){ json.data + 1, json.len - 2 })));
	die_hide(tool_settings_keep(mem_copy(word)));
	buf_done(&json);
}

/* The same of all words of a secret header's value, and of "name=" in them. */
static void
hide_value(const char *line)
{
	size_t name = http_secret_name(str_of(line));
	struct str rest = str_skip(str_of(line), name);

	while (name && rest.len) {
		size_t n = strcspn(rest.data, " \t;,");
		struct str word = { rest.data, n }, value = word;

		str_cut(&value, '=');
		tool_hide_word(word);
		if (value.len)
			tool_hide_word(value);
		rest = str_skip(rest, n + 1);
	}
}

int
tool_take_headers(const struct opt_list *lines, struct err *e)
{
	for (size_t i = 0; i < lines->n; i++) {
		if (check_header(lines->items[i], e))
			return -1;
		hide_value(lines->items[i]);
	}
	tool_settings.http.headers = lines->items;
	tool_settings.http.nheaders = lines->n;
	return 0;
}

bool
tool_is_word(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] <= ' ' || text.data[i] >= 0x7f)
			return false;
	return text.len;
}

const char *
tool_read_secret(const char *file, const char *what, struct err *e)
{
	struct buf text = { 0 };
	const char *secret = NULL;

	if (file_read_trusted(file, FILE_SECRET, 16 << 10, &text, e))
		e->status = ST_USAGE;
	else if (!tool_is_word(str_chomp(buf_str(&text))))
		err_set(e, ST_USAGE,
		    "'%s' holds no %s: a %s is one word of visible ASCII", file,
		    what, what);
	else
		secret = tool_settings_keep(
		    mem_copy(str_chomp(buf_str(&text))));
	if (secret)
		tool_hide_word(str_of(secret));
	buf_done(&text);
	return secret;
}

int
tool_take_key(const char *file, struct err *e)
{
	const char *key;

	if (!file)
		return 0;
	key = tool_read_secret(file, "key", e);
	if (!key)
		return -1;
	tool_settings.http.authorization = tool_settings_keep(
	    mem_format("Authorization: Bearer %s", key));
	return 0;
}
