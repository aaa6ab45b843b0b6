/* pattern - POSIX extended regular expressions over views. */
#include "pattern.h"

#include <regex.h>

#include "mem.h"

struct pattern {
	regex_t compiled;
	char *fixed;  /* must stand in what matches; NULL: not known */
	size_t rare;  /* which byte of it is looked for first */
	char *firsts; /* one of these begins what matches; NULL: not known */
};

/* Behind "[...]". */
static size_t
skip_set(struct str source, size_t at)
{
	at++;
	if (at < source.len && source.data[at] == '^')
		at++;
	if (at < source.len && source.data[at] == ']')
		at++;
	for (; at < source.len && source.data[at] != ']'; at++)
		if (source.data[at] == '[') /* [:space:] */
			while (at + 1 < source.len && source.data[at] != ']')
				at++;
	return at < source.len ? at + 1 : at;
}

/* Behind the group that begins at `at`. */
static size_t
skip_group(struct str source, size_t at)
{
	size_t depth = 0;

	while (at < source.len) {
		char c = source.data[at];

		if (c == '[') {
			at = skip_set(source, at);
			continue;
		}
		depth += c == '(';
		depth -= c == ')';
		at += c == '\\' ? 2 : 1;
		if (depth == 0)
			return at;
	}
	return source.len;
}

/* The plain byte at `at`, and the length of how it is written; 0: none. */
static size_t
plain_byte(struct str source, size_t at, char *c)
{
	*c = source.data[at];
	if (*c == '\\' && at + 1 < source.len) {
		*c = source.data[at + 1];
		return strchr(".[]()*+?{}|^$\\/-", *c) ? 2 : 0;
	}
	return strchr(".[]()*+?{}|^$\\", *c) ? 0 : 1;
}

/* Behind what stands at `at` and is no plain byte. */
static size_t
skip_special(struct str source, size_t at)
{
	switch (source.data[at]) {
	case '(':
		return skip_group(source, at);
	case '[':
		return skip_set(source, at);
	case '{':
		while (at < source.len && source.data[at] != '}')
			at++;
		return at + 1;
	default:
		return at + (source.data[at] == '\\' ? 2 : 1);
	}
}

/* The longest run of plain bytes that every match holds, or NULL. */
static char *
find_fixed(struct str source)
{
	char run[PATTERN_TEXT_MAX], *best = NULL, c;
	size_t n = 0, nbest = 0, at = 0;

	while (at < source.len) {
		size_t len = plain_byte(source, at, &c);

		if (c == '|' && len == 0) { /* either side of it will do */
			free(best);
			return NULL;
		}
		at = len ? at + len : skip_special(source, at);
		if (len && !(at < source.len && strchr("*?{", source.data[at])))
			run[n++] = c;
		else
			n = 0;
		if (n > nbest) {
			free(best);
			best = mem_copy((struct str){ run, n });
			nbest = n;
		}
	}
	return best;
}

/* The byte of a text that others have least often, as far as letters tell. */
static size_t
find_rare(struct str text)
{
	static const char often[] = " etaoinsrlfdcumph_g.()=,\"'byv";
	size_t best = 0, rank = 0;

	for (size_t i = 0; i < text.len; i++) {
		const char *found = strchr(often, text.data[i]);
		size_t at = found ? (size_t)(found - often) : sizeof often;

		if (at > rank) {
			rank = at;
			best = i;
		}
	}
	return best;
}

/* Append the bytes that can begin what is written at `at`; 0, or its length. */
static size_t
add_firsts(struct str source, size_t at, char *firsts)
{
	size_t n = strlen(firsts), len = 1;

	if (source.data[at] != '[')
		return plain_byte(source, at, &firsts[n]);
	while (at + len < source.len && source.data[at + len] != ']') {
		char c = source.data[at + len++];

		if (strchr("-^[\\", c))
			return 0;
		firsts[n++] = c;
	}
	return len > 1 ? len + 1 : 0;
}

/* Bytes of an escape, a set, or what stands for itself. */
static size_t
unit_len(struct str source, size_t at)
{
	if (source.data[at] == '[')
		return skip_set(source, at) - at;
	return source.data[at] == '\\' ? 2 : 1;
}

/* Where "^a" or "^[ab]" ends, which is not repeated; 0: there is none. */
static size_t
skip_first(struct str source, size_t at, char *firsts)
{
	size_t len = source.data[at] == '^' && at + 1 < source.len
	    ? add_firsts(source, at + 1, firsts)
	    : 0;

	at += 1 + len;
	if (len && at < source.len && strchr("*?{", source.data[at]))
		len = 0;
	return len ? at : 0;
}

