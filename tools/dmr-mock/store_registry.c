/* store - the registries: what could be pulled, and what else there is. */
#include "store.h"

/* What a file of weights says of itself; of the one model that was looked at. */
static const char smollm2_gguf[] =
    "{\"general.architecture\":\"llama\","
    "\"general.basename\":\"smollm2\","
    "\"general.file_type\":\"3\","
    "\"general.finetune\":\"8k-lc100k-mix1-ep2\","
    "\"general.languages\":\"en\","
    "\"general.license\":\"apache-2.0\","
    "\"general.name\":\"Smollm2 135M 8k Lc100K Mix1 Ep2\","
    "\"general.organization\":\"HuggingFaceTB\","
    "\"general.quantization_version\":\"2\","
    "\"general.size_label\":\"135M\","
    "\"general.type\":\"model\","
    "\"llama.attention.head_count\":\"9\","
    "\"llama.attention.head_count_kv\":\"3\","
    "\"llama.attention.layer_norm_rms_epsilon\":\"0.000010\","
    "\"llama.block_count\":\"30\","
    "\"llama.context_length\":\"8192\","
    "\"llama.embedding_length\":\"576\","
    "\"llama.feed_forward_length\":\"1536\","
    "\"llama.rope.dimension_count\":\"64\","
    "\"llama.rope.freq_base\":\"100000.000000\","
    "\"llama.vocab_size\":\"49152\","
    "\"tokenizer.chat_template\":\"{% for message in messages %}"
    "{% if loop.first and messages[0]['role'] != 'system' %}{"
    "{ '\\u003c|im_start|\\u003esystem\\nYou are a helpful AI as"
    "sistant named SmolLM, trained by Hugging Face\\u003c|im_e"
    "nd|\\u003e\\n' }}{% endif %}{{'\\u003c|im_start|\\u003e' + m"
    "essage['role'] + '\\n' + message['content'] + '\\u003c|im_"
    "end|\\u003e' + '\\n'}}{% endfor %}{% if add_generation_pro"
    "mpt %}{{ '\\u003c|im_start|\\u003eassistant\\n' }}{% endif %}\","
    "\"tokenizer.ggml.add_bos_token\":\"false\","
    "\"tokenizer.ggml.add_space_prefix\":\"false\","
    "\"tokenizer.ggml.bos_token_id\":\"1\","
    "\"tokenizer.ggml.eos_token_id\":\"2\","
    "\"tokenizer.ggml.model\":\"gpt2\","
    "\"tokenizer.ggml.padding_token_id\":\"2\","
    "\"tokenizer.ggml.pre\":\"smollm\","
    "\"tokenizer.ggml.unknown_token_id\":\"0\"}";

#define TESTED_ID \
	"sha256:" \
	"12e79101837f8e47cc7d11907a3714d4a47a45302ac19275cd019f09d1941375"

/* Any tag of these can be had, but for the first one. */
static const struct {
	const char *repository, *tag, *id;
	struct store_kind kind;
} known[] = {
	{ "localhost:5000/ai/smollm2", "135M-Q4", TESTED_ID,
	    { "134.52M", "MOSTLY_Q4_1", "llama", "92.10MiB", smollm2_gguf,
		98362432, 8192, 576, false, false } },
	{ "docker.io/ai/smollm2", NULL, NULL,
	    { "361.82M", "IQ2_XXS/Q4_K_M", "llama", "256.35MiB", "{}",
		268797280, 0, 960, false, false } },
	{ "docker.io/ai/qwen3-coder", NULL, NULL,
	    { "30.53B", "MOSTLY_Q4_K_M", "qwen3moe", "17.28GiB", "{}",
		18556686912, 0, 2048, false, false } },
	{ "docker.io/ai/gemma3", NULL, NULL,
	    { "3.88B", "MOSTLY_Q4_K_M", "gemma3", "2.31GiB", "{}", 2489757856,
		0, 2560, false, true } },
	{ "docker.io/ai/qwen3-embedding", NULL, NULL,
	    { "4.02B", "MOSTLY_Q4_K_M", "qwen3", "2.32GiB", "{}", 2496577664, 0,
		2560, true, false } },
	{ "docker.io/ai/mxbai-embed-large", NULL, NULL,
	    { "334.09M", "MOSTLY_F16", "bert", "638.85MiB", "{}", 669881344, 0,
		1024, true, false } },
};

/* What a model from nowhere can do: all. */
static const struct store_kind given = { "1.00M", "MOSTLY_Q4_1", "llama",
	"1.00MiB", "{}", 1 << 20, 4096, 384, true, true };

/* It only looks like a SHA-256, which nobody can check. */
void
store_make_id(struct str name, char id[STORE_ID_LEN + 1])
{
	uint64_t h = STR_HASH;
	int n = snprintf(id, STORE_ID_LEN + 1, "sha256:");

	for (int at = n; at < STORE_ID_LEN; at += 16) {
		h = str_hash(h, name);
		snprintf(id + at, 17, "%016llx", (unsigned long long)h);
	}
}

struct str
store_split(struct str whole, struct str *tag)
{
	size_t i = whole.len;

	while (whole.data[i - 1] != ':')
		i--;
	*tag = str_skip(whole, i);
	return (struct str){ whole.data, i - 1 };
}

static enum store_answer
lacks(struct str repository)
{
	if (str_starts(repository, "docker.io/"))
		return STORE_UNAUTHORIZED;
	if (str_starts(repository, "localhost:5000/") ||
	    str_starts(repository, "huggingface.co/"))
		return STORE_UNKNOWN;
	return str_starts(repository, "localhost:") ? STORE_REFUSED
						    : STORE_NO_HOST;
}

enum store_answer
store_ask_registry(
    struct str whole, struct store_kind *kind, char id[STORE_ID_LEN + 1])
{
	struct str tag, repository = store_split(whole, &tag);

	for (size_t i = 0; i < countof(known); i++)
		if (str_is(repository, known[i].repository) &&
		    (!known[i].tag || str_is(tag, known[i].tag))) {
			*kind = known[i].kind;
			store_make_id(whole, id);
			if (known[i].id)
				snprintf(
				    id, STORE_ID_LEN + 1, "%s", known[i].id);
			return STORE_HAS;
		}
	return lacks(repository);
}

int
store_give(struct store *s, struct str whole, int64_t created)
{
	char id[STORE_ID_LEN + 1];

	store_make_id(whole, id);
	return store_add(s, whole, id, &given, created);
}
