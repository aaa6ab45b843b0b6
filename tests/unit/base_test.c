/* base_test - the ground: str, buf, err, mem. */
#include <sys/wait.h>
#include <unistd.h>

#include "buf.h"
#include "die.h"
#include "err.h"
#include "mem.h"
#include "tap.h"
#include "utf8.h"

/* A size that cannot be had is NULL under AddressSanitizer too. */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

/* --- str --- */

static void
test_str_compare(void)
{
	struct str none = { 0 }, empty = STR("");

	tap_ok(str_equal(none, empty) && str_equal(empty, none),
	    "NULL and \"\" are the same empty text");
	tap_ok(str_equal(STR("ab"), STR("ab")) &&
		!str_equal(STR("ab"), STR("aB")) &&
		!str_equal(STR("ab"), STR("abc")) &&
		!str_equal(STR("abc"), STR("ab")) && !str_equal(STR("a"), none),
	    "texts are equal byte for byte");
	tap_ok(str_equal(STR("a\0b"), STR("a\0b")) &&
		!str_equal(STR("a\0b"), STR("a\0c")),
	    "NUL is a byte as any");
	tap_ok(str_is(STR("ab"), "ab") && !str_is(STR("a\0b"), "a") &&
		str_is(none, "") && !str_is(STR("ab"), ""),
	    "str_is() compares with a C string");
	tap_ok(str_of(NULL).len == 0 && str_of("").len == 0 &&
		str_of("abc").len == 3,
	    "str_of() takes NULL for empty");
}

static void
test_str_ends(void)
{
	struct str none = { 0 };

	tap_ok(str_starts(STR("abc"), "ab") && str_starts(STR("abc"), "abc") &&
		str_starts(STR("abc"), "") && str_starts(none, "") &&
		!str_starts(STR("abc"), "abcd") &&
		!str_starts(STR("abc"), "b") && !str_starts(none, "a"),
	    "str_starts()");
	tap_ok(str_ends(STR("abc"), "bc") && str_ends(STR("abc"), "abc") &&
		str_ends(STR("abc"), "") && !str_ends(STR("abc"), "xabc") &&
		!str_ends(STR("abc"), "b") && !str_ends(none, "a") &&
		str_ends(none, ""),
	    "str_ends()");
}

static void
test_str_parts(void)
{
	struct str none = { 0 }, rest = STR("a:b::c");

	tap_is(str_skip(STR("abc"), 1), "bc", "str_skip() skips");
	tap_is(str_skip(STR("abc"), 3), "", "all of it");
	tap_is(str_skip(STR("abc"), 99), "", "and no more than there is");
	tap_ok(str_skip(none, 5).len == 0, "of nothing nothing");
	tap_is(str_trim(STR(" \t\r\na b \n\n")), "a b", "str_trim()");
	tap_is(str_trim(STR(" \n ")), "", "of blanks leaves nothing");
	tap_is(str_trim(STR("\va\f")), "\va\f", "only blank, tab, CR and LF");
	tap_ok(str_is_blank(STR(" \t\r\n")) && str_is_blank(none) &&
		!str_is_blank(STR(" x ")) && !str_is_blank(STR("\0")),
	    "str_is_blank()");
	tap_is(str_chomp(STR("a\n")), "a", "str_chomp()");
	tap_is(str_chomp(STR("a\n\n")), "a\n", "takes one line feed");
	tap_is(str_chomp(STR("a\r\n")), "a\r", "and no CR");
	tap_is(str_chomp(STR("a")), "a", "if there is one");
	tap_ok(str_chomp(none).len == 0, "also of nothing");
	tap_is(str_cut(&rest, ':'), "a", "str_cut() takes what is before");
	tap_is(rest, "b::c", "and leaves what is behind");
	tap_is(str_cut(&rest, ':'), "b", "once more");
	tap_is(str_cut(&rest, ':'), "", "which may be nothing");
	tap_is(str_cut(&rest, ':'), "c", "the last is all of it");
	tap_ok(!rest.data && !rest.len, "and leaves NULL");
	tap_ok(str_cut(&rest, ':').len == 0 && !rest.data,
	    "which gives nothing more");
	rest = STR("a:");
	str_cut(&rest, ':');
	tap_ok(rest.data && !rest.len, "a mark at the end leaves an empty one");
	tap_is(str_cut(&rest, ':'), "", "which is one piece more");
	tap_ok(!rest.data, "and then the end");
}

