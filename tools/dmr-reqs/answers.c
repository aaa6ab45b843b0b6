/* dmr-reqs: questions and answers in a file. */
#include "answers.h"

#include "document_json.h"
#include "file.h"
#include "json.h"
#include "said.h"
#include "tool.h"
#include "tree.h"

enum { FILE_MAX = 1 << 20 }; /* bytes */

static int
read_questions(const struct tree_node *root, struct str text,
    struct list *questions, struct err *e)
{
	const struct tree_node *array = root, *each = NULL;

	if (root->kind == SPAN_OBJECT)
		array = tree_find(root, STR("questions"));
	if (!array || array->kind != SPAN_ARRAY)
		return err_set(e, ST_INPUT, "it has no array of questions");
	while ((each = tree_next(array, each)))
		if (thing_read_json(&question_kind,
			list_add(questions, &question_kind), each, text, e))
			return -1;
	return 0;
}

static int
read_json(struct str text, struct list *questions, struct err *e)
{
	struct tree t;
	int got;

	if (tree_read(&t, text))
		return err_set(e, ST_INPUT, "it is not JSON");
	got = read_questions(t.nodes, text, questions, e);
	tree_done(&t);
	return got;
}

/* "Q-001", "Q-12": an id, rather than what it is about. */
static bool
is_id(struct str name)
{
	size_t i = strlen("Q-");

	if (!str_starts(name, "Q-"))
		return false;
	while (i < name.len && name.data[i] >= '0' && name.data[i] <= '9')
		i++;
	return i == name.len && i > strlen("Q-");
}

static int
read_lines(struct str text, struct list *questions, struct err *e)
{
	for (size_t line = 1; text.len; line++) {
		struct str rest = str_cut(&text, '\n'), name;
		struct question *q;

		if (str_is_blank(rest))
			continue;
		name = str_trim(str_cut(&rest, '\t'));
		if (!rest.data || !name.len)
			return err_set(e, ST_INPUT,
			    "line %zu: it is not QUESTION, a tab, ANSWER",
			    line);
		q = list_add(questions, &question_kind);
		said_set(is_id(name) ? &q->id : &q->question, name);
		said_set(&q->answer, rest);
	}
	return 0;
}

int
answers_read(
    const char *path, struct list *questions, bool *is_json, struct err *e)
{
	struct buf bytes = { 0 };
	struct str text;
	int got = tool_read(path, FILE_MAX, &bytes, e);

	tool_repair(&bytes, "--answers");
	text = str_skip_bom(buf_str(&bytes));
	*is_json = str_starts(str_trim(text), "{") ||
	    str_starts(str_trim(text), "[");
	if (!got)
		got = *is_json ? read_json(text, questions, e)
			       : read_lines(text, questions, e);
	buf_done(&bytes);
	return got ? err_prefix(e, "--answers") : 0;
}

void
answers_print(const struct list *questions, bool one_line, struct buf *out)
{
	buf_add_text(out, one_line ? "{\"questions\":[" : "{\"questions\": [");
	for (size_t i = 0; i < questions->n; i++) {
		buf_add_text(out, i ? "," : "");
		buf_add_text(out, one_line ? "" : "\n");
		thing_write_json(&question_kind,
		    list_at(questions, &question_kind, i), one_line, out);
	}
	buf_add_text(out, one_line || !questions->n ? "]}\n" : "\n]}\n");
}

int
answers_write(const char *path, const struct list *questions, struct err *e)
{
	struct file_replace file;
	struct buf text = { 0 };
	int problem;

	if (file_replace_open(&file, path, e))
		return -1;
	answers_print(questions, false, &text);
	problem = file_write(file.fd, buf_str(&text));
	buf_done(&text);
	if (problem) {
		file_replace_drop(&file);
		return file_fail(
		    e, ST_OUTPUT, "write", path, strerror(problem));
	}
	return file_replace_commit(&file, e);
}
