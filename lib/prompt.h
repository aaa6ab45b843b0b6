/*
 * prompt - find, load and render a prompt template.
 *
 * A name is looked up in three folders, in this order: $DMR_TEMPLATE_PATH,
 * the user's config folder, the folder installed beside the program.  What
 * holds a "/" or ends in ".prompt" is a path.  Nothing is looked up in the
 * current folder: a cloned repository must not bring prompts of its own.
 *
 * The order: prompt_open(), prompt_setting() until 0, prompt_wants() to
 * learn what the template places, prompt_render().
 */
#ifndef PROMPT_H
#define PROMPT_H

#include "tmpl.h"

/* The values every prompt may place come first in prompt.values. */
enum prompt_value {
	PROMPT_PROMPT, /* what was typed */
	PROMPT_FILES,  /* blocks of attach_text() */
	PROMPT_INPUT,  /* standard input */
	PROMPT_IMAGES, /* the names of images, which are only told if placed */
	PROMPT_OTHERS,
	PROMPT_VALUES_MAX = PROMPT_OTHERS + 64
};

struct prompt {
	char *file;   /* NULL: no template */
	char *folder; /* where its parts lie */
	struct buf text;
	struct str front, body;
	size_t front_line, body_line;

	struct tmpl_value values[PROMPT_VALUES_MAX];
	size_t nvalues;
	char *names[PROMPT_VALUES_MAX]; /* that prompt_names() found */
	struct str system; /* takes the place of the template's; may be empty */
	struct tmpl tmpl;
};

/*
 * Without a template: name is NULL.  path: $DMR_TEMPLATE_PATH or NULL; data:
 * the folder installed beside the program, or NULL.  -1 with ST_USAGE.
 */
int prompt_open(struct prompt *, const char *name, const char *path,
    const char *data, struct err *e);

/* The next setting of the front matter; 1, 0, -1.  See tmpl_front_next(). */
int prompt_setting(
    struct prompt *, struct str *key, struct buf *value, struct err *e);

/*
 * Read a file that lies beside the template, "@NAME" in its front matter:
 * UTF-8, at most TMPL_FILE_MAX bytes, no link.  -1 with ST_USAGE.
 */
int prompt_read_beside(
    struct prompt *, struct str name, struct buf *text, struct err *e);

/* Put "file:line: " before *e; returns -1. */
int prompt_blame(const struct prompt *, struct err *e);

/* Give a value a name; both borrowed.  A name given twice: the last counts. */
int prompt_set(
    struct prompt *, struct str name, struct str value, struct err *e);

/* The same; an empty value is none, where the template asks {{#name}}. */
int prompt_set_text(
    struct prompt *, struct str name, struct str value, struct err *e);

/* Look at the template: values[] know afterwards who is placed and needed. */
int prompt_wants(struct prompt *, struct err *e);

/*
 * The same, but every name that the template uses becomes a value, though it
 * may be given later, by prompt_set().  -1 with ST_USAGE: they are too many.
 */
int prompt_names(struct prompt *, struct err *e);

/*
 * Make tmpl.messages, anew each time.  What the template does not place is
 * added to the last message of the user, in the order prompt, files, input,
 * after a blank line each.
 */
int prompt_render(struct prompt *, struct err *e);

void prompt_done(struct prompt *);

#endif
