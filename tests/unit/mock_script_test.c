/* mock_script_test - scenarios: what a line may say, and what it answers. */
#include "../../tools/dmr-mock/script.h"

#include "die.h"
#include "files.h"
#include "mem.h"

/* ---- what is wrong */

static const struct {
	const char *line, *says; /* what stands behind FILE:LINE */
} bad[] = {
	{ "{", "it is not JSON behind byte 1" },
	{ "{\"path\":\"/x\"} x", "it is not JSON behind byte 14" },
	{ "{\"path\":\"\xff\"}", "it is not UTF-8" },
	{ "[]", "it is no object" },
	{ "\"/x\"", "it is no object" },
	{ "{\"Path\":\"/x\"}", "there is no member 'Path'" },
	{ "{\"\":1}", "there is no member ''" },
	{ "{\"path\":\"/x\",\"path\":\"/y\"}", "'path' is there twice" },
	{ "{\"path\":\"/x\",\"p\\u0061th\":\"/y\"}", "'path' is there twice" },
	{ "{\"path\":1}", "'path' must be a string" },
	{ "{\"path\":\"\"}", "'path' is empty" },
	{ "{\"path\":\"v1/models\"}",
	    "path: 'v1/models' does not begin with '/'" },
	{ "{\"path\":\"*/models\"}",
	    "path: '*/models' does not begin with '/'" },
	{ "{\"path\":\"/*/models\"}",
	    "path: '/*/models' has a '*' that is not at the end" },
	{ "{\"path\":\"/a**\"}",
	    "path: '/a**' has a '*' that is not at the end" },
	{ "{\"path\":\"/a?x=1\"}",
	    "path: '/a?x=1' has a '?': a path is without the query" },
	{ "{\"contains\":\"\\u0000x\"}", "'contains' is empty" },
	{ "{\"status\":\"200\"}", "'status' must be a number" },
	{ "{\"status\":199}",
	    "status: '199' is not a whole number from 200 to 599" },
	{ "{\"status\":2e2}",
	    "status: '2e2' is not a whole number from 200 to 599" },
	{ "{\"times\":0}",
	    "times: '0' is not a whole number from 1 to 1000000000" },
	{ "{\"times\":true}", "'times' must be a number" },
	{ "{\"delay\":null}", "'delay' must be a number or a string" },
	{ "{\"delay\":\"1 s\"}",
	    "delay: '1 s' is not a time such as 30, 1.5s, 250ms, 10m or 1h, "
	    "at most 1000h; 0 is none" },
	{ "{\"delay\":-1}",
	    "delay: '-1' is not a time such as 30, 1.5s, 250ms, 10m or 1h, "
	    "at most 1000h; 0 is none" },
	{ "{\"text\":\"x\",\"tokens_per_second\":0}",
	    "tokens_per_second: '0' is not a number from 0.01 to 1000000" },
	{ "{\"json\":1,\"tokens_per_second\":5}",
	    "'tokens_per_second' is for a 'text'" },
	{ "{\"text\":\"x\",\"json\":1}", "'text' and 'json' are one too many" },
	{ "{\"text\":{}}", "'text' must be a string" },
	{ "{\"headers\":[]}", "'headers' must be an object" },
	{ "{\"headers\":{\"A\":1}}", "the header 'A' is no string" },
	{ "{\"headers\":{\"A B\":\"x\"}}", "'A B' is no header" },
	{ "{\"headers\":{\"\":\"x\"}}", "'' is no header" },
	{ "{\"headers\":{\"A\":\"x\\r\\nB: y\"}}", "'A' is no header" },
	{ "{\"headers\":{\"content-length\":\"5\"}}",
	    "the header 'content-length' is not for a file to say" },
	{ "{\"fault\":\"nonesuch\"}", "there is no fault 'nonesuch'" },
	{ "{\"jq\":\".a |\"}",
	    "jq: syntax error, unexpected $end (Unix shell quoting issues?)" },
};

static struct script_line
read_line(struct str text, int *got, struct err *e)
{
	struct mock_lines lines = {
		.path = "f", .status = ST_USAGE, .rest = text
	};
	struct script_line l = { 0 };

	*e = (struct err)ERR_NONE;
	*got = mock_lines_next(&lines, e);
	if (*got == 1 && script_line_read(&l, &lines, e))
		*got = -1;
	return l;
}

static void
test_bad(void)
{
	for (size_t i = 0; i < countof(bad); i++) {
		char wanted[256];
		struct err e;
		int got;
		struct script_line l = read_line(str_of(bad[i].line), &got, &e);

		snprintf(wanted, sizeof wanted, "f:1: %s", bad[i].says);
		if (!tap_case(got == -1 && e.status == ST_USAGE &&
			    !strncmp(e.text, wanted, strlen(wanted)),
			"%s", bad[i].line))
			tap_note("got %d, %d: %s", got, (int)e.status, e.text);
		script_line_done(&l);
	}
	tap_all("K23: what is wrong with a line is said");
}

