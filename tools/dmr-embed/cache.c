/* dmr-embed: vectors that were asked for before, one by one. */
#include "base64.h"
#include "batch.h"
#include "die.h"
#include "tool_model.h"

/* Once a run, before the first text is looked for.  1, 0, -1. */
static int
ask_digest(struct embed *run, struct err *e)
{
	if (run->has_asked_digest)
		return run->got_digest;
	run->has_asked_digest = true;
	run->got_digest = tool_digest(
	    run->api, run->model, run->out, &run->digest, e);
	return run->got_digest;
}

/* All that a vector depends on. */
static void
make_key(struct embed *run, struct str json, char key[CACHE_KEY_SIZE])
{
	const char *digest = run->digest;
	struct str parts[] = { STR(API_EMBED_PATH), str_of(digest),
		str_of(digest ? NULL : api_place(run->api)->name),
		str_of(digest ? NULL : run->model), json };

	cache_key(key, parts, countof(parts));
}

int
embed_recall(struct embed *run, struct str json, struct err *e)
{
	char key[CACHE_KEY_SIZE];
	struct err unused = ERR_NONE;
	struct str answer;
	int got;

	if (!cache_is_open(&run->cache))
		return 0;
	got = ask_digest(run, e);
	if (got != 1)
		return got;
	make_key(run, json, key);
	if (!cache_get(&run->cache, key, &answer) ||
	    api_embed_read(&run->stored, answer, 1, &unused))
		return 0;
	if (run->digest) /* one model may have several names */
		run->stored.model[0] = 0;
	if (embed_check_answer(run, &run->stored, true, &unused))
		return 0;
	embed_log_stored(run);
	return 1;
}

/* As the server would answer if it were asked for this text alone. */
static void
write_answer(const struct embed *run, const float *vector, size_t width,
    struct buf *answer)
{
	struct json j = { .out = answer };
	struct buf row = { 0 }, text = { 0 };

	embed_add_numbers(&row, vector, width);
	base64_add(&text, buf_str(&row));
	json_open(&j, '{');
	json_member(&j, "model", str_of(run->answered_by));
	buf_add_text(answer, j.comma ? "," : "");
	buf_add_text(answer, "\"data\":[{\"index\":0,\"embedding\":\"");
	buf_add(answer, buf_str(&text));
	buf_add_text(answer, "\"}]}");
	buf_done(&row);
	buf_done(&text);
}

/* An empty answer is none. */
static void
put(struct embed *run, const struct record *r, struct str answer)
{
	char key[CACHE_KEY_SIZE];
	struct err e = ERR_NONE;

	buf_reset(&run->json);
	if (!embed_add_text(run, r, 0, &run->json, &e))
		return;
	make_key(run, buf_str(&run->json), key);
	if (cache_put(&run->cache, key, answer, &e))
		warn("%s", e.text);
}

static bool
stores(const struct embed *run)
{
	return cache_is_open(&run->cache) && run->got_digest == 1;
}

void
embed_store(struct embed *run, const struct record *r, const float *vector,
    size_t width, size_t limit)
{
	struct buf answer = { 0 };

	/* One that was cut is cut again: whether it must be may change. */
	if (!stores(run) || limit)
		return;
	write_answer(run, vector, width, &answer);
	put(run, r, buf_str(&answer));
	buf_done(&answer);
}

void
embed_forget(struct embed *run, const struct record *r)
{
	if (stores(run))
		put(run, r, (struct str){ 0 });
}
