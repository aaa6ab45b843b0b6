/* opt_test - every kind of option, its bounds, and which source wins. */
#include <math.h>

#include "opt.h"
#include "tap.h"

/* --- a table with all there is --- */

static bool flag, no_thing, hidden;
static int count;
static int64_t integer, wait_ms;
static double real;
static const char *text, *model, *section;
static struct opt_list list;

static const struct opt first_table[] = {
	{ OPT_FLAG, 'f', "flag", NULL, "a flag", .to.flag = &flag,
	    .flags = OPT_CONFIG, .env = "T_FLAG" },
	{ OPT_FLAG, 'n', "no-thing", NULL, "undone by --thing",
	    .to.flag = &no_thing },
	{ OPT_COUNT, 'v', "count", NULL, "how often", .to.count = &count },
	{ OPT_INT, 'i', "integer", "N", "a whole number",
	    .to.integer = &integer, .min = -5, .max = 1e9,
	    .flags = OPT_CONFIG | OPT_TEMPLATE, .env = "T_INTEGER" },
	{ .kind = OPT_END },
};

static const struct opt no_table[] = { { .kind = OPT_END } };

static const struct opt second_table[] = {
	{ OPT_REAL, 'r', "real", "X", "a number", .to.real = &real, .min = -1,
	    .max = 2.5, .flags = OPT_TEMPLATE },
	{ OPT_TIME, 0, "time", "TIME", "a time", .to.integer = &wait_ms },
	{ OPT_TEXT, 't', "text", "TEXT", "a text", .to.text = &text,
	    .flags = OPT_CONFIG | OPT_PER_TOOL | OPT_TEMPLATE,
	    .env = "T_TEXT" },
	{ OPT_TEXT, 'm', "model", "NAME", "a model", .to.text = &model,
	    .flags = OPT_CONFIG | OPT_PER_TOOL | OPT_TEMPLATE | OPT_MODEL,
	    .env = "T_MODEL" },
	{ OPT_LIST, 'l', "list", "ITEM", "many texts", .to.list = &list,
	    .flags = OPT_CONFIG | OPT_TEMPLATE, .env = "T_LIST" },
	{ OPT_FLAG, 'h', "hidden", NULL, "no option", .to.flag = &hidden,
	    .flags = OPT_NOT_ARGV | OPT_CONFIG, .env = "T_HIDDEN" },
	{ OPT_TEXT, 0, "section", "TEXT", "only in a section",
	    .to.text = &section, .flags = OPT_PER_TOOL },
	{ .kind = OPT_END },
};

static struct opts
fresh(void)
{
	flag = no_thing = hidden = false;
	count = 0;
	integer = wait_ms = -99;
	real = NAN;
	text = model = section = NULL;
	list.n = 0;
	return (
	    struct opts){ .tables = { first_table, no_table, second_table } };
}

enum { ARGS_MAX = 12 };

/* Parse a line whose words are divided by one space; "_" is an empty one. */
static int
parse(struct opts *o, const char *line, struct err *e)
{
	static char copy[256];
	static char *argv[ARGS_MAX + 1];
	char *rest = copy;
	int argc = 1, got;

	snprintf(copy, sizeof copy, "%s", line);
	argv[0] = copy + strlen(copy);
	while (rest && *rest && argc < ARGS_MAX) {
		argv[argc] = rest;
		rest = strchr(rest, ' ');
		if (rest)
			*rest++ = 0;
		if (!strcmp(argv[argc], "_"))
			argv[argc][0] = 0;
		argc++;
	}
	argv[argc] = NULL;
	got = opts_parse(o, argc, argv, e);
	return got;
}

static void
done(struct opts *o)
{
	free(o->operands);
	o->operands = NULL;
}

