/* upgrade.c: a request is opened, or refused with an answer that is whole. */
#include <string.h>

#include "lib/upgrade.h"
#include "test/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char answer[UPGRADE_ANSWER_MAX];
	const uint8_t *end = memmem(data, size, "\r\n\r\n", 4);
	struct upgrade u;
	size_t length;
	int status;

	if (end == NULL)
		return 0;
	status = upgrade_read(&u, (const char *)data, (size_t)(end + 4 - data));
	MUST(status == 101 || (status >= 400 && status < 500));
	MUST(u.lines >= 0 && u.lines <= UPGRADE_LINES);
	length = upgrade_answer(answer, status, status == 101 ? &u : NULL);
	MUST(length < UPGRADE_ANSWER_MAX);
	MUST(memcmp(answer, "HTTP/1.1 ", 9) == 0);
	MUST(memcmp(answer + length - 4, "\r\n\r\n", 4) == 0);
	if (status == 101) {
		MUST(u.key.size == 24 && u.target.size > 0);
		MUST(upgrade_header(&u, "hOST").size > 0);
	}
	return 0;
}
