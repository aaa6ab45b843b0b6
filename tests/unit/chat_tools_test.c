/* chat_tools_test - calls of tools, put together from what comes. */
#include "chat.h"

/* A delta of calls; a call's members, and its function's. */
#define CALLS(calls) CHOICE("\"delta\":{\"tool_calls\":[" calls "]}")
#define CALL(index, members) "{\"index\":" index "," members "}"
#define FN(members) "\"function\":{" members "}"
#define NEW(index, id, name, arguments) \
	CALL(index, \
	    "\"id\":\"" id "\",\"type\":\"function\"," FN( \
		"\"name\":\"" name "\",\"arguments\":\"" arguments "\""))
#define MORE(index, arguments) \
	CALL(index, FN("\"arguments\":\"" arguments "\""))
#define WHOLE(message, finish) \
	"{\"choices\":[{\"message\":{" message "},\"finish_reason\":\"" finish \
	"\"}]}"

static const struct way wants_tools = { .wants_tools = true };

static const struct row {
	const char *name;
	const char *in;
	int status;
	const char *text, *calls; /* as struct answer has them */
} rows[] = {
	{ "S28: a call comes in one piece",
	    CALLS(NEW("0", "c1", "f", "{}")) FINISH("tool_calls") DONE, 0, "",
	    "c1 f {};" },
	{ "S28: its arguments come in many",
	    CALLS(NEW("0", "c1", "get_weather", "")) CALLS(MORE("0", "{\\\"ci"))
		CALLS(MORE("0", "ty\\\":\\\"Par")) CALLS(MORE("0", "is\\\"}"))
		    FINISH("tool_calls"),
	    0, "", "c1 get_weather {\"city\":\"Paris\"};" },
	{ "S28: calls come in turns",
	    CALLS(NEW("0", "c1", "f", "{\\\"a\\\"") ","
						    "" NEW("1", "c2", "g", "["))
		CALLS(MORE("1", "1,")) CALLS(MORE("0", ":1")) CALLS(
		    MORE("1", "2]") "," MORE("0", "}")) FINISH("tool_calls"),
	    0, "", "c1 f {\"a\":1};c2 g [1,2];" },
	{ "S28: calls come in any order",
	    CALLS(NEW("2", "c", "h", "3")) CALLS(NEW("0", "a", "f", "1"))
		CALLS(NEW("1", "b", "g", "2")) FINISH("tool_calls"),
	    0, "", "a f 1;b g 2;c h 3;" },
	{ "S28: indexes that are left out are no calls",
	    CALLS(NEW("5", "c", "h", "3")) CALLS(NEW("2", "a", "f", "1"))
		FINISH("tool_calls"),
	    0, "", "a f 1;c h 3;" },
	{ "S28: a name may come after the arguments",
	    CALLS(MORE("0", "{"))
		CALLS(CALL("0", "\"id\":\"c1\"," FN("\"name\":\"f\"")))
		    CALLS(MORE("0", "}")) FINISH("tool_calls"),
	    0, "", "c1 f {};" },
	{ "S28: id and name may be repeated",
	    CALLS(NEW("0", "c1", "f", "{")) CALLS(NEW("0", "c1", "f", "}"))
		FINISH("tool_calls"),
	    0, "", "c1 f {};" },
	{ "S28: the first name counts",
	    CALLS(NEW("0", "c1", "f", "{")) CALLS(NEW("0", "c1", "g", "}"))
		FINISH("tool_calls"),
	    0, "", "c1 f {};" },
	{ "S28: or be empty, or null, later on",
	    CALLS(NEW("0", "c1", "f", "{")) CALLS(NEW("0", "", "", ""))
		CALLS(CALL(
		    "0", "\"id\":null," FN("\"name\":null,\"arguments\":null")))
		    CALLS(CALL("0", "\"function\":null")) CALLS("")
			CHOICE("\"delta\":{\"tool_calls\":null}")
			    CALLS(MORE("0", "}")) FINISH("tool_calls"),
	    0, "", "c1 f {};" },
	{ "S28: a call needs no id",
	    CALLS(CALL("0", FN("\"name\":\"f\",\"arguments\":\"{}\"")))
		FINISH("tool_calls"),
	    0, "", "- f {};" },
	{ "S28: nor arguments",
	    CALLS(CALL("0", FN("\"name\":\"f\""))) FINISH("tool_calls"), 0, "",
	    "- f ;" },
	{ "S28: arguments may be an object",
	    CALLS(CALL("0",
		FN("\"name\":\"f\",\"arguments\":{\"a\": \"\\u0041\\\"\"}")))
		FINISH("tool_calls"),
	    0, "", "- f {\"a\": \"\\u0041\\\"\"};" },
	{ "S28: the same id at the same index is one call; another is none",
	    CALLS(NEW("0", "c1", "f", "{")) CALLS(NEW("0", "c2", "f", "}"))
		FINISH("tool_calls"),
	    ST_SERVER, "", "c1 f {;" },
	{ "without an index a new id begins a call",
	    CALLS("{\"id\":\"a\"," FN("\"name\":\"f\",\"arguments\":\"1\"") "}")
		CALLS("{\"id\":\"b\"," FN(
		    "\"name\":\"f\",\"arguments\":\"2\"") "}")
		    FINISH("tool_calls"),
	    0, "", "a f 1;b f 2;" },
	{ "a known id goes on with its call",
	    CALLS("{\"id\":\"a\"," FN("\"name\":\"f\",\"arguments\":\"1\"") "}")
		CALLS("{\"id\":\"b\"," FN("\"name\":\"g\"") "}")
		    CALLS("{\"id\":\"a\"," FN("\"arguments\":\"2\"") "}")
			FINISH("tool_calls"),
	    0, "", "a f 12;b g ;" },
	{ "no id goes on with the last one",
	    CALLS("{\"id\":\"a\"," FN("\"name\":\"f\",\"arguments\":\"1\"") "}")
		CALLS("{" FN("\"arguments\":\"2\"") "}")
		    CALLS("{\"index\":null," FN("\"arguments\":\"3\"") "}")
			FINISH("tool_calls"),
	    0, "", "a f 123;" },
	{ "no id but a name begins a call",
	    CALLS("{" FN("\"name\":\"f\",\"arguments\":\"1\"") "}")
		CALLS("{" FN("\"name\":\"g\",\"arguments\":\"2\"") "}")
		    FINISH("tool_calls"),
	    0, "", "- f 1;- g 2;" },
	{ "a whole message has calls",
	    WHOLE(
		"\"content\":null,\"tool_calls\":[{\"id\":\"a\"," FN(
		    "\"name\":\"f\",\"arguments\":\"{}\"") "},{\"id\":\"b\","
							   "\"type\":\"function\"," FN(
							       "\"name\":\"g\",\"arguments\":{}") "}]",
		"tool_calls"),
	    0, "", "a f {};b g {};" },
	{ "in it an index is only looked at",
	    WHOLE("\"tool_calls\":[" NEW("0", "a", "f", "1") "," NEW(
		      "0", "b", "g", "2") "]",
		"tool_calls"),
	    0, "", "a f 1;b g 2;" },
	{ "text may come with calls",
	    DELTA("Let me see.") CALLS(NEW("0", "c1", "f", "{}"))
		FINISH("tool_calls"),
	    0, "Let me see.", "c1 f {};" },
	{ "in a whole message too",
	    WHOLE("\"content\":\"Let me see.\",\"tool_calls\":[" NEW(
		      "0", "a", "f", "1") "]",
		"tool_calls"),
	    0, "Let me see.", "a f 1;" },
	{ "reasoning may come before a call, closed or not",
	    DELTA("<think>Hm") CALLS(NEW("0", "c1", "f", "{}"))
		FINISH("tool_calls"),
	    0, "", "c1 f {};" },
	{ "S27: with finish_reason stop it is cut all the same",
	    DELTA("<think>Hm") CALLS(NEW("0", "c1", "f", "{}")) FINISH("stop"),
	    ST_CUT, "", "c1 f {};" },
	{ "S33: finish_reason stop is good too",
	    CALLS(NEW("0", "c1", "f", "{}")) FINISH("stop"), 0, "",
	    "c1 f {};" },
	{ "S33: text alone is an answer", DELTA("Hello") FINISH("stop"), 0,
	    "Hello", "" },
	{ "S33: finish_reason tool_calls without one is none",
	    DELTA("Hello") FINISH("tool_calls"), ST_SERVER, "Hello", "" },
	{ "S33: nor with one that has no name",
	    CALLS(CALL("0", "\"id\":\"c1\"," FN("\"arguments\":\"{}\"")))
		FINISH("tool_calls"),
	    ST_SERVER, "", "" },
	{ "S33: whatever the finish_reason",
	    DELTA("Hello") CALLS(CALL("0", "\"id\":\"c1\"")) FINISH("stop"),
	    ST_SERVER, "Hello", "" },
	{ "S33: one with a name is enough",
	    CALLS(MORE("0", "{}")) CALLS(NEW("1", "c1", "f", "{}"))
		FINISH("tool_calls"),
	    0, "", "c1 f {};" },
	{ "S31: a call is cut at the token limit",
	    CALLS(NEW("0", "c1", "f", "{")) FINISH("length"), ST_CUT, "",
	    "c1 f {;" },
	{ "S19: a stream that ends in a call is not whole",
	    CALLS(NEW("0", "c1", "f", "{")), ST_INCOMPLETE, "", "c1 f {;" },
	{ "S35: a call behind the finish_reason is none",
	    CALLS(NEW("0", "c1", "f", "{}")) FINISH("tool_calls")
		CALLS(MORE("0", "x") "," NEW("1", "c2", "g", "")),
	    0, "", "c1 f {};" },
	{ "S30: a call of choice 1 is none",
	    CHOICE("\"index\":1,\"delta\":{\"tool_calls\":[" NEW(
		"0", "c1", "f", "{}") "]}") DELTA("Hello") FINISH("stop"),
	    0, "Hello", "" },
	{ "S37: halves of characters are joined, for each call apart",
	    CALLS(NEW("0", "a", "f", "\xe2\x82") "," NEW("1", "b", "g", "\xc3"))
		CALLS(MORE("0", "\xac") "," MORE("1", "\xa4"))
		    FINISH("tool_calls"),
	    0, "", "a f \xe2\x82\xac;b g \xc3\xa4;" },
	{ "S38: and of surrogate pairs",
	    CALLS(NEW("0", "a", "f", "\\ud83d") "," NEW(
		"1", "b", "g", "\\ud83e")) DELTA("\\ude00") CALLS(MORE("1",
		"\\udd14") "," MORE("0", "\\ude00")) FINISH("tool_calls"),
	    0, "\xef\xbf\xbd", "a f \xf0\x9f\x98\x80;b g \xf0\x9f\xa4\x94;" },
	{ "J10: what is no character is a U+FFFD",
	    CALLS(NEW("0", "i\xff", "n\xff", "a\xff\\ud83d")) CALLS(CALL("0",
		FN("\"arguments\":{\"x\":\"\xc3\"}"))) FINISH("tool_calls"),
	    0, "",
	    "i\xef\xbf\xbd n\xef\xbf\xbd a\xef\xbf\xbd\xef\xbf\xbd"
	    "{\"x\":\"\xef\xbf\xbd\"};" },
	{ "S38: half a surrogate at the end is a U+FFFD",
	    CALLS(NEW("0", "a", "f", "x\\ud83d")) FINISH("tool_calls"), 0, "",
	    "a f x\xef\xbf\xbd;" },
	{ "S29: the last index is 127",
	    CALLS(NEW("127", "c1", "f", "{}")) FINISH("tool_calls"), 0, "",
	    "c1 f {};" },
	{ "S29: 128 is none", CALLS(NEW("128", "c1", "f", "{}")), ST_SERVER, "",
	    "" },
	{ "S29: nor is a large one", CALLS(NEW("1000000000", "c1", "f", "{}")),
	    ST_SERVER, "", "" },
	{ "S29: nor one that is larger",
	    CALLS(NEW("99999999999999999999", "c1", "f", "{}")), ST_SERVER, "",
	    "" },
	{ "S29: nor a negative one", CALLS(NEW("-1", "c1", "f", "{}")),
	    ST_SERVER, "", "" },
	{ "S29: nor a fraction", CALLS(NEW("1.5", "c1", "f", "{}")), ST_SERVER,
	    "", "" },
	{ "S29: nor in a whole message",
	    WHOLE(
		"\"tool_calls\":[" NEW("128", "a", "f", "1") "]", "tool_calls"),
	    ST_SERVER, "", "" },
};

