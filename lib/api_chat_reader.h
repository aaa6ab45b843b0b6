/*
 * api_chat_reader - what the files of the reader share, and nobody else.
 *
 * api_chat_answer takes bytes and gives the verdict, api_chat_object reads a
 * chunk of a stream or a whole answer, api_chat_text what it says, and
 * api_chat_calls the tools it calls.
 */
#ifndef API_CHAT_READER_H
#define API_CHAT_READER_H

#include "api_chat.h"
#include "span.h"

/* Both return -1 with ST_SERVER.  what: what is wrong with an event, or all. */
int api_chat_fail(const struct api_chat *, struct err *e, const char *what);
int api_chat_too_large(struct err *e);

/* A chunk of a stream, or a whole answer. */
int api_chat_take_object(struct api_chat *, struct str json, struct err *e);

/* Is this value of a member "error" an error? */
bool api_chat_is_error(struct str error);

/* content: a string, null, or an array of parts with a text each. */
int api_chat_take_content(struct api_chat *, struct str content, struct err *e);

/* The value of a member that holds reasoning; what is no string is none. */
int api_chat_take_reasoning(
    struct api_chat *, struct str reasoning, struct err *e);

/* The text is over: what was held back of it comes out. */
int api_chat_end_text(struct api_chat *, struct err *e);

/* -1 with ST_SERVER: a call, though no tool was offered. */
int api_chat_fail_unasked(struct err *e);

/* tool_calls.  is_delta: of a delta, which may go on with earlier ones. */
int api_chat_take_calls(
    struct api_chat *, struct str calls, bool is_delta, struct err *e);

/* The calls are over: they become UTF-8, and those without a name go. */
void api_chat_end_calls(struct api_chat *);

void api_chat_calls_done(struct api_chat *);

#endif
