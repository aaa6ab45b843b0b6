/* api_chat - completions: build a request. */
#include "api_chat_request.h"

#include "json.h"
#include "mem.h"
#include "span.h"
#include "utf8.h"

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

/* Is it among the fields that are given? */
static bool
has_field(const struct api_chat_request *r, struct str name)
{
	char *text;
	bool has;

	if (!r->fields.len)
		return false;
	text = mem_copy(name);
	has = span_member(r->fields, text).len;
	free(text);
	return has;
}

static void
add_option(struct json *j, const struct api_chat_request *r, const char *option)
{
	struct str key, value;

	api_chat_split_option(option, &key, &value);
	if (has_field(r, key))
		return;
	json_string(j, key);
	buf_add_char(j->out, ':');
	j->comma = false;
	if (span_valid(value))
		json_raw(j, str_trim(value));
	else
		json_string(j, value);
}

/* Is this field among those given, or set by an --option?  Then that is sent. */
static bool
is_set(const struct api_chat_request *r, const char *name)
{
	const struct api_sampling *s = r->sampling;
	struct str key, value;

	if (has_field(r, str_of(name)))
		return true;
	for (size_t i = 0; i < s->noptions; i++)
		if (api_chat_split_option(s->options[i], &key, &value) &&
		    str_is(key, name))
			return true;
	return false;
}

static void
add_real(struct json *j, const struct api_chat_request *r, const char *name,
    double number)
{
	if (isnan(number) || is_set(r, name))
		return;
	json_name(j, name);
	json_real(j, number);
}

static void
add_stops(struct json *j, const struct api_chat_request *r)
{
	const struct api_sampling *s = r->sampling;

	if (!s->nstops || is_set(r, "stop"))
		return;
	json_name(j, "stop");
	json_open(j, '[');
	for (size_t i = 0; i < s->nstops; i++)
		json_string(j, str_of(s->stops[i]));
	json_close(j, ']');
}

static void
add_integer(struct json *j, const struct api_chat_request *r, const char *name,
    int64_t number, int64_t not_given)
{
	if (number == not_given || is_set(r, name))
		return;
	json_name(j, name);
	json_integer(j, number);
}

static void
add_sampling(struct json *j, const struct api_chat_request *r)
{
	const struct api_sampling *s = r->sampling;

	add_real(j, r, "temperature", s->temperature);
	add_real(j, r, "top_p", s->top_p);
	add_integer(j, r, "seed", s->seed, INT64_MIN);
	add_integer(j, r, "max_tokens", s->max_tokens, -1);
	add_stops(j, r);
	for (size_t i = 0; i < s->noptions; i++)
		add_option(j, r, s->options[i]);
}

/* A part of a content: {"type":TYPE, ...}; the caller closes it. */
static void
open_part(struct json *j, const char *type)
{
	json_open(j, '{');
	json_name(j, "type");
	json_string(j, str_of(type));
}

/* A text and images, as the parts of a content. */
static void
add_parts(struct json *j, const struct api_chat_request *r, struct str text)
{
	json_open(j, '[');
	if (text.len) {
		open_part(j, "text");
		json_member(j, "text", text);
		json_close(j, '}');
	}
	for (size_t i = 0; i < r->nimages; i++) {
		open_part(j, "image_url");
		json_name(j, "image_url");
		json_open(j, '{');
		json_member(j, "url", str_of(r->images[i]));
		json_close(j, '}');
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void
add_message(struct json *j, const struct api_chat_request *r,
    enum tmpl_role role, struct str text, bool with_images)
{
	json_open(j, '{');
	json_name(j, "role");
	json_string(j, str_of(role_names[role]));
	json_name(j, "content");
	if (with_images)
		add_parts(j, r, text);
	else
		json_string(j, text);
	json_close(j, '}');
}

/* The number of messages up to the last one of the user that has text. */
static size_t
up_to_user(const struct api_chat_request *r)
{
	size_t n = r->nmessages;

	while (n &&
	    (r->messages[n - 1].role != TMPL_USER ||
		!r->messages[n - 1].text.len))
		n--;
	return n;
}

/* The members of an object. */
static void
add_fields(struct json *j, struct str object)
{
	struct str inside = str_trim(object);

	inside = (struct str){ inside.data + 1, inside.len - 2 };
	if (inside.len)
		json_raw(j, inside);
}

static void
add_messages(struct json *j, const struct api_chat_request *r)
{
	size_t last = up_to_user(r);

	json_name(j, "messages");
	json_open(j, '[');
	if (r->history.len)
		json_raw(j, r->history);
	for (size_t i = 0; i < r->nmessages; i++) {
		const struct tmpl_message *m = &r->messages[i];

		if (m->text.len)
			add_message(j, r, m->role, buf_str(&m->text),
			    r->nimages && i + 1 == last);
	}
	if (r->nimages && !last)
		add_message(j, r, TMPL_USER, STR(""), true);
	json_close(j, ']');
}

static void
add_prompt(struct json *j, const struct api_chat_request *r)
{
	json_name(j, "prompt");
	json_string(j, r->prompt);
	if (!r->suffix.data || is_set(r, "suffix"))
		return;
	json_name(j, "suffix");
	json_string(j, r->suffix);
}

/* "NAME":{"MEMBER":true or false}, unless an option sets it. */
static void
add_switch(struct json *j, const struct api_chat_request *r, const char *name,
    const char *member, bool value)
{
	if (is_set(r, name))
		return;
	json_name(j, name);
	json_open(j, '{');
	json_name(j, member);
	json_bool(j, value);
	json_close(j, '}');
}

static void
add_schema(struct json *j, const struct api_chat_request *r)
{
	if (!r->schema.len || is_set(r, "response_format"))
		return;
	json_name(j, "response_format");
	open_part(j, "json_schema");
	json_name(j, "json_schema");
	json_open(j, '{');
	json_member(j, "name", STR("answer"));
	json_name(j, "schema");
	json_raw(j, str_trim(r->schema));
	json_name(j, "strict");
	json_bool(j, true);
	json_close(j, '}');
	json_close(j, '}');
}

/* What is asked beside the messages. */
static void
add_wishes(struct json *j, const struct api_chat_request *r)
{
	add_schema(j, r);
	if (r->tools.len && !is_set(r, "tools")) {
		json_name(j, "tools");
		json_raw(j, str_trim(r->tools));
	}
	if (r->think != API_THINK_UNSET)
		add_switch(j, r, "chat_template_kwargs", "enable_thinking",
		    r->think == API_THINK_ON);
	if (r->stream && r->with_usage)
		add_switch(j, r, "stream_options", "include_usage", true);
}

int
api_chat_write(
    struct buf *body, const struct api_chat_request *request, struct err *e)
{
	struct json j = { .out = body };

	json_open(&j, '{');
	if (request->model) {
		json_name(&j, "model");
		json_string(&j, str_of(request->model));
	}
	if (request->fields.len)
		add_fields(&j, request->fields);
	if (request->completes)
		add_prompt(&j, request);
	else if (!has_field(request, STR("messages")))
		add_messages(&j, request);
	add_wishes(&j, request);
	add_sampling(&j, request);
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
