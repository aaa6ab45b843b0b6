/* crypto - SHA-256 and base64, by libcrypto. */
#include <openssl/evp.h>
#include <openssl/sha.h>

#include "crypto.h"
#include "die.h"

void
crypto_sha256(struct str bytes, char hex[CRYPTO_SHA256_HEX + 1])
{
	unsigned char hash[SHA256_DIGEST_LENGTH];

	if (!EVP_Digest(bytes.data ? bytes.data : "", bytes.len, hash, NULL,
		EVP_sha256(), NULL))
		die_because(ST_MEMORY, "out of memory");
	for (size_t i = 0; i < sizeof hash; i++)
		snprintf(hex + 2 * i, 3, "%02x", hash[i]);
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
