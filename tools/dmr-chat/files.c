/* dmr-chat: files and images that go along with the prompt. */
#include "attach.h"
#include "file.h"
#include "request.h"
#include "tool_image.h"

/* -f FILE: blocks of text that are {{files}}. */
static int
take_files(struct chat *c, struct err *e)
{
	const struct opt_list *list = &c->want->files;

	c->files.max = API_BODY_MAX;
	for (size_t i = 0; i < list->n; i++) {
		struct buf text = { 0 };
		int got = tool_read(list->items[i], API_BODY_MAX, &text, e);

		if (!got && attach_is_image(buf_str(&text)))
			got = file_fail(e, ST_INPUT, "add", list->items[i],
			    "it is an image; try: --attach");
		if (!got) {
			tool_repair(&text, list->items[i]);
			got = attach_text(&c->files,
			    str_of(tool_repaired(list->items[i], "--file")),
			    str_skip_bom(buf_str(&text)));
			if (got)
				err_set(e, ST_INPUT,
				    "the files are larger than %d MiB",
				    API_BODY_MAX >> 20);
		}
		buf_done(&text);
		if (got)
			return -1;
	}
	if (!c->files.len)
		return 0;
	return prompt_set(
	    &c->prompt, STR("files"), str_chomp(buf_str(&c->files)), e);
}

static size_t
count_dashes(const struct opt_list *list)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		n += !strcmp(list->items[i], "-");
	return n;
}

/* Standard input can be one thing only, and with -n none. */
static int
check_dashes(const struct chat *c, struct err *e)
{
	size_t n = count_dashes(&c->want->files) +
	    count_dashes(&c->want->images);

	if (n > 1)
		return err_set(e, ST_USAGE, "standard input can be read once");
	if (n && (c->run.set->no_stdin || c->has_dash))
		return err_set(e, ST_USAGE, CHAT_READ_ONCE);
	return 0;
}

/* -a FILE: data URLs. */
static int
take_images(struct chat *c, struct err *e)
{
	if (tool_take_images(
		c->run.tool, &c->want->images, &c->images, &c->image_names, e))
		return -1;
	if (!c->images.n)
		return 0;
	return prompt_set(
	    &c->prompt, STR("images"), buf_str(&c->image_names), e);
}

int
chat_take_files(struct chat *c, struct err *e)
{
	if (check_dashes(c, e) || take_files(c, e))
		return -1;
	return take_images(c, e);
}
