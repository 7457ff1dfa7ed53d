/* password.c: Argon2id for ours, Werkzeug's scrypt and PBKDF2 for old ones. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <argon2.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "lib/log.h"
#include "lib/password.h"

/* OWASP's first choice; a rise here renews each hash at its next login. */
enum {
	MEMORY_KIB = 19456,
	PASSES = 2,
	LANES = 1,
	SALT_SIZE = 16,
	HASH_SIZE = 32,
};

/* What a stored hash may ask of us: above it someone wrote it to do harm. */
enum {
	STORED_MAX = 512, /* bytes of its text */
	MEMORY_KIB_MAX = 1048576,
	PASSES_MAX = 64,
	LANES_MAX = 16,
	SCRYPT_N_MAX = 1048576,
	SCRYPT_R_MAX = 32,
	SCRYPT_P_MAX = 16,
	ROUNDS_MAX = 10000000,
	DIGEST_MAX = 64,
};

/* A process without memory or randomness is of no use: another is started. */
static void
give_up(const char *what)
{
	log_line(LOG_ERROR, "password", "%s failed", what);
	exit(EXIT_FAILURE);
}

char *
password_hash(struct arena *a, const char *password)
{
	size_t size = argon2_encodedlen(
	    PASSES, MEMORY_KIB, LANES, SALT_SIZE, HASH_SIZE, Argon2_id);
	unsigned char salt[SALT_SIZE];
	char *out = arena_alloc(a, size);

	if (RAND_bytes(salt, sizeof(salt)) != 1)
		give_up("the random generator");
	if (argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, password,
		strlen(password), salt, sizeof(salt), HASH_SIZE, out,
		size) != ARGON2_OK)
		give_up("argon2id");
	return out;
}

/* An answer must take as long for a stranger as for a user. */
static enum password_result
no_match(const char *password)
{
	static const unsigned char salt[SALT_SIZE] = { 0 };
	unsigned char hash[HASH_SIZE];

	if (argon2id_hash_raw(PASSES, MEMORY_KIB, LANES, password,
		strlen(password), salt, sizeof(salt), hash,
		sizeof(hash)) != ARGON2_OK)
		give_up("argon2id");
	return PASSWORD_WRONG;
}

/* Moves *at past word; false, and *at as it was, when it stands not there. */
static bool
take_word(const char **at, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*at, word, len) != 0)
		return false;
	*at += len;
	return true;
}

/* Moves *at past a decimal number from 1 to max, written without zeros. */
static bool
take_number(uint32_t *out, const char **at, uint32_t max)
{
	const char *p = *at;
	uint64_t number = 0;

	if (*p < '1' || *p > '9')
		return false;
	for (; *p >= '0' && *p <= '9'; p++) {
		number = number * 10 + (uint64_t)(*p - '0');
		if (number > max)
			return false;
	}
	*out = (uint32_t)number;
	*at = p;
	return true;
}

static enum password_result
check_argon2(const char *stored, const char *at, const char *password)
{
	uint32_t memory, passes, lanes;
	int result;

	if (!take_word(&at, "v=19$m=") ||
	    !take_number(&memory, &at, MEMORY_KIB_MAX) ||
	    !take_word(&at, ",t=") || !take_number(&passes, &at, PASSES_MAX) ||
	    !take_word(&at, ",p=") || !take_number(&lanes, &at, LANES_MAX) ||
	    !take_word(&at, "$"))
		return no_match(password);
	result = argon2id_verify(stored, password, strlen(password));
	if (result == ARGON2_MEMORY_ALLOCATION_ERROR ||
	    result == ARGON2_THREAD_FAIL)
		give_up("argon2id");
	if (result == ARGON2_VERIFY_MISMATCH)
		return PASSWORD_WRONG;
	if (result != ARGON2_OK)
		return no_match(password);
	return memory < MEMORY_KIB || passes < PASSES ? PASSWORD_OLD
						      : PASSWORD_OK;
}

