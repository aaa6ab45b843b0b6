/* chat_test - what of a chat's answer is text, and what its verdict is. */
#include "chat.h"
#include "random.h"

/* --- rows --- */

struct row {
	const char *name;
	struct str in;
	int status;
	struct str text;
};

#define ROW(name, in, status, text) \
	{ \
		name, { in, sizeof(in) - 1 }, status, \
		{ \
			text, sizeof(text) - 1 \
		} \
	}

static const struct row rows[] = {
	ROW("a stream's deltas are its text",
	    DELTA("Hel") DELTA("lo") FINISH("stop") DONE, 0, "Hello"),
	ROW("one JSON text's message is its text",
	    "{\"choices\":[{\"message\":{\"content\":\"Hello\"},"
	    "\"finish_reason\":\"stop\"}]}",
	    0, "Hello"),
	ROW("white space around one JSON text is nothing",
	    "\r\n {\"choices\":[{\"message\":{\"content\":\"Hello\"},"
	    "\"finish_reason\":\"stop\"}]}\n\n",
	    0, "Hello"),
	ROW("one JSON text may have many lines",
	    "{\n\"choices\" : [\n{\"message\":\n{\"content\":\"Hello\"},\n"
	    "\"finish_reason\":\"stop\"}]\n}\n",
	    0, "Hello"),
	ROW("J13: a BOM before one JSON text is dropped",
	    "\xef\xbb\xbf{\"choices\":[{\"message\":{\"content\":\"Hello\"},"
	    "\"finish_reason\":\"stop\"}]}",
	    0, "Hello"),
	ROW("J13: also when it has many lines",
	    "\xef\xbb\xbf{\n\"choices\":[{\"message\":\n{\"content\":\"Hello\"},"
	    "\n\"finish_reason\":\"stop\"}]\n}\n",
	    0, "Hello"),
	ROW("J2: text behind one JSON text makes it none",
	    "{\"choices\":[{\"message\":{\"content\":\"Hello\"},"
	    "\"finish_reason\":\"stop\"}]}\nx",
	    ST_SERVER, ""),
	ROW("J2: a second JSON text makes it none",
	    "{\"choices\":[{\"message\":{\"content\":\"Hello\"},"
	    "\"finish_reason\":\"stop\"}]}\n{}",
	    ST_SERVER, ""),
	ROW("one JSON text without its end is not whole",
	    "{\"choices\":[{\"message\":{\"content\":\"Hello\"},"
	    "\"finish_reason\":\"stop\"}]",
	    ST_INCOMPLETE, ""),
	ROW("one JSON text without finish_reason is not whole",
	    "{\"choices\":[{\"message\":{\"content\":\"Hello\"}}]}",
	    ST_INCOMPLETE, "Hello"),
	ROW("one JSON text with an error is an error",
	    "{\"error\":{\"message\":\"boom\"}}", ST_SERVER, ""),
	ROW("one JSON text of a message of error is an error",
	    "{\"type\":\"error\",\"message\":\"boom\"}", ST_SERVER, ""),
	ROW("J19: an array is no answer", "[]", ST_SERVER, ""),
	ROW("J19: a string is no answer", "\"Hello\"", ST_SERVER, ""),
	ROW("J19: a number is no answer", "42", ST_SERVER, ""),
	ROW("text is no answer", "Hello\nyou\n", ST_SERVER, ""),
	ROW("text without a line's end is no answer", "Hello", ST_SERVER, ""),
	ROW("an HTML page is no answer", "<!doctype html>", ST_SERVER, ""),
	ROW("nothing is not whole", "", ST_INCOMPLETE, ""),
	ROW("white space is not whole", "\n \n", ST_INCOMPLETE, ""),
	ROW("comments are not whole", ": ping\n\n: ping\n", ST_INCOMPLETE, ""),
	ROW("half a comment is not whole", ":", ST_INCOMPLETE, ""),
	ROW("half a field's name is not whole", "da", ST_INCOMPLETE, ""),
	ROW("a field that is dropped is not whole", "event: x\n", ST_INCOMPLETE,
	    ""),
	ROW("an event of nothing is not whole", "data:\n\n", ST_INCOMPLETE, ""),
	ROW("S18: [DONE] alone is not whole", DELTA("Hello") DONE,
	    ST_INCOMPLETE, "Hello"),
	ROW("S16: a finish_reason alone is", DELTA("Hello") FINISH("stop"), 0,
	    "Hello"),
	ROW("S3: a BOM behind a blank line belongs to the field's name",
	    "\n\xef\xbb\xbf" DELTA("x") DELTA("Hello") FINISH("stop"), 0,
	    "Hello"),
	ROW("S7: a blank before the first field's name makes it another",
	    " " DELTA("x") DELTA("Hello") FINISH("stop"), 0, "Hello"),
	ROW("S9: a finish_reason without the blank line is none",
	    DELTA("Hello") "data: {\"choices\":[{\"delta\":{},"
			   "\"finish_reason\":\"stop\"}]}\n",
	    ST_INCOMPLETE, "Hello"),
	ROW("S10: [DONE] may lack its blank line",
	    DELTA("Hello") FINISH("stop") "data: [DONE]", 0, "Hello"),
	ROW("S10: [DONE] may have blanks behind it",
	    DELTA("Hello") FINISH("stop") EVENT("[DONE]  \t"), 0, "Hello"),
	ROW("S10: [done] is no JSON",
	    DELTA("Hello") FINISH("stop") EVENT("[done]"), ST_SERVER, "Hello"),
	ROW("S10: [DONE] may come twice",
	    DELTA("Hello") FINISH("stop") DONE DONE, 0, "Hello"),
	ROW("S11: nothing behind [DONE] is read",
	    DELTA("Hello") FINISH("stop") DONE DELTA("x") EVENT("<") "{\n", 0,
	    "Hello"),
	ROW("S14: an error without frame and line end is an error",
	    DELTA("Hello") "{\"error\":{\"message\":\"boom\"}}", ST_SERVER,
	    "Hello"),
	ROW("S14: half an error without frame is not whole",
	    DELTA("Hello") "{\"error\":{\"mess", ST_INCOMPLETE, "Hello"),
	ROW("S21: chunks without a choice are passed over",
	    EVENT("{\"choices\":[],\"usage\":{}}") DELTA("Hel")
		EVENT("{\"choices\":[]}") DELTA("lo") FINISH("stop")
		    EVENT("{\"choices\":[],\"usage\":null}"),
	    0, "Hello"),
	ROW("S25: an array of parts is joined",
	    CHOICE("\"delta\":{\"content\":[{\"type\":\"text\",\"text\":"
		   "\"Hel\"},{\"text\":\"lo\"}]}") FINISH("stop"),
	    0, "Hello"),
	ROW("S25: a part without text is no text",
	    CHOICE("\"delta\":{\"content\":[{\"type\":\"image\"}]}")
		FINISH("stop"),
	    ST_SERVER, ""),
	ROW("S25: a part that is no object is no text",
	    CHOICE("\"delta\":{\"content\":[\"x\"]}") FINISH("stop"), ST_SERVER,
	    ""),
	ROW("S26: reasoning is no text",
	    CHOICE("\"delta\":{\"reasoning_content\":\"Hm\",\"thinking\":"
		   "\"Hm\",\"reasoning\":\"Hm\"}") DELTA("Hello")
		FINISH("stop"),
	    0, "Hello"),
	ROW("S26: a refusal is a refusal",
	    CHOICE("\"delta\":{\"refusal\":\"I wo\"}")
		CHOICE("\"delta\":{\"refusal\":\"n't\"}") FINISH("stop"),
	    ST_REFUSED, ""),
	ROW("S28: a call of a tool is an error, none was offered",
	    CHOICE("\"delta\":{\"tool_calls\":[{\"index\":0}]}")
		FINISH("tool_calls"),
	    ST_SERVER, ""),
	ROW("S30: only choice 0 is read",
	    CHOICE("\"index\":1,\"delta\":{\"content\":\"x\"},"
		   "\"finish_reason\":\"length\"") DELTA("Hello")
		CHOICE("\"index\":0,\"finish_reason\":\"stop\""),
	    0, "Hello"),
	ROW("S30: the end of choice 1 is not ours",
	    DELTA("Hello") CHOICE("\"index\":1,\"finish_reason\":\"stop\""),
	    ST_INCOMPLETE, "Hello"),
	ROW("S30: choices may come in any order",
	    EVENT("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"x\"}},"
		  "{\"index\":0,\"delta\":{\"content\":\"Hello\"},"
		  "\"finish_reason\":\"stop\"}]}"),
	    0, "Hello"),
	ROW("S31: finish_reason length is cut", DELTA("Hello") FINISH("length"),
	    ST_CUT, "Hello"),
	ROW("S32: finish_reason content_filter is a refusal",
	    DELTA("Hello") FINISH("content_filter"), ST_REFUSED, "Hello"),
	ROW("S33: finish_reason tool_calls is an error",
	    DELTA("Hello") FINISH("tool_calls"), ST_SERVER, "Hello"),
	ROW("S33: an unknown finish_reason is an end",
	    DELTA("Hello") FINISH("eos"), 0, "Hello"),
	ROW("S33: an unknown finish_reason may be long",
	    DELTA("Hello") FINISH("a_reason_that_nobody_has_ever_heard_of"), 0,
	    "Hello"),
	ROW("S34: text beside the finish_reason is text",
	    CHOICE("\"finish_reason\":\"stop\",\"delta\":{\"content\":"
		   "\"Hello\"}"),
	    0, "Hello"),
	ROW("S35: text behind the finish_reason is none",
	    DELTA("Hello") FINISH("stop") DELTA("x") DONE, 0, "Hello"),
	ROW("S35: late text does not complete a character",
	    DELTA("a\\ud83d") FINISH("stop") DELTA("\\ude00"), 0,
	    "a\xef\xbf\xbd"),
	ROW("S35: an answer of nothing but late text is empty",
	    FINISH("stop") DELTA("x") DONE, ST_UNUSABLE, ""),
	ROW("an empty answer is unusable", FINISH("stop") DONE, ST_UNUSABLE,
	    ""),
	ROW("a second finish_reason changes nothing",
	    DELTA("Hello") FINISH("length") FINISH("stop"), ST_CUT, "Hello"),
	ROW("S37: a character's halves in two deltas are joined",
	    DELTA("\xc3") DELTA("\xa4") DELTA("\xf0") DELTA("\x9f\x98")
		DELTA("\x80") FINISH("stop"),
	    0, "\xc3\xa4\xf0\x9f\x98\x80"),
	ROW("S37: halves are joined over chunks without text",
	    DELTA("\xc3") EVENT("{\"choices\":[]}") DELTA("") DELTA("\xa4")
		FINISH("stop"),
	    0, "\xc3\xa4"),
	ROW("S37: a U+FFFD of the server passes",
	    DELTA("\xef\xbf\xbd") DELTA("\\ufffd") FINISH("stop"), 0,
	    "\xef\xbf\xbd\xef\xbf\xbd"),
	ROW("S37: half a character is a U+FFFD",
	    DELTA("a\xc3") DELTA("b\xe2\x82") FINISH("stop"), 0,
	    "a\xef\xbf\xbd"
	    "b\xef\xbf\xbd\xef\xbf\xbd"),
	ROW("S38: a surrogate pair's halves in two deltas are joined",
	    DELTA("\\ud83d") DELTA("\\ude00") FINISH("stop"), 0,
	    "\xf0\x9f\x98\x80"),
	ROW("S38: surrogates are joined over chunks without text",
	    DELTA("a\\uD83D") EVENT("{\"choices\":[]}") DELTA("")
		DELTA("\\uDE00b") FINISH("stop"),
	    0,
	    "a\xf0\x9f\x98\x80"
	    "b"),
	ROW("S38: a high surrogate without its low one is a U+FFFD",
	    DELTA("\\ud83d") DELTA("a") FINISH("stop"), 0,
	    "\xef\xbf\xbd"
	    "a"),
	ROW("S38: a high surrogate at the end is a U+FFFD",
	    DELTA("a\\ud83d") FINISH("stop"), 0, "a\xef\xbf\xbd"),
	ROW("S38: a low surrogate alone is a U+FFFD",
	    DELTA("\\ude00") DELTA("a") FINISH("stop"), 0,
	    "\xef\xbf\xbd"
	    "a"),
	ROW("S38: two high surrogates and a low one",
	    DELTA("\\ud83d") DELTA("\\ud83d\\ude00") FINISH("stop"), 0,
	    "\xef\xbf\xbd\xf0\x9f\x98\x80"),
	ROW("S38: surrogates are not joined over a raw character",
	    DELTA("\\ud83d\xc3\xa4\\ude00") FINISH("stop"), 0,
	    "\xef\xbf\xbd\xc3\xa4\xef\xbf\xbd"),
	ROW("S41: what else changes between chunks is nothing",
	    EVENT("{\"id\":1,\"model\":2,\"created\":\"x\",\"choices\":"
		  "[{\"delta\":{\"content\":\"Hello\"}}]}")
		EVENT("{\"id\":\"b\",\"model\":[],\"object\":null,\"choices\":"
		      "[{\"finish_reason\":\"stop\"}]}"),
	    0, "Hello"),
	ROW("S42: usage may be anything",
	    EVENT("{\"usage\":-1}") EVENT("{\"usage\":\"x\",\"choices\":[]}")
		EVENT("{\"usage\":{\"total_tokens\":1e999},\"choices\":null}")
		    DELTA("Hello") FINISH("stop"),
	    0, "Hello"),
	ROW("S46: half a JSON text in an event is none",
	    DELTA("Hello") EVENT("{\"choices\":[{\"del"), ST_SERVER, "Hello"),
	ROW("S46: HTML in an event is none", DELTA("Hello") EVENT("<html>"),
	    ST_SERVER, "Hello"),
	ROW("S8: a NUL in a string of JSON is none",
	    "data: {\"choices\":[{\"delta\":{\"content\":\"a\0b\"}}]}\n\n" FINISH(
		"stop"),
	    ST_SERVER, ""),
	ROW("J7: JSON too deep is none",
	    EVENT(
		"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
		"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
		"[[[[[[[[[["),
	    ST_SERVER, ""),
	ROW("J8: of members with one name the last counts",
	    EVENT("{\"choices\":7,\"choices\":[{\"delta\":{\"content\":\"x\","
		  "\"content\":\"Hello\"}}]}") FINISH("stop"),
	    0, "Hello"),
	ROW("J8: an error wins over choices",
	    EVENT(
		"{\"choices\":[{\"delta\":{\"content\":\"x\"},"
		"\"finish_reason\":\"stop\"}],\"error\":{\"message\":\"boom\"}}"),
	    ST_SERVER, ""),
	ROW("names may be written with escapes",
	    EVENT("{\"ch\\u006fices\":[{\"delt\\u0061\":{\"\\u0063ontent\":"
		  "\"H\\u0065llo\\n\\t\\\"\\\\\\/\"},\"finish_reaso\\u006e\":"
		  "\"st\\u006fp\"}]}"),
	    0, "Hello\n\t\"\\/"),
};