/* ---- lines that chance wrote */

static uint32_t chance = 1;

static size_t
pick(size_t n)
{
	chance = chance * 1664525 + 1013904223;
	return (size_t)(chance >> 8) % n;
}

static const char *const seeds[] = {
	"{\"path\":\"/v1/*\",\"method\":\"POST\",\"status\":503,\"times\":2}",
	"{\"model\":\"ai/x\",\"text\":\"a\\u0000\\ud83d\",\"tokens_per_second\":9}",
	"{\"contains\":\"x\",\"json\":{\"a\":[1,2.5,null]},\"delay\":\"1.5s\"}",
	"{\"headers\":{\"A\":\"b\",\"C\":\"d\"},\"fault\":\"cut-17\",\"delay\":1}",
};

static const char *const pieces[] = { "\"", "{", "}", "[", "]", ",", ":", "\\",
	"\\u0000", "\\ud800", "null", "true", "-1", "1e999",
	"99999999999999999999", "\xff", "\xc3", "\n", "\r", "\"path\"",
	"\"headers\":{}", "\"text\":", "\"times\":1", "[[[[[[[[[[[[", "1ms" };

/* A seed with some bytes changed, cut out, or pieces put in. */
static void
mutate(struct buf *line)
{
	struct str seed = str_of(seeds[pick(countof(seeds))]);
	size_t n = 1 + pick(4);

	buf_clear(line);
	buf_add(line, seed);
	for (size_t i = 0; i < n && line->len; i++) {
		size_t at = pick(line->len), len = pick(line->len - at);
		char *rest = mem_copy(str_skip(buf_str(line), at));

		line->len = at;
		if (pick(3) == 0)
			buf_add_text(line, pieces[pick(countof(pieces))]);
		else if (pick(2) == 0)
			buf_add_char(line, (char)pick(256));
		else
			buf_add_text(line, rest + len);
		buf_add_text(line, rest + (pick(2) ? 0 : len));
		free(rest);
	}
}

static void
test_chance(void)
{
	struct buf line = { 0 };
	long good = 0;

	for (int i = 0; i < 50000; i++) {
		struct err e;
		struct script_line l;
		int got;

		mutate(&line);
		l = read_line(buf_str(&line), &got, &e);
		good += got == 1;
		if (!tap_case(got >= 0
			    ? !e.status
			    : e.status == ST_USAGE && !strncmp(e.text, "f:", 2),
			"%d", got))
			tap_show("line", buf_str(&line));
		script_line_done(&l);
	}
	buf_done(&line);
	tap_all("K23: a line that chance wrote is good, or has its place");
	tap_ok(good > 300, "some of them are good: %ld", good);
}

/* ---- what matches */

