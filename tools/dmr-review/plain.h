/*
 * plain - what others have written, as it may be printed.
 *
 * A model may say again what it was sent, and so may a server: secrets become
 * stars, and what would hide something, or steer a terminal, is shown.
 */
#ifndef PLAIN_H
#define PLAIN_H

#include "buf.h"
#include "err.h"

void plain_text(struct buf *);
void plain_err(struct err *);

#endif
