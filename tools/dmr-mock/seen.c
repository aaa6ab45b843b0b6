/* seen - the last requests, for tests to ask after. */
#include "mem.h"
#include "message.h"
#include "recording.h"
#include "seen.h"

enum {
	SEEN_MAX = 1024,           /* requests */
	SEEN_BYTES_MAX = 16 << 20, /* all of them */
};

struct entry {
	struct mock_request *request;
	int status;  /* 0: not answered */
	char *fault; /* or NULL */
};

struct mock_seen {
	struct entry ring[SEEN_MAX]; /* by number */
	size_t first, n, nbytes;
};

struct mock_seen *
mock_seen_open(void)
{
	return mem_new(1, sizeof(struct mock_seen));
}

static struct entry *
entry_at(struct mock_seen *seen, size_t i)
{
	return &seen->ring[(seen->first + i) % SEEN_MAX];
}

static void
drop_first(struct mock_seen *seen)
{
	struct entry *entry = entry_at(seen, 0);

	seen->nbytes -= mock_request_size(entry->request);
	free(entry->request);
	free(entry->fault);
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
	*entry_at(seen,
	    seen->n++) = (struct entry){ .request = mock_request_copy(r) };
	seen->nbytes += size;
}

void
mock_seen_answered(
    struct mock_seen *seen, size_t number, int status, struct str fault)
{
	for (size_t i = seen->n; i--;) {
		struct entry *entry = entry_at(seen, i);

		if (entry->request->number > number)
			continue;
		if (entry->request->number == number) {
			entry->status = status;
			free(entry->fault);
			entry->fault = fault.len ? mem_copy(fault) : NULL;
		}
		return;
	}
}

static void
write_line(const struct mock_request *r, int status, const char *fault,
    struct buf *out)
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
	if (status) {
		json_name(&j, "status");
		json_integer(&j, status);
	}
	if (fault)
		json_member(&j, "fault", str_of(fault));
	json_close(&j, '}');
	mock_secrets_done(&secrets);
	json_end_line(&j, from);
}

void
mock_seen_line(const struct mock_request *r, struct buf *out)
{
	write_line(r, 0, NULL, out);
}

void
mock_seen_write(struct mock_seen *seen, struct buf *out)
{
	for (size_t i = 0; i < seen->n; i++) {
		const struct entry *entry = entry_at(seen, i);

		write_line(entry->request, entry->status, entry->fault, out);
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
