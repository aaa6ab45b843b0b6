/* recording - the form of a recording. */
#include "recording.h"

#include "die.h"
#include "mem.h"
#include "message.h"
#include "utf8.h"

enum { VERSION_NUMBER = 1 };

/* A path is to be found again: where it is no text, bytes are escaped. */
static void
add_target(struct buf *to, struct str target)
{
	bool is_text = utf8_valid(target) == target.len;

	for (size_t i = 0; i < target.len; i++) {
		unsigned char c = (unsigned char)target.data[i];

		if (is_text || c < 0x80)
			buf_add_char(to, (char)c);
		else
			buf_add_format(to, "%%%02x", c);
	}
}

void
recording_key_take(struct recording_key *key, const struct mock_request *r,
    const struct mock_secrets *secrets)
{
	char *target = mem_format(
	    "%s%s%s", r->path, *r->query ? "?" : "", r->query);
	struct buf clean = { 0 };

	buf_add_text(&key->method, r->method);
	mock_redact_target(secrets, str_of(target), &clean);
	add_target(&key->target, buf_str(&clean));
	mock_redact(secrets, r->body, &key->body);
	buf_done(&clean);
	free(target);
}

void
recording_key_done(struct recording_key *key)
{
	buf_done(&key->method);
	buf_done(&key->target);
	buf_done(&key->body);
}

/* ---- write */

static void
write_headers(struct json *j, struct str headers,
    const struct mock_secrets *secrets, int how)
{
	struct buf clean = { 0 };

	mock_redact(secrets, headers, &clean);
	mock_write_headers(j, buf_str(&clean), how | MOCK_MASKED);
	buf_done(&clean);
}

void
recording_write_request(struct json *j, const struct mock_request *r,
    const struct mock_secrets *secrets, bool exact)
{
	struct recording_key key = { 0 };

	recording_key_take(&key, r, secrets);
	json_member(j, "method", buf_str(&key.method));
	json_member(j, "path", buf_str(&key.target));
	write_headers(j, r->headers, secrets, MOCK_LOWER);
	mock_write_body(j, buf_str(&key.body), exact);
	recording_key_done(&key);
}

/* Where secrets were taken out, the body is shorter than it came. */
static void
write_times(struct json *j, const struct mock_times *times, size_t len)
{
	json_name(j, "delay_ms");
	json_integer(j, times->delay_ms);
	if (!times->npauses)
		return;
	json_name(j, "pauses");
	json_open(j, '[');
	for (size_t i = 0; i < times->npauses; i++) {
		const struct mock_pause *p = &times->pauses[i];

		json_open(j, '[');
		json_integer(j, (int64_t)(p->at < len ? p->at : len));
		json_integer(j, p->ms);
		json_close(j, ']');
	}
	json_close(j, ']');
}

static void
write_flag(struct json *j, const char *name, bool value)
{
	json_name(j, name);
	json_bool(j, value);
}

static void
write_reply(struct json *j, const struct mock_reply *r,
    const struct mock_secrets *secrets)
{
	struct buf body = { 0 };

	mock_redact(secrets, buf_str(&r->body), &body);
	json_name(j, "reply");
	json_open(j, '{');
	json_name(j, "status");
	json_integer(j, r->status);
	write_headers(j, buf_str(&r->headers), secrets, 0);
	write_flag(j, "streams", r->streams);
	write_flag(j, "complete", r->cut == MOCK_WHOLE);
	if (r->head_length) {
		json_name(j, "head_length");
		json_integer(j, r->head_length);
	}
	mock_write_body(j, buf_str(&body), true);
	if (r->times)
		write_times(j, r->times, body.len);
	json_close(j, '}');
	buf_done(&body);
}

static void
write_line(struct buf *line, const struct mock_request *request,
    const struct mock_reply *reply, bool exact)
{
	struct json j = { .out = line };
	size_t from = line->len;
	struct mock_secrets secrets = { 0 };

	mock_secrets_add(&secrets, request->headers);
	mock_secrets_add(&secrets, buf_str(&reply->headers));
	json_open(&j, '{');
	json_name(&j, "version");
	json_integer(&j, VERSION_NUMBER);
	json_name(&j, "request");
	json_open(&j, '{');
	recording_write_request(&j, request, &secrets, exact);
	json_close(&j, '}');
	write_reply(&j, reply, &secrets);
	json_close(&j, '}');
	json_end_line(&j, from);
	mock_secrets_done(&secrets);
	if (line->len > from)
		die_mask(line->data + from, line->len - from);
}

void
recording_write(struct buf *line, const struct mock_request *request,
    const struct mock_reply *reply)
{
	size_t from = line->len;

	write_line(line, request, reply, false);
	if (line->full || span_valid(str_skip(buf_str(line), from)))
		return;
	/* A body as deep as may be is too deep within the line. */
	line->len = from;
	write_line(line, request, reply, true);
}

/* ---- read */

