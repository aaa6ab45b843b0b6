/* dmr-check: the config file, and templates. */
#include "check.h"
#include "config.h"
#include "file.h"
#include "file_list.h"
#include "mem.h"
#include "prompt.h"

/* tool_start() has read it, and would have ended for what is wrong there. */
void
check_config(struct check *c, struct check_result *r)
{
	char *path = config_path("config");
	struct config config = { 0 };
	struct err e = ERR_NONE;
	const char *value;
	struct str key;
	size_t n = 0;

	(void)c;
	if (!path) {
		check_say(r, CHECK_OK, NULL, "none: there is no home folder");
		return;
	}
	if (file_is_absent(path)) {
		check_say(r, CHECK_OK, NULL, "none: %s", path);
	} else if (!config_open(&config, &e)) {
		while (config_next(&config, &key, &value, &e) == 1)
			n++;
		check_say(r, CHECK_OK, NULL, "%s: %zu %s", path, n,
		    n == 1 ? "key" : "keys");
	} else {
		check_fail(r, &e, NULL);
	}
	config_done(&config);
	free(path);
}

/* Can it be used?  -1 with *e set. */
static int
read_template(const char *folder, const char *name, struct err *e)
{
	char *path = mem_format("%s/%s", folder, name);
	struct prompt p = { 0 };
	struct buf value = { 0 };
	struct str key;
	int got = prompt_open(&p, path, NULL, NULL, e);

	while (!got && (got = prompt_setting(&p, &key, &value, e)) == 1) {
		got = 0;
		buf_clear(&value);
	}
	if (!got)
		got = prompt_names(&p, e);
	buf_done(&value);
	prompt_done(&p);
	free(path);
	return got;
}

/* Count the templates of a folder; the first that is wrong becomes *e. */
static size_t
read_folder(const char *folder, struct buf *found, struct err *e)
{
	struct file_list list = { 0 };
	struct err why = ERR_NONE;
	size_t n;

	file_list_read(&list, folder, ".prompt");
	for (size_t i = 0; i < list.nnames; i++)
		if (!e->status && read_template(folder, list.names[i], &why))
			*e = why;
	n = list.nnames;
	if (n)
		buf_add_format(
		    found, "%s%zu in %s", found->len ? ", " : "", n, folder);
	file_list_done(&list);
	return n;
}

void
check_templates(struct check *c, struct check_result *r)
{
	struct str path = str_of(c->want->template_path);
	char *own = config_path("prompts"), *shipped = NULL;
	struct buf found = { 0 };
	struct err e = ERR_NONE;
	size_t nshipped;

	if (tool_data_folder())
		shipped = mem_format("%s/prompts", tool_data_folder());
	while (path.len) {
		char *folder = mem_copy(str_cut(&path, ':'));

		if (folder[0] == '/')
			read_folder(folder, &found, &e);
		free(folder);
	}
	if (own)
		read_folder(own, &found, &e);
	nshipped = shipped ? read_folder(shipped, &found, &e) : 0;
	if (e.status)
		check_say(r, CHECK_WARN, NULL, "%s", e.text);
	else if (!nshipped)
		check_say(r, CHECK_WARN, "make install",
		    "none was installed beside the program%s%s",
		    found.len ? ": " : "", found.len ? found.data : "");
	else
		check_say(r, CHECK_OK, NULL, "%s", found.data);
	buf_done(&found);
	free(own);
	free(shipped);
}
