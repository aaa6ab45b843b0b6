/* review_split_test - how much of a section a request can ask about. */
#include "../../tools/dmr-review/split.h"
#include "tap.h"

static struct settings set;
static struct run run = { .set = &set, .room.bytes_per_token = 2 };

static void
test_room(void)
{
	static const struct {
		double context;
		int64_t answer;
		size_t room, piece;
		const char *name;
	} rows[] = {
		{ 4096, 1024, 6144, 1536, "a context and an answer" },
		{ 4096, -1, 4096, 1024, "an answer of any length" },
		{ 1000, 900, 1000, 512, "no more than half is the answer" },
		{ 1, 0, 2, 512, "the smallest" },
	};

	for (size_t i = 0; i < countof(rows); i++) {
		run.room.context = rows[i].context;
		set.sampling.max_tokens = rows[i].answer;
		tap_int((intmax_t)split_room(&run), (intmax_t)rows[i].room,
		    rows[i].name);
		tap_int((intmax_t)split_piece(&run), (intmax_t)rows[i].piece,
		    "and pieces of a source file");
	}
}

/* A room of 1000 bytes, of which 100 are taken. */
static void
test_end(void)
{
	size_t sizes[] = { 300, 600, 1, 899, 901, 0 };
	struct section s = { .run = &run, .overhead = 100, .sizes = sizes };

	run.room.context = 1000;
	set.sampling.max_tokens = 500;
	tap_int((intmax_t)split_end(&s, 0, 6), 2, "as many as fit");
	tap_int((intmax_t)split_end(&s, 0, 1), 1, "no more than there are");
	tap_int((intmax_t)split_end(&s, 2, 6), 4, "to the byte");
	tap_int((intmax_t)split_end(&s, 4, 6), 4, "one that does not fit");
	tap_int((intmax_t)split_end(&s, 6, 6), 6, "none");
	s.overhead = SIZE_MAX / 2;
	tap_int((intmax_t)split_end(&s, 0, 6), 0, "no room at all");
}

static const char body[] =
    "{\"error\":{\"code\":400,\"message\":\"too long\",\"type\":"
    "\"exceed_context_size_error\",\"n_prompt_tokens\":500,\"n_ctx\":400}}";

static void
test_learn(void)
{
	struct section s = { .run = &run };
	struct part part = { .section = &s, .sent = 600 };
	int times = 0;

	run.room.context = 1000;
	run.room.bytes_per_token = 2;
	run.knows_context = false;
	set.sampling.max_tokens = 100;
	tap_ok(!split_learn(&part, STR("{\"error\":\"no\"}")), "another error");
	tap_ok(!run.knows_context, "says nothing");
	tap_ok(split_learn(&part, str_of(body)), "the server says its context");
	tap_ok(run.knows_context && run.room.context == 400, "which counts");
	tap_int((intmax_t)split_room(&run), 360, "and how long a token was");
	for (part.sent = 10; split_learn(&part, str_of(body)); times++)
		if (!tap_ok(split_room(&run) < part.sent, "it gets shorter"))
			break;
	tap_ok(times > 0 && times < 10, "but not for ever");
}

int
main(void)
{
	test_room();
	test_end();
	test_learn();
	return tap_done();
}
