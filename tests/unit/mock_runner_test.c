/*
 * mock_runner_test - the built-in answers: state that changes, and requests
 * with every member of every type, cut at every byte.
 */
#include "../../tools/dmr-mock/mock.h"

#include "span.h"
#include "tap.h"

static struct mock_runner *runner;
static struct mock_reply reply;

/* The reply to a request, until the next one. */
static const struct mock_reply *
ask(const char *method, const char *target, const char *headers,
    struct str body)
{
	char path[256] = "";
	const char *query = strchr(target, '?');
	struct mock_request request = { .method = method,
		.target = target,
		.path = path,
		.query = query ? query + 1 : "",
		.headers = str_of(headers),
		.body = body,
		.number = 1 };

	snprintf(path, sizeof path, "%.*s",
	    (int)(query ? (size_t)(query - target) : strlen(target)), target);
	mock_reply_done(&reply);
	mock_runner_answer(runner, &request, &reply);
	return &reply;
}

static void
start(const char *models)
{
	struct err e = ERR_NONE;

	mock_runner_close(runner);
	runner = mock_runner_open(models, &e);
}

/* One case: method, target and body are answered by status and body. */
static void
says(const char *method, const char *target, const char *body, int status,
    const char *want)
{
	const struct mock_reply *r = ask(method, target, "", str_of(body));

	if (!tap_case(r->status == status &&
		    (!want || str_is(buf_str(&r->body), want)),
		"%s %s %s: %d", method, target, body, r->status))
		tap_show("body", buf_str(&r->body));
}

static void
test_models(void)
{
	start("a,b");
	says("GET", "/models/none", "", 404, "model not found\n");
	says("POST", "/models/a/tag?repo=ai/a&tag=t%32", "", 201,
	    "{\"message\":\"Model tagged successfully with \\\"ai/a:t2\\\"\","
	    "\"target\":\"ai/a:t2\"}\n");
	says("POST", "/models/a/tag?repo=ai/a", "", 400,
	    "missing repo or tag query parameter\n");
	says("POST", "/models/a/tag?repo=ai/a&tag=", "", 400,
	    "missing repo or tag query parameter\n");
	says("POST", "/models/a/tag?repo=%22&tag=x", "", 400,
	    "Invalid model reference\n");
	says("POST", "/models/none/tag?repo=x&tag=y", "", 404,
	    "model not found\n");
	says("DELETE",
	    "/models/"
	    "86a6e9f6d1d8",
	    "", 404, "error while deleting model: model not found\n");
	says("DELETE", "/models/a:t2?force=1", "", 200,
	    "[{\"Untagged\":\"docker.io/ai/a:t2\"}]\n");
	says("DELETE", "/models/purge", "", 200, "");
	says("GET", "/models", "", 200, "[]\n");
	says("GET", "/v1/models", "", 200,
	    "{\"object\":\"list\",\"data\":[]}\n");
	tap_all("models come and go");
}

/* By its id, one of several names needs force. */
static void
test_delete_id(void)
{
	struct str id;
	char target[128];

	start("a");
	ask("POST", "/models/a/tag?repo=b&tag=c", "", STR(""));
	id = span_member(
	    buf_str(&ask("GET", "/models/a", "", STR(""))->body), "id");
	snprintf(target, sizeof target, "/models/%.*s?force=false",
	    (int)id.len - 2, id.data + 1);
	says("DELETE", target, "", 409, NULL);
	target[strlen(target) - strlen("false")] = '\0';
	says("DELETE", target, "", 200, NULL);
	tap_ok(strstr(reply.body.data,
		   "ai/a:latest\"},{\"Untagged\":"
		   "\"docker.io/ai/b:c\"},{\"Deleted\":"),
	    "all names go with an id");
	tap_all("with force");
}

