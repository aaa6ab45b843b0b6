/* filter_test - jq filters print, judge, fail in one line, and touch nothing. */
#include <signal.h>
#include <sys/time.h>
#include <sys/stat.h>
#include <unistd.h>

#include "filter.h"
#include "tap.h"

static char home[64];

/* All tests run in a folder of their own, which is the home folder, too. */
static int
make_home(void)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(home, sizeof home, "%s/dmr-test-XXXXXX",
	    tmp && strlen(tmp) < 40 ? tmp : "/tmp");
	return mkdtemp(home) && !chdir(home) && !setenv("HOME", "/", 1) &&
		!setenv("DMR_TEST", "seen", 1)
	    ? 0
	    : -1;
}

/* "STATUS MESSAGE" in place of an output. */
static void
log_error(struct buf *log, const struct err *e)
{
	buf_clear(log);
	buf_add_format(log, "%d %s", (int)e->status, e->text);
}

/* Run a filter over a text out of memory of its own. */
static void
print(const char *program, struct str json, struct buf *log)
{
	char *copy = tap_copy(json);
	struct err e = ERR_NONE;
	struct filter *f = filter_open(program, "--jq", &e);

	buf_clear(log);
	if (!f || filter_print(f, (struct str){ copy, json.len }, log, &e))
		log_error(log, &e);
	filter_close(f);
	free(copy);
}

/* --- what comes out --- */

#define STR_INIT(literal) \
	{ \
		(literal), sizeof(literal) - 1 \
	}

static const struct {
	const char *name, *program;
	struct str in, want;
} prints[] = {
	{ "a value is printed as compact JSON", ".",
	    STR_INIT(" {\"a\": [1, true, null, \"x\"]}\n"),
	    STR_INIT("{\"a\":[1,true,null,\"x\"]}\n") },
	{ "the order of members stays", ".", STR_INIT("{\"b\":1,\"a\":2}"),
	    STR_INIT("{\"b\":1,\"a\":2}\n") },
	{ "a string is printed as it is", ".a",
	    STR_INIT("{\"a\":\"x\\n\\\"y\\\"\\u00e4\"}"),
	    STR_INIT("x\n\"y\"\xc3\xa4\n") },
	{ "a NUL in a string is printed", ".", STR_INIT("\"a\\u0000b\""),
	    STR_INIT("a\0b\n") },
	{ "an empty string is an empty line", ".", STR_INIT("\"\""),
	    STR_INIT("\n") },
	{ "a string in a value stays quoted", ".", STR_INIT("[\"a\\nb\"]"),
	    STR_INIT("[\"a\\nb\"]\n") },
	{ "each output is a line", ".[]", STR_INIT("[1,\"b\",[3]]"),
	    STR_INIT("1\nb\n[3]\n") },
	{ "no output is nothing", "empty", STR_INIT("1"), STR_INIT("") },
	{ "false and null are outputs", ".[]", STR_INIT("[false,null]"),
	    STR_INIT("false\nnull\n") },
	{ "whole numbers up to 2^53 keep their digits", ".[]",
	    STR_INIT("[9007199254740992,-9007199254740991,0.1]"),
	    STR_INIT("9007199254740992\n-9007199254740991\n0.1\n") },
	{ "what is no number is null", "nan", STR_INIT("1"),
	    STR_INIT("null\n") },
	{ "halt ends without an error", "1, halt, 2", STR_INIT("0"),
	    STR_INIT("1\n") },
	{ "an error that is caught is none", "try error(\"x\") catch .",
	    STR_INIT("0"), STR_INIT("x\n") },
	{ "debug and stderr pass their input on", "debug | stderr | . + 1",
	    STR_INIT("1"), STR_INIT("2\n") },
	{ "stderr may be defined anew", "def stderr: 5; stderr", STR_INIT("1"),
	    STR_INIT("5\n") },
	{ "words of the language may stand in a string",
	    "\"import include stderr\"", STR_INIT("1"),
	    STR_INIT("import include stderr\n") },
	{ "inputs has none", "[inputs]", STR_INIT("1"), STR_INIT("[]\n") },
	{ "env and $ENV hold the environment", "env.DMR_TEST, $ENV.DMR_TEST",
	    STR_INIT("1"), STR_INIT("seen\nseen\n") },
	{ "$__loc__ counts from the program's own line 1",
	    "# stderr\n$__loc__.line", STR_INIT("1"), STR_INIT("2\n") },
	{ "there is no input file", "input_filename", STR_INIT("1"),
	    STR_INIT("null\n") },
	{ "the library path is empty", "get_search_list", STR_INIT("1"),
	    STR_INIT("[]\n") },
	{ "a text 128 deep passes", "flatten | length",
	    STR_INIT("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
		     "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
		     "[[[[[[[[[[[[[[[[[[[[[[[[[[7]]]]]]]]]]]]]]]]]]]]]]]]]"
		     "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
		     "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"),
	    STR_INIT("1\n") },
};

