/* chat_reasoning_test - what of a chat's answer is reasoning. */
#include "chat.h"

#define THOUGHT(text) CHOICE("\"delta\":{\"reasoning_content\":\"" text "\"}")

static const struct row {
	const char *name;
	const char *in;
	int status;
	const char *text, *reasoning;
} rows[] = {
	{ "S26: reasoning_content is reasoning",
	    THOUGHT("Hm,") THOUGHT(" well") DELTA("Hel") DELTA("lo")
		FINISH("stop") DONE,
	    0, "Hello", "Hm, well" },
	{ "S26: reasoning is reasoning",
	    CHOICE("\"delta\":{\"reasoning\":\"Hm\",\"content\":null}")
		DELTA("Hello") FINISH("stop"),
	    0, "Hello", "Hm" },
	{ "S26: thinking is reasoning",
	    CHOICE("\"delta\":{\"thinking\":\"Hm\",\"content\":\"\"}")
		DELTA("Hello") FINISH("stop"),
	    0, "Hello", "Hm" },
	{ "S26: of all three names one counts",
	    CHOICE("\"delta\":{\"thinking\":\"c\",\"reasoning\":\"b\","
		   "\"reasoning_content\":\"a\"}") DELTA("Hello")
		FINISH("stop"),
	    0, "Hello", "a" },
	{ "S26: an empty one does not",
	    CHOICE("\"delta\":{\"thinking\":{},\"reasoning\":\"b\","
		   "\"reasoning_content\":\"\"}") DELTA("Hello") FINISH("stop"),
	    0, "Hello", "b" },
	{ "S26: what is no string is no reasoning",
	    CHOICE("\"delta\":{\"reasoning_content\":[\"a\"],"
		   "\"reasoning\":{\"x\":1},\"thinking\":true}") DELTA("Hello")
		FINISH("stop"),
	    0, "Hello", "" },
	{ "S26: text and reasoning may come in one delta",
	    CHOICE("\"delta\":{\"content\":\"Hello\","
		   "\"reasoning_content\":\"Hm\"}") FINISH("stop"),
	    0, "Hello", "Hm" },
	{ "S26: a whole answer has reasoning too",
	    "{\"choices\":[{\"message\":{\"content\":\"Hello\","
	    "\"reasoning_content\":\"Hm\"},\"finish_reason\":\"stop\"}]}",
	    0, "Hello", "Hm" },
	{ "S26: reasoning of another choice is none",
	    CHOICE("\"index\":1,\"delta\":{\"reasoning\":\"Hm\"}")
		DELTA("Hello") FINISH("stop"),
	    0, "Hello", "" },
	{ "S35: reasoning behind the finish_reason is none",
	    DELTA("Hello") FINISH("stop") THOUGHT("Hm"), 0, "Hello", "" },
	{ "S37: halves of characters are joined, for each apart",
	    THOUGHT("\xc3") DELTA("\xe2\x82") THOUGHT("\xa4") DELTA("\xac")
		FINISH("stop"),
	    0, "\xe2\x82\xac", "\xc3\xa4" },
	{ "S37: half a character at the end is a U+FFFD",
	    THOUGHT("a\xc3") DELTA("b\xe2") FINISH("stop"), 0, "b\xef\xbf\xbd",
	    "a\xef\xbf\xbd" },
	{ "S38: surrogates are joined, for each apart",
	    THOUGHT("\\ud83d") DELTA("\\ud83e") THOUGHT("\\ude00")
		DELTA("\\udd14") FINISH("stop"),
	    0, "\xf0\x9f\xa4\x94", "\xf0\x9f\x98\x80" },
	{ "S38: half a surrogate at the end is a U+FFFD",
	    THOUGHT("\\ud83d") DELTA("b\\ud83e") FINISH("stop"), 0,
	    "b\xef\xbf\xbd", "\xef\xbf\xbd" },
	{ "S27: <think> at the beginning is reasoning",
	    DELTA("\\n<thi") DELTA("nk>Hm") DELTA("</") DELTA("think>\\n")
		DELTA("\\nHello\\n") FINISH("stop"),
	    0, "Hello\n", "Hm" },
	{ "S27: in a whole answer too",
	    "{\"choices\":[{\"message\":{\"content\":\"<think>\\nHm\\n</think>"
	    "\\n\\nHello\"},\"finish_reason\":\"stop\"}]}",
	    0, "Hello", "\nHm\n" },
	{ "S27: in an array of parts too",
	    CHOICE("\"delta\":{\"content\":[{\"text\":\"<think>Hm\"},"
		   "{\"text\":\"</think>Hello\"}]}") FINISH("stop"),
	    0, "Hello", "Hm" },
	{ "S27: escapes make a tag too",
	    DELTA("\\u003cthink>Hm\\u003c\\/think\\u003eHello") FINISH("stop"),
	    0, "Hello", "Hm" },
	{ "S27: later it is text",
	    DELTA("Hello ") DELTA("<think>Hm</think>") FINISH("stop"), 0,
	    "Hello <think>Hm</think>", "" },
	{ "S27: half a tag is text", DELTA("<thi") FINISH("stop"), 0, "<thi",
	    "" },
	{ "S27: white space alone is text", DELTA(" \\n") FINISH("stop"), 0,
	    " \n", "" },
	{ "S27: reasoning of both kinds is joined",
	    THOUGHT("a") DELTA("<think>b</think>Hello") FINISH("stop"), 0,
	    "Hello", "ab" },
	{ "S27: a character does not reach over a tag",
	    DELTA("<think>\xc3") DELTA("</think>\xa4") FINISH("stop"), 0,
	    "\xef\xbf\xbd", "\xef\xbf\xbd" },
	{ "S27: nor does a pair of surrogates",
	    DELTA("<think>\\ud83d</think>\\ude00") FINISH("stop"), 0,
	    "\xef\xbf\xbd", "\xef\xbf\xbd" },
	{ "S27: reasoning without an end is cut",
	    DELTA("<think>Hm") FINISH("stop"), ST_CUT, "", "Hm" },
	{ "S27: also when it ends in half a tag",
	    DELTA("<think>Hm</think") FINISH("stop"), ST_CUT, "", "Hm</think" },
	{ "S27: at the token limit as well",
	    DELTA("<think>Hm") FINISH("length"), ST_CUT, "", "Hm" },
	{ "S27: a stream that ends in it is not whole", DELTA("<think>Hm"),
	    ST_INCOMPLETE, "", "Hm" },
	{ "S27: a tag behind the finish_reason is late",
	    DELTA("Hello") FINISH("stop") DELTA("<think>Hm"), 0, "Hello", "" },
	{ "an answer of reasoning alone is empty", THOUGHT("Hm") FINISH("stop"),
	    ST_UNUSABLE, "", "Hm" },
	{ "also when tags say so", DELTA("<think>Hm</think>\\n") FINISH("stop"),
	    ST_UNUSABLE, "", "Hm" },
	{ "an empty text beside it is none",
	    THOUGHT("Hm") DELTA("") FINISH("stop"), ST_UNUSABLE, "", "Hm" },
	{ "bytes that are no UTF-8 are a text", DELTA("\xc3") FINISH("stop"), 0,
	    "\xef\xbf\xbd", "" },
};

