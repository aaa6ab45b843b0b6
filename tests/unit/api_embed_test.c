/* api_embed_test - which answers are good, and why the others are not. */
#include "api_embed.h"

#include "tap.h"

#define ITEM(index, vector) "{\"index\":" index ",\"embedding\":" vector "}"
#define LIST(items) "{\"data\":[" items "]}"

/* The answer to n texts, in memory of its own. */
static int
read_answer(struct api_embed *a, const char *json, size_t n, struct err *e)
{
	char *copy = tap_copy(str_of(json));
	int got;

	*e = (struct err)ERR_NONE;
	got = api_embed_read(a, (struct str){ copy, strlen(json) }, n, e);
	a->usage = (struct str){ 0 };
	free(copy);
	return got;
}

static void
test_good(void)
{
	static const char *const answers[] = {
		LIST(ITEM("0", "[1,2]") "," ITEM("1", "[3,4]")),
		LIST(ITEM("1", "[3,4]") "," ITEM("0", "[1,2]")),
		LIST(ITEM("0", "\"AACAPwAAAEA=\"") "," ITEM("1", "[3,4]")),
		"{\"error\":null,\"usage\":{},\"model\":\"m\",\"data\":"
		"[{\"object\":\"embedding\",\"embedding\":[3,4],\"index\":1},"
		"{\"index\":0,\"embedding\":[1,2]}]}",
	};

	for (size_t i = 0; i < countof(answers); i++) {
		struct api_embed a = { .server = "s" };
		struct err e;
		int got = read_answer(&a, answers[i], 2, &e);

		tap_case(!got && a.width == 2 && a.vectors[0] == 1 &&
			a.vectors[1] == 2 && a.vectors[2] == 3 &&
			a.vectors[3] == 4 &&
			!strcmp(a.model, i == 3 ? "m" : ""),
		    "%s: %s", answers[i], e.text);
		api_embed_done(&a);
	}
	tap_all("E2, E6, E18: any order, base64 or not, without usage");
}

static const struct {
	const char *json;
	enum status status;
	const char *text;
} bad[] = {
	{ "", ST_INCOMPLETE, "the answer ended before its end" },
	{ "{\"data\":[", ST_INCOMPLETE, "the answer ended before its end" },
	{ "<html>", ST_SERVER, "the server's answer: no JSON object" },
	{ "{}", ST_SERVER, "the server's answer: no list of embeddings" },
	{ LIST("7"), ST_SERVER,
	    "the server's answer: an element of data is no object" },
	{ LIST(ITEM("0", "[1]")), ST_SERVER,
	    "the server's answer: 1 embeddings for 2 texts" },
	{ LIST(ITEM("0", "[1]") "," ITEM("1", "[1]") "," ITEM("2", "[1]")),
	    ST_SERVER,
	    "the server's answer: an index is none of those asked for" },
	{ LIST(ITEM("0", "[1]") "," ITEM("0", "[1]")), ST_SERVER,
	    "the server's answer: two embeddings have one index" },
	{ LIST(ITEM("-1", "[1]")), ST_SERVER,
	    "the server's answer: an index is none of those asked for" },
	{ LIST(ITEM("0.5", "[1]")), ST_SERVER,
	    "the server's answer: an index is none of those asked for" },
	{ LIST(ITEM("\"0\"", "[1]")), ST_SERVER,
	    "the server's answer: an index is none of those asked for" },
	{ LIST("{\"embedding\":[1]}"), ST_SERVER,
	    "the server's answer: an index is none of those asked for" },
	{ LIST("{\"index\":0}"), ST_SERVER,
	    "the server's answer: an embedding is empty, or no vector" },
	{ LIST(ITEM("0", "[]")), ST_SERVER,
	    "the server's answer: an embedding is empty, or no vector" },
	{ LIST(ITEM("0", "[1]") "," ITEM("1", "[1,2]")), ST_SERVER,
	    "the server's answer: embeddings of 1 and of 2 numbers" },
	{ LIST(ITEM("0", "[1,null]")), ST_SERVER,
	    "the server's answer: an embedding holds what is no finite "
	    "number" },
	{ LIST(ITEM("0", "\"AADAfw==\"")), ST_SERVER,
	    "the server's answer: an embedding holds what is no finite "
	    "number" },
	{ "{\"error\":{\"message\":\"no\"}}", ST_SERVER,
	    "'s' answered 200: no" },
};

