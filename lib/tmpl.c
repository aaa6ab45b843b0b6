/* tmpl - prompt templates: front matter, messages, {{placeholders}}. */
#include "tmpl_message.h"

/* One text on its way through the renderer: the template or a part. */
struct source {
	const char *file;
	struct str text;
	size_t line;                /* number of its first line */
	int depth;                  /* parts it stands in */
	const struct source *outer; /* that holds the tag of this part */

	size_t at;
	struct {
		struct str name;
		bool active; /* its text is wanted */
	} sections[TMPL_SECTION_DEPTH_MAX];
	size_t nsections;
};

struct tag {
	char kind; /* 0 a value, '#', '/', '>' */
	struct str name, fallback;
	bool has_fallback;
};

static int render_source(struct tmpl *, struct source *, struct err *);

/* Say what is wrong at byte `at`. */
static int
fail_at(const struct source *s, size_t at, struct err *e, const char *what,
    struct str subject)
{
	size_t line = s->line, column = 1;

	for (size_t i = 0; i < at && i < s->text.len; i++) {
		column = s->text.data[i] == '\n' ? 1 : column + 1;
		line += s->text.data[i] == '\n';
	}
	if (subject.len > 80)
		subject.len = 80;
	return err_set(e, ST_USAGE, "%s:%zu:%zu: %s '%.*s'", s->file, line,
	    column, what, STR_ARGS(subject));
}

static struct tmpl_value *
find_value(struct tmpl *t, struct str name)
{
	for (size_t i = 0; i < t->nvalues; i++)
		if (str_equal(t->values[i].name, name))
			return &t->values[i];
	return NULL;
}

static bool
is_active(const struct source *s)
{
	return !s->nsections || s->sections[s->nsections - 1].active;
}

/* Is the line at s->at one that begins a message?  Returns its length. */
static size_t
role_line(const struct source *s, enum tmpl_role *role)
{
	static const char *const names[] = { "%system", "%user", "%assistant" };
	struct str rest = str_skip(s->text, s->at);
	struct str line;
	size_t n;

	if (s->at && s->text.data[s->at - 1] != '\n')
		return 0;
	line = str_cut(&rest, '\n');
	n = line.len + (rest.data != NULL);
	for (size_t i = 0; i < countof(names); i++) {
		*role = (enum tmpl_role)i;
		if (str_starts(line, names[i]) &&
		    str_is_blank(str_skip(line, strlen(names[i]))))
			return n;
	}
	return 0;
}

/* What stands between {{ and }}. */
static int
parse_tag(struct str text, struct tag *tag)
{
	*tag = (struct tag){ 0 };
	text = str_trim(text);
	if (text.len && strchr("#/>", text.data[0])) {
		tag->kind = text.data[0];
		text = str_skip(text, 1);
	}
	tag->name = str_trim(str_cut(&text, '|'));
	tag->has_fallback = text.data != NULL;
	tag->fallback = text;
	if (!tmpl_is_name(tag->name) || (tag->kind && tag->has_fallback))
		return -1;
	return 0;
}

static int
open_section(
    struct tmpl *t, struct source *s, const struct tag *tag, struct err *e)
{
	const struct tmpl_value *v = find_value(t, tag->name);
	bool outer = is_active(s);

	if (s->nsections == TMPL_SECTION_DEPTH_MAX)
		return fail_at(s, s->at, e, "sections too deep at", tag->name);
	s->sections[s->nsections].name = tag->name;
	s->sections[s->nsections].active = outer && v &&
	    (v->given || (t->scan && v->unknown));
	s->nsections++;
	return 0;
}

static int
close_section(struct source *s, const struct tag *tag, struct err *e)
{
	if (!s->nsections ||
	    !str_equal(s->sections[s->nsections - 1].name, tag->name))
		return fail_at(
		    s, s->at, e, "no section to close called", tag->name);
	s->nsections--;
	return 0;
}

/* Does a section of this name surround us?  Then the value is not needed. */
static bool
in_section_of(const struct source *s, struct str name)
{
	for (; s; s = s->outer)
		for (size_t i = 0; i < s->nsections; i++)
			if (str_equal(s->sections[i].name, name))
				return true;
	return false;
}

static int
place_value(struct tmpl *t, const struct source *s, const struct tag *tag,
    struct err *e)
{
	struct tmpl_value *v = find_value(t, tag->name);

	if (v) {
		v->placed = true;
		v->needed |= !tag->has_fallback && !in_section_of(s, tag->name);
	}
	if (t->scan)
		return 0;
	if (v && v->given)
		return tmpl_add_value(t, v->value, e);
	if (tag->has_fallback)
		return tmpl_add_value(t, tag->fallback, e);
	return fail_at(s, s->at, e,
	    v && v->missing ? v->missing : "no value (-p NAME=TEXT) for",
	    tag->name);
}

