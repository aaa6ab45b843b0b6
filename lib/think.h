/*
 * think - tell a model's reasoning from its answer.
 *
 * Some models begin an answer with "<think>", reason, and end that with
 * "</think>".  Servers that know the model take it out; others pass it on as
 * text.  This is a push parser for the latter: text in pieces cut anywhere,
 * text and reasoning out.  Only a tag at the very beginning counts, with
 * nothing but white space before it: later in the text it is what somebody
 * wrote about tags, and stays.
 *
 * It knows one tag.  Those of other models ("<seed:think>", "[THINK]") are
 * special tokens that servers read themselves, and "<thinking>" is what
 * people ask for in prompts, so it is theirs.  Encodings are not its affair:
 * no byte of another character looks like a part of a tag.
 */
#ifndef THINK_H
#define THINK_H

#include "buf.h"

/* More white space than this before the tag, and it is text; bytes. */
enum { THINK_BLANK_MAX = 256 };

/* Zero-initialise, feed, end. */
struct think {
	bool unclosed; /* may be read: the reasoning has begun, not ended */

	/* The parser's own. */
	enum {
		THINK_BEGIN,  /* nothing but white space and half a tag came */
		THINK_REASON, /* behind "<think>" */
		THINK_GAP,    /* in the line feeds behind "</think>" */
		THINK_TEXT,   /* all that follows is text */
	} state;
	size_t matched; /* bytes of the tag that is looked for */
	size_t nblank;
	char blank[THINK_BLANK_MAX]; /* came before the tag, if it is one */
};

/*
 * Append the text and the reasoning of the next piece to these; whether all
 * fitted is for the caller to ask them.  Tags, white space before the first
 * one and line feeds behind the last are left out.  Only what may become a
 * tag, and white space before it, is held back.
 */
void think_feed(
    struct think *, struct str piece, struct buf *text, struct buf *reasoning);

/* Is all that follows text?  Then it need not be fed. */
bool think_is_text(const struct think *);

/* No piece follows: append what was held back. */
void think_end(struct think *, struct buf *text, struct buf *reasoning);

#endif