static void
test_bad(void)
{
	for (size_t i = 0; i < countof(bad); i++) {
		struct api_embed a = { .server = "s" };
		struct err e;
		int got = read_answer(&a, bad[i].json, 2, &e);

		if (!tap_case(got == -1 && e.status == bad[i].status &&
			    !strcmp(e.text, bad[i].text),
			"%s", bad[i].json))
			tap_note("%d %s", e.status, e.text);
		api_embed_done(&a);
	}
	tap_all("E1, E3, E4, E5, E8, E9: what no answer may hold");
}

static void
test_wide(void)
{
	struct buf json = { 0 };
	struct api_embed a = { .server = "s" };
	struct err e;

	buf_add_text(&json, "{\"data\":[{\"index\":0,\"embedding\":[0");
	for (int i = 1; i < 1000000; i++)
		buf_add(&json, STR(",0"));
	buf_add_text(&json, "]}]}");
	tap_ok(read_answer(&a, json.data, 1, &e) == -1 && !a.vectors,
	    "E5: a million numbers are no embedding");
	tap_is(str_of(e.text),
	    "the server's answer: an embedding has 1000000 numbers, more "
	    "than 65536",
	    "which is said");
	buf_done(&json);
}

static void
test_request(void)
{
	struct api_embed_request r = { .model = "m\"",
		.input = STR("[\"a\",\"b\"]"),
		.fields = STR("{\"dimensions\":7, \"user\":\"u\"}") };
	struct buf body = { 0 };
	struct err e = ERR_NONE;

	tap_int(api_embed_write(&body, &r, &e), 0, "a request");
	tap_is(buf_str(&body),
	    "{\"model\":\"m\\\"\",\"dimensions\":7,\"user\":\"u\","
	    "\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\"}",
	    "asks for base64");
	buf_done(&body);
	tap_int((intmax_t)api_embed_count(STR("\"a\"")), 1, "a text");
	tap_int((intmax_t)api_embed_count(STR("[\"a\",\"b\"]")), 2, "texts");
	tap_int((intmax_t)api_embed_count(STR("[1,2,3]")), 1, "tokens");
	tap_int((intmax_t)api_embed_count(STR("[[1],[2,3]]")), 2, "lists");
	tap_int((intmax_t)api_embed_count(STR("[]")), 0, "nothing");
	tap_int((intmax_t)api_embed_count(STR("{}")), 0, "no input");
}

static void
test_share(void)
{
	tap_ok(
	    api_embed_share(STR("input (2048 tokens) is too large to "
				"process. (current batch size: 512)")) == 0.25,
	    "a quarter fits");
	tap_ok(api_embed_share(STR("{\"error\":{\"n_prompt_tokens\":100,"
				   "\"n_ctx\":50}}")) == 0.5,
	    "a half does");
	tap_ok(api_embed_share(STR("input (nan tokens) (current batch size: "
				   "inf)")) == 0.5 &&
		api_embed_share(STR("input (9 tokens) is too large to process."
				    " (current batch size: nan)")) == 0.5 &&
		api_embed_share(STR("")) == 0.5 &&
		api_embed_share(STR("input (1 tokens), current batch size: "
				    "9")) == 0.5,
	    "and so it is if nobody knows");
}

int
main(void)
{
	test_good();
	test_bad();
	test_wide();
	test_request();
	test_share();
	return tap_done();
}
