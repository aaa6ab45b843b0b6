/* guard - lines that a CI runner would obey. */
#include "guard.h"

#include <strings.h>

enum fate { PLAIN, UNDECIDED, COMMAND };

static enum fate
judge(const struct guard *g)
{
	static const char *const marks[] = { "::", "##[", "##vso[" };

	for (size_t i = 0; i < countof(marks); i++)
		if (!strncasecmp(g->held, marks[i], g->len))
			return marks[i][g->len] ? UNDECIDED : COMMAND;
	return PLAIN;
}

static size_t
let_go(struct guard *g, char *out)
{
	size_t n = g->len;

	memcpy(out, g->held, n);
	g->len = 0;
	g->in_line = n && out[n - 1] != '\n';
	return n;
}

/* One byte at the beginning of a line, behind blanks. */
static size_t
take_first(struct guard *g, char c, char *out)
{
	size_t at = 0;

	if (!g->len && (c == ' ' || c == '\t' || c == '\n')) {
		*out = c;
		return 1;
	}
	g->held[g->len++] = c;
	switch (judge(g)) {
	case UNDECIDED:
		return 0;
	case COMMAND:
		out[at++] = '\\';
		/* fall through */
	case PLAIN:
		break;
	}
	return at + let_go(g, out + at);
}

size_t
guard_text(struct guard *g, struct str text, char *out)
{
	size_t at = 0;

	if (!g->is_on) {
		memcpy(out, text.data, text.len);
		return text.len;
	}
	for (size_t i = 0; i < text.len; i++)
		if (g->in_line) {
			out[at++] = text.data[i];
			g->in_line = text.data[i] != '\n';
		} else {
			at += take_first(g, text.data[i], out + at);
		}
	return at;
}

size_t
guard_end(struct guard *g, char *out)
{
	return let_go(g, out);
}
