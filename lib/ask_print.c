/* ask - an answer is printed: as it comes, or whole. */
#include <inttypes.h>

#include "ask_object.h"
#include "ask_parts.h"
#include "die.h"
#include "json.h"

void
ask_keep_text(struct ask *a)
{
	buf_add(&a->said, buf_str(&a->reader.text));
	buf_add(&a->thought, buf_str(&a->reader.reasoning));
	buf_clear(&a->reader.text);
	buf_clear(&a->reader.reasoning);
}

int
ask_take(struct ask *a, struct err *e)
{
	struct ask_run *run = a->run;
	int got = 0;

	if (run->streams)
		got = run->print(a, buf_str(&a->reader.text),
		    buf_str(&a->reader.reasoning), e);
	if (!run->streams || run->keeps)
		ask_keep_text(a);
	if (!got && !run->streams && (a->said.full || a->thought.full))
		got = err_set(e, ST_SERVER, "the answer is larger than %d MiB",
		    BUF_MAX >> 20);
	buf_clear(&a->reader.text);
	buf_clear(&a->reader.reasoning);
	return got;
}

/* Print a good answer at once. */
static int
print_whole(struct ask *a, struct err *e)
{
	struct ask_run *run = a->run;
	struct ask_value value = { 0 };
	struct buf line = { 0 };
	int got = run->choose(a, &value, false, e);

	if (!got)
		ask_store(a);
	if (!got && run->json) {
		ask_write_object(&line, a, &value, true);
		buf_add_char(&line, '\n');
	}
	if (!got && (line.full || value.text.full))
		got = err_set(
		    e, ST_SERVER, "the answer is too large to be printed so");
	if (!got && run->json)
		got = run->print(a, buf_str(&line), STR(""), e);
	else if (!got)
		got = run->print(
		    a, buf_str(&value.text), buf_str(&a->thought), e);
	buf_done(&value.text);
	buf_done(&line);
	return got;
}

void
ask_end(struct ask *a, struct err *e)
{
	struct err late = ERR_NONE;

	if (e->status != ST_OUTPUT)
		ask_take(a, &late);
	if (!a->run->streams && !e->status)
		print_whole(a, e);
	if (!e->status)
		*e = late;
}

bool
ask_warn(const struct ask *a)
{
	const struct api_chat *answer = &a->reader;

	if (answer->bad_bytes)
		warn("the answer held %zu bytes that are no UTF-8; U+FFFD "
		     "stands for them",
		    answer->bad_bytes);
	if (answer->late_text)
		warn("text after the end of the answer was left out");
	if (answer->odd_finish[0])
		warn("unknown finish_reason '%s'", answer->odd_finish);
	return answer->bad_bytes || answer->late_text || answer->odd_finish[0];
}

void
ask_tell_usage(const struct ask *a, const struct err *e)
{
	const struct api_usage *u = &a->reader.usage;
	double first = (double)(a->first_ms - a->start_ms) / 1000;
	double rest = (double)(a->end_ms - a->first_ms) / 1000;

	if (u->prompt_tokens < 0 || u->completion_tokens < 0 || !a->first_ms) {
		if (!e->status)
			report("the server told no usage");
		return;
	}
	if (a->is_cached) {
		report("%" PRId64 " tokens of prompt, %" PRId64
		       " of answer, when it was stored",
		    u->prompt_tokens, u->completion_tokens);
		return;
	}
	if (rest <= 0)
		rest = (double)(a->end_ms - a->start_ms) / 1000;
	report("%" PRId64 " tokens of prompt (%" PRId64 " cached), %" PRId64
	       " of answer; first after %.2f s, %.1f tokens/s",
	    u->prompt_tokens, u->cached_tokens < 0 ? 0 : u->cached_tokens,
	    u->completion_tokens, first,
	    rest > 0 ? (double)u->completion_tokens / rest : 0.0);
}
