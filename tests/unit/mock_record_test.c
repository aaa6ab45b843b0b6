/* mock_record_test - recordings: what is written, what comes back. */
#include "../../tools/dmr-mock/mock.h"
#include "../../tools/dmr-mock/recording.h"

#include "files.h"
#include "mem.h"

/* ---- secrets */

static const struct {
	const char *text, *clean;
} secrets[] = {
	{ "", "" },
	{ "sk-1234567 and sk-123456", "*** and sk-123456" },
	{ "{\"api_key\":\"x\"}", "{\"api_key\":\"***\"}" },
	{ "{\"API-Key\" : \"x\\\"y\",\"a\":1}",
	    "{\"API-Key\" : \"***\",\"a\":1}" },
	{ "{\"apiKey\":\"x\\\\\",\"a\":\"b\"}",
	    "{\"apiKey\":\"***\",\"a\":\"b\"}" },
	{ "{\"hf_token\":12345,\"n\":2}", "{\"hf_token\":0,\"n\":2}" },
	{ "{\"password\":null}", "{\"password\":null}" },
	{ "{\"api_key\":[\"x\",[\"]\"],{\"a\":\"b\"}],\"n\":2}",
	    "{\"api_key\":[],\"n\":2}" },
	{ "{\"password\":{\"v\":\"x}\"},\"n\":[2]}",
	    "{\"password\":{},\"n\":[2]}" },
	{ "{\"secret\":[\"cut off", "{\"secret\":[" },
	{ "{\"a\":\"{\\\"token\\\":[\\\"x]\\\"]}\",\"b\":[1]}",
	    "{\"a\":\"{\\\"token\\\":[]}\",\"b\":[1]}" },
	{ "{\"token\":-5.5e3,\"n\":2}", "{\"token\":0,\"n\":2}" },
	{ "{\"token\":true,\"n\":2}", "{\"token\":true,\"n\":2}" },
	{ "{\"\\u0061pi_k\\u0065y\":\"x\"}",
	    "{\"\\u0061pi_k\\u0065y\":\"***\"}" },
	{ "{\"x\":\"{\\\"\\\\u0061pi key\\\":\\\"x\\\"}\"}",
	    "{\"x\":\"{\\\"\\\\u0061pi key\\\":\\\"***\\\"}\"}" },
	{ "{\"\\u00\":\"x\",\"\\u\":1}", "{\"\\u00\":\"x\",\"\\u\":1}" },
	{ "Authorization: Bearer RAWSECRET17\n",
	    "Authorization: Bearer ***\n" },
	{ "the bearer of bad news, a bearer certificate",
	    "the bearer of bad news, a bearer certificate" },
	{ "\"use\\nsk-proj-AbC_123456, hf_abcdEFGH12\"", "\"use\\n***, ***\"" },
	{ "ghp_0123456789 key=AKIAIOSFODNN7EXAMPLE", "*** key=***" },
	{ "risk-9876543210 sk-learn-library",
	    "risk-9876543210 sk-learn-library" },
	{ "{\"password\":\"cut off", "{\"password\":\"***" },
	{ "data: {\"token\":\"x\"}\n\n", "data: {\"token\":\"***\"}\n\n" },
	{ "{\"id\":1,\"token\":\" Paris\",\"bytes\":[1],\"logprob\":-1}",
	    "{\"id\":1,\"token\":\" Paris\",\"bytes\":[1],\"logprob\":-1}" },
	{ "{\"max_tokens\":5,\"tokens\":\"x\"}",
	    "{\"max_tokens\":5,\"tokens\":\"x\"}" },
	{ "{\"text\":\"{\\\"secret\\\":\\\"x\\\\\\\"y\\\"}\",\"a\":\"b\"}",
	    "{\"text\":\"{\\\"secret\\\":\\\"***\\\"}\",\"a\":\"b\"}" },
	{ "password: x, \"password\" = \"x\"",
	    "password: x, \"password\" = \"x\"" },
	{ "\"password\":\"\\\\\\", "\"password\":\"***" },
	{ "\"token\"", "\"token\"" },
	{ "\"token\":", "\"token\":" },
	{ "\"token\":\"", "\"token\":\"" },
	{ "\\\"token\\\":\\\"x", "\\\"token\\\":\\\"***" },
};

