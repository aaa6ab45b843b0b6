/* dmr-reqs: the document as a whole. */
#include "document.h"

bool
document_is_id(struct str id)
{
	for (size_t i = 0; i < id.len; i++) {
		char c = id.data[i];
		bool is_sign = c && strchr("._-", c);

		if (!(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') &&
		    !(c >= '0' && c <= '9') && (!is_sign || i == 0))
			return false;
	}
	return id.len <= DOCUMENT_ID_MAX;
}

struct meta *
document_meta(struct document *d)
{
	return d->meta.n ? d->meta.items : list_add(&d->meta, &meta_kind);
}

void
document_done(struct document *d)
{
	thing_done(&document_kind, d);
}
