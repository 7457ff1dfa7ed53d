/* arena_test.c: alignment, zeros, and the order in which things end. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"

static void
blocks_are_aligned_and_zero(void **state)
{
	struct arena *a = arena_open();

	(void)state;
	for (size_t size = 0; size < 20000; size = size * 3 / 2 + 1) {
		unsigned char *p = arena_alloc(a, size);

		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, size); /* the next one must be clean again */
	}
	arena_close(a);
}

static void
blocks_do_not_overlap(void **state)
{
	enum { COUNT = 1000 };
	struct arena *a = arena_open();
	unsigned char *p[COUNT];

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		p[i] = arena_alloc(a, i % 50 + 1);
		memset(p[i], (int)(i & 0xff), i % 50 + 1);
	}
	for (size_t i = 0; i < COUNT; i++)
		for (size_t k = 0; k < i % 50 + 1; k++)
			assert_int_equal(p[i][k], i & 0xff);
	arena_close(a);
}

static void
texts_are_copied_whole(void **state)
{
	static const size_t sizes[] = { 0, 1, 254, 255, 256, 257, 20000 };
	struct arena *a = arena_open();

	(void)state;
	assert_memory_equal(arena_memdup(a, "a\0b", 3), "a\0b", 4);
	assert_string_equal(arena_strdup(a, "creator"), "creator");
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		char *text = arena_printf(a, "%*s", (int)sizes[i], "");

		assert_int_equal(strlen(text), sizes[i]);
	}
	assert_true(arena_used(a) > 20000);
	arena_close(a);
}

static char order[8];
static size_t ended;

static void
note(void *letter)
{
	order[ended++] = *(const char *)letter;
}

static void
what_was_handed_over_ends_last_in_first_out(void **state)
{
	struct arena *a = arena_open();

	(void)state;
	ended = 0;
	arena_defer(a, note, arena_strdup(a, "a"));
	arena_defer(a, note, arena_strdup(a, "b"));
	arena_defer(a, note, arena_strdup(a, "c"));
	arena_close(a);
	assert_string_equal(order, "cba");
	arena_close(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_are_aligned_and_zero),
		cmocka_unit_test(blocks_do_not_overlap),
		cmocka_unit_test(texts_are_copied_whole),
		cmocka_unit_test(what_was_handed_over_ends_last_in_first_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