/* The two last parts of Werkzeug's strings: salt$hex. */
struct werkzeug {
	const char *salt;
	size_t salt_size;
	unsigned char digest[DIGEST_MAX];
};

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The digest must have just this size: a shorter one would match too soon. */
static bool
take_rest(struct werkzeug *out, const char *at, size_t digest_size)
{
	const char *hex = strchr(at, '$');

	if (hex == NULL || hex == at)
		return false;
	out->salt = at;
	out->salt_size = (size_t)(hex - at);
	hex++;
	if (strlen(hex) != 2 * digest_size)
		return false;
	for (size_t i = 0; i < digest_size; i++) {
		int high = hex_digit(hex[2 * i]);
		int low = hex_digit(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out->digest[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

static enum password_result
compare(const struct werkzeug *w, const unsigned char *digest, size_t size)
{
	return CRYPTO_memcmp(w->digest, digest, size) == 0 ? PASSWORD_OLD
							   : PASSWORD_WRONG;
}

static enum password_result
check_scrypt(const char *at, const char *password)
{
	enum { SCRYPT_SIZE = 64 };
	unsigned char digest[SCRYPT_SIZE];
	struct werkzeug w;
	uint32_t n, r, p;
	uint64_t memory;

	if (!take_number(&n, &at, SCRYPT_N_MAX) || !take_word(&at, ":") ||
	    !take_number(&r, &at, SCRYPT_R_MAX) || !take_word(&at, ":") ||
	    !take_number(&p, &at, SCRYPT_P_MAX) || !take_word(&at, "$") ||
	    !take_rest(&w, at, sizeof(digest)))
		return no_match(password);
	/* RFC 7914: N is a power of 2 above 1 and below 2^(16 r). */
	if (n < 2 || (n & (n - 1)) != 0 || (r == 1 && n > UINT16_MAX))
		return no_match(password);
	/* OpenSSL's own limit, 32 MiB, is just below what Werkzeug uses. */
	memory = UINT64_C(128) * r * ((uint64_t)n + p + 4);
	if (memory / 1024 > MEMORY_KIB_MAX)
		return no_match(password);
	if (EVP_PBE_scrypt(password, strlen(password),
		(const unsigned char *)w.salt, w.salt_size, n, r, p, memory,
		digest, sizeof(digest)) != 1)
		give_up("scrypt");
	return compare(&w, digest, sizeof(digest));
}

static enum password_result
check_pbkdf2(const char *at, const char *password)
{
	static const struct {
		const char *word;
		const EVP_MD *(*digest)(void);
		size_t size;
	} digests[] = {
		{ "sha256:", EVP_sha256, 32 },
		{ "sha512:", EVP_sha512, 64 },
		{ "sha1:", EVP_sha1, 20 },
	};
	enum { COUNT = sizeof(digests) / sizeof(digests[0]) };
	unsigned char digest[DIGEST_MAX];
	size_t which = 0;
	struct werkzeug w;
	uint32_t rounds;

	while (which < COUNT && !take_word(&at, digests[which].word))
		which++;
	if (which == COUNT || !take_number(&rounds, &at, ROUNDS_MAX) ||
	    !take_word(&at, "$") || !take_rest(&w, at, digests[which].size))
		return no_match(password);
	if (PKCS5_PBKDF2_HMAC(password, (int)strlen(password),
		(const unsigned char *)w.salt, (int)w.salt_size, (int)rounds,
		digests[which].digest(), (int)digests[which].size, digest) != 1)
		give_up("pbkdf2");
	return compare(&w, digest, digests[which].size);
}

enum password_result
password_check(const char *stored, const char *password)
{
	const char *at = stored;

	if (strnlen(password, PASSWORD_MAX + 1) > PASSWORD_MAX)
		return no_match("");
	if (stored == NULL || strnlen(stored, STORED_MAX + 1) > STORED_MAX)
		return no_match(password);
	if (take_word(&at, "$argon2id$"))
		return check_argon2(stored, at, password);
	if (take_word(&at, "scrypt:"))
		return check_scrypt(at, password);
	if (take_word(&at, "pbkdf2:"))
		return check_pbkdf2(at, password);
	return no_match(password);
}
