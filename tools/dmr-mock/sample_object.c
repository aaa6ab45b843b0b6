/* sample - objects: the members that must be there, and those that may. */
#include "sample_set.h"

#include "mem.h"

/* What all schemas of the set say of a member. */
static struct sample_set
member_of(const struct sample_set *set, struct str name)
{
	struct sample_set member = { 0 };

	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *in = sample_keyword(
		    set->all[i], "properties");
		const struct tree_node *found = in ? tree_find(in, name) : NULL;

		sample_set_add(&member,
		    found
			? found
			: sample_keyword(set->all[i], "additionalProperties"));
	}
	return member;
}

static bool
is_required(struct sampler *s, const struct sample_set *set, struct str name)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *in = sample_keyword(
		    set->all[i], "required");
		const struct tree_node *x = NULL;

		while (in && in->kind == SPAN_ARRAY && (x = tree_next(in, x))) {
			s->steps++;
			if (x->kind == SPAN_STRING &&
			    str_equal(tree_text(x), name))
				return true;
		}
	}
	return false;
}

/* The members that an object has so far, and those that were written. */
struct members {
	struct str *names;
	size_t n, capacity, written;
	size_t least, most;
};

/* Is one there that need not be? */
static bool
is_wished(const struct sampler *s, const struct members *m)
{
	return m->written < m->least ||
	    (s->depth <= SAMPLE_DEPTH_WISHED && m->most == SIZE_MAX);
}

static bool
has_member(struct sampler *s, const struct members *m, struct str name)
{
	for (size_t i = 0; i < m->n; i++) {
		s->steps++;
		if (str_equal(m->names[i], name))
			return true;
	}
	return false;
}

/* False: it must be there, and nothing was found. */
static bool
sample_member(struct sampler *s, const struct sample_set *set,
    struct members *members, struct str name)
{
	bool required = is_required(s, set, name);
	struct sample_mark mark = sample_mark(s);

	if (s->steps > SAMPLE_STEPS_MAX)
		return false;
	if ((!required && !is_wished(s, members)) ||
	    has_member(s, members, name))
		return true;
	members->names = mem_grow(members->names, &members->capacity,
	    members->n + 1, sizeof *members->names);
	members->names[members->n++] = name;
	json_string(&s->json, name);
	buf_add_char(s->json.out, ':');
	s->json.comma = false;
	if (sample_any(s, member_of(set, name), name)) {
		members->written++;
		return true;
	}
	sample_back(s, mark);
	return !required;
}

/* The members that a keyword of the schemas names. */
static bool
sample_named(struct sampler *s, const struct sample_set *set,
    const char *keyword, struct members *members)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct tree_node *in = sample_keyword(
		    set->all[i], keyword);
		const struct tree_node *x = NULL;

		while (in && in->count && (x = tree_next(in, x)))
			if (x->kind == SPAN_STRING &&
			    !sample_member(s, set, members, tree_text(x)))
				return false;
	}
	return true;
}

/* Members that no schema names, until there are as many as there must be. */
static bool
sample_others(
    struct sampler *s, const struct sample_set *set, struct members *m)
{
	char names[SAMPLE_MEMBERS_MAX][8];

	for (size_t i = 0; m->written < m->least; i++) {
		if (i == SAMPLE_MEMBERS_MAX)
			return false;
		snprintf(names[i], sizeof names[i], "key%d", (int)i + 1);
		if (!sample_member(s, set, m, str_of(names[i])))
			return false;
	}
	return true;
}

bool
sample_object(struct sampler *s, const struct sample_set *set)
{
	struct members members = { .most = SIZE_MAX };
	bool found;

	if (!s->is_loose) {
		members.least = sample_least(set, "minProperties");
		members.most = sample_most(set, "maxProperties");
	}
	json_open(&s->json, '{');
	found = sample_named(s, set, "properties", &members) &&
	    sample_named(s, set, "required", &members) &&
	    sample_others(s, set, &members) && members.written <= members.most;
	json_close(&s->json, '}');
	free(members.names);
	return found;
}
