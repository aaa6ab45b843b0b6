/* progress_test - lines of progress: rates, and all widths. */
#include "progress.h"
#include "tap.h"

static void
is_line(
    const struct progress *p, int64_t now_ms, size_t columns, const char *want)
{
	char line[PROGRESS_LINE_MAX];

	progress_line(p, "ai/qwen3-coder:30B", now_ms, columns, line);
	tap_is(str_of(line), want, want);
}

static void
test_rate(void)
{
	struct progress p = { 0 };

	tap_int(progress_rate(&p, 0), -1, "nothing has no rate");
	progress_add(&p, 5000000, 100000000, 1000);
	tap_int(progress_rate(&p, 1000), -1,
	    "what was there in the beginning is no rate");
	progress_add(&p, 6000000, 100000000, 2000);
	tap_int(progress_rate(&p, 2000), 1000000, "a second's");
	tap_int(progress_left(&p, 2000), 94000, "and what is left");
	for (int i = 3; i < 100; i++)
		progress_add(
		    &p, 6000000 + 2000000 * (i - 2), 1000000000, i * 1000);
	tap_int(progress_rate(&p, 99000), 2000000, "that of the last ten");
	tap_int(progress_rate(&p, 999000), 19801, "silence makes it less");
	progress_add(&p, 0, 100000000, 100000);
	tap_int(progress_rate(&p, 100000), -1, "what goes back has none");
	tap_int(progress_left(&p, 100000), -1, "and no end");
}

static void
test_lines(void)
{
	struct progress p = { 0 };

	is_line(&p, 0, 79, "ai/qwen3-coder:30B");
	p.done = 1500;
	is_line(&p, 0, 79, "ai/qwen3-coder:30B  1.50kB");
	p.done = 0;
	progress_add(&p, 1000000, 18000000000, 0);
	is_line(&p, 0, 79, "ai/qwen3-coder:30B  0 %  1.00MB of 18.00GB");
	progress_add(&p, 181000000, 18000000000, 10000);
	is_line(&p, 10000, 79,
	    "ai/qwen3-coder:30B  1 %  181.00MB of 18.00GB  18.00MB/s  16m29s "
	    "left");
	is_line(&p, 10000, 60,
	    "ai/qwen3-coder:30B  1 %  181.00MB of 18.00GB  18.00MB/s");
	is_line(&p, 10000, 50,
	    "ai/qwen3-co..  1 %  181.00MB of 18.00GB  18.00MB/s");
	is_line(&p, 10000, 20, "ai/qwen3-code..  1 %");
	is_line(&p, 10000, 10, "ai/qwen3..");
	is_line(&p, 10000, 3, "a..");
	is_line(&p, 10000, 1, "a");
	is_line(&p, 10000, 0, "");
	p.done = INT64_MAX;
	is_line(&p, 10000, 40, "ai/qwen3-cod..  100 %  9.22EB of 18.00GB");
}

static void
test_widths(void)
{
	static const char *const names[] = { "x", "ai/smollm2",
		"hf.co/h\xc3\xa4ngt/\xe6\xa8\xa1\xe5\x9e\x8b\x1b[31m\xff:Q4",
		"a-very-long-name-that-goes-on-and-on-and-on-and-on-and-on" };
	struct progress p = { 0 };

	for (int64_t done = 0; done < INT64_MAX / 8; done = done * 5 + 1)
		for (size_t columns = 0; columns <= 1000; columns++)
			for (size_t i = 0; i < countof(names); i++) {
				char line[PROGRESS_LINE_MAX];
				bool plain = true;

				progress_add(&p, done, done * 7, done);
				progress_line(
				    &p, names[i], done + 900, columns, line);
				for (const char *c = line; *c; c++)
					plain = plain && *c >= ' ' && *c < 0x7f;
				tap_case(plain && strlen(line) <= columns,
				    "%zu columns: '%s'", columns, line);
			}
	tap_all("no line is wider than it may be, nor anything but ASCII");
}

int
main(void)
{
	test_rate();
	test_lines();
	test_widths();
	return tap_done();
}
