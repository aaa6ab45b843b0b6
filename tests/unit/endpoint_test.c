/* endpoint_test - what an address means: paths, sockets, and what is none. */
#include "endpoint.h"
#include "tap.h"

enum { BY_USER, RUNNER }; /* --host and DMR_HOST, or MODEL_RUNNER_HOST */

#define NONE NULL /* no management */

static const struct {
	const char *text;
	int by;
	const char *url, *socket, *inference, *management;
	bool is_local, is_plain;
} good[] = {
	/* clang-format off */
	{ "http://localhost:12434", BY_USER, "http://localhost:12434", NULL,
	    "/engines/v1", "", true, true },
	{ "http://localhost:12434/", BY_USER, "http://localhost:12434", NULL,
	    "/engines/v1", "", true, true },
	{ "http://localhost:12434///", BY_USER, "http://localhost:12434", NULL,
	    "/engines/v1", "", true, true },
	{ "localhost:12434", BY_USER, "http://localhost:12434", NULL,
	    "/engines/v1", "", true, true },
	{ "127.0.0.1:12434", BY_USER, "http://127.0.0.1:12434", NULL,
	    "/engines/v1", "", true, true },
	{ "127.1.2.3", BY_USER, "http://127.1.2.3", NULL,
	    "/engines/v1", "", true, true },
	{ "http://[::1]:8080", BY_USER, "http://[::1]:8080", NULL,
	    "/engines/v1", "", true, true },
	{ "http://[2001:db8::1]", BY_USER, "http://[2001:db8::1]", NULL,
	    "/engines/v1", "", false, true },
	{ "http://10.0.0.1:65535", BY_USER, "http://10.0.0.1:65535", NULL,
	    "/engines/v1", "", false, true },
	{ "http://127.0.0.1.example.org", BY_USER,
	    "http://127.0.0.1.example.org", NULL, "/engines/v1", "",
	    false, true },
	{ "http://localhost.example.org", BY_USER,
	    "http://localhost.example.org", NULL, "/engines/v1", "",
	    false, true },
	{ "HTTP://LOCALHOST:1", BY_USER, "http://LOCALHOST:1", NULL,
	    "/engines/v1", "", true, true },
	{ "http://localhost.", BY_USER, "http://localhost.", NULL,
	    "/engines/v1", "", true, true },
	{ "http://[0:0:0:0:0:0:0:1]:1", BY_USER,
	    "http://[::1]:1", NULL, "/engines/v1", "", true, true },
	{ "http://[fe80::1%25eth0]:1", BY_USER, "http://[fe80::1%25eth0]:1",
	    NULL, "/engines/v1", "", false, true },
	{ "https://example.org", BY_USER, "https://example.org", NULL,
	    "/engines/v1", "", false, false },
	{ "https://localhost", BY_USER, "https://localhost", NULL,
	    "/engines/v1", "", true, false },

	/* The base of the inference API. */
	{ "http://h/engines/v1", BY_USER, "http://h", NULL,
	    "/engines/v1", "", false, true },
	{ "http://h/engines/v1/", BY_USER, "http://h", NULL,
	    "/engines/v1", "", false, true },
	{ "http://h/engines/llama.cpp/v1", BY_USER, "http://h", NULL,
	    "/engines/llama.cpp/v1", "", false, true },
	{ "http://h/v1", BY_USER, "http://h", NULL, "/v1", "", false, true },
	{ "http://h/v1/", BY_USER, "http://h", NULL, "/v1", "", false, true },
	{ "http://h/pre/v1", BY_USER, "http://h", NULL,
	    "/pre/v1", "/pre", false, true },
	{ "http://h/pre/engines/v1", BY_USER, "http://h", NULL,
	    "/pre/engines/v1", "/pre", false, true },
	{ "http://h/exp/vDD4.40/engines/vllm/v1", BY_USER, "http://h", NULL,
	    "/exp/vDD4.40/engines/vllm/v1", "/exp/vDD4.40", false, true },
	{ "https://api.example.org/v1", BY_USER, "https://api.example.org",
	    NULL, "/v1", "", false, false },

	/* Any other path has no management, */
	{ "http://h/openai", BY_USER, "http://h", NULL,
	    "/openai", NONE, false, true },
	{ "http://h/v1beta/openai", BY_USER, "http://h", NULL,
	    "/v1beta/openai", NONE, false, true },
	{ "http://h/xv1", BY_USER, "http://h", NULL,
	    "/xv1", NONE, false, true },
	{ "http://h/v1/x", BY_USER, "http://h", NULL,
	    "/v1/x", NONE, false, true },
	{ "http://h/engines", BY_USER, "http://h", NULL,
	    "/engines", NONE, false, true },
	{ "http://h/v2", BY_USER, "http://h", NULL, "/v2", NONE, false, true },

	/* but for MODEL_RUNNER_HOST and for sockets: there it is a prefix. */
	{ "http://h/exp/vDD4.40", RUNNER, "http://h", NULL,
	    "/exp/vDD4.40/engines/v1", "/exp/vDD4.40", false, true },
	{ "http://h/engines/v1", RUNNER, "http://h", NULL,
	    "/engines/v1", "", false, true },
	{ "h:80/pre/v1/", RUNNER, "http://h:80", NULL,
	    "/pre/v1", "/pre", false, true },
	{ "unix:///run/dmr.sock", BY_USER, "http://localhost", "/run/dmr.sock",
	    "/engines/v1", "", true, false },
	{ "unix:///run/dmr.sock:/exp/vDD4.40", BY_USER, "http://localhost",
	    "/run/dmr.sock", "/exp/vDD4.40/engines/v1", "/exp/vDD4.40",
	    true, false },
	{ "unix:///run/dmr.sock:/exp/vDD4.40/", BY_USER, "http://localhost",
	    "/run/dmr.sock", "/exp/vDD4.40/engines/v1", "/exp/vDD4.40",
	    true, false },
	{ "unix:///run/dmr.sock:/v1", BY_USER, "http://localhost",
	    "/run/dmr.sock", "/v1", "", true, false },
	{ "unix:///run/dmr.sock:/engines/v1", RUNNER, "http://localhost",
	    "/run/dmr.sock", "/engines/v1", "", true, false },
	{ "unix:///run/dmr.sock:/", BY_USER, "http://localhost",
	    "/run/dmr.sock", "/engines/v1", "", true, false },
	{ "unix:///a b/c:d.sock", BY_USER, "http://localhost",
	    "/a b/c:d.sock", "/engines/v1", "", true, false },
	{ "unix:///h\xc3\xa4/u@x.sock", BY_USER, "http://localhost",
	    "/h\xc3\xa4/u@x.sock", "/engines/v1", "", true, false },
	/* clang-format on */
};

