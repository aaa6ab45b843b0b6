/* api - what a JSON string of the server says. */
#include "api.h"
#include "span.h"

char *
api_text(struct str value)
{
	struct buf text = { .max = SIZE_MAX / 4 };

	if (span_text(value, NULL, &text))
		buf_clear(&text);
	buf_repair(&text, 0, true);
	return buf_take(&text);
}
