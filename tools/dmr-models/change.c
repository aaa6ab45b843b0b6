/* dmr-models: tag and rm, what changes the store. */
#include "die.h"
#include "mem.h"
#include "say.h"

/* Cut ":tag" off; "latest" if there is none. */
static struct str
cut_tag(struct str *name)
{
	struct str tag = STR("latest");

	for (size_t i = name->len; i && name->data[i - 1] != '/'; i--)
		if (name->data[i - 1] == ':') {
			tag = str_skip(*name, i);
			name->len = i - 1;
			break;
		}
	return tag;
}

static char *
tag_path(const char *source, const char *target, struct err *e)
{
	char *path = api_model_path(source, e);
	struct str name = str_of(target), tag = cut_tag(&name);
	struct buf whole = { 0 };

	if (!path)
		return NULL;
	if (!name.len || !tag.len || strchr(target, '@')) {
		free(path);
		err_set(e, ST_USAGE, "'%s' is no NAME or NAME:TAG", target);
		return NULL;
	}
	buf_add_format(&whole, "%s/tag?repo=", path);
	api_add_escaped(&whole, name);
	buf_add_text(&whole, "&tag=");
	api_add_escaped(&whole, tag);
	free(path);
	return buf_take(&whole);
}

int
models_tag(struct models *m, struct err *e)
{
	const char *source = m->names[0], *target = m->names[1];
	struct api_call call = {
		.method = "POST", .side = API_MANAGEMENT, .model = source
	};
	int got = models_ask(
	    m, &call, tag_path(source, target, e), SPAN_OBJECT, e);

	if (!got &&
	    span_kind(span_member(buf_str(&call.http.reply), "target")) !=
		SPAN_STRING)
		got = err_set(e, ST_SERVER, "'%s' does not say what it tagged",
		    api_place(m->api)->name);
	else if (!got)
		got = models_done(m, "tagged", target, e);
	api_call_done(&call);
	return got;
}

/* --- rm --- */

/* "purge" alone would be another call, one that removes all there is. */
static char *
rm_path(struct models *m, const char *name, struct err *e)
{
	bool is_call = !strcmp(name, "purge");
	char *path = api_model_path(is_call ? "ai/purge" : name, e), *whole;

	if (!path || !m->want->force)
		return path;
	whole = mem_format("%s?force=true", path);
	free(path);
	return whole;
}

static int
fail_to_read(struct models *m, struct err *e)
{
	return err_set(e, ST_SERVER, "'%s' does not say what it removed",
	    api_place(m->api)->name);
}

/* One entry of what was done.  1: a model was deleted. */
static int
print_entry(struct models *m, struct str entry, struct err *e)
{
	char *untagged = api_text(span_member(entry, "Untagged"));
	char *deleted = api_text(span_member(entry, "Deleted"));
	bool is_deleted = deleted[0];
	char *name = api_model_short_name(
	    str_of(is_deleted ? deleted : untagged));
	int got;

	if (name[0])
		got = models_done(
		    m, is_deleted ? "deleted" : "untagged", name, e);
	else
		got = fail_to_read(m, e);
	free(name);
	free(untagged);
	free(deleted);
	return got ? got : is_deleted;
}

static void
name_error(const struct api_call *call, const char *name, struct err *e)
{
	if (e->status == ST_NO_MODEL && call->http.tries > 1)
		err_set(e, ST_SERVER,
		    "'%s' is not there; it was, maybe, before the server was "
		    "asked again",
		    name);
	else if (e->status == ST_NO_MODEL)
		err_set(e, ST_NO_MODEL, "no model '%s' on '%s'", name,
		    api_call_server(call));
	else if (call->http.status == 409)
		err_set(e, ST_SERVER,
		    "'%s' has several names; try: --force, or the name that "
		    "shall go",
		    name);
}

static int
rm(struct models *m, const char *name, struct err *e)
{
	struct api_call call = {
		.method = "DELETE", .side = API_MANAGEMENT, .model = name
	};
	struct str entry;
	size_t at = 0;
	size_t nentries = 0;
	bool freed = false;
	int got = models_ask(m, &call, rm_path(m, name, e), SPAN_ARRAY, e);

	if (got && call.api)
		name_error(&call, name, e);
	while (got == 0 &&
	    span_next(buf_str(&call.http.reply), &at, &entry) == 1) {
		nentries++;
		got = print_entry(m, entry, e);
		freed |= got > 0;
		got = got < 0 ? got : 0;
	}
	if (!got && !nentries)
		got = fail_to_read(m, e);
	else if (!got && !freed)
		warn("nothing was freed: the model that was '%s' has other "
		     "names",
		    name);
	api_call_done(&call);
	return got;
}

int
models_rm(struct models *m, struct err *e)
{
	return models_each(m, rm, e);
}
