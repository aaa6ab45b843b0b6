/* syntax_depth - texts that would take libtree-sitter too deep. */
#include "syntax_parts.h"

/*
 * libtree-sitter 0.20 frees some of its stacks by recursion, and needs time
 * that grows with the square of generics that nothing closes.  80,000 brackets
 * fit into 8 MB of stack, 10,000 "a<" take 3 s.
 */
enum {
	BRACKETS_MAX = 30000,
	ANGLES_MAX = 5000,
	LEAST_SIZE = 2 * ANGLES_MAX, /* bytes of so many "a<" */
};

enum class { OTHER, OPEN, CLOSE, LESS, GREATER, END };

static const unsigned char classes[256] = { ['('] = OPEN,
	['['] = OPEN,
	['{'] = OPEN,
	[')'] = CLOSE,
	[']'] = CLOSE,
	['}'] = CLOSE,
	['<'] = LESS,
	['>'] = GREATER,
	[';'] = END };

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* What stands in comments and literals counts too: that is never so much. */
bool
syntax_is_too_deep(struct str text)
{
	size_t brackets = 0, angles = 0;

	if (text.len <= LEAST_SIZE)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char class = classes[(unsigned char)text.data[i]];

		if (class == OTHER)
			continue;
		switch (class) {
		case OPEN:
			if (++brackets > BRACKETS_MAX)
				return true;
			break;
		case CLOSE:
			brackets -= brackets > 0;
			break;
		case LESS:
			angles += i + 1 < text.len &&
			    is_letter(text.data[i + 1]);
			if (angles > ANGLES_MAX)
				return true;
			break;
		case GREATER:
			angles -= angles > 0;
			break;
		case END:
			angles = 0;
			break;
		default:
			break;
		}
	}
	return false;
}
