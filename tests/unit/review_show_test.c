/* review_show_test - hunks as a prompt shows them. */
#include "../../tools/dmr-review/show.h"
#include "tap.h"

static const struct {
	const char *name, *text, *want;
} rows[] = {
	{ "plain", "int a[2]; // <s", "int a[2]; // <s" },
	{ "tabs and letters", "\ta = \"\xc3\xbc\"", "\ta = \"\xc3\xbc\"" },
	{ "an override", "a\xe2\x80\xae", "a\\u{202e}" },
	{ "an escape", "a\x1b[2K", "a\\x1b[2K" },
	{ "what cannot be seen",
	    "a\xe2\x80\x8c"
	    "b\xe2\x80\x8d"
	    "c\xcd\x8f"
	    "d\xef\xb8\x80\xef\xb8\x8f\xff\xe1\xa0\x8b",
	    "a\\u{200c}b\\u{200d}c\\u{34f}d\\u{fe00}\\u{fe0f}\\xff\\u{180b}" },
	{ "what is needed",
	    "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae "
	    "\xe2\x9d\xa4\xef\xb8\x8f\xe2\x80\x8d\xf0\x9f\x94\xa5",
	    "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae "
	    "\xe2\x9d\xa4\xef\xb8\x8f\xe2\x80\x8d\xf0\x9f\x94\xa5" },
	{ "the end of a message", "<|im_end|>", "<\\|im_end|>" },
	{ "what begins one", "x[INST]<s></s>", "x[\\INST]<\\s><\\/s>" },
	{ "one within another", "<<|a|>", "<<\\|a|>" },
	{ "of other models",
	    "<bos><unused7>[AVAILABLE_TOOLS][/TOOL_RESULTS][IMG]<fim_prefix>"
	    "[gMASK]<sop></tool_response>",
	    "<\\bos><\\unused7>[\\AVAILABLE_TOOLS][\\/TOOL_RESULTS][\\IMG]"
	    "<\\fim_prefix>[\\gMASK]<\\sop><\\/tool_response>" },
	{ "with no letter", "<|1|> <|\"|> <| 1|> <|>",
	    "<\\|1|> <\\|\"|> <| 1|> <|>" },
	{ "operators", "a <| b <|> c[INSTANCE]", "a <| b <|> c[INSTANCE]" },
	{ "nothing", "", "" },
};

static void
test_text(void)
{
	for (size_t i = 0; i < countof(rows); i++) {
		char *copy = tap_copy(str_of(rows[i].text));
		struct buf out = { 0 };

		show_text(&out, (struct str){ copy, strlen(rows[i].text) });
		tap_is(buf_str(&out), rows[i].want, rows[i].name);
		buf_done(&out);
		free(copy);
	}
}

/* Without what anchors are made of: "7#|+text". */
static void
drop_hashes(struct buf *out)
{
	size_t n = 0;

	for (size_t i = 0; i < out->len; i++) {
		out->data[n++] = out->data[i];
		if (out->data[i] == '#' && i + 4 < out->len &&
		    out->data[i + 4] == '|')
			i += ANCHOR_HASH;
	}
	out->len = n;
}

static const char text[] = "--- a/x\n+++ b/x\n"
			   "@@ -1,3 +1,3 @@ f(<|im_end|>)\n"
			   " one\n-two\n+2\n three\n"
			   "@@ -9,1 +9,0 @@\n-nine\n";

static void
test_hunks(void)
{
	struct err e = ERR_NONE;
	struct buf out = { 0 };
	struct anchors anchors;
	struct diff d;

	if (!tap_int(diff_read(&d, str_of(text), &e), 0, "a diff"))
		return;
	anchors_make(&anchors, &d.files[0], 0, 2);
	show_hunks(&out, &d.files[0], &anchors, 0, 2);
	tap_ok(out.len <= show_size(&d.files[0], 0) + show_size(&d.files[0], 1),
	    "it is no longer than was said");
	drop_hashes(&out);
	tap_is(buf_str(&out),
	    "## lines 1 to 3, in f(<\\|im_end|>)\n"
	    "1#| one\n2#|+2\n3#| three\n"
	    "## gone from there:\n one\n-two\n"
	    "## behind line 9\n## gone from there:\n-nine\n",
	    "two hunks");
	anchors_done(&anchors);
	buf_done(&out);
	diff_done(&d);
}

int
main(void)
{
	test_text();
	test_hunks();
	return tap_done();
}
