/*
 * check_test - parts of dmr-check: who listens, how an answer came, what a log
 * tells, and that it tells no secrets.
 */
#include "../../tools/dmr-check/listen.h"
#include "../../tools/dmr-check/log_line.h"
#include "../../tools/dmr-check/pace.h"
#include "../../tools/dmr-check/redact.h"
#include "tap.h"

/* --- listen --- */

#define HEAD "  sl  local_address rem_address   st tx_queue rx_queue\n"
#define REST " 00000000:00000000 00:00000000 00000000     0        0 1 1\n"
#define ROW(local, state) "   0: " local " 00000000:0000 " state REST
#define PORT "3092" /* 12434 */

static void
who_listens(void)
{
	/* As they stand on a machine whose bytes are in little endian. */
	static const struct {
		const char *table;
		int want;
		const char *address, *what;
	} rows[] = {
		{ HEAD, -1, "", "nobody" },
		{ "", -1, "", "no table" },
		{ HEAD ROW("0100007F:" PORT, "0A"), 0, "", "127.0.0.1" },
		{ HEAD ROW("0501007F:" PORT, "0A"), 0, "", "127.0.1.5" },
		{ HEAD ROW("00000000:" PORT, "0A"), 1, "0.0.0.0", "all" },
		{ HEAD ROW("0501A8C0:" PORT, "0A"), 1, "192.168.1.5",
		    "an address of a local network" },
		{ HEAD ROW("010011AC:" PORT, "0A"), 0, "",
		    "Docker's bridge, 172.17.0.1" },
		{ HEAD ROW("010020AC:" PORT, "0A"), 1, "172.32.0.1",
		    "what is just beyond its networks" },
		{ HEAD ROW("00000000:" PORT, "01"), -1, "", "a connection" },
		{ HEAD ROW("00000000:3093", "0A"), -1, "", "another port" },
		{ HEAD ROW("0100007F:" PORT, "0A") ROW("00000000:" PORT, "0A"),
		    1, "0.0.0.0", "the second of two" },
		{ HEAD ROW("00000000000000000000000000000000:" PORT, "0A"), 1,
		    "::", "all of IPv6" },
		{ HEAD ROW("00000000000000000000000001000000:" PORT, "0A"), 0,
		    "", "::1" },
		{ HEAD ROW("0000000000000000FFFF00000100007F:" PORT, "0A"), 0,
		    "", "127.0.0.1 as IPv6" },
		{ HEAD ROW("0000000000000000FFFF00000501A8C0:" PORT, "0A"), 1,
		    "::ffff:192.168.1.5", "another as IPv6" },
		{ HEAD ROW("000080FE00000000FF005450FEEBA5B2:" PORT, "0A"), 1,
		    "fe80::5054:ff:b2a5:ebfe", "an address of a link" },
		{ HEAD ROW("0100:" PORT, "0A"), -1, "", "too short a one" },
		{ HEAD ROW("0100007G:" PORT, "0A"), -1, "", "no digits" },
		{ HEAD "   0: 00000000:30", -1, "", "a line that is cut" },
	};

	for (size_t i = 0; i < countof(rows); i++) {
		char address[LISTEN_ADDRESS_MAX];
		struct str table = str_of(rows[i].table);
		char *copy = tap_copy(table);
		int got = listen_find(
		    (struct str){ copy, table.len }, 12434, address);

		tap_ok(got == rows[i].want, "listen: %s", rows[i].what);
		tap_is(str_of(address), rows[i].address, "its address");
		free(copy);
	}
}

/* --- pace --- */

/* So many tokens, each after so many ms, `lump` of them at once. */
static struct pace
come(int64_t wait_ms, int n, int each_ms, int lump)
{
	struct pace p = { .start_ms = 1000 };
	int64_t now_ms = p.start_ms + wait_ms;

	for (int i = 0; i < n; i++) {
		now_ms += each_ms;
		if (i % lump == lump - 1 || i == n - 1)
			pace_add(&p,
			    (size_t)(i % lump == lump - 1 ? lump : n % lump),
			    now_ms);
	}
	return p;
}

