/*
 * diff_trees - folders of generated texts, and diffs of them held to them.
 *
 *     trees_make(seed)   in the working folder: old/ and new/, edited at
 *                        random; inserted/ and insert.patch, what
 *                        diff_write_insertions() says of old/
 *     trees_check(OLD, NEW)   the diff on standard input turns files below
 *                        OLD into those below NEW; prints what it has
 */
#ifndef DIFF_TREES_H
#define DIFF_TREES_H

#include "diff.h"
#include "files.h"

enum { TREES_FILES = 200 };

static unsigned trees_state;

static inline size_t
trees_pick(size_t n)
{
	trees_state = trees_state * 1103515245 + 12345;
	return (trees_state >> 8) % n;
}

static inline const char *
trees_choose(const char *const *texts, size_t n)
{
	return texts[trees_pick(n)];
}

/* --- make --- */

/* Lines that diffs and their readers could take for something else, too. */
static inline void
trees_add_line(struct buf *out, const char *end)
{
	static const char *const starts[] = { "", "a", "b", "\t", "  x = 1",
		"-", "+", "--- a/x", "+++ b/x", "@@ -1,2 +1,2 @@", "-- \\",
		"diff --git a/x b/x", "\\ No newline at end of file", " ",
		"Index: x", "rename from y", "\f", "\xff\xfe", "a\rb",
		"Only in x: y", "From 0123 Mon", "GIT binary patch" };

	buf_add_text(out, trees_choose(starts, countof(starts)));
	if (!trees_pick(3))
		buf_add_format(out, " %zu", trees_pick(10));
	buf_add_text(out, end);
}

static inline const char *
trees_line_end(size_t kind)
{
	return kind == 0 || (kind == 1 && trees_pick(2)) ? "\r\n" : "\n";
}

/* Without a last line end, sometimes. */
static inline void
trees_cut(struct buf *text)
{
	if (text->len && !trees_pick(4))
		text->data[--text->len] = 0;
}

static inline void
trees_text(struct buf *out, size_t kind)
{
	size_t n = trees_pick(5) ? trees_pick(60) : trees_pick(3);

	buf_add_text(out, "");
	while (n--)
		trees_add_line(out, trees_line_end(kind));
	trees_cut(out);
}

static inline void
trees_edit(struct buf *out, struct str old, size_t kind)
{
	size_t rate = 2 + trees_pick(30);

	buf_add_text(out, "");
	while (old.len) {
		struct str line = old;

		line.len = str_find(old, STR("\n"));
		line.len += line.len < old.len;
		old = str_skip(old, line.len);
		if (!trees_pick(rate))
			trees_add_line(out, trees_line_end(kind));
		if (trees_pick(rate) > 1)
			buf_add(out, line);
	}
	trees_cut(out);
}

static inline void
trees_name(char *name, size_t size, unsigned i)
{
	static const char *const parts[] = { "", " ", "a b", "\"", "'", "\\",
		"\xc3\xa4", " and b", "\xf0\x9f\x98\x80", "-" };

	snprintf(name, size, "%s%s%u%s.c", trees_pick(2) ? "" : "sub dir/",
	    trees_choose(parts, countof(parts)), i,
	    trees_choose(parts, countof(parts)));
}

static inline void
trees_write(const char *tree, const char *name, struct str text)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", tree, name);
	f = fopen(path, "w");
	if (!f || fwrite(text.data, 1, text.len, f) != text.len || fclose(f))
		abort();
}

/* Insert at random, at the start of lines mostly, as many lines as may be. */
static inline void
trees_insert(
    struct buf *patch, const char *name, struct str old, struct buf *out)
{
	struct diff_insertion in[8];
	struct buf texts[8] = { { 0 } };
	size_t n = 0, done = 0, rate = 1 + old.len / (1 + trees_pick(8));

	for (size_t at = 0; at <= old.len && n < countof(in); at++) {
		bool starts = !at || old.data[at - 1] == '\n';

		if (trees_pick(starts ? rate / 20 + 1 : rate))
			continue;
		for (size_t k = trees_pick(4); k; k--)
			trees_add_line(&texts[n], trees_line_end(at % 3));
		if (!starts && trees_pick(2))
			buf_add_text(&texts[n], "x");
		in[n] = (struct diff_insertion){ at, buf_str(&texts[n]) };
		n++;
		at -= !trees_pick(5) && at > 0; /* two at one place */
	}
	for (size_t i = 0; i < n; i++) {
		buf_add(out, (struct str){ old.data + done, in[i].at - done });
		buf_add(out, in[i].text);
		done = in[i].at;
	}
	buf_add(out, str_skip(old, done));
	diff_write_insertions(patch, name, old, in, n);
	for (size_t i = 0; i < n; i++)
		buf_done(&texts[i]);
}

static inline void
trees_make_file(unsigned i, struct buf *patch)
{
	struct buf old = { 0 }, new = { 0 }, inserted = { 0 };
	size_t kind = trees_pick(4);
	char name[128];

	trees_name(name, sizeof name, i);
	trees_text(&old, kind);
	trees_edit(&new, buf_str(&old), kind);
	trees_insert(patch, name, buf_str(&old), &inserted);
	if (i % 10 != 1)
		trees_write("old", name, buf_str(&old));
	if (i % 10 != 2)
		trees_write("new", name, buf_str(&new));
	trees_write("insert", name, buf_str(&old));
	trees_write("inserted", name, buf_str(&inserted));
	buf_done(&old);
	buf_done(&new);
	buf_done(&inserted);
}

