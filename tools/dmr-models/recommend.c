/* dmr-models: recommend, which model for what, out of models.tsv. */
#include "config.h"
#include "die.h"
#include "file.h"
#include "machine.h"
#include "mem.h"
#include "say.h"
#include "units.h"

enum { FILE_MAX = 1 << 20 };

/* The columns of a line of models.tsv. */
enum { NAME, TASKS, PARAMETERS, SIZE, MEMORY, CONTEXT, TOOLS, WHY, COLUMNS };

/* A line that begins with # is a comment. */
struct row {
	struct str column[COLUMNS];
	int64_t memory;
};

struct rows {
	struct row *items;
	size_t n, capacity;
	struct buf own, ours; /* the files */
};

static const char *const tasks[] = { "code", "chat", "vision", "embed", "tools",
	"small" };

static int
check_task(const char *task, struct err *e)
{
	for (size_t i = 0; task && i < countof(tasks); i++)
		if (!strcmp(tasks[i], task))
			return 0;
	if (!task)
		return 0;
	return err_set(e, ST_USAGE,
	    "--task: '%s' is not code, chat, vision, embed, tools or small",
	    task);
}

static bool
has_task(struct str list, const char *task)
{
	while (list.data)
		if (str_is(str_trim(str_cut(&list, ',')), task))
			return true;
	return !task;
}

static bool
has_name(const struct rows *rows, struct str name)
{
	for (size_t i = 0; i < rows->n; i++)
		if (str_equal(rows->items[i].column[NAME], name))
			return true;
	return false;
}

/* The first line of a name counts: a user's own file is read first. */
static int
add_line(struct rows *rows, struct str line, struct err *e)
{
	struct row row = { .memory = 0 };
	int64_t size;
	size_t n = 0;

	for (; line.data && n < COLUMNS; n++)
		row.column[n] = str_trim(str_cut(&line, '\t'));
	if (n < COLUMNS || line.data || !row.column[NAME].len)
		return err_set(
		    e, ST_INPUT, "not %d columns, tab-separated", COLUMNS);
	if (units_read_size(row.column[SIZE], &size) ||
	    units_read_size(row.column[MEMORY], &row.memory))
		return err_set(e, ST_INPUT, "no size, such as 4.7GB");
	if (has_name(rows, row.column[NAME]))
		return 0;
	rows->items = mem_grow(
	    rows->items, &rows->capacity, rows->n + 1, sizeof *rows->items);
	rows->items[rows->n++] = row;
	return 0;
}

static int
read_rows(struct rows *rows, const char *path, struct buf *text, struct err *e)
{
	struct str rest, line;
	size_t number = 0;

	if (file_read_trusted(path, FILE_OWN, FILE_MAX, text, e))
		return -1;
	for (rest = buf_str(text); rest.len;) {
		line = str_cut(&rest, '\n');
		number++;
		if (str_is_blank(line) || str_starts(line, "#"))
			continue;
		if (add_line(rows, line, e))
			return err_prefix(e, "%s:%zu", path, number);
	}
	return 0;
}

/* The user's own file, and the one beside the program. */
static int
read_files(struct rows *rows, struct err *e)
{
	char *own = config_path("models.tsv");
	const char *folder = tool_data_folder();
	char *ours = mem_format("%s/models.tsv", folder ? folder : "");
	int got = 0;

	if (own && !file_is_absent(own))
		got = read_rows(rows, own, &rows->own, e);
	if (!got)
		got = read_rows(rows, ours, &rows->ours, e);
	free(own);
	free(ours);
	return got;
}

static bool
is_number(struct str text)
{
	return span_kind(text) == SPAN_NUMBER && span_valid(text);
}

static void
add_json(struct buf *out, const struct row *row)
{
	static const char *const names[COLUMNS] = { "name", "tasks",
		"parameters", "size", "memory", "context", "tools_f1", "why" };
	struct json j = { .out = out };
	size_t from = out->len;

	json_open(&j, '{');
	for (size_t i = 0; i < COLUMNS; i++) {
		struct str text = row->column[i];

		if (str_is(text, "-"))
			continue;
		if ((i == CONTEXT || i == TOOLS) && is_number(text)) {
			json_name(&j, names[i]);
			json_raw(&j, text);
		} else {
			json_member(&j, names[i], text);
		}
	}
	json_name(&j, "memory_bytes");
	json_integer(&j, row->memory);
	json_close(&j, '}');
	json_end_line(&j, from);
}

/* As one word of a shell; yours to free(). */
static char *
quote(const char *name)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._/:@";

	return name[strspn(name, plain)] ? file_quote(name)
					 : mem_copy(str_of(name));
}

/* A command for a shell, and behind it, what a shell passes over. */
static void
add_command(struct buf *out, const struct row *row)
{
	const struct str *c = row->column;
	char *name = mem_copy(c[NAME]), *quoted = quote(name);

	buf_add_format(out, "dmr-models pull %s  # %.*s; %.*s, %.*s", quoted,
	    STR_ARGS(c[TASKS]), STR_ARGS(c[PARAMETERS]), STR_ARGS(c[SIZE]));
	buf_add_format(out, ", memory %.*s, context %.*s", STR_ARGS(c[MEMORY]),
	    STR_ARGS(c[CONTEXT]));
	if (!str_is(c[TOOLS], "-"))
		buf_add_format(out, ", tools F1 %.*s", STR_ARGS(c[TOOLS]));
	buf_add_format(out, ": %.*s\n", STR_ARGS(c[WHY]));
	free(name);
	free(quoted);
}

static int
print(struct models *m, const struct rows *rows, int64_t memory, struct err *e)
{
	const struct row *least = NULL;
	struct buf out = { 0 };
	int got;

	for (size_t i = 0; i < rows->n; i++) {
		const struct row *row = &rows->items[i];

		if (!has_task(row->column[TASKS], m->want->task))
			continue;
		if (!least || row->memory < least->memory)
			least = row;
		if (row->memory > memory)
			continue;
		if (m->want->json)
			add_json(&out, row);
		else
			add_command(&out, row);
	}
	got = models_print(m, &out, e);
	if (!got && !out.len && least)
		got = err_set(e, ST_NO,
		    "no model fits; the smallest, '%.*s', needs %.*s",
		    STR_ARGS(least->column[NAME]),
		    STR_ARGS(least->column[MEMORY]));
	else if (!got && !out.len)
		got = err_set(e, ST_NO, "no model is known for that");
	buf_done(&out);
	return got;
}

int
models_recommend(struct models *m, struct err *e)
{
	int64_t memory = machine_memory();
	struct rows rows = { 0 };
	int got = check_task(m->want->task, e);

	if (!got && m->want->memory &&
	    units_read_size(str_of(m->want->memory), &memory))
		got = err_set(e, ST_USAGE,
		    "--memory: '%s' is no size, such as 16G", m->want->memory);
	if (!got)
		got = read_files(&rows, e);
	if (!got)
		got = print(m, &rows, memory, e);
	buf_done(&rows.own);
	buf_done(&rows.ours);
	free(rows.items);
	return got;
}