static void
test_secrets(void)
{
	struct mock_secrets s = { 0 };

	mock_secrets_add(&s,
	    STR("Accept: other-words\n"
		"Authorization: Bearer sk-1234567\n"));
	tap_ok(s.n == 1, "one secret, of a header that has some");
	for (size_t i = 0; i < countof(secrets); i++) {
		struct str text = str_of(secrets[i].text);
		char *copy = tap_copy(text);
		struct buf out = { 0 };

		mock_redact(&s, (struct str){ copy, text.len }, &out);
		if (!tap_case(str_is(buf_str(&out), secrets[i].clean), "%s",
			secrets[i].text))
			tap_show("got", buf_str(&out));
		buf_done(&out);
		free(copy);
	}
	mock_secrets_done(&s);
	tap_all("K17: secrets are taken out");
}

/* However much stands before it. */
static void
test_many(void)
{
	struct mock_secrets s = { 0 };
	struct buf headers = { 0 }, out = { 0 };

	buf_add_text(&headers, "Cookie: ");
	for (int i = 0; i < 1000; i++)
		buf_add_format(&headers, "name%04d=value%04d; ", i, i);
	buf_add_text(&headers, "\nAuthorization: Bearer secretkey\n");
	mock_secrets_add(&s, buf_str(&headers));
	mock_redact(&s, STR("said: secretkey, value0999"), &out);
	tap_ok(str_is(buf_str(&out), "said: ***, ***"),
	    "K17: a key behind a thousand cookies: %s", out.data);
	mock_secrets_done(&s);
	buf_done(&headers);
	buf_done(&out);
}

/* A clock is asked by whoever runs this: each was quadratic. */
static void
test_large(void)
{
	enum { MANY = 1 << 20 };
	static const char *const pieces[][2] = {
		{ "sk-/", "" },
		{ "\"token\":[", "]logprob" },
	};

	for (size_t i = 0; i < countof(pieces); i++) {
		struct mock_secrets s = { 0 };
		struct buf text = { 0 }, out = { 0 };

		for (int n = 0; n < MANY; n++)
			buf_add_text(&text, pieces[i][0]);
		for (int n = 0; n < MANY; n++)
			buf_add_text(&text, pieces[i][1]);
		mock_redact(&s, buf_str(&text), &out);
		tap_case(out.len && out.len <= text.len, "%s", pieces[i][0]);
		buf_done(&text);
		buf_done(&out);
	}
	tap_all("K17: megabytes of what begins like a secret");
}

static void
test_target(void)
{
	static const char *const targets[][2] = {
		{ "/a", "/a" },
		{ "/a?", "/a?" },
		{ "/a?b=c&d", "/a?b=c&d" },
		{ "/a?key=x&b=c&access_token=y",
		    "/a?key=***&b=c&access_token=***" },
		{ "/sk-1234567?b=sk-1234567", "/***?b=***" },
		{ "/a?api%5Fkey=x&%6bey=y&%zz=%",
		    "/a?api%5Fkey=***&%6bey=***&%zz=%" },
	};
	struct mock_secrets s = { 0 };

	mock_secrets_add(&s, STR("X-Api-Key: sk-1234567\n"));
	for (size_t i = 0; i < countof(targets); i++) {
		struct buf out = { 0 };

		mock_redact_target(&s, str_of(targets[i][0]), &out);
		tap_case(str_is(buf_str(&out), targets[i][1]), "%s: %s",
		    targets[i][0], out.data);
		buf_done(&out);
	}
	mock_secrets_done(&s);
	tap_all("K17: and out of queries");
}

/* ---- there and back */

static struct mock_request
request_of(const char *path, struct str body)
{
	return (struct mock_request){ .method = "POST",
		.path = path,
		.query = "",
		.headers = STR("Authorization: Bearer sk-1234567\n"),
		.body = body };
}

