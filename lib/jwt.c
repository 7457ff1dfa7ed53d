/* jwt.c: signs and verifies HS256 tokens. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "lib/buf.h"
#include "lib/json.h"
#include "lib/jwt.h"
#include "lib/log.h"
#include "lib/token.h"

enum {
	KID_MAX = 32,
	SECRET_MAX = 512,
	MAC_SIZE = 32,
	MAC_TEXT = 43,     /* characters of MAC_SIZE bytes in base64url */
	HEADER_TEXT = 112, /* more than the longest header and NUL */
	AHEAD_S = 60,      /* clocks of ours may differ by this much */
	PLAIN_BYTES = 8,   /* a random secret has more different bytes */
};

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* Everyone knows it: RFC 7515, appendix A.1. */
static const char published[] =
    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4h"
    "cgUuTwjAzZr1Z9CAow";

/* Room at out: size * 4 / 3 + 2. Returns the characters written. */
static size_t
encode(char *out, const unsigned char *bytes, size_t size)
{
	size_t len = 0;

	for (size_t i = 0; i < size; i += 3) {
		unsigned left = size - i > 2 ? 3 : (unsigned)(size - i);
		unsigned three = (unsigned)bytes[i] << 16;

		if (left > 1)
			three |= (unsigned)bytes[i + 1] << 8;
		if (left > 2)
			three |= bytes[i + 2];
		for (unsigned j = 0; j <= left; j++)
			out[len++] = alphabet[three >> (18 - 6 * j) & 63];
	}
	out[len] = '\0';
	return len;
}

char *
base64url_encode(struct arena *a, const void *bytes, size_t size)
{
	char *out = arena_alloc(a, size / 3 * 4 + 5);

	(void)encode(out, bytes, size);
	return out;
}

static int
sextet(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '-')
		return 62;
	return c == '_' ? 63 : -1;
}

/* One text for each run of bytes: bits left over at the end must be 0. */
int
base64url_decode(unsigned char *out, size_t max, const char *text, size_t size)
{
	unsigned bits = 0;
	unsigned held = 0; /* how many of bits wait to be written */
	size_t len = 0;

	if (size % 4 == 1)
		return -1;
	for (size_t i = 0; i < size; i++) {
		int value = sextet(text[i]);

		if (value < 0)
			return -1;
		bits = bits << 6 | (unsigned)value;
		held += 6;
		if (held >= 8) {
			held -= 8;
			if (len == max)
				return -1;
			out[len++] = (unsigned char)(bits >> held);
			bits &= (1u << held) - 1;
		}
	}
	return bits == 0 ? (int)len : -1;
}

/* Hex of whole bytes; -1 for anything else. */
static int
hex_decode(unsigned char *out, size_t max, const char *text, size_t size)
{
	static const char hex[] = "0123456789abcdef";

	if (size % 2 != 0 || size / 2 > max)
		return -1;
	for (size_t i = 0; i < size; i++) {
		char c = text[i];
		const char *at;

		if (c >= 'A' && c <= 'F')
			c = (char)(c - 'A' + 'a');
		at = memchr(hex, c, sizeof(hex) - 1);
		if (at == NULL)
			return -1;
		out[i / 2] = (unsigned char)(out[i / 2] << 4 | (at - hex));
	}
	return (int)(size / 2);
}

static bool
kid_good(const char *kid, size_t size)
{
	if (size < 1 || size > KID_MAX)
		return false;
	for (size_t i = 0; i < size; i++)
		if (sextet(kid[i]) < 0)
			return false;
	return true;
}

static size_t
different_bytes(const unsigned char *bytes, size_t size)
{
	bool seen[256] = { false };
	size_t count = 0;

	for (size_t i = 0; i < size; i++) {
		if (!seen[bytes[i]])
			count++;
		seen[bytes[i]] = true;
	}
	return count;
}

