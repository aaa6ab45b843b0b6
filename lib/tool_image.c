/* tool - images that go along with a prompt, and who can see them. */
#include "tool_image.h"

#include "attach.h"
#include "config.h"
#include "file.h"

/* An address that somebody else chose must not be fetched by us. */
static int
check_name(const char *tool, const char *name, struct err *e)
{
	char *quoted;

	if (!strncmp(name, "data:", 5))
		return err_set(e, ST_USAGE,
		    "--attach takes a file, not a data URL; try: base64 -d | "
		    "%s -a -",
		    tool);
	if (!strstr(name, "://"))
		return 0;
	quoted = file_quote(name);
	err_set(e, ST_USAGE, "--attach takes a file; try: curl -s %s | %s -a -",
	    quoted, tool);
	free(quoted);
	return -1;
}

int
tool_take_images(const char *tool, const struct opt_list *files,
    struct opt_list *urls, struct buf *names, struct err *e)
{
	for (size_t i = 0; i < files->n; i++) {
		const char *name = files->items[i];
		struct buf bytes = { 0 }, url = { 0 };
		int got = check_name(tool, name, e) ||
		    tool_read(name, API_BODY_MAX, &bytes, e) ||
		    attach_image(&url, name, buf_str(&bytes), e);

		buf_done(&bytes);
		if (got) {
			buf_done(&url);
			return -1;
		}
		opt_list_add(urls, buf_take(&url));
		if (i)
			buf_add_char(names, '\n');
		attach_name(names, str_of(tool_repaired(name, "--attach")));
	}
	return 0;
}

const char *
tool_image_model(const struct settings *set, bool has_images)
{
	const char *model = NULL;

	if (has_images && !opts_is_given(&set->opts, "model")) {
		model = config_env("DMR_VISION_MODEL");
		model = model ? model : config_env("VISION_MODEL");
	}
	return model ? tool_repaired(model, "the model") : set->model;
}