static void
test_engines(void)
{
	start("a");
	says("POST", "/engines/unload", "", 400, "invalid request\n");
	says("POST", "/engines/_configure",
	    "{\"model\":\"a\",\"keep_alive\":\"1h30m\",\"context-size\":60}",
	    202, "");
	says("POST", "/v1/chat/completions",
	    "{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":"
	    "\"1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0\"}]}",
	    400, NULL);
	tap_ok(strstr(reply.body.data, "\"n_ctx\":60}"), "n_ctx");
	says("POST", "/engines/unload", "{\"models\":[\"ai/a\",1]}", 400,
	    "invalid request\n");
	says("POST", "/engines/unload", "{\"models\":[\"x\"]}", 200,
	    "{\"unloaded_runners\":0}\n");
	says("POST", "/engines/unload", "{\"models\":[\"ai/a\"]}", 200,
	    "{\"unloaded_runners\":1}\n");
	says("GET", "/engines/_configure?model=x", "", 200, "[]\n");
	ask("GET", "/engines/_configure?model=a", "", STR(""));
	tap_ok(
	    strstr(reply.body.data,
		"\"Config\":{\"context-size\":60,\"keep_alive\":\"1h30m0s\"}"),
	    "a configuration outlives what it was for");
	says("POST", "/engines/unload",
	    "{\"models\":[\"a\"],\"backend\":\"llama.cpp\"}", 200,
	    "{\"unloaded_runners\":0}\n");
	says("GET", "/engines/_configure?model=a", "", 200, "[]\n");
	says("POST", "/engines/unload", "{\"all\":true}", 200,
	    "{\"unloaded_runners\":0}\n");
	says("GET", "/engines/_configure", "", 200, "[]\n");
	says("GET", "/engines/ps", "", 200, "[]\n");
	tap_all("what is configured and loaded");
}

static const struct {
	const char *given, *shown; /* NULL: refused */
} times[] = { { "5m", "5m0s" }, { "90s", "1m30s" }, { "0", "0s" },
	{ "1h", "1h0m0s" }, { "-1", "-1" }, { "-5m", "-1" }, { "0s", "0s" },
	{ "1.5h", "1h30m0s" }, { "61.5s", "1m1.5s" }, { "500ms", "500ms" },
	{ "", NULL }, { "5", NULL }, { "5x", NULL }, { "m", NULL },
	{ "1e999h", NULL }, { "nans", NULL }, { "--1s", NULL },
	{ "1h ", NULL } };

static void
test_keep_alive(void)
{
	for (size_t i = 0; i < countof(times); i++) {
		char body[128], want[160] = "";

		start("a");
		snprintf(body, sizeof body,
		    "{\"model\":\"a\",\"keep_alive\":\"%s\"}", times[i].given);
		says("POST", "/engines/_configure", body,
		    times[i].shown ? 202 : 400,
		    times[i].shown ? "" : "invalid request\n");
		ask("GET", "/engines/_configure", "", STR(""));
		snprintf(want, sizeof want, "{\"keep_alive\":\"%s\"}",
		    times[i].shown ? times[i].shown : "");
		tap_case(!strstr(reply.body.data, want) == !times[i].shown,
		    "%s: %s", times[i].given, reply.body.data);
	}
	tap_all("keep_alive");
}

/* What a client may send, each in all its parts. */
static const struct {
	const char *target, *body;
} bodies[] = {
	{ "/v1/chat/completions",
	    "{\"model\":\"a\",\"messages\":[{\"role\":\"system\",\"content\":"
	    "\"x\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\","
	    "\"text\":\"x\"},{\"type\":\"image_url\",\"image_url\":{\"url\":"
	    "\"x\"}}]}],\"stream\":true,\"stream_options\":{\"include_usage\":"
	    "true},\"max_tokens\":5,\"n\":2,\"stop\":[\"a\"],\"logprobs\":true,"
	    "\"top_logprobs\":2,\"ignore_eos\":true,\"temperature\":1}" },
	{ "/v1/chat/completions",
	    "{\"model\":\"a\",\"messages\":[{\"role\":\"assistant\","
	    "\"tool_calls\":[]}],\"tools\":[{\"type\":\"function\","
	    "\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\","
	    "\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"minimum\":"
	    "2}}},\"required\":[\"a\"]}}}],\"tool_choice\":{\"type\":"
	    "\"function\",\"function\":{\"name\":\"f\"}}}" },
	{ "/v1/chat/completions",
	    "{\"model\":\"a\",\"messages\":[],\"response_format\":{\"type\":"
	    "\"json_schema\",\"json_schema\":{\"schema\":{\"anyOf\":[{\"type\":"
	    "\"string\",\"minLength\":2,\"format\":\"date\"},{\"const\":1},"
	    "{\"enum\":[1]},{\"$ref\":\"#\"},{\"multipleOf\":2,\"maximum\":9},"
	    "{\"allOf\":[{\"prefixItems\":[true]}]}]}}}}" },
	{ "/v1/completions",
	    "{\"model\":\"a\",\"prompt\":\"x\",\"stream\":true}" },
	{ "/v1/embeddings",
	    "{\"model\":\"a\",\"input\":[\"x\",[1,2]],\"encoding_format\":"
	    "\"base64\"}" },
	{ "/v1/messages/count_tokens",
	    "{\"model\":\"a\",\"system\":[{\"type\":\"text\",\"text\":\"x\"}],"
	    "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}" },
	{ "/models/create", "{\"from\":\"ai/gemma3\"}" },
	{ "/engines/unload", "{\"all\":false,\"models\":[\"a\"]}" },
	{ "/engines/_configure",
	    "{\"model\":\"a\",\"mode\":\"embedding\",\"context-size\":8192,"
	    "\"keep_alive\":\"5m\",\"runtime-flags\":[\"--pooling\",\"mean\","
	    "\"--ubatch-size\",\"9\"]}" },
};