static const struct {
	const char *line, *method, *path, *body;
	bool matches;
} rows[] = {
	{ "{\"status\":200}", "GET", "/", "", true },
	{ "{\"path\":\"/a\",\"status\":200}", "GET", "/a", "", true },
	{ "{\"path\":\"/a\",\"status\":200}", "GET", "/ab", "", false },
	{ "{\"path\":\"/a*\",\"status\":200}", "GET", "/ab", "", true },
	{ "{\"path\":\"/a*\",\"status\":200}", "GET", "/a", "", true },
	{ "{\"path\":\"/a*\",\"status\":200}", "GET", "/", "", false },
	{ "{\"path\":\"*\",\"status\":200}", "GET", "/x", "", true },
	{ "{\"path\":\"/v1/a\",\"status\":200}", "GET", "/engines/v1/a", "",
	    true },
	{ "{\"path\":\"/v1/a\",\"status\":200}", "GET",
	    "/engines/llama.cpp/v1/a", "", true },
	{ "{\"path\":\"/engines/v1/a\",\"status\":200}", "GET", "/v1/a", "",
	    true },
	{ "{\"path\":\"/engines/llama.cpp/v1/a*\",\"status\":200}", "GET",
	    "/engines/v1/ab", "", true },
	{ "{\"path\":\"/v1*\",\"status\":200}", "GET", "/engines/v1/a", "",
	    true },
	{ "{\"path\":\"/v1*\",\"status\":200}", "GET", "/v12", "", true },
	{ "{\"path\":\"/engines/v1*\",\"status\":200}", "GET", "/v1", "",
	    true },
	{ "{\"path\":\"/engines/v1*\",\"status\":200}", "GET", "/engines/v12",
	    "", true },
	{ "{\"path\":\"/engines/*\",\"status\":200}", "GET", "/engines/v1/a",
	    "", true },
	{ "{\"path\":\"/engines/*\",\"status\":200}", "GET", "/v1/a", "",
	    false },
	{ "{\"path\":\"/v1/a\",\"status\":200}", "GET", "/engines/vllm/v1/a",
	    "", false },
	{ "{\"path\":\"/engines/v12\",\"status\":200}", "GET", "/v12", "",
	    false },
	{ "{\"path\":\"/v1/a\",\"status\":200}", "GET", "/x/v1/a", "", false },
	{ "{\"path\":\"/v1/a\",\"status\":200}", "GET", "/engines/v1/ab", "",
	    false },
	{ "{\"method\":\"PUT\",\"status\":200}", "PUT", "/", "", true },
	{ "{\"method\":\"PUT\",\"status\":200}", "GET", "/", "", false },
	{ "{\"model\":\"a/b\",\"json\":1}", "POST", "/", "{\"model\":\"a/b\"}",
	    true },
	{ "{\"model\":\"a/*\",\"json\":1}", "POST", "/", "{\"model\":\"a/b\"}",
	    true },
	{ "{\"model\":\"a/b\",\"json\":1}", "POST", "/", "{\"model\":1}",
	    false },
	{ "{\"model\":\"a/b\",\"json\":1}", "POST", "/", "a/b", false },
	{ "{\"contains\":\"b c\",\"json\":1}", "POST", "/",
	    "{\"messages\":[{\"role\":\"x\",\"content\":\"a b c\"}]}", true },
	{ "{\"contains\":\"\xc3\xa4\",\"json\":1}", "POST", "/",
	    "{\"messages\":[{\"content\":\"\\u00e4\"}]}", true },
	{ "{\"contains\":\"x\",\"json\":1}", "POST", "/",
	    "{\"messages\":[{\"role\":\"x\",\"content\":\"a\"}]}", false },
	{ "{\"contains\":\"b\",\"json\":1}", "POST", "/",
	    "{\"messages\":[{\"content\":[{\"type\":\"text\",\"text\":\"b\"}]}"
	    "]}",
	    true },
	{ "{\"contains\":\"b\",\"json\":1}", "POST", "/",
	    "{\"prompt\":\"abc\"}", true },
	{ "{\"contains\":\"b\",\"json\":1}", "POST", "/",
	    "{\"input\":[\"a\",\"b\"]}", true },
	{ "{\"contains\":\"b\",\"json\":1}", "POST", "/", "{\"other\":\"b\"}",
	    false },
	{ "{\"contains\":\"b\",\"json\":1}", "POST", "/", "[\"b\"]", false },
	{ "{\"jq\":\".body.a > 1\",\"json\":1}", "POST", "/", "{\"a\":2}",
	    true },
	{ "{\"jq\":\".body.a > 1\",\"json\":1}", "POST", "/", "{\"a\":1}",
	    false },
	{ "{\"jq\":\".body[]\",\"json\":1}", "GET", "/", "", false },
	{ "{\"jq\":\".text == \\\"x y\\\"\",\"json\":1}", "POST", "/", "x y",
	    true },
	{ "{\"jq\":\".headers[\\\"x-key\\\"] == \\\"1, 2\\\"\",\"json\":1}",
	    "GET", "/", "", true },
	{ "{\"jq\":\".method + .path + .query == \\\"GET/pq=1\\\"\","
	  "\"json\":1}",
	    "GET", "/p", "", true },
	{ "{\"path\":\"/a\"}", "GET", "/a", "", false },
	{ "{\"path\":\"/a\",\"fault\":\"reset\"}", "GET", "/a", "", false },
};

static struct mock_request
request_of(const char *method, const char *path, const char *body)
{
	return (struct mock_request){ .method = method,
		.path = path,
		.query = "q=1",
		.headers = STR("Host: x\nX-Key: 1\nx-key: 2\n"),
		.body = str_of(body) };
}

static void
test_matches(void)
{
	for (size_t i = 0; i < countof(rows); i++) {
		struct mock_request r = request_of(
		    rows[i].method, rows[i].path, rows[i].body);
		struct mock_reply reply = { 0 };
		struct err e = ERR_NONE;
		const char *fault;
		struct mock_script *s;

		files_write("script", rows[i].line, 0644);
		s = mock_script_open("script", &e);
		tap_case(s &&
			mock_script_answer(s, &r, &reply, &fault) ==
			    rows[i].matches &&
			!reply.status == !rows[i].matches,
		    "%s %s %s", rows[i].line, rows[i].path, rows[i].body);
		if (s)
			mock_script_close(s);
		mock_reply_done(&reply);
	}
	unlink("script");
	tap_all("a line matches what it says");
}

