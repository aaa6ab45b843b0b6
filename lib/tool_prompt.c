/* tool - what a prompt template takes of the command line, and the other way. */
#include "tool_prompt.h"

#include "die.h"
#include "mem.h"
#include "tool_settings.h"

/* --- the options --- */

const struct opt tool_template_table[] = {
	{ OPT_TEXT, 't', "template", "NAME",
	    "use a prompt template, by name or path",
	    .to.text = &tool_settings.template },
	{ .kind = OPT_END },
};

const struct opt tool_params_table[] = {
	{ OPT_LIST, 'p', "param", "NAME=TEXT",
	    "a template variable; NAME=@FILE reads a file",
	    .to.list = &tool_settings.params },
	{ OPT_FLAG, 'n', "no-stdin", NULL, "do not read standard input",
	    .to.flag = &tool_settings.no_stdin },
	{ OPT_TEXT, 0, "template-path", "PATH", "folders of templates",
	    .to.text = &tool_settings.template_path,
	    .flags = OPT_NOT_ARGV | OPT_CONFIG, .env = "DMR_TEMPLATE_PATH" },
	{ .kind = OPT_END },
};

/* --- the front matter --- */

/* One setting of a template's front matter. */
static int
take_setting(struct settings *set, struct prompt *p, const char *name,
    struct buf *value, struct err *e)
{
	struct str text = buf_str(value);
	struct buf file = { 0 };

	if (!strcmp(name, "description"))
		return 0;
	if (!strcmp(name, "schema") && str_starts(text, "@")) {
		if (prompt_read_beside(p, str_skip(text, 1), &file, e)) {
			buf_done(&file);
			return -1;
		}
		buf_done(value);
		*value = file;
		if (str_starts(buf_str(value), "@"))
			return err_set(e, ST_USAGE, "'%s' is no schema", name);
	}
	return opts_set(&set->opts, name, tool_settings_keep(buf_take(value)),
	    OPT_FROM_TEMPLATE, e);
}

int
tool_take_template(struct settings *set, struct prompt *p, struct err *e)
{
	struct buf value = { 0 };
	struct str key;
	int got;

	while ((got = prompt_setting(p, &key, &value, e)) == 1) {
		char *name = mem_copy(key);

		got = take_setting(set, p, name, &value, e);
		free(name);
		if (got < 0) {
			prompt_blame(p, e);
			break;
		}
	}
	buf_done(&value);
	return got;
}

/* --- --param --- */

int
tool_take_params(const struct settings *set, struct prompt *p,
    struct buf *texts, size_t max, const char *(*own)(struct str name),
    struct err *e)
{
	const struct opt_list *list = &set->params;

	if (list->n > max)
		return err_set(e, ST_USAGE, "too many --param");
	for (size_t i = 0; i < list->n; i++) {
		struct str rest = str_of(list->items[i]);
		struct str name = str_cut(&rest, '=');
		const char *what = own(name);

		if (!name.len || !rest.data)
			return err_set(e, ST_USAGE,
			    "--param: '%s' is not NAME=TEXT", list->items[i]);
		if (what)
			return err_set(e, ST_USAGE,
			    "--param: '%.*s' is taken%s%s", STR_ARGS(name),
			    *what ? ": it is " : "", what);
		if (tool_text(rest.data, "--param", &texts[i], e) ||
		    prompt_set(p, name, buf_str(&texts[i]), e))
			return -1;
	}
	return 0;
}

void
tool_warn_of_params(const struct prompt *p)
{
	for (size_t i = PROMPT_OTHERS; i < p->nvalues; i++)
		if (!p->values[i].used)
			warn("--param: nothing takes '%.*s'",
			    STR_ARGS(p->values[i].name));
}
