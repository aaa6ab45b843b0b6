/* crypto - SHA-256, by libcrypto. */
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