static void
test_rows(void)
{
	struct answer a = { 0 };

	for (size_t i = 0; i < countof(rows); i++) {
		const struct row *r = &rows[i];

		read_answer(&a, str_of(r->in), (struct way){ 0 });
		if (tap_ok(a.status == r->status &&
			    str_is(buf_str(&a.text), r->text) &&
			    str_is(buf_str(&a.reasoning), r->reasoning),
			"%s", r->name))
			continue;
		tap_note("status %d instead of %d: %s", a.status, r->status,
		    a.err.text);
		tap_show("text", buf_str(&a.text));
		tap_show("reasoning", buf_str(&a.reasoning));
	}
	answer_done(&a);
}

static void
test_cut_rows(void)
{
	for (size_t i = 0; i < countof(rows); i++)
		check_cuts(rows[i].name, str_of(rows[i].in), (struct way){ 0 });
	tap_all("S2: cut anywhere, each of these answers is the same");
}

static void
test_messages(void)
{
	struct answer a = { 0 };
	struct way cut_ok = { .cut_ok = true };

	read_answer(
	    &a, STR(DELTA("<think>Hm") FINISH("stop")), (struct way){ 0 });
	tap_is(str_of(a.err.text), "the answer ended inside its reasoning",
	    "S27: reasoning without an end is told");
	read_answer(&a, STR(THOUGHT("Hm") FINISH("stop")), (struct way){ 0 });
	tap_is(str_of(a.err.text),
	    "the model's answer is empty, but for its reasoning",
	    "and that there is nothing else");
	read_answer(&a, STR(DELTA("<think>Hm") FINISH("length")), cut_ok);
	tap_int(
	    a.status, ST_UNUSABLE, "S31: with cut_ok reasoning is not enough");
	read_answer(
	    &a, STR(DELTA("<think>Hm</think>He") FINISH("length")), cut_ok);
	tap_int(a.status, 0, "S31: half an answer behind it is");
	read_answer(&a, STR(THOUGHT("\xff\xc3") DELTA("\xff") FINISH("stop")),
	    (struct way){ 0 });
	tap_int((intmax_t)a.bad_bytes, 3, "J10: bad bytes are counted in both");
	answer_done(&a);
}