static void
test_rows(void)
{
	struct answer a = { 0 };

	for (size_t i = 0; i < countof(rows); i++) {
		read_answer(&a, rows[i].in, (struct way){ 0 });
		if (tap_ok(a.status == rows[i].status &&
			    str_equal(buf_str(&a.text), rows[i].text),
			"%s", rows[i].name))
			continue;
		tap_note("status %d instead of %d: %s", a.status,
		    rows[i].status, a.err.text);
		tap_show("got", buf_str(&a.text));
		tap_show("wanted", rows[i].text);
	}
	answer_done(&a);
}

/* Each row cut in two at every place, and byte by byte. */
static void
test_cut_rows(void)
{
	for (size_t i = 0; i < countof(rows); i++)
		check_cuts(rows[i].name, rows[i].in, (struct way){ 0 });
	tap_all("S2: cut anywhere, each of these answers is the same");
}

/* Does the reader say when it has enough? */
static void
test_end(void)
{
	struct api_chat c = { .server = SERVER };
	struct err e = ERR_NONE;

	tap_int(feed(&c, STR(DELTA("Hello") FINISH("stop")), &e), 0,
	    "S11: a finish_reason is not yet the end, a usage may follow");
	tap_int(feed(&c, STR("data: [DONE]\n"), &e), 0,
	    "S11: nor is [DONE] without its blank line");
	tap_int(feed(&c, STR("\n"), &e), 1, "S11: [DONE] is");
	tap_int(feed(&c, STR(DELTA("x")), &e), 1, "S11: and stays it");
	api_chat_done(&c);
}

