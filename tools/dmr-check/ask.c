/* dmr-check: asking what a model runner tells of itself. */
#include <ctype.h>

#include "check.h"
#include "span.h"

void
check_limit(struct check *c, int64_t ms, bool once)
{
	struct http_limits *limits = &c->set->http.limits;

	if (!c->has_limits)
		c->limits = *limits;
	c->has_limits = true;
	*limits = c->limits;
	if (once)
		limits->retries = 0;
	if (once && limits->total_ms)
		limits->total_ms = limits->total_ms < ms ? limits->total_ms
							 : ms;
	else if (!limits->total_ms)
		limits->total_ms = ms;
}

int
check_ask(struct check *c, struct api_call *call, const char *path,
    enum span_kind kind, struct err *e)
{
	struct str reply;
	int status;

	call->method = "GET";
	call->side = API_MANAGEMENT;
	call->path = path;
	if (!api_place(c->api)->management)
		return 0;
	if (tool_call(c->api, call, c->out, e)) {
		status = call->http.status;
		return status == 404 || status == 405 || status == 501 ||
			(status >= 200 && status < 300)
		    ? 0
		    : -1;
	}
	reply = str_trim(buf_str(&call->http.reply));
	return span_kind(reply) == kind && span_valid(reply);
}

bool
check_is_local(const struct check *c)
{
	const struct http_server *server = &api_place(c->api)->server;

	return server->is_local || server->socket;
}

bool
check_has(struct str text, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= text.len; i++) {
		size_t k = 0;

		while (k < n &&
		    tolower((unsigned char)text.data[i + k]) == word[k])
			k++;
		if (k == n)
			return true;
	}
	return false;
}
