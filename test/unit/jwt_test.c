/* jwt_test.c: tokens of ours, and a few hundred that only look so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>

#include "lib/jwt.h"
#include "lib/token.h"

#define NOW INT64_C(1760000000)
#define OLD_SECRET "T2xkLXNlY3JldC0xMjM0NTY3ODkwLWFiY2RlZmdoaWo"
#define NEW_SECRET                                                             \
	"3f8a0c5d7e91b24680acf1357bd9e2406f1a8c93d5e7b2048a6c1f39d7e5b204"
#define KEYS "2026-01:" NEW_SECRET ",old_1:" OLD_SECRET
#define HEADER "{\"alg\":\"HS256\",\"kid\":\"2026-01\",\"typ\":\"JWT\"}"
#define UUID "6b4d7c9e-1f20-4a35-8b6c-7d8e9f0a1b2c"
#define PAYLOAD                                                                \
	"{\"sub\":\"42\",\"type\":\"access\",\"user_type\":\"creator\","       \
	"\"sid\":\"" UUID "\",\"jti\":\"" UUID                                 \
	"\",\"iat\":1760000000,\"exp\":1760003600}"

static struct arena *arena;
static struct jwt_keys keys;
static int refused; /* forged tokens so far, over all cases */

static int
open_keys(void **state)
{
	const char *why;

	(void)state;
	arena = arena_open();
	assert_true(jwt_keys_parse(&keys, arena, KEYS, &why));
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

/* A signature made beside jwt.c, with whatever key and digest. */
static const char *
sign(const char *signing, const unsigned char *secret, size_t secret_size,
    const char *digest)
{
	unsigned char mac[EVP_MAX_MD_SIZE];
	size_t size = 0;

	assert_non_null(EVP_Q_mac(NULL, "HMAC", NULL, digest, NULL, secret,
	    secret_size, (const unsigned char *)signing, strlen(signing), mac,
	    sizeof(mac), &size));
	return base64url_encode(arena, mac, size);
}

/* A token with a signature that is right for the first key. */
static const char *
forge_bytes(const char *header, const char *payload, size_t size)
{
	const char *signing = arena_printf(arena, "%s.%s",
	    base64url_encode(arena, header, strlen(header)),
	    base64url_encode(arena, payload, size));

	return arena_printf(arena, "%s.%s", signing,
	    sign(signing, keys.key[0].secret, keys.key[0].secret_size,
		"SHA256"));
}

static const char *
forge(const char *header, const char *payload)
{
	return forge_bytes(header, payload, strlen(payload));
}

static void
assert_refused(const char *token, const char *what)
{
	struct jwt_claims claims;

	if (jwt_verify(&claims, arena, &keys, token, NOW) != JWT_INVALID)
		fail_msg("not refused: %s: %s", what, token);
	refused++;
}

static void
base64url_is_strict_both_ways(void **state)
{
	static const struct {
		const char *bytes;
		const char *text;
	} good[] = {
		/* RFC 4648, section 10, without padding */
		{ "", "" },
		{ "f", "Zg" },
		{ "fo", "Zm8" },
		{ "foo", "Zm9v" },
		{ "foob", "Zm9vYg" },
		{ "fooba", "Zm9vYmE" },
		{ "foobar", "Zm9vYmFy" },
		{ "\xFB\xEF\xBE\xFF\xFF\xFF", "----____" },
	};
	static const char *const bad[] = { "Z", "A", "Zm9vA",
		"Zg==", "Zm8=", "Zm9v=", "Zh", "Zm9", "Z+", "Z/", "Zg\n", " Zg",
		"Zm9vY", "Z.", "\xC3\xA9", "Zm9vYmF!" };
	unsigned char out[16];

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		size_t size = strlen(good[i].bytes);
		int len = base64url_decode(
		    out, sizeof(out), good[i].text, strlen(good[i].text));

		assert_int_equal(len, size);
		assert_memory_equal(out, good[i].bytes, size);
		assert_string_equal(
		    base64url_encode(arena, good[i].bytes, size), good[i].text);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (base64url_decode(
			out, sizeof(out), bad[i], strlen(bad[i])) != -1)
			fail_msg("\"%s\" was taken", bad[i]);
	assert_int_equal(base64url_decode(out, 3, "Zm9v", 4), 3);
	assert_int_equal(base64url_decode(out, 2, "Zm9v", 4), -1);
}

/* RFC 7515, appendix A.1: the test's own signatures rest on it. */
static void
the_rfcs_example_has_the_rfcs_signature(void **state)
{
	static const char key[] =
	    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0i"
	    "PS4hcgUuTwjAzZr1Z9CAow";
	static const char signing[] =
	    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
	    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
	    "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
	static const char signature[] =
	    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
	unsigned char secret[64];
	unsigned char mac[32];
	const char *digest;

	(void)state;
	assert_int_equal(
	    base64url_decode(secret, sizeof(secret), key, strlen(key)), 64);
	assert_string_equal(
	    sign(signing, secret, sizeof(secret), "SHA256"), signature);
	assert_int_equal(
	    base64url_decode(mac, sizeof(mac), signature, strlen(signature)),
	    32);
	digest = token_digest(arena, secret, sizeof(secret), signing);
	for (size_t i = 0; i < sizeof(mac); i++)
		assert_memory_equal(
		    arena_printf(arena, "%02x", mac[i]), digest + 2 * i, 2);
}

static void
a_token_of_ours_comes_back_whole(void **state)
{
	static const struct jwt_claims given = { .sub = "42",
		.type = "access",
		.role = "creator",
		.session = UUID,
		.jti = UUID,
		.iat = NOW,
		.exp = NOW + 3600 };
	struct jwt_claims claims;
	const char *token = jwt_sign(arena, &keys, &given);

	(void)state;
	assert_string_equal(token, forge(HEADER, PAYLOAD));
	assert_int_equal(jwt_verify(&claims, arena, &keys, token, NOW), JWT_OK);
	assert_string_equal(claims.sub, "42");
	assert_string_equal(claims.type, "access");
	assert_string_equal(claims.role, "creator");
	assert_string_equal(claims.session, UUID);
	assert_string_equal(claims.jti, UUID);
	assert_int_equal(claims.iat, NOW);
	assert_int_equal(claims.exp, NOW + 3600);
}

static void
role_and_session_may_be_absent(void **state)
{
	struct jwt_claims given = { .sub = "9223372036854775807",
		.type = "refresh",
		.jti = UUID,
		.iat = NOW,
		.exp = NOW + 1 };
	struct jwt_claims claims;

	(void)state;
	assert_int_equal(jwt_verify(&claims, arena, &keys,
			     jwt_sign(arena, &keys, &given), NOW),
	    JWT_OK);
	assert_null(claims.role);
	assert_null(claims.session);
	assert_string_equal(claims.sub, "9223372036854775807");
}

static void
only_a_good_token_is_called_expired(void **state)
{
	const char *token = forge(HEADER, PAYLOAD);
	struct jwt_claims claims;
	char *bent = arena_strdup(arena, token);

	(void)state;
	assert_int_equal(
	    jwt_verify(&claims, arena, &keys, token, NOW + 3599), JWT_OK);
	assert_int_equal(
	    jwt_verify(&claims, arena, &keys, token, NOW + 3600), JWT_EXPIRED);
	assert_int_equal(
	    jwt_verify(&claims, arena, &keys, token, INT64_MAX / 2),
	    JWT_EXPIRED);
	bent[strlen(bent) - 2] = bent[strlen(bent) - 2] == 'A' ? 'B' : 'A';
	assert_int_equal(
	    jwt_verify(&claims, arena, &keys, bent, NOW + 3600), JWT_INVALID);
	/* A minute is what clocks of ours may differ by. */
	assert_int_equal(
	    jwt_verify(&claims, arena, &keys, token, NOW - 60), JWT_OK);
	assert_int_equal(
	    jwt_verify(&claims, arena, &keys, token, NOW - 61), JWT_INVALID);
}

static void
a_key_in_turn_keeps_old_tokens_good(void **state)
{
	struct jwt_keys before, after;
	struct jwt_claims claims;
	const char *why;
	const char *token;
	static const struct jwt_claims given = { .sub = "7",
		.type = "access",
		.jti = UUID,
		.iat = NOW,
		.exp = NOW + 60 };

	(void)state;
	assert_true(jwt_keys_parse(&before, arena, "old_1:" OLD_SECRET, &why));
	assert_true(jwt_keys_parse(&after, arena, "2026-01:" NEW_SECRET, &why));
	token = jwt_sign(arena, &before, &given);
	assert_int_equal(jwt_verify(&claims, arena, &keys, token, NOW), JWT_OK);
	assert_int_equal(
	    jwt_verify(&claims, arena, &after, token, NOW), JWT_INVALID);
	/* The first key signs. */
	assert_int_equal(jwt_verify(&claims, arena, &after,
			     jwt_sign(arena, &keys, &given), NOW),
	    JWT_OK);
}

/* What kind of token it is, the caller judges. */
static void
the_type_is_handed_on_as_it_stands(void **state)
{
	static const char *const types[] = { "refresh", "Access", "reset",
		"acc\xC3\xA8s", "access " };
	struct jwt_claims claims;

	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		const char *token = forge(HEADER,
		    arena_printf(arena,
			"{\"sub\":\"42\",\"type\":\"%s\",\"jti\":\"" UUID "\","
			"\"iat\":1760000000,\"exp\":1760003600}",
			types[i]));

		assert_int_equal(
		    jwt_verify(&claims, arena, &keys, token, NOW), JWT_OK);
		assert_string_equal(claims.type, types[i]);
	}
}

