/* units_test - sizes, times and durations, read and said. */
#include "units.h"
#include "tap.h"

static void
test_read_size(void)
{
	static const struct {
		const char *text;
		int64_t bytes; /* -1: it is none */
	} rows[] = {
		{ "864B", 864 },
		{ "864", 864 },
		{ "0", 0 },
		{ "92.10MiB", 96573849 },
		{ "256.35 MiB", 268802457 },
		{ "98.37MB", 98370000 },
		{ "1.5k", 1536 },
		{ "1.5kB", 1500 },
		{ "16g", INT64_C(17179869184) },
		{ "17.28GiB", INT64_C(18554258718) },
		{ "2TB", INT64_C(2000000000000) },
		{ " 5 GB ", INT64_C(5000000000) },
		{ "7eib", INT64_C(8070450532247928832) },
		{ "8EiB", -1 },
		{ "", -1 },
		{ "GB", -1 },
		{ "-1", -1 },
		{ "1.2.3", -1 },
		{ "1XB", -1 },
		{ "1GBit", -1 },
		{ "1GiBs", -1 },
		{ "1e9", -1 },
		{ "0x10", -1 },
		{ ".", -1 },
		{ "nan", -1 },
		{ "1234567890123456789012345", -1 },
	};

	for (size_t i = 0; i < countof(rows); i++) {
		int64_t bytes = -1;
		int got = units_read_size(str_of(rows[i].text), &bytes);

		tap_case(bytes == rows[i].bytes && got == (bytes < 0 ? -1 : 0),
		    "'%s' is %lld", rows[i].text, (long long)bytes);
	}
	tap_all("sizes are read");
}

static void
test_say_size(void)
{
	static const struct {
		int64_t bytes;
		const char *text;
	} rows[] = {
		{ -5, "0B" },
		{ 0, "0B" },
		{ 999, "999B" },
		{ 1000, "1.00kB" },
		{ 98370000, "98.37MB" },
		{ 197369350, "197.37MB" },
		{ 999940, "999.94kB" },
		{ 999999, "1.00MB" },
		{ 18556686912, "18.56GB" },
		{ INT64_MAX, "9.22EB" },
	};

	for (size_t i = 0; i < countof(rows); i++) {
		char text[UNITS_TEXT_MAX];

		units_say_size(rows[i].bytes, text);
		tap_case(!strcmp(text, rows[i].text), "%lld is '%s'",
		    (long long)rows[i].bytes, text);
	}
	tap_all("sizes are said");
}

static void
test_read_time(void)
{
	static const struct {
		const char *text;
		int64_t unix_s; /* INT64_MIN: it is none */
	} rows[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "2026-11-21T22:04:52.48674272Z", 1795298692 },
		{ "2026-11-21T22:04:52.4Z", 1795298692 },
		{ "2026-11-21T23:04:52+01:00", 1795298692 },
		{ "2026-11-21T16:34:52-05:30", 1795298692 },
		{ "2000-02-29T23:59:59Z", 951868799 },
		{ "1969-12-31T23:59:59Z", -1 },
		{ "0001-01-01T00:00:00Z", INT64_C(-62135596800) },
		{ "2026-11-21T22:04:52", INT64_MIN },
		{ "2026-11-21T22:04:52.Z", INT64_MIN },
		{ "2026-11-21 22:04:52Z", INT64_MIN },
		{ "2026-13-21T22:04:52Z", INT64_MIN },
		{ "2026-11-21T24:04:52Z", INT64_MIN },
		{ "2026-11-21T22:04:52+1:00", INT64_MIN },
		{ "2026-11-21T22:04:52Zx", INT64_MIN },
		{ "", INT64_MIN },
		{ "5", INT64_MIN },
	};

	for (size_t i = 0; i < countof(rows); i++) {
		int64_t unix_s = INT64_MIN;
		int got = units_read_time(str_of(rows[i].text), &unix_s);

		tap_case(unix_s == rows[i].unix_s &&
			got == (unix_s == INT64_MIN ? -1 : 0),
		    "'%s' is %lld", rows[i].text, (long long)unix_s);
	}
	tap_all("times are read");
}

static void
test_say_time(void)
{
	char text[UNITS_TEXT_MAX];
	int64_t again = 0;

	for (int64_t t = -62167219200; t < 253402300800; t += 86400 * 17 + 61) {
		units_say_time(t, text);
		tap_case(!units_read_time(str_of(text), &again) && again == t,
		    "%lld is '%s'", (long long)t, text);
	}
	tap_all("every time said is the same when it is read");
	units_say_time(1795298692, text);
	tap_is(str_of(text), "2026-11-21T22:04:52Z", "a time is said");
	units_say_time(INT64_MAX, text);
	tap_is(str_of(text), "", "one beyond the year 9999 is not");
	units_say_time(INT64_MIN, text);
	tap_is(str_of(text), "", "one before the year 0 is not");
}

static void
test_read_duration(void)
{
	static const struct {
		const char *text;
		int64_t ms; /* INT64_MIN: it is none */
	} rows[] = {
		{ "7m0s", 420000 },
		{ "1h30m", 5400000 },
		{ "1h0m0.5s", 3600500 },
		{ "300ms", 300 },
		{ "0s", 0 },
		{ "0", 0 },
		{ "-1s", -1000 },
		{ "1us", 0 },
		{ "2400h", INT64_C(8640000000) },
		{ "5", INT64_MIN },
		{ "", INT64_MIN },
		{ "-", INT64_MIN },
		{ "m", INT64_MIN },
		{ "1m 5s", INT64_MIN },
		{ "1d", INT64_MIN },
		{ "99999999h", INT64_MIN },
	};

	for (size_t i = 0; i < countof(rows); i++) {
		int64_t ms = INT64_MIN;
		int got = units_read_duration(str_of(rows[i].text), &ms);

		tap_case(ms == rows[i].ms && got == (ms == INT64_MIN ? -1 : 0),
		    "'%s' is %lld", rows[i].text, (long long)ms);
	}
	tap_all("durations are read");
}

static void
test_say_duration(void)
{
	static const struct {
		int64_t ms;
		const char *text;
	} rows[] = {
		{ INT64_MIN, "0.0s" },
		{ 0, "0.0s" },
		{ 440, "0.4s" },
		{ 9949, "9.9s" },
		{ 9950, "9s" },
		{ 59999, "59s" },
		{ 60000, "1m" },
		{ 200000, "3m20s" },
		{ 3600000, "1h" },
		{ 3900000, "1h5m" },
		{ 183600000, "2d3h" },
		{ INT64_MAX, "106751991167d7h" },
	};

	for (size_t i = 0; i < countof(rows); i++) {
		char text[UNITS_TEXT_MAX];

		units_say_duration(rows[i].ms, text);
		tap_case(!strcmp(text, rows[i].text), "%lld ms are '%s'",
		    (long long)rows[i].ms, text);
	}
	tap_all("durations are said");
}

int
main(void)
{
	test_read_size();
	test_say_size();
	test_read_time();
	test_say_time();
	test_read_duration();
	test_say_duration();
	return tap_done();
}
