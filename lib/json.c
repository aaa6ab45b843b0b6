/* json - write JSON text (RFC 8259) piece by piece. */
#include "json.h"

static void
begin_line(struct json *j)
{
	if (!j->indent)
		return;
	buf_add_char(j->out, '\n');
	for (unsigned i = 0; i < j->depth * j->indent; i++)
		buf_add_char(j->out, ' ');
}

static void
begin_value(struct json *j)
{
	if (j->comma)
		buf_add_char(j->out, ',');
	if (j->depth && !j->named)
		begin_line(j);
	j->comma = true;
	j->named = false;
}

void
json_open(struct json *j, char bracket)
{
	begin_value(j);
	buf_add_char(j->out, bracket);
	j->comma = false;
	j->depth++;
}

void
json_close(struct json *j, char bracket)
{
	j->depth--;
	if (j->comma)
		begin_line(j);
	buf_add_char(j->out, bracket);
	j->comma = true;
}

void
json_name(struct json *j, const char *name)
{
	json_string(j, str_of(name));
	buf_add_text(j->out, j->indent ? ": " : ":");
	j->comma = false;
	j->named = true;
}

static bool
needs_escape(unsigned char c)
{
	return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

static void
add_escaped(struct buf *out, unsigned char c)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	static const char hex[] = "0123456789abcdef";
	const char *at = c ? strchr(from, c) : NULL;

	if (at)
		buf_add(
		    out, (struct str){ (char[]){ '\\', to[at - from] }, 2 });
	else
		buf_add(out,
		    (struct str){ (char[]){ '\\', 'u', '0', '0', hex[c >> 4],
				      hex[c & 15] },
			6 });
}

void
json_string(struct json *j, struct str text)
{
	size_t n = 0;

	begin_value(j);
	buf_add_char(j->out, '"');
	while (text.len) {
		for (n = str_plain(text); n < text.len; n++)
			if (needs_escape((unsigned char)text.data[n]))
				break;
		buf_add(j->out, (struct str){ text.data, n });
		text = str_skip(text, n);
		if (text.len) {
			add_escaped(j->out, (unsigned char)text.data[0]);
			text = str_skip(text, 1);
		}
	}
	buf_add_char(j->out, '"');
}

void
json_integer(struct json *j, int64_t number)
{
	char text[24], *end = text + sizeof text, *at = end;
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	do {
		*--at = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (number < 0)
		*--at = '-';
	begin_value(j);
	buf_add(j->out, (struct str){ at, (size_t)(end - at) });
}

void
json_real(struct json *j, double number)
{
	char text[32];

	for (int digits = 6; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, number);
		if (strtod(text, NULL) == number)
			break;
	}
	begin_value(j);
	buf_add_text(j->out, text);
}

void
json_bool(struct json *j, bool value)
{
	begin_value(j);
	buf_add_text(j->out, value ? "true" : "false");
}

void
json_raw(struct json *j, struct str value)
{
	begin_value(j);
	buf_add(j->out, value);
}

void
json_count(struct json *j, const char *name, int64_t number)
{
	if (number < 0)
		return;
	json_name(j, name);
	json_integer(j, number);
}

void
json_member(struct json *j, const char *name, struct str text)
{
	if (!text.len)
		return;
	json_name(j, name);
	json_string(j, text);
}

void
json_end_line(struct json *j, size_t from)
{
	/* Bytes over 0x7f stand in strings only, so this changes no token. */
	buf_repair(j->out, from, false);
	/* RFC 8259, section 7: in a string they are escaped. */
	for (size_t i = from; i < j->out->len; i++)
		if (j->out->data[i] == '\n' || j->out->data[i] == '\r')
			j->out->data[i] = ' ';
	buf_add_char(j->out, '\n');
	j->comma = false;
}