static int
read_request(struct str object, struct recording_key *key, struct err *e)
{
	enum { BODY, METHOD = MOCK_BODY_MEMBERS, PATH, HEADERS, MEMBERS };
	static const struct mock_member members[MEMBERS] = { MOCK_BODY_ROWS,
		{ "method", "a string" }, { "path", "a string" },
		{ "headers", "an object" } };
	struct str values[MEMBERS];

	if (mock_members(object, members, MEMBERS, values, e))
		return -1;
	if (!values[METHOD].data || !values[PATH].data)
		return err_set(e, ST_USAGE, "'method' or 'path' is missing");
	span_text(values[METHOD], NULL, &key->method);
	span_text(values[PATH], NULL, &key->target);
	return mock_read_body(values, &key->body, e);
}

/* A whole number from min to max, if it is there. */
static int
read_integer(struct str value, const char *name, int64_t min, int64_t max,
    int64_t *number, struct err *e)
{
	if (!value.data)
		return 0;
	if (span_integer(value, number) || *number < min || *number > max)
		return err_set(e, ST_USAGE,
		    "%s: '%.*s' is not a whole number from %lld to %lld", name,
		    STR_ARGS(value), (long long)min, (long long)max);
	return 0;
}

enum { PAUSE_MAX_MS = 1000 * 1000 * 1000 };

/* [at, ms], not before the last one. */
static int
read_pause(struct str value, struct mock_reply *reply, struct err *e)
{
	int64_t numbers[2] = { 0 }, last = 0;
	struct str number;
	size_t at = 0, n = 0;

	if (reply->npauses)
		last = (int64_t)reply->pauses[reply->npauses - 1].at;
	for (; span_next(value, &at, &number) == 1; n++)
		if (n == 2 || span_integer(number, &numbers[n]))
			n = 2;
	if (n != 2 || numbers[0] < last ||
	    numbers[0] > (int64_t)reply->body.len || numbers[1] < 0 ||
	    numbers[1] > PAUSE_MAX_MS)
		return err_set(e, ST_USAGE,
		    "pauses: '%.*s' is not [bytes, ms], behind the last one "
		    "and within the body",
		    STR_ARGS(value));
	reply->pauses = mem_grow(reply->pauses, &reply->capacity,
	    reply->npauses + 1, sizeof *reply->pauses);
	reply->pauses[reply->npauses++] = (struct mock_pause){
		.at = (size_t)numbers[0], .ms = numbers[1]
	};
	return 0;
}

static int
read_pauses(struct str array, struct mock_reply *reply, struct err *e)
{
	struct str value;
	size_t at = 0;

	while (array.data && span_next(array, &at, &value) == 1)
		if (read_pause(value, reply, e))
			return -1;
	return 0;
}

static int
read_reply(struct str object, struct mock_reply *reply, struct err *e)
{
	enum {
		STATUS = MOCK_BODY_MEMBERS,
		HEADERS,
		DELAY,
		STREAMS,
		COMPLETE,
		HEAD_LENGTH,
		PAUSES,
		MEMBERS
	};
	static const struct mock_member members[MEMBERS] = { MOCK_BODY_ROWS,
		{ "status", "a number" }, { "headers", "an object" },
		{ "delay_ms", "a number" }, { "streams", "true or false" },
		{ "complete", "true or false" }, { "head_length", "a number" },
		{ "pauses", "an array" } };
	struct str values[MEMBERS];
	int64_t status = 200;

	if (mock_members(object, members, MEMBERS, values, e) ||
	    mock_read_body(values, &reply->body, e) ||
	    mock_read_headers(values[HEADERS], &reply->headers, e) ||
	    read_integer(values[STATUS], "status", 200, 999, &status, e) ||
	    read_integer(values[DELAY], "delay_ms", 0, PAUSE_MAX_MS,
		&reply->delay_ms, e) ||
	    read_integer(values[HEAD_LENGTH], "head_length", 0, INT64_MAX - 1,
		&reply->head_length, e) ||
	    read_pauses(values[PAUSES], reply, e))
		return -1;
	reply->status = (int)status;
	reply->streams = str_is(values[STREAMS], "true");
	if (str_is(values[COMPLETE], "false"))
		reply->cut = MOCK_CUT_END;
	return 0;
}

/* It comes first: what members there are is for the version to say. */
static int
check_version(struct str line, struct err *e)
{
	struct str version = span_member(line, "version");
	int64_t number;

	if (!version.data)
		return err_set(e, ST_USAGE, "'version' is missing");
	if (span_integer(version, &number) || number != VERSION_NUMBER)
		return err_set(e, ST_USAGE,
		    "version: '%.*s' is not known, only %d is",
		    STR_ARGS(version), VERSION_NUMBER);
	return 0;
}

int
recording_read(const struct mock_lines *lines, struct recording_key *key,
    struct mock_reply *reply, struct err *e)
{
	static const struct mock_member members[] = { { "request",
							  "an object" },
		{ "reply", "an object" }, { "version", "a number" } };
	struct str values[countof(members)];
	int got = check_version(lines->line, e);

	if (!got)
		got = mock_members(
		    lines->line, members, countof(members), values, e);
	if (!got && (!values[0].data || !values[1].data))
		got = err_set(e, ST_USAGE, "'request' or 'reply' is missing");
	if (!got)
		got = read_request(values[0], key, e);
	if (!got)
		got = read_reply(values[1], reply, e);
	return got ? mock_lines_blame(lines, e) : 0;
}
