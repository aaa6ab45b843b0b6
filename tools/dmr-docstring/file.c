/* dmr-docstring: a file is read, and what it declares is found. */
#include <unistd.h>

#include "die.h"
#include "fragment.h"
#include "mem.h"
#include "run.h"
#include "select.h"

int
file_read_source(const char *path, struct buf *bytes, struct err *e)
{
	bytes->max = SYNTAX_TEXT_MAX;
	if (!path && file_is_terminal(STDIN_FILENO))
		warn("reading standard input; end it with ^D");
	return tool_read(path ? path : "-", SYNTAX_TEXT_MAX, bytes, e);
}

static int
read_bytes(struct run_file *file, struct err *e)
{
	struct buf *bytes = &file->source.bytes;

	if (!file->run->want->in_place)
		return file_read_source(file->path, bytes, e);
	bytes->max = SYNTAX_TEXT_MAX;
	file->edit.temp = &file->run->temp;
	file->edit.suffix = file->run->want->backup;
	file->is_editing = true;
	if (file_edit_open(&file->edit, file->path, SYNTAX_TEXT_MAX, e))
		return -1;
	buf_add(bytes, buf_str(&file->edit.text));
	return 0;
}

/* NULL: standard input, of which nobody said what it is called. */
static const char *
given_name(const struct run_file *file)
{
	if (file->path && strcmp(file->path, "-") != 0)
		return file->path;
	return file->run->want->stdin_name;
}

static int
find_language(struct run_file *file, struct err *e)
{
	const char *asked = file->run->want->lang, *name = given_name(file);

	file->source.lang = lang_find(
	    file->run->langs, asked, name, buf_str(&file->source.bytes), e);
	if (file->source.lang)
		return 0;
	if (!asked && !name)
		err_add(e, "; try: --lang NAME or --stdin-name PATH");
	return -1;
}

static bool
has_error(const struct source *s)
{
	return s->tree && syntax_has_error(syntax_root(s->tree));
}

/* Does it declare nothing but itself? */
static bool
is_bare(const struct source *s)
{
	for (size_t i = 0; i < s->ndeclarations; i++)
		if (!declaration_has_reason(&s->declarations[i], "module"))
			return false;
	return true;
}

static int
read_declarations(struct run_file *file, struct err *e)
{
	struct source *s = &file->source;

	if ((int64_t)s->bytes.len > file->run->want->max_bytes) {
		s->reason = "large";
		return 0;
	}
	if (source_declarations(s, e))
		return err_prefix(e, "%s", s->path);
	if (file->run->want->only_doc && (has_error(s) || is_bare(s)))
		fragment_wrap(file);
	if (!s->reason && has_error(s) && is_bare(s))
		s->reason = "parse";
	if (s->reason && select_is_failure(s->reason))
		return err_set(e, ST_PARTIAL, "%s: %s", s->path, s->reason);
	return 0;
}

int
file_open(struct run_file *file, struct err *e)
{
	struct source *s = &file->source;

	s->path = given_name(file);
	if (!s->path)
		s->path = "standard input";
	if (read_bytes(file, e))
		return -1;
	file->is_read = true;
	if (file->run->want->only_doc)
		fragment_cut_margin(&s->bytes);
	if (find_language(file, e) || read_declarations(file, e))
		return -1;
	if (file->run->has_diff && select_changes(file, e))
		return -1;
	if (s->reason && file->run->set->verbose)
		warn("%s: left as it is: %s", s->path, s->reason);
	return 0;
}

void
file_close(struct run_file *file)
{
	for (size_t i = 0; i < file->nitems; i++) {
		buf_done(&file->items[i].text);
		details_done(&file->items[i].details);
	}
	free(file->items);
	source_done(&file->source);
	if (file->is_editing)
		file_edit_close(&file->edit);
	free(file);
}
