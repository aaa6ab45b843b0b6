/* dmr-review: which files a rule is for. */
#include "glob.h"
#include "mem.h"
#include "rules_parts.h"

enum { GLOBS_MAX = 64 }; /* of a rule, with braces resolved */

static int add_glob(struct rule *, struct str glob, struct err *e);

/* The "}" of the "{" at `at`, and the first "," between; or text.len. */
static size_t
brace_end(struct str text, size_t at, size_t *comma)
{
	size_t depth = 0;

	*comma = text.len;
	for (; at < text.len; at++) {
		char c = text.data[at];

		depth += c == '{';
		depth -= c == '}';
		if (!depth)
			return at;
		if (c == ',' && depth == 1 && *comma == text.len)
			*comma = at;
	}
	return text.len;
}

/* Add what stands before a brace, one of the texts in it, what is behind. */
static int
add_joined(struct rule *rule, struct str before, struct str text,
    struct str behind, struct err *e)
{
	struct buf glob = { 0 };
	int got;

	buf_add(&glob, before);
	buf_add(&glob, text);
	buf_add(&glob, behind);
	got = add_glob(rule, buf_str(&glob), e);
	buf_done(&glob);
	return got;
}

/* {a,b} at [open, end]. */
static int
add_each(
    struct rule *rule, struct str glob, size_t open, size_t end, struct err *e)
{
	struct str before = { glob.data, open };
	struct str behind = str_skip(glob, end + 1);
	size_t from = open + 1, depth = 0;

	for (size_t at = from; at <= end; at++) {
		char c = glob.data[at];
		struct str one = { glob.data + from, at - from };

		depth += c == '{';
		if (depth == 0 && (c == ',' || at == end)) {
			if (add_joined(rule, before, one, behind, e))
				return -1;
			from = at + 1;
		}
		depth -= depth && c == '}';
	}
	return 0;
}

static int
add_glob(struct rule *rule, struct str glob, struct err *e)
{
	size_t open = str_find(glob, STR("{")), comma, end;

	if (glob.len > GLOB_MAX)
		return err_set(
		    e, ST_USAGE, "a glob is longer than %d bytes", GLOB_MAX);
	end = brace_end(glob, open, &comma);
	if (open < glob.len && end < glob.len && comma < end)
		return add_each(rule, glob, open, end, e);
	if (rule->nglobs + rule->nempty == GLOBS_MAX)
		return err_set(
		    e, ST_USAGE, "a rule has more than %d globs", GLOBS_MAX);
	if (!glob.len) {
		rule->nempty++;
		return 0;
	}
	rule->globs = mem_grow(rule->globs, &rule->capacity, rule->nglobs + 1,
	    sizeof *rule->globs);
	rule->globs[rule->nglobs++] = mem_copy(glob);
	return 0;
}

/* Without backquotes around it. */
static struct str
bare(struct str glob)
{
	glob = str_trim(glob);
	if (glob.len > 1 && glob.data[0] == '`' &&
	    glob.data[glob.len - 1] == '`')
		glob = (struct str){ glob.data + 1, glob.len - 2 };
	return glob;
}

int
rules_add_globs(struct rule *rule, struct str list, struct err *e)
{
	size_t from = 0, depth = 0;

	for (size_t at = 0; at <= list.len; at++) {
		char c = at < list.len ? list.data[at] : ',';
		struct str one = { list.data + from, at - from };

		depth += c == '{';
		depth -= depth && c == '}';
		if (at < list.len && (c != ',' || depth))
			continue;
		one = bare(one);
		if (one.len && add_glob(rule, one, e))
			return -1;
		from = at + 1;
	}
	return 0;
}

bool
rules_applies(const struct rule *rule, const char *path)
{
	/* With nothing but "!" all others are meant. */
	bool applies = !rule->nglobs || rule->globs[0][0] == '!';

	for (size_t i = 0; i < rule->nglobs; i++) {
		struct str glob = str_of(rule->globs[i]);
		bool is_not = str_starts(glob, "!");

		if (glob_fits(str_skip(glob, is_not), str_of(path)))
			applies = !is_not;
	}
	return applies;
}
