/* table_test.c: what has a number is found by it, however many there are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lib/table.h"

enum { MANY = 5000 };

struct thing {
	struct table_entry entry;
	int seen;
};

static void
open_full(struct table *t, struct thing *things, int64_t step)
{
	table_open(t);
	for (int i = 0; i < MANY; i++) {
		things[i] = (struct thing){ .entry.id = (i - 7) * step };
		table_add(t, &things[i].entry);
	}
}

static void
each_of_many_is_found_and_no_other(void **state)
{
	static const int64_t steps[] = { 1, 2, 1024, INT64_C(1) << 32, -3 };
	static struct thing things[MANY];

	(void)state;
	for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
		struct table t;

		open_full(&t, things, steps[s]);
		for (int i = 0; i < MANY; i++)
			assert_ptr_equal(
			    table_find(&t, things[i].entry.id), &things[i]);
		assert_null(table_find(&t, MANY * steps[s]));
		assert_null(table_find(&t, INT64_MIN));
		table_close(&t);
	}
}

static void
what_was_removed_is_not_found(void **state)
{
	static struct thing things[MANY];
	struct table t;

	(void)state;
	open_full(&t, things, 1);
	for (int i = 0; i < MANY; i += 2)
		table_remove(&t, &things[i].entry);
	assert_int_equal(t.count, MANY / 2);
	for (int i = 0; i < MANY; i++)
		assert_ptr_equal(table_find(&t, things[i].entry.id),
		    i % 2 == 0 ? NULL : &things[i]);
	table_add(&t, &things[0].entry);
	assert_ptr_equal(table_find(&t, things[0].entry.id), &things[0]);
	table_close(&t);
}

static void
a_walk_sees_each_once_and_may_remove_what_it_has_seen(void **state)
{
	static struct thing things[MANY];
	struct thing *next;
	struct table t;
	int count = 0;

	(void)state;
	open_full(&t, things, 1);
	for (struct thing *e = table_next(&t, NULL); e != NULL; e = next) {
		next = table_next(&t, &e->entry);
		e->seen++;
		count++;
		if (e->entry.id % 3 == 0)
			table_remove(&t, &e->entry);
	}
	assert_int_equal(count, MANY);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(things[i].seen, 1);
	for (struct thing *e = table_next(&t, NULL); e != NULL;
	     e = table_next(&t, &e->entry))
		assert_int_not_equal(e->entry.id % 3, 0);
	table_close(&t);
}

static void
an_empty_one_has_nothing(void **state)
{
	struct table t;

	(void)state;
	table_open(&t);
	assert_null(table_find(&t, 0));
	assert_null(table_next(&t, NULL));
	table_close(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_of_many_is_found_and_no_other),
		cmocka_unit_test(what_was_removed_is_not_found),
		cmocka_unit_test(
		    a_walk_sees_each_once_and_may_remove_what_it_has_seen),
		cmocka_unit_test(an_empty_one_has_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
