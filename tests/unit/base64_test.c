/* base64_test - RFC 4648's examples, what is none, and what comes back. */
#include "base64.h"
#include "tap.h"

/* Append what the text stands for. */
static int
read_into(struct buf *out, struct str text)
{
	size_t n = base64_size(text);
	char *room = n == SIZE_MAX ? NULL : buf_room(out, n);

	if (!room || base64_read(text, (unsigned char *)room))
		return -1;
	buf_claim(out, n);
	return 0;
}

static void
test_examples(void)
{
	/* RFC 4648, section 10. */
	static const char *const pairs[][2] = { { "", "" }, { "f", "Zg==" },
		{ "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" } };

	for (size_t i = 0; i < countof(pairs); i++) {
		struct buf out = { 0 };

		base64_add(&out, str_of(pairs[i][0]));
		tap_is(buf_str(&out), pairs[i][1], "base64");
		buf_clear(&out);
		tap_int(read_into(&out, str_of(pairs[i][1])), 0, "is read");
		tap_is(buf_str(&out), pairs[i][0], "and comes back");
		buf_done(&out);
	}
}

static void
test_bad(void)
{
	static const char *const bad[] = { "Z", "Zg",
		"Zg=", "Zg==Zg==", "Zg===", "====", "=Zg=", "Zm9v\n", " Zm9",
		"Zm-_", "Z=g=", "Zh==", "Zm9=", "Zm 9", "Zm9\x80",
		"\xff\xff\xff\xff" };
	struct buf out = { 0 };

	for (size_t i = 0; i < countof(bad); i++) {
		char *text = tap_copy(str_of(bad[i]));

		tap_case(read_into(&out,
			     (struct str){ text, strlen(bad[i]) }) == -1 &&
			!out.len,
		    "%s", bad[i]);
		free(text);
	}
	tap_case(read_into(&out, (struct str){ "Zm9\0", 4 }) == -1, "a NUL");
	tap_all("E7: what is no base64 is refused, loose bits too");
	buf_done(&out);
}

/* Each byte at each place, and each length. */
static void
test_all(void)
{
	for (size_t n = 0; n < 70; n++)
		for (int c = 0; c < 256; c++) {
			unsigned char bytes[70];
			struct buf text = { 0 }, back = { 0 };
			char *copy;

			for (size_t i = 0; i < n; i++)
				bytes[i] = (unsigned char)(c + 37 * (int)i);
			base64_add(&text, (struct str){ (char *)bytes, n });
			copy = tap_copy(buf_str(&text));
			tap_case(
			    !read_into(&back, (struct str){ copy, text.len }) &&
				str_equal(buf_str(&back),
				    (struct str){ (char *)bytes, n }),
			    "%zu bytes from %d", n, c);
			free(copy);
			buf_done(&text);
			buf_done(&back);
		}
	tap_all("all bytes come back");
}

static void
test_full(void)
{
	struct buf out = { .max = 7 };

	tap_int(base64_add(&out, STR("foobar")), -1, "what does not fit");
	buf_done(&out);
}

int
main(void)
{
	test_examples();
	test_bad();
	test_all();
	test_full();
	return tap_done();
}
