/* attach_test - blocks of text that nothing closes, data URLs of images. */
#include "attach.h"
#include "crypto.h"
#include "tap.h"

/* FIPS 180-4, examples. */
static void
test_crypto(void)
{
	char hex[CRYPTO_SHA256_HEX + 1];

	crypto_sha256(STR("abc"), hex);
	tap_is(str_of(hex),
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
	    "SHA-256 of abc");
	crypto_sha256((struct str){ 0 }, hex);
	tap_is(str_of(hex),
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	    "SHA-256 of nothing");
}

static void
test_text(void)
{
	struct buf out = { 0 };

	attach_text(&out, STR("a.c"), STR("abc"));
	tap_is(buf_str(&out),
	    "--- begin a.c ba7816bf8f01cfea414140de5dae2223 ---\nabc\n"
	    "--- end a.c ba7816bf8f01cfea414140de5dae2223 ---\n",
	    "a text gets its last newline");
	buf_clear(&out);
	attach_text(&out, STR("a\nb\x1b\x7f"), STR(""));
	tap_is(buf_str(&out),
	    "--- begin a?b?? e3b0c44298fc1c149afbf4c8996fb924 ---\n"
	    "--- end a?b?? e3b0c44298fc1c149afbf4c8996fb924 ---\n",
	    "a name ends no line, nothing is a text too");
	buf_done(&out);
}

static void
test_image(void)
{
	static const struct {
		const char *bytes, *url;
	} images[] = {
		{ "\x89PNG\r\n\x1a\n", "data:image/png;base64,iVBORw0KGgo=" },
		{ "\xff\xd8\xff\xe0", "data:image/jpeg;base64,/9j/4A==" },
		{ "GIF87a", "data:image/gif;base64,R0lGODdh" },
		{ "GIF89a", "data:image/gif;base64,R0lGODlh" },
		{ "RIFF1234WEBP", "data:image/webp;base64,UklGRjEyMzRXRUJQ" },
		{ "\x89PNG\r\n\x1a", NULL },
		{ "RIFF1234WAVE", NULL },
		{ "GIF88a", NULL },
		{ "BM1234", NULL },
		{ "<svg/>", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < countof(images); i++) {
		struct buf out = { 0 };
		struct err e = ERR_NONE;
		int got = attach_image(
		    &out, "x.png", str_of(images[i].bytes), &e);

		if (images[i].url)
			tap_is(buf_str(&out), images[i].url, "a data URL");
		else
			tap_ok(got == -1 && e.status == ST_INPUT,
			    "image %zu is none", i);
		buf_done(&out);
	}
}

int
main(void)
{
	test_crypto();
	test_text();
	test_image();
	return tap_done();
}
