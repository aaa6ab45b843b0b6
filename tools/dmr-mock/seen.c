/* seen - the last requests, for tests to ask after. */
#include "mem.h"
#include "message.h"
#include "serve.h"

enum {
	SEEN_MAX = 1024,           /* requests */
	SEEN_BYTES_MAX = 16 << 20, /* all of them */
};

/* A copy in one piece: method, target, headers, body. */
struct copy {
	size_t number;
	char *bytes;
	size_t method, target, headers, body; /* lengths */
};

struct mock_seen {
	struct copy ring[SEEN_MAX];
	size_t first, n, nbytes;
};

struct mock_seen *
mock_seen_open(void)
{
	return mem_new(1, sizeof(struct mock_seen));
}

static size_t
size_of(const struct copy *c)
{
	return c->method + c->target + c->headers + c->body;
}

static void
drop_first(struct mock_seen *seen)
{
	struct copy *c = &seen->ring[seen->first];

	seen->nbytes -= size_of(c);
	free(c->bytes);
	seen->first = (seen->first + 1) % SEEN_MAX;
	seen->n--;
}

static char *
put(char *at, const char *bytes, size_t n)
{
	if (n)
		memcpy(at, bytes, n);
	return at + n;
}

void
mock_seen_add(struct mock_seen *seen, const struct mock_request *r)
{
	struct copy c = { .number = r->number,
		.method = strlen(r->method),
		.target = strlen(r->target),
		.headers = r->headers.len,
		.body = r->body.len };
	char *at;

	while (seen->n &&
	    (seen->n == SEEN_MAX ||
		seen->nbytes + size_of(&c) > SEEN_BYTES_MAX))
		drop_first(seen);
	at = c.bytes = mem_new(size_of(&c), 1);
	at = put(at, r->method, c.method);
	at = put(at, r->target, c.target);
	at = put(at, r->headers.data, c.headers);
	put(at, r->body.data, c.body);
	seen->ring[(seen->first + seen->n++) % SEEN_MAX] = c;
	seen->nbytes += size_of(&c);
}

void
mock_seen_line(const struct mock_request *r, struct buf *out)
{
	struct json j = { .out = out };
	size_t from = out->len;

	json_open(&j, '{');
	json_name(&j, "number");
	json_integer(&j, (int64_t)r->number);
	json_name(&j, "method");
	json_string(&j, str_of(r->method));
	json_name(&j, "path");
	json_string(&j, str_of(r->target));
	mock_write_headers(&j, r->headers, MOCK_LOWER | MOCK_MASKED);
	mock_write_body(&j, r->body, false);
	json_close(&j, '}');
	json_end_line(&j, from);
}

void
mock_seen_write(const struct mock_seen *seen, struct buf *out)
{
	for (size_t i = 0; i < seen->n; i++) {
		const struct copy *c =
		    &seen->ring[(seen->first + i) % SEEN_MAX];
		const char *headers = c->bytes + c->method + c->target;
		char *method = mem_copy((struct str){ c->bytes, c->method });
		char *target = mem_copy(
		    (struct str){ c->bytes + c->method, c->target });
		struct mock_request r = { .number = c->number,
			.method = method,
			.target = target,
			.headers = { headers, c->headers },
			.body = { headers + c->headers, c->body } };

		mock_seen_line(&r, out);
		free(method);
		free(target);
	}
}

void
mock_seen_clear(struct mock_seen *seen)
{
	while (seen->n)
		drop_first(seen);
}

void
mock_seen_close(struct mock_seen *seen)
{
	mock_seen_clear(seen);
	free(seen);
}