static void
how_it_came(void)
{
	static const struct {
		int64_t wait_ms;
		int n, each_ms, lump;
		enum pace_verdict want;
		const char *what;
	} rows[] = {
		{ 100, 48, 30, 1, PACE_FLOWS, "a token at a time" },
		{ 60000, 48, 200, 1, PACE_FLOWS, "slowly, after a load" },
		{ 0, 48, 1, 1, PACE_FLOWS, "as fast as nothing can be held" },
		{ 1000, 48, 3, 1, PACE_FLOWS, "fast, after a load" },
		{ 9000, 480, 0, 1, PACE_HELD_BACK,
		    "at once, after a load: ask again" },
		{ 9, 480, 0, 1, PACE_FLOWS, "at once, and loaded" },
		{ 100, 48, 30, 48, PACE_HELD_BACK, "all at the end" },
		{ 100, 48, 30, 16, PACE_HELD_BACK, "in three pieces" },
		{ 100, 48, 30, 8, PACE_HELD_BACK, "in six" },
		{ 100, 48, 30, 4, PACE_FLOWS, "four at a time, as drafts do" },
		{ 100, 15, 30, 15, PACE_SHORT, "too few" },
		{ 100, 0, 30, 1, PACE_SHORT, "nothing" },
	};

	for (size_t i = 0; i < countof(rows); i++) {
		struct pace p = come(
		    rows[i].wait_ms, rows[i].n, rows[i].each_ms, rows[i].lump);

		tap_ok(
		    pace_judge(&p) == rows[i].want, "pace: %s", rows[i].what);
	}
}

static void
how_fast_it_was(void)
{
	struct pace p = come(5000, 21, 50, 1);

	tap_ok(pace_rate(&p) > 19.99 && pace_rate(&p) < 20.01,
	    "pace: the wait for the first token is no part of the rate");
	p.ntokens = 41;
	tap_ok(pace_rate(&p) > 39.99 && pace_rate(&p) < 40.01,
	    "pace: the server's count counts");
	p = come(5000, 21, 0, 1);
	tap_ok(pace_rate(&p) <= 0, "pace: what came at once has no rate");
	p = come(5000, 1, 50, 1);
	tap_ok(pace_rate(&p) <= 0, "pace: nor has one token");
}

/* --- the log --- */

static void
what_is_an_error(void)
{
	static const struct {
		const char *line;
		bool is;
	} rows[] = {
		{ "[T] time=T level=ERROR msg=\"it broke\"", true },
		{ "[T] time=T level=error msg=\"it broke\"", true },
		{ "[T] time=T level=FATAL msg=\"it broke\"", true },
		{ "[T] time=T level=WARN msg=\"x\" error=\"none\"", false },
		{ "[T] level=INFO msg=\"Failed\" error=\"off\"", false },
		{ "[T] level=INFO msg=\"0.01.076 I srv  load: error\"", false },
		{ "[T] level=INFO msg=\"0.01.076 E srv  load: no\"", true },
		{ "[T] level=INFO msg=\" E srv  load: no\"", false },
		{ "[T] level=ERROR msg=\"failed to get model\" "
		  "error=\"model not found\"",
		    false },
		{ "ggml_vulkan: Error: no device", true },
		{ "fatal: x", true },
		{ "terrors and errorless", false },
		{ "", false },
	};

	for (size_t i = 0; i < countof(rows); i++)
		tap_ok(check_log_is_error(str_of(rows[i].line)) == rows[i].is,
		    "log: %s error: %s", rows[i].is ? "an" : "no",
		    rows[i].line);
}