static void
test_rows(void)
{
	struct answer a = { 0 };

	for (size_t i = 0; i < countof(rows); i++) {
		const struct row *r = &rows[i];

		read_answer(&a, str_of(r->in), wants_tools);
		if (tap_ok(a.status == r->status &&
			    str_is(buf_str(&a.text), r->text) &&
			    (r->status == ST_SERVER ||
				str_is(buf_str(&a.calls), r->calls)),
			"%s", r->name))
			continue;
		tap_note("status %d instead of %d: %s", a.status, r->status,
		    a.err.text);
		tap_show("text", buf_str(&a.text));
		tap_show("calls", buf_str(&a.calls));
	}
	answer_done(&a);
}

static void
test_cut_rows(void)
{
	for (size_t i = 0; i < countof(rows); i++) {
		check_cuts(rows[i].name, str_of(rows[i].in), wants_tools);
		check_cuts(rows[i].name, str_of(rows[i].in), (struct way){ 0 });
	}
	tap_all("S2: cut anywhere, each of these answers is the same");
}

/* --- all at once --- */

static void
test_all_at_once(void)
{
	static const char in[] = "\xef\xbb\xbf: ping\r\n\r\n" CHOICE(
	    "\"index\":0,\"delta\":{\"role\":\"assistant\","
	    "\"content\":null},\"finish_reason\":null")
	    CHOICE("\"delta\":{\"reasoning_content\":\"Wh\xc3\"}") CHOICE(
		"\"delta\":{\"reasoning_content\":\"\xa4t \"}") DELTA("\\n<thi")
		DELTA("nk>is \\ud83d") DELTA("\\ude00?</th") DELTA("ink>\\n")
		    DELTA("\\nI'll see") DELTA("\\u2026<") CALLS(
			NEW("0", "c1", "f", "{\\\"a\\\":\\\"\\ud83d") "," NEW(
			    "1", "c2", "g", "")) CALLS(MORE("1", "{}"))
			CALLS(MORE("0", "\\ude00\\\"}")) FINISH("tool_calls")
			    EVENT(
				"{\"choices\":[],\"model\":\"m\",\"usage\":{"
				"\"prompt_tokens\":3,\"completion_tokens\":2,"
				"\"total_tokens\":5,\"prompt_tokens_details\":"
				"{\"cached_tokens\":1}}}") DONE;
	struct answer a = { 0 };

	read_answer(&a, STR(in), wants_tools);
	tap_int(a.status, 0, "reasoning, text, calls and usage: it is good");
	tap_is(buf_str(&a.text), "I'll see\xe2\x80\xa6<", "its text");
	tap_is(buf_str(&a.reasoning), "Wh\xc3\xa4t is \xf0\x9f\x98\x80?",
	    "its reasoning");
	tap_is(buf_str(&a.calls), "c1 f {\"a\":\"\xf0\x9f\x98\x80\"};c2 g {};",
	    "its calls");
	tap_is(str_of(a.finish), "tool_calls", "its finish_reason");
	tap_ok(a.usage.total_tokens == 5 && a.usage.cached_tokens == 1 &&
		!strcmp(a.answered_by, "m"),
	    "its usage and model");
	tap_ok(!a.bad_bytes && !a.late_text && !a.odd_finish[0],
	    "it is worth no warning");
	check_cuts("all at once", STR(in), wants_tools);
	tap_all("S2: cut anywhere it is the same");
	answer_done(&a);
}