static void
claims_nobody_knows_do_no_harm(void **state)
{
	struct jwt_claims claims;

	(void)state;
	assert_int_equal(
	    jwt_verify(&claims, arena, &keys,
		forge(HEADER,
		    "{\"iss\":\"x\",\"sub\":\"42\",\"type\":\"access\","
		    "\"jti\":\"" UUID
		    "\",\"iat\":1760000000,\"exp\":1760003600,"
		    "\"nbf\":1760000000,\"fresh\":false,\"csrf\":{\"a\":[]}}"),
		NOW),
	    JWT_OK);
}

/* Each carries the signature that is right for it. */
static void
another_header_is_refused_however_well_signed(void **state)
{
	static const char *const headers[] = {
		"{\"alg\":\"none\"}",
		"{\"alg\":\"none\",\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":\"None\",\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":\"nOnE\",\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":\"\",\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":null,\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":\"hs256\",\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":\"HS384\",\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":\"HS512\",\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":\"RS256\",\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":\"ES256\",\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":\"PS256\",\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":\"EdDSA\",\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":[\"HS256\"],\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":\"HS256\"}",
		"{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
		"{\"alg\":\"HS256\",\"kid\":\"2026-01\"}",
		"{\"alg\":\"HS256\",\"kid\":\"\",\"typ\":\"JWT\"}",
		"{\"alg\":\"HS256\",\"kid\":\"2026-02\",\"typ\":\"JWT\"}",
		"{\"alg\":\"HS256\",\"kid\":\"2026-0\",\"typ\":\"JWT\"}",
		"{\"alg\":\"HS256\",\"kid\":\"2026-011\",\"typ\":\"JWT\"}",
		"{\"alg\":\"HS256\",\"kid\":\"../../dev/"
		"null\",\"typ\":\"JWT\"}",
		"{\"alg\":\"HS256\",\"kid\":\"' or '1'='1\",\"typ\":\"JWT\"}",
		"{\"alg\":\"HS256\",\"kid\":2026,\"typ\":\"JWT\"}",
		"{\"alg\":\"HS256\",\"kid\":\"2026-01\",\"typ\":\"jwt\"}",
		"{\"alg\":\"HS256\",\"kid\":\"2026-01\",\"typ\":\"at+jwt\"}",
		"{\"alg\":\"HS256\",\"kid\":\"2026-01\",\"typ\":\"JOSE\"}",
		"{\"kid\":\"2026-01\",\"alg\":\"HS256\",\"typ\":\"JWT\"}",
		"{\"typ\":\"JWT\",\"alg\":\"HS256\",\"kid\":\"2026-01\"}",
		"{\"alg\": \"HS256\",\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		" " HEADER,
		HEADER " ",
		HEADER "\n",
		HEADER HEADER,
		"{\"alg\":\"HS256\",\"alg\":\"none\",\"kid\":\"2026-01\","
		"\"typ\":\"JWT\"}",
		"{\"alg\":\"none\",\"alg\":\"HS256\",\"kid\":\"2026-01\","
		"\"typ\":\"JWT\"}",
		"{\"\\u0061lg\":\"HS256\",\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":\"HS256\",\"kid\":\"2026-01\",\"typ\":\"JWT\","
		"\"crit\":[\"exp\"]}",
		"{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1,"
		"\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"],"
		"\"kid\":\"2026-01\",\"typ\":\"JWT\"}",
		"{\"alg\":\"HS256\",\"kid\":\"2026-01\",\"typ\":\"JWT\","
		"\"jku\":\"https://evil.example/keys\"}",
		"{\"alg\":\"HS256\",\"kid\":\"2026-01\",\"typ\":\"JWT\","
		"\"x5u\":\"https://evil.example/cert\"}",
		"{\"alg\":\"HS256\",\"kid\":\"2026-01\",\"typ\":\"JWT\","
		"\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}",
		"{\"alg\":\"HS256\",\"kid\":\"2026-01\",\"typ\":\"JWT\","
		"\"zip\":\"DEF\"}",
		"{\"alg\":\"HS256\",\"kid\":\"2026-01\",\"cty\":\"JWT\","
		"\"typ\":\"JWT\"}",
		"{\"alg\":\"HS\xEF\xBC\x92"
		"56\",\"kid\":\"2026-01\","
		"\"typ\":\"JWT\"}",
		"\xEF\xBB\xBF" HEADER,
		"{}",
		"[]",
		"\"HS256\"",
		"null",
		"",
	};
	const char *payload = base64url_encode(arena, PAYLOAD, strlen(PAYLOAD));

	(void)state;
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
		const char *header =
		    base64url_encode(arena, headers[i], strlen(headers[i]));

		assert_refused(forge(headers[i], PAYLOAD), headers[i]);
		/* As for alg none: no signature, or another's. */
		assert_refused(
		    arena_printf(arena, "%s.%s.", header, payload), headers[i]);
		assert_refused(
		    arena_printf(arena, "%s.%s", header, payload), headers[i]);
		assert_refused(arena_printf(arena, "%s.%s.%s", header, payload,
				   strrchr(forge(HEADER, PAYLOAD), '.') + 1),
		    headers[i]);
	}
}