/* All that was set, in words. */
static const char *
state(const struct opts *o)
{
	static char out[512];
	struct buf b = { 0 };

	buf_add_text(&b, flag ? "flag " : "");
	buf_add_text(&b, no_thing ? "no-thing " : "");
	if (count)
		buf_add_format(&b, "count=%d ", count);
	if (integer != -99)
		buf_add_format(&b, "integer=%d ", (int)integer);
	if (wait_ms != -99)
		buf_add_format(&b, "time=%d ", (int)wait_ms);
	if (!isnan(real))
		buf_add_format(&b, "real=%g ", real);
	if (text)
		buf_add_format(&b, "text=%s ", text);
	if (model)
		buf_add_format(&b, "model=%s ", model);
	for (size_t i = 0; i < list.n; i++)
		buf_add_format(&b, "list=%s ", list.items[i]);
	buf_add_text(&b, "|");
	for (size_t i = 0; i < o->noperands; i++)
		buf_add_format(&b, " %s", o->operands[i]);
	snprintf(out, sizeof out, "%s", b.data);
	buf_done(&b);
	return out;
}

/* --- the command line --- */

static const struct {
	const char *line, *want;
} lines[] = {
	{ "", "|" },
	{ "a b", "| a b" },
	{ "-", "| -" },
	{ "- -f -", "flag | - -" },
	{ "_", "| " },
	{ "-f", "flag |" },
	{ "--flag", "flag |" },
	{ "-f --no-flag", "|" },
	{ "--no-flag -f", "flag |" },
	{ "-n", "no-thing |" },
	{ "--no-thing", "no-thing |" },
	{ "--no-thing --thing", "|" },
	{ "--no-thing --no-no-thing", "|" },
	{ "-vvv --count", "count=4 |" },
	{ "-fnv a", "flag no-thing count=1 | a" },
	{ "-i5", "integer=5 |" },
	{ "-i 5", "integer=5 |" },
	{ "-i -5", "integer=-5 |" },
	{ "--integer=5", "integer=5 |" },
	{ "--integer 5", "integer=5 |" },
	{ "-fi5", "flag integer=5 |" },
	{ "-fi 5 a", "flag integer=5 | a" },
	{ "-i1 -i2 --integer=3", "integer=3 |" },
	{ "-t=x", "text==x |" },
	{ "-tf", "text=f |" },
	{ "-t -f", "text=-f |" },
	{ "-t --", "text=-- |" },
	{ "--text=--flag", "text=--flag |" },
	{ "--text --flag", "text=--flag |" },
	{ "--text=a=b", "text=a=b |" },
	{ "-la -l b --list=c", "list=a list=b list=c |" },
	{ "a -f b", "flag | a b" },
	{ "-- -f", "| -f" },
	{ "-f -- -f -- a", "flag | -f -- a" },
	{ "a -- -f", "| a -f" },
	{ "--time=1 -r0.5", "time=1000 real=0.5 |" },
};

static const struct {
	const char *line, *want;
} bad_lines[] = {
	{ "-x", "no option '-x'; see --help" },
	{ "-fx", "no option '-x'; see --help" },
	{ "-h", "no option '-h'; see --help" },
	{ "--hidden", "no option '--hidden'; see --help" },
	{ "--no-hidden", "no option '--no-hidden'; see --help" },
	{ "--nope", "no option '--nope'; see --help" },
	{ "--nope=1", "no option '--nope'; see --help" },
	{ "--fla", "no option '--fla'; see --help" },
	{ "--Flag", "no option '--Flag'; see --help" },
	{ "--no-fla", "no option '--no-fla'; see --help" },
	{ "--no-text", "no option '--no-text'; see --help" },
	{ "--no-count", "no option '--no-count'; see --help" },
	{ "--no-flag=1", "no option '--no-flag'; see --help" },
	{ "--no-", "no option '--no-'; see --help" },
	{ "--=x", "no option '--'; see --help" },
	{ "---", "no option '---'; see --help" },
	{ "-f-", "no option '--'; see --help" },
	{ "--flag=yes", "--flag takes no value" },
	{ "--flag=", "--flag takes no value" },
	{ "--count=2", "--count takes no value" },
	{ "--text", "--text needs TEXT" },
	{ "-t", "-t needs TEXT" },
	{ "-fi", "-i needs N" },
	{ "--text=", "--text needs TEXT, not an empty text" },
	{ "-t _", "--text needs TEXT, not an empty text" },
	{ "--list=", "--list needs ITEM, not an empty text" },
};