static void
test_prints(void)
{
	struct buf log = { 0 };

	for (size_t i = 0; i < countof(prints); i++) {
		print(prints[i].program, prints[i].in, &log);
		tap_same(buf_str(&log), prints[i].want, prints[i].name);
	}
	buf_done(&log);
}

/* --- what is an error --- */

static const struct {
	const char *name, *program, *in, *want;
} errors[] = {
	{ "an error is jq's message", ".[0] + 1", "[\"x\"]",
	    "5 --jq: string (\"x\") and number (1) cannot be added" },
	{ "an error behind an output is one", "1, error(\"no\")", "0",
	    "5 --jq: no" },
	{ "an error is one line, and printable",
	    "error(\"a\\nb\\tc\\r\\nd\\u001b[31m\")", "0",
	    "5 --jq: a b c d\\x1b[31m" },
	{ "an error may be a value", "error({a:[1]})", "0",
	    "5 --jq: {\"a\":[1]}" },
	{ "halt_error is an error", "1, (\"no\\n\" | halt_error)", "0",
	    "5 --jq: no " },
	{ "halt_error with status 0 is one, too", "{a:1} | halt_error(0)", "0",
	    "5 --jq: {\"a\":1}" },
	{ "there is no input", "input", "0", "5 --jq: No more inputs" },
	{ "there is no module", "\"a\" | modulemeta", "0",
	    "5 --jq: module not found: a" },
	{ "text that only jq takes is refused: nan", ".", "nan",
	    "5 --jq: the answer is not JSON" },
	{ "text that only jq takes is refused: two values", ".", "1 2",
	    "5 --jq: the answer is not JSON" },
	{ "no text is not JSON", ".", "", "5 --jq: the answer is not JSON" },
	{ "prose is not JSON", ".", "Sure! {\"a\":1}",
	    "5 --jq: the answer is not JSON" },
	{ "text that is too deep for jq is refused",
	    "reduce range(129) as $i (0; [.])", "0",
	    "5 --jq: an output is nested deeper than 128" },
	{ "and so is what jq does not print",
	    "reduce range(20000) as $i (0; [.])", "0",
	    "5 --jq: an output is nested deeper than 128" },
};

static void
test_errors(void)
{
	struct buf log = { 0 };

	for (size_t i = 0; i < countof(errors); i++) {
		print(errors[i].program, str_of(errors[i].in), &log);
		tap_is(buf_str(&log), errors[i].want, errors[i].name);
	}
	buf_done(&log);
}

/* Half of a surrogate pair is JSON; libjq 1.6 refuses it, 1.7 mends it. */
static void
test_half(void)
{
	struct buf log = { 0 };

	print(".", STR("\"\\ud83d\""), &log);
	tap_ok(str_is(buf_str(&log), "\xef\xbf\xbd\n") ||
		(str_starts(buf_str(&log), "5 --jq: Invalid \\uXXXX") &&
		    !strchr(log.data, '\n') && !strstr(log.data, "d83d")),
	    "text that jq refuses is not quoted: '%s'", log.data);
	buf_done(&log);
}