/* The log as it comes in pieces of n bytes. */
static struct check_log
read_log(const char *text, size_t n)
{
	struct check_log log = { .gpu = -1 };
	struct str rest = str_of(text);

	while (rest.len) {
		size_t len = rest.len < n ? rest.len : n;
		char *copy = tap_copy((struct str){ rest.data, len });

		check_log_add(&log, (struct str){ copy, len });
		rest = str_skip(rest, len);
		free(copy);
	}
	check_log_end(&log);
	return log;
}

static void
what_a_log_tells(void)
{
	static const char text[] =
	    "[2026-11-23T03:32:39.1Z] level=ERROR msg=first\n"
	    "[2026-11-23T03:32:40.1Z] level=INFO msg=\"installed llama-server\""
	    " gpuSupport=true\n"
	    "[2026-11-23T03:32:41.1Z] level=ERROR msg=second\n"
	    "load_tensors: offloaded 20/29 layers to GPU\n"
	    "[2026-11-23T03:32:42.1Z] level=INFO msg=done";

	for (size_t n = 1; n < sizeof text; n++) {
		struct check_log log = read_log(text, n);

		tap_case(str_is(buf_str(&log.error),
			     "[2026-11-23T03:32:41.1Z] level=ERROR msg=second"),
		    "cut every %zu bytes", n);
		tap_case(log.gpu == 1 && log.ngpu == 20 && log.nall == 29 &&
			log.error_s == 1795404761,
		    "cut every %zu bytes: numbers", n);
		buf_done(&log.error);
	}
	tap_all("log: the last error, and what a GPU does");
}

static void
what_is_long(void)
{
	struct buf text = { 0 };
	struct check_log log;

	buf_add_text(&text, "level=ERROR ");
	for (size_t i = 0; i < 100000; i++)
		buf_add_char(&text, 'x');
	buf_add_text(&text, "\nlevel=INFO");
	log = read_log(text.data, 4096);
	tap_ok(log.error.len == CHECK_ERROR_MAX,
	    "log: of a long line its beginning is kept");
	buf_done(&log.error);
	buf_done(&text);
}

/* --- secrets --- */

static void
what_is_secret(void)
{
	static const struct {
		const char *line, *want;
	} rows[] = {
		{ "nothing here", "nothing here" },
		{ "", "" },
		{ "Authorization: Bearer abcdefgh12",
		    "Authorization: Bearer "
		    "***" },
		{ "authorization=Basic YWJjOmRlZg==",
		    "authorization=Basic ***==" },
		{ "pull https://ada:word@example.com/x",
		    "pull https://***@example.com/x" },
		{ "see https://example.com/a@b",
		    "see https://example.com/a@b" },
		{ "{\"api_key\":\"abc\",\"n\":1}",
		    "{\"api_key\":\"***\",\"n\":1}" },
		{ "msg=\"{\\\"hfToken\\\": \\\"abc\\\"}\"",
		    "msg=\"{\\\"hfToken\\\": \\\"***\\\"}\"" },
		{ "password=x y", "password=*** y" },
		{ "token hf_abcdefghijkl is bad", "token *** is bad" },
		{ "(sk-abcdefghijkl)", "(***)" },
		{ "the key is gone", "the key is gone" },
		{ "n_tokens = 57, monkey=banana",
		    "n_tokens = 57, monkey=banana" },
		{ "bearer of news", "bearer of news" },
		{ "token=", "token=" },
		{ "Bearer ", "Bearer " },
		{ "//@", "//@" },
	};

	for (size_t i = 0; i < countof(rows); i++) {
		struct buf out = { 0 };
		struct str line = str_of(rows[i].line);
		char *copy = tap_copy(line);

		redact_line((struct str){ copy, line.len }, &out);
		tap_is(buf_str(&out), rows[i].want, rows[i].line);
		buf_done(&out);
		free(copy);
	}
}

int
main(void)
{
	tap_limit(20);
	who_listens();
	how_it_came();
	how_fast_it_was();
	what_is_an_error();
	what_a_log_tells();
	what_is_long();
	what_is_secret();
	return tap_done();
}