static void
test_lines(void)
{
	for (size_t i = 0; i < countof(lines); i++) {
		struct opts o = fresh();
		struct err e = ERR_NONE;

		parse(&o, lines[i].line, &e);
		tap_ok(!e.status && !strcmp(state(&o), lines[i].want),
		    "'%s' is read", lines[i].line);
		if (e.status || strcmp(state(&o), lines[i].want) != 0)
			tap_note("got: %s %s", state(&o), e.text);
		done(&o);
	}
	for (size_t i = 0; i < countof(bad_lines); i++) {
		struct opts o = fresh();
		struct err e = ERR_NONE;
		int got = parse(&o, bad_lines[i].line, &e);

		tap_ok(got == -1 && e.status == ST_USAGE &&
			!strcmp(e.text, bad_lines[i].want),
		    "'%s' is refused", bad_lines[i].line);
		if (strcmp(e.text, bad_lines[i].want) != 0)
			tap_note("got: %s", e.text);
		done(&o);
	}
}

static void
test_posix(void)
{
	static const struct {
		const char *line, *want;
	} posix[] = {
		{ "-f a -v", "flag | a -v" },
		{ "-f -- a -v", "flag | a -v" },
		{ "- -f", "| - -f" },
		{ "a -- b", "| a -- b" },
		{ "-t a -f b", "flag text=a | b" },
	};

	for (size_t i = 0; i < countof(posix); i++) {
		struct opts o = fresh();
		struct err e = ERR_NONE;

		o.posix = true;
		parse(&o, posix[i].line, &e);
		tap_is(str_of(state(&o)), posix[i].want,
		    "POSIX: the first operand ends the options");
		done(&o);
	}
}

static void
test_no_arguments(void)
{
	struct opts o = fresh();
	struct err e = ERR_NONE;
	char *none[] = { NULL };

	tap_ok(
	    !opts_parse(&o, 0, none, &e) && o.noperands == 0, "argc may be 0");
	done(&o);
}

/* --- values --- */

enum { BAD = -1000 }; /* no such value */

static const struct {
	const char *text;
	int64_t want;
} integers[] = {
	{ "0", 0 },
	{ "-0", 0 },
	{ "007", 7 },
	{ "-5", -5 },
	{ "1000000000", 1000000000 },
	{ "-6", BAD },
	{ "1000000001", BAD },
	{ "2147483648", BAD },
	{ "4294967296", BAD },
	{ "9223372036854775807", BAD },
	{ "9223372036854775808", BAD },
	{ "-9223372036854775808", BAD },
	{ "18446744073709551617", BAD },
	{ "100000000000000000000000000000000000000", BAD },
	{ "", BAD },
	{ "-", BAD },
	{ "--1", BAD },
	{ "+1", BAD },
	{ " 1", BAD },
	{ "1 ", BAD },
	{ "\t1", BAD },
	{ "1\n", BAD },
	{ "1e3", BAD },
	{ "0x10", BAD },
	{ "0b1", BAD },
	{ "0o7", BAD },
	{ "1.5", BAD },
	{ "1.0", BAD },
	{ "1.", BAD },
	{ "NaN", BAD },
	{ "nan", BAD },
	{ "inf", BAD },
	{ "1k", BAD },
	{ "1_000", BAD },
	{ "1,000", BAD },
	{ "1'000", BAD },
	{ "\xd9\xa3", BAD },
	{ "\xef\xbc\x91", BAD },
};

