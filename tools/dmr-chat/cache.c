/* dmr-chat: the answer that a cache has, and the one it gets. */
#include "answer.h"
#include "api_models.h"
#include "die.h"
#include "mem.h"
#include "now.h"
#include "tool_model.h"

enum { DIGESTS_MAX = 1000 };

/* Before the answer is asked for, which it does not hold up. */
void
chat_open_cache(struct chat *c)
{
	struct err e = ERR_NONE;

	if (c->set->cache && cache_open(&c->cache, c->set->cache, &e))
		warn("%s", e.text);
}

void
chat_forget_digests(struct chat *c)
{
	while (c->ndigests) {
		struct chat_digest *d = &c->digests[--c->ndigests];

		free(d->model);
		free(d->digest);
	}
}

/* The same, asked for once a run, unless records name very many models. */
static const struct chat_digest *
find_digest(struct chat *c, const char *model, struct err *e)
{
	struct chat_digest *d;

	for (size_t i = 0; i < c->ndigests; i++)
		if (!strcmp(c->digests[i].model, model))
			return &c->digests[i];
	if (c->ndigests == DIGESTS_MAX)
		chat_forget_digests(c);
	c->digests = mem_grow(c->digests, &c->digests_capacity, c->ndigests + 1,
	    sizeof *c->digests);
	d = &c->digests[c->ndigests++];
	*d = (struct chat_digest){ .model = mem_copy(str_of(model)) };
	d->got = tool_digest(c->api, model, c->out, &d->digest, e);
	return d;
}

void
chat_close_cache(struct chat *c)
{
	chat_forget_digests(c);
	free(c->digests);
	cache_close(&c->cache);
}

/* The key of the request: all that its answer depends on. */
static int
find_key(struct chat_answer *a, const char *model, struct err *e)
{
	struct chat *c = a->chat;
	const struct chat_digest *d = find_digest(c, model, e);
	const char *digest = d->digest;
	struct str parts[] = { STR(API_CHAT_PATH), str_of(digest),
		str_of(digest ? NULL : api_place(c->api)->name),
		str_of(digest ? NULL : model), buf_str(&a->body) };

	if (d->got == 1)
		cache_key(a->key, parts, countof(parts));
	return d->got;
}

/* Read a stored answer as if it came now.  False: it would not be good. */
static bool
replay(struct chat_answer *a, const char *model, struct str answer)
{
	struct chat *c = a->chat;
	const char *server = api_place(c->api)->name;
	struct err unused = ERR_NONE;

	chat_begin(a, server, model);
	a->first_ms = now_ms();
	if (a->keeps_body)
		buf_add(&a->came, answer);
	if (api_chat_feed(&a->reader, answer, &unused) >= 0 &&
	    !api_chat_end(&a->reader, c->set->cut_ok, &unused))
		return true;
	chat_begin(a, server, model);
	return false;
}

int
chat_recall(struct chat_answer *a, const char *model, struct err *e)
{
	struct chat *c = a->chat;
	struct str answer;
	int got;

	a->key[0] = 0;
	a->is_cached = false;
	if (!cache_is_open(&c->cache))
		return 0;
	chat_begin(a, api_place(c->api)->name, model);
	got = find_key(a, model, e);
	if (got != 1)
		return got;
	a->is_cached = cache_get(&c->cache, a->key, &answer) &&
	    replay(a, model, answer);
	if (a->is_cached && c->set->verbose)
		warn("the answer is a stored one");
	return a->is_cached;
}

void
chat_store(struct chat_answer *a)
{
	struct chat *c = a->chat;
	struct str answer = buf_str(&a->came);
	struct err e = ERR_NONE;

	if (!a->key[0] || a->is_cached || a->came.full ||
	    die_has_secret(answer))
		return;
	if (cache_put(&c->cache, a->key, answer, &e))
		warn("%s", e.text);
}
