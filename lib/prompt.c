/* prompt - find, load and render a prompt template. */
#include "prompt.h"

#include "config.h"
#include "file.h"
#include "mem.h"

static void
name_standard_values(struct prompt *p)
{
	const struct tmpl_value standard[] = {
		[PROMPT_PROMPT] = { .name = STR("prompt"),
		    .missing = "no value (operands) for" },
		[PROMPT_FILES] = { .name = STR("files"),
		    .missing = "no value (-f FILE) for" },
		[PROMPT_INPUT] = { .name = STR("input"),
		    .missing = "no value (standard input) for",
		    .unknown = true },
		[PROMPT_IMAGES] = { .name = STR("images"),
		    .missing = "no value (-a FILE) for" },
	};

	memcpy(p->values, standard, sizeof standard);
	p->nvalues = PROMPT_OTHERS;
}

/* The first folder of path (divided by colons) that has the file, or NULL. */
static char *
search(const char *path, const char *name)
{
	struct str rest = str_of(path);

	while (rest.data) {
		struct str folder = str_cut(&rest, ':');
		char *file = mem_format(
		    "%.*s/%s.prompt", STR_ARGS(folder), name);

		if (str_starts(folder, "/") && file_exists(file))
			return file;
		free(file);
	}
	return NULL;
}

/* The file of the prompt called name; yours to free(), NULL without one. */
static char *
find_file(const char *name, const char *path, const char *data)
{
	char *own = config_path("prompts");
	char *shipped = data ? mem_format("%s/prompts", data) : NULL;
	const char *const folders[] = { path, own, shipped };
	char *file = NULL;

	for (size_t i = 0; !file && i < countof(folders); i++)
		if (folders[i])
			file = search(folders[i], name);
	free(own);
	free(shipped);
	return file;
}

static bool
is_path(const char *name)
{
	return strchr(name, '/') || str_ends(str_of(name), ".prompt");
}

/* A file's text as a template. */
static int
load(const char *file, bool is_trusted, struct buf *text, struct err *e)
{
	int got;

	text->max = TMPL_FILE_MAX + (128 << 10);
	got = is_trusted
	    ? file_read_trusted(file, FILE_NO_LINK, TMPL_FILE_MAX, text, e)
	    : file_read(file, TMPL_FILE_MAX, text, e);
	if (got) {
		e->status = ST_USAGE;
		return -1;
	}
	return tmpl_clean(text, e) ? err_prefix(e, "%s", file) : 0;
}

/* tmpl's load(): a part lies in its template's own folder. */
static int
load_part(void *owner, struct str name, struct buf *text, struct err *e)
{
	struct prompt *p = owner;
	char *file = mem_format("%s/%.*s.prompt", p->folder, STR_ARGS(name));
	int got = load(file, true, text, e);

	free(file);
	return got;
}

static int
split_front(struct prompt *p, struct err *e)
{
	p->body = buf_str(&p->text);
	if (tmpl_front(&p->body, &p->front, e))
		return err_prefix(e, "%s:1", p->file);
	p->front_line = 1;
	p->body_line = 1 +
	    str_count(
		(struct str){ p->text.data, p->text.len - p->body.len }, '\n');
	return 0;
}

int
prompt_open(struct prompt *p, const char *name, const char *path,
    const char *data, struct err *e)
{
	const char *slash;

	*p = (struct prompt){ 0 };
	name_standard_values(p);
	if (!name)
		return 0;
	p->file = is_path(name) ? mem_copy(str_of(name))
				: find_file(name, path, data);
	if (!p->file)
		return err_set(e, ST_USAGE,
		    "no template '%s'; a file is named with its path: "
		    "./%s.prompt",
		    name, name);
	slash = strrchr(p->file, '/');
	p->folder = slash
	    ? mem_copy((struct str){ p->file, (size_t)(slash - p->file) })
	    : mem_copy(STR("."));
	if (load(p->file, !is_path(name), &p->text, e))
		return -1;
	return split_front(p, e);
}

int
prompt_read_beside(
    struct prompt *p, struct str name, struct buf *text, struct err *e)
{
	char *file;
	int got;

	if (!tmpl_is_name(name))
		return err_set(e, ST_USAGE,
		    "'@%.*s' is no file beside the template", STR_ARGS(name));
	file = mem_format("%s/%.*s", p->folder, STR_ARGS(name));
	got = load(file, true, text, e);
	free(file);
	return got;
}

