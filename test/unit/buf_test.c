/* buf_test.c: growth, the cap, and that passing it sticks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/buf.h"

static void
an_empty_buffer_is_a_text(void **state)
{
	struct arena *a = arena_open();
	struct buf b;

	(void)state;
	buf_open(&b, a, 10);
	assert_string_equal(b.data, "");
	assert_int_equal(b.len, 0);
	buf_clear(&b);
	buf_add(&b, NULL, 0);
	buf_text(&b, "");
	assert_string_equal(b.data, "");
	arena_close(a);
}

static void
it_grows_and_keeps_what_it_has(void **state)
{
	struct arena *a = arena_open();
	struct buf b;

	(void)state;
	buf_open(&b, a, 2000000);
	for (int i = 0; i < 100000; i++)
		buf_printf(&b, "%06d,", i);
	assert_int_equal(b.state, BUF_OK);
	assert_int_equal(b.len, 700000);
	for (int i = 0; i < 100000; i += 9999) {
		char *end;

		assert_int_equal(strtol(b.data + (size_t)i * 7, &end, 10), i);
		assert_int_equal(*end, ',');
	}
	assert_int_equal(strlen(b.data), b.len);
	arena_close(a);
}

static void
the_cap_is_exact_and_sticks(void **state)
{
	struct arena *a = arena_open();
	struct buf b;

	(void)state;
	buf_open(&b, a, 5);
	buf_text(&b, "12345");
	assert_int_equal(b.state, BUF_OK);
	buf_char(&b, '6');
	assert_int_equal(b.state, BUF_TOO_BIG);
	assert_string_equal(b.data, "12345");
	buf_clear(&b);
	assert_int_equal(b.state, BUF_OK);
	buf_printf(&b, "%s", "123456");
	assert_int_equal(b.state, BUF_TOO_BIG);
	buf_text(&b, "1"); /* would fit, but something is missing before it */
	assert_int_equal(b.len, 0);
	arena_close(a);
}

static void
long_formats_are_written_whole(void **state)
{
	static const int sizes[] = { 254, 255, 256, 257, 1000 };
	struct arena *a = arena_open();
	struct buf b;

	(void)state;
	buf_open(&b, a, 10000);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		buf_clear(&b);
		buf_printf(&b, "%*d", sizes[i], 7);
		assert_int_equal(b.len, sizes[i]);
		assert_int_equal(b.data[sizes[i] - 1], '7');
		assert_int_equal(b.data[sizes[i]], '\0');
	}
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buffer_is_a_text),
		cmocka_unit_test(it_grows_and_keeps_what_it_has),
		cmocka_unit_test(the_cap_is_exact_and_sticks),
		cmocka_unit_test(long_formats_are_written_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
