/* log_test.c: lines of the log, whole and safe to parse. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/log.h"
#include "test/unit/capture.h"

static struct arena *arena;
static struct capture errors;

static int
open_log(void **state)
{
	(void)state;
	arena = arena_open();
	log_open("worker", LOG_DEBUG);
	log_request_id(NULL);
	capture_open(&errors, STDERR_FILENO);
	return 0;
}

static int
close_log(void **state)
{
	(void)state;
	capture_close(&errors);
	arena_close(arena);
	return 0;
}

/* The one line written, as an object; it must be the only one. */
static struct json_object *
one_line(void)
{
	const char *text = capture_next(&errors);
	struct json_object *line;
	size_t size;

	assert_non_null(text);
	size = strlen(text);
	assert_true(size <= LOG_MAX);
	assert_int_equal(text[size - 1], '\n');
	assert_ptr_equal(strchr(text, '\n'), text + size - 1);
	if (!json_read(&line, arena, text, size - 1))
		fail_msg("no JSON: %s", text);
	assert_null(capture_next(&errors));
	return line;
}

static const char *
member(struct json_object *line, const char *name)
{
	struct json_object *value = json_get(line, name);
	size_t size;

	return value == NULL ? NULL : json_chars(value, &size);
}

static void
a_line_says_when_who_and_what(void **state)
{
	struct json_object *line;
	const char *time;

	(void)state;
	log_request_id("0123456789abcdef");
	log_line(LOG_WARN, "db", "the connection was lost after %d ms", 250);
	line = one_line();
	time = member(line, "time");
	assert_int_equal(strlen(time), strlen("2026-01-31T12:00:00.000Z"));
	assert_int_equal(time[10], 'T');
	assert_int_equal(time[19], '.');
	assert_int_equal(time[23], 'Z');
	assert_string_equal(member(line, "level"), "warn");
	assert_string_equal(member(line, "process"), "worker");
	assert_string_equal(member(line, "request_id"), "0123456789abcdef");
	assert_string_equal(member(line, "event"), "db");
	assert_string_equal(
	    member(line, "message"), "the connection was lost after 250 ms");
}

static void
between_requests_there_is_no_request_id(void **state)
{
	(void)state;
	log_request_id("abc");
	log_request_id(NULL);
	log_line(LOG_INFO, "start", "the worker started");
	assert_null(member(one_line(), "request_id"));
}

static void
a_request_id_is_kept_after_its_request(void **state)
{
	char id[] = "abc";

	(void)state;
	log_request_id(id);
	memset(id, 'x', 3);
	log_line(LOG_INFO, "start", "the worker started");
	assert_string_equal(member(one_line(), "request_id"), "abc");
}

static void
lines_below_the_least_level_are_dropped(void **state)
{
	(void)state;
	log_open("worker", LOG_WARN);
	log_line(LOG_DEBUG, "a", "dropped");
	log_line(LOG_INFO, "a", "dropped");
	assert_null(capture_next(&errors));
	log_line(LOG_WARN, "a", "kept");
	assert_string_equal(member(one_line(), "level"), "warn");
	log_line(LOG_ERROR, "a", "kept");
	assert_string_equal(member(one_line(), "level"), "error");
}

static void
awkward_bytes_stay_inside_the_line(void **state)
{
	static const struct {
		const char *given;
		const char *read;
	} cases[] = {
		{ "", "" },
		{ "a \"quoted\" \\ word", "a \"quoted\" \\ word" },
		{ "one\ntwo\r\n\t\x01\x1B[31m\x7F",
		    "one\ntwo\r\n\t\x01\x1B[31m\x7F" },
		{ "\",\"level\":\"error", "\",\"level\":\"error" },
		{ "M\xC3\xBCller \xE2\x82\xAC \xF0\x9F\x94\x91",
		    "M\xC3\xBCller \xE2\x82\xAC \xF0\x9F\x94\x91" },
		/* Not UTF-8: each bad byte becomes U+FFFD. */
		{ "\xFF", "\xEF\xBF\xBD" },
		{ "\xC3", "\xEF\xBF\xBD" },
		{ "\xC3(", "\xEF\xBF\xBD(" },
		{ "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "\xE0\x80\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "\xF0\x9F\x94", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "\xF4\x90\x80\x80",
		    "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "\xF5", "\xEF\xBF\xBD" },
		{ "\x80", "\xEF\xBF\xBD" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		log_line(LOG_INFO, "x", "%s", cases[i].given);
		assert_string_equal(
		    member(one_line(), "message"), cases[i].read);
	}
}

/* Every length about the cap, of characters of one to four bytes. */
static void
a_long_line_is_cut_between_characters(void **state)
{
	static const char *const characters[] = { "x", "\xC3\xA9",
		"\xE2\x82\xAC", "\xF0\x9F\x94\x91", "\"", "\x01", "\xFF" };

	(void)state;
	for (size_t i = 0; i < sizeof(characters) / sizeof(characters[0]);
	     i++) {
		for (size_t shift = 0; shift < 8; shift++) {
			char text[3 * LOG_MAX];
			size_t size = strlen(characters[i]);
			size_t len = shift;
			const char *message;

			memset(text, '-', shift);
			while (len + size < sizeof(text)) {
				memcpy(text + len, characters[i], size);
				len += size;
			}
			text[len] = '\0';
			log_line(LOG_INFO, "x", "%s", text);
			message = member(one_line(), "message");
			len = strlen(message);
			assert_true(len > LOG_MAX / 8);
			assert_string_equal(message + len - 3, "\xE2\x80\xA6");
		}
	}
}

static void
errno_is_left_alone(void **state)
{
	(void)state;
	(void)close(
	    STDERR_FILENO); /* the write fails; capture_close mends it */
	errno = EACCES;
	log_line(LOG_INFO, "x", "nobody heard it");
	assert_int_equal(errno, EACCES);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_log, close_log)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_line_says_when_who_and_what),
		CASE(between_requests_there_is_no_request_id),
		CASE(a_request_id_is_kept_after_its_request),
		CASE(lines_below_the_least_level_are_dropped),
		CASE(awkward_bytes_stay_inside_the_line),
		CASE(a_long_line_is_cut_between_characters),
		CASE(errno_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
