/* diff - write the diff of insertions. */
#include "diff.h"

enum { CONTEXT = 3, PENDING_MAX = 2 * CONTEXT };

#define NO_NEWLINE "\n\\ No newline at end of file\n"

/* Lines go by; a hunk is open from a change to the end of its context. */
struct writer {
	struct buf *out;
	const char *path;
	bool has_head, is_open;
	struct buf hunk;                     /* its lines */
	struct str pending[PENDING_MAX + 1]; /* unchanged, last ones */
	size_t npending;
	size_t old_passed, new_passed; /* lines, without pending ones */
	size_t old_start, new_start;   /* the same, where the hunk began */
};

/* Does git write the name in quotes? */
static bool
needs_quotes(const char *path)
{
	for (; *path; path++) {
		unsigned char c = (unsigned char)*path;

		if (c < ' ' || c >= 0x7f || c == '"' || c == '\\')
			return true;
	}
	return false;
}

static void
add_quoted_byte(struct buf *out, unsigned char c)
{
	static const char from[] = "\"\\\a\b\t\n\v\f\r", to[] = "\"\\abtnvfr";
	const char *at = strchr(from, c);

	if (at)
		buf_add_format(out, "\\%c", to[at - from]);
	else if (c < ' ' || c >= 0x7f)
		buf_add_format(out, "\\%03o", c);
	else
		buf_add_char(out, (char)c);
}

/* a/PATH or b/PATH, in quotes where git has them. */
static void
add_name(struct buf *out, char side, const char *path)
{
	while (path[0] == '.' && path[1] == '/')
		path += 2;
	while (path[0] == '/')
		path++;
	if (!needs_quotes(path)) {
		buf_add_format(out, "%c/%s", side, path);
		return;
	}
	buf_add_format(out, "\"%c/", side);
	for (; *path; path++)
		add_quoted_byte(out, (unsigned char)*path);
	buf_add_char(out, '"');
}

/* "--- a/PATH"; a tab ends a name with blanks, or patch takes them for its
 * end. */
static void
add_side(struct writer *w, const char *mark, char side)
{
	buf_add_text(w->out, mark);
	add_name(w->out, side, w->path);
	buf_add_text(w->out, strchr(w->path, ' ') ? "\t\n" : "\n");
}

static void
add_head(struct writer *w)
{
	if (w->has_head)
		return;
	w->has_head = true;
	buf_add_text(w->out, "diff -u ");
	add_name(w->out, 'a', w->path);
	buf_add_char(w->out, ' ');
	add_name(w->out, 'b', w->path);
	buf_add_char(w->out, '\n');
	add_side(w, "--- ", 'a');
	add_side(w, "+++ ", 'b');
}

/* A side of "@@ -1,3 +1,5 @@": none of its lines stand behind the first. */
static void
add_range(struct buf *out, char mark, size_t from, size_t to)
{
	size_t n = to - from;

	buf_add_format(out, "%c%zu", mark, n ? from + 1 : from);
	if (n != 1)
		buf_add_format(out, ",%zu", n);
}

static void
put_line(struct writer *w, char mark, struct str line)
{
	buf_add_char(&w->hunk, mark);
	buf_add(&w->hunk, line);
	if (!str_ends(line, "\n"))
		buf_add_text(&w->hunk, NO_NEWLINE);
	w->old_passed += mark != '+';
	w->new_passed += mark != '-';
}

/* The first n pending lines are done with: printed, or passed over. */
static void
release(struct writer *w, size_t n, bool print)
{
	for (size_t i = 0; i < n; i++)
		if (print)
			put_line(w, ' ', w->pending[i]);
	if (!print) {
		w->old_passed += n;
		w->new_passed += n;
	}
	w->npending -= n;
	memmove(w->pending, w->pending + n, w->npending * sizeof *w->pending);
}

static void
close_hunk(struct writer *w)
{
	if (!w->is_open)
		return;
	release(w, w->npending < CONTEXT ? w->npending : CONTEXT, true);
	w->is_open = false;
	add_head(w);
	buf_add_text(w->out, "@@ ");
	add_range(w->out, '-', w->old_start, w->old_passed);
	buf_add_char(w->out, ' ');
	add_range(w->out, '+', w->new_start, w->new_passed);
	buf_add_text(w->out, " @@\n");
	buf_add(w->out, buf_str(&w->hunk));
	buf_clear(&w->hunk);
}

static void
open_hunk(struct writer *w)
{
	if (!w->is_open) {
		w->old_start = w->old_passed;
		w->new_start = w->new_passed;
	}
	w->is_open = true;
	release(w, w->npending, true);
}

static void
keep_line(struct writer *w, struct str line)
{
	w->pending[w->npending++] = line;
	if (w->is_open && w->npending > PENDING_MAX)
		close_hunk(w);
	if (!w->is_open && w->npending > CONTEXT)
		release(w, w->npending - CONTEXT, false);
}

static void
change_lines(struct writer *w, char mark, struct str lines)
{
	if (lines.len)
		open_hunk(w);
	while (lines.len) {
		struct str line = lines;

		line.len = str_find(lines, STR("\n"));
		line.len += line.len < lines.len;
		put_line(w, mark, line);
		lines = str_skip(lines, line.len);
	}
}

/* A line becomes a text that holds all of its bytes, in their order. */
static void
change_line(struct writer *w, struct str line, struct str text)
{
	size_t more = text.len - line.len;
	struct str head = { text.data, more };

	if (str_equal(str_skip(text, more), line) && line.len &&
	    (!more || str_ends(head, "\n"))) {
		change_lines(w, '+', head);
		keep_line(w, line);
	} else if (str_ends(line, "\n") &&
	    str_equal((struct str){ text.data, line.len }, line)) {
		keep_line(w, line);
		change_lines(w, '+', str_skip(text, line.len));
	} else {
		change_lines(w, '-', line);
		change_lines(w, '+', text);
	}
}

/*
 * The line that begins at byte `from`, and the insertions into it: all before
 * its end, and at the end of the text, if that is the end of this line.
 * Returns how many insertions these were.
 */
static size_t
write_line(struct writer *w, struct str line, size_t from, bool is_last,
    const struct diff_insertion *in, size_t n)
{
	struct buf text = { .max = SIZE_MAX / 2 };
	size_t done = 0, used = 0;

	for (; used < n && (is_last || in[used].at < from + line.len); used++) {
		size_t upto = in[used].at - from;

		buf_add(&text, (struct str){ line.data + done, upto - done });
		buf_add(&text, in[used].text);
		done = upto;
	}
	if (used) {
		buf_add(&text, str_skip(line, done));
		change_line(w, line, buf_str(&text));
	} else if (line.len) {
		keep_line(w, line);
	}
	buf_done(&text);
	return used;
}

void
diff_write_insertions(struct buf *out, const char *path, struct str old,
    const struct diff_insertion *in, size_t n)
{
	struct writer w = { .out = out, .path = path };
	size_t from = 0, used = 0;
	bool is_last = false;

	w.hunk.max = SIZE_MAX / 2;
	while (!is_last) {
		struct str line = str_skip(old, from);

		line.len = str_find(line, STR("\n"));
		is_last = from + line.len == old.len;
		line.len += !is_last;
		used += write_line(
		    &w, line, from, is_last, in + used, n - used);
		from += line.len;
	}
	close_hunk(&w);
	buf_done(&w.hunk);
}