static const char *const values[] = { "null", "true", "1e999",
	"-9223372036854775808", "\"\"", "\"\\ud800\\u0000\"", "[]", "[[1]]",
	"{}", "{\"a\":{}}" };

/* Every reply has a status, and JSON is JSON. */
static void
check_reply(const char *target, struct str body)
{
	const struct mock_reply *r = ask("POST", target, "", body);
	struct str json = buf_str(&r->body);

	if (!tap_case(r->status >= 200 && r->status <= 500 &&
		    (json.len == 0 || json.data[0] != '{' ||
			str_starts(json, "{&#34;") ||
			str_starts(json, "{\"type\":\"progress\"") ||
			span_valid(json)),
		"%s: %d", target, r->status)) {
		tap_show("asked", body);
		tap_show("answered", json);
	}
}

/* Replace each value in turn, whole containers too, by each of others. */
static void
mutate(const char *target, const char *body, const char *value)
{
	struct str text = str_of(body);

	for (size_t i = 1; i < text.len; i++) {
		struct str rest = str_skip(text, i);
		struct buf other = { 0 };
		char *copy;
		size_t n = 1;

		if (!strchr(":[,", body[i - 1]) || span_kind(rest) == SPAN_NONE)
			continue;
		while (
		    n < rest.len && !span_valid((struct str){ rest.data, n }))
			n++;
		buf_add(&other, (struct str){ body, i });
		buf_add_text(&other, value);
		buf_add(&other, str_skip(rest, n));
		copy = tap_copy(buf_str(&other));
		check_reply(target, (struct str){ copy, other.len });
		free(copy);
		buf_done(&other);
	}
}

static void
test_types(void)
{
	for (size_t i = 0; i < countof(bodies); i++)
		for (size_t k = 0; k < countof(values); k++) {
			start("a");
			mutate(bodies[i].target, bodies[i].body, values[k]);
		}
	tap_all("every value of every type");
}

static void
test_cuts(void)
{
	start("a");
	for (size_t i = 0; i < countof(bodies); i++)
		for (size_t n = 0; n <= strlen(bodies[i].body); n++) {
			struct str cut = { bodies[i].body, n };
			char *copy = tap_copy(cut);

			cut.data = copy;
			check_reply(bodies[i].target, cut);
			free(copy);
		}
	tap_all("every body cut at every byte");
}

static void
test_paths(void)
{
	static const char *const paths[] = { "", "/", "//", "%", "/%", "/%2",
		"/%00", "/models/", "/models/%00", "/models//tag",
		"/models/*/tag?repo=%&tag=%zz", "/models/a/b/c/tag",
		"/engines/", "/engines//v1/models", "/engines/x",
		"/engines/x/v1/models/", "/v1/", "/exp/vDD4.40", "?", "/logs?x",
		"/logs?follow=x", "/models/a?remote=true&remote" };
	static const char *const methods[] = { "GET", "POST", "DELETE",
		"OPTIONS", "HEAD", "" };

	start("a");
	for (size_t i = 0; i < countof(paths); i++)
		for (size_t k = 0; k < countof(methods); k++) {
			const struct mock_reply *r = ask(
			    methods[k], paths[i], "", STR("{}"));

			tap_case(r->status >= 200 && r->status <= 404,
			    "%s %s: %d", methods[k], paths[i], r->status);
		}
	tap_all("strange paths");
}

int
main(void)
{
	test_models();
	test_delete_id();
	test_engines();
	test_keep_alive();
	test_types();
	test_cuts();
	test_paths();
	mock_reply_done(&reply);
	mock_runner_close(runner);
	return tap_done();
}
