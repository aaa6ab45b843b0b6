/* embed - vectors for texts: hashed words, made one long. */
#include "embed.h"

#include <math.h>

#include "base64.h"
#include "mem.h"
#include "tokens.h"

enum { PLACES = 4 }; /* that a word has in a vector */

/* With the high bits in the low ones. */
static uint64_t
hash(struct str text)
{
	uint64_t h = str_hash(STR_HASH, text);

	return h ^ (h >> 29);
}

static void
add_word(struct str word, float *vector, size_t n)
{
	uint64_t h = hash(word);

	for (int i = 0; i < PLACES; i++) {
		vector[(h >> 1) % n] += h & 1 ? 1.0F : -1.0F;
		h = h * 6364136223846793005U + 1442695040888963407U;
		h ^= h >> 31;
	}
}

/* The next word of *rest in lower case, cut to the room there is. */
static struct str
next_word(struct str *rest, char *room, size_t size)
{
	size_t n = 0, i = 0;

	for (; i < rest->len; i++) {
		unsigned char c = (unsigned char)rest->data[i];

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		    c >= 0x80) {
			if (n < size)
				room[n++] = (char)c;
		} else if (n) {
			break;
		}
	}
	*rest = str_skip(*rest, i);
	return (struct str){ room, n };
}

void
embed_text(struct str text, float *vector, size_t n)
{
	struct str rest = text, word;
	char room[64];
	double sum = 0;

	memset(vector, 0, n * sizeof *vector);
	while ((word = next_word(&rest, room, sizeof room)).len)
		add_word(word, vector, n);
	for (size_t i = 0; i < n; i++)
		sum += (double)vector[i] * (double)vector[i];
	/* No words, or words that undo each other. */
	if (sum == 0) {
		vector[hash(text) % n] = 1;
		sum = 1;
	}
	for (size_t i = 0; i < n; i++)
		vector[i] = (float)((double)vector[i] / sqrt(sum));
}

/* --- requests --- */

/* What is asked: texts, or tokens as JSON text. */
struct job {
	struct str *texts;
	int64_t *tokens; /* of each */
	size_t n, capacity, tokens_capacity;
	bool base64;
};

static void
add_input(struct job *job, struct str text, int64_t tokens)
{
	job->texts = mem_grow(
	    job->texts, &job->capacity, job->n + 1, sizeof *job->texts);
	job->tokens = mem_grow(job->tokens, &job->tokens_capacity, job->n + 1,
	    sizeof *job->tokens);
	job->texts[job->n] = text;
	job->tokens[job->n++] = tokens;
}

static bool
is_tokens(const struct tree_node *array)
{
	const struct tree_node *x = NULL;

	if (array->kind != SPAN_ARRAY || !array->count)
		return false;
	while ((x = tree_next(array, x)))
		if (x->kind != SPAN_NUMBER)
			return false;
	return true;
}

/* A text, or an array of tokens; -1: neither. */
static int
read_input(struct job *job, const struct tree_node *input)
{
	if (input->kind == SPAN_STRING)
		add_input(
		    job, tree_text(input), tokens_count(tree_text(input)));
	else if (is_tokens(input))
		add_input(job, tree_raw(input), input->count);
	else
		return -1;
	return 0;
}

static int
read_inputs(struct job *job, const struct tree_node *input)
{
	const struct tree_node *x = NULL;

	if (read_input(job, input) == 0)
		return 0;
	while (input->kind == SPAN_ARRAY && (x = tree_next(input, x)))
		if (read_input(job, x))
			return -1;
	return input->kind == SPAN_ARRAY ? 0 : -1;
}

