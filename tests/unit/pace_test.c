/* http_pace: how many calls may be on their way, and from when on. */
#include "http_pace.h"

#include "http_transfer.h"
#include "tap.h"

static struct http http;

/* A try of a call ends. */
static void
end(struct http_transfer *t, enum http_end how, int status)
{
	t->call->status = status;
	http_pace_note(t, how);
}

static void
a_burst_of_refusals_counts_once(void)
{
	struct http_call calls[4] = { 0 };
	struct http_transfer t[4] = { 0 };

	http.pace = (struct http_pace){ .most = 8, .now = 8 };
	for (int i = 0; i < 4; i++)
		t[i] = (struct http_transfer){ .http = &http,
			.call = &calls[i] };
	for (int i = 0; i < 4; i++)
		end(&t[i], HTTP_REPLY, i & 1 ? 503 : 429);
	tap_ok(http.pace.now == 4, "four refusals of one burst halve it once");
	end(&t[3], HTTP_REPLY, 200);
	tap_ok(http.pace.now == 4, "its successes give none back");
	t[0].round = http.pace.round;
	end(&t[0], HTTP_REPLY, 429);
	tap_ok(
	    http.pace.now == 2, "one that was sent after that halves it again");
	for (int i = 0; i < 3; i++) {
		t[0].round = http.pace.round;
		end(&t[0], HTTP_UNREACHABLE, 0);
	}
	tap_ok(http.pace.now == 1, "one is always left");
	t[0].round = http.pace.round;
	end(&t[0], HTTP_REPLY, 500);
	tap_ok(http.pace.now == 1, "an error gives none back");
	for (int i = 0; i < 4; i++)
		end(&t[1], HTTP_REPLY, 200);
	tap_ok(http.pace.now == 1, "nor does what was sent before a refusal");
	t[0].round = http.pace.round;
	end(&t[0], HTTP_REPLY, 200);
	tap_ok(http.pace.now == 2, "a success of one at a time gives one back");
	end(&t[0], HTTP_REPLY, 200);
	tap_ok(http.pace.now == 2, "of two at a time it takes two");
	end(&t[0], HTTP_REPLY, 200);
	tap_ok(http.pace.now == 3, "and then three are on their way");
	for (int i = 0; i < 40; i++)
		end(&t[0], HTTP_REPLY, 200);
	tap_ok(http.pace.now == 8, "up to all");
}

static void
what_waits(void)
{
	struct http_call call = { .wait_s = 2 };
	struct http_transfer first = {
		.http = &http, .call = &call, .again_ms = 5000
	};
	struct http_transfer other = {
		.http = &http, .call = &call, .again_ms = 3000
	};

	http.pace = (struct http_pace){ .most = 2, .now = 2, .in_flight = 1 };
	tap_ok(http_pace_time(&other) == 3000, "a call waits for its own time");
	http_pace_rest(&first);
	tap_ok(
	    http_pace_time(&other) == 5000, "a Retry-After holds for others");
	tap_ok(!http_pace_allows(&http, 4999) && http_pace_allows(&http, 5000),
	    "and for new ones");
	http.pace.in_flight = 2;
	tap_ok(!http_pace_time(&other) && !http_pace_allows(&http, 6000),
	    "where there are enough on their way, others wait for them");
	http.pace = (struct http_pace){ 0 };
	tap_ok(http_pace_allows(&http, 0), "without a pace nothing waits");
}

int
main(void)
{
	a_burst_of_refusals_counts_once();
	what_waits();
	return tap_done();
}