static const struct {
	const char *text;
	double want;
} reals[] = {
	{ "0", 0 },
	{ "-0", 0 },
	{ "-1", -1 },
	{ "-0.999", -0.999 },
	{ "2.5", 2.5 },
	{ "2.50", 2.5 },
	{ "002.5", 2.5 },
	{ ".5", 0.5 },
	{ "-.5", -0.5 },
	{ "1.", 1 },
	{ "0.1", 0.1 },
	{ "0.7", 0.7 },
	{ "2.500001", BAD },
	{ "-1.000001", BAD },
	{ "2147483648", BAD },
	{ "", BAD },
	{ ".", BAD },
	{ "-", BAD },
	{ "-.", BAD },
	{ "+1", BAD },
	{ " 1", BAD },
	{ "1 ", BAD },
	{ "1.2.3", BAD },
	{ "1..2", BAD },
	{ "1e0", BAD },
	{ "1e-1", BAD },
	{ "0x1", BAD },
	{ "nan", BAD },
	{ "NaN", BAD },
	{ "inf", BAD },
	{ "-inf", BAD },
	{ "Infinity", BAD },
	{ "0,5", BAD },
	{ "1k", BAD },
	{ "50%", BAD },
	{ "1\n", BAD },
};

static const struct {
	const char *text;
	int64_t want;
} times[] = {
	{ "0", 0 },
	{ "0ms", 0 },
	{ "0.0h", 0 },
	{ "-0", 0 },
	{ "1", 1000 },
	{ "30", 30000 },
	{ "1.5", 1500 },
	{ ".25", 250 },
	{ "1.", 1000 },
	{ "90s", 90000 },
	{ "1.5s", 1500 },
	{ "250ms", 250 },
	{ "0.5ms", 1 },
	{ "0.0001", 1 },
	{ "10m", 600000 },
	{ "0.5m", 30000 },
	{ "2h", 7200000 },
	{ "1000h", INT64_C(3600000000) },
	{ "60000m", INT64_C(3600000000) },
	{ "3600000", INT64_C(3600000000) },
	{ "3600000000ms", INT64_C(3600000000) },
	{ "0.29", 290 },
	{ "1.001s", 1001 },
	{ "4.35", 4350 },
	{ "1000.1h", BAD },
	{ "3600000001ms", BAD },
	{ "3600001", BAD },
	{ "9223372036854775807", BAD },
	{ "9223372036854775808ms", BAD },
	{ "-1", BAD },
	{ "-1ms", BAD },
	{ "", BAD },
	{ ".", BAD },
	{ "s", BAD },
	{ "ms", BAD },
	{ "h", BAD },
	{ "1 s", BAD },
	{ " 1", BAD },
	{ "1s ", BAD },
	{ "1S", BAD },
	{ "1H", BAD },
	{ "1sm", BAD },
	{ "1ss", BAD },
	{ "1mss", BAD },
	{ "1m30s", BAD },
	{ "1d", BAD },
	{ "1us", BAD },
	{ "1min", BAD },
	{ "1:30", BAD },
	{ "1e3", BAD },
	{ "0x10", BAD },
	{ "1,5", BAD },
	{ "inf", BAD },
	{ "nan", BAD },
};

static const struct {
	const char *text;
	int want;
} flags[] = {
	{ "yes", 1 },
	{ "1", 1 },
	{ "true", 1 },
	{ "on", 1 },
	{ "no", 0 },
	{ "0", 0 },
	{ "false", 0 },
	{ "off", 0 },
	{ "", BAD },
	{ "y", BAD },
	{ "Yes", BAD },
	{ "2", BAD },
	{ "yes ", BAD },
	{ "maybe", BAD },
};

