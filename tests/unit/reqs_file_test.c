/* reqs_file_test - what was written to a file is read from it, in either form. */
#include "../../tools/dmr-reqs/document_file.h"

#include "../../tools/dmr-reqs/document_json.h"
#include "../../tools/dmr-reqs/document_markdown.h"
#include "files.h"
#include "reqs_random.h"

enum { ROUNDS = 300 };

static bool
survives(const struct document *d, bool markdown, struct err *e)
{
	struct buf text = { 0 };
	struct document got = { 0 };
	bool same;

	if (markdown)
		document_write_markdown(d, &text);
	else
		document_write_json(d, false, &text);
	/* Nothing at all is no file of a document. */
	same = !text.len;
	if (!same) {
		files_write("doc", text.data, 0644);
		same = !document_file_read(&got, "doc", &text, e) &&
		    thing_equal(&document_kind, d, &got);
		unlink("doc");
	}
	document_done(&got);
	buf_done(&text);
	return same;
}

static void
test_starts(void)
{
	static const char *const summaries[] = { "{", "{}", "{{name}} sells",
		"{\"title\": 1}", "[]", "[{}]", "[{a}](https://b)", "[1]",
		"[a](https://b)", "[ {", "null", "true", "12", "-1", "1.5e3",
		"\"x\"", "\"x\" y", "null x", " {", "\n{", "\\{", "&#123;" };

	for (size_t i = 0; i < countof(summaries); i++) {
		struct document d = { 0 };
		struct err e = ERR_NONE;

		text_set(&d.summary, str_of(summaries[i]));
		tap_ok(survives(&d, true, &e), "a summary '%s': %s",
		    summaries[i], e.text);
		text_set(&d.title, STR("{"));
		tap_ok(survives(&d, true, &e), "with a title: %s", e.text);
		document_done(&d);
	}
}

static void
test_random(void)
{
	struct document d = { 0 };
	struct err e = ERR_NONE;

	for (int i = 0; i < ROUNDS; i++) {
		reqs_random(&d, (uint64_t)i);
		if (i % 2)
			text_set(&d.title, (struct str){ 0 });
		tap_case(survives(&d, true, &e) && survives(&d, false, &e),
		    "%s", e.text);
	}
	tap_all("a random document survives a file, in either form");
	document_done(&d);
}

/* --- what is no document --- */

static const struct {
	const char *text, *want;
} rows[] = {
	{ "[]", "26 doc: line 1: .: wanted an object, got an array" },
	{ "\n\n [1, 2]", "26 doc: line 3: .: wanted an object, got an array" },
	{ "[{\"title\": \"a\"}]",
	    "26 doc: line 1: .: wanted an object, got an array" },
	{ "null", "26 doc: line 1: .: wanted an object, got null" },
	{ "\"x\"\n", "26 doc: line 1: .: wanted an object, got a string" },
	{ "3", "26 doc: line 1: .: wanted an object, got a number" },
	{ "\xef\xbb\xbf"
	  "true",
	    "26 doc: line 1: .: wanted an object, got a boolean" },
	{ "[\n{\"title\": \"a\"},]", "26 doc: line 2: not JSON" },
	{ "{title: a}", "26 doc: line 1: not JSON" },
	{ " \n", "26 doc: there is no document in it" },
	{ "[1] and more", "read" },
	{ "\\{", "read" },
};

static void
test_refused(void)
{
	for (size_t i = 0; i < countof(rows); i++) {
		struct document d = { 0 };
		struct buf bytes = { 0 }, said = { 0 };
		struct err e = ERR_NONE;

		files_write("doc", rows[i].text, 0644);
		if (document_file_read(&d, "doc", &bytes, &e))
			buf_add_format(&said, "%d %s", (int)e.status, e.text);
		else
			buf_add_text(&said, "read");
		tap_is(buf_str(&said), rows[i].want, rows[i].want);
		unlink("doc");
		document_done(&d);
		buf_done(&bytes);
		buf_done(&said);
	}
}

int
main(void)
{
	files_enter();
	test_starts();
	test_random();
	test_refused();
	files_leave();
	return tap_done();
}