static inline int
trees_make(unsigned seed)
{
	static const char *const folders[] = { "old", "new", "insert",
		"inserted" };
	struct buf patch = { 0 };
	char sub[32];

	trees_state = seed;
	for (size_t i = 0; i < countof(folders); i++) {
		snprintf(sub, sizeof sub, "%s/sub dir", folders[i]);
		if (mkdir(folders[i], 0777) || mkdir(sub, 0777))
			return 1;
	}
	for (unsigned i = 0; i < TREES_FILES; i++)
		trees_make_file(i, &patch);
	trees_write(".", "insert.patch", buf_str(&patch));
	buf_done(&patch);
	return 0;
}

/* --- check --- */

/* Lines with their ends; view into text. */
struct trees_lines {
	struct buf text;
	struct str *line; /* [0] is line 1 */
	size_t n;
};

static inline bool
trees_read(struct trees_lines *l, const char *root, const char *name)
{
	struct err e = ERR_NONE;
	struct str rest;
	char path[256];

	*l = (struct trees_lines){ 0 };
	if (!name)
		return true;
	snprintf(path, sizeof path, "%s/%s", root, name);
	if (file_read(path, BUF_MAX, &l->text, &e))
		return tap_case(false, "%s", e.text), false;
	rest = buf_str(&l->text);
	l->line = calloc(rest.len + 1, sizeof *l->line);
	while (rest.len) {
		struct str line = rest;

		line.len = str_find(rest, STR("\n"));
		line.len += line.len < rest.len;
		l->line[l->n++] = line;
		rest = str_skip(rest, line.len);
	}
	return true;
}

static inline void
trees_free(struct trees_lines *l)
{
	buf_done(&l->text);
	free(l->line);
}

/* Is line `number` of the file this one of the diff, with its end? */
static inline bool
trees_is_line(
    const struct trees_lines *l, size_t number, const struct diff_line *line)
{
	struct str want;

	if (!number)
		return true;
	if (number > l->n)
		return false;
	want = l->line[number - 1];
	if (!line->no_newline && !str_ends(want, "\n"))
		return false;
	want.len -= !line->no_newline;
	if (line->has_cr && !str_ends(want, "\r"))
		return false;
	want.len -= line->has_cr;
	return str_equal(line->text, want);
}

static inline void
trees_check_lines(const struct diff_file *f, const struct trees_lines *old,
    const struct trees_lines *new)
{
	size_t removed = 0, added = 0;
	struct diff_line l;

	for (size_t i = 0; i < f->nhunks; i++) {
		struct diff_lines lines = diff_lines(&f->hunks[i]);

		while (diff_lines_next(&lines, &l)) {
			tap_case(trees_is_line(old, l.old_line, &l) &&
				trees_is_line(new, l.new_line, &l),
			    "%s: line %zu, %zu", f->new_path, l.old_line,
			    l.new_line);
			removed += l.kind == DIFF_REMOVED;
			added += l.kind == DIFF_ADDED;
		}
	}
	if (f->is_combined || f->is_binary || (f->is_deleted && !f->nhunks))
		return;
	tap_case(old->n + added == new->n + removed, "%s: %zu+%zu, %zu+%zu",
	    f->new_path, old->n, added, new->n, removed);
}

/* What is on both sides is the same; of a long file, of some of its lines. */
static inline void
trees_check_map(const struct diff_file *f, const struct trees_lines *old,
    const struct trees_lines *new)
{
	for (size_t i = 1; i <= old->n; i += 1 + old->n / 2000) {
		size_t to = diff_new_line(f, i);

		tap_case(!to ||
			(to <= new->n &&diff_old_line(f, to) ==
			    i &&str_equal(old->line[i - 1], new->line[to - 1])),
		    "%s: old line %zu is new %zu", f->new_path, i, to);
	}
	for (size_t i = 1; i <= new->n; i += 1 + new->n / 2000)
		tap_case(!diff_old_line(f, i) == diff_touches(f, i, i) ||
			!f->old_path,
		    "%s: new line %zu", f->new_path, i);
}

static inline void
trees_check_file(
    const struct diff_file *f, const char *old_root, const char *new_root)
{
	struct trees_lines old = { 0 }, new = { 0 };

	tap_case(f->is_new == !f->old_path && f->is_deleted == !f->new_path,
	    "%s: new or deleted?", f->new_path);
	/* diff -N speaks of both, also where one is none. */
	if (f->is_binary)
		return;
	if (trees_read(&old, old_root, f->old_path) &&
	    trees_read(&new, new_root, f->new_path)) {
		trees_check_lines(f, &old, &new);
		if (f->old_path && f->new_path && !f->is_combined &&
		    !f->is_binary)
			trees_check_map(f, &old, &new);
	}
	trees_free(&old);
	trees_free(&new);
}

static inline int
trees_check(const char *old_root, const char *new_root)
{
	struct buf text = { 0 };
	struct err e = ERR_NONE;
	struct diff d;
	size_t kinds[4] = { 0 };

	if (file_read_fd(0, "the diff", BUF_MAX, &text, &e) ||
	    diff_read(&d, buf_str(&text), &e)) {
		printf("%s\n", e.text);
		return 1;
	}
	for (size_t i = 0; i < d.nfiles; i++) {
		const struct diff_file *f = &d.files[i];

		trees_check_file(f, old_root, new_root);
		kinds[0] += f->is_new;
		kinds[1] += f->is_deleted;
		kinds[2] += f->is_rename;
		kinds[3] += f->is_binary;
	}
	printf("%zu files: %zu new, %zu deleted, %zu renamed, %zu binary\n",
	    d.nfiles, kinds[0], kinds[1], kinds[2], kinds[3]);
	diff_done(&d);
	buf_done(&text);
	return tap.misses > 0;
}

#endif
