/* runner - configurations: of a model and mode, each replaced as a whole. */
#include "runner_routes.h"

#include "mem.h"

/* Flags of llama.cpp that the runner sets itself, or that name files. */
static const char *const refused_flags[] = { "--model", "-m", "--host",
	"--port", "--log-file", "--mmproj", "--api-key", "--api-key-file",
	"--ssl-key-file", "--ssl-cert-file", "--path", "--slot-save-path",
	"--chat-template-file", "--grammar-file", "--lora",
	"--control-vector" };

struct runner_config *
runner_config(const struct mock_runner *r, const char *id, const char *mode)
{
	for (size_t i = 0; i < r->nconfigs; i++)
		if (!strcmp(r->configs[i].id, id) &&
		    !strcmp(r->configs[i].mode, mode))
			return &r->configs[i];
	return NULL;
}

static void
config_done(struct runner_config *c)
{
	free(c->json);
	free(c->keep_alive);
	*c = (struct runner_config){ 0 };
}

void
runner_forget_configs(struct mock_runner *r, const char *id)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->nconfigs; i++)
		if (!id || !strcmp(r->configs[i].id, id))
			config_done(&r->configs[i]);
		else
			r->configs[kept++] = r->configs[i];
	r->nconfigs = kept;
}

/* --- keep_alive: a duration as Go's time.ParseDuration() reads it --- */

/* A number and its unit; -1: neither. */
static int
read_unit(struct str *rest, double *seconds)
{
	static const struct {
		const char *name;
		double seconds;
	} units[] = { { "ms", 0.001 }, { "h", 3600 }, { "m", 60 }, { "s", 1 } };
	char text[32];
	char *end;
	double number;

	if (!rest->len || !strchr("0123456789.", rest->data[0]))
		return -1;
	snprintf(text, sizeof text, "%.*s", STR_ARGS(*rest));
	number = strtod(text, &end);
	*rest = str_skip(*rest, (size_t)(end - text));
	for (size_t i = 0; i < countof(units); i++)
		if (str_starts(*rest, units[i].name)) {
			*rest = str_skip(*rest, strlen(units[i].name));
			*seconds += number * units[i].seconds;
			return 0;
		}
	return -1;
}

/* As it is shown: "7m0s", "0s", "-1".  NULL: it is none. */
static char *
read_keep_alive(struct str text)
{
	double seconds = 0;
	long long n;
	bool is_negative = str_starts(text, "-");

	text = str_skip(text, is_negative);
	if (str_is(text, "0"))
		return mem_copy(STR("0s"));
	if (str_is(text, "1") && is_negative)
		return mem_copy(STR("-1"));
	do {
		if (read_unit(&text, &seconds) || !(seconds < 1e9))
			return NULL;
	} while (text.len);
	if (is_negative)
		return mem_copy(STR("-1"));
	if (seconds > 0 && seconds < 1)
		return mem_format("%gms", seconds * 1000);
	n = (long long)seconds / 60;
	seconds -= (double)n * 60;
	if (n >= 60)
		return mem_format("%lldh%lldm%gs", n / 60, n % 60, seconds);
	return n ? mem_format("%lldm%gs", n, seconds)
		 : mem_format("%gs", seconds);
}

/* --- what is asked --- */

/* May the engine be given this flag?  False: the reply is made. */
static bool
check_flag(struct runner_call *call, struct str flag)
{
	struct str value = flag, name = str_cut(&value, '=');

	for (size_t i = 0; i < countof(refused_flags); i++)
		if (str_is(name, refused_flags[i])) {
			mock_reply_error(call->reply, 500,
			    "runtime flag \"%.*s\" is not allowed for backend "
			    "\"llama.cpp\"",
			    STR_ARGS(name));
			return false;
		}
	if (!memchr(flag.data, '/', flag.len) &&
	    !memchr(flag.data, '\\', flag.len))
		return true;
	mock_reply_error(call->reply, 500,
	    "invalid runtime flag \"%.*s\": paths are not allowed (contains "
	    "'/' or '\\\\')",
	    STR_ARGS(flag));
	return false;
}

/* Those that matter here; false: the reply is made. */
static bool
read_flags(struct runner_call *call, const struct tree_node *flags,
    struct runner_config *c)
{
	const struct tree_node *x = NULL;
	struct str last = { 0 };

	while ((x = tree_next(flags, x))) {
		struct str flag = x->kind == SPAN_STRING ? tree_text(x)
							 : STR("");
		int64_t number;

		if (!check_flag(call, flag))
			return false;
		if (str_is(last, "--pooling"))
			c->pools = !str_is(flag, "none");
		if ((str_is(last, "--ubatch-size") || str_is(last, "-ub")) &&
		    span_integer(flag, &number) == 0 && number > 0)
			c->batch = number;
		if (str_is(flag, "--embeddings") && !c->mode)
			c->mode = "embedding";
		last = flag;
	}
	return true;
}

