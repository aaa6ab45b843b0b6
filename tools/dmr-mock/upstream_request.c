/* upstream - what a place is asked, of what the mock was asked. */
#include "upstream.h"

#include <strings.h>

#include "mem.h"
#include "message.h"

/* What stands behind the base of the inference API, or NULL. */
static const char *
behind_base(const char *path)
{
	static const char engines[] = "/engines";
	const char *slash;

	if (!strncmp(path, engines, strlen(engines))) {
		path += strlen(engines);
		slash = *path ? strchr(path + 1, '/') : NULL;
		if (strncmp(path, "/v1/", 4) != 0 && slash)
			path = slash;
	}
	return strncmp(path, "/v1/", 4) ? NULL : path + 3;
}

/*
 * Would "." or ".." lead elsewhere, past what stands before the path there?
 * Points and slashes may be escaped.
 */
static bool
has_dots(const char *path)
{
	size_t ndots = 0, nothers = 0;
	bool found = false;

	for (; *path; path++) {
		bool dot = *path == '.' || !strncasecmp(path, "%2e", 3);
		bool slash = *path == '/' || !strncasecmp(path, "%2f", 3);

		path += *path == '%' && (dot || slash) ? 2 : 0;
		ndots += dot;
		nothers += !dot && !slash;
		if (!slash && path[1])
			continue;
		found |= !nothers && (ndots == 1 || ndots == 2);
		ndots = nothers = 0;
	}
	return found;
}

char *
upstream_target(const struct endpoint *p, const char *path, const char *query)
{
	const char *rest = behind_base(path), *base = p->management;
	char *usual = mem_format("%s/engines/v1", base ? base : "");
	const char *mark = *query ? "?" : "";

	if (!rest || (base && !strcmp(p->inference, usual)))
		rest = path;
	else
		base = p->inference;
	free(usual);
	if (!base || path[0] != '/' || has_dots(path))
		return NULL;
	return mem_format("%s%s%s%s", base, rest, mark, query);
}

char *
upstream_headers(const struct endpoint *p, struct str headers)
{
	static const char *const own[] = { "Host", "Origin", "Referer",
		"Accept-Encoding", "Expect", "Via" };
	struct str rest = headers, name, value;
	struct buf lines = { 0 };

	buf_add_format(&lines, "Via: 1.1 %s\n", UPSTREAM_VIA);
	while (mock_header_next(&rest, &name, &value)) {
		struct str line = { name.data, name.len + 1 };
		bool keep = !mock_header_is_framing(name) && value.len &&
		    (p->is_named || !http_secret_name(line));

		for (size_t i = 0; i < countof(own); i++)
			keep &= !mock_header_is(name, own[i]);
		if (keep)
			buf_add_format(&lines, "%.*s: %.*s\n", STR_ARGS(name),
			    STR_ARGS(value));
	}
	return buf_take(&lines);
}
