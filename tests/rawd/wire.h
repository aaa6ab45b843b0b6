/*
 * wire - how HTTP, server-sent events and llama.cpp's chat chunks are written.
 *
 * It knows no scenario and no socket: every function appends bytes to *out.
 *
 * plain says how events are framed: as they are, or each as an HTTP chunk.
 */
#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>

#include "base.h"

struct wire_answer {
	long status;
	const char *type; /* of content */
	struct text body;
	const struct text *headers; /* more lines, without their ends */
	int nheaders;
};

void wire_add_answer(struct bytes *out, const struct wire_answer *);
/* The head of an answer that streams events. */
void wire_add_sse(
    struct bytes *out, bool plain, const struct text *headers, int nheaders);
void wire_add_chunk(struct bytes *out, struct text data);
void wire_add_event(struct bytes *out, bool plain, struct text data);
/*
 * A chat.completion.chunk with a content, or with a finish_reason, or with
 * neither: the one that names the role.  Bytes from 0x80 on stay what they
 * are, so that UTF-8 may be cut in two, or wrong.
 */
void wire_add_chat(struct bytes *out, bool plain, const struct text *content,
    const struct text *finish);
void wire_add_done(struct bytes *out, bool plain);

#endif
