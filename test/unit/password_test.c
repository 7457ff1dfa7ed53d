/* password_test.c: new hashes, Werkzeug's, and unreadable ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lib/password.h"

#define RIGHT "correct horse"
#define SALT "MDEyMzQ1Njc4OWFiY2RlZg"

static struct arena *arena;

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

static void
a_new_hash_is_argon2id_and_never_the_same(void **state)
{
	const char *one = password_hash(arena, RIGHT);
	const char *two = password_hash(arena, RIGHT);

	(void)state;
	assert_memory_equal(one, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
	assert_int_equal(strlen(one), 31 + 22 + 1 + 43);
	assert_string_not_equal(one, two);
	assert_int_equal(password_check(one, RIGHT), PASSWORD_OK);
	assert_int_equal(password_check(two, RIGHT), PASSWORD_OK);
}

static void
any_other_password_is_wrong(void **state)
{
	static const char *const wrong[] = { "", "correct hors",
		"correct horse ", "Correct horse", " correct horse",
		"correct horsE" };
	const char *stored = password_hash(arena, RIGHT);

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(
		    password_check(stored, wrong[i]), PASSWORD_WRONG);
}

/* Neither cut, nor composed anew, nor read as text. */
static void
long_and_foreign_passwords_are_kept_whole(void **state)
{
	char longest[PASSWORD_MAX + 2];
	const char *stored;

	(void)state;
	memset(longest, 'x', PASSWORD_MAX);
	longest[PASSWORD_MAX] = '\0';
	stored = password_hash(arena, longest);
	assert_int_equal(password_check(stored, longest), PASSWORD_OK);
	longest[PASSWORD_MAX - 1] = 'y';
	assert_int_equal(password_check(stored, longest), PASSWORD_WRONG);
	longest[PASSWORD_MAX - 1] = 'x';
	longest[PASSWORD_MAX] = 'x';
	longest[PASSWORD_MAX + 1] = '\0';
	assert_int_equal(password_check(stored, longest), PASSWORD_WRONG);
	/* Longer than anyone may send, it is not even looked at. */
	stored = password_hash(arena, longest);
	assert_int_equal(password_check(stored, longest), PASSWORD_WRONG);

	stored = password_hash(arena, "p\xC3\xA9 \xF0\x9F\x94\x91\xFF");
	assert_int_equal(
	    password_check(stored, "p\xC3\xA9 \xF0\x9F\x94\x91\xFF"),
	    PASSWORD_OK);
	assert_int_equal(
	    password_check(stored, "pe\xCC\x81 \xF0\x9F\x94\x91\xFF"),
	    PASSWORD_WRONG);
}