static const char *const bad[] = {
	"",
	" ",
	"/",
	"http://",
	"/path.sock",
	"http:/h:80",
	"http://h/v1/chat/completions",
	"http:///path",
	"unix:/path.sock",
	"http://h\u00f6st",
	"http://:80",
	"http://h:0",
	"http://h:65536",
	"http://h:99999999999999999999",
	"http://h:-1",
	"http://h:+1",
	"http://h:0x50",
	"http://h:a",
	"http://h:80a",
	"http://h h",
	"http://h\t",
	"http://h\r\nX: y",
	"http://h\n",
	"http://h/\r\nX: y",
	"http://h/a\x01",
	"http://h?q=1",
	"http://h/?q=1",
	"http://h/v1?api-version=1",
	"http://h/#f",
	"http://u@h",
	"http://u:p@h",
	"http://:p@h",
	"u:p@h",
	"http://[::1",
	"http://[::1]x",
	"http://[zz]",
	"http://\x1b[31m",
	"ftp://h",
	"ftps://h",
	"file:///etc/passwd",
	"gopher://h",
	"dict://h:1/x",
	"ws://h",
	"telnet://h",
	"unix:",
	"unix://",
	"unix:/x",
	"unix:x.sock",
	"unix://x.sock",
	"unix://./x.sock",
};