/* 0, or -1: the reply says what is wrong. */
static int
read_job(struct runner_call *call, struct job *job)
{
	const struct tree_node *input = tree_find(call->body, STR("input"));
	const struct tree_node *format = tree_find(
	    call->body, STR("encoding_format"));

	if (format && format->kind == SPAN_STRING) {
		job->base64 = str_is(tree_text(format), "base64");
		if (!job->base64 && !str_is(tree_text(format), "float")) {
			runner_refuse(call, 400,
			    "The format to return the embeddings in. Can be "
			    "either float or base64");
			return -1;
		}
	}
	if (!input)
		runner_refuse(
		    call, 400, "\"input\" or \"content\" must be provided");
	else if (read_inputs(job, input))
		runner_refuse(call, 500,
		    "\"prompt\" elements must be a string, a list of tokens, a "
		    "list of mixed strings & tokens, or a list of prompts");
	else if (!job->n)
		runner_refuse(call, 500, "\"prompt\" must not be empty");
	else
		return 0;
	return -1;
}

/* Is none of them too long, or empty, for the engine? */
static int
check_job(struct runner_call *call, const struct job *job)
{
	const struct runner_config *c = call->config;
	int64_t batch = c && c->batch ? c->batch : RUNNER_BATCH;

	if (!call->model->kind.embeds && !(c && c->pools)) {
		runner_refuse(call, 400,
		    "Pooling type 'none' is not OAI compatible. Please use a "
		    "different pooling type");
		return -1;
	}
	for (size_t i = 0; i < job->n; i++) {
		if (!job->tokens[i]) {
			runner_refuse(
			    call, 400, "Input content cannot be empty");
			return -1;
		}
		if (job->tokens[i] > batch) {
			runner_refuse(call, 500,
			    "input (%lld tokens) is too large to process. "
			    "increase the physical batch size (current batch "
			    "size: %lld)",
			    (long long)job->tokens[i], (long long)batch);
			return -1;
		}
	}
	return 0;
}

/* IEEE 754 single precision, little endian. */
static void
add_base64(struct buf *out, const float *vector, size_t n)
{
	struct buf bytes = { 0 };

	for (size_t i = 0; i < n; i++) {
		uint32_t bits;

		memcpy(&bits, &vector[i], sizeof bits);
		for (int shift = 0; shift < 32; shift += 8)
			buf_add_char(&bytes, (char)(bits >> shift & 0xff));
	}
	buf_add_char(out, '"');
	base64_add(out, buf_str(&bytes));
	buf_add_char(out, '"');
	buf_done(&bytes);
}

static void
add_floats(struct buf *out, const float *vector, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_add_char(out, i ? ',' : '[');
		if (vector[i] == 0)
			buf_add_char(out, '0');
		else
			buf_add_format(out, "%.9g", (double)vector[i]);
	}
	buf_add_char(out, ']');
}

static void
write_vectors(struct runner_call *call, const struct job *job, struct buf *out)
{
	size_t n = (size_t)call->model->kind.dimensions;
	float *vector = mem_new(n, sizeof *vector);

	for (size_t i = 0; i < job->n && !out->full; i++) {
		buf_add_text(out, i ? ",{\"embedding\":" : "{\"embedding\":");
		embed_text(job->texts[i], vector, n);
		if (job->base64)
			add_base64(out, vector, n);
		else
			add_floats(out, vector, n);
		buf_add_format(
		    out, ",\"index\":%zu,\"object\":\"embedding\"", i);
		if (job->base64)
			buf_add_text(out, ",\"encoding_format\":\"base64\"");
		buf_add_char(out, '}');
	}
	free(vector);
}

static void
answer(struct runner_call *call, const struct job *job)
{
	struct json j = { .out = &call->reply->body };
	int64_t tokens = 0;

	for (size_t i = 0; i < job->n; i++)
		tokens += job->tokens[i];
	json_open(&j, '{');
	json_member(&j, "model", call->model_name);
	json_member(&j, "object", STR("list"));
	buf_add_format(j.out,
	    ",\"usage\":{\"prompt_tokens\":%lld,\"total_tokens\":%lld},"
	    "\"data\":[",
	    (long long)tokens, (long long)tokens);
	write_vectors(call, job, j.out);
	buf_add_text(j.out, "]}");
	runner_send_engine(call, 200);
}

void
embed_answer(struct runner_call *call)
{
	struct job job = { 0 };

	if (read_job(call, &job) == 0 && check_job(call, &job) == 0)
		answer(call, &job);
	free(job.texts);
	free(job.tokens);
}
