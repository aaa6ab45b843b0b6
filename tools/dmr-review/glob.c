/*
 * dmr-review: globs, by the places in one that a path so far may have led to.
 *
 * No place is looked at twice for a byte, so "*a*a*a*b" costs what others do.
 */
#include "glob.h"

#include "buf.h"

/* What "in any folder" and "all in it" add. */
#define BEFORE "**/"
#define BEHIND "**"

enum { TEXT_MAX = GLOB_MAX + sizeof BEFORE + sizeof BEHIND };

/* Places in a glob: those reached by the path so far. */
struct places {
	bool at[TEXT_MAX + 1];
};

/* Behind "[...]"; or `at` if it does not end. */
static size_t
set_end(struct str glob, size_t at)
{
	size_t end = at + 1;

	if (end < glob.len && strchr("!^", glob.data[end]))
		end++;
	if (end < glob.len && glob.data[end] == ']')
		end++;
	while (end < glob.len && glob.data[end] != ']')
		end++;
	return end < glob.len ? end + 1 : at;
}

/* Is c in the set that stands at [at, end)? */
static bool
is_in_set(struct str glob, size_t at, size_t end, unsigned char c)
{
	const unsigned char *p = (const unsigned char *)glob.data;
	bool is_not = p[at + 1] == '!' || p[at + 1] == '^', found = false;

	for (at += 1 + is_not; at < end - 1; at++)
		if (at + 3 < end && p[at + 1] == '-') {
			found |= p[at] <= c && c <= p[at + 2];
			at += 2;
		} else {
			found |= p[at] == c;
		}
	return found != is_not && c != '/';
}

/* Bytes of "**" with the "/" behind it, or 0. */
static size_t
folders_len(struct str glob, size_t at)
{
	if (!str_starts(str_skip(glob, at), "**") ||
	    (at && glob.data[at - 1] != '/'))
		return 0;
	if (at + 2 == glob.len)
		return 2;
	return glob.data[at + 2] == '/' ? 3 : 0;
}

/* Reach a place, and those behind it that need no byte. */
static void
reach(struct str glob, struct places *p, size_t at)
{
	while (!p->at[at]) {
		p->at[at] = true;
		if (at == glob.len || glob.data[at] != '*')
			return;
		at += folders_len(glob, at) ? folders_len(glob, at) : 1;
	}
}

/* From "*" or "**" by one byte: stay, or go on. */
static void
step_star(struct str glob, size_t at, char c, struct places *next)
{
	size_t folders = folders_len(glob, at);

	if (!folders && c == '/')
		return;
	next->at[at] = true;
	/* Behind "**" and "/" a folder's name begins. */
	if (folders != strlen("**/") || c == '/')
		reach(glob, next, at + (folders ? folders : 1));
}

/* Is c what stands at `at`?  *end: what is behind it. */
static bool
is_one(struct str glob, size_t at, char c, size_t *end)
{
	*end = at + 1;
	if (glob.data[at] == '?')
		return c != '/';
	if (glob.data[at] == '[' && set_end(glob, at) > at) {
		*end = set_end(glob, at);
		return is_in_set(glob, at, *end, (unsigned char)c);
	}
	if (glob.data[at] == '\\' && at + 1 < glob.len)
		++*end;
	return glob.data[*end - 1] == c;
}

/* From a place, by one byte of the path. */
static void
step(struct str glob, size_t at, char c, struct places *next)
{
	size_t end;

	if (glob.data[at] == '*')
		step_star(glob, at, c, next);
	else if (is_one(glob, at, c, &end))
		reach(glob, next, end);
}

static bool
fits(struct str glob, struct str path)
{
	struct places now = { 0 };

	reach(glob, &now, 0);
	for (size_t i = 0; i < path.len; i++) {
		struct places next = { 0 };

		for (size_t at = 0; at < glob.len; at++)
			if (now.at[at])
				step(glob, at, path.data[i], &next);
		now = next;
	}
	return now.at[glob.len];
}

bool
glob_fits(struct str glob, struct str path)
{
	size_t slash = str_find(glob, STR("/"));
	struct buf text = { 0 };
	bool got;

	if (!glob.len || glob.len > GLOB_MAX)
		return false;
	if (slash + 1 >= glob.len) /* none but at the end */
		buf_add_text(&text, BEFORE);
	buf_add(&text, slash ? glob : str_skip(glob, 1));
	if (str_ends(glob, "/"))
		buf_add_text(&text, BEHIND);
	got = fits(buf_str(&text), path);
	buf_done(&text);
	return got;
}
