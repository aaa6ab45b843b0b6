/* dmr-check: a vector, if there is a model that makes them. */
#include "api_embed.h"
#include "check.h"
#include "now.h"
#include "units.h"

/* Is it made for vectors, by its name or what it is? */
static bool
embeds(const struct api_model *m)
{
	static const char *const words[] = { "embed", "minilm", "bge-",
		"nomic-bert", "e5-" };

	if (check_has(str_of(m->architecture), "bert") ||
	    check_has(str_of(m->architecture), "embed"))
		return true;
	for (size_t i = 0; i < countof(words); i++)
		if (check_has(str_of(m->name), words[i]))
			return true;
	return false;
}

static int
embed(struct check *c, const char *model, size_t *width, struct err *e)
{
	struct buf body = { 0 };
	struct api_embed_request request = { .model = model,
		.input = STR("[\"The dog barks.\"]"),
		.plain = true };
	struct api_embed reader = { .server = api_place(c->api)->name };
	struct api_call call = {
		.method = "POST", .path = API_EMBED_PATH, .model = model
	};
	int got = api_embed_write(&body, &request, e);

	call.body = buf_str(&body);
	if (!got)
		got = tool_call(c->api, &call, c->out, e);
	if (!got)
		got = api_embed_read(&reader, buf_str(&call.http.reply), 1, e);
	*width = reader.width;
	api_embed_done(&reader);
	api_call_done(&call);
	buf_done(&body);
	return got;
}

void
check_embedding(struct check *c, struct check_result *r)
{
	const char *model = c->want->embed_model;
	struct err e = ERR_NONE;
	char text[UNITS_TEXT_MAX];
	int64_t start_ms = now_ms();
	size_t width;

	for (size_t i = 0; !model && i < c->models.n; i++)
		if (embeds(&c->models.models[i]))
			model = c->models.models[i].name;
	if (!model) {
		check_say(r, CHECK_OK, NULL,
		    "no model for it: dmr-models pull "
		    "ai/mxbai-embed-large brings one");
	} else if (embed(c, model, &width, &e)) {
		check_fail(r, &e, "dmr-models logs");
	} else {
		units_say_duration(now_ms() - start_ms, text);
		check_say(r, CHECK_OK, NULL, "%s: %zu numbers after %s", model,
		    width, text);
	}
}