/* Text is there as soon as it cannot be a tag any more. */
static void
test_stream(void)
{
	static const struct step {
		const char *delta, *text, *reasoning; /* so far */
	} steps[] = {
		{ DELTA("<"), "", "" },
		{ DELTA("think>"), "", "" },
		{ DELTA("Hm"), "", "Hm" },
		{ DELTA("<"), "", "Hm" },
		{ DELTA("b"), "", "Hm<b" },
		{ DELTA("</think>"), "", "Hm<b" },
		{ DELTA("\\n"), "", "Hm<b" },
		{ DELTA("<"), "<", "Hm<b" },
		{ DELTA("x"), "<x", "Hm<b" },
	};
	struct api_chat c = { .server = SERVER };
	struct err e = ERR_NONE;

	for (size_t i = 0; i < countof(steps); i++) {
		feed(&c, str_of(steps[i].delta), &e);
		tap_case(str_is(buf_str(&c.text), steps[i].text) &&
			str_is(buf_str(&c.reasoning), steps[i].reasoning),
		    "step %zu", i);
	}
	tap_all("S27: text and reasoning come as soon as they are known");
	api_chat_done(&c);
}

/* Feed deltas until there is an error, or more than may be; -1, *e. */
static int
feed_endless(struct api_chat *c, const char *member, struct err *e)
{
	size_t most = UTF8_REPAIR_MAX((size_t)HTTP_REPLY_MAX);
	struct buf in = { 0 };
	int got = 0;

	buf_add_format(
	    &in, "data: {\"choices\":[{\"delta\":{\"%s\":\"", member);
	for (size_t i = 0; i < 1 << 20; i++)
		buf_add_char(&in, 'x');
	buf_add_text(&in, "\"}}]}\n\n");
	for (size_t n = 0; n <= most && got == 0; n += 1 << 20)
		got = api_chat_feed(c, buf_str(&in), e);
	buf_done(&in);
	return c->reasoning.len <= most ? got : 0;
}

/* A caller that never clears it gets an error, not all of its memory. */
static void
test_too_much(void)
{
	struct api_chat c = { .server = SERVER };
	struct err e = ERR_NONE;

	tap_int(feed_endless(&c, "reasoning", &e), -1,
	    "S26: reasoning without end is an error");
	tap_int(e.status, ST_SERVER, "S26: of the server's");
	api_chat_done(&c);
	c = (struct api_chat){ .server = SERVER };
	feed(&c, STR(DELTA("<think>")), &e);
	tap_int(feed_endless(&c, "content", &e), -1,
	    "S27: also when a tag began it");
	api_chat_done(&c);
}

int
main(void)
{
	test_rows();
	test_cut_rows();
	test_messages();
	test_stream();
	test_too_much();
	return tap_done();
}
