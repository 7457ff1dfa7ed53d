/* presence_test.c: who is there, with a clock and a line of the test's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/presence.h"
#include "lib/loop.h"
#include "queries.h"
#include "test/unit/fake.h"

enum { AWAY = 5000, BEAT = 1000, LIST_PART = 300 };

#define OTHER "00000000-0000-4000-8000-000000000000"
#define THIRD "ffffffff-ffff-4fff-bfff-ffffffffffff"

/* ---- the world ---- */

static int64_t clock_ms;
static bool up;
static struct presence *p;
static char said[200][8000]; /* over its link, beats left out */
static int said_count;
static char given[8000]; /* to users: "id frame\n" */

int64_t
loop_ms(const struct loop *l)
{
	(void)l;
	return clock_ms;
}

bool
link_is_up(const struct link *l)
{
	(void)l;
	return up;
}

void
link_call(struct link *l, const struct statement *st, const char *const *values,
    link_answer answer, void *ctx)
{
	char *out;

	(void)l;
	if (strstr(values[0], "\"beat\"") != NULL) {
		answer(ctx, NULL, NULL);
		return;
	}
	out = said[said_count++];
	assert_in_range(said_count, 1, 200);
	(void)snprintf(out, sizeof *said, "%s", st->name);
	for (int i = st == &statement_presence_tell; i < st->args; i++) {
		size_t n = strlen(out);

		(void)snprintf(out + n, sizeof *said - n, " %s", values[i]);
	}
	answer(ctx, NULL, NULL);
}

static void
deliver(void *ctx, int64_t user_id, const char *frame, size_t size)
{
	size_t n = strlen(given);

	(void)ctx;
	(void)snprintf(given + n, sizeof given - n, "%lld %.*s\n",
	    (long long)user_id, (int)size, frame);
}

static int
set_up(void **state)
{
	static const struct config config = { .relay_away_ms = AWAY,
		.relay_beat_ms = BEAT };

	(void)state;
	clock_ms = 1000000;
	up = true;
	p = presence_open(&config, NULL, NULL, deliver, NULL);
	presence_begin(p);
	said_count = 0;
	given[0] = '\0';
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	presence_close(p);
	return 0;
}

static void
hear(const char *relay, const char *rest)
{
	char words[8000];

	(void)snprintf(
	    words, sizeof words, "{\"relay\":\"%s\",%s}", relay, rest);
	presence_hear(p, words);
}

/* Time goes by, and the relays named beat meanwhile. */
static void
pass(int64_t ms, const char *relay)
{
	for (int64_t end = clock_ms + ms; clock_ms < end;) {
		clock_ms += 500;
		if (relay != NULL)
			hear(relay, "\"type\":\"beat\",\"hello\":false");
		presence_tend(p);
	}
}

/* ---- those who are here ---- */

static void
who_comes_and_goes_is_told_once(void **state)
{
	(void)state;
	presence_come(p, 7);
	presence_come(p, 7);
	assert_int_equal(said_count, 1);
	assert_string_equal(said[0], "presence_tell 7 t");
	presence_go(p, 7);
	pass(INT64_C(2) * AWAY, NULL);
	assert_int_equal(said_count, 1);
	presence_go(p, 7);
	assert_true(presence_is_online(p, 7));
	pass(AWAY - 500, NULL);
	assert_int_equal(said_count, 1);
	pass(500, NULL);
	assert_int_equal(said_count, 2);
	assert_string_equal(said[1], "presence_tell 7 f");
	assert_false(presence_is_online(p, 7));
}

static void
who_is_here_is_shown_to_one(void **state)
{
	(void)state;
	presence_show(p, 7, 9);
	assert_int_equal(said_count, 0);
	presence_come(p, 7);
	presence_show(p, 7, 9);
	assert_int_equal(said_count, 2);
	presence_hear(p, said[1] + strlen("relays_tell "));
	assert_string_equal(given, "9 {\"type\":\"presence\",\"users\":"
				   "[{\"user_id\":7,\"online\":true}]}\n");
	presence_go(p, 7);
	presence_show(p, 7, 9);
	assert_int_equal(said_count, 2);
}

static void
who_is_back_in_time_was_never_away(void **state)
{
	(void)state;
	presence_come(p, 7);
	for (int i = 0; i < 3; i++) {
		presence_go(p, 7);
		pass(AWAY - 500, NULL);
		presence_come(p, 7);
	}
	pass(INT64_C(2) * AWAY, NULL);
	assert_int_equal(said_count, 1);
	assert_true(presence_is_online(p, 7));
}

