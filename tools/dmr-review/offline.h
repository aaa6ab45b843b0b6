/*
 * dmr-review: what is found without a model.
 *
 * Characters that reorder or hide text, words of letters that look alike,
 * key-like strings, and text that speaks to a model.  A diff is looked at as
 * text: no language is known here.
 */
#ifndef OFFLINE_H
#define OFFLINE_H

#include "diff.h"
#include "finding.h"

enum { OFFLINE_RULES = 5 };

/* In the order in which those of one line are found. */
extern const struct finding_rule offline_rules[OFFLINE_RULES];

/*
 * Lines that hunks first..end-1 add, in their order: one finding for each
 * line and rule; before the first hunk, of the name (line 0), whether it has
 * what reorders or cannot be seen.  A finding, its texts and line_text live as
 * long as the call of found(); its fingerprint is not made.  No secret stands
 * in it: where one is in the line, line_text has "*" for each of its bytes, and
 * variant tells it from others.
 *
 * Time is linear.
 */
typedef void offline_found(void *owner, const struct finding *);
void offline_check(const struct diff_file *, size_t first_hunk, size_t end_hunk,
    offline_found *found, void *owner);

/* Append a line in which each character beyond ASCII that is there and cannot be
 * seen stands as "\u{200b}". */
void offline_show_invisible(struct buf *out, struct str line);

/*
 * found() of each line of both sides that has a key-like string: the line with
 * "*" for each of its bytes, as long as the call lives.  A heading is a line
 * without numbers.  is_doubtful: all of them may be something else, such as the
 * name of a variable.  Returns how many others there are.
 */
typedef void offline_hidden(
    void *owner, const struct diff_line *, struct str masked, bool is_doubtful);
size_t offline_secret_lines(
    const struct diff_file *, offline_hidden *found, void *owner);

/*
 * Put "*" for each byte of a key-like string, in the lines of both sides and in
 * the headings: no place moves.  Returns in how many of them there was one that
 * is not doubtful.
 */
size_t offline_redact(struct diff_file *);

/* Append any other text, so redacted; returns the same. */
size_t offline_redact_text(struct str text, struct buf *out);

/* The same where it stands: views of it stay as they are. */
size_t offline_redact_buf(struct buf *);

#endif
