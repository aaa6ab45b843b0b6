/* api - a model is brought to the server. */
#include "api_pull.h"

#include "api_models.h"
#include "json.h"
#include "span.h"

/* Of what is quoted, a registry says why it failed at the end. */
enum { LINE_MAX_BYTES = 64 << 10, WHY_MAX = 600 };

void
api_pull_write(struct buf *body, const char *model, const char *token)
{
	struct json j = { .out = body };

	json_open(&j, '{');
	json_name(&j, "from");
	json_string(&j, str_of(model));
	json_member(&j, "bearer-token", str_of(token));
	json_close(&j, '}');
}

static bool
says_any(struct str text, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_find(text, str_of(words[i])) < text.len)
			return true;
	return false;
}

/* Without names and paths: they may hold any of the words below. */
static void
copy_words(struct buf *out, struct str text)
{
	while (text.data) {
		struct str word = str_cut(&text, ' ');

		if (str_find(word, STR("/")) < word.len)
			continue;
		buf_add(out, word);
		buf_add_char(out, ' ');
	}
}

/* In the words of Docker Model Runner, OCI registries and Hugging Face. */
int
api_pull_fail(struct err *e, const char *model, struct str why)
{
	static const char *const closed[] = { "Unauthorized", "UNAUTHORIZED",
		"unauthorized:", "authentication required",
		"authorization failed", "403 Forbidden", "DENIED",
		"denied: requested access" };
	static const char *const missing[] = { "odel not found",
		"MANIFEST_UNKNOWN", "NAME_UNKNOWN", "manifest unknown",
		"repository not found" };
	struct buf text = { .max = why.len + 64 };

	copy_words(&text, why);
	if (says_any(buf_str(&text), closed, countof(closed)))
		err_set(e, ST_NO_MODEL,
		    "the registry has no model '%s', or wants a login for it; "
		    "try: %s",
		    model,
		    api_model_is_hf(model)
			? "HF_TOKEN, and -H for the server that gets it"
			: "docker login, where the runner is");
	else if (says_any(buf_str(&text), missing, countof(missing)))
		err_set(
		    e, ST_NO_MODEL, "the registry has no model '%s'", model);
	else if (!why.len)
		err_set(e, ST_SERVER,
		    "cannot pull '%s': the server does not say why", model);
	else
		err_set(e, ST_SERVER, "cannot pull '%s': %.*s", model,
		    why.len > WHY_MAX ? WHY_MAX : (int)why.len, why.data);
	buf_done(&text);
	return -1;
}

/* What was done of a layer, the latest word counting. */
static void
count_layer(struct api_pull *p, struct str layer)
{
	static const char *const names[] = { "id", "current" };
	struct str v[countof(names)];
	int64_t done;
	uint64_t id;
	size_t i = 0;

	if (span_members(layer, names, countof(names), v) || !v[0].len ||
	    span_integer(v[1], &done) || done < 0 || done > INT64_MAX / 16384)
		return;
	id = str_hash(STR_HASH, v[0]);
	while (i < p->nlayers && p->layers[i].id != id)
		i++;
	if (i == API_PULL_LAYERS_MAX)
		return;
	if (i == p->nlayers)
		p->nlayers++;
	p->done += done - p->layers[i].done;
	p->layers[i].id = id;
	p->layers[i].done = done;
}

static int
fail(struct api_pull *p, struct str why, struct err *e)
{
	why = str_trim(why);
	why = str_trim(str_cut(&why, '\n'));
	return api_pull_fail(e, p->model, why);
}

static int
fail_with(struct api_pull *p, struct str message, struct err *e)
{
	char *text = api_text(message);

	fail(p, str_of(text), e);
	free(text);
	return -1;
}

static int
take_line(struct api_pull *p, struct str line, struct err *e)
{
	static const char *const names[] = { "type", "message", "total",
		"layer", "mode" };
	struct str v[countof(names)];
	int64_t total;

	if (str_is_blank(line))
		return 0;
	if (span_members(line, names, countof(names), v))
		return fail(p, line, e);
	if (str_is(v[0], "\"error\""))
		return fail_with(p, v[1], e);
	if (str_is(v[0], "\"success\"") && !str_is(v[4], "\"push\"")) {
		p->succeeded = true;
		p->cached = str_starts(v[1], "\"Using cached model");
	}
	if (!span_integer(v[2], &total) && total > 0)
		p->total = total;
	count_layer(p, v[3]);
	return 0;
}

int
api_pull_feed(struct api_pull *p, struct str piece, struct err *e)
{
	p->line.max = LINE_MAX_BYTES;
	while (piece.len) {
		struct str line = str_cut(&piece, '\n');

		if (buf_add(&p->line, line))
			return fail(p, STR("its progress cannot be read"), e);
		if (!piece.data)
			return 0;
		if (take_line(p, buf_str(&p->line), e))
			return -1;
		buf_clear(&p->line);
	}
	return 0;
}

int
api_pull_end(struct api_pull *p, struct err *e)
{
	struct str rest = str_trim(buf_str(&p->line));

	if (str_starts(rest, "{") && !span_valid(rest))
		p->succeeded = false;
	else if (take_line(p, rest, e))
		return -1;
	if (p->succeeded)
		return 0;
	return err_set(e, ST_INCOMPLETE,
	    "pulling '%s' ended before its end; again, it goes on where it was",
	    p->model);
}

void
api_pull_done(struct api_pull *p)
{
	buf_done(&p->line);
}
