/* ask - the answer that a cache has, and the one it gets. */
#include "ask_parts.h"
#include "die.h"
#include "mem.h"
#include "now.h"
#include "tool_model.h"

enum { DIGESTS_MAX = 1000 };

/* What a model is made of, as far as the server tells. */
struct ask_digest {
	char *model, *digest;
	int got;
};

/* Before the answer is asked for, which it does not hold up. */
void
ask_open_cache(struct ask_run *run)
{
	struct err e = ERR_NONE;

	if (run->set->cache && cache_open(&run->cache, run->set->cache, &e))
		warn("%s", e.text);
}

void
ask_forget_digests(struct ask_run *run)
{
	while (run->ndigests) {
		struct ask_digest *d = &run->digests[--run->ndigests];

		free(d->model);
		free(d->digest);
	}
}

/* The same, asked for once a run, unless records name very many models. */
static const struct ask_digest *
find_digest(struct ask_run *run, const char *model, struct err *e)
{
	struct ask_digest *d;

	for (size_t i = 0; i < run->ndigests; i++)
		if (!strcmp(run->digests[i].model, model))
			return &run->digests[i];
	if (run->ndigests == DIGESTS_MAX)
		ask_forget_digests(run);
	run->digests = mem_grow(run->digests, &run->digests_capacity,
	    run->ndigests + 1, sizeof *run->digests);
	d = &run->digests[run->ndigests++];
	*d = (struct ask_digest){ .model = mem_copy(str_of(model)) };
	d->got = tool_digest(run->api, model, run->out, &d->digest, e);
	return d;
}

void
ask_close_cache(struct ask_run *run)
{
	ask_forget_digests(run);
	free(run->digests);
	cache_close(&run->cache);
}

/* The key of the request: all that its answer depends on. */
static int
find_key(struct ask *a, const char *model, struct err *e)
{
	struct ask_run *run = a->run;
	const struct ask_digest *d = find_digest(run, model, e);
	const char *digest = d->digest;
	struct str parts[] = { str_of(run->path), str_of(digest),
		str_of(digest ? NULL : api_place(run->api)->name),
		str_of(digest ? NULL : model), buf_str(&a->body) };

	if (d->got == 1)
		cache_key(a->key, parts, countof(parts));
	return d->got;
}

/* Read a stored answer as if it came now.  False: it would not be good. */
static bool
replay(struct ask *a, const char *model, struct str answer)
{
	struct ask_run *run = a->run;
	const char *server = api_place(run->api)->name;
	struct err unused = ERR_NONE;

	ask_begin(a, server, model);
	a->first_ms = now_ms();
	if (a->keeps_body)
		buf_add(&a->came, answer);
	if (api_chat_feed(&a->reader, answer, &unused) >= 0 &&
	    !api_chat_end(&a->reader, run->set->cut_ok, &unused))
		return true;
	ask_begin(a, server, model);
	return false;
}

int
ask_recall(struct ask *a, const char *model, struct err *e)
{
	struct ask_run *run = a->run;
	struct str answer;
	int got;

	a->key[0] = 0;
	a->is_cached = false;
	if (!cache_is_open(&run->cache))
		return 0;
	ask_begin(a, api_place(run->api)->name, model);
	got = find_key(a, model, e);
	if (got != 1)
		return got;
	a->is_cached = cache_get(&run->cache, a->key, &answer) &&
	    replay(a, model, answer);
	if (a->is_cached && run->set->verbose)
		warn("the answer is a stored one");
	return a->is_cached;
}

void
ask_store(struct ask *a)
{
	struct ask_run *run = a->run;
	struct str answer = buf_str(&a->came);
	struct err e = ERR_NONE;

	if (!a->key[0] || a->is_cached || a->came.full ||
	    die_has_secret(answer))
		return;
	if (cache_put(&run->cache, a->key, answer, &e))
		warn("%s", e.text);
}