/* Set one value as the command line does; is it `good`, as it should be? */
static bool
set_value(const char *name, const char *value, bool good)
{
	struct opts o = fresh();
	struct err e = ERR_NONE;
	int got = opts_set(&o, name, value, OPT_FROM_ARGV, &e);
	char want[128];

	if (good)
		return tap_case(!got, "'%s' is refused: %s", value, e.text);
	snprintf(want, sizeof want, "--%s: '%s' is not ", name, value);
	return tap_case(got == -1 && e.status == ST_USAGE &&
		str_starts(str_of(e.text), want),
	    "'%s' is taken, or refused in other words: %s", value, e.text);
}

static void
test_values(void)
{
	for (size_t i = 0; i < countof(integers); i++) {
		set_value("integer", integers[i].text, integers[i].want != BAD);
		if (integers[i].want != BAD)
			tap_case(integer == integers[i].want, "'%s' is %d",
			    integers[i].text, (int)integer);
	}
	tap_all("C2: whole numbers");
	for (size_t i = 0; i < countof(reals); i++) {
		set_value("real", reals[i].text, reals[i].want != (double)BAD);
		if (reals[i].want != (double)BAD)
			tap_case(real == reals[i].want, "'%s' is %.17g",
			    reals[i].text, real);
	}
	tap_all("C2: real numbers");
	for (size_t i = 0; i < countof(times); i++) {
		set_value("time", times[i].text, times[i].want != BAD);
		if (times[i].want != BAD)
			tap_case(wait_ms == times[i].want, "'%s' is %lld ms",
			    times[i].text, (long long)wait_ms);
	}
	tap_all("C20: times");
	for (size_t i = 0; i < countof(flags); i++) {
		set_value("flag", flags[i].text, flags[i].want != BAD);
		if (flags[i].want != BAD)
			tap_case(flag == (flags[i].want == 1), "'%s' is %d",
			    flags[i].text, flag);
	}
	tap_all("flags in words");
}

/* Digits without end are a number within the bounds, or refused. */
static void
test_many_digits(void)
{
	char many[2000];
	struct err e = ERR_NONE;
	struct opts o = fresh();

	for (size_t n = 1; n < sizeof many - 8; n += 7) {
		static const char *const heads[] = { "", "0.", "-0.", "1." };

		for (size_t i = 0; i < countof(heads); i++) {
			snprintf(many, sizeof many, "%s", heads[i]);
			memset(many + strlen(heads[i]), '1', n);
			many[strlen(heads[i]) + n] = 0;
			o = fresh();
			tap_case(opts_set(&o, "real", many, OPT_FROM_ARGV,
				     &e) == -1 ||
				(real >= -1 && real <= 2.5),
			    "%s and %zu ones are %g", heads[i], n, real);
			tap_case(opts_set(&o, "time", many, OPT_FROM_ARGV,
				     &e) == -1 ||
				(wait_ms >= 0 && wait_ms <= 3600000000),
			    "%s and %zu ones are %lld ms", heads[i], n,
			    (long long)wait_ms);
			tap_case(opts_set(&o, "integer", many, OPT_FROM_ARGV,
				     &e) == -1 ||
				(integer > 0 && integer <= 1000000000),
			    "%s and %zu ones are %lld", heads[i], n,
			    (long long)integer);
		}
	}
	tap_all("C2, C20: digits without end overflow nothing");
}

/* --- sources --- */

static const struct {
	enum opt_source from;
	const char *name;
} sources[] = {
	/* From weak to strong. */
	{ OPT_FROM_CONFIG, "config" },
	{ OPT_FROM_SECTION, "section" },
	{ OPT_FROM_ENV, "environment" },
	{ OPT_FROM_TEMPLATE, "template" },
	{ OPT_FROM_ARGV, "option" },
};

/* Rank of a source for this row, from weak to strong. */
static size_t
rank(size_t source, bool is_model)
{
	/* config section environment template option */
	static const size_t models[] = { 1, 2, 3, 0, 4 };

	return is_model ? models[source] : source;
}

