/* token_test.c: identifiers, codes and digests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/token.h"

static struct arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_open();
	return 0;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static void
a_uuid_is_a_random_one_in_lower_case(void **state)
{
	(void)state;
	for (int i = 0; i < 1000; i++) {
		const char *uuid = token_uuid(arena);

		assert_int_equal(strlen(uuid), TOKEN_UUID_SIZE - 1);
		for (size_t j = 0; j < strlen(uuid); j++) {
			if (j == 8 || j == 13 || j == 18 || j == 23)
				assert_int_equal(uuid[j], '-');
			else
				assert_non_null(
				    strchr("0123456789abcdef", uuid[j]));
		}
		assert_int_equal(uuid[14], '4');
		assert_non_null(strchr("89ab", uuid[19]));
	}
}

static void
a_trace_is_32_hex_digits(void **state)
{
	const char *trace = token_trace(arena);

	(void)state;
	assert_int_equal(strlen(trace), 32);
	assert_int_equal(strspn(trace, "0123456789abcdef"), 32);
	assert_int_equal(trace[12], '4');
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
no_identifier_comes_twice(void **state)
{
	enum { COUNT = 2000 };
	static char *seen[COUNT];

	(void)state;
	for (int i = 0; i < COUNT; i++)
		seen[i] = i % 2 == 0 ? token_uuid(arena) : token_trace(arena);
	qsort(seen, COUNT, sizeof(seen[0]), by_text);
	for (int i = 1; i < COUNT; i++)
		assert_string_not_equal(seen[i - 1], seen[i]);
}

/*
 * 20,000 draws into ten bins, by the first digit and by the last: each bin
 * expects 2,000, and 300 is seven deviations, which no honest run will meet.
 */
static void
a_code_is_six_digits_and_uniform(void **state)
{
	int first[10] = { 0 };
	int last[10] = { 0 };

	(void)state;
	for (int i = 0; i < 20000; i++) {
		const char *code = token_code(arena);

		assert_int_equal(strlen(code), TOKEN_CODE_SIZE - 1);
		assert_int_equal(strspn(code, "0123456789"), 6);
		first[code[0] - '0']++;
		last[code[5] - '0']++;
	}
	for (int i = 0; i < 10; i++) {
		assert_in_range(first[i], 1700, 2300);
		assert_in_range(last[i], 1700, 2300);
	}
}

/* RFC 4231, cases 2 and 6. */
static void
a_digest_is_hmac_sha_256(void **state)
{
	unsigned char key[131];

	(void)state;
	assert_string_equal(
	    token_digest(arena, "Jefe", 4, "what do ya want for nothing?"),
	    "5bdcc146bf60754e6a042426089575c7"
	    "5a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof(key));
	assert_string_equal(token_digest(arena, key, sizeof(key),
				"Test Using Larger Than Block-Size Key - "
				"Hash Key First"),
	    "60e431591ee0b67f0d8a26aacbf5b77f"
	    "8e0bc6213728c5140546040f0ee37f54");
	assert_string_not_equal(token_digest(arena, key, 32, "123456"),
	    token_digest(arena, key, 32, "123457"));
}

/* FIPS 180-4's examples; a NUL is a byte like any other. */
static void
sha256_is_hex_in_lower_case(void **state)
{
	(void)state;
	assert_string_equal(token_sha256(arena, "abc", 3),
	    "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
	assert_string_equal(token_sha256(arena, "", 0),
	    "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855");
	assert_string_not_equal(
	    token_sha256(arena, "a\0b", 3), token_sha256(arena, "a\0c", 3));
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_uuid_is_a_random_one_in_lower_case),
		CASE(a_trace_is_32_hex_digits),
		CASE(no_identifier_comes_twice),
		CASE(a_code_is_six_digits_and_uniform),
		CASE(a_digest_is_hmac_sha_256),
		CASE(sha256_is_hex_in_lower_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
