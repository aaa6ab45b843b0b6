/* chat_usage_test - what an answer says that it cost, and who gave it. */
#include "chat.h"

#define END DELTA("Hello") FINISH("stop")
#define USAGE(members) EVENT("{\"choices\":[],\"usage\":{" members "}}")

static const struct row {
	const char *name, *in;
	struct api_usage want;
} rows[] = {
	{ "S42: usage may be missing", END DONE, { -1, -1, -1, -1 } },
	{ "S21: it comes behind the finish_reason",
	    END USAGE("\"prompt_tokens\":30,\"completion_tokens\":7,"
		      "\"total_tokens\":37,\"prompt_tokens_details\":{"
		      "\"cached_tokens\":12}") DONE,
	    { 30, 7, 37, 12 } },
	{ "S11: but not behind [DONE]", END DONE USAGE("\"prompt_tokens\":30"),
	    { -1, -1, -1, -1 } },
	{ "it comes in a whole answer",
	    "{\"usage\":{\"completion_tokens\":8,\"prompt_tokens\":40,"
	    "\"total_tokens\":48,\"prompt_tokens_details\":"
	    "{\"cached_tokens\":0}},\"choices\":[{\"message\":"
	    "{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}",
	    { 40, 8, 48, 0 } },
	{ "it comes beside the finish_reason",
	    EVENT("{\"choices\":[{\"delta\":{\"content\":\"x\"},"
		  "\"finish_reason\":\"stop\"}],"
		  "\"usage\":{\"total_tokens\":3}}"),
	    { -1, -1, 3, -1 } },
	{ "it comes without choices",
	    END EVENT("{\"usage\":{\"total_tokens\":3}}"), { -1, -1, 3, -1 } },
	{ "the last one counts",
	    USAGE("\"prompt_tokens\":1,\"total_tokens\":1")
		END USAGE("\"total_tokens\":9"),
	    { -1, -1, 9, -1 } },
	{ "null is none",
	    USAGE("\"total_tokens\":9")
		END EVENT("{\"choices\":[],\"usage\":null}"),
	    { -1, -1, 9, -1 } },
	{ "S42: nor is another type",
	    USAGE("\"total_tokens\":9") END EVENT("{\"usage\":[1]}")
		EVENT("{\"usage\":7}") EVENT("{\"usage\":\"x\"}"),
	    { -1, -1, 9, -1 } },
	{ "S42: numbers are whole and not negative",
	    END USAGE("\"prompt_tokens\":-1,\"completion_tokens\":1.5,"
		      "\"total_tokens\":1e3"),
	    { -1, -1, -1, -1 } },
	{ "S42: and no text, and no other value",
	    END USAGE("\"prompt_tokens\":\"7\",\"completion_tokens\":null,"
		      "\"total_tokens\":{},\"prompt_tokens_details\":7"),
	    { -1, -1, -1, -1 } },
	{ "S42: nor larger than a double can count",
	    END USAGE("\"prompt_tokens\":9007199254740992,"
		      "\"completion_tokens\":9007199254740993,"
		      "\"total_tokens\":99999999999999999999"),
	    { INT64_C(9007199254740992), -1, -1, -1 } },
	{ "S42: details may be of any type",
	    END USAGE("\"prompt_tokens\":1,\"prompt_tokens_details\":"
		      "{\"cached_tokens\":-2}"),
	    { 1, -1, -1, -1 } },
	{ "an answer that is nothing has none", "", { -1, -1, -1, -1 } },
	{ "an error has none",
	    EVENT("{\"error\":{\"message\":\"x\"},\"usage\":"
		  "{\"total_tokens\":3}}"),
	    { -1, -1, -1, -1 } },
};

static void
test_rows(void)
{
	struct answer a = { 0 };

	for (size_t i = 0; i < countof(rows); i++) {
		const struct row *r = &rows[i];

		read_answer(&a, str_of(r->in), (struct way){ 0 });
		if (!tap_ok(!memcmp(&a.usage, &r->want, sizeof a.usage), "%s",
			r->name))
			tap_note("%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64,
			    a.usage.prompt_tokens, a.usage.completion_tokens,
			    a.usage.total_tokens, a.usage.cached_tokens);
		check_cuts(r->name, str_of(r->in), (struct way){ 0 });
	}
	tap_all("S2: cut anywhere, each of these answers is the same");
	answer_done(&a);
}

/* --- the name of the model --- */

static void
test_model(void)
{
	struct answer a = { 0 };
	struct buf in = { 0 };

	read_answer(&a, STR(END), (struct way){ 0 });
	tap_is(str_of(a.answered_by), "", "a server may not name its model");
	read_answer(&a,
	    STR(EVENT("{\"model\":\"/srv/m\\u00e4\\u0000\xff.gguf\"}") END),
	    (struct way){ 0 });
	tap_is(str_of(a.answered_by),
	    "/srv/m\xc3\xa4\xef\xbf\xbd\xef\xbf\xbd.gguf",
	    "its name may be a path, and becomes UTF-8");
	read_answer(&a,
	    STR(EVENT("{\"model\":7}") EVENT("{\"model\":\"\"}")
		    EVENT("{\"model\":\"a\"}") EVENT("{\"model\":\"b\"}") END),
	    (struct way){ 0 });
	tap_is(str_of(a.answered_by), "a", "S41: the first name counts");
	for (size_t odd = 0; odd < 2; odd++) {
		buf_clear(&in);
		buf_add_text(
		    &in, odd ? "data: {\"model\":\"x" : "data: {\"model\":\"");
		for (int i = 0; i < API_MODEL_TEXT_MAX; i++)
			buf_add_text(&in, "\xc3\xa4");
		buf_add_text(&in, "\"}\n\n" END);
		read_answer(&a, buf_str(&in), (struct way){ 0 });
		tap_ok(strlen(a.answered_by) == API_MODEL_TEXT_MAX - odd &&
			str_ends(str_of(a.answered_by), "\xc3\xa4"),
		    odd ? "it is cut between two characters"
			: "a long one is cut at 512 bytes");
	}
	buf_done(&in);
	answer_done(&a);
}

int
main(void)
{
	test_rows();
	test_model();
	return tap_done();
}
