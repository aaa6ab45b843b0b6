/*
 * tmpl_message - the messages that a template becomes.
 *
 * Internal to tmpl: tmpl.c reads the template, tmpl_message.c writes.
 */
#ifndef TMPL_MESSAGE_H
#define TMPL_MESSAGE_H

#include "tmpl.h"

/* NULL, *e set: they are too many. */
struct tmpl_message *tmpl_open(
    struct tmpl *, enum tmpl_role role, struct err *e);

/* Line feeds of the template's own at the end of a message are not sent. */
void tmpl_end(struct tmpl *);

/* The template's own text: without line feeds where a message begins. */
int tmpl_add_literal(struct tmpl *, struct str text, struct err *e);

/* A value is kept as it is. */
int tmpl_add_value(struct tmpl *, struct str text, struct err *e);

#endif