/* Every byte at every place of a text of some length. */
static void
test_str_plain(void)
{
	char text[35];
	int wrong = 0;

	for (int c = 0; c <= 0xff; c++)
		for (size_t at = 0; at < sizeof text; at++) {
			bool is_plain = c >= 0x20 && c < 0x7f && c != '"' &&
			    c != '\\';
			size_t want = is_plain || at >= 32 ? 32 : at / 8 * 8;

			memset(text, 'a', sizeof text);
			text[at] = (char)c;
			wrong += str_plain((struct str){ text, sizeof text }) !=
			    want;
		}
	tap_int(wrong, 0, "str_plain() stops before the eight with a byte");
	tap_ok(str_plain((struct str){ 0 }) == 0 && str_plain(STR("abc")) == 0,
	    "and takes no fewer than eight");
}

static void
test_str_find(void)
{
	tap_int((int)str_find(STR("abcabc"), STR("ca")), 2, "str_find()");
	tap_int((int)str_find(STR("aaab"), STR("aab")), 1,
	    "beginnings that are none are passed");
	tap_int((int)str_find(STR("abc"), STR("abc")), 0, "all of it");
	tap_int((int)str_find(STR("abc"), STR("abcd")), 3,
	    "what is not there is at the end");
	tap_int((int)str_find(STR("abab"), STR("bb")), 4, "also so");
	tap_int((int)str_find(STR("a\0b"), STR("\0b")), 1, "NUL is a byte");
	tap_int((int)str_find(STR(""), STR("a")), 0, "nothing holds nothing");
	tap_ok(str_has_nul(STR("a\0b")) && str_has_nul(STR("\0")) &&
		!str_has_nul(STR("ab")) && !str_has_nul((struct str){ 0 }),
	    "str_has_nul()");
}

/* --- buf --- */

static void
test_buf_add(void)
{
	struct buf b = { 0 };

	tap_ok(buf_str(&b).len == 0, "an empty buffer is empty");
	tap_ok(!buf_add(&b, (struct str){ 0 }) && !buf_add_text(&b, NULL) &&
		b.len == 0,
	    "nothing can be added");
	buf_add(&b, STR("a\0b"));
	buf_add_text(&b, "cd");
	buf_add_char(&b, 'e');
	buf_add_char(&b, '\0');
	buf_add_format(&b, "%d-%s", 42, "x");
	tap_ok(str_equal(buf_str(&b), STR("a\0bcde\00042-x")),
	    "bytes, texts, characters and formats");
	tap_ok(b.data[b.len] == 0, "with a NUL behind them");
	buf_clear(&b);
	tap_ok(b.len == 0 && b.data[0] == 0 && b.capacity > 0,
	    "cleared it keeps its memory");
	buf_add_format(&b, "%s", "");
	tap_ok(b.len == 0, "an empty format adds nothing");
	buf_done(&b);
	tap_ok(!b.data && !b.len && !b.capacity, "done it has none");
	buf_done(&b);
}

static void
test_buf_unescaped(void)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", "" },
		{ "a%20b", "a b" },
		{ "%e2%82%AC%25", "\xe2\x82\xac%" },
		{ "%", "%" },
		{ "%4", "%4" },
		{ "%4x%zz%+1% 1", "%4x%zz%+1% 1" },
		{ "%%41", "%A" },
		{ "%2541", "%41" },
	};

	for (size_t i = 0; i < countof(rows); i++) {
		char *text = tap_copy(str_of(rows[i].text));
		struct buf b = { 0 };

		buf_add_unescaped(
		    &b, (struct str){ text, strlen(rows[i].text) });
		if (!tap_case(
			str_is(buf_str(&b), rows[i].want), "%s", rows[i].text))
			tap_show("got", buf_str(&b));
		buf_done(&b);
		free(text);
	}
	tap_all("buf_add_unescaped()");
}

static void
test_buf_take(void)
{
	struct buf b = { .max = 5 };
	char *text;

	buf_add_text(&b, "abc");
	text = buf_take(&b);
	tap_ok(!strcmp(text, "abc") && !b.data && b.max == 5,
	    "the bytes can be taken");
	free(text);
	text = buf_take(&b);
	tap_ok(text && !*text, "also when there are none");
	free(text);
}

static void
test_buf_reset(void)
{
	struct buf b = { .max = BUF_KEPT_MAX * 2 };
	char *data;

	buf_add_text(&b, "abc");
	data = b.data;
	buf_reset(&b);
	tap_ok(!b.len && b.data == data && !*data, "memory is kept");
	tap_ok(buf_room(&b, b.max + 1) == NULL && b.full, "it is too small");
	buf_reset(&b);
	tap_ok(!b.full, "which is forgotten");
	buf_room(&b, BUF_KEPT_MAX);
	buf_reset(&b);
	tap_ok(!b.data && !b.capacity && b.max == BUF_KEPT_MAX * 2,
	    "but for large memory");
	buf_reset(&b);
	tap_ok(!b.data && !b.len, "nothing is nothing");
}