static struct mock_replay *
replay(const char *path)
{
	struct err e = ERR_NONE;
	struct mock_replay *r = mock_replay_open(path, &e);

	if (!tap_ok(r, "the recording is good %s", e.text))
		abort();
	return r;
}

static uint32_t chance = 1;

static size_t
pick(size_t n)
{
	chance = chance * 1664525 + 1013904223;
	return (size_t)(chance >> 8) % n;
}

/* Bytes of all kinds, or UTF-8, or nothing. */
static void
add_bytes(struct buf *out, size_t kind)
{
	size_t n = pick(3) ? pick(300) : 0;

	while (n--) {
		if (kind == 0)
			buf_add_char(out, (char)pick(256));
		else
			buf_add_text(out, pick(2) ? "\r\n\"\\" : "\xc3\xa4");
	}
}

static bool
is_same(const struct mock_reply *a, const struct mock_reply *b,
    const struct mock_times *times)
{
	if (a->status != b->status || a->streams != b->streams ||
	    a->cut != b->cut || a->cut_at != b->cut_at ||
	    !str_equal(buf_str(&a->body), buf_str(&b->body)) ||
	    !str_equal(buf_str(&a->headers), buf_str(&b->headers)) ||
	    b->delay_ms != times->delay_ms || b->npauses != times->npauses)
		return false;
	for (size_t i = 0; i < b->npauses; i++)
		if (b->pauses[i].at != times->pauses[i].at ||
		    b->pauses[i].ms != times->pauses[i].ms)
			return false;
	return true;
}

/* Record an exchange with these bytes, replay it, compare. */
static bool
comes_back(const struct mock_request *request, struct mock_reply *reply)
{
	struct mock_pause pauses[] = { { reply->body.len / 3, 5 },
		{ reply->body.len / 2, 0 } };
	const struct mock_times times = {
		.delay_ms = 3, .pauses = pauses, .npauses = countof(pauses)
	};
	struct mock_reply got = { 0 };
	struct err e = ERR_NONE;
	struct mock_record *w = mock_record_open("rec", &e);
	struct mock_replay *r;
	bool same;

	reply->times = &times;
	same = w && !mock_record_add(w, request, reply, &e) &&
	    !mock_record_close(w, &e);
	r = mock_replay_open("rec", &e);
	same = same && r && mock_replay_answer(r, request, &got) &&
	    is_same(reply, &got, &times);
	if (r)
		mock_replay_close(r);
	mock_reply_done(&got);
	unlink("rec");
	reply->times = NULL;
	return same;
}

static void
test_back(void)
{
	for (int i = 0; i < 500; i++) {
		struct buf body = { 0 };
		struct mock_reply reply = { .status = 200 + (int)pick(400),
			.streams = pick(2) };
		struct mock_request request;

		add_bytes(&body, pick(2));
		add_bytes(&reply.body, pick(2));
		buf_add_text(&reply.headers, "Content-Type: x/y\nServer: z\n");
		if (pick(4) == 0)
			reply.cut = MOCK_CUT_END;
		request = request_of("/x", buf_str(&body));
		if (!tap_case(comes_back(&request, &reply), "%d", i))
			tap_show("body", buf_str(&reply.body));
		mock_reply_done(&reply);
		buf_done(&body);
	}
	tap_all("K19: bytes of all kinds come back, with times, pieces, cuts");
}

/* JSON as deep as it may be is too deep within a line. */
static void
test_deep(void)
{
	struct buf body = { 0 };
	struct mock_reply reply = { .status = 200 };
	struct mock_request request;

	for (int i = 0; i < SPAN_DEPTH_MAX; i++)
		buf_add_char(&body, '[');
	for (int i = 0; i < SPAN_DEPTH_MAX; i++)
		buf_add_char(&body, ']');
	tap_ok(span_valid(buf_str(&body)), "a request of %d levels",
	    SPAN_DEPTH_MAX);
	request = request_of("/x", buf_str(&body));
	tap_ok(comes_back(&request, &reply), "is found again");
	mock_reply_done(&reply);
	buf_done(&body);
}

