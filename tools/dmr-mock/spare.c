/* spare - the buffers of exchanges that have ended, for the next ones. */
#include "exchange.h"

#include "mem.h"

enum {
	SPARE_MAX = 64,             /* exchanges */
	SPARE_BYTES_MAX = 64 << 10, /* of a buffer */
};

struct exchange *
exchange_take(struct mock_server *server)
{
	struct exchange *x = server->spare;

	if (!x)
		return mem_new(1, sizeof *x);
	server->spare = x->next;
	server->nspare--;
	x->next = NULL;
	return x;
}

static struct buf
empty(struct buf *b)
{
	if (b->capacity > SPARE_BYTES_MAX)
		buf_done(b);
	buf_clear(b);
	b->max = 0;
	return *b;
}

void
exchange_give_back(struct exchange *x)
{
	struct mock_server *server = x->server;
	struct mock_reply *reply = &x->x.reply;
	struct exchange spare = {
		.headers = empty(&x->headers),
		.body = empty(&x->body),
		.x.reply.headers = empty(&reply->headers),
		.x.reply.body = empty(&reply->body),
		.x.reply.faults = empty(&reply->faults),
		.next = server->spare,
	};

	free(reply->pauses);
	*x = spare;
	server->spare = x;
	if (++server->nspare > SPARE_MAX)
		exchange_free_spare(server);
}

void
exchange_free_spare(struct mock_server *server)
{
	struct exchange *next;

	for (struct exchange *x = server->spare; x; x = next) {
		next = x->next;
		buf_done(&x->headers);
		buf_done(&x->body);
		mock_reply_done(&x->x.reply);
		free(x);
	}
	server->spare = NULL;
	server->nspare = 0;
}
