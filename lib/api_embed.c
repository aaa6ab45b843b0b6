/* api_embed - the request, and the vectors of its answer. */
#include "api_embed.h"

#include "json.h"
#include "mem.h"
#include "span.h"
#include "vector.h"

/* In the largest reply: a number of JSON takes two bytes. */
enum { NUMBERS_MAX = HTTP_REPLY_MAX / 2 };

/* --- the request --- */

int
api_embed_write(
    struct buf *body, const struct api_embed_request *r, struct err *e)
{
	struct json j = { .out = body };
	struct str name, value;
	size_t at = 0;

	body->max = API_BODY_MAX;
	json_open(&j, '{');
	json_member(&j, "model", str_of(r->model));
	while (span_next_member(r->fields, &at, &name, &value) == 1) {
		json_raw(&j, name);
		buf_add_char(body, ':');
		buf_add(body, value);
	}
	json_name(&j, "input");
	json_raw(&j, r->input);
	json_member(
	    &j, "encoding_format", r->plain ? STR("float") : STR("base64"));
	json_close(&j, '}');
	if (body->full)
		return err_set(e, ST_INPUT, "the request is larger than %d MiB",
		    API_BODY_MAX >> 20);
	return 0;
}

size_t
api_embed_count(struct str input)
{
	struct str element;
	size_t at = 0, n = 0;

	if (span_kind(input) == SPAN_STRING)
		return 1;
	while (span_next(input, &at, &element) == 1)
		if (span_kind(element) == SPAN_NUMBER)
			return 1;
		else
			n++;
	return n;
}

/* --- the answer --- */

static int
fail(struct err *e, const char *what)
{
	return err_set(e, ST_SERVER, "the server's answer: %s", what);
}

/* All vectors are as wide as the first. */
static int
take_width(struct api_embed *a, struct str value, size_t n, struct err *e)
{
	size_t width = vector_count(value);

	if (!width)
		return fail(e, "an embedding is empty, or no vector");
	if (width > VECTOR_MAX)
		return err_set(e, ST_SERVER,
		    "the server's answer: an embedding has %zu numbers, more "
		    "than %d",
		    width, VECTOR_MAX);
	if (width > NUMBERS_MAX / n)
		return fail(e, "it is too short for so many vectors so wide");
	if (!a->width) {
		a->width = width;
		a->vectors = mem_grow(
		    a->vectors, &a->capacity, n * width, sizeof *a->vectors);
	}
	if (width != a->width)
		return err_set(e, ST_SERVER,
		    "the server's answer: embeddings of %zu and of %zu numbers",
		    a->width, width);
	return 0;
}

/* One element of "data"; is_there: by index. */
static int
take_item(struct api_embed *a, struct str item, size_t n, bool *is_there,
    struct err *e)
{
	static const char *const names[] = { "index", "embedding" };
	struct str v[countof(names)];
	int64_t index;

	if (span_members(item, names, countof(names), v))
		return fail(e, "an element of data is no object");
	if (span_integer(v[0], &index) || index < 0 || (uint64_t)index >= n)
		return fail(e, "an index is none of those asked for");
	if (is_there[index])
		return fail(e, "two embeddings have one index");
	is_there[index] = true;
	if (take_width(a, v[1], n, e))
		return -1;
	if (vector_read(v[1], a->vectors + (size_t)index * a->width, a->width))
		return fail(e, "an embedding holds what is no finite number");
	return 0;
}

static int
take_items(struct api_embed *a, struct str data, size_t n, struct err *e)
{
	bool *is_there = mem_new(n, sizeof *is_there);
	struct str item;
	size_t at = 0, nitems = 0;
	int got = 0;

	while (!got && span_next(data, &at, &item) == 1) {
		got = take_item(a, item, n, is_there, e);
		nitems++;
	}
	free(is_there);
	if (!got && nitems < n)
		return err_set(e, ST_SERVER,
		    "the server's answer: %zu embeddings for %zu texts", nitems,
		    n);
	return got;
}

static void
take_model(struct api_embed *a, struct str value)
{
	char *model = api_text(value);

	snprintf(a->model, sizeof a->model, "%s", model);
	free(model);
}

/* What is no object: cut, or another's. */
static int
fail_to_read(struct api_embed *a, struct str reply, struct err *e)
{
	struct str text = str_trim(reply);

	if (!text.len || (str_starts(text, "{") && span_stop(text) == text.len))
		return err_set(
		    e, ST_INCOMPLETE, "the answer ended before its end");
	a->foreign = true;
	return fail(e, "no JSON object");
}

int
api_embed_read(struct api_embed *a, struct str reply, size_t n, struct err *e)
{
	static const char *const names[] = { "data", "model", "usage",
		"error" };
	struct str v[countof(names)];

	a->width = 0;
	a->usage = (struct str){ 0 };
	a->foreign = false;
	if (span_members(reply, names, countof(names), v))
		return fail_to_read(a, reply, e);
	if (span_kind(v[3]) > SPAN_NULL)
		return api_error(e, 200, reply, NULL, a->server);
	a->foreign = span_kind(v[0]) != SPAN_ARRAY;
	if (a->foreign)
		return fail(e, "no list of embeddings");
	take_model(a, v[1]);
	a->usage = v[2];
	return take_items(a, v[0], n, e);
}

void
api_embed_done(struct api_embed *a)
{
	free(a->vectors);
	*a = (struct api_embed){ 0 };
}

/* --- a text that is too long --- */

/* The number behind words, or 0. */
static double
number_behind(struct str text, struct str words)
{
	text = str_skip(text, str_find(text, words));
	text = str_skip(text, words.len);
	return text.len ? strtod(text.data, NULL) : 0;
}

double
api_embed_share(struct str body)
{
	double tokens = number_behind(body, STR("input ("));
	double most = number_behind(body, STR("current batch size: "));
	int64_t n, context;

	if (api_context(body, &n, &context)) {
		tokens = (double)n;
		most = (double)context;
	}
	if (!(most >= 1) || !(tokens > most) || !(tokens < 1e12))
		return 0.5;
	return most / tokens;
}
