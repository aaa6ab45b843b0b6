/* log - one JSON line for each request, at the end of a file. */
#include "log.h"

#include <time.h>

#include "die.h"
#include "json.h"
#include "span.h"

/* RFC 3339, section 5.6, in UTC, to the millisecond. */
static void
add_time(struct json *j, int64_t ms)
{
	int64_t part = ms % 1000;
	time_t whole = (time_t)(ms / 1000 - (part < 0));
	struct tm t;
	char text[64];

	if (part < 0)
		part += 1000;
	if (!gmtime_r(&whole, &t))
		return;
	snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
	    t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min,
	    t.tm_sec, (int)part);
	json_name(j, "time");
	json_string(j, str_of(text));
}

static void
add_text(struct json *j, const char *name, struct str text)
{
	if (!text.data)
		return;
	json_name(j, name);
	json_string(j, text);
}

/* A message may hold a part of a secret: what it quotes was cut. */
static void
add_error(struct json *j, const char *error)
{
	char text[ERR_TEXT_MAX];

	if (!error)
		return;
	snprintf(text, sizeof text, "%s", error);
	die_mask(text, strlen(text));
	add_text(j, "error", str_of(text));
}

static void
add_value(struct json *j, const char *name, struct str value)
{
	if (!value.data)
		return;
	json_name(j, name);
	if (span_valid(value))
		json_raw(j, value);
	else
		json_string(j, value);
}

static void
add_reply(struct json *j, const struct log_entry *entry)
{
	if (!entry->text.data && !entry->reasoning.data &&
	    !entry->tool_calls.data && !entry->finish_reason)
		return;
	json_name(j, "reply");
	json_open(j, '{');
	add_text(j, "text", entry->text);
	add_text(j, "reasoning", entry->reasoning);
	add_value(j, "tool_calls", entry->tool_calls);
	add_text(j, "finish_reason", str_of(entry->finish_reason));
	json_close(j, '}');
}

static void
add_omitted(struct json *j)
{
	json_name(j, "omitted");
	json_bool(j, true);
}

/* The line; `whole`: with request and reply. */
static void
write_line(struct buf *line, const struct log_entry *entry, bool whole)
{
	struct json j = { .out = line };

	buf_clear(line);
	json_open(&j, '{');
	add_time(&j, entry->time_ms);
	add_text(&j, "tool", str_of(entry->tool));
	add_text(&j, "version", str_of(entry->version));
	add_text(&j, "host", str_of(entry->host));
	add_text(&j, "path", str_of(entry->path));
	add_text(&j, "model", str_of(entry->model));
	json_count(&j, "exit", entry->status);
	add_text(&j, "code", str_of(err_code(entry->status)));
	json_count(&j, "ms", entry->total_ms);
	json_count(&j, "first_ms", entry->first_ms);
	json_count(&j, "tries", entry->tries);
	json_name(&j, "cached");
	json_bool(&j, entry->cached);
	add_value(&j, "usage", entry->usage);
	if (whole) {
		add_value(&j, "request", entry->request);
		add_reply(&j, entry);
	} else {
		add_omitted(&j);
	}
	add_error(&j, entry->error);
	json_close(&j, '}');
	json_end_line(&j, 0);
}

int
log_open(struct log *l, const char *path, struct err *e)
{
	*l = (struct log){ .line.max = LOG_LINE_MAX };
	if (file_lines_share(&l->file, path, 0600, LOG_WAIT_MS, e))
		return err_prefix(e, "log");
	return 0;
}

int
log_add(struct log *l, const struct log_entry *entry, struct err *e)
{
	if (!file_lines_is_open(&l->file))
		return 0;
	write_line(&l->line, entry, true);
	if (l->line.full)
		write_line(&l->line, entry, false);
	if (l->line.len)
		die_mask_json(l->line.data, l->line.len);
	if (l->line.full)
		err_set(e, ST_OUTPUT, "a line is too large");
	else if (!file_lines_add(&l->file, buf_str(&l->line), e))
		return 0;
	log_close(l);
	err_prefix(e, "log");
	err_add(e, "; nothing more is logged");
	return -1;
}

void
log_close(struct log *l)
{
	file_lines_close(&l->file);
	buf_done(&l->line);
}