/* Made by werkzeug.security 3.1 and, of the rarer kinds, checked by it. */
static void
werkzeugs_hashes_are_right_but_old(void **state)
{
	static const struct {
		const char *stored;
		const char *password;
	} cases[] = {
		{ "scrypt:32768:8:1$WiS11LjwmRZXNmFn$"
		  "a94e31fb1de5880092996467b7bda9b70c524d35b62c80e498929d97452a"
		  "1326f9ddd6563cdb443a41f7e59667f3db330fa1b2f6e56e673af8c20a80"
		  "6b5042e2",
		    RIGHT },
		{ "scrypt:1024:8:2$a$"
		  "ae72ab9ae8d03f38213f52eec820aa0653581ed83557327b5029eb1d3755"
		  "3222c49933612e1024576ba504fdcf60d56f2a6065e2a100166792940"
		  "73d4c8f175b",
		    "p\xC3\xA4ssw\xC3\xB6rd \xF0\x9F\x94\x91" },
		{ "pbkdf2:sha256:600000$d25mBUulQXqy0Lm0$"
		  "f79480dc21d910c0e08c169093249d2d035571a19348bd7cff6690c682ba"
		  "55f2",
		    RIGHT },
		{ "pbkdf2:sha512:1000$Zq3vN8kTbW1xYc5L$"
		  "4c4599039de4ed0d9deec9dc90a290aca92562fd0fc47616f4a80d7aa540"
		  "c9e5cc54f954b4ea7b059c2f4b4886ceb5e9213fde2f116fd0f05512e4fe"
		  "38dfbdbd",
		    RIGHT },
		{ "pbkdf2:sha1:1000$Zq3vN8kTbW1xYc5L$"
		  "0edcc1cd4d29df5675ce88fb4bf8d34e76a95df4",
		    RIGHT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(
		    password_check(cases[i].stored, cases[i].password),
		    PASSWORD_OLD);
		assert_int_equal(
		    password_check(cases[i].stored, "correct"), PASSWORD_WRONG);
	}
}

static void
argon2id_is_old_only_when_it_is_weaker(void **state)
{
	static const struct {
		const char *stored;
		enum password_result result;
	} cases[] = {
		{ "$argon2id$v=19$m=19456,t=2,p=1$" SALT
		  "$rk2Mi3E4dgRMg0fHaYaptWVZRKqs//6b6k3/nntqGJk",
		    PASSWORD_OK },
		{ "$argon2id$v=19$m=65536,t=3,p=4$" SALT
		  "$L1b1NjppUoj/KIEORq1pof4waLxklM0mqKZzt9nCsKI",
		    PASSWORD_OK },
		{ "$argon2id$v=19$m=9728,t=2,p=1$" SALT
		  "$yWY8D8txQGZFW48Ful/IKAqzXZyhkUiMhuBUGJ5Oo8o",
		    PASSWORD_OLD },
		{ "$argon2id$v=19$m=19456,t=1,p=1$" SALT
		  "$2h8RkkhVjpOcVZb7RJnrqNsRtT7STYUvtSH1I2wJ+p0",
		    PASSWORD_OLD },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(
		    password_check(cases[i].stored, RIGHT), cases[i].result);
		assert_int_equal(
		    password_check(cases[i].stored, "x"), PASSWORD_WRONG);
	}
}

/* Some ask for minutes of work, or for all memory. */
static void
what_cannot_be_read_is_wrong(void **state)
{
	static const char *const bad[] = { NULL, "", "$", "plain", RIGHT,
		"$argon2id$", "$argon2id$v=19$m=19456,t=2,p=1",
		"$argon2id$v=19$m=19456,t=2,p=1$" SALT,
		"$argon2id$v=19$m=19456,t=2,p=1$" SALT "$",
		"$argon2id$v=19$m=19456,t=2,p=1$$",
		"$argon2id$v=16$m=19456,t=2,p=1$" SALT
		"$rk2Mi3E4dgRMg0fHaYaptWVZRKqs//6b6k3/nntqGJk",
		"$argon2id$m=19456,t=2,p=1$" SALT
		"$rk2Mi3E4dgRMg0fHaYaptWVZRKqs//6b6k3/nntqGJk",
		"$argon2id$v=19$m=19456,t=2,p=1$" SALT
		"$rk2Mi3E4dgRMg0fHaYaptWVZRKqs//6b6k3/nntqGJk\n",
		"$argon2i$v=19$m=19456,t=2,p=1$" SALT
		"$k3A0Ke+5sl7ZwafSXeKqxs+yQZnuzL2o0YbQttdD+7g",
		"$argon2id$v=19$m=1048577,t=2,p=1$" SALT "$AAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=4294967295,t=2,p=1$" SALT "$AAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=4000000000,p=1$" SALT
		"$AAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=2,p=16777215$" SALT
		"$AAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=0,t=2,p=1$" SALT "$AAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=-1,t=2,p=1$" SALT "$AAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=4,t=2,p=1$" SALT "$AAAAAAAAAAAAAAAA",
		"scrypt:", "scrypt:32768:8:1", "scrypt:32768:8:1$salt",
		"scrypt:32768:8:1$salt$", "scrypt:32768:8:1$salt$abcd",
		"scrypt:32768:8:1$$abcd",
		"pbkdf2:", "pbkdf2:sha256:", "pbkdf2:sha256:600000",
		"pbkdf2:sha256:600000$salt$", "pbkdf2:sha256:600000$salt$ab",
		"pbkdf2:sha256:0$salt$f79480dc21d910c0e08c169093249d2d03557"
		"1a19348bd7cff6690c682ba55f2",
		"pbkdf2:sha256:4000000000$salt$f79480dc21d910c0e08c169093249"
		"d2d035571a19348bd7cff6690c682ba55f2",
		"pbkdf2:md5:1$salt$f79480dc21d910c0e08c169093249d2d",
		"pbkdf2:sha256:1$salt$F79480DC21D910C0E08C169093249D2D035571"
		"A19348BD7CFF6690C682BA55F2",
		"pbkdf2:sha256:1$salt$g79480dc21d910c0e08c169093249d2d035571"
		"a19348bd7cff6690c682ba55f2",
		"sha256$salt$f79480dc21d910c0e08c169093249d2d035571a19348bd7"
		"cff6690c682ba55f2" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (password_check(bad[i], RIGHT) != PASSWORD_WRONG)
			fail_msg("\"%s\" was taken", bad[i]);
}

static void
scrypt_with_absurd_costs_is_wrong(void **state)
{
	static const char *const costs[] = { "1:8:1", "32767:8:1",
		"2097152:8:1", "1048576:32:16", "65536:1:1", "32768:33:1",
		"32768:8:17", "0:8:1", "32768:0:1", "32768:8:0",
		"18446744073709551616:8:1", "-2:8:1", " 32768:8:1",
		"032768:8:1", "0x8000:8:1", "32768:8:1:1", "32768:8" };

	(void)state;
	for (size_t i = 0; i < sizeof(costs) / sizeof(costs[0]); i++) {
		const char *stored = arena_printf(arena,
		    "scrypt:%s$WiS11LjwmRZXNmFn$"
		    "a94e31fb1de5880092996467b7bda9b70c524d35b62c80e498929d97"
		    "452a1326f9ddd6563cdb443a41f7e59667f3db330fa1b2f6e56e673a"
		    "f8c20a806b5042e2",
		    costs[i]);

		if (password_check(stored, RIGHT) != PASSWORD_WRONG)
			fail_msg("\"%s\" was taken", stored);
	}
}

/* A short digest would be met by one guess in a few. */
static void
a_cut_hash_never_matches(void **state)
{
	const char *whole = "pbkdf2:sha1:1000$Zq3vN8kTbW1xYc5L$"
			    "0edcc1cd4d29df5675ce88fb4bf8d34e76a95df4";

	(void)state;
	for (size_t len = strlen(whole) - 1; len + 8 > strlen(whole); len--)
		assert_int_equal(
		    password_check(arena_memdup(arena, whole, len), RIGHT),
		    PASSWORD_WRONG);
	assert_int_equal(
	    password_check(arena_printf(arena, "%s0", whole), RIGHT),
	    PASSWORD_WRONG);
	assert_int_equal(
	    password_check(arena_printf(arena, "%0600d", 1), RIGHT),
	    PASSWORD_WRONG);
}

#define CASE(name)                                                             \
	cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_new_hash_is_argon2id_and_never_the_same),
		CASE(any_other_password_is_wrong),
		CASE(long_and_foreign_passwords_are_kept_whole),
		CASE(werkzeugs_hashes_are_right_but_old),
		CASE(argon2id_is_old_only_when_it_is_weaker),
		CASE(what_cannot_be_read_is_wrong),
		CASE(scrypt_with_absurd_costs_is_wrong),
		CASE(a_cut_hash_never_matches),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
