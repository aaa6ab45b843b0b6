/* dmr-docstring: insertions, and the proofs that nothing else changed. */
#include "edit.h"

#include "mem.h"

/* An insertion, as bytes [start, end) of the new text. */
struct range {
	size_t start, end;
	size_t inert; /* up to here they are known to be */
};

struct proof {
	const struct source *old;
	struct source new;
	const struct edit *edits;
	size_t n;
	struct range *ranges;
	bool is_literal; /* documentation is, rather than a comment */

	/* Of the walk: the insertions that end at the node, or before it. */
	size_t behind, shift;
	size_t *culprit;
	struct err *e;
};

void
edits_apply(struct str old, const struct edit *edits, size_t n, struct buf *out)
{
	size_t from = 0;

	for (size_t i = 0; i < n; i++) {
		struct str kept = { old.data + from, edits[i].at - from };

		buf_add(out, kept);
		buf_add(out, edits[i].text);
		from = edits[i].at;
	}
	buf_add(out, str_skip(old, from));
}

static int
fail(const struct proof *p, size_t edit, const char *why)
{
	*p->culprit = edit;
	return err_set(p->e, ST_UNUSABLE, "%s", why);
}

/* --- 1: only insertions --- */

/* Does *text go on so?  Then that is behind us. */
static bool
take(struct str *text, struct str wanted)
{
	if (text->len < wanted.len ||
	    (wanted.len && memcmp(text->data, wanted.data, wanted.len) != 0))
		return false;
	*text = str_skip(*text, wanted.len);
	return true;
}

static int
prove_insertions(const struct proof *p)
{
	struct str old = buf_str(&p->old->bytes), rest = buf_str(&p->new.bytes);
	size_t from = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct edit *edit = &p->edits[i];
		struct str kept = { old.data + from, edit->at - from };

		if (edit->at < from || edit->at > old.len ||
		    !take(&rest, kept) || !take(&rest, edit->text))
			return fail(p, i, "bytes of the source would change");
		from = edit->at;
	}
	if (!take(&rest, str_skip(old, from)) || rest.len)
		return fail(p, p->n, "bytes of the source would change");
	return 0;
}

/* --- 2: what is inserted is inert --- */

static bool
is_comment(const struct proof *p, struct syntax_node node)
{
	return syntax_is_extra(node) &&
	    lang_has_word(p->old->lang, "comments", str_of(syntax_kind(node)));
}

/* Blanks, up to a byte; what is behind it is inert up to another one. */
static bool
extend(const struct proof *p, size_t i, size_t to, size_t inert)
{
	struct range *r = &p->ranges[i];
	struct str gap = { p->new.bytes.data + r->inert, to - r->inert };
	bool is_first = r->inert == r->start;

	if (to < r->inert || inert > r->end)
		return false;
	if (!is_first && p->is_literal &&
	    p->edits[i].declaration->shares_line && str_starts(gap, ";"))
		gap = str_skip(gap, 1);
	r->inert = inert;
	return str_is_blank(gap);
}

/* What the same declaration has now: it must be what was inserted. */
static int
prove_documented(const struct proof *p, size_t i)
{
	const struct declaration *was = p->edits[i].declaration, *is;
	size_t index = (size_t)(was - p->old->declarations);
	struct range *r = &p->ranges[i];
	size_t start, end;

	is = &p->new.declarations[index];
	if (!str_equal(was->kind, is->kind) ||
	    strcmp(was->symbol, is->symbol) != 0)
		return fail(p, i, "another declaration would be found");
	if (!is->doc.data)
		return fail(p, i, "it would be no documentation");
	start = (size_t)(is->doc.data - p->new.bytes.data);
	end = start + is->doc.len;
	if (end <= r->start || start >= r->end)
		return fail(p, i, "it would document something else");
	if (p->is_literal && (start < r->start || !extend(p, i, start, end)))
		return fail(p, i, "it would not be in its place");
	return 0;
}

/* The first comment's or literal's bytes are known; and then? */
static int
prove_rest_blank(const struct proof *p)
{
	for (size_t i = 0; i < p->n; i++) {
		size_t end = p->ranges[i].end;

		if (!extend(p, i, end, end))
			return fail(p, i, "what is inserted would be code");
	}
	return 0;
}

/* --- 3: the trees are the same elsewhere --- */

static bool
overlaps(const struct range *r, size_t start, size_t end)
{
	return start < r->end && end > r->start;
}

