/*
 * api_chat - chat completions, and completions of a text: read an answer.
 *
 * The reader is a push parser: bytes in, text out, cut anywhere, whether the
 * server streams or answers with one JSON text (some do so although a stream
 * was asked for).  The verdict comes from api_chat_end() alone: a
 * finish_reason of choice 0 makes an answer complete, and nothing else does,
 * neither a clean end of the connection nor "[DONE]".
 *
 * Shapes: OpenAI's chat.completion and chat.completion.chunk objects, and
 * text_completion, as llama.cpp, old llama.cpp, vLLM and gateways send them.
 */
#ifndef API_CHAT_H
#define API_CHAT_H

#include "api_chat_parts.h"
#include "api_chat_request.h"
#include "sse.h"
#include "think.h"
#include "utf8.h"

/* Texts of a kind on their way to UTF-8. */
struct api_chat_source {
	uint32_t half; /* of a surrogate pair */
	struct utf8_repair repair;
};

enum api_chat_form { API_CHAT_UNKNOWN, API_CHAT_STREAM, API_CHAT_WHOLE };

/* Zero-initialise, set what is the caller's, feed, end, done. */
struct api_chat {
	/* The caller's. */
	const char *server, *model; /* for messages */
	bool wants_tools; /* calls of tools are good; else they are errors */
	bool completes; /* of a text: what is said is text, and may be empty */

	/*
	 * What came since the caller last cleared it; UTF-8.  Reasoning comes
	 * in members of its own or in <think>; clear it as well, wanted or not.
	 */
	struct buf text, reasoning;
	bool foreign; /* what answered is no model server */

	/* To be read after api_chat_end(). */
	struct api_tool_call *calls; /* in the model's order */
	size_t ncalls;
	char finish[32]; /* finish_reason of choice 0, or "" */
	struct api_usage usage;
	/* What the server calls the model: a name or a path; or "". */
	char answered_by[API_MODEL_TEXT_MAX + 1];

	/* Worth a warning, once each. */
	size_t bad_bytes;    /* that were no UTF-8 */
	bool late_text;      /* came after the finish_reason, dropped */
	char odd_finish[32]; /* a finish_reason we do not know, or "" */

	/* The reader's own. */
	enum api_chat_form form;
	struct sse sse;
	size_t nevents; /* of the stream, so far */
	struct buf
	    whole; /* one JSON text; or what came before the form is known */
	struct api_chat_source content, thoughts;
	struct think think;
	size_t said;         /* bytes of text, reasoning, calls: so far */
	size_t silent;       /* bytes of the stream since they came last */
	struct buf raw;      /* text before the repair */
	struct buf repaired; /* text that may hold reasoning */
	struct buf refusal;
	size_t calls_capacity, calls_bytes;
	bool finished, told, called, past_bom;
	bool taken; /* an object of a model server's came */
	bool has_text, has_reasoning;
};

/*
 * Read the next piece.  1: the answer is over, what may follow is not wanted;
 * -1 with *e set: it is no answer, or an error.
 */
int api_chat_feed(struct api_chat *, struct str piece, struct err *e);

/*
 * The answer is over.  0: it is complete; else -1 and why not.  cut_ok: one
 * that ends at the token limit is good.  May add to text and reasoning.
 */
int api_chat_end(struct api_chat *, bool cut_ok, struct err *e);

void api_chat_done(struct api_chat *);

#endif
