/* dmr-review: a project's own rules, from a Markdown file. */
#include "rules.h"

#include <strings.h>

#include "mem.h"
#include "rules_parts.h"

enum {
	FENCE_MIN = 3,  /* backquotes or tildes */
	INDENT_MAX = 3, /* blanks before what is no code */
};

/* --- lines --- */

struct line {
	struct str text;
	size_t level;       /* of a heading, or 0 */
	struct str heading; /* its words */
};

struct reader {
	struct str rest;
	size_t number; /* of the line */
	char fence;    /* of the code that we are in, or 0 */
	size_t fence_len;
};

static size_t
run_len(struct str text, char c)
{
	size_t n = 0;

	while (n < text.len && text.data[n] == c)
		n++;
	return n;
}

/* Does code begin or end here? */
static bool
take_fence(struct reader *r, struct str text)
{
	char c = text.len ? text.data[0] : 0;
	size_t n = run_len(text, c);

	if ((c != '`' && c != '~') || n < FENCE_MIN)
		return false;
	if (!r->fence) {
		r->fence = c;
		r->fence_len = n;
		return true;
	}
	if (c == r->fence && n >= r->fence_len &&
	    str_is_blank(str_skip(text, n)))
		r->fence = 0;
	return true;
}

/* "## Words ##" */
static void
take_heading(struct line *line, struct str text)
{
	size_t level = run_len(text, '#'), end;
	struct str words = str_skip(text, level);

	if (!level || level > 6 ||
	    (words.len && words.data[0] != ' ' && words.data[0] != '\t'))
		return;
	words = str_trim(words);
	for (end = words.len; end && words.data[end - 1] == '#';)
		end--;
	if (!end || words.data[end - 1] == ' ' || words.data[end - 1] == '\t')
		words.len = end;
	line->level = level;
	line->heading = str_trim(words);
}

static bool
next_line(struct reader *r, struct line *line)
{
	struct str text;
	size_t indent;

	if (!r->rest.len)
		return false;
	*line = (struct line){ .text = str_cut(&r->rest, '\n') };
	r->number++;
	indent = run_len(line->text, ' ');
	text = str_trim(line->text);
	if (indent <= INDENT_MAX && !take_fence(r, text) && !r->fence)
		take_heading(line, text);
	return true;
}

/* --- names --- */

/* A byte of a name: what is no letter or digit becomes "-". */
static char
name_char(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c & 0x80)
		return c;
	return '-';
}

/* Cut at a "-" where it can be, and never in a character. */
static size_t
cut_name(const char *name)
{
	size_t n = RULES_NAME_MAX;

	while (n && name[n] != '-')
		n--;
	if (n)
		return n;
	for (n = RULES_NAME_MAX; n && (name[n] & 0xc0) == 0x80;)
		n--;
	return n;
}

/* "rule", if it has no letter or digit.  Yours to free(). */
static char *
make_name(struct str heading)
{
	char *name = mem_new(heading.len + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < heading.len; i++) {
		char c = name_char(heading.data[i]);

		if (c != '-' || (n && name[n - 1] != '-'))
			name[n++] = c;
	}
	if (n > RULES_NAME_MAX)
		n = cut_name(name);
	while (n && name[n - 1] == '-')
		n--;
	name[n] = '\0';
	if (n)
		return name;
	free(name);
	return mem_copy(STR("rule"));
}

/* Is it a rule's, or a category that there is without rules? */
static bool
is_taken(const struct rules *all, const char *name)
{
	static const char *const categories[] = { "bug", "security",
		"performance", "style" };

	for (size_t i = 0; i < countof(categories); i++)
		if (!strcmp(categories[i], name))
			return true;
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->items[i].name, name))
			return true;
	return false;
}

/* "name", "name-2", ...: one that is not taken. */
static char *
make_own_name(const struct rules *all, struct str heading)
{
	char *name = make_name(heading), *own = mem_copy(str_of(name));

	for (size_t n = 2; is_taken(all, own); n++) {
		free(own);
		own = mem_format("%s-%zu", name, n);
	}
	free(name);
	return own;
}

/* --- rules --- */