/* --- limits --- */

/* Feed a head, n of a byte, and a tail; 0, or the error's status. */
static int
feed_long(
    struct api_chat *c, const char *head, char byte, size_t n, const char *tail)
{
	struct buf in = { 0 };
	struct err e = ERR_NONE;
	int got;

	buf_add_text(&in, head);
	for (size_t i = 0; i < n; i++)
		buf_add_char(&in, byte);
	buf_add_text(&in, tail);
	got = api_chat_feed(c, buf_str(&in), &e);
	buf_done(&in);
	return got < 0 ? (int)e.status : 0;
}

/* A delta with the name of call N, and one with arguments of call N. */
#define NAME_HEAD(n) \
	"data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":" n \
	",\"function\":{\"name\":\""
#define ARGUMENTS_HEAD(n) \
	"data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":" n \
	",\"function\":{\"arguments\":\""
#define TAIL "\"}}]}}]}\n\n"

/* Two texts of some size; the last one's status. */
static int
feed_two(const char *head, size_t n, const char *second_head, size_t second_n)
{
	struct api_chat c = { .server = SERVER, .wants_tools = true };
	int got = feed_long(&c, head, 'x', n, TAIL);

	if (!got)
		got = feed_long(&c, second_head, 'x', second_n, TAIL);
	api_chat_done(&c);
	return got;
}

