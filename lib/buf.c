/* buf - bytes that grow, up to a ceiling. */
#include "buf.h"

#include <stdarg.h>

#include "mem.h"
#include "utf8.h"

char *
buf_room(struct buf *b, size_t n)
{
	size_t max = b->max ? b->max : BUF_MAX;

	if (n > max || b->len > max - n) {
		b->full = true;
		return NULL;
	}
	if (n >= b->capacity - b->len)
		b->data = mem_grow(b->data, &b->capacity, b->len + n + 1, 1);
	return b->data + b->len;
}

void
buf_claim(struct buf *b, size_t n)
{
	b->len += n;
	b->data[b->len] = 0;
}

int
buf_add(struct buf *b, struct str text)
{
	char *room = buf_room(b, text.len);

	if (!room)
		return -1;
	if (text.len)
		memcpy(room, text.data, text.len);
	buf_claim(b, text.len);
	return 0;
}

int
buf_add_text(struct buf *b, const char *text)
{
	return buf_add(b, str_of(text));
}

int
buf_add_char(struct buf *b, char c)
{
	char *room = buf_room(b, 1);

	if (!room)
		return -1;
	*room = c;
	buf_claim(b, 1);
	return 0;
}

int
buf_add_format(struct buf *b, const char *format, ...)
{
	size_t have = b->capacity - b->len;
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(have ? b->data + b->len : NULL, have, format, args);
	va_end(args);
	if (n < 0 || !buf_room(b, (size_t)n)) {
		if (b->data)
			b->data[b->len] = 0;
		return -1;
	}
	if ((size_t)n >= have) {
		va_start(args, format);
		vsnprintf(b->data + b->len, (size_t)n + 1, format, args);
		va_end(args);
	}
	buf_claim(b, (size_t)n);
	return 0;
}

/* The value of a hexadecimal digit; -1 if it is none. */
static int
hex_value(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = memchr(digits, c, sizeof digits - 1);

	return at ? (int)((at - digits) % 16) : -1;
}

int
buf_add_unescaped(struct buf *b, struct str s)
{
	while (s.len) {
		struct str plain = s;
		int high = -1, low = -1;

		plain.len = str_find(s, STR("%"));
		buf_add(b, plain);
		s = str_skip(s, plain.len);
		if (s.len >= 3) {
			high = hex_value(s.data[1]);
			low = hex_value(s.data[2]);
		}
		if (high >= 0 && low >= 0) {
			buf_add_char(b, (char)(high << 4 | low));
			s = str_skip(s, 3);
		} else if (s.len) {
			buf_add_char(b, '%');
			s = str_skip(s, 1);
		}
	}
	return b->full ? -1 : 0;
}

int
buf_add_visible(struct buf *b, struct str text)
{
	char *shown = mem_new(UTF8_SCREEN_MAX(text.len), 1);
	int got = buf_add(
	    b, (struct str){ shown, utf8_screen_text(text, shown) });

	free(shown);
	return got;
}

size_t
buf_repair(struct buf *b, size_t from, bool nul)
{
	struct utf8_repair repair = { .nul = nul };
	struct str text = str_skip(buf_str(b), from);
	char *good;
	size_t n;

	if (utf8_valid(text) == text.len && !(nul && str_has_nul(text)))
		return 0;
	good = mem_new(UTF8_REPAIR_MAX(text.len), 1);
	n = utf8_repair(&repair, text, good);
	n += utf8_repair_end(&repair, good + n);
	b->len = from;
	b->data[from] = 0;
	buf_add(b, (struct str){ good, n });
	free(good);
	return repair.bad;
}

struct str
buf_str(const struct buf *b)
{
	return (struct str){ b->data, b->len };
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	b->full = false;
	if (b->data)
		b->data[0] = 0;
}

void
buf_reset(struct buf *b)
{
	if (b->capacity > BUF_KEPT_MAX)
		buf_done(b);
	buf_clear(b);
}

char *
buf_take(struct buf *b)
{
	char *data = b->data ? b->data : mem_new(1, 1);

	*b = (struct buf){ .max = b->max };
	return data;
}

void
buf_done(struct buf *b)
{
	free(b->data);
	*b = (struct buf){ .max = b->max };
}