/* NULL when good, else the end of a sentence. */
static const char *
read_secret(struct jwt_key *out, struct arena *a, const char *text, size_t size)
{
	unsigned char *secret = arena_alloc(a, SECRET_MAX);
	unsigned char known[SECRET_MAX];
	int len = hex_decode(secret, SECRET_MAX, text, size);
	int known_len = base64url_decode(
	    known, sizeof(known), published, strlen(published));

	/* A short text of hex digits may be base64url that looks so. */
	if (len < JWT_SECRET_MIN)
		len = base64url_decode(secret, SECRET_MAX, text, size);
	if (len < 0)
		return "has a secret that is neither hex nor base64url";
	if (len < JWT_SECRET_MIN)
		return "has a secret below 32 bytes";
	if (different_bytes(secret, (size_t)len) < PLAIN_BYTES)
		return "has a secret that is not random";
	if (len == known_len && memcmp(secret, known, (size_t)len) == 0)
		return "has a secret that is published";
	out->secret = secret;
	out->secret_size = (size_t)len;
	return NULL;
}

static const char *
read_key(struct jwt_keys *keys, struct arena *a, const char *text, size_t size)
{
	const char *colon = memchr(text, ':', size);
	struct jwt_key *key = &keys->key[keys->count];
	size_t kid_size = colon == NULL ? 0 : (size_t)(colon - text);
	const char *why;

	if (colon == NULL)
		return "has a key without ':'";
	if (keys->count == JWT_KEYS)
		return "has more than 8 keys";
	if (!kid_good(text, kid_size))
		return "has a kid that is not 1 to 32 of A-Z a-z 0-9 _ -";
	key->kid = arena_memdup(a, text, kid_size);
	for (size_t i = 0; i < keys->count; i++)
		if (strcmp(keys->key[i].kid, key->kid) == 0)
			return "has a kid twice";
	why = read_secret(key, a, colon + 1, size - kid_size - 1);
	if (why == NULL)
		keys->count++;
	return why;
}

bool
jwt_keys_parse(
    struct jwt_keys *out, struct arena *a, const char *text, const char **why)
{
	*out = (struct jwt_keys){ .count = 0 };
	*why = NULL;
	for (;;) {
		size_t size = strcspn(text, ",");

		*why = read_key(out, a, text, size);
		if (*why != NULL) {
			out->count = 0;
			return false;
		}
		if (text[size] == '\0')
			return true;
		text += size + 1;
	}
}

/* The one header that we issue for a key, as it stands in its tokens. */
static size_t
write_header(char out[HEADER_TEXT], const char *kid)
{
	char json[80];
	int len = snprintf(json, sizeof(json),
	    "{\"alg\":\"HS256\",\"kid\":\"%s\",\"typ\":\"JWT\"}", kid);

	assert(len > 0 && (size_t)len < sizeof(json));
	return encode(out, (const unsigned char *)json, (size_t)len);
}

/* The signature of what stands before the second dot, as text. */
static void
write_mac(char out[MAC_TEXT + 1], const struct jwt_key *key, const char *text,
    size_t size)
{
	unsigned char mac[MAC_SIZE];
	size_t len = 0;

	if (EVP_Q_mac(NULL, "HMAC", NULL, "SHA256", NULL, key->secret,
		key->secret_size, (const unsigned char *)text, size, mac,
		sizeof(mac), &len) == NULL) {
		log_line(LOG_ERROR, "digest", "HMAC-SHA-256 failed");
		exit(EXIT_FAILURE);
	}
	(void)encode(out, mac, len);
}

char *
jwt_sign(
    struct arena *a, const struct jwt_keys *keys, const struct jwt_claims *c)
{
	char header[HEADER_TEXT];
	char mac[MAC_TEXT + 1];
	struct buf json;
	char *signing;

	assert(keys->count > 0);
	buf_open(&json, a, JWT_MAX);
	buf_char(&json, '{');
	json_member(&json, "sub", c->sub);
	json_member(&json, "type", c->type);
	if (c->role != NULL)
		json_member(&json, "user_type", c->role);
	if (c->session != NULL)
		json_member(&json, "sid", c->session);
	json_member(&json, "jti", c->jti);
	json_member_int(&json, "iat", c->iat);
	json_member_int(&json, "exp", c->exp);
	buf_char(&json, '}');
	assert(json.state == BUF_OK);

	(void)write_header(header, keys->key[0].kid);
	signing = arena_printf(
	    a, "%s.%s", header, base64url_encode(a, json.data, json.len));
	write_mac(mac, &keys->key[0], signing, strlen(signing));
	return arena_printf(a, "%s.%s", signing, mac);
}

