/*
 * sample - a text that a regular expression matches.
 *
 * It goes over the expression and writes the first of alternatives, one
 * character of a class, and as few repetitions as there may be.
 */
#include "sample_set.h"

#include "utf8.h"

enum {
	PATTERN_STEPS_MAX = 100000, /* characters of it that are looked at */
	PATTERN_DEPTH_MAX = 64,     /* groups within groups */
	CLASS_SIZE = 128,
};

struct pattern {
	struct str text;
	size_t at;
	struct buf *out;
	size_t more;  /* repetitions beyond the fewest, where there is no end */
	bool silent;  /* read only */
	bool unknown; /* there is what this does not know */
	int depth;
	long steps;
};

static void write_choice(struct pattern *);

static char
peek(const struct pattern *p)
{
	return p->at < p->text.len ? p->text.data[p->at] : '\0';
}

static bool
takes(struct pattern *p, char c)
{
	bool is_there = p->at < p->text.len && p->text.data[p->at] == c;

	p->unknown |= ++p->steps > PATTERN_STEPS_MAX;
	p->at += is_there;
	return is_there;
}

/* --- classes: sets of ASCII characters --- */

static void
add_range(bool *set, unsigned char from, unsigned char to)
{
	for (unsigned c = from; c <= to && c < CLASS_SIZE; c++)
		set[c] = true;
}

/* What "\d" and the like stand for; false: the character itself. */
static bool
add_escape(bool *set, char c)
{
	bool some[CLASS_SIZE] = { false };
	char kind = (char)(c | 0x20);

	if (!strchr("dws", kind) || !c)
		return false;
	if (kind != 's')
		add_range(some, '0', '9');
	else
		some[' '] = some['\t'] = some['\n'] = true;
	if (kind == 'w') {
		add_range(some, 'a', 'z');
		add_range(some, 'A', 'Z');
		some['_'] = true;
	}
	for (unsigned i = 0; i < CLASS_SIZE; i++)
		set[i] |= some[i] == (kind == c);
	return true;
}

/* The one that is written: one that people type, if it can be. */
static void
write_one(struct pattern *p, const bool *set)
{
	static const char wished[] = "a1A_-. /x0";

	if (p->silent)
		return;
	for (const char *c = wished; *c; c++)
		if (set[(unsigned char)*c]) {
			buf_add_char(p->out, *c);
			return;
		}
	for (int i = 1; i < CLASS_SIZE; i++)
		if (set[i]) {
			buf_add_char(p->out, (char)i);
			return;
		}
	p->unknown = true;
}

/* A character of a class, a range or an escape. */
static void
add_member(struct pattern *p, bool *set)
{
	bool is_escaped = takes(p, '\\');
	unsigned char from = (unsigned char)peek(p), to = from;

	p->at++;
	if (is_escaped && add_escape(set, (char)from))
		return;
	if (peek(p) == '-' && p->at + 1 < p->text.len &&
	    p->text.data[p->at + 1] != ']') {
		p->at++;
		takes(p, '\\');
		to = (unsigned char)peek(p);
		p->at++;
	}
	add_range(set, from, to);
}

/* Behind the "[". */
static void
write_class(struct pattern *p)
{
	bool set[CLASS_SIZE] = { false }, is_not = takes(p, '^');
	size_t first = p->at;

	while (!p->unknown && p->at < p->text.len &&
	    (peek(p) != ']' || p->at == first))
		add_member(p, set);
	p->unknown |= !takes(p, ']');
	for (int i = 0; i < CLASS_SIZE && is_not; i++)
		set[i] = !set[i];
	write_one(p, set);
}

/* --- what is repeated --- */

static void
write_group(struct pattern *p)
{
	if (takes(p, '?'))
		p->unknown |= !takes(p, ':');
	if (p->depth++ < PATTERN_DEPTH_MAX)
		write_choice(p);
	else
		p->unknown = true;
	p->depth--;
	p->unknown |= !takes(p, ')');
}

static void
write_character(struct pattern *p)
{
	struct str rest = str_skip(p->text, p->at);
	uint32_t cp;
	int len = utf8_decode(rest, &cp);

	rest.len = len > 0 ? (size_t)len : 1;
	p->at += rest.len;
	if (!p->silent)
		buf_add(p->out, rest);
}

static void
write_escape(struct pattern *p)
{
	static const char from[] = "nrtfv", to[] = "\n\r\t\f\v";
	static const char unknown[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	bool set[CLASS_SIZE] = { false };
	const char *at = peek(p) ? strchr(from, peek(p)) : NULL;

	if (add_escape(set, peek(p))) {
		p->at++;
		write_one(p, set);
	} else if (at) {
		p->at++;
		set[(unsigned char)to[at - from]] = true;
		write_one(p, set);
	} else if (strchr(unknown, peek(p))) {
		p->unknown = true;
	} else {
		write_character(p);
	}
}

static void
write_atom(struct pattern *p)
{
	if (takes(p, '('))
		write_group(p);
	else if (takes(p, '['))
		write_class(p);
	else if (takes(p, '\\'))
		write_escape(p);
	else if (takes(p, '.'))
		write_one(p, (const bool[CLASS_SIZE]){ ['a'] = true });
	else if (!takes(p, '^') && !takes(p, '$'))
		write_character(p);
}

static size_t
read_number(struct pattern *p)
{
	size_t n = 0;

	for (; peek(p) >= '0' && peek(p) <= '9' && n < SAMPLE_LENGTH_MAX;
	     p->steps++)
		n = n * 10 + (size_t)(p->text.data[p->at++] - '0');
	return n;
}

/* How often the atom before it is to be written. */
static size_t
read_count(struct pattern *p)
{
	size_t least = 1, more = 0;

	if (takes(p, '*')) {
		least = 0;
		more = p->more;
	} else if (takes(p, '+')) {
		more = p->more;
	} else if (takes(p, '?')) {
		least = 0;
	} else if (takes(p, '{')) {
		least = read_number(p);
		if (takes(p, ',')) {
			size_t most = peek(p) == '}' ? SIZE_MAX
						     : read_number(p);

			more = most - least < p->more ? most - least : p->more;
			p->unknown |= most < least;
		}
		p->unknown |= !takes(p, '}');
	} else {
		return 1;
	}
	takes(p, '?');
	return least + more;
}

static void
write_sequence(struct pattern *p)
{
	while (p->at < p->text.len && peek(p) != '|' && peek(p) != ')') {
		bool silent = p->silent;
		size_t from = p->at, end, count;

		p->silent = true;
		write_atom(p);
		count = read_count(p);
		p->silent = silent;
		end = p->at;
		for (; count && !silent && !p->unknown; count--) {
			p->at = from;
			write_atom(p);
		}
		p->at = end;
		if (p->unknown)
			return;
	}
}

/* The first of the alternatives; the others are read over. */
static void
write_choice(struct pattern *p)
{
	bool silent = p->silent;

	write_sequence(p);
	p->silent = true;
	while (!p->unknown && takes(p, '|'))
		write_sequence(p);
	p->silent = silent;
}

bool
sample_pattern(struct str pattern, size_t more, long *steps, struct buf *out)
{
	struct pattern p = { .text = pattern, .out = out, .more = more };

	write_choice(&p);
	*steps += p.steps;
	return !p.unknown && p.at == pattern.len && !out->full;
}