#define CLAIMS(rest)                                                           \
	"{\"sub\":\"42\",\"type\":\"access\",\"jti\":\"" UUID "\"," rest
#define TIMES "\"iat\":1760000000,\"exp\":1760003600"

static void
another_payload_is_refused_however_well_signed(void **state)
{
	static const char *const payloads[] = {
		"",
		"{",
		"}",
		"null",
		"true",
		"42",
		"\"sub\"",
		"[]",
		"{}",
		"[" PAYLOAD "]",
		PAYLOAD PAYLOAD,
		PAYLOAD ",",
		PAYLOAD "x",
		"\xEF\xBB\xBF" PAYLOAD,
		/* missing */
		"{\"type\":\"access\",\"jti\":\"" UUID "\"," TIMES "}",
		"{\"sub\":\"42\",\"jti\":\"" UUID "\"," TIMES "}",
		"{\"sub\":\"42\",\"type\":\"access\"," TIMES "}",
		CLAIMS("\"exp\":1760003600}"),
		CLAIMS("\"iat\":1760000000}"),
		/* of another type */
		"{\"sub\":42,\"type\":\"access\",\"jti\":\"" UUID "\"," TIMES
		"}",
		"{\"sub\":null,\"type\":\"access\",\"jti\":\"" UUID "\"," TIMES
		"}",
		"{\"sub\":[\"42\"],\"type\":\"access\",\"jti\":\"" UUID
		"\"," TIMES "}",
		"{\"sub\":\"42\",\"type\":true,\"jti\":\"" UUID "\"," TIMES "}",
		"{\"sub\":\"42\",\"type\":{},\"jti\":\"" UUID "\"," TIMES "}",
		"{\"sub\":\"42\",\"type\":\"access\",\"jti\":1," TIMES "}",
		CLAIMS("\"user_type\":1," TIMES "}"),
		CLAIMS("\"user_type\":[\"admin\"]," TIMES "}"),
		CLAIMS("\"sid\":1," TIMES "}"),
		CLAIMS("\"sid\":\"\"," TIMES "}"),
		CLAIMS("\"sid\":\"no uuid\"," TIMES "}"),
		"{\"sub\":\"42\",\"type\":\"access\",\"jti\":\"x\"," TIMES "}",
		/* no user's id */
		"{\"sub\":\"\",\"type\":\"access\",\"jti\":\"" UUID "\"," TIMES
		"}",
		"{\"sub\":\"0\",\"type\":\"access\",\"jti\":\"" UUID "\"," TIMES
		"}",
		"{\"sub\":\"-1\",\"type\":\"access\",\"jti\":\"" UUID
		"\"," TIMES "}",
		"{\"sub\":\"+1\",\"type\":\"access\",\"jti\":\"" UUID
		"\"," TIMES "}",
		"{\"sub\":\" 1\",\"type\":\"access\",\"jti\":\"" UUID
		"\"," TIMES "}",
		"{\"sub\":\"042\",\"type\":\"access\",\"jti\":\"" UUID
		"\"," TIMES "}",
		"{\"sub\":\"4e1\",\"type\":\"access\",\"jti\":\"" UUID
		"\"," TIMES "}",
		"{\"sub\":\"42a\",\"type\":\"access\",\"jti\":\"" UUID
		"\"," TIMES "}",
		"{\"sub\":\"12345678901234567890\",\"type\":\"access\","
		"\"jti\":\"" UUID "\"," TIMES "}",
		"{\"sub\":\"9223372036854775808\",\"type\":\"access\","
		"\"jti\":\"" UUID "\"," TIMES "}",
		"{\"sub\":\"\xD9\xA4\xD9\xA2\",\"type\":\"access\","
		"\"jti\":\"" UUID "\"," TIMES "}",
		"{\"sub\":\"\xEF\xBC\x94\xEF\xBC\x92\",\"type\":\"access\","
		"\"jti\":\"" UUID "\"," TIMES "}",
		"{\"sub\":\"42\\u0000\",\"type\":\"access\",\"jti\":"
		"\"x\"," TIMES "}",
		"{\"sub\":\"42\",\"type\":\"access\\u0000x\",\"jti\":"
		"\"x\"," TIMES "}",
		"{\"sub\":\"42\",\"type\":\"\",\"jti\":\"" UUID "\"," TIMES "}",
		"{\"sub\":\"42\",\"type\":\"access\",\"jti\":\"\"," TIMES "}",
		/* times */
		CLAIMS("\"iat\":1760000061,\"exp\":1760003600}"),
		CLAIMS("\"iat\":9223372036854775807,"
		       "\"exp\":9223372036854775807}"),
		CLAIMS("\"iat\":1760000000,\"exp\":1760003600.5}"),
		CLAIMS("\"iat\":1760000000,\"exp\":1760003600.0}"),
		CLAIMS("\"iat\":1760000000,\"exp\":1.7600036e9}"),
		CLAIMS("\"iat\":1760000000,\"exp\":1e300}"),
		CLAIMS("\"iat\":1760000000,\"exp\":\"1760003600\"}"),
		CLAIMS("\"iat\":1760000000,\"exp\":true}"),
		CLAIMS("\"iat\":1760000000,\"exp\":null}"),
		CLAIMS("\"iat\":1760000000,\"exp\":[1760003600]}"),
		CLAIMS("\"iat\":1760000000,\"exp\":-1}"),
		CLAIMS("\"iat\":1760000000,\"exp\":NaN}"),
		CLAIMS("\"iat\":1760000000,\"exp\":Infinity}"),
		CLAIMS("\"iat\":1760000000,\"exp\":01760003600}"),
		CLAIMS("\"iat\":\"1760000000\",\"exp\":1760003600}"),
		CLAIMS("\"iat\":1759999999.5,\"exp\":1760003600}"),
		CLAIMS("\"iat\":-1,\"exp\":1760003600}"),
		CLAIMS("\"iat\":null,\"exp\":1760003600}"),
		CLAIMS("\"iat\":1760000000,\"exp\":1760000000}"),
		CLAIMS("\"iat\":1760000000,\"exp\":1759999999}"),
		CLAIMS(TIMES ",\"nbf\":1760000001}"),
		CLAIMS(TIMES ",\"nbf\":\"1759999999\"}"),
		CLAIMS(TIMES ",\"nbf\":1.5}"),
		/* a key twice, plain or in disguise */
		CLAIMS(TIMES ",\"sub\":\"43\"}"),
		CLAIMS(TIMES ",\"sub\":\"42\"}"),
		CLAIMS(TIMES ",\"type\":\"refresh\"}"),
		CLAIMS(TIMES ",\"exp\":1860003600}"),
		CLAIMS(TIMES ",\"\\u0073ub\":\"43\"}"),
		CLAIMS(TIMES ",\"s\\u0075b\":\"43\"}"),
		CLAIMS(TIMES ",\"x\":{\"a\":1,\"a\":2}}"),
		CLAIMS(TIMES ",\"crit\":[\"exp\"]}"),
		/* no JSON in the strict sense */
		CLAIMS(TIMES ",}"),
		CLAIMS(TIMES),
		"{'sub':'42','type':'access','jti':'" UUID "'," TIMES "}",
		"{sub:\"42\",\"type\":\"access\",\"jti\":\"" UUID "\"," TIMES
		"}",
		"/**/" CLAIMS(TIMES "}"),
		CLAIMS(TIMES "}//"),
		CLAIMS(TIMES ",\"x\":\"\xFF\"}"),
		CLAIMS(TIMES ",\"x\":\"\xC0\xAF\"}"),
		CLAIMS(TIMES ",\"x\":\"\xED\xA0\x80\"}"),
		CLAIMS(TIMES ",\"x\":\"\n\"}"),
		CLAIMS(TIMES ",\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
			     "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(payloads) / sizeof(payloads[0]); i++)
		assert_refused(forge(HEADER, payloads[i]), payloads[i]);
	assert_refused(
	    forge_bytes(HEADER, PAYLOAD "\0", sizeof(PAYLOAD)), "a NUL");
	assert_refused(
	    forge_bytes(HEADER, PAYLOAD "\0{}", sizeof(PAYLOAD) + 2), "a NUL");
}

/* Every place of the token, with two neighbours of the letter there. */
static void
one_letter_changed_anywhere_is_refused(void **state)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789-_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef";
	static const size_t steps[] = { 1, 2, 4, 8, 16, 32 };
	const char *token = forge(HEADER, PAYLOAD);

	(void)state;
	for (size_t i = 0; i < strlen(token); i++) {
		char *bent = arena_strdup(arena, token);
		const char *at = strchr(letters, token[i]);

		bent[i] = '.';
		if (token[i] != '.')
			assert_refused(bent, "a dot put in");
		bent[i] = 'A';
		if (token[i] == '.')
			assert_refused(bent, "a dot taken out");
		/* The last letter's two low bits say nothing when decoded. */
		for (size_t j = 0; token[i] != '.' && j < 6; j++) {
			bent[i] = at[steps[j]];
			assert_refused(bent, "a letter changed");
		}
	}
}

static void
a_cut_or_longer_token_is_refused(void **state)
{
	const char *token = forge(HEADER, PAYLOAD);
	size_t size = strlen(token);

	(void)state;
	for (size_t len = 0; len < size; len++)
		assert_refused(arena_memdup(arena, token, len), "cut");
	for (size_t skip = 1; skip < size; skip += 7)
		assert_refused(token + skip, "cut in front");
	assert_refused(
	    forge(HEADER,
		arena_printf(arena, CLAIMS(TIMES ",\"x\":\"%01600d\"}"), 0)),
	    "longer than tokens may be");
}

static void
another_spelling_of_a_good_token_is_refused(void **state)
{
	static const char *const shapes[] = { "%s=", "%s==", "%s.", ".%s",
		"%s..", "%s.AAAA", " %s", "%s ", "%s\n", "%s\r\n", "\t%s",
		"Bearer %s", "\"%s\"", "%s%%00", "%s,%s", "%s\xC2\xA0",
		"\xEF\xBB\xBF%s", "%s\xE2\x80\x8B" };
	const char *token = forge(HEADER, PAYLOAD);
	const char *payload = strchr(token, '.') + 1;
	const char *mac = strrchr(token, '.') + 1;
	int header = (int)(payload - token - 1);
	int middle = (int)(mac - payload - 1);

	(void)state;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		const char *at = strstr(shapes[i], "%s");

		assert_refused(
		    arena_printf(arena, "%.*s%s%s", (int)(at - shapes[i]),
			shapes[i], token, at + 2),
		    shapes[i]);
	}
	assert_refused(arena_printf(arena, "%.*s=.%s", header, token, payload),
	    "a padded header");
	assert_refused(arena_printf(arena, "%.*s.%.*s=.%s", header, token,
			   middle, payload, mac),
	    "a padded payload");
	assert_refused(arena_printf(arena, "%.*s.%.*s==.%s", header, token,
			   middle, payload, mac),
	    "a padded payload");
	assert_refused(arena_printf(arena, "%.*s..%.*s.%s", header, token,
			   middle, payload, mac),
	    "two dots");
	assert_refused(arena_printf(arena, "%.*s.%.*s..%s", header, token,
			   middle, payload, mac),
	    "two dots");
	assert_refused(
	    arena_printf(arena, "%.*s..%s", header, token, mac), "no payload");
	assert_refused(arena_printf(arena, ".%s", payload), "no header");
	assert_refused(
	    arena_printf(arena, "%.*s.%.*s.", header, token, middle, payload),
	    "no signature");
	assert_refused(arena_printf(arena, "%s.%.*s", mac, header, token),
	    "parts in another order");
	assert_refused(arena_printf(arena, "%s.%.*s.%.*s", mac, middle, payload,
			   header, token),
	    "parts in another order");
	/* A good signature over a payload that is no base64url. */
	for (int i = 0; i < 4; i++) {
		static const char *const ends[] = { "=", "+", ".", "\xC3\xA9" };
		const char *signing = arena_printf(arena, "%.*s.%.*s%s", header,
		    token, middle, payload, ends[i]);

		assert_refused(arena_printf(arena, "%s.%s", signing,
				   sign(signing, keys.key[0].secret,
				       keys.key[0].secret_size, "SHA256")),
		    ends[i]);
	}
	assert_refused("", "nothing");
	assert_refused(".", "a dot");
	assert_refused("..", "two dots");
	assert_refused("...", "three dots");
	assert_refused("null", "a word");
	assert_refused("undefined", "a word");
	assert_refused(
	    "{\"payload\":\"e30\",\"signatures\":[]}", "JSON serialization");
}