static void
test_long_message(void)
{
	static const char program[] = "error(\"x\" + \"\xc3\xa4\" * 5000)";
	struct buf log = { 0 };

	print(program, STR("0"), &log);
	tap_ok(str_starts(buf_str(&log), "5 --jq: x\xc3\xa4") &&
		log.len < 700 && str_ends(buf_str(&log), "\xc3\xa4"),
	    "a long message is cut between two characters");
	buf_done(&log);
}

/* --- what does not compile --- */

/* Words of jq differ from version to version; `want` stands in all. */
static const struct {
	const char *program, *want;
} broken[] = {
	{ ".[", "2 --jq: syntax error, unexpected" },
	{ "}", "2 --jq: syntax error, unexpected" },
	{ "{a:}", "2 --jq: syntax error, unexpected" },
	{ ". |\n  foo(1) |\n  .", "2 --jq: foo/1 is not defined at" },
	{ "$x", "2 --jq: $x is not defined at" },
	{ "$__prog_args", "2 --jq: $__prog_args is not defined at" },
	{ "foo\n\n| bar", "2 --jq: " },
	{ "stderr | foo", "2 --jq: foo/0 is not defined at" },
	{ "break", "2 --jq: syntax error, unexpected" },
	{ "\x1b[31m", "2 --jq: syntax error, unexpected" },
};

static void
test_broken(void)
{
	struct buf log = { 0 };

	for (size_t i = 0; i < countof(broken); i++) {
		print(broken[i].program, STR("1"), &log);
		tap_ok(str_starts(buf_str(&log), broken[i].want) &&
			!strpbrk(log.data, "\n\x1b") &&
			!strstr(log.data, "jq: error") &&
			!strstr(log.data, "compile error") &&
			!strstr(log.data, "def stderr") &&
			!str_ends(buf_str(&log), ":"),
		    "jq's message about a program is one line: '%s'", log.data);
	}
	buf_done(&log);
}

/* --- no file is read --- */

static int
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	bool fine = f && fputs(text, f) != EOF;

	return f && !fclose(f) && fine ? 0 : -1;
}

static void
test_import(void)
{
	static const char *const programs[] = {
		"import \"a\" as a; a::f",
		"include \"a\"; f",
		"import \"a\" as a {search: \"./\"}; a::f",
		"import \"a\" as a {search: \"%s\"}; a::f",
		"include \"a\" {search: \"%s\"}; f",
		"import \"d\" as $d; $d",
		"import \"d\" as $d {search: \"%s\"}; $d",
		"module {}; import \"a\" as a; a::f",
		"# a comment\nimport \"a\" as a; a::f",
	};
	struct buf log = { 0 };

	tap_ok(
	    !write_file("a.jq", "def f: 7;\n") && !write_file("d.json", "7\n"),
	    "there are libraries in the current folder");
	for (size_t i = 0; i < countof(programs); i++) {
		struct str rest = str_of(programs[i]);
		struct buf program = { 0 };
		size_t at = str_find(rest, STR("%s"));

		buf_add(&program, (struct str){ rest.data, at });
		if (at < rest.len) {
			buf_add_text(&program, home);
			buf_add(&program, str_skip(rest, at + 2));
		}
		print(program.data, STR("1"), &log);
		tap_ok(str_starts(buf_str(&log), "2 --jq: syntax error"),
		    "no library is read (%zu): '%s'", i, log.data);
		buf_done(&program);
	}
	buf_done(&log);
	unlink("a.jq");
	unlink("d.json");
}

/* --- does it hold? --- */

static const struct {
	const char *program, *in;
	int want; /* 1, 0; -1: ST_UNUSABLE */
} judged[] = {
	{ ".", "true", 1 },
	{ ".", "false", 0 },
	{ ".", "null", 0 },
	{ ".", "0", 1 },
	{ ".", "\"\"", 1 },
	{ ".", "[]", 1 },
	{ ".", "{}", 1 },
	{ "empty", "true", 0 },
	{ ".[]", "[false,true]", 1 },
	{ ".[]", "[true,false]", 0 },
	{ ".[]", "[true,null]", 0 },
	{ "true, halt, false", "0", 1 },
	{ "halt", "true", 0 },
	{ ".a > 1", "{\"a\":2}", 1 },
	{ ".a", "5", -1 },
	{ "true, error(\"x\")", "0", -1 },
	{ "\"x\" | halt_error", "0", -1 },
	{ ".", "no JSON", -1 },
	{ "reduce range(500) as $i (0; [.])", "0", 1 },
};