static void
test_bytes(void)
{
	size_t half = API_CALLS_BYTES_MAX / 2;

	tap_int(feed_two(ARGUMENTS_HEAD("0"), half, ARGUMENTS_HEAD("0"), half),
	    0, "S28: arguments have 10 MiB");
	tap_int(
	    feed_two(ARGUMENTS_HEAD("0"), half, ARGUMENTS_HEAD("0"), half + 1),
	    ST_SERVER, "S28: and not more");
	tap_int(feed_two(ARGUMENTS_HEAD("0"), half, ARGUMENTS_HEAD("1"), half),
	    0, "S28: those of all calls together");
	tap_int(
	    feed_two(ARGUMENTS_HEAD("0"), half, ARGUMENTS_HEAD("1"), half + 1),
	    ST_SERVER, "S28: have not more either");
	tap_int(feed_two(NAME_HEAD("0"), half, ARGUMENTS_HEAD("1"), half), 0,
	    "S28: and names count");
	tap_int(feed_two(NAME_HEAD("0"), half, ARGUMENTS_HEAD("1"), half + 1),
	    ST_SERVER, "S28: as arguments do");
}

static void
test_limits(void)
{
	struct api_chat c = { .server = SERVER, .wants_tools = true };
	struct err e = ERR_NONE;
	struct buf in = { 0 };
	struct answer a = { 0 };

	tap_int(feed(&c, STR(CALLS(NEW("1000000000", "a", "f", ""))), &e), -1,
	    "S29: a large index is an error");
	tap_ok(!c.calls && !c.ncalls, "S29: nothing is allocated for it");
	tap_is(str_of(e.text),
	    "the server's answer cannot be read: event 1: a tool call "
	    "has a bad index; -vvv shows it",
	    "S29: it is told");
	api_chat_done(&c);
	for (size_t n = API_CALLS_MAX; n <= API_CALLS_MAX + 1; n++) {
		buf_clear(&in);
		buf_add_text(&in,
		    "{\"choices\":[{\"finish_reason\":"
		    "\"tool_calls\",\"message\":{\"tool_calls\":["
		    "{\"function\":{\"name\":\"f\"}}");
		for (size_t i = 1; i < n; i++)
			buf_add_text(&in, ",{\"function\":{\"name\":\"f\"}}");
		buf_add_text(&in, "]}}]}");
		read_answer(&a, buf_str(&in), wants_tools);
		tap_int(a.status, n > API_CALLS_MAX ? ST_SERVER : 0,
		    n > API_CALLS_MAX ? "129 calls are too many"
				      : "128 calls are not");
	}
	buf_done(&in);
	answer_done(&a);
}

