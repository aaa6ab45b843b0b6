/* store - what a name means: as Docker Model Runner has it. */
#include "store.h"

#include "mem.h"

static const char hub[] = "docker.io/";

static bool
is_among(char c, const char *more)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    (c && strchr(more, c));
}

/* Parts of "a-z0-9._-", each beginning with a letter or digit; a port. */
static bool
is_repository(struct str s)
{
	char last = '/';

	for (size_t i = 0; i < s.len; i++) {
		if (!is_among(s.data[i], "._-/:"))
			return false;
		if (last == '/' && !is_among(s.data[i], ""))
			return false;
		last = s.data[i];
	}
	return is_among(last, "");
}

static bool
is_tag(struct str s)
{
	if (!s.len || s.len > 128)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!is_among((char)(s.data[i] | 0x20), i ? "_" : "") &&
		    !is_among(s.data[i], i ? "._-" : "_"))
			return false;
	return true;
}

/* Cut ":TAG" off *name. */
static struct str
cut_tag(struct str *name)
{
	for (size_t i = name->len; i-- > 0 && name->data[i] != '/';)
		if (name->data[i] == ':') {
			struct str tag = str_skip(*name, i + 1);

			name->len = i;
			return tag;
		}
	return (struct str){ 0 };
}

/* Is the part before the first "/" a registry? */
static bool
has_host(struct str name)
{
	struct str rest = name, first = str_cut(&rest, '/');

	return rest.data &&
	    (memchr(first.data, '.', first.len) ||
		memchr(first.data, ':', first.len) ||
		str_is(first, "localhost"));
}

int
store_name(struct str name, struct buf *whole)
{
	struct str tag;
	bool is_bare;

	name = str_trim(name);
	if (name.len > STORE_NAME_MAX)
		return -1;
	tag = cut_tag(&name);
	is_bare = name.len && !memchr(name.data, '/', name.len);
	if (str_starts(name, "hf.co/")) {
		buf_add_text(whole, "huggingface.co/");
		name = str_skip(name, strlen("hf.co/"));
	} else if (str_starts(name, "index.docker.io/")) {
		buf_add_text(whole, hub);
		name = str_skip(name, strlen("index.docker.io/"));
	} else if (!has_host(name)) {
		buf_add_text(whole, is_bare ? "docker.io/ai/" : hub);
	}
	buf_add(whole, name);
	for (size_t i = 0; i < whole->len; i++)
		if (whole->data[i] >= 'A' && whole->data[i] <= 'Z')
			whole->data[i] |= 0x20;
	if (!name.len || !is_repository(buf_str(whole)))
		return -1;
	if (!tag.len)
		tag = STR("latest");
	buf_add_char(whole, ':');
	return is_tag(tag) ? buf_add(whole, tag) : -1;
}

static bool
is_hex(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!strchr("0123456789abcdef", s.data[i]) || !s.data[i])
			return false;
	return true;
}

/* The digits of an id, or of its beginning; else empty. */
static struct str
id_digits(struct str name)
{
	struct str digits = name;

	if (str_starts(name, "sha256:"))
		digits = str_skip(name, strlen("sha256:"));
	else if (name.len == 12 && is_hex(name))
		return name;
	return digits.len == 64 && is_hex(digits) ? digits : (struct str){ 0 };
}

static struct store_model *
find_tag(const struct store *s, struct str whole)
{
	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0; k < s->models[i]->ntags; k++)
			if (str_is(whole, s->models[i]->tags[k]))
				return s->models[i];
	return NULL;
}

struct store_model *
store_find(const struct store *s, struct str name)
{
	struct str digits = id_digits(str_trim(name));
	struct buf whole = { 0 };
	struct store_model *found = NULL;

	for (size_t i = 0; digits.len && i < s->n; i++)
		if (!strncmp(s->models[i]->id + strlen("sha256:"), digits.data,
			digits.len))
			return s->models[i];
	if (store_name(name, &whole) == 0)
		found = find_tag(s, buf_str(&whole));
	buf_done(&whole);
	return found;
}

/* "x" of "docker.io/ai/x:latest". */
static struct str
last_part(const char *tag)
{
	struct str name = str_of(tag);

	cut_tag(&name);
	for (size_t i = name.len; i-- > 0;)
		if (name.data[i] == '/')
			return str_skip(name, i + 1);
	return name;
}

struct store_model *
store_find_part(const struct store *s, struct str name)
{
	struct store_model *found = store_find(s, name);

	for (size_t i = 0; !found && i < s->n; i++)
		for (size_t k = 0; !found && k < s->models[i]->ntags; k++)
			if (str_equal(name, last_part(s->models[i]->tags[k])))
				found = s->models[i];
	return found;
}