static void
many_are_listed_in_parts_that_a_notification_holds(void **state)
{
	int commas = 0;

	(void)state;
	up = false;
	for (int i = 0; i < 2 * LIST_PART + 1; i++)
		presence_come(p, INT64_MAX - i);
	assert_int_equal(said_count, 0);
	up = true;
	hear(OTHER, "\"type\":\"beat\",\"hello\":true");
	assert_int_equal(said_count, 3);
	for (int i = 0; i < said_count; i++) {
		assert_in_range(strlen(said[i]), 1, 7980);
		assert_int_equal(
		    strstr(said[i], "\"first\":true") != NULL, i == 0);
		assert_int_equal(
		    strstr(said[i], "\"last\":true") != NULL, i == 2);
		for (const char *c = strchr(said[i], '['); *c != ']'; c++)
			commas += *c == ',';
	}
	assert_int_equal(commas, 2 * LIST_PART + 1 - 3);
}

/* ---- those who are elsewhere ---- */

static void
another_relays_people_are_there_until_it_says_no(void **state)
{
	(void)state;
	hear(OTHER, "\"type\":\"presence\",\"user_id\":8,\"online\":true,"
		    "\"to\":[3,4]");
	assert_true(presence_is_online(p, 8));
	assert_string_equal(given, "3 {\"type\":\"presence\",\"users\":"
				   "[{\"user_id\":8,\"online\":true}]}\n"
				   "4 {\"type\":\"presence\",\"users\":"
				   "[{\"user_id\":8,\"online\":true}]}\n");
	given[0] = '\0';
	hear(OTHER, "\"type\":\"presence\",\"user_id\":8,\"online\":false,"
		    "\"to\":[3]");
	assert_false(presence_is_online(p, 8));
	assert_string_equal(given, "3 {\"type\":\"presence\",\"users\":"
				   "[{\"user_id\":8,\"online\":false}]}\n");
}

static void
who_left_one_relay_and_is_at_another_is_there(void **state)
{
	(void)state;
	presence_come(p, 8);
	hear(OTHER, "\"type\":\"presence\",\"user_id\":8,\"online\":true,"
		    "\"to\":[]");
	hear(OTHER, "\"type\":\"presence\",\"user_id\":8,\"online\":false,"
		    "\"to\":[3]");
	assert_true(presence_is_online(p, 8));
	assert_string_equal(given, "");
}

static void
whom_a_list_leaves_out_is_away(void **state)
{
	(void)state;
	hear(THIRD, "\"type\":\"list\",\"first\":true,\"users\":[1,2],"
		    "\"last\":false");
	hear(THIRD, "\"type\":\"list\",\"first\":false,\"users\":[3],"
		    "\"last\":true");
	hear(THIRD, "\"type\":\"list\",\"first\":true,\"users\":[3],"
		    "\"last\":false");
	assert_true(presence_is_online(p, 1)); /* the list goes on */
	hear(THIRD, "\"type\":\"list\",\"first\":false,\"users\":[2],"
		    "\"last\":true");
	pass(AWAY, THIRD);
	assert_false(presence_is_online(p, 1));
	assert_true(presence_is_online(p, 2));
	assert_true(presence_is_online(p, 3));
	assert_int_equal(said_count, 1);
	assert_string_equal(said[0], "presence_tell 1 f");
}

static void
a_relay_that_is_silent_has_taken_its_people_with_it(void **state)
{
	(void)state;
	hear(THIRD, "\"type\":\"list\",\"first\":true,\"users\":[1,2,3],"
		    "\"last\":true");
	presence_come(p, 2);
	pass(INT64_C(10) * BEAT, THIRD);
	assert_int_equal(said_count, 1);
	assert_true(presence_is_online(p, 1));
	pass(4 * BEAT + AWAY, NULL);
	assert_int_equal(said_count, 3);
	assert_false(presence_is_online(p, 1));
	assert_true(presence_is_online(p, 2));
	assert_false(presence_is_online(p, 3));
}

/* The relay of the least id speaks for those of a lost one. */
static void
only_one_relay_speaks_for_a_lost_one(void **state)
{
	(void)state;
	hear(OTHER, "\"type\":\"beat\",\"hello\":false");
	hear(THIRD, "\"type\":\"list\",\"first\":true,\"users\":[1],"
		    "\"last\":true");
	pass(4 * BEAT + AWAY, OTHER);
	assert_false(presence_is_online(p, 1));
	assert_int_equal(said_count, 0);
}

/* Its people were told to be gone, and nobody else knows that they are not. */
static void
a_relay_that_is_heard_again_is_told_that_it_was_lost(void **state)
{
	static const char beats[] = "\"type\":\"beat\",\"hello\":false";

	(void)state;
	hear(THIRD, beats); /* may have its list on the way */
	assert_int_equal(said_count, 0);
	pass(INT64_C(4) * BEAT, NULL);
	hear(THIRD, beats);
	assert_int_equal(said_count, 1);
	assert_non_null(strstr(said[0], "\"type\":\"lost\""));
	assert_non_null(strstr(said[0], "\"lost\":\"" THIRD "\""));
	pass(INT64_C(2) * BEAT, THIRD);
	assert_int_equal(said_count, 1);
	/* by what else it says it is not known */
	pass(INT64_C(4) * BEAT, NULL);
	hear(THIRD, "\"type\":\"presence\",\"user_id\":8,\"online\":true,"
		    "\"to\":[]");
	hear(THIRD, beats);
	assert_int_equal(said_count, 2);
	/* one that begins, or lists, is */
	hear(OTHER, "\"type\":\"beat\",\"hello\":true");
	hear(OTHER, beats);
	assert_int_equal(said_count, 3);
	assert_non_null(strstr(said[2], "\"type\":\"list\""));
}

