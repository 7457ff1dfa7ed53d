/* form_test.c: urlencoded forms, in and out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lib/form.h"

static struct arena *arena;
static struct form form;

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

static bool
read_text(const char *text)
{
	return form_read(&form, arena, text, strlen(text));
}

static void
pairs_come_in_the_order_of_the_wire(void **state)
{
	(void)state;
	assert_true(read_text("b=2&a=1&b=3&empty=&bare&=x&&eq=a=b&"));
	assert_int_equal(form.count, 7);
	assert_string_equal(form.pair[0].name, "b");
	assert_string_equal(form.pair[0].value, "2");
	assert_string_equal(form.pair[1].name, "a");
	assert_string_equal(form.pair[2].value, "3");
	assert_string_equal(form.pair[3].value, "");
	assert_string_equal(form.pair[4].name, "bare");
	assert_string_equal(form.pair[4].value, "");
	assert_string_equal(form.pair[5].name, "");
	assert_string_equal(form.pair[5].value, "x");
	assert_string_equal(form.pair[6].value, "a=b");
}

static void
bytes_are_decoded_exactly_once(void **state)
{
	static const struct {
		const char *body;
		const char *value;
	} cases[] = {
		{ "v=a+b", "a b" },
		{ "v=a%20b", "a b" },
		{ "v=%2B", "+" },
		{ "v=%2b%2B", "++" },
		{ "v=%2541", "%41" },
		{ "v=A%26B%3d%2b%25+%c3%a9", "A&B=+% \xC3\xA9" },
		{ "v=1%2c082", "1,082" },
		{ "v=%FF%fe", "\xFF\xFE" },
		{ "v=\xC3\xA9", "\xC3\xA9" },
		{ "v=%0d%0a", "\r\n" },
		{ "%76=1", "1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(read_text(cases[i].body));
		assert_int_equal(form.count, 1);
		assert_string_equal(form.pair[0].name, "v");
		assert_string_equal(form.pair[0].value, cases[i].value);
		assert_int_equal(
		    form.pair[0].value_size, strlen(cases[i].value));
	}
}

static void
a_stray_line_end_is_dropped(void **state)
{
	static const char *const bodies[] = { "a=1&b=2\n", "a=1&b=2\r\n",
		"a=1&b=2\n\r\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		assert_true(read_text(bodies[i]));
		assert_int_equal(form.count, 2);
		assert_string_equal(form.pair[1].value, "2");
	}
}

static void
nothing_is_a_form_of_no_pairs(void **state)
{
	static const char *const bodies[] = { "", "\r\n", "&", "&&&" };

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		assert_true(read_text(bodies[i]));
		assert_int_equal(form.count, 0);
	}
}

static void
bad_bytes_are_refused(void **state)
{
	static const struct {
		const char *body;
		size_t size;
	} bad[] = {
		{ "a=%", 3 },
		{ "a=%4", 4 },
		{ "a=%4g", 5 },
		{ "a=%g4", 5 },
		{ "a=% 41", 6 },
		{ "a=%+1", 5 },
		{ "a=%u0041", 8 },
		{ "a=%%41", 6 },
		{ "%=1", 3 },
		{ "%zz=1", 5 },
		{ "a=1&b=%", 7 },
		{ "a=%&b=41", 8 },
		{ "a=%4&b=1", 8 },
		{ "a=%00", 5 },
		{ "a%00b=1", 7 },
		{ "a=1\0", 4 },
		{ "a\0=1", 4 },
		{ "a=%4\n", 5 },
		/* The byte after the end would make it good. */
		{ "a=%41", 4 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (form_read(&form, arena, bad[i].body, bad[i].size))
			fail_msg("\"%s\" was taken", bad[i].body);
		assert_int_equal(form.count, 0);
	}
}

static void
one_pair_too_many_is_refused(void **state)
{
	struct buf b;

	(void)state;
	buf_open(&b, arena, 65536);
	for (int i = 0; i < FORM_PAIRS; i++)
		form_add(&b, "n", "v");
	assert_true(form_read(&form, arena, b.data, b.len));
	assert_int_equal(form.count, FORM_PAIRS);
	form_add(&b, "n", "v");
	assert_false(form_read(&form, arena, b.data, b.len));
}

static void
a_name_is_found_in_any_case_when_it_is_there_once(void **state)
{
	(void)state;
	assert_true(read_text("Status=Paid&amount=1&AMOUNT=2&hash="));
	assert_string_equal(form_get(&form, "status"), "Paid");
	assert_string_equal(form_get(&form, "STATUS"), "Paid");
	assert_string_equal(form_get(&form, "hash"), "");
	assert_null(form_get(&form, "amount"));
	assert_null(form_get(&form, "reference"));
	assert_null(form_get(&form, ""));
	assert_true(form_twice(&form));
	assert_true(read_text("a=1&b=1&ab=1"));
	assert_false(form_twice(&form));
	assert_true(read_text("a=1&b=1&%61=2"));
	assert_true(form_twice(&form));
}

static void
values_are_escaped_once(void **state)
{
	struct buf b;

	(void)state;
	buf_open(&b, arena, 4096);
	form_add(&b, "id", "1201");
	form_add(&b, "a b", "A&B=+% \xC3\xA9/~*-._\r\n");
	form_add(&b, "e", "");
	assert_string_equal(
	    b.data, "id=1201&a+b=A%26B%3D%2B%25+%C3%A9%2F%7E*-._%0D%0A&e=");
	assert_true(form_read(&form, arena, b.data, b.len));
	assert_string_equal(form.pair[1].value, "A&B=+% \xC3\xA9/~*-._\r\n");
}

static void
every_byte_survives_the_way_out_and_in(void **state)
{
	char bytes[256];
	struct buf b;

	(void)state;
	for (int i = 1; i < 256; i++)
		bytes[i - 1] = (char)i;
	bytes[255] = '\0';
	buf_open(&b, arena, 4096);
	form_add(&b, bytes, bytes);
	assert_true(form_read(&form, arena, b.data, b.len));
	assert_int_equal(form.count, 1);
	assert_string_equal(form.pair[0].name, bytes);
	assert_string_equal(form.pair[0].value, bytes);
	assert_int_equal(form.pair[0].value_size, 255);
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(pairs_come_in_the_order_of_the_wire),
		CASE(bytes_are_decoded_exactly_once),
		CASE(a_stray_line_end_is_dropped),
		CASE(nothing_is_a_form_of_no_pairs),
		CASE(bad_bytes_are_refused),
		CASE(one_pair_too_many_is_refused),
		CASE(a_name_is_found_in_any_case_when_it_is_there_once),
		CASE(values_are_escaped_once),
		CASE(every_byte_survives_the_way_out_and_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
