/* dmr-embed: an index, in one of its three forms. */
#include "file.h"
#include "file_map.h"
#include "mem.h"
#include "near.h"
#include "vector.h"

enum { HEAD_MAX = 64 << 10 };

static int
fail(const struct near_index *index, const char *why, struct err *e)
{
	return file_fail(e, ST_INPUT, "read", index->file.path, why);
}

/* --- .npy: numpy.lib.format, version 1.0 --- */

/* "(3, 4)" */
static bool
read_shape(struct str text, size_t *n, size_t *width)
{
	char *end;

	if (!str_starts(text, "("))
		return false;
	*n = strtoull(text.data + 1, &end, 10);
	if (strncmp(end, ", ", 2) != 0)
		return false;
	*width = strtoull(end + 2, &end, 10);
	return *end == ')' && *width <= VECTOR_MAX &&
	    *n <= SIZE_MAX / 8 / VECTOR_MAX;
}

/* What stands behind words of the head, which is a Python dictionary. */
static struct str
find_behind(struct str head, const char *words)
{
	return str_skip(head, str_find(head, str_of(words)) + strlen(words));
}

static int
read_head(struct near_index *index, struct err *e)
{
	struct str file = index->file.bytes;
	const unsigned char *bytes = (const unsigned char *)file.data;
	size_t size = file.len < 10 ? 0 : bytes[8] + ((size_t)bytes[9] << 8);
	char *copy;
	struct str head;
	bool fine;

	if (!str_starts(file, "\x93NUMPY\x01") || file.len < 10 + size)
		return fail(index, "it is no .npy of version 1.0", e);
	copy = mem_copy((struct str){ file.data + 10, size });
	head = str_of(copy);
	fine = str_starts(find_behind(head, "'descr': "), "'<f4'") &&
	    str_starts(find_behind(head, "'fortran_order': "), "False") &&
	    read_shape(
		find_behind(head, "'shape': "), &index->n, &index->width);
	free(copy);
	if (!fine || (10 + size) % sizeof(float))
		return fail(index, "its rows are no float32, one by one", e);
	index->rows = str_skip(file, 10 + size);
	if (index->rows.len != index->n * index->width * sizeof(float))
		return fail(index, "its length is not what its head says", e);
	return 0;
}

/* --- all forms --- */

/* INDEX.ids may be missing, but not unreadable. */
static int
open_names(struct near_index *index, struct err *e)
{
	index->ids = mem_format("%s.ids", index->file.path);
	if (file_is_absent(index->ids))
		return 0;
	return file_map(&index->names, index->ids, e);
}

int
near_index_open(struct near_index *index, const char *path, struct err *e)
{
	struct str name = str_of(path);

	*index = (struct near_index){ 0 };
	if (file_map(&index->file, path, e))
		return -1;
	index->rows = index->file.bytes;
	index->has_lines = !str_ends(name, ".npy") && !str_ends(name, ".f32");
	if (str_ends(name, ".npy") && read_head(index, e))
		return -1;
	return index->has_lines ? 0 : open_names(index, e);
}

int
near_index_check(struct near_index *index, size_t width, struct err *e)
{
	size_t row = width * sizeof(float);

	if (!index->rows.len)
		index->n = 0;
	if (index->has_lines || !index->rows.len)
		return 0;
	if (!index->width && index->rows.len % row) {
		return err_set(e, ST_INPUT,
		    "'%s' is no rows of %zu numbers; try: -d N",
		    index->file.path, width);
	}
	if (index->width && index->width != width)
		return err_set(e, ST_INPUT,
		    "the vectors of '%s' have %zu dimensions, the text's %zu%s",
		    index->file.path, index->width, width,
		    index->width < width ? "; try: -d with as many" : "");
	index->width = width;
	index->n = index->rows.len / row;
	return 0;
}

void
near_index_name(const struct near_index *index, struct near_top *top)
{
	struct str rest = str_skip_bom(index->names.bytes);
	size_t line = 0;

	near_top_sort_by_place(top);
	for (size_t i = 0; rest.data && i < top->n; i++) {
		for (; rest.data && line < top->hits[i].at; line++)
			str_cut(&rest, '\n');
		if (rest.len) {
			top->hits[i].name = str_cut(&rest, '\n');
			line++;
		}
	}
	near_top_sort(top);
}

int
near_index_check_whole(const struct near_index *index, struct err *e)
{
	if (file_map_check(&index->file, e))
		return -1;
	return file_map_check(&index->names, e);
}

void
near_index_close(struct near_index *index)
{
	file_unmap(&index->file);
	file_unmap(&index->names);
	free(index->ids);
	*index = (struct near_index){ 0 };
}
