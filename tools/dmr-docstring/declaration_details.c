/* dmr-docstring: what a model needs to know of one declaration. */
#include "declaration_parts.h"
#include "mem.h"

struct reader {
	const struct source *source;
	const struct syntax_query *query;
	struct details *details;
	struct range self, body; /* the declaration's; the latter may be {0} */
	struct range *scopes;    /* in it, of which none is in another */
	struct lead *leads;
	size_t nscopes, scopes_capacity, nleads, leads_capacity,
	    raises_capacity;
};

static bool
is_named(const char *name, const char *wanted)
{
	return !strcmp(name, wanted);
}

static struct range
range_of(struct syntax_node node)
{
	if (!syntax_is_node(node))
		return (struct range){ 0 };
	return (struct range){ syntax_start(node), syntax_end(node) };
}

static bool
is_within(struct range outer, struct range r)
{
	return outer.start <= r.start && r.end <= outer.end;
}

/* --- first pass: what is declared within --- */

/*
 * A scope that holds the declaration's body, and more, is its own: of
 * "f = function () {}", the function.
 */
static void
add_scopes(struct reader *r, const struct syntax_matches *m)
{
	for (size_t i = 0; i < syntax_captures(m); i++) {
		struct syntax_capture c = syntax_captured(m, i);
		struct range scope = range_of(c.node);

		if (!is_named(syntax_capture_name(r->query, c.id), "scope") ||
		    is_within(scope, r->self) ||
		    (scope.start < r->body.start && is_within(scope, r->body)))
			continue;
		r->scopes = mem_grow(r->scopes, &r->scopes_capacity,
		    r->nscopes + 1, sizeof scope);
		r->scopes[r->nscopes++] = scope;
	}
}

static int
compare_scopes(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->end < y->end) - (x->end > y->end);
}

/* Leave those out that lie in another. */
static void
sort_scopes(struct reader *r)
{
	size_t n = 0;

	if (r->nscopes)
		qsort(r->scopes, r->nscopes, sizeof *r->scopes, compare_scopes);
	for (size_t i = 0; i < r->nscopes; i++)
		if (!n || r->scopes[n - 1].end <= r->scopes[i].start)
			r->scopes[n++] = r->scopes[i];
	r->nscopes = n;
}

/* Does it belong to something that is declared within, but is not all of it? */
static bool
is_foreign(const struct reader *r, struct syntax_node node)
{
	struct range it = range_of(node);
	size_t low = 0, high = r->nscopes;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (r->scopes[middle].start <= it.start)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || it.end > r->scopes[low - 1].end)
		return false;
	return it.start != r->scopes[low - 1].start ||
	    it.end != r->scopes[low - 1].end;
}

/* --- second pass --- */

static void
add_parameter(struct reader *r, const struct lead *lead)
{
	r->leads = mem_grow(
	    r->leads, &r->leads_capacity, r->nleads + 1, sizeof *lead);
	r->leads[r->nleads++] = *lead;
}

static void
add_raise(struct reader *r, struct str name)
{
	struct details *d = r->details;

	for (size_t i = 0; i < d->nraises; i++)
		if (str_equal(d->raises[i], name))
			return;
	d->raises = mem_grow(
	    d->raises, &r->raises_capacity, d->nraises + 1, sizeof name);
	d->raises[d->nraises++] = name;
}

static void
take_parameter(const char *what, struct syntax_node node, struct str text,
    struct lead *lead)
{
	struct parameter *p = &lead->parameter;

	if (is_named(what, "parameter.name") ||
	    is_named(what, "parameter.part") ||
	    is_named(what, "typeparameter")) {
		p->name = text;
		p->is_type = is_named(what, "typeparameter");
		p->is_part = is_named(what, "parameter.part");
		lead->name = range_of(node);
	} else if (is_named(what, "parameter.type")) {
		p->type = text;
	} else if (is_named(what, "parameter.default")) {
		p->is_optional = true;
	} else if (is_named(what, "parameter.parts")) {
		lead->parts = range_of(node);
	} else if (is_named(what, "parameter.whole")) {
		lead->whole = range_of(node);
	}
}

static void
take(struct reader *r, const char *what, struct str text)
{
	struct details *d = r->details;

	if (is_named(what, "returns.type")) {
		d->return_type = text;
		d->returns = true;
	} else if (is_named(what, "returns")) {
		d->returns = true;
	} else if (is_named(what, "yields")) {
		d->yields = true;
	} else if (is_named(what, "raises")) {
		add_raise(r, text);
	} else if (is_named(what, "panics")) {
		add_raise(r, STR("panic"));
	} else if (is_named(what, "unsafe")) {
		d->is_unsafe = true;
	} else if (is_named(what, "fallible")) {
		d->is_fallible = true;
	}
}

static void
read_match(struct reader *r, const struct syntax_matches *m)
{
	struct lead lead = { .turn = r->nleads };

	for (size_t i = 0; i < syntax_captures(m); i++) {
		struct syntax_capture c = syntax_captured(m, i);
		const char *what = syntax_capture_name(r->query, c.id);
		struct str text = syntax_text(r->source->tree, c.node);

		if (is_foreign(r, c.node))
			return;
		take(r, what, text);
		take_parameter(what, c.node, text, &lead);
	}
	if (!lead.name.end)
		lead.parameter.name = syntax_property(m, "name");
	lead.at = lead.name.end ? lead.name.start : lead.parts.start;
	if (lead.name.end || lead.parts.end)
		add_parameter(r, &lead);
}

/* Each match of a query below the declaration. */
static void
read_all(struct reader *r, struct syntax_query *q, struct syntax_node below,
    void (*read)(struct reader *, const struct syntax_matches *))
{
	struct syntax_matches *m = syntax_match(q, r->source->tree, below);

	while (syntax_next(m))
		read(r, m);
	syntax_matches_free(m);
}

/* What is done where a class is defined is nothing that it returns. */
static void
forget_results(struct details *d)
{
	d->returns = d->yields = false;
	d->return_type = (struct str){ 0 };
	d->nraises = 0;
}

int
declaration_details(const struct source *s, const struct declaration *d,
    struct details *details, struct err *e)
{
	struct syntax_query *q = lang_details(s->lang, e);
	struct reader r = { .source = s,
		.query = q,
		.details = details,
		.self = range_of(d->definition),
		.body = range_of(d->body) };

	*details = (struct details){ 0 };
	if (!q)
		return -1;
	read_all(&r, q, d->definition, add_scopes);
	sort_scopes(&r);
	read_all(&r, q, d->definition, read_match);
	if (syntax_is_node(d->parameters))
		read_all(&r, q, d->parameters, read_match);
	parameters_make(details, r.leads, r.nleads);
	free(r.leads);
	free(r.scopes);
	if (declaration_is_type(d->kind) || str_is(d->kind, "module") ||
	    str_is(d->kind, "namespace"))
		forget_results(details);
	return 0;
}

void
details_drop_parts(struct details *details)
{
	size_t n = 0;

	for (size_t i = 0; i < details->nparameters; i++) {
		struct parameter p = details->parameters[i];

		if (p.is_part)
			free(p.path);
		else
			details->parameters[n++] = p;
	}
	details->nparameters = n;
}

void
details_done(struct details *details)
{
	for (size_t i = 0; i < details->nparameters; i++)
		free(details->parameters[i].path);
	free(details->parameters);
	free(details->raises);
	*details = (struct details){ 0 };
}
