/* mock_upstream_test - what a real runner is asked. */
#include "../../tools/dmr-mock/upstream.h"

#include "tap.h"

static const struct {
	const char *host, *path, *query, *target; /* NULL: it is not asked */
} targets[] = {
	{ "h:1", "/models", "", "/models" },
	{ "h:1", "/models", "a=b", "/models?a=b" },
	{ "h:1", "/v1/models", "", "/v1/models" },
	{ "h:1", "/engines/llama.cpp/v1/x", "", "/engines/llama.cpp/v1/x" },
	{ "h:1/p/engines/v1", "/models", "", "/p/models" },
	{ "h:1/p/engines/v1", "/v1/x", "", "/p/v1/x" },
	{ "h:1/v1", "/engines/v1/chat", "", "/v1/chat" },
	{ "h:1/v1", "/engines/x/v1/chat", "q", "/v1/chat?q" },
	{ "h:1/v1", "/models", "", "/models" },
	{ "h:1/engines/vllm/v1", "/v1/chat", "", "/engines/vllm/v1/chat" },
	{ "h:1/api", "/v1/chat", "", "/api/chat" },
	{ "h:1/api", "/models", "", NULL },
	{ "h:1/api", "/v1", "", NULL },
	{ "h:1/api", "/engines/v1x/chat", "", NULL },
	{ "h:1/api", "/engines", "", NULL },
	{ "unix:///s:/p", "/models", "", "/p/models" },
	{ "unix:///s:/p", "/..", "", NULL },
	{ "unix:///s:/p", "/a/../../b", "", NULL },
	{ "unix:///s:/p", "/a/./b", "", NULL },
	{ "unix:///s:/p", "/%2e%2E/b", "", NULL },
	{ "unix:///s:/p", "/.%2e", "", NULL },
	{ "unix:///s:/p", "/a%2f..%2Fb", "", NULL },
	{ "unix:///s:/p", "/a/.../b..", "..", "/p/a/.../b..?.." },
	{ "unix:///s:/p", "/a%2", "", "/p/a%2" },
	{ "h:1", "http://evil/x", "", NULL },
	{ "h:1", "@evil/x", "", NULL },
	{ "h:1", "*", "", NULL },
	{ "h:1", "", "", NULL },
};

static void
test_targets(void)
{
	for (size_t i = 0; i < countof(targets); i++) {
		struct endpoint p;
		struct err e = ERR_NONE;
		char *got = NULL;

		if (endpoint_parse(&p, targets[i].host, false, &e))
			abort();
		got = upstream_target(&p, targets[i].path, targets[i].query);
		tap_case(!got == !targets[i].target &&
			(!got || !strcmp(got, targets[i].target)),
		    "%s %s: %s", targets[i].host, targets[i].path,
		    got ? got : "none");
		free(got);
		endpoint_done(&p);
	}
	tap_all("K14: what it is asked for");
}

static void
test_headers(void)
{
	struct endpoint p = { .is_named = true };
	struct str headers = STR("Host: x\nOrigin: y\nAccept: a/b\nCookie: c\n"
				 "Authorization: Bearer k\nX-Empty: \n"
				 "Content-Length: 5\nConnection: close\n"
				 "X-Preload-Only: true\n");
	char *got = upstream_headers(&p, headers);

	tap_is(str_of(got),
	    "Via: 1.1 dmr-mock\nAccept: a/b\nCookie: c\n"
	    "Authorization: Bearer k\nX-Preload-Only: true\n",
	    "a server that was named gets all but those of the connection");
	free(got);
	p.is_named = false;
	got = upstream_headers(&p, headers);
	tap_is(str_of(got),
	    "Via: 1.1 dmr-mock\nAccept: a/b\nX-Preload-Only: true\n",
	    "one that was found gets no secret");
	free(got);
}

int
main(void)
{
	test_targets();
	test_headers();
	return tap_done();
}
