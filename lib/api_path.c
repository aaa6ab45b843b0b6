/* api - the name of a model as part of a request's path or query. */
#include "api_models.h"

#include "mem.h"

/* What stands for itself in a path and in a query (RFC 3986, 2.3, 3.3). */
static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789-._~/:@";

void
api_add_escaped(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (c && strchr(plain, c))
			buf_add_char(out, (char)c);
		else
			buf_add_format(out, "%%%02X", c);
	}
}

bool
api_model_is_hf(const char *name)
{
	return str_starts(str_of(name), "hf.co/") ||
	    str_starts(str_of(name), "huggingface.co/");
}

/* A server would take such a part for a way to somewhere else. */
static bool
has_odd_part(struct str name)
{
	while (name.data) {
		struct str part = str_cut(&name, '/');

		if (!part.len || str_is(part, ".") || str_is(part, ".."))
			return true;
	}
	return false;
}

char *
api_model_path(const char *name, struct err *e)
{
	struct buf path = { 0 };

	if (api_model_check_name(name, e))
		return NULL;
	if (has_odd_part(str_of(name))) {
		err_set(e, ST_USAGE,
		    "'%.80s' is no name of a model: a part of it is empty, "
		    "'.' or '..'",
		    name);
		return NULL;
	}
	buf_add_text(&path, "/models/");
	api_add_escaped(&path, str_of(name));
	return buf_take(&path);
}