static void
a_relay_that_was_lost_tells_all_its_people_again(void **state)
{
	char id[37], words[200];

	(void)state;
	presence_come(p, 7);
	presence_come(p, 8);
	presence_come(p, 9);
	presence_go(p, 9);
	hear(OTHER, "\"type\":\"beat\",\"hello\":true");
	assert_int_equal(said_count, 4);
	(void)snprintf(id, sizeof id, "%s", strstr(said[3], "relay\":\"") + 8);
	hear(OTHER, "\"type\":\"lost\",\"lost\":\"" THIRD "\"");
	pass(BEAT, OTHER);
	assert_int_equal(said_count, 4);
	/* once, however many have lost it */
	(void)snprintf(
	    words, sizeof words, "\"type\":\"lost\",\"lost\":\"%s\"", id);
	hear(OTHER, words);
	hear(THIRD, words);
	pass(INT64_C(2) * BEAT, OTHER);
	assert_int_equal(said_count, 6);
	for (int i = 4; i < 6; i++)
		assert_true(strcmp(said[i], "presence_tell 7 t") == 0 ||
			    strcmp(said[i], "presence_tell 8 t") == 0);
}

static void
more_relays_than_there_is_room_for_do_no_harm(void **state)
{
	char id[40];

	(void)state;
	for (int i = 0; i < 100; i++) {
		(void)snprintf(
		    id, sizeof id, "00000000-0000-4000-8000-%012d", i);
		hear(id, "\"type\":\"list\",\"first\":true,\"users\":[5],"
			 "\"last\":true");
		hear(id, "\"type\":\"presence\",\"user_id\":6,"
			 "\"online\":true,\"to\":[]");
	}
	assert_true(presence_is_online(p, 5));
	pass(4 * BEAT + AWAY, NULL);
	assert_false(presence_is_online(p, 5));
	assert_false(presence_is_online(p, 6));
}

static void
typing_reaches_those_it_names(void **state)
{
	(void)state;
	presence_hear(p, "{\"type\":\"typing\",\"user_id\":8,\"typing\":true,"
			 "\"to\":[3]}");
	assert_string_equal(
	    given, "3 {\"type\":\"typing\",\"user_id\":8,\"typing\":true}\n");
}

static void
what_is_no_word_of_a_relay_is_passed_over(void **state)
{
	static const char *const words[] = { "", "{", "[]", "null", "7",
		"{\"type\":7}", "{\"type\":\"presence\",\"user_id\":1}",
		"{\"type\":\"presence\",\"relay\":\"x\",\"user_id\":1,"
		"\"online\":true}",
		"{\"type\":\"list\",\"relay\":\"" OTHER "\",\"users\":"
		"{\"a\":1},\"first\":1}",
		"{\"type\":\"list\",\"relay\":\"" OTHER "\",\"users\":"
		"[\"1\",1.5,null,[1]]}",
		"{\"type\":\"typing\",\"to\":\"3\"}" };

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		presence_hear(p, words[i]);
	assert_false(presence_is_online(p, 1));
	assert_string_equal(given, "");
	assert_int_equal(said_count, 0);
}

static void
without_a_line_nothing_is_told_and_nothing_expires(void **state)
{
	(void)state;
	hear(THIRD, "\"type\":\"list\",\"first\":true,\"users\":[1],"
		    "\"last\":true");
	up = false;
	pass(INT64_C(20) * BEAT, NULL);
	assert_true(presence_is_online(p, 1));
	assert_int_equal(said_count, 0);
	up = true;
	presence_begin(p); /* each has its time anew */
	presence_tend(p);
	assert_true(presence_is_online(p, 1));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(who_comes_and_goes_is_told_once),
		CASE(who_is_here_is_shown_to_one),
		CASE(who_is_back_in_time_was_never_away),
		CASE(many_are_listed_in_parts_that_a_notification_holds),
		CASE(another_relays_people_are_there_until_it_says_no),
		CASE(who_left_one_relay_and_is_at_another_is_there),
		CASE(whom_a_list_leaves_out_is_away),
		CASE(a_relay_that_is_silent_has_taken_its_people_with_it),
		CASE(only_one_relay_speaks_for_a_lost_one),
		CASE(a_relay_that_is_heard_again_is_told_that_it_was_lost),
		CASE(a_relay_that_was_lost_tells_all_its_people_again),
		CASE(more_relays_than_there_is_room_for_do_no_harm),
		CASE(typing_reaches_those_it_names),
		CASE(what_is_no_word_of_a_relay_is_passed_over),
		CASE(without_a_line_nothing_is_told_and_nothing_expires),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