static void
test_good(void)
{
	for (size_t i = 0; i < countof(good); i++) {
		struct endpoint p = { 0 };
		struct err e = ERR_NONE;
		int got = endpoint_parse(
		    &p, good[i].text, good[i].by == RUNNER, &e);
		bool fine = !got && p.server.url &&
		    !strcmp(p.server.url, good[i].url) &&
		    !p.server.socket == !good[i].socket &&
		    (!good[i].socket ||
			!strcmp(p.server.socket, good[i].socket)) &&
		    !strcmp(p.inference, good[i].inference) &&
		    !p.management == !good[i].management &&
		    (!good[i].management ||
			!strcmp(p.management, good[i].management)) &&
		    p.server.is_local == good[i].is_local &&
		    p.is_plain == good[i].is_plain && p.is_named &&
		    p.server.has_key && !p.server.private_only;

		tap_ok(fine, "C8: '%s' is understood", good[i].text);
		if (!fine)
			tap_note("got: %d %s, url %s, socket %s, inference %s, "
				 "management %s, local %d, plain %d",
			    got, e.text, p.server.url, p.server.socket,
			    p.inference, p.management, p.server.is_local,
			    p.is_plain);
		if (!got)
			tap_is(str_of(p.name), good[i].text,
			    "and named as it was typed");
		endpoint_done(&p);
	}
}

static void
test_bad(void)
{
	for (size_t i = 0; i < countof(bad); i++) {
		struct endpoint p = { 0 };
		struct err e = ERR_NONE;
		int got = endpoint_parse(&p, bad[i], false, &e);

		if (!tap_case(got == -1 && e.status == ST_USAGE &&
			    str_starts(
				str_of(e.text), "no address of a server"),
			"'%s' is an address: %d %s", bad[i], got, e.text))
			tap_show("text", str_of(bad[i]));
		/* A password must not be shown. */
		tap_case(!strchr(bad[i], '@') || !strstr(e.text, bad[i]),
		    "'%s' is shown", bad[i]);
		endpoint_done(&p);
	}
	tap_all("C8: what is no address is a usage error");
}

static void
test_long(void)
{
	struct endpoint p = { 0 };
	struct err e = ERR_NONE;
	char text[11000] = "unix:///";
	size_t n = strlen(text);

	memset(text + n, 'x', 106);
	tap_ok(!endpoint_parse(&p, text, false, &e) &&
		strlen(p.server.socket) == 107,
	    "the path of a socket may have 107 bytes");
	endpoint_done(&p);
	text[n + 106] = 'x';
	tap_ok(
	    endpoint_parse(&p, text, false, &e) == -1 && e.status == ST_USAGE,
	    "not 108, which are more than the kernel takes");
	endpoint_done(&p);
	snprintf(text, sizeof text, "http://h/");
	memset(text + 9, 'x', 10000);
	text[10009] = 0;
	tap_ok(!endpoint_parse(&p, text, false, &e) &&
		strlen(p.inference) == 10001,
	    "a path may have 10,000");
	endpoint_done(&p);
}

static void
test_found(void)
{
	struct endpoint places[ENDPOINTS_MAX];
	size_t n = endpoint_find(places, "/nonexistent");
	bool local = false, desktop = false;

	tap_ok(n >= 2 && n <= ENDPOINTS_MAX, "there are places to look at");
	for (size_t i = 0; i < n; i++) {
		const struct endpoint *p = &places[i];

		tap_ok(!p->is_named && !p->server.has_key,
		    "nobody named '%s', so no key goes there", p->name);
		tap_ok(p->server.is_local || p->server.private_only,
		    "'%s' is this machine, or must be", p->name);
		local |= !strcmp(p->name, "http://localhost:12434");
		desktop |= p->server.socket &&
		    !strcmp(p->server.socket,
			"/nonexistent/.docker/run/docker.sock") &&
		    !strcmp(p->management, "/exp/vDD4.40");
		tap_ok(!p->server.socket ||
			strcmp(p->server.socket, "/var/run/docker.sock") != 0,
		    "it is not the Engine's socket");
		endpoint_done(&places[i]);
	}
	tap_ok(local && desktop, "the port and Docker Desktop's socket too");
	n = endpoint_find(places, NULL);
	for (size_t i = 0; i < n; i++) {
		tap_ok(!places[i].server.socket,
		    "without a home there is no socket below it");
		endpoint_done(&places[i]);
	}
}

int
main(void)
{
	test_good();
	test_bad();
	test_long();
	test_found();
	return tap_done();
}
