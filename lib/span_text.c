/* span - what a JSON string says. */
#include "span.h"

#include "utf8.h"

/* A hexadecimal digit, which the walk has seen to be one. */
static uint32_t
hex_digit(char c)
{
	return (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

/* The four hexadecimal digits at p. */
static uint32_t
read_unit(const char *p)
{
	uint32_t unit = 0;

	for (int i = 0; i < 4; i++)
		unit = unit << 4 | hex_digit(p[i]);
	return unit;
}

static void
add_char(struct buf *out, uint32_t cp)
{
	char bytes[UTF8_CHAR_MAX];

	buf_add(out, (struct str){ bytes, utf8_encode(cp, bytes) });
}

void
span_text_end(uint32_t *half, struct buf *out)
{
	if (*half)
		add_char(out, 0xfffd);
	*half = 0;
}

/* One UTF-16 unit, RFC 8259, section 7; RFC 2781, section 2.2. */
static void
add_unit(struct buf *out, uint32_t unit, uint32_t *half)
{
	bool high = unit >= 0xd800 && unit < 0xdc00;
	bool low = unit >= 0xdc00 && unit < 0xe000;

	if (low && *half) {
		add_char(
		    out, 0x10000 + ((*half - 0xd800) << 10) + unit - 0xdc00);
		*half = 0;
		return;
	}
	span_text_end(half, out);
	if (high)
		*half = unit;
	else
		add_char(out, low ? 0xfffd : unit);
}

/* One escape at p, behind its backslash; returns its length. */
static size_t
add_escape(struct buf *out, const char *p, uint32_t *half)
{
	static const char from[] = "bfnrt";
	static const char to[] = "\b\f\n\r\t";
	const char *at;

	if (*p == 'u') {
		add_unit(out, read_unit(p + 1), half);
		return 5;
	}
	span_text_end(half, out);
	at = strchr(from, *p);
	buf_add_char(out, at ? to[at - from] : *p);
	return 1;
}

int
span_text(struct str value, uint32_t *half, struct buf *out)
{
	uint32_t own = 0;
	struct str rest;

	if (span_kind(value) != SPAN_STRING || value.len < 2)
		return -1;
	if (!half)
		half = &own;
	rest = (struct str){ value.data + 1, value.len - 2 };
	while (rest.len) {
		const char *slash = memchr(rest.data, '\\', rest.len);
		size_t n = slash ? (size_t)(slash - rest.data) : rest.len;

		if (n) {
			span_text_end(half, out);
			buf_add(out, (struct str){ rest.data, n });
		}
		if (slash)
			n += 1 + add_escape(out, slash + 1, half);
		rest = str_skip(rest, n);
	}
	span_text_end(&own, out);
	return out->full ? -1 : 0;
}
