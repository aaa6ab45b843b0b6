/* units - sizes, times and durations, as servers and people write them. */
#include "units.h"

#include <strings.h>

enum { NUMBER_MAX = 24 }; /* characters */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Cut a decimal number off: digits, at most one point.  -1: there is none. */
static int
cut_number(struct str *text, double *number)
{
	char copy[NUMBER_MAX + 1];
	size_t n = 0, npoints = 0, ndigits = 0;

	for (; n < text->len && n < NUMBER_MAX; n++) {
		if (is_digit(text->data[n]))
			ndigits++;
		else if (text->data[n] != '.' || npoints++)
			break;
		copy[n] = text->data[n];
	}
	if (!ndigits || n == NUMBER_MAX)
		return -1;
	copy[n] = 0;
	*number = strtod(copy, NULL);
	*text = str_skip(*text, n);
	return 0;
}

static const char size_letters[] = "kmgtpe";

/* 1000 or 1024 to the power that the unit says; 0: it is none. */
static double
size_of_unit(struct str unit)
{
	const char *letter;
	double size = 1;
	int base = 1024;

	if (!unit.len || (unit.len == 1 && (unit.data[0] | 0x20) == 'b'))
		return 1;
	letter = strchr(size_letters, unit.data[0] | 0x20);
	if (!letter || !*letter)
		return 0;
	if (unit.len == 2 && !strncasecmp(unit.data + 1, "b", 1))
		base = 1000;
	else if (unit.len != 1 &&
	    (unit.len != 3 || strncasecmp(unit.data + 1, "ib", 2) != 0))
		return 0;
	for (const char *l = size_letters; l <= letter; l++)
		size *= base;
	return size;
}

int
units_read_size(struct str text, int64_t *bytes)
{
	double number, unit;

	text = str_trim(text);
	if (cut_number(&text, &number))
		return -1;
	unit = size_of_unit(str_trim(text));
	if (unit < 1 || number * unit >= 0x1p63)
		return -1;
	*bytes = (int64_t)(number * unit);
	return 0;
}

void
units_say_size(int64_t bytes, char text[UNITS_TEXT_MAX])
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB", "PB",
		"EB" };
	double number = bytes > 0 ? (double)bytes : 0;
	size_t i = 0;

	for (; number >= 999.995 && i + 1 < countof(units); i++)
		number /= 1000;
	snprintf(text, UNITS_TEXT_MAX, "%.*f%s", i ? 2 : 0, number, units[i]);
}

/* --- times --- */

/* Days from 1970-01-01 on to a date of the Gregorian calendar. */
static int64_t
days_to(int64_t year, int64_t month, int64_t day)
{
	int64_t y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day -
	    1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	    of_year - 719468;
}

/* The inverse of it. */
static void
date_of(int64_t days, int64_t *year, int *month, int *day)
{
	int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 -
			of_era / 146096) /
	    365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = y + era * 400 + (*month <= 2);
}

/* Digits where the pattern has a 0, else its own characters. */
static bool
has_shape(struct str text, const char *pattern)
{
	size_t n = strlen(pattern);

	if (text.len < n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (pattern[i] == '0' ? !is_digit(text.data[i])
				      : text.data[i] != pattern[i])
			return false;
	return true;
}

static int64_t
digits(struct str text, size_t at, size_t n)
{
	int64_t number = 0;

	for (size_t i = at; i < at + n; i++)
		number = 10 * number + (text.data[i] - '0');
	return number;
}

/* "Z" or "+01:30", in seconds.  -1: it is neither. */
static int
read_offset(struct str text, int64_t *seconds)
{
	*seconds = 0;
	if (str_is(text, "Z") || str_is(text, "z"))
		return 0;
	if (text.len != 6 ||
	    (!has_shape(text, "+00:00") && !has_shape(text, "-00:00")))
		return -1;
	*seconds = 3600 * digits(text, 1, 2) + 60 * digits(text, 4, 2);
	if (text.data[0] == '-')
		*seconds = -*seconds;
	return 0;
}

int
units_read_time(struct str text, int64_t *unix_s)
{
	struct str rest = str_skip(text, 19);
	int64_t month, day, hour, minute, second, offset;

	if (!has_shape(text, "0000-00-00T00:00:00"))
		return -1;
	if (rest.len > 1 && rest.data[0] == '.' && is_digit(rest.data[1]))
		for (rest = str_skip(rest, 1);
		     rest.len && is_digit(rest.data[0]);)
			rest = str_skip(rest, 1);
	month = digits(text, 5, 2);
	day = digits(text, 8, 2);
	hour = digits(text, 11, 2);
	minute = digits(text, 14, 2);
	second = digits(text, 17, 2);
	if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 ||
	    minute > 59 || second > 60 || read_offset(rest, &offset))
		return -1;
	*unix_s = 86400 * days_to(digits(text, 0, 4), month, day) +
	    3600 * hour + 60 * minute + second - offset;
	return 0;
}

