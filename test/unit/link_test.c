/*
 * link_test.c: statements that nobody waits for, over a server of the test's
 * own that gives its bytes one by one, and cuts.
 */
#include "test/unit/loopback.h"

#include <stdio.h>

#include "lib/http.h"
#include "lib/link.h"
#include "lib/loop.h"
#include "lib/request.h"

enum { PATIENCE = 1000 /* turns of 10 ms */ };

/* ---- the server ---- */

/* How many statements a connection answers before it is cut within an answer;
 * -1: all. */
struct script {
	int answers;
};

static bool
say(int fd, char type, const char *bytes, size_t size)
{
	char head[5] = { type, 0, 0, (char)((size + 4) >> 8),
		(char)(size + 4) };

	for (size_t i = 0; i < sizeof head; i++)
		if (!loopback_say(fd, head + i, 1))
			return false;
	for (size_t i = 0; i < size; i++)
		if (!loopback_say(fd, bytes + i, 1))
			return false;
	return true;
}

static bool
read_whole(int fd, unsigned char *out, size_t size)
{
	for (size_t got = 0; got < size;) {
		ssize_t n = read(fd, out + got, size - got);

		if (n <= 0)
			return false;
		got += (size_t)n;
	}
	return true;
}

/* What it says is passed over. */
static bool
skip_message(int fd)
{
	unsigned char size[4], bytes[4096];
	size_t n;

	if (!read_whole(fd, size, sizeof size))
		return false;
	n = (size_t)(size[2] << 8 | size[3]) - 4;
	return n <= sizeof bytes && read_whole(fd, bytes, n);
}

/* A row of one column, and a notification before the end. */
static bool
say_answer(int fd, bool prepared)
{
	static const char columns[] = "\0\1n\0\0\0\0\0\0\0\0\0\0\24\0\10\377"
				      "\377\377\377\0\0";
	static const char note[] = "\0\0\0\7events\0hi";

	return (!prepared || say(fd, '1', "", 0)) && say(fd, '2', "", 0) &&
	       say(fd, 'T', columns, sizeof columns - 1) &&
	       say(fd, 'D',
		   "\0\1\0\0\0\2"
		   "42",
		   8) &&
	       say(fd, 'C', "SELECT 1", 9) && say(fd, 'A', note, sizeof note) &&
	       say(fd, 'Z', "I", 1);
}

static void
serve(int fd, int ear, const void *ctx)
{
	const struct script *script = ctx;
	int left = script->answers;
	bool prepared = false;
	unsigned char type;

	if (!skip_message(fd) || !say(fd, 'R', "\0\0\0\0", 4) ||
	    !say(fd, 'Z', "I", 1))
		return;
	(void)!write(ear, "c", 1);
	while (read_whole(fd, &type, 1) && skip_message(fd)) {
		if (type == 'Q' &&
		    (!say(fd, 'C', "LISTEN", 7) || !say(fd, 'Z', "I", 1)))
			return;
		prepared |= type == 'P';
		if (type != 'S')
			continue;
		if (left-- == 0) {
			/* with no reset, which would take what was said */
			(void)say(fd, '2', "", 0);
			(void)shutdown(fd, SHUT_WR);
			loopback_wait(fd);
			return;
		}
		if (!say_answer(fd, prepared))
			return;
		prepared = false;
	}
}

/* ---- the client ---- */

static struct loopback server;
static struct loop *loop;
static struct link *link_here;
static int ups, downs, good, refused, noticed;

static void
changed(void *ctx, bool up)
{
	(void)ctx;
	*(up ? &ups : &downs) += 1;
}

static void
notice(void *ctx, const char *channel, const char *payload)
{
	(void)ctx;
	assert_string_equal(channel, "events");
	assert_string_equal(payload, "hi");
	noticed++;
}

static void
take(void *ctx, struct request *req, struct rows *rows)
{
	(void)ctx;
	if (rows == NULL) {
		assert_string_equal(db_refused(req), "unavailable");
		refused++;
		return;
	}
	assert_int_equal(rows_count(rows), 1);
	assert_int_equal(rows_int(rows, 0, "n"), 42);
	good++;
}

static void
ask(int times)
{
	static const struct column columns[] = { { "n", COLUMN_INT } };
	static const struct statement st = { .name = "one",
		.text = "select 42 as n",
		.columns = columns,
		.column_count = 1 };

	for (int i = 0; i < times; i++)
		link_call(link_here, &st, NULL, take, NULL);
}

/* Turns the loop until there are so many. */
static void
await(const int *count, int wanted)
{
	sigset_t none;

	(void)sigemptyset(&none);
	for (int i = 0; i < PATIENCE && *count < wanted; i++) {
		loop_wait(loop, 10, &none);
		link_tend(link_here);
	}
	assert_int_equal(*count, wanted);
}

static void
begin(const struct script *script)
{
	static const char *const channels[] = { "events", NULL };
	static const struct link_handler handler = {
		.channels = channels, .notice = notice, .changed = changed
	};
	static const struct http_context http;
	static char conninfo[200];

	ups = downs = good = refused = noticed = 0;
	loopback_open(&server, serve, script);
	(void)snprintf(conninfo, sizeof conninfo,
	    "host=127.0.0.1 port=%d user=x dbname=x sslmode=disable "
	    "gssencmode=disable",
	    server.port);
	loop = loop_open();
	link_here = link_open(loop, &http, conninfo, NULL, &handler, NULL);
}

static void
end(void)
{
	link_close(link_here);
	loop_close(loop);
	loopback_close(&server);
}

static void
answers_in_single_bytes_are_whole_and_in_order(void **state)
{
	static const struct script script = { .answers = -1 };

	(void)state;
	begin(&script);
	await(&ups, 1);
	assert_true(link_is_up(link_here));
	ask(20);
	await(&good, 20);
	await(&noticed, 20);
	assert_int_equal(refused, 0);
	assert_int_equal(downs, 0);
	end();
	assert_string_equal(server.heard, "c");
}

static void
what_a_cut_left_unanswered_is_refused_and_the_link_comes_back(void **state)
{
	static const struct script script = { .answers = 2 };

	(void)state;
	begin(&script);
	await(&ups, 1);
	ask(5);
	await(&downs, 1);
	assert_int_equal(good, 2);
	assert_int_equal(refused, 3);
	assert_false(link_is_up(link_here));
	await(&ups, 2);
	ask(1); /* prepared anew: the server says so or it is refused */
	await(&good, 3);
	assert_int_equal(refused, 3);
	end();
	assert_string_equal(server.heard, "cc");
}

static void
a_link_that_is_not_up_refuses_at_once(void **state)
{
	static const struct script script = { .answers = -1 };

	(void)state;
	begin(&script);
	ask(3);
	assert_int_equal(refused, 3);
	await(&ups, 1);
	ask(1);
	await(&good, 1);
	end();
}

static void
closing_refuses_what_waits(void **state)
{
	static const struct script script = { .answers = -1 };

	(void)state;
	begin(&script);
	await(&ups, 1);
	ask(4);
	end();
	assert_int_equal(refused + good, 4);
	assert_int_equal(good, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    answers_in_single_bytes_are_whole_and_in_order),
		cmocka_unit_test(
		    what_a_cut_left_unanswered_is_refused_and_the_link_comes_back),
		cmocka_unit_test(a_link_that_is_not_up_refuses_at_once),
		cmocka_unit_test(closing_refuses_what_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