static void
another_key_or_digest_is_refused(void **state)
{
	static const char *const digests[] = { "SHA1", "SHA224", "SHA384",
		"SHA512", "SHA512-256", "SHA3-256", "MD5" };
	const char *good = forge(HEADER, PAYLOAD);
	const char *signing =
	    arena_memdup(arena, good, (size_t)(strrchr(good, '.') - good));
	const struct jwt_key *first = &keys.key[0];
	const char *header;

	(void)state;
	for (size_t i = 0; i < sizeof(digests) / sizeof(digests[0]); i++) {
		const char *mac = sign(
		    signing, first->secret, first->secret_size, digests[i]);

		assert_refused(
		    arena_printf(arena, "%s.%s", signing, mac), digests[i]);
		assert_refused(
		    arena_printf(arena, "%s.%.43s", signing, mac), digests[i]);
	}
	assert_refused(arena_printf(arena, "%s.%s", signing,
			   sign(signing, keys.key[1].secret,
			       keys.key[1].secret_size, "SHA256")),
	    "the other key's signature");
	assert_refused(
	    arena_printf(arena, "%s.%s", signing,
		sign(signing, (const unsigned char *)"secret", 6, "SHA256")),
	    "a guessed secret");
	assert_refused(arena_printf(arena, "%s.%s", signing,
			   sign(signing, (const unsigned char *)NEW_SECRET,
			       strlen(NEW_SECRET), "SHA256")),
	    "the secret's text for its bytes");
	assert_refused(
	    arena_printf(arena, "%s.%s", signing,
		sign(signing, first->secret, first->secret_size - 1, "SHA256")),
	    "a cut secret");
	/* Signed with the first key under the second one's name. */
	header = "{\"alg\":\"HS256\",\"kid\":\"old_1\",\"typ\":\"JWT\"}";
	assert_refused(forge(header, PAYLOAD), "another key's name");
}

