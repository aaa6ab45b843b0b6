/* crypto - SHA-256 and base64, by libcrypto. */
#include <limits.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include "crypto.h"
#include "die.h"

static void
write_hex(const unsigned char hash[SHA256_DIGEST_LENGTH],
    char hex[CRYPTO_SHA256_HEX + 1])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < SHA256_DIGEST_LENGTH; i++) {
		hex[2 * i] = digits[hash[i] >> 4];
		hex[2 * i + 1] = digits[hash[i] & 15];
	}
	hex[CRYPTO_SHA256_HEX] = 0;
}

void
crypto_sha256(struct str bytes, char hex[CRYPTO_SHA256_HEX + 1])
{
	unsigned char hash[SHA256_DIGEST_LENGTH];

	if (!EVP_Digest(bytes.data ? bytes.data : "", bytes.len, hash, NULL,
		EVP_sha256(), NULL))
		die_because(ST_MEMORY, "out of memory");
	write_hex(hash, hex);
}

/* The length and the bytes. */
static int
add_text(EVP_MD_CTX *context, struct str text)
{
	unsigned char length[8];

	for (size_t i = 0; i < sizeof length; i++)
		length[i] = (unsigned char)((uint64_t)text.len >> (56 - 8 * i));
	return EVP_DigestUpdate(context, length, sizeof length) &&
	    EVP_DigestUpdate(context, text.data ? text.data : "", text.len);
}

void
crypto_sha256_list(
    const struct str *list, size_t n, char hex[CRYPTO_SHA256_HEX + 1])
{
	unsigned char hash[SHA256_DIGEST_LENGTH];
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	int fine = context && EVP_DigestInit_ex(context, EVP_sha256(), NULL);

	for (size_t i = 0; fine && i < n; i++)
		fine = add_text(context, list[i]);
	if (!fine || !EVP_DigestFinal_ex(context, hash, NULL))
		die_because(ST_MEMORY, "out of memory");
	EVP_MD_CTX_free(context);
	write_hex(hash, hex);
}

int
crypto_base64(struct buf *out, struct str bytes)
{
	enum { PIECE = 3 << 20 }; /* EVP_EncodeBlock() counts in int */

	while (bytes.len) {
		size_t n = bytes.len < PIECE ? bytes.len : PIECE;
		char *room = buf_room(out, 4 * ((n + 2) / 3) + 1);

		if (!room)
			return -1;
		buf_claim(out,
		    (size_t)EVP_EncodeBlock((unsigned char *)room,
			(const unsigned char *)bytes.data, (int)n));
		bytes = str_skip(bytes, n);
	}
	return 0;
}

/* EVP_DecodeBlock() passes over white space and stops at a "-". */
static bool
is_base64(struct str text)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz"
				      "0123456789+/";
	size_t n = 0;

	while (n < text.len && text.data[n] && strchr(letters, text.data[n]))
		n++;
	for (int pads = 0; n < text.len && pads < 2; pads++)
		n += text.data[n] == '=';
	return n == text.len && n % 4 == 0 && n <= INT_MAX;
}

int
crypto_base64_read(struct buf *out, struct str text)
{
	size_t n = text.len / 4 * 3;
	char *room = is_base64(text) ? buf_room(out, n) : NULL;

	if (!room)
		return -1;
	if (n)
		EVP_DecodeBlock((unsigned char *)room,
		    (const unsigned char *)text.data, (int)text.len);
	n -= str_ends(text, "=");
	n -= str_ends(text, "==");
	buf_claim(out, n);
	return 0;
}
