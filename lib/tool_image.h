/*
 * tool_image - images that go along with a prompt, and who can see them.
 */
#ifndef TOOL_IMAGE_H
#define TOOL_IMAGE_H

#include "tool.h"

/*
 * Read what -a names, files or "-": urls gets data URLs, yours to free(), and
 * names a line of each.  tool: its name, for messages.  -1 with ST_USAGE or
 * ST_INPUT.
 */
int tool_take_images(const char *tool, const struct opt_list *files,
    struct opt_list *urls, struct buf *names, struct err *e);

/* The model for a prompt with images, or without: one that is named, or NULL. */
const char *tool_image_model(const struct settings *, bool has_images);

#endif
