/* paynow.c: the gateway's updates, addresses and the payer's number. */
#include <string.h>
#include <strings.h>

#include "lib/paynow.h"
#include "test/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct paynow gateway = {
		.base_url = "https://www.paynow.co.zw",
		.connect_ms = 1,
		.total_ms = 1,
	};
	static const struct paynow_account account = {
		.currency = "USD",
		.id = "1201",
		.key = "3e9fed89-60e1-4ce5-ab6e-6b1eb2d4f977",
	};
	static struct form form;
	struct arena *a = arena_open();
	const char *text = arena_memdup(a, data, size);
	struct paynow_update update = { .reference = NULL };
	char hash[PAYNOW_HASH_SIZE];
	const char *phone;

	if (form_read(&form, a, text, size)) {
		paynow_hash(hash, &form, account.key);
		MUST(strspn(hash, "0123456789ABCDEF") == PAYNOW_HASH_SIZE - 1);
		/* Its own hash makes any form with none a signed one. */
		if (form.count < FORM_PAIRS &&
		    form_get(&form, "hash") == NULL && !form_twice(&form)) {
			form.pair[form.count++] =
			    (struct form_pair){ .name = "Hash",
				    .value = hash,
				    .name_size = 4,
				    .value_size = PAYNOW_HASH_SIZE - 1 };
			MUST(paynow_signed(&form, &account));
			hash[0] = hash[0] == '0' ? '1' : '0';
			MUST(!paynow_signed(&form, &account));
		} else {
			(void)paynow_signed(&form, &account);
		}
		if (paynow_update_read(&update, &form)) {
			MUST(!form_twice(&form));
			MUST(update.reference != NULL);
			MUST(update.status != NULL);
			MUST(update.poll_url != NULL);
		}
	}
	if (paynow_url_good(&gateway, text, "/Interface/")) {
		MUST(strncasecmp(text, "https://www.paynow.co.zw", 24) == 0);
		/* The host ends here: nothing may come between it and the path.
		 */
		MUST(text[24] == '/' || strncmp(text + 24, ":443/", 5) == 0);
		MUST(strpbrk(text, " \t\r\n\\") == NULL);
	}
	phone = paynow_phone(a, text);
	if (phone != NULL) {
		MUST(strlen(phone) == 10 && memcmp(phone, "07", 2) == 0);
		MUST(strspn(phone, "0123456789") == 10);
	}
	arena_close(a);
	return 0;
}
