/* tool - which model, and what it is made of. */
#include "api_models.h"
#include "die.h"
#include "tool_model.h"
#include "tool_settings.h"

/* A model that chats makes no vectors: what names one for all is not read. */
const struct opt tool_embed_model_table[] = {
	{ OPT_TEXT, 'm', "model", "NAME", "the model; else the only one",
	    .to.text = &tool_settings.model, .env = "DMR_EMBED_MODEL",
	    .flags = OPT_PER_TOOL },
	{ .kind = OPT_END },
};

char *
tool_only_model(
    struct api *api, const char *likely, struct output *out, struct err *e)
{
	struct api_call call = { .method = "GET", .path = "/models" };
	char *model = NULL;

	if (!tool_call(api, &call, out, e))
		model = api_models_only(
		    buf_str(&call.http.reply), "-m", likely, e);
	api_call_done(&call);
	return model;
}

int
tool_digest(struct api *api, const char *model, struct output *out,
    char **digest, struct err *e)
{
	struct err why = ERR_NONE;
	char *path = api_model_path(model, &why);
	struct api_call call = { .method = "GET",
		.side = API_MANAGEMENT,
		.path = path,
		.model = model };
	int got = 0;

	*digest = NULL;
	if (!path) /* the request itself is going to fail */
		return 0;
	if (!tool_call(api, &call, out, &why))
		*digest = api_model_digest(buf_str(&call.http.reply));
	if (!why.status || (why.status == ST_SERVER && !why.retryable)) {
		got = 1;
	} else if (why.status == ST_UNREACHABLE || why.status == ST_OUTPUT) {
		*e = why;
		got = -1;
	} else if (why.status != ST_NO_MODEL) {
		warn("the cache is not used: %s", why.text);
	}
	api_call_done(&call);
	free(path);
	return got;
}
