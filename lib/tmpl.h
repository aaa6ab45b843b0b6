/*
 * tmpl - prompt templates: front matter, messages, {{placeholders}}.
 *
 * The syntax is dmr-prompt(5).  A template is rendered in one pass: what a
 * value holds is never looked at again, so a value can neither expand, nor
 * begin a message, nor include a part.
 *
 * It opens no file: the caller hands in the text, and load() for the parts.
 * The order: tmpl_clean() the file's bytes, tmpl_front() and
 * tmpl_front_next() for the settings, tmpl_render() with scan set to learn
 * which values are wanted, then tmpl_render() with the values.
 */
#ifndef TMPL_H
#define TMPL_H

#include "buf.h"
#include "err.h"

enum {
	TMPL_FILE_MAX = 256 << 10, /* bytes of a template or part */
	TMPL_TEXT_MAX = 10 << 20,  /* bytes of all messages together */
	TMPL_PART_DEPTH_MAX = 8,
	TMPL_PARTS_MAX = 256, /* all together, however often included */
	TMPL_SECTION_DEPTH_MAX = 8,
	TMPL_MESSAGES_MAX = 64,
	TMPL_NAME_MAX = 64,
};

enum tmpl_role { TMPL_SYSTEM, TMPL_USER, TMPL_ASSISTANT };

struct tmpl_value {
	struct str name, value;
	const char *missing; /* the message if it is, or NULL */
	bool given;
	bool unknown; /* whether it will be given; a scan takes it for given */

	/* Set by tmpl_render(): it stands in the text; and is needed there. */
	bool placed, needed;
	bool used; /* the text has a place or section of this name */
};

struct tmpl_message {
	enum tmpl_role role;
	struct buf text;
	size_t fixed; /* bytes up to the last value: none of them is cut */
};

struct tmpl {
	struct tmpl_value *values; /* borrowed */
	size_t nvalues;
	bool scan; /* look which values are placed; make no messages */

	/* A scan meets a name that has no value; may add one.  Or NULL. */
	void (*found)(struct tmpl *, struct str name);

	/* Read the part called name, cleaned, into text; NULL: no parts. */
	int (*load)(
	    void *owner, struct str name, struct buf *text, struct err *e);
	void *owner;

	/* What came of it. */
	struct tmpl_message messages[TMPL_MESSAGES_MAX];
	size_t nmessages;
	size_t total;  /* bytes of all messages */
	size_t nparts; /* included so far */
};

/* Letters, digits, "_", "-", "."; not "-" or "." first; not too long. */
bool tmpl_is_name(struct str);

/*
 * Make the bytes of a file a template: a BOM is dropped, CRLF becomes LF;
 * -1 if there is a NUL or anything that is no UTF-8.
 */
int tmpl_clean(struct buf *text, struct err *e);

/*
 * Cut the front matter off *text; returns it, {NULL, 0} if there is none.
 * -1 lines: *text is left as it was and *e set, if its end is missing.
 */
int tmpl_front(struct str *text, struct str *front, struct err *e);

/*
 * The next "key: value" of the front matter.  *line starts at 1, and is the
 * line in the file.  A value in double quotes is a JSON string, put into
 * *value; other values are the rest of the line.  Returns 1, 0, -1.
 */
int tmpl_front_next(struct str *front, size_t *line, struct str *key,
    struct buf *value, struct err *e);

/*
 * Render the text behind the front matter.  `file` and `line` (the first
 * line's number) are for messages: "file:line:column: ...".
 */
int tmpl_render(struct tmpl *, struct str text, const char *file, size_t line,
    struct err *e);

/* Add a message; text is copied. */
int tmpl_add(
    struct tmpl *, enum tmpl_role role, struct str text, struct err *e);

/*
 * Add text to the last message, after a blank line; one that is not the
 * user's is followed by a new one.
 */
int tmpl_append(struct tmpl *t, struct str text, struct err *e);

/* Forget the messages, for another rendering. */
void tmpl_clear(struct tmpl *);
void tmpl_done(struct tmpl *);

#endif
