/* attach - what goes along with a prompt. */
#include "attach.h"

#include "base64.h"
#include "crypto.h"
#include "file.h"

enum { MARK = 32 }; /* digits of the hash that are shown */

void
attach_name(struct buf *out, struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.data[i];

		buf_add_char(out, c < ' ' || c == 0x7f ? '?' : (char)c);
	}
}

static void
add_line(struct buf *out, const char *word, struct str name, const char *mark)
{
	buf_add_format(out, "--- %s ", word);
	attach_name(out, name);
	buf_add_format(out, " %.*s ---\n", MARK, mark);
}

int
attach_text(struct buf *out, struct str name, struct str text)
{
	char hash[CRYPTO_SHA256_HEX + 1];

	crypto_sha256(text, hash);
	add_line(out, "begin", name, hash);
	buf_add(out, text);
	if (text.len && !str_ends(text, "\n"))
		buf_add_char(out, '\n');
	add_line(out, "end", name, hash);
	return out->full ? -1 : 0;
}

/* How an image begins, '?' standing for any byte. */
static const struct {
	const char *type, *start;
} types[] = {
	{ "image/png", "\x89PNG\r\n\x1a\n" },
	{ "image/jpeg", "\xff\xd8\xff" },
	{ "image/gif", "GIF87a" },
	{ "image/gif", "GIF89a" },
	{ "image/webp", "RIFF????WEBP" },
};

static bool
starts_like(struct str bytes, const char *start)
{
	size_t i = 0;

	while (i < bytes.len && start[i] &&
	    (start[i] == '?' || bytes.data[i] == start[i]))
		i++;
	return !start[i];
}

static const char *
image_type(struct str bytes)
{
	for (size_t i = 0; i < countof(types); i++)
		if (starts_like(bytes, types[i].start))
			return types[i].type;
	return NULL;
}

bool
attach_is_image(struct str bytes)
{
	return image_type(bytes) != NULL;
}

int
attach_image(struct buf *out, const char *name, struct str bytes, struct err *e)
{
	const char *type = image_type(bytes);

	if (!type)
		return file_fail(e, ST_INPUT, "attach", name,
		    "it is no PNG, JPEG, GIF or WebP");
	buf_add_format(out, "data:%s;base64,", type);
	base64_add(out, bytes);
	if (out->full)
		return file_fail(
		    e, ST_INPUT, "attach", name, "it is too large");
	return 0;
}