static const char *
read_mode(const struct tree_node *node)
{
	static const char *const modes[] = { "completion", "embedding",
		"reranking", "image-generation" };

	for (size_t i = 0; i < countof(modes); i++)
		if (str_is(tree_text(node), modes[i]))
			return modes[i];
	return NULL;
}

static void
add_raw(struct json *j, const char *name, const struct tree_node *value)
{
	if (!value)
		return;
	json_name(j, name);
	json_raw(j, tree_raw(value));
}

/* Read the body into *c; false: the reply is made. */
static bool
read_config(struct runner_call *call, const struct tree_node *body,
    struct runner_config *c)
{
	bool good = true;
	const struct tree_node *mode = runner_member(
	    body, "mode", SPAN_STRING, &good);
	const struct tree_node *size = runner_member(
	    body, "context-size", SPAN_NUMBER, &good);
	const struct tree_node *flags = runner_strings(
	    body, "runtime-flags", &good);
	const struct tree_node *keep = runner_member(
	    body, "keep_alive", SPAN_STRING, &good);
	const struct tree_node *engine = runner_member(
	    body, "llamacpp", SPAN_OBJECT, &good);
	struct buf json = { 0 };
	struct json j = { .out = &json };

	runner_member(body, "model", SPAN_STRING, &good);
	if (mode)
		c->mode = read_mode(mode);
	if (keep)
		c->keep_alive = read_keep_alive(tree_text(keep));
	if (!good || (mode && !c->mode) || (keep && !c->keep_alive) ||
	    (size && span_integer(tree_raw(size), &c->context))) {
		mock_reply_error(call->reply, 400, "invalid request");
		return false;
	}
	if (flags && !read_flags(call, flags, c))
		return false;
	if (c->context < 0)
		c->context = INT32_MAX;
	if (!c->mode)
		c->mode = "completion";
	json_open(&j, '{');
	add_raw(&j, "context-size", size);
	add_raw(&j, "runtime-flags", flags);
	json_member(&j, "keep_alive", str_of(c->keep_alive));
	add_raw(&j, "llamacpp", engine);
	json_close(&j, '}');
	c->json = buf_take(&json);
	return true;
}

/* Put it in place of the one there was; what was loaded with that one ends. */
static void
keep_config(struct runner_call *call, const struct store_model *m,
    struct str name, struct runner_config *c)
{
	struct mock_runner *r = call->runner;
	struct runner_config *old = runner_config(r, m->id, c->mode);

	if (!old && r->nconfigs >= RUNNER_CONFIGS_MAX)
		return;
	memcpy(c->id, m->id, sizeof c->id);
	if (old) {
		config_done(old);
	} else {
		r->configs = mem_grow(r->configs, &r->configs_capacity,
		    r->nconfigs + 1, sizeof *r->configs);
		old = &r->configs[r->nconfigs++];
	}
	*old = *c;
	*c = (struct runner_config){ 0 };
	runner_unload(r, m->id, old->mode);
	/* Whatever the mode, this one is loaded in the background. */
	runner_load(r, m->id, name, "completion");
}

void
runner_configure(struct runner_call *call)
{
	struct tree t;
	struct runner_config c = { 0 };
	const struct store_model *m = NULL;
	const struct tree_node *name;

	if (call->backend.len && !str_is(call->backend, "llama.cpp")) {
		mock_reply_error(call->reply, 404, "backend not found");
		return;
	}
	if (tree_read(&t, call->request->body)) {
		mock_reply_error(call->reply, 400, "invalid request");
	} else if (read_config(call, t.nodes, &c)) {
		name = tree_find(t.nodes, STR("model"));
		if (name && name->kind == SPAN_STRING)
			m = store_find(&call->runner->store, tree_text(name));
		if (m)
			keep_config(call, m, tree_text(name), &c);
		call->reply->status = 202;
	}
	config_done(&c);
	tree_done(&t);
}

static void
write_config(
    struct json *j, const struct runner_config *c, const struct store_model *m)
{
	json_open(j, '{');
	json_member(j, "Backend", STR("llama.cpp"));
	json_member(j, "Model", str_of(m && m->ntags ? m->tags[0] : c->id));
	json_member(j, "ModelID", str_of(c->id));
	json_member(j, "Mode", str_of(c->mode));
	json_name(j, "Config");
	json_raw(j, str_of(c->json));
	json_close(j, '}');
}

void
runner_list_configs(struct runner_call *call)
{
	const struct mock_runner *r = call->runner;
	const struct store_model *m = NULL;
	struct buf name = { 0 };
	struct json j = { .out = &call->reply->body };
	bool is_one = runner_query(call, "model", &name);

	if (is_one)
		m = store_find(&r->store, buf_str(&name));
	json_open(&j, '[');
	for (size_t i = 0; i < r->nconfigs; i++) {
		const struct runner_config *c = &r->configs[i];

		if (!is_one || (m && !strcmp(m->id, c->id)))
			write_config(
			    &j, c, store_find(&r->store, str_of(c->id)));
	}
	json_close(&j, ']');
	runner_send(call, 200);
	buf_done(&name);
}