/* ---- what is found */

#define EXCHANGE(path, body, text) \
	"{\"version\":1,\"request\":{\"method\":\"POST\",\"path\":\"" path \
	"\",\"body\":" body "},\"reply\":{\"text\":\"" text "\"}}\n"

static const char recording[] = EXCHANGE("/x", "{\"a\":1,\"b\":[1,2]}",
    "one") EXCHANGE("/x", "{\"a\":2}", "two") EXCHANGE("/x",
    "{\"b\":[1.0,2e0],\"a\":1.0}", "three") EXCHANGE("/x?q=1", "{\"a\":2}",
    "four") EXCHANGE("/x", "{\"a\":2,\"api_key\":\"***\"}",
    "five") "{\"version\":1,\"request\":{\"method\":\"POST\",\"path\":\"/x\",\"base64\":\"/wA=\"},"
	    "\"reply\":{\"base64\":\"/wA=\",\"status\":500}}\n";

static const struct {
	const char *query;
	struct str body;
	const char *says; /* NULL: not found */
} asked[] = {
	{ "", { "{\"a\":1,\"b\":[1,2]}", 17 }, "one" },
	{ "", { "{\"b\":[1,2], \"a\":1e0}", 20 }, "three" },
	{ "", { "{\"a\":1,\"b\":[1,2]}", 17 }, "three" },
	{ "", { "{\"a\":1,\"b\":[2,1]}", 17 }, NULL },
	{ "", { "{\"a\":2}", 7 }, "two" },
	{ "", { "{\"a\":2}", 7 }, "two" },
	{ "q=1", { "{\"a\":2}", 7 }, "four" },
	{ "q=2", { "{\"a\":2}", 7 }, NULL },
	{ "", { "{\"a\":2,\"api_key\":\"any\"}", 23 }, "five" },
	{ "", { "\xff\0", 2 }, "\xff" },
	{ "", { "\xff", 1 }, NULL },
	{ "", { "", 0 }, NULL },
};

static void
test_find(void)
{
	struct mock_replay *r;

	files_write("rec", recording, 0600);
	r = replay("rec");
	for (size_t i = 0; i < countof(asked); i++) {
		struct mock_request request = request_of("/x", asked[i].body);
		struct mock_reply reply = { 0 };
		bool found;

		request.query = asked[i].query;
		found = mock_replay_answer(r, &request, &reply);
		tap_ok(found == (asked[i].says != NULL) &&
			(!found ||
			    str_starts(buf_str(&reply.body), asked[i].says)),
		    "K18: request %zu gets %s", i,
		    reply.body.len ? reply.body.data : "nothing");
		mock_reply_done(&reply);
	}
	mock_replay_close(r);
	unlink("rec");
}

/* ---- what is wrong */

#define ASKED \
	"{\"version\":1,\"request\":{\"method\":\"GET\",\"path\":\"/\"},\"reply\":"