int
prompt_blame(const struct prompt *p, struct err *e)
{
	return err_prefix(e, "%s:%zu", p->file, p->front_line);
}

int
prompt_setting(
    struct prompt *p, struct str *key, struct buf *value, struct err *e)
{
	int got = tmpl_front_next(&p->front, &p->front_line, key, value, e);

	return got < 0 ? prompt_blame(p, e) : got;
}

static int
fail_too_many(struct err *e)
{
	return err_set(e, ST_USAGE, "more than %d template variables",
	    PROMPT_VALUES_MAX - PROMPT_OTHERS);
}

static int
set_value(struct prompt *p, struct str name, struct str value, bool given,
    struct err *e)
{
	struct tmpl_value *v = NULL;

	for (size_t i = 0; i < p->nvalues; i++)
		if (str_equal(p->values[i].name, name))
			v = &p->values[i];
	if (!v && p->nvalues == PROMPT_VALUES_MAX)
		return fail_too_many(e);
	if (!v)
		v = &p->values[p->nvalues++];
	*v = (struct tmpl_value){ .name = name,
		.value = value,
		.missing = v->missing,
		.given = given,
		.placed = v->placed,
		.needed = v->needed,
		.used = v->used };
	return 0;
}

int
prompt_set(struct prompt *p, struct str name, struct str value, struct err *e)
{
	return set_value(p, name, value, true, e);
}

int
prompt_set_text(
    struct prompt *p, struct str name, struct str value, struct err *e)
{
	return set_value(p, name, value, value.len > 0, e);
}

static int
render(struct prompt *p, bool scan, struct err *e)
{
	p->tmpl.values = p->values;
	p->tmpl.nvalues = p->nvalues;
	p->tmpl.scan = scan;
	p->tmpl.load = load_part;
	p->tmpl.owner = p;
	if (!p->file)
		return 0;
	return tmpl_render(&p->tmpl, p->body, p->file, p->body_line, e);
}

int
prompt_wants(struct prompt *p, struct err *e)
{
	return render(p, true, e);
}

/* tmpl's found(): the name may stand in a part, which goes. */
static void
add_name(struct tmpl *t, struct str name)
{
	struct prompt *p = t->owner;
	size_t i = p->nvalues;

	if (i == PROMPT_VALUES_MAX)
		return;
	p->names[i] = mem_copy(name);
	p->values[i] = (struct tmpl_value){ .name = str_of(p->names[i]),
		.unknown = true };
	t->nvalues = ++p->nvalues;
}

int
prompt_names(struct prompt *p, struct err *e)
{
	int got;

	p->tmpl.found = add_name;
	got = prompt_wants(p, e);
	p->tmpl.found = NULL;
	return !got && p->nvalues == PROMPT_VALUES_MAX ? fail_too_many(e) : got;
}

/* Put p->system first, in the place of what the template has. */
static int
put_system(struct prompt *p, struct err *e)
{
	struct tmpl *t = &p->tmpl;
	struct tmpl_message own;

	if (!p->system.len)
		return 0;
	for (size_t i = 0; i < t->nmessages; i++)
		if (t->messages[i].role == TMPL_SYSTEM)
			buf_clear(&t->messages[i].text);
	if (tmpl_add(t, TMPL_SYSTEM, p->system, e))
		return -1;
	own = t->messages[t->nmessages - 1];
	memmove(t->messages + 1, t->messages, (t->nmessages - 1) * sizeof own);
	t->messages[0] = own;
	return 0;
}

int
prompt_render(struct prompt *p, struct err *e)
{
	tmpl_clear(&p->tmpl);
	if (render(p, false, e))
		return -1;
	for (int i = PROMPT_PROMPT; i <= PROMPT_INPUT; i++) {
		const struct tmpl_value *v = &p->values[i];

		if (v->given && !v->placed &&
		    tmpl_append(&p->tmpl, v->value, e))
			return -1;
	}
	return put_system(p, e);
}

void
prompt_done(struct prompt *p)
{
	tmpl_done(&p->tmpl);
	buf_done(&p->text);
	free(p->file);
	free(p->folder);
	for (size_t i = 0; i < PROMPT_VALUES_MAX; i++)
		free(p->names[i]);
}