static void
test_buf_ceiling(void)
{
	struct buf b = { .max = 4 };

	tap_ok(!buf_add_text(&b, "abcd") && !b.full, "up to the ceiling");
	tap_ok(buf_add_char(&b, 'e') == -1 && b.full && b.len == 4,
	    "and not beyond it");
	tap_is(buf_str(&b), "abcd", "what was there stays");
	buf_clear(&b);
	tap_ok(!b.full && !buf_add_text(&b, "x"), "cleared there is room");
	tap_ok(buf_add_text(&b, "yyyy") == -1 && b.len == 1,
	    "what does not fit whole is not added in part");
	buf_clear(&b);
	tap_ok(!buf_add_format(&b, "%s", "abc"), "a format below the ceiling");
	tap_ok(buf_add_format(&b, "%s", "abcd") == -1 && b.len == 3,
	    "and one beyond it");
	tap_ok(!buf_room(&b, SIZE_MAX) && !buf_room(&b, SIZE_MAX - 1),
	    "absurd sizes overflow nothing");
	buf_done(&b);
	b = (struct buf){ 0 };
	tap_ok(!buf_room(&b, (size_t)BUF_MAX + 1) && b.full,
	    "without a ceiling of its own it is BUF_MAX");
	buf_done(&b);
}

static void
test_buf_repair(void)
{
	struct buf b = { 0 };

	tap_int((intmax_t)buf_repair(&b, 0, true), 0, "nothing is UTF-8");
	buf_add(&b, STR("\xff-\xc3\xa4\0\xe2\x82"));
	tap_int((intmax_t)buf_repair(&b, 1, false), 2,
	    "two bytes of a character that is cut");
	tap_same(buf_str(&b),
	    STR("\xff-\xc3\xa4\0" UTF8_REPLACEMENT UTF8_REPLACEMENT),
	    "a NUL stays, and so does what is before");
	tap_int((intmax_t)buf_repair(&b, 0, true), 2, "a NUL may be bad, too");
	tap_is(buf_str(&b),
	    UTF8_REPLACEMENT
	    "-\xc3\xa4" UTF8_REPLACEMENT UTF8_REPLACEMENT UTF8_REPLACEMENT,
	    "and is replaced");
	buf_clear(&b);
	buf_add_text(&b, "ab\xff");
	b.max = 4;
	tap_int((intmax_t)buf_repair(&b, 2, false), 1, "where it cannot grow");
	tap_ok(b.full, "that is said");
	tap_is(buf_str(&b), "ab", "and what was good stays");
	buf_done(&b);
}

static void
test_buf_room(void)
{
	struct buf b = { 0 };
	size_t moved = 0;
	const char *before = NULL;

	for (int i = 0; i < 100000; i++) {
		char *room = buf_room(&b, 10);

		memset(room, 'x', 10);
		buf_claim(&b, 10);
		moved += b.data != before;
		before = b.data;
	}
	tap_int((int)b.len, 1000000, "room is claimed");
	tap_ok(moved < 60, "growing is rare: %zu times", moved);
	buf_done(&b);
}

/* --- err --- */

static void
test_err(void)
{
	struct err e = ERR_NONE;
	static const struct {
		enum status status;
		const char *code;
		bool retryable;
	} codes[] = {
		{ ST_OK, "ok", false },
		{ ST_NO, "no", false },
		{ ST_USAGE, "usage", false },
		{ ST_CUT, "length", false },
		{ ST_REFUSED, "refused", false },
		{ ST_UNUSABLE, "unusable", false },
		{ ST_NO_MODEL, "no_model", false },
		{ ST_UNREACHABLE, "unreachable", true },
		{ ST_PARTIAL, "partial", false },
		{ ST_INCOMPLETE, "incomplete", true },
		{ ST_SERVER, "server", false },
		{ ST_OUTPUT, "output", false },
		{ ST_INPUT, "input", false },
		{ ST_TIMEOUT, "timeout", true },
		{ ST_BUG, "bug", false },
		{ ST_MEMORY, "memory", false },
		{ (enum status)99, "bug", false },
	};

	tap_ok(err_set(&e, ST_INPUT, "%s:%d", "x", 5) == -1 &&
		e.status == ST_INPUT && !strcmp(e.text, "x:5"),
	    "err_set() sets and returns -1");
	tap_ok(err_prefix(&e, "%s", "file") == -1 && e.status == ST_INPUT &&
		!strcmp(e.text, "file: x:5"),
	    "err_prefix() puts something before it");
	for (size_t i = 0; i < countof(codes); i++) {
		err_set(&e, codes[i].status, "x");
		tap_case(!strcmp(err_code(codes[i].status), codes[i].code) &&
			e.retryable == codes[i].retryable,
		    "%d is %s", (int)codes[i].status,
		    err_code(codes[i].status));
	}
	tap_all("each status has its word, some may pass by themselves");
}

