/* money.c: whatever is read as an amount is printed and read back the same. */
#include <string.h>

#include "lib/arena.h"
#include "lib/money.h"
#include "test/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open();
	const char *text = arena_memdup(a, data, size);
	char printed[MONEY_SIZE];
	int64_t cents = -7;
	int64_t again = -7;

	if (money_parse(&cents, text)) {
		MUST(cents >= 0 && cents <= MONEY_MAX_CENTS);
		MUST(strspn(text, "0123456789.") == strlen(text));
		MUST(money_parse(&again, money_print(printed, cents)));
		MUST(again == cents);
	} else {
		MUST(cents == -7);
	}
	if (size >= sizeof(cents)) {
		bool fits;

		memcpy(&cents, data, sizeof(cents));
		(void)money_print(printed, cents);
		MUST(strlen(printed) < MONEY_SIZE);
		fits = cents >= 0 && cents <= MONEY_MAX_CENTS;
		MUST(money_parse(&again, printed) == fits);
		MUST(!fits || again == cents);
	}
	arena_close(a);
	return 0;
}
