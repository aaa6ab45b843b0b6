/* dmr-check: the log of a model runner, line by line. */
#include "log_line.h"

#include <ctype.h>

#include "units.h"

enum { LINE_MAX_BYTES = 16 << 10 };

static bool
is_letter(char c)
{
	return isalpha((unsigned char)c);
}

bool
check_log_has_word(struct str text, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= text.len; i++) {
		size_t k = 0;

		while (k < n &&
		    tolower((unsigned char)text.data[i + k]) == word[k])
			k++;
		if (k == n && (!i || !is_letter(text.data[i - 1])) &&
		    (i + n == text.len || !is_letter(text.data[i + n])))
			return true;
	}
	return false;
}

static bool
has(struct str line, const char *text)
{
	return str_find(line, str_of(text)) < line.len;
}

/* What stands behind the first of these words. */
static struct str
behind(struct str line, const char *word)
{
	return str_skip(line, str_find(line, str_of(word)) + strlen(word));
}

/* llama.cpp's own: time, a letter for the level, and what speaks. */
static bool
is_engine_error(struct str message)
{
	size_t n = 0;

	while (n < message.len &&
	    (isdigit((unsigned char)message.data[n]) || message.data[n] == '.'))
		n++;
	return n && str_starts(str_skip(message, n), " E ");
}

bool
check_log_is_error(struct str line)
{
	struct str level = behind(line, "level=");

	/* A tool asked for a model that is not there. */
	if (has(line, "model not found"))
		return false;
	if (is_engine_error(behind(line, "msg=\"")))
		return true;
	if (!has(line, "level="))
		return check_log_has_word(line, "error") ||
		    check_log_has_word(line, "fatal");
	level = str_cut(&level, ' ');
	return check_log_has_word(level, "error") ||
	    check_log_has_word(level, "fatal") ||
	    check_log_has_word(level, "panic");
}

static int64_t
read_number(struct str *text)
{
	int64_t number = 0;

	*text = str_trim(*text);
	while (text->len && isdigit((unsigned char)text->data[0]) &&
	    number < INT32_MAX) {
		number = number * 10 + (text->data[0] - '0');
		*text = str_skip(*text, 1);
	}
	return number;
}

/* "load_tensors: offloaded 29/29 layers to GPU", "gpuSupport=false". */
static void
take_gpu(struct check_log *log, struct str line)
{
	struct str rest = behind(line, "offloaded ");
	int64_t ngpu, nall;

	if (has(line, "gpuSupport="))
		log->gpu = has(line, "gpuSupport=true");
	if (!has(line, "offloaded ") || !has(line, " layers to GPU"))
		return;
	ngpu = read_number(&rest);
	rest = str_skip(rest, 1);
	nall = read_number(&rest);
	if (nall) {
		log->ngpu = ngpu;
		log->nall = nall;
	}
}

static void
take_line(struct check_log *log, struct str line)
{
	struct str time = str_skip(line, 1);

	line = str_trim(line);
	take_gpu(log, line);
	if (!check_log_is_error(line))
		return;
	buf_clear(&log->error);
	buf_add(&log->error,
	    (struct str){ line.data,
		line.len < CHECK_ERROR_MAX ? line.len : CHECK_ERROR_MAX });
	log->error_s = 0;
	if (str_starts(line, "["))
		if (units_read_time(str_cut(&time, ']'), &log->error_s))
			log->error_s = 0;
}

void
check_log_add(struct check_log *log, struct str piece)
{
	while (piece.len) {
		struct str rest = piece, part = str_cut(&rest, '\n');
		size_t room = LINE_MAX_BYTES - log->line.len;

		if (part.len > room)
			part.len = room;
		buf_add(&log->line, part);
		if (!rest.data)
			return;
		take_line(log, buf_str(&log->line));
		buf_clear(&log->line);
		piece = rest;
	}
}

void
check_log_end(struct check_log *log)
{
	take_line(log, buf_str(&log->line));
	buf_done(&log->line);
}
