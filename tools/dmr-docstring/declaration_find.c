/* dmr-docstring: what the matches of a language's query say. */
#include "declaration_parts.h"
#include "mem.h"

/* What a capture's name says of its node. */
enum role {
	ROLE_NONE,
	ROLE_DEFINITION,
	ROLE_NAME,
	ROLE_OWNER,
	ROLE_BODY,
	ROLE_PARAMETERS,
	ROLE_DOC,
	ROLE_ABOVE,
	ROLE_GROUP,
	ROLE_PUBLIC,
	ROLE_PRIVATE,
	ROLE_SCOPE,
	ROLE_COMMENTS,
	ROLE_ATTACHED,
	ROLE_OPAQUE,
};

static const char *const role_names[] = {
	[ROLE_DEFINITION] = "definition",
	[ROLE_NAME] = "name",
	[ROLE_OWNER] = "owner",
	[ROLE_BODY] = "body",
	[ROLE_PARAMETERS] = "parameters",
	[ROLE_DOC] = "doc",
	[ROLE_ABOVE] = "above",
	[ROLE_GROUP] = "group",
	[ROLE_PUBLIC] = "public",
	[ROLE_PRIVATE] = "private",
	[ROLE_SCOPE] = "scope",
	[ROLE_COMMENTS] = "comments",
	[ROLE_ATTACHED] = "attached",
	[ROLE_OPAQUE] = "opaque",
};

struct reader {
	struct found *found;
	const struct source *source;
	const struct syntax_query *query;
	struct syntax_matches *matches;
	enum role *roles; /* by the number of the capture */
};

static enum role
role_of(const char *name)
{
	if (str_starts(str_of(name), "definition."))
		return ROLE_DEFINITION;
	for (size_t i = 1; i < countof(role_names); i++)
		if (!strcmp(name, role_names[i]))
			return (enum role)i;
	return ROLE_NONE;
}

struct str
declaration_comment(const struct source *s, struct syntax_node node)
{
	struct str text = syntax_text(s->tree, node);

	while (text.len && strchr("\r\n", text.data[text.len - 1]))
		text.len--;
	return text;
}

static void
add_remark(struct reader *r, struct syntax_node node, bool is_comment)
{
	struct found *f = r->found;
	struct str text = declaration_comment(r->source, node);

	f->remarks = mem_grow(f->remarks, &f->remarks_capacity, f->nremarks + 1,
	    sizeof *f->remarks);
	f->remarks[f->nremarks++] = (struct remark){ syntax_start(node),
		syntax_start(node) + text.len, is_comment };
}

/* "definition.KIND" */
static struct str
kind_of(const char *name)
{
	struct str rest = str_of(name);

	str_cut(&rest, '.');
	return rest;
}

static void
take(struct reader *r, struct draft *d, struct syntax_capture c)
{
	switch (r->roles[c.id]) {
	case ROLE_DEFINITION:
		d->node = c.node;
		d->kind = kind_of(syntax_capture_name(r->query, c.id));
		break;
	case ROLE_NAME:
		d->name = c.node;
		break;
	case ROLE_OWNER:
		d->owner = syntax_text(r->source->tree, c.node);
		break;
	case ROLE_BODY:
		d->body = c.node;
		break;
	case ROLE_PARAMETERS:
		d->parameters = c.node;
		break;
	case ROLE_DOC:
		d->doc = c.node;
		break;
	case ROLE_ABOVE:
		d->above = c.node;
		break;
	case ROLE_GROUP:
		d->group = c.node;
		break;
	case ROLE_PUBLIC:
		d->is_public = true;
		break;
	case ROLE_PRIVATE:
		d->is_private = true;
		break;
	case ROLE_SCOPE:
		d->node = c.node;
		d->is_scope = true;
		break;
	case ROLE_COMMENTS:
	case ROLE_ATTACHED:
		add_remark(r, c.node, r->roles[c.id] == ROLE_COMMENTS);
		break;
	case ROLE_OPAQUE:
		syntax_leave(r->matches, c.node);
		break;
	case ROLE_NONE:
		break;
	}
}