/* 1: the node is no part of the old tree; 0: it is; -1. */
static int
look_at(struct proof *p, struct syntax_node node)
{
	size_t start = syntax_start(node), end = syntax_end(node);
	const struct range *r;

	while (p->behind < p->n && p->ranges[p->behind].end <= start) {
		r = &p->ranges[p->behind++];
		p->shift += r->end - r->start;
	}
	r = &p->ranges[p->behind];
	if (p->behind == p->n || !overlaps(r, start, end))
		return is_comment(p, node);
	if (is_comment(p, node) && !p->is_literal &&
	    !extend(p, p->behind, start, end))
		return fail(
		    p, p->behind, "the comment would not end where it should");
	if (syntax_has_error(node) && start >= r->start && end <= r->end)
		return fail(p, p->behind, "what is inserted would be an error");
	return is_comment(p, node) || (start >= r->start && end <= r->end);
}

/* The next node of the new tree that is to be in the old one: 1, 0, -1. */
static int
next_new(struct proof *p, struct syntax_walk *w)
{
	int got;

	while (syntax_walk_next(w)) {
		got = look_at(p, w->node);
		if (got <= 0)
			return got ? -1 : 1;
		syntax_walk_skip(w);
	}
	return 0;
}

static int
next_old(const struct proof *p, struct syntax_walk *w)
{
	while (syntax_walk_next(w)) {
		if (!is_comment(p, w->node))
			return 1;
		syntax_walk_skip(w);
	}
	return 0;
}

/* Leaves that are line ends may move by blanks. */
static bool
is_same_leaf(
    const struct proof *p, struct syntax_node old, struct syntax_node new)
{
	struct str before = syntax_text(p->old->tree, old);
	struct str after = syntax_text(p->new.tree, new);

	if (str_is_blank(before))
		return str_is_blank(after) || syntax_child_count(new);
	return str_equal(before, after) &&
	    syntax_start(old) + p->shift == syntax_start(new);
}

static bool
is_same_node(const struct proof *p, const struct syntax_walk *old,
    const struct syntax_walk *new)
{
	return old->depth == new->depth &&syntax_symbol(old->node) ==
	    syntax_symbol(new->node) &&
	    syntax_is_missing(old->node) == syntax_is_missing(new->node) &&
	    (syntax_child_count(old->node) ||
		is_same_leaf(p, old->node, new->node));
}

static int
compare(struct proof *p, struct syntax_walk *old, struct syntax_walk *new)
{
	for (;;) {
		int had = next_old(p, old), has = next_new(p, new);

		if (has < 0)
			return -1;
		if (had == has && !had)
			return 0;
		if (had != has || !is_same_node(p, old, new))
			return fail(p, p->behind ? p->behind - 1 : p->n,
			    "the code would not be the same");
	}
}

static int
prove_same_tree(struct proof *p)
{
	struct syntax_walk old, new;
	int got;

	syntax_walk_open(&old, syntax_root(p->old->tree));
	syntax_walk_open(&new, syntax_root(p->new.tree));
	got = compare(p, &old, &new);
	syntax_walk_close(&old);
	syntax_walk_close(&new);
	return got;
}

/* --- all three --- */

static int
prove(struct proof *p)
{
	if (prove_insertions(p))
		return -1;
	if (source_declarations(&p->new, p->e))
		return fail(p, p->n, "it could not be read any more");
	if (p->new.ndeclarations != p->old->ndeclarations)
		return fail(p, p->n, "other declarations would be found");
	for (size_t i = 0; i < p->n; i++)
		if (prove_documented(p, i))
			return -1;
	return prove_same_tree(p) || prove_rest_blank(p) ? -1 : 0;
}

int
edits_prove(const struct source *old, const struct edit *edits, size_t n,
    struct str new_text, size_t *culprit, struct err *e)
{
	struct proof p = { .old = old,
		.new = { .path = old->path, .lang = old->lang },
		.edits = edits,
		.n = n,
		.ranges = mem_new(n + 1, sizeof *p.ranges),
		.is_literal = str_is(
		    lang_setting(old->lang, "form"), "docstring"),
		.culprit = culprit,
		.e = e };
	size_t shift = 0;
	int got;

	for (size_t i = 0; i < n; i++) {
		struct range *r = &p.ranges[i];

		r->start = r->inert = edits[i].at + shift;
		r->end = r->start + edits[i].text.len;
		shift += edits[i].text.len;
	}
	p.new.bytes.max = SYNTAX_TEXT_MAX;
	buf_add(&p.new.bytes, new_text);
	got = prove(&p);
	source_done(&p.new);
	free(p.ranges);
	return got;
}
