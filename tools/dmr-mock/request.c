/* request - what a client asks, and whether it may. */
#include "mem.h"
#include "message.h"
#include "serve.h"

struct str
mock_header(const struct mock_request *request, const char *name)
{
	struct str rest = request->headers, found, value;

	while (mock_header_next(&rest, &found, &value))
		if (mock_header_is(found, name))
			return value;
	return (struct str){ 0 };
}

size_t
mock_request_size(const struct mock_request *r)
{
	return strlen(r->method) + strlen(r->target) + strlen(r->path) +
	    strlen(r->query) + r->headers.len + r->body.len;
}

/* Put text, and a NUL, at *to; returns where it is now. */
static struct str
put(char **to, struct str text)
{
	char *from = *to;

	if (text.len)
		memcpy(from, text.data, text.len);
	*to += text.len + 1;
	return (struct str){ from, text.len };
}

struct mock_request *
mock_request_copy(const struct mock_request *r)
{
	enum { TEXTS = 6 };
	struct mock_request *copy = mem_new(
	    1, sizeof *copy + mock_request_size(r) + TEXTS);
	char *to = (char *)(copy + 1);

	*copy = *r;
	copy->method = put(&to, str_of(r->method)).data;
	copy->target = put(&to, str_of(r->target)).data;
	copy->path = put(&to, str_of(r->path)).data;
	copy->query = put(&to, str_of(r->query)).data;
	copy->headers = put(&to, r->headers);
	copy->body = put(&to, r->body);
	return copy;
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

	while (mock_header_next(&rest, &name, &value)) {
		if (mock_header_is(name, "Host")) {
			nhosts++;
			is_ours = mock_listen_is_host(listener, value);
		}
		nlengths += mock_header_is(name, "Content-Length");
		if (mock_header_is(name, "Transfer-Encoding")) {
			is_chunked = true;
			nlengths += !mock_header_is(value, "chunked");
		}
		is_foreign |= mock_header_is(name, "Origin");
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
