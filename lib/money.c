/* money.c: decimal text to cents and back, without floating point. */
#include <stdio.h>

#include "lib/money.h"

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
money_parse(int64_t *out, const char *text)
{
	const char *p = text;
	int64_t cents = 0;
	int places = 0;

	if (!digit(*p))
		return false;
	for (; digit(*p); p++) {
		cents = cents * 10 + (*p - '0');
		if (cents > MONEY_MAX_CENTS / 100)
			return false;
	}
	if (*p == '.') {
		for (p++; places < 2 && digit(*p); p++, places++)
			cents = cents * 10 + (*p - '0');
		if (places == 0)
			return false;
	}
	if (*p != '\0')
		return false;
	for (; places < 2; places++)
		cents *= 10;
	*out = cents;
	return true;
}

char *
money_print(char out[MONEY_SIZE], int64_t cents)
{
	/* Unsigned, since the lowest int64_t has no positive twin. */
	uint64_t size = cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents;

	(void)snprintf(out, MONEY_SIZE, "%s%llu.%02u", cents < 0 ? "-" : "",
	    (unsigned long long)(size / 100), (unsigned)(size % 100));
	return out;
}