static const struct {
	const char *line, *says;
} bad[] = {
	{ ASKED "{}", "it is not JSON behind byte 61" },
	{ "[]", "it is no object" },
	{ "{}", "'version' is missing" },
	{ "{\"version\":1}", "'request' or 'reply' is missing" },
	{ "{\"version\":2,\"more\":1}",
	    "version: '2' is not known, only 1 is" },
	{ "{\"version\":\"1\"}", "version: '\"1\"' is not known, only 1 is" },
	{ "{\"version\":1,\"version\":1}", "'version' is there twice" },
	{ "{\"version\":1,\"request\":[],\"reply\":{}}",
	    "'request' must be an object" },
	{ "{\"version\":1,\"request\":{},\"reply\":{}}",
	    "'method' or 'path' is missing" },
	{ ASKED "{\"body\":1,\"text\":\"\"}}",
	    "'body', 'text' and 'base64' are one too many" },
	{ ASKED "{\"base64\":\"a\"}}", "'base64' is none" },
	{ ASKED "{\"base64\":\"\\u0041AAA\"}}", "'base64' is none" },
	{ ASKED "{\"status\":1000}}",
	    "status: '1000' is not a whole number from 200 to 999" },
	{ ASKED "{\"delay_ms\":-1}}",
	    "delay_ms: '-1' is not a whole number from 0 to 1000000000" },
	{ ASKED "{\"complete\":0}}", "'complete' must be true or false" },
	{ ASKED "{\"pauses\":[1]}}",
	    "pauses: '1' is not [bytes, ms], behind the last one and within "
	    "the body" },
	{ ASKED "{\"text\":\"a\",\"pauses\":[[2,1]]}}",
	    "pauses: '[2,1]' is not [bytes, ms], behind the last one and "
	    "within the body" },
	{ ASKED "{\"text\":\"abc\",\"pauses\":[[2,1],[1,1]]}}",
	    "pauses: '[1,1]' is not [bytes, ms], behind the last one and "
	    "within the body" },
	{ ASKED "{\"text\":\"abc\",\"pauses\":[[1,1,1]]}}",
	    "pauses: '[1,1,1]' is not [bytes, ms], behind the last one and "
	    "within the body" },
	{ ASKED "{\"headers\":{\"Transfer-Encoding\":\"x\"}}}",
	    "the header 'Transfer-Encoding' is not for a file to say" },
};

static void
test_bad(void)
{
	for (size_t i = 0; i < countof(bad); i++) {
		char *text = mem_format("%s}\n\n%s\n", ASKED "{}", bad[i].line);
		char *wanted = mem_format("rec:3: %s", bad[i].says);
		struct err e = ERR_NONE;
		struct mock_replay *r;

		files_write("rec", text, 0600);
		r = mock_replay_open("rec", &e);
		if (!tap_case(
			!r && e.status == ST_INPUT && !strcmp(e.text, wanted),
			"%s", bad[i].line))
			tap_note("%d: %s", (int)e.status, e.text);
		if (r)
			mock_replay_close(r);
		free(text);
		free(wanted);
	}
	unlink("rec");
	tap_all("K15: what is wrong with a recording is said with its place");
}

/* A recording cut anywhere, or with a byte changed, is read or refused. */
static void
test_cuts(void)
{
	size_t n = strlen(recording), bad_ones = 0;

	for (size_t i = 0; i < 2 * n; i++) {
		char *text = mem_copy(STR(recording));
		struct err e = ERR_NONE;
		struct mock_replay *r;

		text[i % n] = i < n ? '\0' : (char)(1 + pick(255));
		files_write("rec", text, 0600);
		r = mock_replay_open("rec", &e);
		tap_case(
		    r || (e.status == ST_INPUT && !strncmp(e.text, "rec:", 4)),
		    "%zu: %s", i, e.text);
		bad_ones += !r;
		if (r)
			mock_replay_close(r);
		free(text);
	}
	unlink("rec");
	tap_all("K15: one that is cut or damaged is refused with its place");
	tap_ok(bad_ones > n, "most of them are: %zu", bad_ones);
}

static void
test_open(void)
{
	struct err e = ERR_NONE;
	struct mock_record *r = mock_record_open("rec", &e);

	tap_ok(r && files_mode("rec") == 0600,
	    "a recording is for its owner alone");
	tap_ok(!mock_record_open("rec", &e) && e.status == ST_OUTPUT,
	    "K27: a second recorder is refused: %s", e.text);
	tap_ok(!mock_record_close(r, &e) && !file_exists("rec"),
	    "one without an exchange goes again");
	tap_ok(!mock_record_open("no/rec", &e) && e.status == ST_OUTPUT,
	    "K16: a folder that is missing: %s", e.text);
}

int
main(void)
{
	test_secrets();
	test_many();
	test_large();
	test_target();
	files_enter();
	test_back();
	test_deep();
	test_find();
	test_bad();
	test_cuts();
	test_open();
	files_leave();
	return tap_done();
}
