/* chat_completion_test - the answer to a text that is to be continued. */
#include "chat.h"

#define TEXT(text) CHOICE("\"index\":0,\"text\":" text)
#define END(reason) \
	CHOICE("\"text\":\"\",\"index\":0,\"finish_reason\":\"" reason "\"")
#define WHOLE(members) "{\"choices\":[{" members "}]}"

static const struct row {
	const char *name, *in;
	int status;
	const char *text;
} rows[] = {
	{ "a stream's texts are its text",
	    TEXT("\" Hel\"") TEXT("\"lo\"") END("stop") DONE, 0, " Hello" },
	{ "one JSON text's text is its text",
	    WHOLE("\"text\":\"\\n\\n a \",\"finish_reason\":\"stop\""), 0,
	    "\n\n a " },
	{ "no tag is reasoning",
	    TEXT("\"  <think>\"") TEXT("\"a</think>\\n\"") END("stop"), 0,
	    "  <think>a</think>\n" },
	{ "an empty text is an answer", END("stop") DONE, 0, "" },
	{ "so it is, whole", WHOLE("\"text\":\"\",\"finish_reason\":\"stop\""),
	    0, "" },
	{ "no text is none", CHOICE("\"finish_reason\":\"stop\""), ST_UNUSABLE,
	    "" },
	{ "nor is null", WHOLE("\"text\":null,\"finish_reason\":\"stop\""),
	    ST_UNUSABLE, "" },
	{ "nor is a message", DELTA("a") FINISH("stop"), ST_UNUSABLE, "" },
	{ "a number is no text", TEXT("7") END("stop"), ST_SERVER, "" },
	{ "a text without an end is not whole", TEXT("\"a\"") DONE,
	    ST_INCOMPLETE, "a" },
	{ "an empty one neither", TEXT("\"\""), ST_INCOMPLETE, "" },
	{ "nothing came", DONE, ST_INCOMPLETE, "" },
	{ "the limit of tokens cuts it", TEXT("\"a\"") END("length"), ST_CUT,
	    "a" },
	{ "a filter refuses it", TEXT("\"a\"") END("content_filter"),
	    ST_REFUSED, "a" },
	{ "other choices are not ours",
	    TEXT("\"a\"") CHOICE("\"index\":1,\"text\":\"b\"") END("stop"), 0,
	    "a" },
	{ "a character in two halves is one",
	    TEXT("\"\\ud83d\"") TEXT("\"\\udc4d\"") END("stop"), 0,
	    "\xf0\x9f\x91\x8d" },
	{ "an error in the stream is one",
	    TEXT("\"a\"") EVENT("{\"error\":{\"message\":\"x\"}}"), ST_SERVER,
	    "a" },
};

int
main(void)
{
	struct way way = { .completes = true };
	struct answer a = { 0 };

	for (size_t i = 0; i < countof(rows); i++) {
		read_answer(&a, str_of(rows[i].in), way);
		tap_int(a.status, rows[i].status, rows[i].name);
		tap_is(buf_str(&a.text), rows[i].text, rows[i].name);
		tap_ok(!a.reasoning.len, "%s: no reasoning", rows[i].name);
		check_cuts(rows[i].name, str_of(rows[i].in), way);
		tap_all(rows[i].name);
	}
	way.cut_ok = true;
	read_answer(&a, str_of(TEXT("\"a\"") END("length")), way);
	tap_int(a.status, 0, "a cut that is wanted is good");
	answer_done(&a);
	return tap_done();
}
