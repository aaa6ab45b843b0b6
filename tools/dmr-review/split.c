/* dmr-review: how much of a section a request can ask about. */
#include "split.h"

#include "api_models.h"
#include "context.h"
#include "span.h"

enum {
	PIECE_PART = 4,  /* of a prompt is a piece of a source file */
	PIECE_MIN = 512, /* bytes */
	FITS_MAX = 8,    /* times a prompt is made shorter */
};

size_t
split_room(const struct run *run)
{
	return ask_room_bytes(&run->room, run->set->sampling.max_tokens);
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

	if (run->want->offline || run->knows_context || !run->ask.api ||
	    bytes < split_room(run) / 2)
		return;
	run->knows_context = true;
	buf_add_text(&path, "/engines/_configure?model=");
	api_add_escaped(&path, str_of(run->ask.many_model));
	call.path = path.data;
	if (!tool_call(run->ask.api, &call, run->ask.out, &unused)) {
		size = read_configured(buf_str(&call.http.reply));
		run->room.context = size ? (double)size : run->room.context;
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

	if (part->nfits++ == FITS_MAX ||
	    !ask_room_learn(&run->room, part->sent, body))
		return false;
	run->knows_context = true;
	if (split_room(run) >= part->sent)
		run->room.bytes_per_token *= 0.75 * (double)part->sent /
		    (double)split_room(run);
	return true;
}
