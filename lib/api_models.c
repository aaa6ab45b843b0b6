/* api_models - the models a server has, and its engines. */
#include "api_models.h"

#include <ctype.h>

#include "mem.h"
#include "span.h"
#include "utf8.h"

enum { NAMES_IN_ERROR = 8, NAME_MAX_BYTES = 512 };

static void
free_model(struct api_model *m)
{
	free(m->id);
	free(m->name);
	free(m->parameters);
	free(m->quantization);
	free(m->size);
	free(m->architecture);
}

/* Is the first part a registry, as a server reads it? */
static bool
has_registry(struct str name)
{
	struct str first = str_cut(&name, '/');

	return name.data &&
	    (memchr(first.data, '.', first.len) ||
		memchr(first.data, ':', first.len) ||
		str_is(first, "localhost"));
}

/* Without Docker's, unless what stands behind it would be one then. */
static struct str
without_registry(struct str id)
{
	struct str rest = id;

	if (str_starts(id, "index.docker.io/"))
		rest = str_skip(id, strlen("index.docker.io/"));
	else if (str_starts(id, "docker.io/"))
		rest = str_skip(id, strlen("docker.io/"));
	return has_registry(rest) ? id : rest;
}

/* Cut ":tag" off; "latest" if there is none. */
static struct str
cut_tag(struct str *name)
{
	for (size_t i = name->len; i && name->data[i - 1] != '/'; i--) {
		if (name->data[i - 1] == ':') {
			struct str tag = str_skip(*name, i);

			name->len = i - 1;
			return tag;
		}
	}
	return STR("latest");
}

static bool
has_slash(struct str s)
{
	return s.len && memchr(s.data, '/', s.len);
}

char *
api_model_short_name(struct str id)
{
	struct str name = without_registry(id);

	if (str_starts(id, "sha256:"))
		return mem_copy(id);
	if (!has_slash(name))
		name = id;
	if (str_ends(name, ":latest"))
		name.len -= strlen(":latest");
	return mem_copy(name);
}

int
api_model_check_name(const char *name, struct err *e)
{
	struct str s = str_of(name);

	if (!s.len || s.len > NAME_MAX_BYTES || utf8_valid(s) != s.len)
		return err_set(e, ST_USAGE,
		    "'%.80s' is no name of a model: it is %s", name,
		    !s.len                       ? "empty"
			: s.len > NAME_MAX_BYTES ? "too long"
						 : "not UTF-8");
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.data[i] < ' ' || s.data[i] == 0x7f)
			return err_set(e, ST_USAGE,
			    "'%.80s' is no name of a model: a control "
			    "character",
			    name);
	return 0;
}

static bool
same_letters(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (tolower((unsigned char)a.data[i]) !=
		    tolower((unsigned char)b.data[i]))
			return false;
	return true;
}

static bool
starts_like(struct str s, const char *prefix)
{
	struct str want = str_of(prefix);

	return s.len >= want.len &&
	    same_letters((struct str){ s.data, want.len }, want);
}

bool
api_model_is_same(struct str a, struct str b)
{
	struct str tag_a, tag_b;

	a = without_registry(a);
	b = without_registry(b);
	tag_a = cut_tag(&a);
	tag_b = cut_tag(&b);
	if (!has_slash(a) && starts_like(b, "ai/"))
		b = str_skip(b, 3);
	else if (!has_slash(b) && starts_like(a, "ai/"))
		a = str_skip(a, 3);
	return str_equal(tag_a, tag_b) && same_letters(a, b);
}

static void
add_model(struct api_models *m, struct str object)
{
	struct str dmr = span_member(object, "dmr");
	struct api_model new = { .id = api_text(span_member(object, "id")),
		.parameters = api_text(span_member(dmr, "parameters")),
		.quantization = api_text(span_member(dmr, "quantization")),
		.size = api_text(span_member(dmr, "size")),
		.architecture = api_text(span_member(dmr, "architecture")) };
	struct err unused = ERR_NONE;

	new.name = api_model_short_name(str_of(new.id));
	if (span_integer(span_member(dmr, "context_window"), &new.context))
		new.context = 0;
	if (span_integer(span_member(object, "created"), &new.created))
		new.created = 0;
	if (api_model_check_name(new.id, &unused)) {
		m->nodd++;
		free_model(&new);
		return;
	}
	m->models = mem_grow(
	    m->models, &m->capacity, m->n + 1, sizeof *m->models);
	m->models[m->n++] = new;
}

int
api_models_read(struct api_models *m, struct str reply, struct err *e)
{
	struct str data = span_member(reply, "data"), object;
	size_t at = 0;
	int got;

	if (span_kind(data) != SPAN_ARRAY)
		return err_set(e, ST_SERVER,
		    "the server's list of models cannot be read: no array "
		    "'data'");
	while ((got = span_next(data, &at, &object)) == 1)
		add_model(m, object);
	return got;
}

/* Mark the models of that name; it is kept if there are none. */
static void
mark_loaded(struct api_models *m, char *name)
{
	bool is_known = !name[0];

	for (size_t i = 0; i < m->n; i++)
		if (api_model_is_same(str_of(name), str_of(m->models[i].id)))
			is_known = m->models[i].loaded = true;
	if (!is_known && m->nstrangers < API_STRANGERS_MAX)
		m->strangers[m->nstrangers++] = name;
	else
		free(name);
}

int
api_models_read_loaded(struct api_models *m, struct str reply, struct err *e)
{
	struct str runner;
	size_t at = 0;
	int got;

	for (size_t n = 0; (got = span_next(reply, &at, &runner)) == 1; n++) {
		struct str name = span_member(runner, "model_name");

		if (span_kind(name) != SPAN_STRING || n == API_LOADED_MAX)
			break;
		if (!str_is(span_member(runner, "loading"), "true"))
			mark_loaded(m, api_text(name));
	}
	if (got)
		return err_set(e, ST_SERVER,
		    "the server's list of loaded models cannot be read");
	return 0;
}

static void
say_names(const struct api_models *m, const char *how, const char *likely,
    struct err *e)
{
	struct buf names = { .max = 400 };

	for (size_t i = 0; i < m->n && i < NAMES_IN_ERROR; i++)
		if (buf_add_format(
			&names, "%s%s", i ? ", " : "", m->models[i].name))
			break;
	if (m->n > NAMES_IN_ERROR || names.full)
		buf_add_text(&names, names.len ? ", ..." : "...");
	if (m->n)
		err_set(e, ST_NO_MODEL, "which model? try %s with one of: %s",
		    how, names.len ? names.data : "dmr-models list");
	else
		err_set(e, ST_NO_MODEL,
		    "the server has no model; try: dmr-models pull %s", likely);
	buf_done(&names);
}

char *
api_models_only(
    struct str reply, const char *how, const char *likely, struct err *e)
{
	struct api_models m = { 0 };
	char *name = NULL;
	int got = api_models_read(&m, reply, e);

	if (!got && m.n == 1)
		name = mem_copy(str_of(m.models[0].id));
	else if (!got)
		say_names(&m, how, likely, e);
	api_models_done(&m);
	return name;
}

char *
api_model_digest(struct str reply)
{
	char *id = api_text(span_member(reply, "id"));

	if (str_starts(str_of(id), "sha256:"))
		return id;
	free(id);
	return NULL;
}

void
api_models_done(struct api_models *m)
{
	for (size_t i = 0; i < m->n; i++)
		free_model(&m->models[i]);
	for (size_t i = 0; i < m->nstrangers; i++)
		free(m->strangers[i]);
	free(m->models);
	*m = (struct api_models){ 0 };
}
