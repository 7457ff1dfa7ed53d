/* gzip_test.c: who takes packed bytes, and what is in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "lib/gzip.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
an_accept_encoding_takes_gzip_or_not(void **state)
{
	static const struct {
		const char *accepts;
		bool taken;
	} cases[] = {
		{ "gzip", true },
		{ "GZip", true },
		{ "gzip, deflate, br, zstd", true },
		{ "br,\tgzip", true },
		{ "br;q=1.0,gzip;q=0.5", true },
		{ "gzip ; Q=0.001 , br", true },
		{ "gzip;q=1", true },
		{ "*", true },
		{ "br, *;q=0.1", true },
		{ "*;q=0, gzip", true },
		{ "identity;q=0, *", true },
		{ "", false },
		{ ",, ,", false },
		{ "br", false },
		{ "identity", false },
		{ "gzi", false },
		{ "gzipped", false },
		{ "x-gzip", false },
		{ "gzip deflate", false },
		{ "gzip;q=0", false },
		{ "gzip;q=0.000, br", false },
		{ "gzip; q=0,br;q=1", false },
		{ "gzip;q=0, *", false },
		{ "*, gzip;q=0", false },
		{ "*;q=0", false },
		{ "gzip;q=", false },
		{ "gzip;q=, 1", false },
		{ "gzip;q=-1", false },
		{ "gzip;q=many", false },
		{ "gzip;", false },
		{ "gzip;level=1", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (gzip_taken(cases[i].accepts) != cases[i].taken)
			fail_msg("\"%s\"", cases[i].accepts);
}

/* b is gzip's form of the bytes, and of nothing more. */
static void
assert_packed(const struct buf *b, const char *bytes, size_t size)
{
	char *out = malloc(size + 1);
	z_stream z = {
		.next_in = (Bytef *)b->data,
		.avail_in = (uInt)b->len,
		.next_out = (Bytef *)out,
		.avail_out = (uInt)size + 1,
	};

	assert_non_null(out);
	assert_int_equal(inflateInit2(&z, MAX_WBITS + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.avail_in, 0);
	assert_int_equal(z.total_out, size);
	assert_memory_equal(out, bytes, size);
	(void)inflateEnd(&z);
	free(out);
}

/* From below the smallest window to past the largest. */
static void
bytes_of_every_size_come_out_as_they_went_in(void **state)
{
	static const size_t sizes[] = { 200, 249, 250, 251, 1000, 1785, 1786,
		1787, 2600, 16121, 16122, 16123, 40000, 1000000 };

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct arena *a = arena_open();
		char *bytes = arena_alloc(a, sizes[i]);
		struct buf b;

		for (size_t j = 0; j < sizes[i]; j++)
			bytes[j] = "{\"id\":0123456789}"[j * j % 97 % 17];
		buf_open(&b, a, sizes[i]);
		buf_add(&b, bytes, sizes[i]);
		assert_true(gzip_pack(&b));
		assert_true(b.len < sizes[i]);
		assert_packed(&b, bytes, sizes[i]);
		arena_close(a);
	}
}

static void
what_saves_nothing_stays_as_it_was(void **state)
{
	static const char *const texts[] = { "", "{}", "{\"id\":1}" };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct arena *a = arena_open();
		struct buf b;

		buf_open(&b, a, 100);
		buf_text(&b, texts[i]);
		assert_false(gzip_pack(&b));
		assert_string_equal(b.data, texts[i]);
		assert_int_equal(b.len, strlen(texts[i]));
		arena_close(a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_accept_encoding_takes_gzip_or_not),
		cmocka_unit_test(bytes_of_every_size_come_out_as_they_went_in),
		cmocka_unit_test(what_saves_nothing_stays_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
