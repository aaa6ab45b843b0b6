/* guard - text that a CI runner would obey. */
#include "guard.h"

#include <strings.h>

/* How a command begins, and where a backslash breaks it. */
static const struct mark {
	const char *text;
	size_t broken_at;
	bool begins_line;
} marks[] = {
	{ "::", 0, true },
	{ "##[", 2, false },
	{ "##vso[", 2, false },
};

/* The mark that may be held, or its beginning; NULL: it is none. */
static const struct mark *
find_mark(const struct guard *g)
{
	for (size_t i = 0; i < countof(marks); i++)
		if (!(marks[i].begins_line && g->in_line) &&
		    !strncasecmp(g->held, marks[i].text, g->len))
			return &marks[i];
	return NULL;
}

/* Let the first n held bytes go. */
static size_t
let_go(struct guard *g, size_t n, char *out)
{
	memcpy(out, g->held, n);
	for (size_t i = 0; i < n; i++)
		g->in_line = out[i] != '\n' &&
		    (g->in_line || (out[i] > ' ' && out[i] < 0x7f));
	g->len -= n;
	memmove(g->held, g->held + n, g->len);
	return n;
}

static size_t
take(struct guard *g, char c, char *out)
{
	const struct mark *mark;
	size_t at = 0;

	g->held[g->len++] = c;
	while (g->len) {
		mark = find_mark(g);
		if (!mark) {
			at += let_go(g, 1, out + at);
			continue;
		}
		if (mark->text[g->len])
			break;
		at += let_go(g, mark->broken_at, out + at);
		out[at++] = '\\';
		at += let_go(g, g->len, out + at);
	}
	return at;
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
		at += take(g, text.data[i], out + at);
	return at;
}

size_t
guard_end(struct guard *g, char *out)
{
	return let_go(g, g->len, out);
}