static void
test_holds(void)
{
	for (size_t i = 0; i < countof(judged); i++) {
		struct err e = ERR_NONE;
		struct filter *f = filter_open(
		    judged[i].program, "--assert", &e);
		bool holds = judged[i].want != 1;
		int got = -1;

		if (f)
			got = filter_holds(f, str_of(judged[i].in), &holds, &e);
		tap_ok(f &&
			(judged[i].want < 0
				? got == -1 && e.status == ST_UNUSABLE &&
				    str_starts(str_of(e.text), "--assert: ")
				: !got && holds == judged[i].want),
		    "'%s' over '%s' is %s", judged[i].program, judged[i].in,
		    judged[i].want < 0 ? "an error"
				       : (judged[i].want ? "true" : "false"));
		filter_close(f);
	}
}

/* --- limits --- */

static void
test_endless(void)
{
	struct buf out = { .max = 1000 };
	struct err e = ERR_NONE;
	struct filter *f = filter_open("repeat(1)", "--jq", &e);
	bool holds;

	tap_ok(f && filter_print(f, STR("0"), &out, &e) == -1 &&
		e.status == ST_UNUSABLE &&
		!strcmp(e.text, "--jq: the output is larger than 1000 bytes"),
	    "output that has no end is ended by the ceiling of out");
	tap_ok(f && filter_holds(f, STR("0"), &holds, &e) == -1 &&
		e.status == ST_UNUSABLE &&
		!strcmp(e.text, "--jq: more than 1048576 outputs"),
	    "and by the number of outputs where nothing is kept");
	filter_close(f);
	buf_done(&out);
}

static struct filter *volatile timed;

static void
on_late(int number)
{
	(void)number;
	filter_stop(timed);
}

/* However it goes on without end; then it does its work again. */
static void
test_limit(void)
{
	static const char *const programs[] = {
		"if . == 0 then [range(1e12)] else true end",
		"if . == 0 then def f: f; f else true end",
		"if . == 0 then repeat(empty) else true end",
		"if . == 0 then (halt, [range(1e12)]) else true end",
	};

	struct sigaction late = { .sa_handler = on_late };
	struct itimerval timer = { .it_value.tv_usec = 20000 };

	for (size_t i = 0; i < countof(programs); i++) {
		struct err e = ERR_NONE;
		struct filter *f = filter_open(programs[i], "--jq", &e);
		bool is_halt = strstr(programs[i], "halt"), holds = false;

		timed = f;
		sigaction(SIGVTALRM, &late, NULL);
		for (int round = 0; round < 3; round++) {
			int got;

			setitimer(ITIMER_VIRTUAL, &timer, NULL);
			got = filter_holds(f, STR("0"), &holds, &e);
			tap_case(is_halt ? got == 0
					 : got == -1 && e.status == ST_TIMEOUT,
			    "%s: %d %s", programs[i], got, e.text);
			tap_case(
			    !filter_holds(f, STR("1"), &holds, &e) && holds,
			    "%s: it works again", programs[i]);
		}
		setitimer(ITIMER_VIRTUAL, &(struct itimerval){ 0 }, NULL);
		filter_close(f);
	}
	tap_all("a filter without end can be stopped");
}

static void
test_many(void)
{
	struct err e = ERR_NONE;
	struct filter *f = filter_open("range(.)", "--jq", &e);
	bool holds;

	for (int i = 0; f && i < 2; i++)
		tap_int(filter_holds(f, STR("1048576"), &holds, &e), 0,
		    i ? "and again, in another run" : "2^20 outputs are fine");
	tap_int(f ? filter_holds(f, STR("1048577"), &holds, &e) : 0, -1,
	    "one more is not");
	filter_close(f);
}

