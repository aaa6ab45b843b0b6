/*
 * utf8 - decode, repair, and make harmless.
 *
 * Text arrives in pieces cut anywhere, also inside a character.  Both
 * converters below hold an unfinished character back until its rest comes:
 * feed every piece to the same struct, then end with utf8_*_end().
 *
 * It knows no descriptors and allocates nothing: the caller's `out` has room
 * for UTF8_REPAIR_MAX(n) or UTF8_SCREEN_MAX(n) bytes for n bytes of input.
 * UTF-8 is RFC 3629: no surrogates, nothing overlong, nothing over U+10FFFF.
 */
#ifndef UTF8_H
#define UTF8_H

#include "str.h"

#define UTF8_REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

enum { UTF8_CHAR_MAX = 4 };

/* A character whose first bytes came in an earlier piece. */
struct utf8_held {
	unsigned char bytes[UTF8_CHAR_MAX];
	size_t len;
};

/*
 * Decode the character at text[0].  Returns its length in bytes and sets *cp;
 * 0 if the text ends inside what may become a character; -1 if it is none.
 */
int utf8_decode(struct str text, uint32_t *cp);

/* Length in bytes of the longest valid prefix. */
size_t utf8_valid(struct str text);

/* Append the character cp (valid) to out; returns its length, 1 to 4. */
size_t utf8_encode(uint32_t cp, char *out);

/*
 * Does a reader see nothing of it, or does it move others about?  Controls,
 * bidirectional overrides, line separators, tag characters; not what joins.
 */
bool utf8_is_hidden(uint32_t cp);

/*
 * Columns of a terminal that it takes: 0 for what is hidden, joins or marks
 * another character, 2 for what is wide (UAX #11, by blocks), 1 else.
 */
int utf8_columns(uint32_t cp);

/*
 * Copy text to out with every byte that is not part of a character replaced
 * by U+FFFD, and NUL too if `nul`.  Returns the bytes written; *bad counts
 * the replacements.
 */
#define UTF8_REPAIR_MAX(n) (3 * (n) + 16)

struct utf8_repair {
	struct utf8_held held;
	bool nul;
	size_t bad;
};

size_t utf8_repair(struct utf8_repair *, struct str text, char *out);
size_t utf8_repair_end(struct utf8_repair *, char *out);

/*
 * Copy text to out so that a terminal shows all of it and obeys none of it:
 * C0 controls (but newline and tab), DEL and bytes that are no UTF-8 become
 * \xHH; C1 controls, bidirectional overrides, line separators, tag
 * characters and other invisible ones become \u{H...}, and so do more
 * joiners and variation selectors in a row than anybody needs, which could
 * hide a text, and more marks on one character, which could cover others.  A
 * CR before a newline is dropped.
 */
#define UTF8_SCREEN_MAX(n) (10 * (n) + 48)

enum {
	UTF8_MARKS_MAX = 30, /* UAX #15, Stream-Safe Text Format */
	UTF8_JOINERS_MAX = 2,
};

struct utf8_screen {
	struct utf8_held held;
	bool cr; /* a CR came last; what follows decides what it was */
	unsigned char nmarks, njoiners; /* since the last other character */
};

size_t utf8_screen(struct utf8_screen *, struct str text, char *out);
size_t utf8_screen_end(struct utf8_screen *, char *out);

/* The two at once: all of a text. */
size_t utf8_screen_text(struct str text, char *out);

#endif
