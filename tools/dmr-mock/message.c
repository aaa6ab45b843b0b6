/* message - headers and bodies, as lines and bytes and as JSON. */
#include <ctype.h>
#include <strings.h>

#include "base64.h"
#include "http.h"
#include "mem.h"
#include "message.h"
#include "utf8.h"

bool
mock_header_next(struct str *rest, struct str *name, struct str *value)
{
	*value = str_cut(rest, '\n');
	*name = str_cut(value, ':');
	*value = str_trim(*value);
	return name->len > 0;
}

bool
mock_header_is(struct str name, const char *wanted)
{
	return name.len == strlen(wanted) &&
	    !strncasecmp(name.data, wanted, name.len);
}

/* Write all values of a name, the first of which is this. */
static void
write_values(struct json *j, const char *wanted, struct str value,
    struct str rest, struct buf *joined)
{
	struct str name;

	buf_add(joined, value);
	while (mock_header_next(&rest, &name, &value)) {
		if (!mock_header_is(name, wanted))
			continue;
		buf_add_text(joined, ", ");
		buf_add(joined, value);
	}
	json_string(j, buf_str(joined));
}

/* Is there one of this name in the lines before `end`? */
static bool
is_before(struct str lines, const char *wanted, const char *end)
{
	struct str name, value;

	while (mock_header_next(&lines, &name, &value) && name.data < end)
		if (mock_header_is(name, wanted))
			return true;
	return false;
}

/* Write one that is the first of its name. */
static void
write_header(
    struct json *j, char *name, struct str value, struct str rest, int how)
{
	struct buf joined = { 0 };
	char *line = mem_format("%s:", name);

	for (char *p = name; how & MOCK_LOWER && *p; p++)
		*p = (char)tolower((unsigned char)*p);
	json_name(j, name);
	if (how & MOCK_MASKED && http_secret_name(str_of(line)))
		json_string(j, STR("***"));
	else
		write_values(j, name, value, rest, &joined);
	free(line);
	buf_done(&joined);
}

void
mock_write_headers(struct json *j, struct str headers, int how)
{
	struct str rest = headers, name, value;

	json_name(j, "headers");
	json_open(j, '{');
	while (mock_header_next(&rest, &name, &value)) {
		char *text = mem_copy(name);

		if (!is_before(headers, text, name.data))
			write_header(j, text, value, rest, how);
		free(text);
	}
	json_close(j, '}');
}

void
mock_write_body(struct json *j, struct str body, bool exact)
{
	struct buf base64 = { .max = SIZE_MAX / 4 };

	if (!body.len)
		return;
	if (utf8_valid(body) != body.len || str_has_nul(body)) {
		base64_add(&base64, body);
		json_member(j, "base64", buf_str(&base64));
		buf_done(&base64);
	} else if (!exact && span_valid(body)) {
		json_name(j, "body");
		json_raw(j, str_trim(body));
	} else {
		json_member(j, "text", body);
	}
}

bool
mock_header_is_good(struct str name, struct str value)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < name.len; i++)
		if (!name.data[i] || !strchr(letters, name.data[i]))
			return false;
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.data[i];

		if ((c < ' ' && c != '\t') || c == 0x7f)
			return false;
	}
	return name.len > 0;
}

bool
mock_header_is_framing(struct str name)
{
	static const char *const names[] = { "Connection", "Content-Length",
		"Date", "Keep-Alive", "Proxy-Authenticate", "Proxy-Connection",
		"TE", "Trailer", "Transfer-Encoding", "Upgrade" };

	for (size_t i = 0; i < countof(names); i++)
		if (mock_header_is(name, names[i]))
			return true;
	return false;
}

static int
take_header(
    struct str name, struct str value, struct buf *headers, struct err *e)
{
	if (!mock_header_is_good(name, value))
		return err_set(
		    e, ST_USAGE, "'%.*s' is no header", STR_ARGS(name));
	if (mock_header_is_framing(name))
		return err_set(e, ST_USAGE,
		    "the header '%.*s' is not for a file to say",
		    STR_ARGS(name));
	buf_add(headers, name);
	buf_add_text(headers, ": ");
	buf_add(headers, value);
	buf_add_char(headers, '\n');
	return 0;
}

int
mock_read_headers(struct str object, struct buf *headers, struct err *e)
{
	struct buf name = { 0 }, text = { 0 };
	struct str raw, value;
	size_t at = 0;
	int got = 0;

	while (object.data &&
	    (got = span_next_member(object, &at, &raw, &value)) == 1) {
		buf_clear(&name);
		buf_clear(&text);
		span_text(raw, NULL, &name);
		if (span_text(value, NULL, &text))
			got = err_set(e, ST_USAGE,
			    "the header '%.*s' is no string",
			    STR_ARGS(buf_str(&name)));
		else
			got = take_header(
			    buf_str(&name), buf_str(&text), headers, e);
		if (got)
			break;
	}
	buf_done(&name);
	buf_done(&text);
	return got;
}

static int
read_base64(struct str text, struct buf *body)
{
	size_t n = base64_size(text);
	char *room = n == SIZE_MAX ? NULL : buf_room(body, n);

	if (!room || base64_read(text, (unsigned char *)room))
		return -1;
	buf_claim(body, n);
	return 0;
}

int
mock_read_body(const struct str *values, struct buf *body, struct err *e)
{
	struct str base64 = values[MOCK_BASE64];
	int n = 0;

	for (int i = 0; i < MOCK_BODY_MEMBERS; i++)
		n += values[i].data != NULL;
	if (n > 1)
		return err_set(e, ST_USAGE,
		    "'body', 'text' and 'base64' are one too many");
	if (values[MOCK_TEXT].data)
		span_text(values[MOCK_TEXT], NULL, body);
	else if (base64.data &&
	    read_base64((struct str){ base64.data + 1, base64.len - 2 }, body))
		return err_set(e, ST_USAGE, "'base64' is none");
	else if (!base64.data)
		buf_add(body, values[MOCK_BODY]);
	return body->full ? err_set(e, ST_USAGE, "the body is too large") : 0;
}
