/* jwt.c: no bytes but those we signed are a token. */
#include <string.h>

#include <openssl/evp.h>

#include "lib/jwt.h"
#include "test/fuzz/fuzz.h"

#define NOW INT64_C(1760000000)
#define HEADER "{\"alg\":\"HS256\",\"kid\":\"fuzz\",\"typ\":\"JWT\"}"

static struct arena *keys_arena;
static struct jwt_keys keys;

/* As the signer would: so that the fuzzer gets past the signature. */
static const char *
sign(struct arena *a, const char *signing)
{
	unsigned char mac[32];
	size_t len = 0;

	MUST(EVP_Q_mac(NULL, "HMAC", NULL, "SHA256", NULL, keys.key[0].secret,
		 keys.key[0].secret_size, (const unsigned char *)signing,
		 strlen(signing), mac, sizeof(mac), &len) != NULL);
	return arena_printf(a, "%s.%s", signing, base64url_encode(a, mac, len));
}

static void
check(const struct jwt_claims *c, enum jwt_result result)
{
	if (result == JWT_INVALID)
		return;
	MUST(c->sub != NULL && c->type != NULL && c->jti != NULL);
	MUST(strspn(c->sub, "0123456789") == strlen(c->sub));
	MUST(c->iat >= 0 && c->iat <= NOW + 60 && c->exp > c->iat);
	MUST((c->exp > NOW) == (result == JWT_OK));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open();
	const char *text = arena_memdup(a, data, size);
	const char *header = base64url_encode(a, HEADER, strlen(HEADER));
	struct jwt_claims claims;
	struct jwt_keys read;
	const char *why;

	if (keys_arena == NULL) {
		keys_arena = arena_open();
		MUST(jwt_keys_parse(&keys, keys_arena,
		    "fuzz:7c1e5a90b3d2f4486a0c9e8d7f6b5a41"
		    "23c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6",
		    &why));
	}
	/* A stranger's token: the secret is not in the corpus. */
	MUST(jwt_verify(&claims, a, &keys, text, NOW) == JWT_INVALID);
	/* Bytes of ours as payload, then as the payload's text. */
	check(&claims, jwt_verify(&claims, a, &keys,
			   sign(a, arena_printf(a, "%s.%s", header,
				       base64url_encode(a, data, size))),
			   NOW));
	check(
	    &claims, jwt_verify(&claims, a, &keys,
			 sign(a, arena_printf(a, "%s.%s", header, text)), NOW));
	if (jwt_keys_parse(&read, a, text, &why)) {
		MUST(read.count >= 1 && read.count <= JWT_KEYS);
		for (size_t i = 0; i < read.count; i++)
			MUST(read.key[i].secret_size >= JWT_SECRET_MIN);
	} else {
		MUST(why != NULL);
	}
	arena_close(a);
	return 0;
}
