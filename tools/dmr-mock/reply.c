/* reply - replies, filled piece by piece. */
#include <stdarg.h>

#include "mem.h"
#include "reply.h"

enum { ERROR_MAX = 4096 }; /* bytes of a line of ours */

void
mock_reply_header(struct mock_reply *reply, const char *name, const char *value)
{
	buf_add_text(&reply->headers, name);
	buf_add(&reply->headers, STR(": "));
	buf_add_text(&reply->headers, value);
	buf_add_char(&reply->headers, '\n');
}

void
mock_reply_head(struct mock_reply *reply, int status, const char *type)
{
	reply->status = status;
	mock_reply_header(reply, "Content-Type", type);
}

void
mock_reply_text(
    struct mock_reply *reply, int status, const char *type, struct str text)
{
	mock_reply_head(reply, status, type);
	buf_add(&reply->body, text);
}

void
mock_reply_error(struct mock_reply *reply, int status, const char *format, ...)
{
	char text[ERROR_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	mock_reply_text(
	    reply, status, "text/plain; charset=utf-8", str_of(text));
	buf_add_char(&reply->body, '\n');
	mock_reply_header(reply, "X-Content-Type-Options", "nosniff");
}

void
mock_reply_pause(struct mock_reply *reply, int64_t ms)
{
	reply->pauses = mem_grow(reply->pauses, &reply->capacity,
	    reply->npauses + 1, sizeof *reply->pauses);
	reply->pauses[reply->npauses++] = (struct mock_pause){
		.at = reply->body.len, .ms = ms
	};
}

void
mock_reply_done(struct mock_reply *reply)
{
	buf_done(&reply->headers);
	buf_done(&reply->body);
	buf_done(&reply->faults);
	free(reply->pauses);
	*reply = (struct mock_reply){ 0 };
}