/* Any set of sources in any order: the strongest counts. */
static void
check_order(const size_t *order, size_t n, const char *name, bool is_model,
    const char **to)
{
	struct opts o = fresh();
	struct err e = ERR_NONE;
	size_t best = order[0];

	for (size_t i = 0; i < n; i++) {
		const char *value = sources[order[i]].name;

		tap_case(!opts_set(&o, name, value, sources[order[i]].from, &e),
		    "%s may not set %s: %s", value, name, e.text);
		if (rank(order[i], is_model) > rank(best, is_model))
			best = order[i];
	}
	tap_case(*to && !strcmp(*to, sources[best].name),
	    "%s is %s's, not %s's", name, *to ? *to : "nobody",
	    sources[best].name);
	tap_case(opts_source(&o, name) ==
		(is_model && sources[best].from == OPT_FROM_TEMPLATE
			? OPT_FROM_TEMPLATE_MODEL
			: sources[best].from),
	    "%s is said to be from %d", name, (int)opts_source(&o, name));
}

static void
test_precedence(void)
{
	enum { N = countof(sources) };

	for (size_t index = 0; index < N * N * N * N * N; index++) {
		size_t order[N], rest = index;

		for (size_t i = 0; i < N; i++, rest /= N)
			order[i] = rest % N;
		for (size_t n = 1; n <= N; n++) {
			check_order(order, n, "text", false, &text);
			check_order(order, n, "model", true, &model);
		}
	}
	tap_all("C7: five sources in any order: the strongest counts");
}

static void
test_lists(void)
{
	struct opts o = fresh();
	struct err e = ERR_NONE;

	opts_set(&o, "list", "c1", OPT_FROM_CONFIG, &e);
	opts_set(&o, "list", "c2", OPT_FROM_CONFIG, &e);
	tap_is(str_of(state(&o)), "list=c1 list=c2 |",
	    "one source makes a list longer");
	opts_set(&o, "list", "t1", OPT_FROM_TEMPLATE, &e);
	opts_set(&o, "list", "c3", OPT_FROM_CONFIG, &e);
	opts_set(&o, "list", "t2", OPT_FROM_TEMPLATE, &e);
	tap_is(str_of(state(&o)), "list=t1 list=t2 |",
	    "a stronger source begins it anew, a weaker one adds nothing");
	parse(&o, "-la -lb", &e);
	tap_is(str_of(state(&o)), "list=a list=b |", "so does an option");
	done(&o);
}

static void
test_who_may(void)
{
	static const struct {
		const char *name;
		enum opt_source from;
		bool may;
	} cases[] = {
		{ "flag", OPT_FROM_CONFIG, true },
		{ "flag", OPT_FROM_SECTION, false },
		{ "flag", OPT_FROM_TEMPLATE, false },
		{ "integer", OPT_FROM_CONFIG, true },
		{ "integer", OPT_FROM_SECTION, false },
		{ "integer", OPT_FROM_TEMPLATE, true },
		{ "real", OPT_FROM_CONFIG, false },
		{ "real", OPT_FROM_TEMPLATE, true },
		{ "time", OPT_FROM_CONFIG, false },
		{ "time", OPT_FROM_TEMPLATE, false },
		{ "text", OPT_FROM_SECTION, true },
		{ "model", OPT_FROM_SECTION, true },
		{ "model", OPT_FROM_TEMPLATE, true },
		{ "hidden", OPT_FROM_CONFIG, true },
		{ "section", OPT_FROM_CONFIG, false },
		{ "section", OPT_FROM_SECTION, true },
		{ "nope", OPT_FROM_CONFIG, false },
		{ "nope", OPT_FROM_TEMPLATE, false },
		{ "", OPT_FROM_CONFIG, false },
		{ "Flag", OPT_FROM_CONFIG, false },
		{ "no-flag", OPT_FROM_CONFIG, false },
		{ "--flag", OPT_FROM_CONFIG, false },
	};

	for (size_t i = 0; i < countof(cases); i++) {
		struct opts o = fresh();
		struct err e = ERR_NONE;
		int got = opts_set(&o, cases[i].name, "1", cases[i].from, &e);
		char want[64];

		snprintf(want, sizeof want, "unknown key '%s'", cases[i].name);
		tap_case(cases[i].may ? !got
				      : got == -1 && e.status == ST_USAGE &&
			    !strcmp(e.text, want),
		    "'%s' from %d: %s", cases[i].name, (int)cases[i].from,
		    e.text);
	}
	tap_all("config, sections and templates set what they may alone");
}

