/* store - the models a mock has. */
#include "store.h"

#include "mem.h"

static struct store_model *
find_id(const struct store *s, const char *id)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->models[i]->id, id) == 0)
			return s->models[i];
	return NULL;
}

int
store_tag(struct store *s, struct store_model *m, struct str whole)
{
	struct store_model *old = store_find(s, whole);

	if (old == m)
		return 0;
	if (m->ntags >= STORE_TAGS_MAX)
		return -1;
	for (size_t i = 0; old && i < old->ntags; i++)
		if (str_is(whole, old->tags[i])) {
			store_untag(s, old, i);
			break;
		}
	m->tags = mem_grow(
	    m->tags, &m->capacity, m->ntags + 1, sizeof *m->tags);
	m->tags[m->ntags++] = mem_copy(whole);
	return 0;
}

int
store_add(struct store *s, struct str whole, const char *id,
    const struct store_kind *kind, int64_t created)
{
	struct store_model *m = find_id(s, id);

	if (!m) {
		if (s->n >= STORE_MODELS_MAX)
			return -1;
		m = mem_new(1, sizeof *m);
		snprintf(m->id, sizeof m->id, "%s", id);
		m->kind = *kind;
		m->created = created;
		s->models = mem_grow(s->models, &s->capacity, s->n + 1,
		    sizeof(struct store_model *));
		s->models[s->n++] = m;
	}
	return store_tag(s, m, whole);
}

void
store_remove(struct store *s, struct store_model *m)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->models[i] == m) {
			memmove(s->models + i, s->models + i + 1,
			    (--s->n - i) * sizeof(struct store_model *));
			break;
		}
	for (size_t i = 0; i < m->ntags; i++)
		free(m->tags[i]);
	free(m->tags);
	free(m);
}

bool
store_untag(struct store *s, struct store_model *m, size_t tag)
{
	free(m->tags[tag]);
	memmove(m->tags + tag, m->tags + tag + 1,
	    (--m->ntags - tag) * sizeof *m->tags);
	if (m->ntags)
		return false;
	store_remove(s, m);
	return true;
}

void
store_done(struct store *s)
{
	while (s->n)
		store_remove(s, s->models[s->n - 1]);
	free(s->models);
	*s = (struct store){ 0 };
}
