/* reqs_map_test - each byte of a text stands where it came from. */
#include "../../tools/dmr-reqs/check_map.h"
#include "markdown.h"
#include "reqs_random.h"
#include "tap.h"

enum { ROUNDS = 20000, LONG = 200000, LIMIT_S = 20 };

static bool
is_word(char c)
{
	return (c >= '0' && c <= '9') ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Places come in order, in the source; words stand at theirs. */
static bool
is_sound(const struct check_map *map, struct str source, struct str text)
{
	size_t last = 0;

	for (size_t i = 0; i < map->n; i++) {
		const struct check_place *p = &map->places[i];

		if (p->from < last || p->to < p->from || p->to > source.len)
			return false;
		last = p->from;
		if (is_word(text.data[i]) &&
		    (p->from >= source.len ||
			(source.data[p->from] != text.data[i] &&
			    source.data[p->from] != '&')))
			return false;
	}
	return map->n == text.len;
}

static void
test_random(void)
{
	struct buf source = { 0 };
	struct check_map map = { 0 };
	long found = 0, all = 0;

	for (int i = 0; i < ROUNDS; i++) {
		struct text text = { 0 };
		char *copy;

		seed = (uint64_t)i * UINT64_C(0x9e3779b97f4a7c15) + 1;
		reqs_random_text(&text);
		buf_clear(&source);
		buf_add_text(&source, i % 2 ? "### FR-001: " : "");
		markdown_add_paragraphs(&source, text_str(&text),
		    i % 3 ? "" : "> ", MARKDOWN_KEEP_ALL);
		copy = tap_copy(buf_str(&source));
		all += text.len > 0;
		if (check_map_read(&map, (struct str){ copy, source.len },
			text_str(&text))) {
			found++;
			tap_case(
			    is_sound(&map, buf_str(&source), text_str(&text)),
			    "%d", i);
		}
		free(copy);
		text_set(&text, (struct str){ 0 });
	}
	tap_all("places are in order, and words stand at theirs");
	tap_ok(
	    found > all - all / 100, "%ld of %ld texts are found", found, all);
	check_map_done(&map);
	buf_done(&source);
}

/* What is not there is looked for in linear time. */
static void
test_hostile(void)
{
	struct buf source = { 0 }, text = { 0 };
	struct check_map map = { 0 };

	tap_limit(LIMIT_S);
	while (text.len < LONG) {
		buf_add_text(&text, "a ");
		buf_add_text(&source, "a ");
	}
	buf_add_text(&text, "b");
	tap_ok(check_map_read(&map, STR("\\a"), STR("a")) && map.n == 1,
	    "one that is");
	tap_ok(
	    !check_map_read(&map, buf_str(&source), buf_str(&text)) && !map.n,
	    "a long text that is not there");
	tap_ok(!check_map_read(&map, STR(""), buf_str(&text)), "in nothing");
	tap_ok(!check_map_read(&map, buf_str(&source), STR("")), "nothing");
	tap_limit(0);
	check_map_done(&map);
	buf_done(&source);
	buf_done(&text);
}

int
main(void)
{
	test_random();
	test_hostile();
	return tap_done();
}