static const char *environment[][2] = {
	{ "T_TEXT", "t" },
	{ "T_INTEGER", "7" },
	{ "T_HIDDEN", "yes" },
	{ "T_OTHER", "x" },
	{ "text", "x" },
	{ "TEXT", "x" },
};

static const char *
look_up(const char *name)
{
	for (size_t i = 0; i < countof(environment); i++)
		if (!strcmp(environment[i][0], name))
			return environment[i][1];
	return NULL;
}

static void
test_environment(void)
{
	struct opts o = fresh();
	struct err e = ERR_NONE;

	parse(&o, "-i1", &e);
	tap_ok(!opts_set_env(&o, look_up, &e), "the environment is read");
	tap_is(str_of(state(&o)), "integer=1 text=t |",
	    "it sets what it names, unless an option did");
	tap_ok(hidden, "also what is no option");
	tap_int(opts_source(&o, "text"), OPT_FROM_ENV, "who set it is known");
	tap_int(opts_source(&o, "real"), OPT_UNSET, "or that nobody did");
	tap_int(opts_source(&o, "nope"), OPT_UNSET, "also of what is none");
	done(&o);
	o = fresh();
	environment[1][1] = "x";
	tap_ok(opts_set_env(&o, look_up, &e) == -1 && e.status == ST_USAGE,
	    "a wrong value is an error");
	tap_is(str_of(e.text),
	    "T_INTEGER: --integer: 'x' is not a whole number from -5 to "
	    "1000000000",
	    "which names the variable");
	done(&o);
}

/* --- texts --- */

static void
test_texts(void)
{
	struct opts o = fresh();
	struct buf out = { 0 };

	opts_list(&o, &out);
	tap_is(buf_str(&out),
	    "f\t--flag\t-\ta flag\n"
	    "n\t--no-thing\t-\tundone by --thing\n"
	    "v\t--count\t-\thow often\n"
	    "i\t--integer\tN\ta whole number\n"
	    "r\t--real\tX\ta number\n"
	    "-\t--time\tTIME\ta time\n"
	    "t\t--text\tTEXT\ta text\n"
	    "m\t--model\tNAME\ta model\n"
	    "l\t--list\tITEM\tmany texts\n"
	    "-\t--section\tTEXT\tonly in a section\n",
	    "--options has a line for each option");
	buf_clear(&out);
	opts_help(&o, &out);
	tap_ok(
	    str_starts(buf_str(&out), "  -f, --flag                  a flag\n"),
	    "--help too, aligned");
	tap_ok(strstr(out.data, "\n      --time TIME             a time\n"),
	    "without a letter as well");
	tap_ok(!strstr(out.data, "hidden"), "what is no option is not there");
	buf_done(&out);
	tap_ok(opts_takes(&o, "hidden", OPT_FROM_ENV) &&
		opts_takes(&o, "flag", OPT_FROM_ARGV) &&
		!opts_takes(&o, "nope", OPT_FROM_ENV) &&
		!opts_takes(&o, "no-flag", OPT_FROM_ARGV),
	    "what there is can be asked");
}

int
main(void)
{
	test_lines();
	test_posix();
	test_no_arguments();
	test_values();
	test_many_digits();
	test_precedence();
	test_lists();
	test_who_may();
	test_environment();
	test_texts();
	free(list.items);
	return tap_done();
}
