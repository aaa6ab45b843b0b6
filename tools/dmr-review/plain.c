/* dmr-review: what others have written, as it may be printed. */
#include "plain.h"

#include "offline.h"

void
plain_text(struct buf *text)
{
	struct buf shown = { 0 };

	offline_redact_buf(text);
	buf_add_visible(&shown, buf_str(text));
	buf_add_text(&shown, ""); /* there is a NUL at least */
	buf_done(text);
	*text = shown;
}

void
plain_err(struct err *e)
{
	struct buf text = { 0 };

	if (!e->status)
		return;
	buf_add_text(&text, e->text);
	plain_text(&text);
	snprintf(e->text, sizeof e->text, "%s", text.data);
	buf_done(&text);
}
