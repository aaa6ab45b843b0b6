/* dmr-review: hunks as a prompt shows them. */
#include "show.h"

#include <ctype.h>

#include "buf.h"
#include "offline.h"

/*
 * What ends a message in the template of some model, beside "<|name|>".  Behind the first
 * character a backslash is put, and a template sees none of them.
 */
static const char *const tokens[] = { "<\xef\xbd\x9c", "[INST]", "[/INST]",
	"[SYSTEM_PROMPT]", "[TOOL_CALLS]", "<<SYS>>", "<</SYS>>",
	"<start_of_turn>", "<end_of_turn>", "<s>", "</s>", "<think>",
	"</think>", "<tool_call>", "</tool_call>", "<tool_response>",
	"</tool_response>", "<bos>", "<eos>", "<unused", "<fim_", "<sop>",
	"[gMASK]", "[IMG]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]",
	"[TOOL_RESULTS]", "[/TOOL_RESULTS]" };

enum { NAME_MAX_BYTES = 40 }; /* of "<|name|>" */

/* Does "name|>" stand there, or a letter?  "a <| b" is an operator. */
static bool
is_name(struct str text)
{
	char first = text.len ? text.data[0] : ' ';

	if (isalpha((unsigned char)first) || first == '_')
		return true;
	for (size_t i = 1; i + 1 < text.len && i <= NAME_MAX_BYTES; i++) {
		if (text.data[i - 1] == ' ')
			return false;
		if (text.data[i] == '|' && text.data[i + 1] == '>')
			return true;
	}
	return false;
}

/* Does one begin here? */
static bool
is_token(struct str text)
{
	struct str behind = str_skip(text, 1);

	if (!text.len || (text.data[0] != '<' && text.data[0] != '['))
		return false;
	if (str_starts(behind, "|"))
		return text.data[0] == '<' && is_name(str_skip(behind, 1));
	for (size_t i = 0; i < countof(tokens); i++)
		if (tokens[i][0] == text.data[0] &&
		    str_starts(behind, tokens[i] + 1))
			return true;
	return false;
}

/* Most lines have nothing that could be escaped. */
static bool
is_plain(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if ((c < ' ' && c != '\t') || c > '~' || c == '<' || c == '[')
			return false;
	}
	return true;
}

static void
escape(struct buf *out, struct str text)
{
	struct buf seen = { .max = SIZE_MAX / 2 };
	struct buf shown = { .max = SIZE_MAX / 2 };
	struct str rest;

	offline_show_invisible(&seen, text);
	buf_add_visible(&shown, buf_str(&seen));
	for (rest = buf_str(&shown); rest.len; rest = str_skip(rest, 1)) {
		buf_add_char(out, rest.data[0]);
		if (is_token(rest))
			buf_add_char(out, '\\');
	}
	buf_done(&seen);
	buf_done(&shown);
}

void
show_text(struct buf *out, struct str text)
{
	if (is_plain(text))
		buf_add(out, text);
	else
		escape(out, text);
}

static void
show_head(struct buf *out, const struct diff_hunk *h)
{
	struct str heading = str_trim(h->heading);

	if (h->new_count)
		buf_add_format(out, "## lines %zu to %zu", h->new_start,
		    h->new_start + h->new_count - 1);
	else
		buf_add_format(out, "## behind line %zu", h->new_start);
	if (heading.len) {
		buf_add_text(out, ", in ");
		show_text(out, heading);
	}
	buf_add_char(out, '\n');
}

/* What is gone, with the line before each run of it, if that is still there. */
static void
show_removed(struct buf *out, const struct diff_hunk *h)
{
	struct diff_lines lines = diff_lines(h);
	struct diff_line line, before = { 0 };
	bool has_begun = false, has_before = false;

	while (diff_lines_next(&lines, &line)) {
		if (line.kind != DIFF_REMOVED) {
			has_before = line.kind == DIFF_CONTEXT;
			before = line;
			continue;
		}
		if (!has_begun)
			buf_add_text(out, "## gone from there:\n");
		has_begun = true;
		if (has_before) {
			buf_add_char(out, ' ');
			show_text(out, before.text);
			buf_add_char(out, '\n');
		}
		has_before = false;
		buf_add_char(out, '-');
		show_text(out, line.text);
		buf_add_char(out, '\n');
	}
}

void
show_hunks(struct buf *out, const struct diff_file *file,
    const struct anchors *anchors, size_t first, size_t end)
{
	size_t at = 0;

	for (size_t i = first; i < end; i++) {
		show_head(out, &file->hunks[i]);
		for (; at < anchors->nlines && anchors->lines[at].hunk == i;
		     at++) {
			const struct anchor_line *line = &anchors->lines[at];

			anchor_write(out, line);
			buf_add_text(out, line->is_added ? "|+" : "| ");
			show_text(out, line->text);
			buf_add_char(out, '\n');
		}
		show_removed(out, &file->hunks[i]);
	}
}

size_t
show_size(const struct diff_file *file, size_t hunk)
{
	struct buf shown = { .max = SIZE_MAX / 2 };
	struct anchors anchors;
	size_t size;

	anchors_make(&anchors, file, hunk, hunk + 1);
	show_hunks(&shown, file, &anchors, hunk, hunk + 1);
	anchors_done(&anchors);
	size = shown.len;
	buf_done(&shown);
	return size;
}