/* --- what people are told --- */

struct message {
	struct str in;
	int status;
	const char *want;
};

#define MESSAGE(in, status, want) \
	{ \
		{ in, sizeof(in) - 1 }, status, want \
	}

static const struct message messages[] = {
	MESSAGE(EVENT("{\"error\":{\"message\":\"boom\",\"code\":500}}"), 22,
	    "the server broke the answer off: boom"),
	MESSAGE(EVENT("{\"error\":\"boom\"}"), 22,
	    "the server broke the answer off: boom"),
	MESSAGE("error: {\"message\":\"boom\"}\n\n" DONE, 22,
	    "the server broke the answer off: boom"),
	MESSAGE("error: {\"error\":{\"message\":\"boom\"}}\n\n" DONE, 22,
	    "the server broke the answer off: boom"),
	MESSAGE(DELTA("a") "{\"error\":{\"message\":\"boom\"}}\n", 22,
	    "the server broke the answer off: boom"),
	MESSAGE("{\"error\":{\"message\":\"boom\"}}\n\ndata: [DONE]\n\n", 22,
	    "the server broke the answer off: boom"),
	MESSAGE(EVENT("{\"detail\":\"boom\"}"), 22,
	    "the server broke the answer off: boom"),
	MESSAGE(EVENT("{\"type\":\"error\",\"message\":\"boom\"}"), 22,
	    "the server broke the answer off: boom"),
	MESSAGE(EVENT("{\"error\":{\"message\":\"two\\nlines\"}}"), 22,
	    "the server broke the answer off: two"),
	MESSAGE(EVENT("{\"error\":[]}"), 22,
	    "the server broke the answer off: an error without a message"),
	MESSAGE(EVENT("{\"error\":7}"), 22,
	    "the server broke the answer off: an error without a message"),
	MESSAGE(EVENT("{\"error\":{\"code\":400,\"type\":"
		      "\"exceed_context_size_error\",\"message\":\"x\","
		      "\"n_prompt_tokens\":80,\"n_ctx\":64}}"),
	    3,
	    "the prompt has 80 tokens, the model's context 64; try: a shorter "
	    "input, or dmr-models configure --context-size 100 ai/m"),
	MESSAGE(EVENT("{\"error\":{\"code\":\"context_length_exceeded\","
		      "\"message\":\"too long\"}}"),
	    3, "the prompt does not fit the model's context: too long"),
	MESSAGE(EVENT("{\"error\":{\"code\":\"model_not_found\","
		      "\"message\":\"x\"}}"),
	    6,
	    "no model 'ai/m' on '" SERVER "'; try: "
	    "dmr-models pull ai/m"),
	MESSAGE(CHOICE("\"delta\":{\"refusal\":\"I won't\"}") FINISH("stop"), 4,
	    "the model refused: I won't"),
	MESSAGE(DELTA("a") FINISH("content_filter"), 4,
	    "the model refused (content_filter)"),
	MESSAGE(DELTA("a") FINISH("length"), 3,
	    "the answer was cut at the "
	    "token limit; try: a larger --max-tokens, or --cut-ok"),
	MESSAGE(DELTA("a") FINISH("tool_calls"), 22,
	    "the model called a tool, but none was offered"),
	MESSAGE(FINISH("stop"), 5, "the model's answer is empty"),
	MESSAGE(DELTA("a"), 18,
	    "the answer ended before its end: no finish_reason came"),
	MESSAGE("{\"choices\":[", 18,
	    "the answer ended before its end: its JSON is not whole"),
	MESSAGE("hello\n\n", 22,
	    "the answer is neither a stream of events nor JSON"),
};