static void
no_keys_let_nothing_in(void **state)
{
	struct jwt_keys none = { .count = 0 };
	struct jwt_claims claims;

	(void)state;
	assert_int_equal(
	    jwt_verify(&claims, arena, &none, forge(HEADER, PAYLOAD), NOW),
	    JWT_INVALID);
	assert_null(claims.sub);
}

static void
more_than_200_forgeries_were_tried(void **state)
{
	(void)state;
	assert_true(refused > 200);
}

static void
keys_are_read_in_hex_and_base64url(void **state)
{
	struct jwt_keys k;
	const char *why;

	(void)state;
	assert_int_equal(keys.count, 2);
	assert_string_equal(keys.key[0].kid, "2026-01");
	assert_int_equal(keys.key[0].secret_size, 32);
	assert_int_equal(keys.key[0].secret[0], 0x3f);
	assert_string_equal(keys.key[1].kid, "old_1");
	assert_int_equal(keys.key[1].secret_size, 32);
	assert_memory_equal(keys.key[1].secret, "Old-secret-1234567890", 21);
	/* 64 letters that could be hex are; 43 are not. */
	assert_true(jwt_keys_parse(&k, arena,
	    "a:0123456789abcdef0123456789ABCDEF0123456789abcdef"
	    "0123456789ABCDEF",
	    &why));
	assert_int_equal(k.key[0].secret_size, 32);
	assert_int_equal(k.key[0].secret[31], 0xEF);
	assert_true(jwt_keys_parse(
	    &k, arena, "a:0123456789abcdef0123456789abcdef01234567898", &why));
	assert_int_equal(k.key[0].secret_size, 32);
}

