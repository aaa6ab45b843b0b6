/* seen - the last requests, for tests to ask after. */
#include "mem.h"
#include "message.h"
#include "recording.h"
#include "seen.h"

enum {
	SEEN_MAX = 1024,           /* requests */
	SEEN_BYTES_MAX = 16 << 20, /* all of them */
};

struct mock_seen {
	struct mock_request *ring[SEEN_MAX];
	size_t first, n, nbytes;
};

struct mock_seen *
mock_seen_open(void)
{
	return mem_new(1, sizeof(struct mock_seen));
}

static void
drop_first(struct mock_seen *seen)
{
	struct mock_request *r = seen->ring[seen->first];

	seen->nbytes -= mock_request_size(r);
	free(r);
	seen->first = (seen->first + 1) % SEEN_MAX;
	seen->n--;
}

void
mock_seen_add(struct mock_seen *seen, const struct mock_request *r)
{
	size_t size = mock_request_size(r);

	while (seen->n &&
	    (seen->n == SEEN_MAX || seen->nbytes + size > SEEN_BYTES_MAX))
		drop_first(seen);
	seen->ring[(seen->first + seen->n++) % SEEN_MAX] = mock_request_copy(r);
	seen->nbytes += size;
}

void
mock_seen_line(const struct mock_request *r, struct buf *out)
{
	struct json j = { .out = out };
	struct mock_secrets secrets = { 0 };
	struct mock_request asked = *r;
	size_t from = out->len;

	asked.path = r->target; /* with the fault */
	asked.query = "";
	mock_secrets_add(&secrets, r->headers);
	json_open(&j, '{');
	json_name(&j, "number");
	json_integer(&j, (int64_t)r->number);
	recording_write_request(&j, &asked, &secrets, false);
	json_close(&j, '}');
	mock_secrets_done(&secrets);
	json_end_line(&j, from);
}

void
mock_seen_write(const struct mock_seen *seen, struct buf *out)
{
	for (size_t i = 0; i < seen->n; i++)
		mock_seen_line(seen->ring[(seen->first + i) % SEEN_MAX], out);
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
