/* dmr-review: how much of a section a request can ask about. */
#include "split.h"

#include "api_models.h"
#include "context.h"
#include "span.h"

enum {
	ANSWER_PART = 2, /* of the model's context, at most, is its answer */
	PIECE_PART = 4,  /* of a prompt is a piece of a source file */
	PIECE_MIN = 512, /* bytes */
	FITS_MAX = 8,    /* times a prompt is made shorter */
};

size_t
split_room(const struct run *run)
{
	double answer = (double)run->set->sampling.max_tokens;

	if (answer < 0 || answer > run->context_size / ANSWER_PART)
		answer = run->context_size / ANSWER_PART;
	return (size_t)((run->context_size - answer) * run->bytes_per_token);
}

size_t
split_piece(const struct run *run)
{
	size_t piece = split_room(run) / PIECE_PART;

	return piece > PIECE_MIN ? piece : PIECE_MIN;
}

/* "context-size" of the model, as GET /engines/_configure has it; or 0. */
static int64_t
read_configured(struct str entries)
{
	struct str entry;
	int64_t size = 0, each;
	size_t at = 0;

	while (span_next(entries, &at, &entry) == 1) {
		struct str config = span_member(entry, "Config");

		if (!span_integer(span_member(config, "context-size"), &each) &&
		    each > 0 && each <= INT32_MAX &&
		    !str_is(span_member(entry, "Mode"), "\"embedding\""))
			size = each;
	}
	return size;
}

void
split_ask(struct run *run, size_t bytes)
{
	struct api_call call = { .method = "GET", .side = API_MANAGEMENT };
	struct err unused = ERR_NONE;
	struct buf path = { 0 };
	int64_t size;

	if (run->knows_context || !run->ask.api || bytes < split_room(run) / 2)
		return;
	run->knows_context = true;
	buf_add_text(&path, "/engines/_configure?model=");
	api_add_escaped(&path, str_of(run->ask.many_model));
	call.path = path.data;
	if (!tool_call(run->ask.api, &call, run->ask.out, &unused)) {
		size = read_configured(buf_str(&call.http.reply));
		run->context_size = size ? (double)size : run->context_size;
	}
	api_call_done(&call);
	buf_done(&path);
}

size_t
split_end(const struct section *s, size_t first, size_t end)
{
	size_t room = split_room(s->run), taken = s->overhead;
	size_t at = first;

	if (s->around)
		taken += room / CONTEXT_PART;
	while (at < end && taken < room && s->sizes[at] <= room - taken)
		taken += s->sizes[at++];
	return at;
}

bool
split_learn(struct part *part, struct str body)
{
	struct run *run = part->section->run;
	int64_t tokens, context;
	double ratio;

	if (part->nfits++ == FITS_MAX || !api_context(body, &tokens, &context))
		return false;
	ratio = (double)part->sent / (double)tokens;
	run->knows_context = true;
	run->context_size = (double)context;
	if (run->bytes_per_token > ratio)
		run->bytes_per_token = ratio;
	if (split_room(run) >= part->sent)
		run->bytes_per_token *= 0.75 * (double)part->sent /
		    (double)split_room(run);
	return true;
}
