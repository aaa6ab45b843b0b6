/* api_chat - chat completions: build a request. */
#include "api_chat.h"

#include "json.h"
#include "span.h"

static const char *const role_names[] = { "system", "user", "assistant" };

/* Fields that the tool itself decides about. */
static const char *const own_fields[] = { "messages", "stream", "n", "model" };

bool
api_chat_split_option(const char *option, struct str *key, struct str *value)
{
	*value = str_of(option);
	*key = str_cut(value, '=');
	return key->len && value->data;
}

int
api_chat_check_option(const char *option, struct err *e)
{
	struct str key, value;

	if (!api_chat_split_option(option, &key, &value))
		return err_set(
		    e, ST_USAGE, "--option: '%s' is not KEY=VALUE", option);
	for (size_t i = 0; i < countof(own_fields); i++)
		if (str_is(key, own_fields[i]))
			return err_set(e, ST_USAGE,
			    "--option: '%s' cannot be set this way",
			    own_fields[i]);
	if (utf8_valid(str_of(option)) != strlen(option))
		return err_set(
		    e, ST_USAGE, "--option: '%s' is not UTF-8", option);
	return 0;
}

static void
add_option(struct json *j, const char *option)
{
	struct str key, value;

	api_chat_split_option(option, &key, &value);
	json_string(j, key);
	buf_add_char(j->out, ':');
	j->comma = false;
	if (span_valid(value))
		json_raw(j, str_trim(value));
	else
		json_string(j, value);
}

/* Does an --option set this field?  Then it alone is sent. */
static bool
has_option(const struct api_sampling *s, const char *name)
{
	struct str key, value;

	for (size_t i = 0; i < s->noptions; i++)
		if (api_chat_split_option(s->options[i], &key, &value) &&
		    str_is(key, name))
			return true;
	return false;
}

static void
add_real(struct json *j, const struct api_sampling *s, const char *name,
    double number)
{
	if (isnan(number) || has_option(s, name))
		return;
	json_name(j, name);
	json_real(j, number);
}

static void
add_stops(struct json *j, const struct api_sampling *s)
{
	if (!s->nstops || has_option(s, "stop"))
		return;
	json_name(j, "stop");
	json_open(j, '[');
	for (size_t i = 0; i < s->nstops; i++)
		json_string(j, str_of(s->stops[i]));
	json_close(j, ']');
}

static void
add_integer(struct json *j, const struct api_sampling *s, const char *name,
    int64_t number, int64_t not_given)
{
	if (number == not_given || has_option(s, name))
		return;
	json_name(j, name);
	json_integer(j, number);
}

static void
add_sampling(struct json *j, const struct api_sampling *s)
{
	add_real(j, s, "temperature", s->temperature);
	add_real(j, s, "top_p", s->top_p);
	add_integer(j, s, "seed", s->seed, INT64_MIN);
	add_integer(j, s, "max_tokens", s->max_tokens, -1);
	add_stops(j, s);
	for (size_t i = 0; i < s->noptions; i++)
		add_option(j, s->options[i]);
}

static void
add_messages(struct json *j, const struct tmpl_message *messages, size_t n)
{
	json_name(j, "messages");
	json_open(j, '[');
	for (size_t i = 0; i < n; i++) {
		if (!messages[i].text.len)
			continue;
		json_open(j, '{');
		json_name(j, "role");
		json_string(j, str_of(role_names[messages[i].role]));
		json_name(j, "content");
		json_string(j, buf_str(&messages[i].text));
		json_close(j, '}');
	}
	json_close(j, ']');
}

int
api_chat_write(
    struct buf *body, const struct api_chat_request *request, struct err *e)
{
	struct json j = { .out = body };

	json_open(&j, '{');
	json_name(&j, "model");
	json_string(&j, str_of(request->model));
	add_messages(&j, request->messages, request->nmessages);
	add_sampling(&j, request->sampling);
	json_name(&j, "stream");
	json_bool(&j, request->stream);
	json_close(&j, '}');
	if (body->full || body->len > API_BODY_MAX)
		return err_set(e, ST_INPUT,
		    "the request has %.1f MiB, the server takes %d; try: a "
		    "shorter input",
		    (double)body->len / (1 << 20), API_BODY_MAX >> 20);
	return 0;
}