/* The bytes that "^a...|^[bc]..." begins with; NULL: it has another form. */
static char *
find_firsts(struct str source)
{
	char *firsts = mem_new(source.len + 1, 1);
	size_t depth = 0, at = 0;
	bool begins = true;

	while (at < source.len) {
		char c = source.data[at];

		if (begins) {
			at = skip_first(source, at, firsts);
			begins = false;
			if (!at)
				break;
			continue;
		}
		begins = c == '|' && depth == 0;
		depth += c == '(';
		depth -= c == ')' && depth;
		at += unit_len(source, at);
	}
	if (at && at >= source.len && !begins)
		return firsts;
	free(firsts);
	return NULL;
}

struct pattern *
pattern_new(struct str source, struct err *e)
{
	struct pattern *p = mem_new(1, sizeof *p);
	char *text = mem_copy(source);
	char why[256];
	int bad;

	if (source.len >= PATTERN_TEXT_MAX || str_has_nul(source)) {
		err_set(e, ST_USAGE, "a regular expression of %zu bytes",
		    source.len);
	} else {
		bad = regcomp(&p->compiled, text, REG_EXTENDED | REG_NOSUB);
		if (!bad) {
			free(text);
			p->fixed = find_fixed(source);
			p->rare = find_rare(str_of(p->fixed));
			p->firsts = find_firsts(source);
			return p;
		}
		regerror(bad, &p->compiled, why, sizeof why);
		err_set(e, ST_USAGE, "'%s' is no regular expression: %s", text,
		    why);
	}
	free(text);
	free(p);
	return NULL;
}

void
pattern_free(struct pattern *p)
{
	if (!p)
		return;
	regfree(&p->compiled);
	free(p->fixed);
	free(p->firsts);
	free(p);
}

/*
 * Where there is no REG_STARTEND, the text is copied; under AddressSanitizer,
 * too, whose regexec() takes it for a string.
 */
static bool
run(const struct pattern *p, struct str text)
{
#if defined REG_STARTEND && !defined POSIX_ONLY && !defined __SANITIZE_ADDRESS__
	regmatch_t all = { .rm_so = 0, .rm_eo = (regoff_t)text.len };

	return !regexec(
	    &p->compiled, text.len ? text.data : "", 1, &all, REG_STARTEND);
#else
	char *copy = mem_copy(text);
	bool found = !regexec(&p->compiled, copy, 0, NULL, 0);

	free(copy);
	return found;
#endif
}

/* Where what must stand in a match stands first; the length: nowhere. */
static size_t
find_in(const struct pattern *p, struct str text)
{
	struct str fixed = str_of(p->fixed);
	size_t at = p->rare;

	while (at < text.len) {
		const char *found = memchr(
		    text.data + at, fixed.data[p->rare], text.len - at);

		if (!found)
			break;
		at = (size_t)(found - text.data);
		if (text.len - at + p->rare >= fixed.len &&
		    !memcmp(found - p->rare, fixed.data, fixed.len))
			return at - p->rare;
		at++;
	}
	return text.len;
}

bool
pattern_matches(const struct pattern *p, struct str text)
{
	if (p->firsts && !(text.len && strchr(p->firsts, text.data[0])))
		return false;
	if (p->fixed && find_in(p, text) == text.len)
		return false;
	return run(p, text);
}

/* The line that holds byte `at`; *next is where the one behind it begins. */
static struct str
line_around(struct str text, size_t at, size_t *next)
{
	size_t start = at;
	const char *end = memchr(text.data + at, '\n', text.len - at);

	while (start > 0 && text.data[start - 1] != '\n')
		start--;
	*next = end ? (size_t)(end - text.data) + 1 : text.len;
	return (struct str){ text.data + start,
		(end ? (size_t)(end - text.data) : text.len) - start };
}

bool
pattern_matches_line(const struct pattern *p, struct str text)
{
	size_t at = 0, next;

	while (at < text.len) {
		if (p->fixed) {
			struct str rest = str_skip(text, at);
			size_t found = find_in(p, rest);

			if (found == rest.len)
				return false;
			at += found;
		}
		if (pattern_matches(p, line_around(text, at, &next)))
			return true;
		at = next;
	}
	return false;
}