static int
include_part(struct tmpl *t, const struct source *s, const struct tag *tag,
    struct err *e)
{
	char file[TMPL_NAME_MAX + 1];
	struct buf text = { .max = TMPL_FILE_MAX + 1 };
	struct source part = {
		.file = file, .line = 1, .depth = s->depth + 1, .outer = s
	};
	int got = -1;

	if (s->depth == TMPL_PART_DEPTH_MAX)
		return fail_at(s, s->at, e, "parts too deep at", tag->name);
	if (++t->nparts > TMPL_PARTS_MAX)
		return fail_at(s, s->at, e, "too many parts at", tag->name);
	snprintf(file, sizeof file, "%.*s", STR_ARGS(tag->name));
	if (!t->load || t->load(t->owner, tag->name, &text, e)) {
		err_prefix(e, "%s", s->file);
	} else {
		part.text = str_chomp(buf_str(&text));
		got = render_source(t, &part, e);
	}
	buf_done(&text);
	return got;
}

/* Past a tag alone on its line, the line feed goes with it. */
static void
skip_own_line(struct source *s, size_t from)
{
	if ((!from || s->text.data[from - 1] == '\n') && s->at < s->text.len &&
	    s->text.data[s->at] == '\n')
		s->at++;
}

static int
render_tag(struct tmpl *t, struct source *s, struct err *e)
{
	struct str inside = str_skip(s->text, s->at + 2);
	size_t from = s->at, end = str_find(inside, STR("}}"));
	struct tmpl_value *value;
	struct tag tag;
	int got = 0;

	if (end == inside.len)
		return fail_at(s, from, e, "no '}}' for", STR("{{"));
	inside.len = end;
	if (parse_tag(inside, &tag))
		return fail_at(s, from, e, "not a placeholder:", inside);
	value = tag.kind == '>' ? NULL : find_value(t, tag.name);
	if (!value && tag.kind != '>' && t->scan && t->found) {
		t->found(t, tag.name);
		value = find_value(t, tag.name);
	}
	if (value)
		value->used = true;
	if (tag.kind == '#')
		got = open_section(t, s, &tag, e);
	else if (tag.kind == '/')
		got = close_section(s, &tag, e);
	else if (is_active(s))
		got = (tag.kind == '>' ? include_part : place_value)(
		    t, s, &tag, e);
	s->at = from + 2 + inside.len + 2;
	if (tag.kind == '#' || tag.kind == '/')
		skip_own_line(s, from);
	return got;
}

/* Length of the text up to the next tag, escape, role line or the end. */
static size_t
literal_length(const struct source *s)
{
	struct source ahead = *s;
	enum tmpl_role role;

	for (; ahead.at < s->text.len; ahead.at++) {
		struct str rest = str_skip(s->text, ahead.at);

		if (str_starts(rest, "{{") || str_starts(rest, "\\{{") ||
		    (rest.data[0] == '%' && role_line(&ahead, &role)))
			break;
	}
	return ahead.at - s->at;
}

static int
render_literal(struct tmpl *t, struct source *s, struct err *e)
{
	struct str text = { s->text.data + s->at, literal_length(s) };

	s->at += text.len;
	return is_active(s) ? tmpl_add_literal(t, text, e) : 0;
}

static int
render_step(struct tmpl *t, struct source *s, struct err *e)
{
	struct str rest = str_skip(s->text, s->at);
	enum tmpl_role role;
	size_t n = rest.data[0] == '%' ? role_line(s, &role) : 0;

	if (n) {
		s->at += n;
		if (is_active(s) && !t->scan && !tmpl_open(t, role, e))
			return -1;
		return 0;
	}
	if (str_starts(rest, "\\{{")) {
		s->at += 3;
		return is_active(s) ? tmpl_add_value(t, STR("{{"), e) : 0;
	}
	if (str_starts(rest, "{{"))
		return render_tag(t, s, e);
	return render_literal(t, s, e);
}

static int
render_source(struct tmpl *t, struct source *s, struct err *e)
{
	while (s->at < s->text.len)
		if (render_step(t, s, e))
			return -1;
	if (!s->nsections)
		return 0;
	return fail_at(s, s->at, e, "no end of section",
	    s->sections[s->nsections - 1].name);
}

int
tmpl_render(struct tmpl *t, struct str text, const char *file, size_t line,
    struct err *e)
{
	struct source s = { .file = file, .text = text, .line = line };
	int got;

	t->nparts = 0;
	for (size_t i = 0; i < t->nvalues; i++)
		t->values[i].placed = t->values[i].needed = false;
	got = render_source(t, &s, e);
	tmpl_end(t);
	return got;
}
