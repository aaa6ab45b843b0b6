/* dmr-reqs: a text, found in the Markdown or JSON that it was read from. */
#include "check_map.h"

#include "mem.h"
#include "utf8.h"

enum {
	STEPS_MIN = 4096,
	STEPS_EACH = 8, /* more for each byte of the source */
	ENTITY_MAX = 40,
};

/* Bytes of the source that one step takes, and of the text. */
struct step {
	size_t source, text;
};

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool
is_one_of(struct str s, size_t at, const char *set)
{
	return at < s.len && s.data[at] && strchr(set, s.data[at]);
}

/* Blanks, line ends, escaped ones, and the marks of a quote behind these. */
static size_t
blank_length(struct str s)
{
	size_t at = 0;
	bool ended = false;

	for (; at < s.len; at++) {
		if (is_one_of(s, at, "\r\n"))
			ended = true;
		else if (!is_one_of(s, at, " \t") &&
		    !(ended && s.data[at] == '>') &&
		    !(s.data[at] == '\\' && is_one_of(s, at + 1, "\r\n")))
			break;
	}
	return at;
}

/* "&#10;"; 0: there is none. */
static size_t
entity_length(struct str s)
{
	size_t at = 1;

	if (!str_starts(s, "&"))
		return 0;
	at += is_one_of(s, at, "#");
	while (at < s.len && at < ENTITY_MAX && is_alnum(s.data[at]))
		at++;
	return is_one_of(s, at, ";") ? at + 1 : 0;
}

static size_t
character_length(struct str s)
{
	uint32_t cp;
	int got = utf8_decode(s, &cp);

	return got > 0 ? (size_t)got : 1;
}

/* {0}: they do not go together.  text is not empty. */
static struct step
next_step(struct str source, struct str text)
{
	static const char marks[] = "*_`<>";
	size_t entity = entity_length(source);
	bool is_blank = is_one_of(text, 0, " \n");

	if (is_blank && blank_length(source))
		return (struct step){ blank_length(source), 1 };
	if (entity && entity <= text.len &&
	    !memcmp(source.data, text.data, entity))
		return (struct step){ entity, entity };
	if (entity)
		return (struct step){ entity, character_length(text) };
	if (source.len && *source.data == *text.data)
		return (struct step){ 1, 1 };
	if (is_one_of(source, 0, marks) || is_one_of(source, 0, "\\"))
		return (struct step){ 1, 0 };
	return (struct step){ 0, is_blank || is_one_of(text, 0, marks) };
}

/* Does the text begin there?  *steps are left. */
static bool
follow(struct check_map *map, struct str source, size_t from, struct str text,
    size_t *steps)
{
	size_t at = from, said = 0;
	struct step step;

	while (said < text.len) {
		step = next_step(str_skip(source, at), str_skip(text, said));
		if ((!step.source && !step.text) || !*steps)
			return false;
		--*steps;
		for (size_t i = 0; i < step.text; i++)
			map->places[said + i] = (struct check_place){ at,
				at + step.source };
		at += step.source;
		said += step.text;
	}
	return true;
}

bool
check_map_read(struct check_map *map, struct str source, struct str text)
{
	size_t steps = STEPS_MIN + STEPS_EACH * source.len;

	map->n = 0;
	if (!text.len || source.len > CHECK_MAP_MAX || text.len > CHECK_MAP_MAX)
		return false;
	map->places = mem_grow(
	    map->places, &map->capacity, text.len, sizeof *map->places);
	for (size_t at = 0; at < source.len && steps; at++) {
		/* No text begins within a word. */
		if (at && is_alnum(source.data[at - 1]))
			continue;
		if (follow(map, source, at, text, &steps)) {
			map->n = text.len;
			return true;
		}
	}
	return false;
}

void
check_map_done(struct check_map *map)
{
	free(map->places);
	*map = (struct check_map){ 0 };
}
