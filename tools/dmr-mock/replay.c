/* replay - a recording answers what it was asked before. */
#include "replay.h"

#include "file.h"
#include "mem.h"

static void
free_entry(struct replay_entry *entry)
{
	recording_key_done(&entry->asked.key);
	tree_done(&entry->asked.json);
	mock_reply_done(&entry->reply);
	free(entry);
}

/* The tree looks into the key, which stays where it is. */
static int
read_entry(struct mock_replay *r, const struct mock_lines *lines, struct err *e)
{
	struct replay_entry *entry = mem_new(1, sizeof *entry);

	entry->number = lines->number;
	r->entries = mem_grow(
	    r->entries, &r->capacity, r->n + 1, sizeof(struct replay_entry *));
	r->entries[r->n++] = entry;
	if (recording_read(lines, &entry->asked.key, &entry->reply, e))
		return -1;
	tree_read(&entry->asked.json, buf_str(&entry->asked.key.body));
	return 0;
}

static int
read_entries(struct mock_replay *r, struct err *e)
{
	struct buf text = { .max = SIZE_MAX / 4 };
	struct mock_lines lines = { .path = r->path, .status = ST_INPUT };
	int got = file_read_trusted(
	    r->path, FILE_NO_LINK, RECORDING_MAX, &text, e);

	lines.rest = buf_str(&text);
	while (!got && (got = mock_lines_next(&lines, e)) == 1)
		got = read_entry(r, &lines, e);
	if (!got && !r->n)
		got = err_set(
		    e, ST_INPUT, "%s:1: there is no exchange", r->path);
	buf_done(&text);
	return got;
}

struct mock_replay *
mock_replay_open(const char *path, struct err *e)
{
	struct mock_replay *r = mem_new(1, sizeof *r);

	r->path = mem_copy(str_of(path));
	if (!read_entries(r, e))
		return r;
	mock_replay_close(r);
	return NULL;
}

void
mock_replay_be_verbose(struct mock_replay *r)
{
	r->is_verbose = true;
}

void
mock_replay_close(struct mock_replay *r)
{
	for (size_t i = 0; i < r->n; i++)
		free_entry(r->entries[i]);
	free(r->entries);
	free(r->path);
	free(r);
}

bool
replay_is_for(const struct replay_asked *a, const struct replay_asked *b)
{
	return str_equal(buf_str(&a->key.method), buf_str(&b->key.method)) &&
	    str_equal(buf_str(&a->key.target), buf_str(&b->key.target));
}

bool
replay_is_same(const struct replay_asked *a, const struct replay_asked *b)
{
	if (a->json.n && b->json.n)
		return tree_compare(a->json.nodes, b->json.nodes) == 0;
	return str_equal(buf_str(&a->key.body), buf_str(&b->key.body));
}

static bool
is_answer(const struct replay_entry *entry, const struct replay_asked *asked)
{
	return replay_is_for(&entry->asked, asked) &&
	    replay_is_same(&entry->asked, asked);
}

/* The first that was not used, or the last, for ever. */
static struct replay_entry *
find_entry(const struct mock_replay *r, const struct replay_asked *asked)
{
	for (size_t i = r->nused; i < r->n; i++)
		if (!r->entries[i]->is_used && is_answer(r->entries[i], asked))
			return r->entries[i];
	for (size_t i = r->n; i-- > 0;)
		if (is_answer(r->entries[i], asked))
			return r->entries[i];
	return NULL;
}

/* Most are asked for in their order: what was used is not looked at again. */
static void
use(struct mock_replay *r, struct replay_entry *entry)
{
	entry->is_used = true;
	while (r->nused < r->n && r->entries[r->nused]->is_used)
		r->nused++;
}

static void
copy_reply(const struct mock_reply *from, struct mock_reply *to)
{
	to->status = from->status;
	to->streams = from->streams;
	to->delay_ms += from->delay_ms;
	to->cut = from->cut;
	to->cut_at = from->cut_at;
	to->head_length = from->head_length;
	buf_add(&to->headers, buf_str(&from->headers));
	buf_add(&to->body, buf_str(&from->body));
	if (from->npauses)
		to->pauses = mem_grow(to->pauses, &to->capacity, from->npauses,
		    sizeof *to->pauses);
	for (to->npauses = 0; to->npauses < from->npauses; to->npauses++)
		to->pauses[to->npauses] = from->pauses[to->npauses];
}

bool
mock_replay_answer(struct mock_replay *r, const struct mock_request *request,
    struct mock_reply *reply)
{
	struct replay_asked asked = { 0 };
	struct mock_secrets secrets = { 0 };
	struct replay_entry *entry;

	mock_secrets_add(&secrets, request->headers);
	recording_key_take(&asked.key, request, &secrets);
	tree_read(&asked.json, buf_str(&asked.key.body));
	entry = find_entry(r, &asked);
	if (entry) {
		use(r, entry);
		copy_reply(&entry->reply, reply);
	} else if (r->is_verbose) {
		replay_explain(r, &asked);
	}
	tree_done(&asked.json);
	recording_key_done(&asked.key);
	mock_secrets_done(&secrets);
	return entry;
}