static void
test_messages(void)
{
	struct answer a = { 0 };

	for (size_t i = 0; i < countof(messages); i++) {
		read_answer(&a, messages[i].in, (struct way){ 0 });
		tap_is(str_of(a.err.text), messages[i].want, messages[i].want);
		tap_int(a.status, messages[i].status, "... and its status");
	}
	answer_done(&a);
}

static void
test_warnings(void)
{
	struct answer a = { 0 };

	read_answer(&a, STR(DELTA("Hello") FINISH("eos")), (struct way){ 0 });
	tap_is(str_of(a.odd_finish), "eos", "S33: the unknown reason is kept");
	read_answer(&a, STR(DELTA("Hello") FINISH("stop")), (struct way){ 0 });
	tap_is(str_of(a.odd_finish), "", "S33: a known one is not");
	tap_ok(!a.late_text && !a.bad_bytes && !a.foreign,
	    "a good answer is worth no warning");
	read_answer(&a, STR(DELTA("Hello") FINISH("stop") DELTA("x")),
	    (struct way){ 0 });
	tap_ok(a.late_text, "S35: late text is noted");
	read_answer(&a, STR(DELTA("Hello") FINISH("stop") DELTA("")),
	    (struct way){ 0 });
	tap_ok(!a.late_text, "S35: an empty delta is not late text");
	read_answer(
	    &a, STR(DELTA("\xff\xfe\xc3") FINISH("stop")), (struct way){ 0 });
	tap_int((intmax_t)a.bad_bytes, 3, "J10: bad bytes are counted");
	read_answer(&a, STR("<html>"), (struct way){ 0 });
	tap_ok(a.foreign, "HTML is no model server's answer");
	read_answer(&a, STR("hello\n\n"), (struct way){ 0 });
	tap_ok(a.foreign, "neither is text");
	read_answer(&a, STR(DELTA("Hello") FINISH("length")),
	    (struct way){ .cut_ok = true });
	tap_int(a.status, 0, "S31: with cut_ok an answer may be cut");
	answer_done(&a);
}

