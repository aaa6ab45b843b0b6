/* api - what a JSON string of the server says. */
#include "api.h"
#include "mem.h"
#include "span.h"
#include "utf8.h"

char *
api_text(struct str value)
{
	struct utf8_repair repair = { .nul = true };
	struct buf raw = { 0 }, text = { .max = SIZE_MAX / 4 };
	char *room;

	if (span_text(value, NULL, &raw))
		buf_clear(&raw);
	room = buf_room(&text, UTF8_REPAIR_MAX(raw.len));
	buf_claim(&text, utf8_repair(&repair, buf_str(&raw), room));
	room = buf_room(&text, UTF8_REPAIR_MAX(0));
	buf_claim(&text, utf8_repair_end(&repair, room));
	buf_done(&raw);
	return buf_take(&text);
}
