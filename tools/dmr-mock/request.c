/* request - what a client asks, and whether it may. */
#include <strings.h>

#include "mem.h"
#include "serve.h"

/* The next "Name: value" of the headers; false at their end. */
static bool
next_header(struct str *rest, struct str *name, struct str *value)
{
	*value = str_cut(rest, '\n');
	*name = str_cut(value, ':');
	*value = str_skip(*value, 1);
	return name->len > 0;
}

static bool
is_name(struct str name, const char *wanted)
{
	return name.len == strlen(wanted) &&
	    !strncasecmp(name.data, wanted, name.len);
}

struct str
mock_header(const struct mock_request *request, const char *name)
{
	struct str rest = request->headers, found, value;

	while (next_header(&rest, &found, &value))
		if (is_name(found, name))
			return value;
	return (struct str){ 0 };
}

void
mock_request_split(
    const char *target, char **path, const char **query, char **fault)
{
	static const char mark[] = "/fault/";
	struct str rest = str_of(target), name = { 0 };
	size_t length = strcspn(target, "?");

	*query = target[length] ? target + length + 1 : "";
	rest.len = length;
	if (str_starts(rest, mark)) {
		rest = str_skip(rest, strlen(mark));
		name = rest;
		name.len = strcspn(name.data, "/?");
		rest = str_skip(rest, name.len);
	}
	*fault = name.data ? mem_copy(name) : NULL;
	*path = rest.len ? mem_copy(rest) : mem_copy(STR("/"));
}

/*
 * A page from elsewhere that has a name of its own point to this machine
 * still sends that name as Host; a page that asks by our name sends Origin.
 */
int
mock_request_judge(const struct mock_request *request,
    const struct mock_listener *listener, const char **text)
{
	struct str rest = request->headers, name, value;
	int nhosts = 0, nlengths = 0;
	bool is_ours = false, is_foreign = false, is_chunked = false;

	while (next_header(&rest, &name, &value)) {
		if (is_name(name, "Host")) {
			nhosts++;
			is_ours = mock_listen_is_host(listener, value);
		}
		nlengths += is_name(name, "Content-Length");
		if (is_name(name, "Transfer-Encoding")) {
			is_chunked = true;
			nlengths += !is_name(value, "chunked");
		}
		is_foreign |= is_name(name, "Origin");
	}
	*text = "400 Bad Request";
	if (nhosts > 1 || nlengths + is_chunked > 1)
		return 400;
	*text = "Host not allowed";
	if (nhosts && !is_ours)
		return 403;
	*text = "Origin not allowed";
	return is_foreign ? 403 : 0;
}
