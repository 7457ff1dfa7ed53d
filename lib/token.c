/* token.c: random identifiers and codes, and digests. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <uuid/uuid.h>

#include "lib/log.h"
#include "lib/token.h"

enum { SHA256_SIZE = 32 };

/* Without randomness nothing may be promised to anyone. */
static void
random_bytes(void *out, size_t size)
{
	if (RAND_bytes(out, (int)size) != 1) {
		log_line(LOG_ERROR, "random", "the random generator failed");
		exit(EXIT_FAILURE);
	}
}

static char *
hex_text(struct arena *a, const unsigned char *bytes, size_t size)
{
	static const char hex[] = "0123456789abcdef";
	char *out = arena_alloc(a, 2 * size + 1);

	for (size_t i = 0; i < size; i++) {
		out[2 * i] = hex[bytes[i] >> 4];
		out[2 * i + 1] = hex[bytes[i] & 15];
	}
	return out;
}

/*
 * Not uuid_generate: where the kernel gives it nothing it goes on, without a
 * word, with a generator that can be guessed.
 */
static void
random_uuid(uuid_t out)
{
	random_bytes(out, sizeof(uuid_t));
	out[6] = (unsigned char)((out[6] & 0x0F) | 0x40); /* version 4 */
	out[8] = (unsigned char)((out[8] & 0x3F) | 0x80); /* RFC 4122 */
}

char *
token_uuid(struct arena *a)
{
	char *out = arena_alloc(a, TOKEN_UUID_SIZE);
	uuid_t uuid;

	random_uuid(uuid);
	uuid_unparse_lower(uuid, out);
	return out;
}

char *
token_trace(struct arena *a)
{
	uuid_t uuid;

	random_uuid(uuid);
	return hex_text(a, uuid, sizeof(uuid));
}

char *
token_code(struct arena *a)
{
	/* Above the last whole million a remainder would favour low codes. */
	const uint32_t limit = UINT32_C(4294000000);
	uint32_t number;

	do
		random_bytes(&number, sizeof(number));
	while (number >= limit);
	return arena_printf(a, "%06u", (unsigned)(number % 1000000));
}

char *
token_digest(
    struct arena *a, const void *key, size_t key_size, const char *text)
{
	unsigned char mac[SHA256_SIZE];
	size_t size;

	if (EVP_Q_mac(NULL, "HMAC", NULL, "SHA256", NULL, key, key_size,
		(const unsigned char *)text, strlen(text), mac, sizeof(mac),
		&size) == NULL) {
		log_line(LOG_ERROR, "digest", "HMAC-SHA-256 failed");
		exit(EXIT_FAILURE);
	}
	return hex_text(a, mac, size);
}

char *
token_sha256(struct arena *a, const void *bytes, size_t size)
{
	unsigned char digest[SHA256_SIZE];

	if (EVP_Digest(bytes, size, digest, NULL, EVP_sha256(), NULL) != 1) {
		log_line(LOG_ERROR, "digest", "SHA-256 failed");
		exit(EXIT_FAILURE);
	}
	return hex_text(a, digest, sizeof(digest));
}

bool
token_is_uuid(const char *text)
{
	static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

	if (strlen(text) != sizeof(shape) - 1)
		return false;
	for (size_t i = 0; i < sizeof(shape) - 1; i++)
		if (shape[i] == '-'
			? text[i] != '-'
			: strchr("0123456789abcdef", text[i]) == NULL)
			return false;
	return true;
}