static void
bad_keys_are_refused_with_a_reason(void **state)
{
	static const struct {
		const char *text;
		const char *why;
	} bad[] = {
		{ "", "without ':'" },
		{ "abc", "without ':'" },
		{ NEW_SECRET, "without ':'" },
		{ ":" NEW_SECRET, "kid" },
		{ "a b:" NEW_SECRET, "kid" },
		{ "a\":" NEW_SECRET, "kid" },
		{ "\xC3\xA9:" NEW_SECRET, "kid" },
		{ "abcdefghijklmnopqrstuvwxyz0123456:" NEW_SECRET, "kid" },
		{ "a:", "below 32" },
		{ "a:c2VjcmV0", "below 32" },
		{ "a:3f8a0c5d7e91b24680acf1357bd9e240", "below 32" },
		{ "a:" OLD_SECRET "=", "neither" },
		{ "a:not a secret", "neither" },
		{ "a:" NEW_SECRET ":b", "neither" },
		{ "a:" NEW_SECRET ",", "without ':'" },
		{ "," NEW_SECRET, "without ':'" },
		{ "a:" NEW_SECRET ",a:" OLD_SECRET, "twice" },
		{ "a:00000000000000000000000000000000"
		  "00000000000000000000000000000000",
		    "not random" },
		{ "a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		    "not random" },
		{ "a:AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75"
		  "aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
		    "published" },
		{ "1:" NEW_SECRET ",2:" NEW_SECRET ",3:" NEW_SECRET
		  ",4:" NEW_SECRET ",5:" NEW_SECRET ",6:" NEW_SECRET
		  ",7:" NEW_SECRET ",8:" NEW_SECRET ",9:" NEW_SECRET,
		    "more than 8" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct jwt_keys k;
		const char *why = NULL;

		if (jwt_keys_parse(&k, arena, bad[i].text, &why))
			fail_msg("\"%s\" was taken", bad[i].text);
		assert_int_equal(k.count, 0);
		if (strstr(why, bad[i].why) == NULL)
			fail_msg("\"%s\": %s", bad[i].text, why);
	}
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_keys, close_arena)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(base64url_is_strict_both_ways),
		CASE(the_rfcs_example_has_the_rfcs_signature),
		CASE(a_token_of_ours_comes_back_whole),
		CASE(role_and_session_may_be_absent),
		CASE(only_a_good_token_is_called_expired),
		CASE(a_key_in_turn_keeps_old_tokens_good),
		CASE(the_type_is_handed_on_as_it_stands),
		CASE(claims_nobody_knows_do_no_harm),
		CASE(another_header_is_refused_however_well_signed),
		CASE(another_payload_is_refused_however_well_signed),
		CASE(one_letter_changed_anywhere_is_refused),
		CASE(a_cut_or_longer_token_is_refused),
		CASE(another_spelling_of_a_good_token_is_refused),
		CASE(another_key_or_digest_is_refused),
		CASE(no_keys_let_nothing_in),
		CASE(more_than_200_forgeries_were_tried),
		CASE(keys_are_read_in_hex_and_base64url),
		CASE(bad_keys_are_refused_with_a_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
