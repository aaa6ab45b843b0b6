/* base64 - bytes as text, and back. */
#include "base64.h"

static const char letters[64] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				"abcdefghijklmnopqrstuvwxyz"
				"0123456789+/";

static void
write_group(char *to, const unsigned char *bytes, size_t n)
{
	uint32_t v = (uint32_t)bytes[0] << 16 |
	    (uint32_t)(n > 1 ? bytes[1] : 0) << 8 |
	    (uint32_t)(n > 2 ? bytes[2] : 0);

	to[0] = letters[v >> 18];
	to[1] = letters[v >> 12 & 63];
	to[2] = n > 1 ? letters[v >> 6 & 63] : '=';
	to[3] = n > 2 ? letters[v & 63] : '=';
}

int
base64_add(struct buf *out, struct str bytes)
{
	const unsigned char *from = (const unsigned char *)bytes.data;
	size_t whole = bytes.len / 3 * 3;
	size_t size = (bytes.len + 2) / 3 * 4;
	char *to = buf_room(out, size);

	if (!to)
		return -1;
	for (size_t i = 0; i < whole; i += 3)
		write_group(to + i / 3 * 4, from + i, 3);
	if (whole < bytes.len)
		write_group(to + size - 4, from + whole, bytes.len - whole);
	buf_claim(out, size);
	return 0;
}

size_t
base64_size(struct str text)
{
	if (text.len % 4)
		return SIZE_MAX;
	return text.len / 4 * 3 - str_ends(text, "=") - str_ends(text, "==");
}

enum { WRONG = 0x80 };

static void
make_values(unsigned char values[256])
{
	memset(values, WRONG, 256);
	for (size_t i = 0; i < sizeof letters; i++)
		values[(unsigned char)letters[i]] = (unsigned char)i;
}

int
base64_read(struct str text, unsigned char *bytes)
{
	const unsigned char *from = (const unsigned char *)text.data;
	size_t size = base64_size(text), rest = size % 3;
	unsigned char values[256], wrong = 0, last[4] = "AAAA";

	if (size == SIZE_MAX)
		return -1;
	make_values(values);
	for (size_t i = 0; i < size / 3; i++, from += 4, bytes += 3) {
		unsigned char a = values[from[0]], b = values[from[1]];
		unsigned char c = values[from[2]], d = values[from[3]];

		wrong |= a | b | c | d;
		bytes[0] = (unsigned char)(a << 2 | b >> 4);
		bytes[1] = (unsigned char)(b << 4 | c >> 2);
		bytes[2] = (unsigned char)(c << 6 | d);
	}
	if (!rest)
		return wrong & WRONG ? -1 : 0;
	for (size_t i = 0; i <= rest; i++) {
		last[i] = values[from[i]];
		wrong |= last[i];
	}
	bytes[0] = (unsigned char)(last[0] << 2 | last[1] >> 4);
	if (rest == 2)
		bytes[1] = (unsigned char)(last[1] << 4 | last[2] >> 2);
	/* Bits that belong to no byte are zero. */
	return wrong & WRONG || last[rest] & (rest == 1 ? 15 : 3) ? -1 : 0;
}
