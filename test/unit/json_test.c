/* json_test.c: what is JSON and what is not, and the writer's escapes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/json.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool
reads(const char *text, size_t size)
{
	struct arena *a = arena_open();
	struct json_object *tree;
	bool good = json_read(&tree, a, text, size);

	arena_close(a);
	return good;
}

static void
good_texts_are_read(void **state)
{
	static const char *const good[] = {
		"{}",
		"[]",
		"null",
		"true",
		"0",
		"-0",
		"12",
		"\"x\"",
		" {\"a\" : [1, 2.50, -3e2, null, \"\\u00e9\"]}\r\n",
		"{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}",
		"\"\\ud83d\\ude00 \xf0\x9f\x98\x80\"",
		"\"\\u0000\"",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		if (!reads(good[i], strlen(good[i])))
			fail_msg("refused: %s", good[i]);
}

static void
bad_texts_are_refused(void **state)
{
	static const char *const bad[] = {
		"",
		" ",
		"{",
		"{\"a\"}",
		"{\"a\":}",
		"{\"a\":1,}",
		"{,}",
		"[1,]",
		"[1 2]",
		"{'a':1}",
		"{a:1}",
		"{\"a\":1}}",
		"{} {}",
		"nul",
		"NULL",
		"True",
		"NaN",
		"Infinity",
		"-Infinity",
		"01",
		"-",
		"+1",
		".5",
		"1.",
		"1e",
		"0x10",
		"1/**/",
		"// x\n1",
		"\"a",
		"\"\\x\"",
		"\"\\u12g4\"",
		"\"\\ud83d\"",
		"\"\\ude00\"",
		"\"\\ud83d\\u0041\"",
		"\"a\nb\"",
		"\"a\tb\"",
		"\"\xff\"",
		"\"\xc3\"",
		"\"\xc0\x80\"",
		"\"\xed\xa0\x80\"",
		"\"\xf4\x90\x80\x80\"",
		"\xef\xbb\xbf{}",
		"{\"a\":1,\"a\":2}",
		"{\"a\":1,\"\\u0061\":2}",
		"{\"x\":[{\"b\":1,\"b\":1}]}",
		"{\"a\\u0000b\":1}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		if (reads(bad[i], strlen(bad[i])))
			fail_msg("taken: %s", bad[i]);
	assert_false(reads("1\0", 2));
	assert_false(reads("{\"a\":1}\0", 8));
}

static void
depth_has_an_end(void **state)
{
	char text[2 * (JSON_DEPTH + 1)];

	(void)state;
	for (size_t depth = JSON_DEPTH; depth <= JSON_DEPTH + 1; depth++) {
		memset(text, '[', depth);
		memset(text + depth, ']', depth);
		assert_int_equal(reads(text, 2 * depth), depth == JSON_DEPTH);
	}
}

static void
values_come_out_as_they_went_in(void **state)
{
	static const char text[] =
	    "{\"i\":12,\"big\":99999999999999999999,\"d\":25.50,\"e\":1e3,"
	    "\"f\":1.0,\"t\":\"a\\u0000b\",\"n\":null,\"y\":true,\"l\":[1,2]}";
	struct arena *a = arena_open();
	struct json_object *o;
	size_t size;

	(void)state;
	assert_true(json_read(&o, a, text, sizeof text - 1));
	assert_int_equal(json_kind(o), JSON_OBJECT);
	assert_int_equal(json_kind(json_get(o, "i")), JSON_INT);
	assert_int_equal(json_int(json_get(o, "i")), 12);
	assert_string_equal(json_digits(json_get(o, "i")), "12");
	assert_true(json_int(json_get(o, "big")) == INT64_MAX);
	assert_int_equal(json_kind(json_get(o, "d")), JSON_NUMBER);
	assert_string_equal(json_digits(json_get(o, "d")), "25.50");
	assert_int_equal(json_kind(json_get(o, "e")), JSON_NUMBER);
	assert_string_equal(json_digits(json_get(o, "e")), "1e3");
	assert_int_equal(json_kind(json_get(o, "f")), JSON_NUMBER);
	assert_memory_equal(json_chars(json_get(o, "t"), &size), "a\0b", 4);
	assert_int_equal(size, 3);
	assert_int_equal(json_kind(json_get(o, "n")), JSON_NULL);
	assert_int_equal(json_kind(json_get(o, "none")), JSON_NULL);
	assert_true(json_true(json_get(o, "y")));
	assert_int_equal(json_count(json_get(o, "l")), 2);
	assert_int_equal(json_int(json_item(json_get(o, "l"), 1)), 2);
	arena_close(a);
}

static void
texts_are_escaped(void **state)
{
	static const struct {
		const char *text;
		size_t size;
		const char *json;
	} cases[] = {
		{ "", 0, "\"\"" },
		{ "plain", 5, "\"plain\"" },
		{ "\"\\", 2, "\"\\\"\\\\\"" },
		{ "a\nb\tc\rd", 7, "\"a\\nb\\tc\\rd\"" },
		{ "\0\x01\x1f\x7f", 4, "\"\\u0000\\u0001\\u001f\\u007f\"" },
		{ "\xf0\x9f\x98\x80", 4, "\"\xf0\x9f\x98\x80\"" },
	};
	struct arena *a = arena_open();
	struct buf b;

	(void)state;
	buf_open(&b, a, 1000);
	for (size_t i = 0; i < COUNT(cases); i++) {
		buf_clear(&b);
		json_text(&b, cases[i].text, cases[i].size);
		assert_string_equal(b.data, cases[i].json);
	}
	arena_close(a);
}

static void
members_are_parted_by_commas(void **state)
{
	struct arena *a = arena_open();
	struct buf b;

	(void)state;
	buf_open(&b, a, 1000);
	buf_char(&b, '{');
	json_member(&b, "a", "{");
	json_member(&b, "n", NULL);
	json_member_int(&b, "i", INT64_MIN);
	json_member_bool(&b, "b", false);
	json_key(&b, "m");
	json_money(&b, 123456);
	buf_char(&b, '}');
	assert_string_equal(b.data,
	    "{\"a\":\"{\",\"n\":null,\"i\":-9223372036854775808,\"b\":false,"
	    "\"m\":1234.56}");
	arena_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_texts_are_read),
		cmocka_unit_test(bad_texts_are_refused),
		cmocka_unit_test(depth_has_an_end),
		cmocka_unit_test(values_come_out_as_they_went_in),
		cmocka_unit_test(texts_are_escaped),
		cmocka_unit_test(members_are_parted_by_commas),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
