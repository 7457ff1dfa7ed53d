/* upgrade_test.c: requests that open a WebSocket, and what opens none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/upgrade.h"

#define KEY "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
#define REST                                                                   \
	"Host: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"             \
	"Sec-WebSocket-Version: 13\r\n"
#define FIRST "GET /ws HTTP/1.1\r\n"

/* From memory of its exact size, so that a byte too far is seen. */
static int
status_of(struct upgrade *u, char **copy, const char *head)
{
	size_t size = strlen(head);

	*copy = malloc(size);
	assert_non_null(*copy);
	memcpy(*copy, head, size);
	return upgrade_read(u, *copy, size);
}

static void
a_good_request_is_answered_with_its_key(void **state)
{
	char answer[UPGRADE_ANSWER_MAX];
	struct upgrade u;
	char *copy;
	size_t size;

	(void)state;
	assert_int_equal(status_of(&u, &copy, FIRST REST KEY "\r\n"), 101);
	size = upgrade_answer(answer, 101, &u);
	assert_int_equal(size, strlen(answer));
	/* the example of RFC 6455, section 1.3 */
	assert_non_null(strstr(answer,
	    "\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
	free(copy);
}

static void
a_header_is_found_whatever_its_case(void **state)
{
	struct upgrade u;
	char *copy;

	(void)state;
	assert_int_equal(
	    status_of(&u, &copy, FIRST REST KEY "X-Real-IP: \t::1 \r\n\r\n"),
	    101);
	assert_int_equal(upgrade_header(&u, "x-real-ip").size, 3);
	assert_memory_equal(upgrade_header(&u, "x-real-ip").text, "::1", 3);
	assert_null(upgrade_header(&u, "Origin").text);
	free(copy);
}

static void
what_opens_none_has_its_status(void **state)
{
	static const struct {
		const char *head;
		int status;
	} cases[] = {
		{ "\r\n\r\n", 400 },
		{ "GET\r\n\r\n", 400 },
		{ "GET /\r\n\r\n", 400 },
		{ "GET / HTTP/1.1\r\n", 400 },
		{ "GET / HTTP/1.1\r\n\r\n", 400 },
		{ "POST / HTTP/1.1\r\n" REST KEY "\r\n", 405 },
		{ "GET / HTTP/1.0\r\n" REST KEY "\r\n", 400 },
		{ FIRST "Host: h\r\n" KEY "\r\n", 426 },
		{ FIRST REST "\r\n", 400 },
		{ FIRST REST KEY KEY "\r\n", 400 },
		{ FIRST REST KEY "Origin: a\r\nOrigin: b\r\n\r\n", 400 },
		{ FIRST REST KEY "Content-Length: 1\r\n\r\n", 400 },
		{ FIRST REST KEY " folded\r\n\r\n", 400 },
		{ FIRST REST KEY "bare\r\n\r\n", 400 },
		{ FIRST REST KEY "a: b\rc\r\n\r\n", 400 },
		{ FIRST REST KEY "\r\n\r\n", 400 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char answer[UPGRADE_ANSWER_MAX];
		struct upgrade u;
		char *copy;
		size_t size;
		int status = status_of(&u, &copy, cases[i].head);

		if (status != cases[i].status)
			fail_msg("case %zu: %d", i, status);
		size = upgrade_answer(answer, status, NULL);
		assert_int_equal(size, strlen(answer));
		assert_int_equal(strtol(answer + 9, NULL, 10), status);
		free(copy);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_request_is_answered_with_its_key),
		cmocka_unit_test(a_header_is_found_whatever_its_case),
		cmocka_unit_test(what_opens_none_has_its_status),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
