/* dmr-docstring: the parameters of one declaration, and what they are called. */
#include "declaration_parts.h"
#include "mem.h"

enum { PATH_BYTES_MAX = 200 }; /* of a part; longer ones are left out */

/* --- order --- */

/* In the order of the text; of one, that first which has a name for it. */
static int
compare_leads(const void *a, const void *b)
{
	const struct lead *x = a, *y = b;
	bool is_named_x = x->parameter.name.len > 0,
	     is_named_y = y->parameter.name.len > 0;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (is_named_x != is_named_y)
		return is_named_y - is_named_x;
	return (x->turn > y->turn) - (x->turn < y->turn);
}

static int
compare_names(const void *a, const void *b)
{
	const struct str *x = a, *y = b;
	size_t n = x->len < y->len ? x->len : y->len;
	int order = n ? memcmp(x->data, y->data, n) : 0;

	return order ? order : (x->len > y->len) - (x->len < y->len);
}

/* By name; of one name, in the order of the text. */
static int
compare_twins(const void *a, const void *b)
{
	const struct lead *x = *(struct lead *const *)a,
			  *y = *(struct lead *const *)b;
	int order = compare_names(&x->parameter.name, &y->parameter.name);

	return order ? order : (x > y) - (x < y);
}

/* --- names --- */

/* Those that the source has, sorted, and the number of the next that it lacks. */
struct names {
	struct str *taken;
	size_t ntaken, next;
};

static void
names_read(struct names *names, const struct lead *leads, size_t n)
{
	names->taken = mem_new(n, sizeof *names->taken);
	for (size_t i = 0; i < n; i++)
		if (leads[i].name.end && !leads[i].parameter.is_part)
			names->taken[names->ntaken++] = leads[i].parameter.name;
	qsort(names->taken, names->ntaken, sizeof *names->taken, compare_names);
}

static bool
is_taken(const struct names *names, struct str name)
{
	return bsearch(&name, names->taken, names->ntaken, sizeof name,
		   compare_names) != NULL;
}

/* A pattern is called as the query says, or "root0": nothing else is. */
static void
name_pattern(struct names *names, struct parameter *p)
{
	while (!p->name.len || is_taken(names, p->name)) {
		free(p->path);
		p->path = mem_format("root%zu", names->next++);
		p->name = str_of(p->path);
	}
}

/* The last of the first n that stands at a byte or before it, or NULL. */
static struct lead *
last_before(struct lead *leads, size_t n, size_t at)
{
	size_t low = 0;

	while (low < n) {
		size_t middle = low + (n - low) / 2;

		if (leads[middle].at <= at)
			low = middle + 1;
		else
			n = middle;
	}
	return low ? &leads[low - 1] : NULL;
}

/* "a" of the first n's "root0" is "root0.a"; false: it is no parameter's. */
static bool
name_part(struct lead *leads, size_t n, struct lead *part)
{
	struct lead *whole = last_before(leads, n, part->whole.start);
	struct parameter *p = &part->parameter;

	if (!whole || whole->parts.start != part->whole.start ||
	    whole->parts.end != part->whole.end ||
	    whole->parameter.name.len + p->name.len >= PATH_BYTES_MAX)
		return false;
	whole->parameter.has_parts = true;
	p->is_optional |= whole->parameter.is_optional;
	p->path = mem_format(
	    "%.*s.%.*s", STR_ARGS(whole->parameter.name), STR_ARGS(p->name));
	p->name = str_of(p->path);
	return true;
}

/* --- one lead of several --- */

static void
unite(struct lead *into, const struct lead *lead)
{
	into->parameter.is_optional |= lead->parameter.is_optional;
	into->parameter.has_parts |= lead->parameter.has_parts;
	if (!into->parameter.type.len)
		into->parameter.type = lead->parameter.type;
	if (!into->parts.end)
		into->parts = lead->parts;
}

/* What has one name is one parameter, wherever it stands. */
static void
unite_twins(struct lead *leads, size_t n)
{
	struct lead **sorted = mem_new(n, sizeof(void *)), *first = NULL;

	for (size_t i = 0; i < n; i++)
		sorted[i] = &leads[i];
	qsort(sorted, n, sizeof(void *), compare_twins);
	for (size_t i = 0; i < n; i++) {
		if (first &&
		    str_equal(
			first->parameter.name, sorted[i]->parameter.name)) {
			sorted[i]->is_twin = true;
			unite(first, sorted[i]);
		} else {
			first = sorted[i];
		}
	}
	free(sorted);
}

/* Those that stay come first; how many. */
static size_t
name_all(struct lead *leads, size_t nleads)
{
	struct names names = { 0 };
	size_t n = 0;

	names_read(&names, leads, nleads);
	for (size_t i = 0; i < nleads; i++) {
		struct lead lead = leads[i];

		if (n && leads[n - 1].at == lead.at) {
			unite(&leads[n - 1], &lead);
			continue;
		}
		if (lead.parameter.is_part && !name_part(leads, n, &lead))
			continue;
		if (!lead.name.end)
			name_pattern(&names, &lead.parameter);
		leads[n++] = lead;
	}
	free(names.taken);
	return n;
}

void
parameters_make(struct details *details, struct lead *leads, size_t nleads)
{
	size_t n;

	if (!nleads)
		return;
	qsort(leads, nleads, sizeof *leads, compare_leads);
	n = name_all(leads, nleads);
	unite_twins(leads, n);
	details->parameters = mem_new(n, sizeof *details->parameters);
	for (size_t i = 0; i < n; i++)
		if (leads[i].is_twin)
			free(leads[i].parameter.path);
		else
			details->parameters[details->nparameters++] =
			    leads[i].parameter;
}
