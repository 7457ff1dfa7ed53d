/*
 * jwt.h: access and refresh tokens, HS256 only.
 *
 * Shape   header.payload.signature in unpadded base64url; our header is one
 *         constant per key, {"alg":"HS256","kid":…,"typ":"JWT"}, and a token
 *         whose header is not byte for byte one of ours is refused before
 *         anything of it is decoded.
 * Errors  one enum; JWT_EXPIRED only for what is otherwise good.
 * Source  RFC 7515, 7519, 8725.
 */
#ifndef JWT_H
#define JWT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/arena.h"

enum {
	JWT_KEYS = 8,
	JWT_SECRET_MIN = 32, /* bytes */
	JWT_MAX = 2048,      /* bytes of a token */
};

struct jwt_key {
	const char *kid; /* [A-Za-z0-9_-]{1,32} */
	const unsigned char *secret;
	size_t secret_size;
};

struct jwt_keys {
	struct jwt_key key[JWT_KEYS]; /* the first one signs */
	size_t count;
};

struct jwt_claims {
	const char *sub;     /* decimal user id */
	const char *type;    /* "access" or "refresh" */
	const char *role;    /* claim "user_type"; NULL when absent */
	const char *session; /* claim "sid", a uuid; NULL when absent */
	const char *jti;     /* uuid */
	int64_t iat;         /* seconds since 1970 */
	int64_t exp;
};

enum jwt_result { JWT_OK = 0, JWT_INVALID = -1, JWT_EXPIRED = -2 };

/*
 * Reads "kid:secret[,kid:secret…]", secrets in base64url or hex of at least
 * JWT_SECRET_MIN bytes decoded.  False with *why, a sentence's end.
 */
bool jwt_keys_parse(
    struct jwt_keys *out, struct arena *a, const char *text, const char **why);

char *jwt_sign(
    struct arena *a, const struct jwt_keys *keys, const struct jwt_claims *c);

/*
 * now: seconds since 1970.  Refused beside a bad signature: an iat more than
 * a minute ahead, a missing claim, a key named twice, "crit", an unknown kid.
 */
enum jwt_result jwt_verify(struct jwt_claims *out, struct arena *a,
    const struct jwt_keys *keys, const char *token, int64_t now);

/* base64url without padding; decode gives -1 for anything else. */
char *base64url_encode(struct arena *a, const void *bytes, size_t size);
int base64url_decode(
    unsigned char *out, size_t max, const char *text, size_t size);

#endif
