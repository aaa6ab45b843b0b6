/* dmr-models: a configuration that is asked for, and whether it is in force. */
#include "configs.h"
#include "mem.h"
#include "units.h"

#define BUDGET "reasoning-budget"

/* Is it named anew, or not a setting? */
static bool
is_replaced(
    const struct models *m, const struct models_change *c, const char *name)
{
	return !strcmp(name, "model") || !strcmp(name, "mode") ||
	    (!strcmp(name, "context-size") && c->has_context) ||
	    (!strcmp(name, "keep_alive") && c->keep_alive) ||
	    ((!strcmp(name, "llamacpp") || !strcmp(name, BUDGET)) &&
		c->has_think) ||
	    ((!strcmp(name, "runtime-flags") ||
		 !strcmp(name, "raw-runtime-flags")) &&
		m->nflags);
}

/* The members of an object that stay, raw. */
static void
copy_members(struct json *j, struct str object, const struct models *m,
    const struct models_change *c)
{
	struct str key, value;
	size_t at = 0;

	while (span_next_member(object, &at, &key, &value) == 1) {
		char *name = api_text(key);

		if (!is_replaced(m, c, name)) {
			json_name(j, name);
			json_raw(j, value);
		}
		free(name);
	}
}

static struct str
find_config(const struct models_change *c)
{
	return span_member(models_find_config(&c->configs, c->mode), "Config");
}

void
models_write_change(
    struct buf *body, const struct models *m, const struct models_change *c)
{
	struct str config = find_config(c);
	struct json j = { .out = body };

	json_open(&j, '{');
	json_member(&j, "model", str_of(c->name));
	json_member(&j, "mode", str_of(c->mode));
	copy_members(&j, config, m, c);
	if (c->has_context) {
		json_name(&j, "context-size");
		json_integer(&j, m->want->context);
	}
	json_member(&j, "keep_alive", str_of(c->keep_alive));
	if (c->has_think) {
		json_name(&j, "llamacpp");
		json_open(&j, '{');
		copy_members(&j, span_member(config, "llamacpp"), m, c);
		json_name(&j, BUDGET);
		json_integer(&j, m->want->think ? -1 : 0);
		json_close(&j, '}');
	}
	if (m->nflags) {
		json_name(&j, "runtime-flags");
		json_open(&j, '[');
		for (size_t i = 0; i < m->nflags; i++)
			json_string(
			    &j, str_of(tool_repaired(m->flags[i], "a flag")));
		json_close(&j, ']');
	}
	json_close(&j, '}');
}

/* --- is it in force? --- */

static bool
are_same_numbers(struct str a, struct str b)
{
	int64_t one, two;

	return !span_integer(a, &one) && !span_integer(b, &two) && one == two;
}

/* Milliseconds; -1: for ever, which any time below 0 says.  -2: it is none. */
static int64_t
keep_alive_ms(struct str value)
{
	char *text = api_text(value);
	int64_t ms;

	if (text[0] == '-')
		ms = -1;
	else if (units_read_duration(str_of(text), &ms))
		ms = -2;
	free(text);
	return ms;
}

static bool
are_same_lists(struct str a, struct str b)
{
	struct str x, y;
	size_t i = 0, k = 0;
	bool are = true;
	int more;

	do {
		char *one, *two;

		more = span_next(a, &i, &x);
		if (span_next(b, &k, &y) != more)
			return false;
		if (more != 1)
			break;
		one = api_text(x);
		two = api_text(y);
		are = !strcmp(one, two);
		free(one);
		free(two);
	} while (are);
	return are && !more;
}

/* What was asked for, and what is in force. */
static bool
is_taken(const char *name, struct str asked, struct str config)
{
	struct str got = span_member(config, name);

	if (!strcmp(name, "keep_alive"))
		return keep_alive_ms(asked) == keep_alive_ms(got);
	if (!strcmp(name, "runtime-flags"))
		return are_same_lists(asked, got);
	if (!strcmp(name, "llamacpp"))
		return are_same_numbers(
		    span_member(asked, BUDGET), span_member(got, BUDGET));
	return are_same_numbers(asked, got);
}

int
models_check_change(struct models *m, const struct models_change *c,
    struct str body, struct err *e)
{
	enum { SHOWN_MAX = 300 };
	struct str config = find_config(c), key, value;
	bool all = config.len;
	size_t at = 0;

	while (all && span_next_member(body, &at, &key, &value) == 1) {
		char *name = api_text(key);

		if (is_replaced(m, c, name) && strcmp(name, "model") != 0 &&
		    strcmp(name, "mode") != 0)
			all = is_taken(name, value, config);
		free(name);
	}
	if (all)
		return 0;
	if (!config.len)
		config = STR("nothing");
	return err_set(e, ST_SERVER,
	    "'%s' did not take the configuration; what is in force: %.*s",
	    api_place(m->api)->name,
	    config.len < SHOWN_MAX ? (int)config.len : SHOWN_MAX, config.data);
}