/* Properties are texts of the query and end with a NUL. */
static void
read_match(struct reader *r)
{
	const struct syntax_matches *m = r->matches;
	struct found *f = r->found;
	struct draft d = { .pattern = syntax_pattern(m), .turn = f->ndrafts };

	for (size_t i = 0; i < syntax_captures(m); i++)
		take(r, &d, syntax_captured(m, i));
	if (!syntax_is_node(d.node)) {
		const char *consumer = syntax_property(m, "consumer").data;

		if (consumer)
			f->consumer = consumer;
		return;
	}
	d.consumer = syntax_property(m, "consumer").data;
	d.skip = syntax_property(m, "skip").data;
	d.level = syntax_property(m, "level").data;
	f->drafts = mem_grow(
	    f->drafts, &f->drafts_capacity, f->ndrafts + 1, sizeof d);
	f->drafts[f->ndrafts++] = d;
}

/* --- one draft of several --- */

static int
compare_numbers(uintptr_t a, uintptr_t b)
{
	return (a > b) - (a < b);
}

/* What is around others stands before them. */
static int
compare_drafts(const void *a, const void *b)
{
	const struct draft *x = a, *y = b;
	const int orders[] = {
		compare_numbers(syntax_start(x->node), syntax_start(y->node)),
		compare_numbers(syntax_end(y->node), syntax_end(x->node)),
		str_is(y->kind, "module") - str_is(x->kind, "module"),
		compare_numbers((uintptr_t)x->node.id, (uintptr_t)y->node.id),
		compare_numbers(x->pattern, y->pattern),
		compare_numbers(x->turn, y->turn),
	};

	for (size_t i = 0; i < countof(orders); i++)
		if (orders[i])
			return orders[i];
	return 0;
}

static int
compare_remarks(const void *a, const void *b)
{
	const struct remark *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

static void
take_node(struct syntax_node *into, struct syntax_node node)
{
	if (!syntax_is_node(*into))
		*into = node;
}

static void
take_text(const char **into, const char *text)
{
	if (!*into)
		*into = text;
}

/* Of two nodes above, the outer one. */
static void
take_above(struct syntax_node *into, struct syntax_node node)
{
	if (!syntax_is_node(*into) ||
	    (syntax_is_node(node) &&
		syntax_end(node) - syntax_start(node) >
		    syntax_end(*into) - syntax_start(*into)))
		*into = node;
}

static void
unite(struct draft *into, const struct draft *d)
{
	if (!into->kind.len)
		into->kind = d->kind;
	if (!into->owner.len)
		into->owner = d->owner;
	take_node(&into->name, d->name);
	take_node(&into->body, d->body);
	take_node(&into->parameters, d->parameters);
	take_node(&into->doc, d->doc);
	take_node(&into->group, d->group);
	take_above(&into->above, d->above);
	take_text(&into->consumer, d->consumer);
	take_text(&into->skip, d->skip);
	take_text(&into->level, d->level);
	into->is_public |= d->is_public;
	into->is_private |= d->is_private;
	into->is_scope &= d->is_scope;
}

static void
unite_all(struct found *f)
{
	size_t n = 0;

	if (f->ndrafts)
		qsort(f->drafts, f->ndrafts, sizeof *f->drafts, compare_drafts);
	for (size_t i = 0; i < f->ndrafts; i++) {
		if (n &&
		    syntax_is_same(f->drafts[n - 1].node, f->drafts[i].node))
			unite(&f->drafts[n - 1], &f->drafts[i]);
		else
			f->drafts[n++] = f->drafts[i];
	}
	f->ndrafts = n;
	if (f->nremarks)
		qsort(f->remarks, f->nremarks, sizeof *f->remarks,
		    compare_remarks);
}

int
found_read(struct found *f, const struct source *source, struct err *e)
{
	struct reader r = { .found = f, .source = source };
	struct syntax_query *query = lang_declarations(source->lang, e);

	if (!query)
		return -1;
	r.query = query;
	r.roles = mem_new(syntax_capture_names(query), sizeof *r.roles);
	for (size_t i = 0; i < syntax_capture_names(query); i++)
		r.roles[i] = role_of(syntax_capture_name(query, i));
	r.matches = syntax_match(
	    query, source->tree, syntax_root(source->tree));
	while (syntax_next(r.matches))
		read_match(&r);
	syntax_matches_free(r.matches);
	free(r.roles);
	unite_all(f);
	return 0;
}

void
found_done(struct found *f)
{
	free(f->drafts);
	free(f->remarks);
	*f = (struct found){ 0 };
}
