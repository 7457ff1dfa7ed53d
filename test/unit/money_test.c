/* money_test.c: decimal text and cents. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "lib/money.h"

static void
amounts_are_read_to_the_cent(void **state)
{
	static const struct {
		const char *text;
		int64_t cents;
	} good[] = {
		{ "0", 0 },
		{ "0.0", 0 },
		{ "0.01", 1 },
		{ "0.1", 10 },
		{ "0.29", 29 }, /* 28 for a double */
		{ "1.10", 110 },
		{ "25", 2500 },
		{ "25.5", 2550 },
		{ "25.00", 2500 },
		{ "007.50", 750 },
		{ "4503599627.37", INT64_C(450359962737) },
		{ "9999999999.99", MONEY_MAX_CENTS },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		int64_t cents = -1;

		if (!money_parse(&cents, good[i].text))
			fail_msg("\"%s\" was refused", good[i].text);
		assert_int_equal(cents, good[i].cents);
	}
}

static void
what_is_no_amount_is_refused_and_out_untouched(void **state)
{
	static const char *const bad[] = { "", " ", ".", "-1", "+1", "-0", "1.",
		".5", "1.005", "1.000", "0.999", "1,50", "1.5.0", " 1", "1 ",
		"1\n", "1e3", "1E3", "0x10", "$5", "USD 5", "NaN", "inf", "--1",
		"1-", "1.-5", "1. 5", "\xD9\xA1", "1\xC2\xA0", "9999999999.999",
		"10000000000", "10000000000.00", "99999999999999999999",
		"18446744073709551617", "92233720368547758.08",
		"1000000000000000000000000000000000000000000000000000000" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		int64_t cents = 12345;

		if (money_parse(&cents, bad[i]))
			fail_msg("\"%s\" was taken", bad[i]);
		assert_int_equal(cents, 12345);
	}
}

static void
amounts_are_printed_with_two_places(void **state)
{
	static const struct {
		int64_t cents;
		const char *text;
	} good[] = {
		{ 0, "0.00" },
		{ 5, "0.05" },
		{ 2500, "25.00" },
		{ 2550, "25.50" },
		{ -1, "-0.01" },
		{ -2550, "-25.50" },
		{ MONEY_MAX_CENTS, "9999999999.99" },
		{ INT64_MAX, "92233720368547758.07" },
		{ INT64_MIN, "-92233720368547758.08" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		char text[MONEY_SIZE];

		assert_ptr_equal(money_print(text, good[i].cents), text);
		assert_string_equal(text, good[i].text);
	}
}

static void
what_is_printed_is_read_back(void **state)
{
	(void)state;
	/* A prime step meets every last digit. */
	for (int64_t cents = 0; cents <= MONEY_MAX_CENTS;
	     cents += cents < 100000 ? 1 : INT64_C(99999989)) {
		char text[MONEY_SIZE];
		int64_t again = -1;

		assert_true(money_parse(&again, money_print(text, cents)));
		assert_int_equal(again, cents);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_are_read_to_the_cent),
		cmocka_unit_test(
		    what_is_no_amount_is_refused_and_out_untouched),
		cmocka_unit_test(amounts_are_printed_with_two_places),
		cmocka_unit_test(what_is_printed_is_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
