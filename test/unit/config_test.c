/* config_test.c: settings from the environment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/config.h"
#include "lib/log.h"
#include "test/unit/capture.h"

struct config {
	const char *database;
	const char *from;
	const char *note;
	int64_t port;
	const char *url;
	const char *key;
	const char *old_key;
};

static const char *
url_bad(const char *text)
{
	return strncmp(text, "https://", 8) == 0 ? NULL
						 : "must begin with https://";
}

static const struct setting settings[] = {
	{ .name = "T_DATABASE",
	    .type = SETTING_TEXT,
	    .offset = offsetof(struct config, database),
	    .about = "Where the database is" },
	{ .name = "T_FROM",
	    .type = SETTING_TEXT,
	    .offset = offsetof(struct config, from),
	    .otherwise = "BantuBuzz <hello@localhost>",
	    .about = "Sender of mail" },
	{ .name = "T_NOTE",
	    .type = SETTING_TEXT,
	    .offset = offsetof(struct config, note),
	    .otherwise = "",
	    .about = "A note" },
	{ .name = "T_PORT",
	    .type = SETTING_INT,
	    .offset = offsetof(struct config, port),
	    .otherwise = "8080",
	    .min = 1,
	    .max = 65535,
	    .about = "Port" },
	{ .name = "T_URL",
	    .type = SETTING_CHECKED,
	    .offset = offsetof(struct config, url),
	    .otherwise = "",
	    .check = url_bad,
	    .about = "Address" },
	{ .name = "T_KEY",
	    .type = SETTING_CHECKED,
	    .offset = offsetof(struct config, key),
	    .check = url_bad,
	    .about = "Key",
	    .secret = true },
	{ .name = "T_OLD_KEY",
	    .type = SETTING_TEXT,
	    .offset = offsetof(struct config, old_key),
	    .otherwise = "hunter2",
	    .about = "Key before this one",
	    .secret = true },
	{ 0 },
};

static struct config config;
static struct capture errors;

static int
open_capture(void **state)
{
	(void)state;
	for (const struct setting *s = settings; s->name != NULL; s++)
		(void)unsetenv(s->name);
	memset(&config, 0, sizeof(config));
	log_open("test", LOG_INFO);
	capture_open(&errors, STDERR_FILENO);
	return 0;
}

static int
close_capture(void **state)
{
	(void)state;
	capture_close(&errors);
	return 0;
}

static void
set(const char *name, const char *value)
{
	assert_int_equal(setenv(name, value, 1), 0);
}

static void
defaults_stand_in_for_what_is_unset_or_empty(void **state)
{
	(void)state;
	set("T_DATABASE", "postgresql:///bantubuzz?host=/run");
	set("T_KEY", "https://key");
	set("T_FROM", "");
	assert_true(config_read(&config, settings));
	assert_string_equal(
	    config.database, "postgresql:///bantubuzz?host=/run");
	assert_string_equal(config.from, "BantuBuzz <hello@localhost>");
	assert_string_equal(config.note, "");
	assert_int_equal(config.port, 8080);
	assert_string_equal(config.url, "");
	assert_string_equal(config.key, "https://key");
	assert_null(capture_next(&errors));
}

static void
what_is_set_is_taken(void **state)
{
	(void)state;
	set("T_DATABASE", "d");
	set("T_KEY", "https://key");
	set("T_NOTE", "gr\xC3\xBC\xC3\x9F dich");
	set("T_PORT", "65535");
	set("T_URL", "https://localhost:8443");
	assert_true(config_read(&config, settings));
	assert_string_equal(config.note, "gr\xC3\xBC\xC3\x9F dich");
	assert_int_equal(config.port, 65535);
	assert_string_equal(config.url, "https://localhost:8443");
}

static void
one_message_names_all_that_is_missing_or_wrong(void **state)
{
	const char *line;

	(void)state;
	set("T_NOTE", "two\nlines");
	set("T_PORT", "65536");
	set("T_URL", "http://hunter2");
	assert_false(config_read(&config, settings));
	line = capture_next(&errors);
	assert_non_null(line);
	assert_non_null(
	    strstr(line, "settings were refused: T_DATABASE is missing; "
			 "T_NOTE holds a control character; "
			 "T_PORT is no whole number from 1 to 65535; "
			 "T_URL must begin with https://; T_KEY is missing"));
	assert_null(strstr(line, "hunter2"));
	assert_null(capture_next(&errors));
}

static void
a_number_must_be_whole_and_in_range(void **state)
{
	static const char *const bad[] = { "0", "65536", "-1", "+1", " 1", "1 ",
		"1.0", "1e3", "0x10", "eight", "-", "1-", "9223372036854775808",
		"99999999999999999999", "\xC2\xB2" };

	(void)state;
	set("T_DATABASE", "d");
	set("T_KEY", "https://key");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		set("T_PORT", bad[i]);
		if (config_read(&config, settings))
			fail_msg("\"%s\" was taken", bad[i]);
		assert_non_null(strstr(capture_next(&errors), "T_PORT"));
	}
}

/* More names than a log line holds must not run over its end. */
static void
a_hundred_missing_settings_are_survived(void **state)
{
	static const char name[] = "T_MISSING_SETTING_WITH_A_VERY_LONG_NAME";
	struct setting many[101] = { { 0 } };

	(void)state;
	for (int i = 0; i < 100; i++)
		many[i] = (struct setting){ .name = name };
	assert_false(config_read(&config, many));
	assert_non_null(strstr(capture_next(&errors), name));
	assert_null(capture_next(&errors));
}

static void
the_sample_lists_every_name_and_no_secret(void **state)
{
	static struct capture out;

	(void)state;
	(void)fflush(stdout);
	capture_open(&out, STDOUT_FILENO);
	config_print(settings);
	(void)fflush(stdout);
	(void)capture_next(&out);
	capture_close(&out);
	assert_string_equal(out.text,
	    "# Where the database is (required)\nT_DATABASE=\n"
	    "\n# Sender of mail\nT_FROM='BantuBuzz <hello@localhost>'\n"
	    "\n# A note\nT_NOTE=\n"
	    "\n# Port\nT_PORT=8080\n"
	    "\n# Address\nT_URL=\n"
	    "\n# Key (required)\nT_KEY=\n"
	    "\n# Key before this one\nT_OLD_KEY=\n");
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, open_capture, close_capture)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(defaults_stand_in_for_what_is_unset_or_empty),
		CASE(what_is_set_is_taken),
		CASE(one_message_names_all_that_is_missing_or_wrong),
		CASE(a_number_must_be_whole_and_in_range),
		CASE(a_hundred_missing_settings_are_survived),
		CASE(the_sample_lists_every_name_and_no_secret),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
