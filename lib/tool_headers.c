/* tool - the headers and the key that requests take along. */
#include "die.h"
#include "file.h"
#include "mem.h"
#include "tool_settings.h"

/* A header line as RFC 9110, section 5, has it: "NAME: VALUE", printable. */
static int
check_header(const char *line, struct err *e)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789!#$%&'*+-.^_`|~";
	size_t name = strspn(line, letters);

	if (!name || line[name] != ':' || str_is_blank(str_of(line + name + 1)))
		return err_set(
		    e, ST_USAGE, "--header: '%s' is not 'NAME: VALUE'", line);
	for (const char *p = line; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return err_set(e, ST_USAGE,
			    "--header: a control character in '%s'", line);
	return 0;
}

/* Never show the value of a header that is a secret. */
static void
hide_value(const char *line)
{
	size_t name = http_secret_name(str_of(line));
	const char *word = strrchr(line, ' '); /* behind "Bearer" */

	if (!name)
		return;
	word = word ? word + 1 : line + name;
	die_hide(word);
	word = strrchr(word, '='); /* of a cookie */
	if (word && word[1])
		die_hide(word + 1);
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

/* A key is one word of visible ASCII. */
static int
check_key(const char *file, struct str key, struct err *e)
{
	for (size_t i = 0; i < key.len; i++)
		if (key.data[i] <= ' ' || key.data[i] >= 0x7f)
			key.len = 0;
	if (!key.len)
		return err_set(e, ST_USAGE,
		    "'%s' holds no key: a key is one word of visible ASCII",
		    file);
	return 0;
}

int
tool_take_key(const char *file, struct err *e)
{
	struct buf text = { 0 };
	struct str key;
	const char *secret;
	int got;

	if (!file)
		return 0;
	got = file_read_trusted(file, FILE_SECRET, 16 << 10, &text, e);
	e->status = got ? ST_USAGE : e->status;
	key = str_chomp(buf_str(&text));
	if (!got)
		got = check_key(file, key, e);
	if (!got) {
		secret = tool_settings_keep(mem_copy(key));
		die_hide(secret);
		tool_settings.http.authorization = tool_settings_keep(
		    mem_format("Authorization: Bearer %s", secret));
	}
	buf_done(&text);
	return got;
}
