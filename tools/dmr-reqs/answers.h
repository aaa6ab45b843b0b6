/*
 * answers - questions and answers in a file (--answers), or printed (--ask).
 *
 * It is JSON, {"questions": [...]} or the array alone, whose elements are
 * those of open_questions; or lines, each a question's id or text, a tab, and
 * the answer.
 */
#ifndef ANSWERS_H
#define ANSWERS_H

#include "buf.h"
#include "document.h"
#include "err.h"

/* is_json: these are all questions that there are.  -1 with ST_INPUT. */
int answers_read(
    const char *path, struct list *questions, bool *is_json, struct err *e);

/* Append them, or put them in place of the file, at once. */
void answers_print(const struct list *questions, bool one_line, struct buf *);
int answers_write(
    const char *path, const struct list *questions, struct err *e);

#endif