/* --- a long stream, cut at random --- */

static uint64_t seed = 20261121;

/* Most pieces are short, some are long. */
static size_t
step_random(void *state)
{
	(void)state;
	return random_next(&seed) % 4 ? random_next(&seed) % 9
				      : random_next(&seed) % 2000;
}

/* A stream of every kind of delta, and the text that it is. */
static void
write_stream(struct buf *in, struct buf *text)
{
	static const struct piece {
		const char *event, *text;
	} pieces[] = {
		{ DELTA("word "), "word " },
		{ DELTA("\xc3") DELTA("\xa4"), "\xc3\xa4" },
		{ DELTA("\\ud83d") DELTA("\\ude00"), "\xf0\x9f\x98\x80" },
		{ DELTA("\\n\\u0041\\\\"), "\nA\\" },
		{ DELTA(""), "" },
		{ ": ping\r\n\r\n", "" },
		{ EVENT("{\"choices\":[],\"usage\":null}"), "" },
		{ "event: x\ndata: {\"choices\":\ndata: [{\"delta\":"
		  "{\"content\":\"y\"}}]}\r\r",
		    "y" },
		{ CHOICE("\"index\":1,\"delta\":{\"content\":\"x\"}"), "" },
	};

	buf_add_text(in, "\xef\xbb\xbf");
	for (int i = 0; i < 400; i++) {
		const struct piece *p =
		    &pieces[random_next(&seed) % countof(pieces)];

		buf_add_text(in, p->event);
		buf_add_text(text, p->text);
	}
	buf_add_text(in, FINISH("stop") DONE);
}

static void
test_random_cuts(void)
{
	struct buf in = { 0 }, text = { 0 };
	struct answer a = { 0 };

	write_stream(&in, &text);
	for (int i = 0; i < 300; i++) {
		read_answer(&a, buf_str(&in),
		    (struct way){ .step = step_random, .stops = i % 2 });
		if (!tap_case(!a.status &&
			    str_equal(buf_str(&a.text), buf_str(&text)),
			"round %d", i))
			tap_note("status %d: %s", a.status, a.err.text);
	}
	tap_all("G12: cut at random, a long stream is the same text");
	buf_done(&in);
	buf_done(&text);
	answer_done(&a);
}

int
main(void)
{
	test_rows();
	test_cut_rows();
	test_end();
	test_messages();
	test_warnings();
	test_random_cuts();
	return tap_done();
}