static void
test_err_long(void)
{
	struct err e = ERR_NONE;
	char text[3 * ERR_TEXT_MAX];

	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = 0;
	err_set(&e, ST_INPUT, "%s", text);
	tap_int((int)strlen(e.text), ERR_TEXT_MAX - 1, "a long text is cut");
	err_prefix(&e, "ab");
	tap_ok(strlen(e.text) == ERR_TEXT_MAX - 1 &&
		str_starts(str_of(e.text), "ab: xxx"),
	    "what is put before it too");
	err_prefix(&e, "%s", text);
	tap_int((int)strlen(e.text), ERR_TEXT_MAX - 1, "however long it is");
}

/* --- mem --- */

static void
test_mem(void)
{
	unsigned char *p = mem_new(100, 3);
	size_t capacity = 0, grown = 0;
	int *numbers = NULL;
	unsigned bits = 0;
	char *text;

	for (int i = 0; i < 300; i++)
		bits |= p[i];
	tap_ok(!bits, "what is new is zero");
	free(p);
	p = mem_new(0, 8);
	tap_ok(p, "nothing is something all the same");
	free(p);
	for (size_t i = 0; i < 100000; i++) {
		size_t before = capacity;

		numbers = mem_grow(numbers, &capacity, i + 1, sizeof *numbers);
		numbers[i] = (int)i;
		grown += capacity != before;
	}
	for (size_t i = 0; i < 100000; i++)
		bits |= numbers[i] != (int)i;
	tap_ok(!bits && capacity >= 100000, "an array grows and keeps");
	tap_ok(grown < 40, "in few steps: %zu", grown);
	tap_ok(mem_grow(numbers, &capacity, 5, sizeof *numbers) == numbers,
	    "and never shrinks");
	free(numbers);
	text = mem_copy(STR("a\0b"));
	tap_ok(!memcmp(text, "a\0b", 4), "a copy ends in NUL");
	free(text);
	text = mem_copy((struct str){ 0 });
	tap_ok(text && !*text, "of nothing too");
	free(text);
	text = mem_format("%s-%05d", "x", 42);
	tap_is(str_of(text), "x-00042", "mem_format()");
	free(text);
}

/* Exit status of a process that asks for too much; what it says: to out. */
static int
exhaust(size_t how, char *out, size_t size)
{
	int ends[2], status;
	size_t capacity = 0, len = 0;
	ssize_t n;
	pid_t pid;

	if (pipe(ends))
		return -1;
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDERR_FILENO);
		if (how == 0)
			free(mem_new(SIZE_MAX / 2 + 1, 1));
		else if (how == 1)
			free(mem_new(SIZE_MAX / 2, 16));
		else if (how == 2)
			free(mem_grow(NULL, &capacity, SIZE_MAX / 2, 16));
		else
			free(mem_grow(NULL, &capacity, SIZE_MAX / 4, 4));
		_exit(0);
	}
	close(ends[1]);
	while (len < size - 1 &&
	    (n = read(ends[0], out + len, size - 1 - len)) > 0)
		len += (size_t)n;
	out[len] = 0;
	close(ends[0]);
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static void
test_mem_exhausted(void)
{
	static const char *const names[] = { "much memory", "n times size",
		"an array of too many", "a large array" };
	char said[4096];

	die_setup("test");
	for (size_t i = 0; i < countof(names); i++) {
		tap_int(exhaust(i, said, sizeof said), ST_MEMORY, names[i]);
		tap_ok(strstr(said, "test: out of memory\n"),
		    "it says so and ends with 71");
	}
}

int
main(void)
{
	test_str_compare();
	test_str_ends();
	test_str_parts();
	test_str_plain();
	test_str_find();
	test_buf_add();
	test_buf_unescaped();
	test_buf_take();
	test_buf_reset();
	test_buf_ceiling();
	test_buf_repair();
	test_buf_room();
	test_err();
	test_err_long();
	test_mem();
	test_mem_exhausted();
	return tap_done();
}