static void
test_ceiling(void)
{
	/* An int has no room for them; of the last one it would make 1. */
	const size_t lengths[] = { (size_t)BUF_MAX + 1, INT32_MAX,
		(size_t)INT32_MAX + 1,
		(size_t)(SIZE_MAX > UINT32_MAX ? (UINT64_C(1) << 32) + 1
					       : SIZE_MAX) };
	struct err e = ERR_NONE;
	struct filter *f = filter_open(".", "--jq", &e);

	for (int i = 0; f && i < 2; i++) {
		struct buf out = { .max = i ? 5 : 6 };
		struct str in = i ? STR("[1,2]") : STR("\"12345\"");

		tap_int(filter_print(f, in, &out, &e), i ? -1 : 0,
		    i ? "a newline too many does not fit"
		      : "what fills out to its ceiling fits");
		buf_done(&out);
	}
	for (size_t i = 0; f && i < countof(lengths); i++)
		tap_ok(filter_print(f, (struct str){ home, lengths[i] },
			   &(struct buf){ 0 }, &e) == -1 &&
			!strcmp(
			    e.text, "--jq: the answer is larger than 64 MiB"),
		    "J15: a text of %zu bytes is not even looked at",
		    lengths[i]);
	filter_close(f);
}

/* --- one filter, many texts --- */

static void
test_again(void)
{
	static const struct {
		const char *in, *want;
	} runs[] = {
		{ "[1]", "2\n" },
		{ "[\"x\"]",
		    "5 --jq: string (\"x\") and number (1) cannot "
		    "be added" },
		{ "[2,3]", "3\n4\n" },
		{ "no JSON", "5 --jq: the answer is not JSON" },
		{ "[4]", "5\n" },
		{ "[8,9]", "9\n" },
		{ "[7]", "5 --jq: seven" },
		{ "[]", "" },
		{ "[5]", "6\n" },
	};
	struct err e = ERR_NONE;
	struct filter *f = filter_open(".[] | if . == 7 then \"seven\" | "
				       "halt_error elif . == 9 then halt else "
				       ". + 1 end",
	    "--jq", &e);
	struct buf out = { 0 };

	for (size_t i = 0; f && i < countof(runs); i++) {
		buf_clear(&out);
		if (filter_print(f, str_of(runs[i].in), &out, &e))
			log_error(&out, &e);
		if (!tap_case(
			str_is(buf_str(&out), runs[i].want), "run %zu", i))
			tap_show("got", buf_str(&out));
	}
	tap_all("a filter runs again after outputs, errors and halts");
	filter_close(f);
	buf_done(&out);
}

static void
test_append(void)
{
	struct err e = ERR_NONE;
	struct filter *f = filter_open(".", "--jq", &e);
	struct buf out = { 0 };

	buf_add_text(&out, "before ");
	tap_ok(f && !filter_print(f, STR("1"), &out, &e) &&
		str_is(buf_str(&out), "before 1\n"),
	    "what is in out stays");
	filter_close(f);
	filter_close(NULL);
	buf_done(&out);
}

/* --- standard error --- */

/* Run all of them with standard error in a file; is it empty then? */
static void
test_all_quietly(void)
{
	int saved = dup(2);
	struct stat st;
	FILE *f = freopen("stderr", "w", stderr);

	test_prints();
	test_errors();
	test_half();
	test_long_message();
	test_broken();
	test_import();
	test_holds();
	test_endless();
	test_limit();
	test_many();
	test_ceiling();
	test_again();
	test_append();
	tap_ok(f && !fflush(stderr) && !stat("stderr", &st) && !st.st_size,
	    "nothing was written on standard error");
	dup2(saved, 2);
	close(saved);
	unlink("stderr");
}

int
main(void)
{
	if (make_home()) {
		printf("Bail out! no folder for the tests\n");
		return 1;
	}
	test_all_quietly();
	if (chdir("/") || rmdir(home))
		tap_ok(false, "the folder of the tests is empty");
	return tap_done();
}