void
units_say_time(int64_t unix_s, char text[UNITS_TEXT_MAX])
{
	int64_t days, seconds, year;
	int month, day;

	text[0] = 0;
	if (unix_s < days_to(0, 1, 1) * 86400 ||
	    unix_s >= days_to(10000, 1, 1) * 86400)
		return;
	days = unix_s / 86400 - (unix_s % 86400 < 0);
	seconds = unix_s - days * 86400;
	date_of(days, &year, &month, &day);
	snprintf(text, UNITS_TEXT_MAX, "%04d-%02u-%02uT%02u:%02u:%02uZ",
	    (int16_t)year, (uint8_t)month, (uint8_t)day,
	    (uint8_t)(seconds / 3600), (uint8_t)(seconds / 60 % 60),
	    (uint8_t)(seconds % 60));
}

/* --- durations --- */

/* Cut a unit off; its milliseconds, 0: there is none. */
static double
cut_unit(struct str *text)
{
	static const struct {
		const char *name;
		double ms;
	} units[] = { { "ns", 1e-6 }, { "us", 1e-3 }, { "\xc2\xb5s", 1e-3 },
		{ "ms", 1 }, { "h", 3600e3 }, { "m", 60e3 }, { "s", 1e3 } };

	for (size_t i = 0; i < countof(units); i++)
		if (str_starts(*text, units[i].name)) {
			*text = str_skip(*text, strlen(units[i].name));
			return units[i].ms;
		}
	return 0;
}

int
units_read_duration(struct str text, int64_t *ms)
{
	bool is_negative = str_starts(text, "-");
	double number, unit, sum = 0;

	text = str_skip(text, is_negative);
	if (str_is(text, "0")) {
		*ms = 0;
		return 0;
	}
	do {
		if (cut_number(&text, &number))
			return -1;
		unit = cut_unit(&text);
		sum += number * unit;
		if (unit <= 0 || sum >= 9.2e12) /* Go's limit: 292 years */
			return -1;
	} while (text.len);
	*ms = (int64_t)(is_negative ? -sum - 0.5 : sum + 0.5);
	return 0;
}

void
units_say_duration(int64_t ms, char text[UNITS_TEXT_MAX])
{
	static const struct {
		const char *name;
		int64_t seconds;
	} units[] = { { "d", 86400 }, { "h", 3600 }, { "m", 60 }, { "s", 1 } };
	int64_t left = ms > 0 ? ms / 1000 : 0;
	size_t i = 0;
	int n;

	if (ms < 9950) {
		snprintf(text, UNITS_TEXT_MAX, "%.1fs",
		    ms > 0 ? (double)ms / 1000 : 0.0);
		return;
	}
	while (left < units[i].seconds)
		i++;
	n = snprintf(text, UNITS_TEXT_MAX, "%lld%s",
	    (long long)(left / units[i].seconds), units[i].name);
	left %= units[i].seconds;
	if (++i < countof(units) && left >= units[i].seconds)
		snprintf(text + n, UNITS_TEXT_MAX - (size_t)n, "%lld%s",
		    (long long)(left / units[i].seconds), units[i].name);
}