/* ---- what is answered */

static struct mock_script *
open_script(const char *text)
{
	struct err e = ERR_NONE;
	struct mock_script *s;

	files_write("script", text, 0644);
	s = mock_script_open("script", &e);
	if (!tap_ok(s, "a scenario %s", e.text))
		abort();
	unlink("script");
	return s;
}

static void
test_times(void)
{
	struct mock_script *s = open_script(
	    "{\"status\":503,\"times\":2}\n\n"
	    "{\"status\":429,\"times\":1,\"fault\":\"reset\"}\r\n"
	    "{\"delay\":\"7ms\",\"fault\":\"cut-17\",\"times\":1}\n");
	struct mock_request r = request_of("GET", "/", "");
	static const int wanted[] = { 503, 503, 429, 0, 0 };

	for (size_t i = 0; i < countof(wanted); i++) {
		struct mock_reply reply = { 0 };
		const char *fault = "?";
		bool got = mock_script_answer(s, &r, &reply, &fault);

		tap_ok(got == (wanted[i] > 0) && reply.status == wanted[i],
		    "answer %zu: %d", i, reply.status);
		tap_is(str_of(fault),
		    i == 2       ? "reset"
			: i == 3 ? "cut-17"
				 : NULL,
		    "its fault");
		tap_int(reply.delay_ms, i == 3 ? 7 : 0, "its delay");
		mock_reply_done(&reply);
	}
	mock_script_close(s);
}

static void
test_reply(void)
{
	struct mock_script *s = open_script(
	    "{\"path\":\"/j\",\"json\":{\"a\": 1.0},\"status\":201,"
	    "\"headers\":{\"X-A\":\"b\"}}\n"
	    "{\"path\":\"/t\",\"text\":\"a\\u0000b\","
	    "\"headers\":{\"content-type\":\"text/x\"}}\n");
	struct mock_request r = request_of("GET", "/j", "");
	struct mock_reply reply = { 0 };
	const char *fault;

	mock_script_answer(s, &r, &reply, &fault);
	tap_int(reply.status, 201, "the status");
	tap_is(buf_str(&reply.body), "{\"a\": 1.0}", "JSON stays as it is");
	tap_is(buf_str(&reply.headers),
	    "X-A: b\nContent-Type: application/json\n", "and has its type");
	mock_reply_done(&reply);
	r.path = "/t";
	mock_script_answer(s, &r, &reply, &fault);
	tap_same(buf_str(&reply.body), (struct str){ "a\0b", 3 }, "a text");
	tap_is(buf_str(&reply.headers), "content-type: text/x\n",
	    "with the type that it is given");
	mock_reply_done(&reply);
	mock_script_close(s);
}

static void
test_pace(void)
{
	struct mock_script *s = open_script(
	    "{\"text\":\"one two three\",\"tokens_per_second\":100}");
	struct mock_request r = request_of("GET", "/t", "");
	struct mock_reply reply = { 0 };
	const char *fault;
	int64_t ms = 0;

	mock_script_answer(s, &r, &reply, &fault);
	tap_is(buf_str(&reply.body), "one two three", "the text is whole");
	tap_ok(reply.streams && reply.npauses == 2 && reply.pauses[0].at == 3 &&
		reply.pauses[0].ms == 10 && reply.pauses[1].at == 7 &&
		reply.pauses[1].ms == 10,
	    "a token takes its time");
	mock_reply_done(&reply);
	r = request_of("POST", "/v1/chat/completions",
	    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":"
	    "\"x\"}]}");
	mock_script_answer(s, &r, &reply, &fault);
	tap_ok(!reply.streams && !reply.npauses && reply.delay_ms == 30,
	    "an answer that is whole takes that of all of them");
	mock_reply_done(&reply);
	r.body = STR("{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":"
		     "\"user\",\"content\":\"x\"}]}");
	mock_script_answer(s, &r, &reply, &fault);
	for (size_t i = 0; i < reply.npauses; i++)
		ms += reply.pauses[i].ms;
	tap_ok(reply.streams && ms == 50 &&
		str_ends(buf_str(&reply.body), "data: [DONE]\n\n"),
	    "a stream is as long as its events");
	mock_reply_done(&reply);
	mock_script_close(s);
}

int
main(void)
{
	die_be_quiet(true); /* of lines that never applied */
	test_bad();
	test_chance();
	files_enter();
	test_matches();
	test_times();
	test_reply();
	test_pace();
	files_leave();
	return tap_done();
}
