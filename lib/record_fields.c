/* record - the fields of a request that stand in a record. */
#include "record.h"

/*
 * Fields that shape a chat completion: OpenAI's "Create chat completion",
 * then those of llama.cpp's server and vLLM; sorted.  Names that say who asks
 * or what becomes of the answer (user, metadata, store) are a record's own.
 */
static const char *const known[] = { "add_generation_prompt", "bad_words",
	"cache_prompt", "chat_template_kwargs", "continue_final_message",
	"dry_allowed_length", "dry_base", "dry_multiplier",
	"dry_penalty_last_n", "dry_sequence_breakers", "dynatemp_exponent",
	"dynatemp_range", "frequency_penalty", "function_call", "functions",
	"grammar", "guided_choice", "guided_grammar", "guided_json",
	"guided_regex", "ignore_eos", "include_stop_str_in_output",
	"json_schema", "length_penalty", "logit_bias", "logprobs",
	"max_completion_tokens", "max_tokens", "messages", "min_p",
	"min_tokens", "mirostat", "mirostat_eta", "mirostat_tau", "modalities",
	"model", "n_predict", "n_probs", "parallel_tool_calls", "prediction",
	"presence_penalty", "reasoning_budget", "reasoning_effort",
	"reasoning_format", "repeat_last_n", "repeat_penalty",
	"repetition_penalty", "response_format", "samplers", "seed",
	"skip_special_tokens", "stop", "stop_token_ids", "structured_outputs",
	"temperature", "tool_choice", "tools", "top_k", "top_logprobs",
	"top_n_sigma", "top_p", "typical_p", "verbosity", "xtc_probability",
	"xtc_threshold" };

static const char *const never[] = { "n", "stream", "stream_options" };

static int
compare(const void *name, const void *row)
{
	const struct str *a = name;
	struct str b = str_of(*(const char *const *)row);
	int order = memcmp(a->data, b.data, a->len < b.len ? a->len : b.len);

	return order ? order : (a->len > b.len) - (a->len < b.len);
}

static bool
is_among(struct str name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

bool
record_is_asked_by(const char *name)
{
	static const char *const others[] = { "input", "prompt", "custom_id",
		"method", "url", "body", "response" };

	return is_among(str_of(name), known, countof(known)) ||
	    is_among(str_of(name), others, countof(others));
}

/* The name as it stands in the body, with its quotes. */
static void
add_unknown(struct json *j, struct str name, struct str value)
{
	json_raw(j, name);
	buf_add_char(j->out, ':');
	j->comma = false;
	json_raw(j, value);
}

/* Where a field stands in `known`, or countof(known). */
static size_t
find_known(struct str name)
{
	const char *const *row = name.len
	    ? bsearch(&name, known, countof(known), sizeof *known, compare)
	    : NULL;

	return row ? (size_t)(row - known) : countof(known);
}

void
record_write_fields(
    const struct record *r, struct json *j, const char *const *but, size_t n)
{
	struct str found[countof(known)] = { 0 };
	struct buf room = { 0 };
	struct str name, value;
	size_t at = 0;

	while (span_next_member(r->body, &at, &name, &value) == 1) {
		struct str text;
		size_t row;

		buf_clear(&room);
		span_text(name, NULL, &room);
		text = buf_str(&room);
		if (is_among(text, never, countof(never)) ||
		    is_among(text, but, n))
			continue;
		row = find_known(text);
		if (row < countof(known))
			found[row] = value;
		else if (r->kind == RECORD_BATCH)
			add_unknown(j, name, value);
	}
	for (size_t i = 0; i < countof(known); i++)
		if (span_kind(found[i]) > SPAN_NULL) {
			json_name(j, known[i]);
			json_raw(j, found[i]);
		}
	buf_done(&room);
}
