/* wire.c - HTTP, server-sent events and chat chunks, written. */
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>

/* The rest of a head: more lines, then the empty one. */
static void
add_headers(struct bytes *out, const struct text *headers, int n)
{
	for (int i = 0; i < n; i++) {
		bytes_add(out, headers[i].data, headers[i].len);
		bytes_add_str(out, "\r\n");
	}
	bytes_add_str(out, "\r\n");
}

void
wire_add_answer(struct bytes *out, const struct wire_answer *a)
{
	char head[200];

	snprintf(head, sizeof head,
	    "HTTP/1.1 %ld %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n",
	    a->status, a->status < 300 ? "OK" : "Error", a->type, a->body.len);
	bytes_add_str(out, head);
	add_headers(out, a->headers, a->nheaders);
	bytes_add(out, a->body.data, a->body.len);
}

void
wire_add_sse(struct bytes *out, bool plain, const struct text *headers, int n)
{
	bytes_add_str(out, "HTTP/1.1 200 OK\r\n");
	bytes_add_str(out, "Content-Type: text/event-stream\r\n");
	if (plain)
		bytes_add_str(out, "Connection: close\r\n");
	else
		bytes_add_str(out, "Transfer-Encoding: chunked\r\n");
	add_headers(out, headers, n);
}

void
wire_add_chunk(struct bytes *out, struct text data)
{
	char size[32];

	snprintf(size, sizeof size, "%zx\r\n", data.len);
	bytes_add_str(out, size);
	bytes_add(out, data.data, data.len);
	bytes_add_str(out, "\r\n");
}

void
wire_add_event(struct bytes *out, bool plain, struct text data)
{
	struct bytes event = { 0 };

	bytes_add_str(&event, "data: ");
	bytes_add(&event, data.data, data.len);
	bytes_add_str(&event, "\n\n");
	if (plain)
		bytes_add(out, event.data, event.len);
	else
		wire_add_chunk(out, (struct text){ event.data, event.len });
	free(event.data);
}

static void
add_json_string(struct bytes *out, const struct text *text)
{
	bytes_add_str(out, "\"");
	for (size_t i = 0; i < text->len; i++) {
		const char *c = text->data + i;
		char code[8];

		if ((unsigned char)*c < 0x20) {
			snprintf(code, sizeof code, "\\u%04x", (unsigned)*c);
			bytes_add_str(out, code);
			continue;
		}
		if (*c == '"' || *c == '\\')
			bytes_add_str(out, "\\");
		bytes_add(out, c, 1);
	}
	bytes_add_str(out, "\"");
}

void
wire_add_chat(struct bytes *out, bool plain, const struct text *content,
    const struct text *finish)
{
	static const char rest[] =
	    "\"created\":1795298692,\"id\":\"chatcmpl-rawd\","
	    "\"model\":\"model.gguf\",\"system_fingerprint\":\"b1-rawd\","
	    "\"object\":\"chat.completion.chunk\"}";
	struct bytes json = { 0 };

	/* The members stand in llama.cpp's order. */
	bytes_add_str(&json, "{\"choices\":[{\"finish_reason\":");
	if (finish)
		add_json_string(&json, finish);
	else
		bytes_add_str(&json, "null");
	bytes_add_str(&json, ",\"index\":0,\"delta\":{");
	if (content) {
		bytes_add_str(&json, "\"content\":");
		add_json_string(&json, content);
	} else if (!finish) {
		bytes_add_str(&json, "\"role\":\"assistant\",\"content\":null");
	}
	bytes_add_str(&json, "}}],");
	bytes_add_str(&json, rest);
	wire_add_event(out, plain, (struct text){ json.data, json.len });
	free(json.data);
}

void
wire_add_done(struct bytes *out, bool plain)
{
	static char done[] = "[DONE]";

	wire_add_event(out, plain, (struct text){ done, sizeof done - 1 });
	if (!plain)
		bytes_add_str(out, "0\r\n\r\n");
}