static const struct jwt_key *
find_key(const struct jwt_keys *keys, const char *header, size_t size)
{
	char ours[HEADER_TEXT];

	for (size_t i = 0; i < keys->count; i++)
		if (write_header(ours, keys->key[i].kid) == size &&
		    memcmp(ours, header, size) == 0)
			return &keys->key[i];
	return NULL;
}

/* False when the claim is there and no text; *out NULL when it is absent. */
static bool
claim_text(const char **out, struct json_object *payload, const char *name)
{
	struct json_object *value = json_get(payload, name);
	size_t size;

	*out = NULL;
	if (value == NULL)
		return true;
	if (json_kind(value) != JSON_TEXT)
		return false;
	*out = json_chars(value, &size);
	/* An escaped NUL would hide what follows it. */
	return size > 0 && strlen(*out) == size;
}

/* False when the claim is absent or no whole number from 0. */
static bool
claim_int(int64_t *out, struct json_object *payload, const char *name)
{
	struct json_object *value = json_get(payload, name);

	if (json_kind(value) != JSON_INT)
		return false;
	*out = json_int(value);
	return *out >= 0;
}

static bool
decimal_id(const char *text)
{
	static const char largest[] = "9223372036854775807";
	size_t len = strspn(text, "0123456789");

	if (len < 1 || text[len] != '\0' || text[0] == '0')
		return false;
	return len < sizeof(largest) - 1 ||
	       (len == sizeof(largest) - 1 && strcmp(text, largest) <= 0);
}

static enum jwt_result
judge_claims(struct jwt_claims *out, struct json_object *payload, int64_t now)
{
	int64_t not_before;

	if (json_kind(payload) != JSON_OBJECT ||
	    json_get(payload, "crit") != NULL)
		return JWT_INVALID;
	if (!claim_text(&out->sub, payload, "sub") ||
	    !claim_text(&out->type, payload, "type") ||
	    !claim_text(&out->role, payload, "user_type") ||
	    !claim_text(&out->session, payload, "sid") ||
	    !claim_text(&out->jti, payload, "jti"))
		return JWT_INVALID;
	if (out->sub == NULL || !decimal_id(out->sub) || out->type == NULL ||
	    out->jti == NULL || !token_is_uuid(out->jti) ||
	    (out->session != NULL && !token_is_uuid(out->session)))
		return JWT_INVALID;
	if (!claim_int(&out->iat, payload, "iat") ||
	    !claim_int(&out->exp, payload, "exp") || out->exp <= out->iat ||
	    out->iat > now + AHEAD_S)
		return JWT_INVALID;
	if (json_get(payload, "nbf") != NULL &&
	    (!claim_int(&not_before, payload, "nbf") || not_before > now))
		return JWT_INVALID;
	return out->exp > now ? JWT_OK : JWT_EXPIRED;
}

enum jwt_result
jwt_verify(struct jwt_claims *out, struct arena *a, const struct jwt_keys *keys,
    const char *token, int64_t now)
{
	size_t size = strnlen(token, JWT_MAX + 1);
	size_t header = strcspn(token, ".");
	const struct jwt_key *key;
	struct json_object *payload;
	unsigned char json[JWT_MAX];
	char mac[MAC_TEXT + 1];
	size_t signing; /* bytes before the second dot */
	int len;

	*out = (struct jwt_claims){ .sub = NULL };
	if (size > JWT_MAX || size < header + 2 + MAC_TEXT)
		return JWT_INVALID;
	signing = size - MAC_TEXT - 1;
	if (token[signing] != '.')
		return JWT_INVALID;
	key = find_key(keys, token, header);
	if (key == NULL)
		return JWT_INVALID;
	/*
	 * Compared as text: one spelling alone is the right one, and nothing
	 * of a stranger's is decoded before it has been found to be ours.
	 */
	write_mac(mac, key, token, signing);
	if (CRYPTO_memcmp(mac, token + signing + 1, MAC_TEXT) != 0)
		return JWT_INVALID;
	len = base64url_decode(
	    json, sizeof(json), token + header + 1, signing - header - 1);
	if (len < 0 || !json_read(&payload, a, (const char *)json, (size_t)len))
		return JWT_INVALID;
	return judge_claims(out, payload, now);
}