/* Does such a heading go on with the rule above? */
static bool
is_part(struct str heading)
{
	static const char *const words[] = { "good", "bad", "example", "why",
		"note", "exception", "rationale", "reason", "detail",
		"see also" };

	for (size_t i = 0; i < countof(words); i++)
		if (heading.len >= strlen(words[i]) &&
		    !strncasecmp(heading.data, words[i], strlen(words[i])))
			return true;
	return false;
}

static struct rule *
last_rule(struct rules *all)
{
	return all->n ? &all->items[all->n - 1] : NULL;
}

static void
drop_last(struct rules *all)
{
	struct rule *rule = last_rule(all);

	for (size_t i = 0; i < rule->nglobs; i++)
		free(rule->globs[i]);
	free(rule->globs);
	free(rule->name);
	all->n--;
}

/* The rule above is at its end; it was a title if there is nothing in it. */
static void
end_rule(struct rules *all)
{
	struct rule *rule = last_rule(all);

	if (!rule)
		return;
	rule->text = str_trim(rule->text);
	if (!rule->text.len)
		drop_last(all);
}

static int
begin_rule(struct rules *all, struct str heading, struct err *e)
{
	end_rule(all);
	if (all->n == RULES_MAX)
		return err_set(
		    e, ST_USAGE, "it has more than %d rules", RULES_MAX);
	all->items = mem_grow(
	    all->items, &all->capacity, all->n + 1, sizeof *all->items);
	all->items[all->n] = (struct rule){
		.name = make_own_name(all, heading),
		.title = heading,
	};
	all->n++;
	return 0;
}

/* Text of the rule: globs at its start, else it goes on to this line. */
static int
take_text(struct rule *rule, struct str line, struct err *e)
{
	static const char files[] = "files:";
	struct str plain = str_trim(line);

	if (!str_is_blank(rule->text) || !plain.len) {
		rule->text.len = rule->text.data
		    ? (size_t)(line.data + line.len - rule->text.data)
		    : 0;
		return 0;
	}
	if (plain.len > strlen(files) &&
	    !strncasecmp(plain.data, files, strlen(files)))
		return rules_add_globs(rule, str_skip(plain, strlen(files)), e);
	rule->text = line;
	return 0;
}

static int
take_line(
    struct rules *all, const struct line *line, size_t *part, struct err *e)
{
	struct rule *rule = last_rule(all);

	if (line->level && rule && is_part(line->heading)) {
		*part = line->level;
	} else if (line->level && line->heading.len &&
	    (!*part || line->level <= *part)) {
		*part = 0;
		return begin_rule(all, line->heading, e);
	}
	return rule ? take_text(rule, line->text, e) : 0;
}

int
rules_read(struct rules *all, struct str markdown, struct err *e)
{
	struct reader r = { .rest = str_skip_bom(markdown) };
	struct line line;
	size_t part = 0; /* level of the heading that belongs to a rule */
	int got = 0;

	*all = (struct rules){ 0 };
	if (markdown.len > RULES_TEXT_MAX)
		return err_set(e, ST_USAGE, "it is larger than %d KiB",
		    RULES_TEXT_MAX >> 10);
	while (!got && next_line(&r, &line)) {
		got = take_line(all, &line, &part, e);
		if (got)
			err_prefix(e, "line %zu", r.number);
	}
	if (!got)
		end_rule(all);
	if (!got && !all->n)
		got = err_set(e, ST_USAGE, "it has no heading with a rule");
	if (got)
		rules_done(all);
	return got;
}

void
rules_done(struct rules *all)
{
	while (all->n)
		drop_last(all);
	free(all->items);
	*all = (struct rules){ 0 };
}

size_t
rules_for(const struct rules *all, const char *path, struct buf *out)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct rule *rule = &all->items[i];

		if (!rules_applies(rule, path))
			continue;
		buf_add_format(out, "%s## %s: ", n++ ? "\n" : "", rule->name);
		buf_add(out, rule->title);
		buf_add_text(out, "\n\n");
		buf_add(out, rule->text);
		buf_add_char(out, '\n');
	}
	return n;
}
