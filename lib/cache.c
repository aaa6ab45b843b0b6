/* cache - answers that were paid for once, in a folder of files. */
#include "cache.h"

#include "crypto.h"

/*
 * An entry is a head of one line and the answer: "dmr-cache", the version of
 * this form, the answer's length, and a hash of key and answer.  What differs
 * from the head that we would write is none of our entries.
 */
#define HEAD_FORMAT "dmr-cache 1 %010zu %s\n"

enum {
	HEAD_LEN = 12 + 10 + 1 + CRYPTO_SHA256_HEX + 1,
	ENTRY_MAX = HEAD_LEN + CACHE_ANSWER_MAX,
};

static void
write_head(char head[HEAD_LEN + 1], const char *key, struct str answer)
{
	char hash[CRYPTO_SHA256_HEX + 1];

	crypto_sha256_list((struct str[]){ str_of(key), answer }, 2, hash);
	snprintf(head, HEAD_LEN + 1, HEAD_FORMAT, answer.len, hash);
}

/* Entries are spread over 256 folders, by the first two digits of the key. */
struct place {
	char sub[3];
	const char *name;
};

static struct place
place_of(const char *key)
{
	return (struct place){ { key[0], key[1], 0 }, key + 2 };
}

int
cache_open(struct cache *c, const char *path, struct err *e)
{
	*c = (struct cache){ 0 };
	return file_folder_open(&c->folder, path, e) ? err_prefix(e, "cache")
						     : 0;
}

bool
cache_is_open(const struct cache *c)
{
	return file_folder_is_open(&c->folder);
}

void
cache_key(char key[CACHE_KEY_SIZE], const struct str *parts, size_t n)
{
	crypto_sha256_list(parts, n, key);
}

bool
cache_get(struct cache *c, const char *key, struct str *answer)
{
	struct place at = place_of(key);
	char head[HEAD_LEN + 1];

	buf_clear(&c->entry);
	if (!cache_is_open(c) ||
	    !file_folder_read(
		&c->folder, at.sub, at.name, ENTRY_MAX, &c->entry) ||
	    c->entry.len < HEAD_LEN)
		return false;
	*answer = str_skip(buf_str(&c->entry), HEAD_LEN);
	write_head(head, key, *answer);
	return !memcmp(c->entry.data, head, HEAD_LEN);
}

int
cache_put(struct cache *c, const char *key, struct str answer, struct err *e)
{
	struct place at = place_of(key);
	char head[HEAD_LEN + 1];

	if (!cache_is_open(c) || c->has_given_up ||
	    answer.len > CACHE_ANSWER_MAX)
		return 0;
	write_head(head, key, answer);
	buf_clear(&c->entry);
	buf_add(&c->entry, (struct str){ head, HEAD_LEN });
	buf_add(&c->entry, answer);
	if (!file_folder_write(
		&c->folder, at.sub, at.name, buf_str(&c->entry), e))
		return 0;
	c->has_given_up = true;
	err_prefix(e, "cache");
	err_add(e, "; nothing more is stored");
	return -1;
}

void
cache_close(struct cache *c)
{
	file_folder_close(&c->folder);
	buf_done(&c->entry);
}