/* --- what is told --- */

static void
test_messages(void)
{
	struct answer a = { 0 };

	read_answer(&a, STR(CALLS(NEW("0", "c1", "f", "{}")) FINISH("stop")),
	    (struct way){ 0 });
	tap_is(str_of(a.err.text),
	    "the model called a tool, but none was offered",
	    "S28: without tools a call is an error");
	tap_int((intmax_t)a.ncalls, 0, "S28: and is not kept");
	read_answer(&a, STR(FINISH("tool_calls")), wants_tools);
	tap_is(str_of(a.err.text),
	    "the model called a tool, but did not name it",
	    "S33: a call without a name is told");
	read_answer(&a, STR(CALLS("") FINISH("stop")), wants_tools);
	tap_is(str_of(a.err.text), "the model's answer is empty",
	    "no call and no text is nothing");
	read_answer(&a,
	    STR(CALLS(NEW("0", "c1", "f", "")) FINISH("function_call")),
	    wants_tools);
	tap_is(str_of(a.odd_finish), "function_call",
	    "S33: an unknown finish_reason is noted");
	tap_int(a.status, 0, "S33: and is an end");
	read_answer(&a,
	    STR(CALLS(NEW("0", "c1", "f", "")) FINISH("tool_calls")
		    CALLS(MORE("0", "{}"))),
	    wants_tools);
	tap_ok(a.late_text && !a.odd_finish[0],
	    "S35: a late call is noted, a known finish_reason is not");
	read_answer(&a,
	    STR(CALLS(NEW("0", "c1", "f", "\xff\xc3")) FINISH("tool_calls")),
	    wants_tools);
	tap_int((intmax_t)a.bad_bytes, 2, "J10: bad bytes are counted");
	answer_done(&a);
}

int
main(void)
{
	test_rows();
	test_cut_rows();
	test_all_at_once();
	test_bytes();
	test_limits();
	test_messages();
	return tap_done();
}
