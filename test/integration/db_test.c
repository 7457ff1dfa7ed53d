/*
 * db_test.c: lib/db.c over a real PostgreSQL.
 *
 * DATABASE_URL names a database in which this may make a schema of its own
 * and end its own connections.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/log.h"
#include "lib/request.h"

static const struct refusal refusals[] = {
	{ "23505", "dbt_things_name_key", 409, "name_taken", "Taken." },
	{ 0 },
};
static struct http_context http;

#define COLUMNS(...)                                                           \
	.columns = (const struct column[]){ __VA_ARGS__ },                     \
	.column_count = sizeof((const struct column[]){ __VA_ARGS__ }) /       \
			sizeof(struct column)

static const struct statement one = {
	.name = "one",
	.text = "select 1 as n",
	.reads = true,
	COLUMNS({ "n", COLUMN_INT }),
};
static const struct statement backend = {
	.name = "backend",
	.text = "select pg_backend_pid() as pid",
	COLUMNS({ "pid", COLUMN_INT }),
};
static const struct statement kill_backend = {
	.name = "kill_backend",
	.text = "select pg_terminate_backend($1::int, 5000) as ok",
	.args = 1,
	COLUMNS({ "ok", COLUMN_BOOL }),
};
static const struct statement insert = {
	.name = "insert",
	.text = "insert into dbt.things (name, raw, at)"
		" values ($1, $2, '2026-11-22 11:49:30.5+02')"
		" returning id, name, octet_length(raw) as size, at",
	.args = 2,
	COLUMNS({ "id", COLUMN_INT }, { "name", COLUMN_TEXT },
	    { "size", COLUMN_INT }, { "at", COLUMN_TIME }),
};
static const struct statement count = {
	.name = "count",
	.text = "select count(*) as n from dbt.things",
	.reads = true,
	COLUMNS({ "n", COLUMN_INT }),
};
static const struct statement numbers = {
	.name = "numbers",
	.text = "select n from dbt.numbers",
	.reads = true,
	COLUMNS({ "n", COLUMN_INT }),
};

/*
 * Says a text once.  The statement must outlive the connection, which knows
 * what it has prepared by address.
 */
static struct rows *
say(struct request *req, const char *text)
{
	enum { SAID_MAX = 200 };
	static struct statement said[SAID_MAX];
	static char names[SAID_MAX][20];
	static int n;

	assert_true(n < SAID_MAX);
	(void)snprintf(names[n], sizeof names[n], "said_%d", n);
	said[n] = (struct statement){ .name = names[n], .text = text };
	return db_call(req, &said[n++], NULL, NULL, NULL);
}

static int64_t
ask(struct request *req, const struct statement *st, const char *column)
{
	struct rows *rows = db_call(req, st, NULL, NULL, NULL);

	assert_non_null(rows);
	assert_int_equal(rows_count(rows), 1);
	return rows_int(rows, 0, column);
}

/* Ends the backend of http.db from a second connection. */
static void
end_backend(int64_t pid)
{
	struct http_context other = { .db = db_open(
					  getenv("DATABASE_URL"), NULL) };
	struct request *req = request_open_plain(&other, "other");
	const char *args[] = { arena_printf(
	    request_arena(req), "%lld", (long long)pid) };
	struct rows *rows = db_call(req, &kill_backend, args, NULL, NULL);

	assert_non_null(rows);
	assert_true(rows_bool(rows, 0, "ok"));
	request_close(req);
	db_close(other.db);
}

static struct request *
begin(void)
{
	return request_open_plain(&http, "test");
}

static void
values_go_there_and_back(void **state)
{
	struct request *req = begin();
	const char *args[] = { "caf\xc3\xa9 \"x\"", "a\0b" };
	const int lengths[] = { 0, 3 };
	const int formats[] = { 0, 1 };
	struct rows *rows = db_call(req, &insert, args, lengths, formats);
	struct buf b;

	(void)state;
	assert_non_null(rows);
	buf_open(&b, request_arena(req), 1000);
	rows_write(&b, rows, 0, 1);
	assert_string_equal(b.data,
	    "{\"name\":\"caf\xc3\xa9 \\\"x\\\"\",\"size\":3,"
	    "\"at\":\"2026-11-22T09:49:30.500Z\"}");
	args[0] = NULL; /* not null says no */
	assert_null(db_call(req, &insert, args, lengths, formats));
	assert_string_equal(db_refused(req), "internal");
	assert_int_equal(db_count(req), 2);
	request_close(req);
}

static void
refusals_are_mapped(void **state)
{
	static const struct {
		const char *text;
		int status;
		const char *code;
	} cases[] = {
		{ "insert into dbt.things (name) values ('a')", 409,
		    "name_taken" },
		{ "insert into dbt.things (id, name) values (1, 'b')", 409,
		    "conflict" },
		{ "insert into dbt.things (name, owner) values ('c', 5)", 409,
		    "reference_missing" },
		{ "insert into dbt.things (name) values ('')", 422,
		    "not_allowed" },
		{ "select 9223372036854775807 + 1", 422, "out_of_range" },
		{ "select dbt.refuse('BB409', 'wrong_state', 'Too late.')", 409,
		    "wrong_state" },
		{ "select dbt.refuse('BB422', 'No word', '')", 500,
		    "internal" },
		{ "select dbt.refuse('BB999', 'word', '')", 500, "internal" },
		{ "select nothing from nowhere", 500, "internal" },
		{ "select 1/0", 500, "internal" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct request *req = begin();

		if (i < 2)
			(void)say(req, "insert into dbt.things (id, name)"
				       " values (1, 'a')");
		assert_null(say(req, cases[i].text));
		assert_int_equal(req->refusal_status, cases[i].status);
		assert_string_equal(db_refused(req), cases[i].code);
		request_close(req);
	}
}

static void
a_statement_past_its_time_is_503(void **state)
{
	struct request *req = begin();

	(void)state;
	assert_non_null(say(req, "set statement_timeout = 1"));
	assert_null(say(req, "select pg_sleep(5)"));
	assert_int_equal(req->refusal_status, 503);
	assert_string_equal(db_refused(req), "timeout");
	assert_non_null(say(req, "set statement_timeout = 0"));
	request_close(req);
}

static void
own_refusals_carry_their_sentence(void **state)
{
	struct request *req = begin();

	(void)state;
	assert_null(
	    say(req, "select dbt.refuse('BB409', 'wrong_state', 'Too late.')"));
	assert_string_equal(req->refusal_detail, "Too late.");
	request_close(req);
}

static void
transactions_are_all_or_nothing(void **state)
{
	struct request *req = begin();
	int64_t before = ask(req, &count, "n");

	(void)state;
	assert_true(db_begin(req));
	assert_non_null(say(req, "insert into dbt.things (name) values ('t')"));
	assert_null(say(req, "insert into dbt.things (name) values ('t')"));
	assert_null(say(req, "select 1")); /* the first refusal stands */
	assert_string_equal(db_refused(req), "name_taken");
	assert_true(db_begun(req));
	assert_false(db_commit(req));
	assert_false(db_begun(req));
	assert_int_equal(ask(req, &count, "n"), before);

	assert_true(db_begin(req));
	assert_non_null(say(req, "insert into dbt.things (name) values ('t')"));
	assert_true(db_commit(req));
	assert_int_equal(ask(req, &count, "n"), before + 1);

	assert_true(db_begin(req));
	assert_non_null(say(req, "insert into dbt.things (name) values ('u')"));
	request_close(req); /* left open: taken back */
	req = begin();
	assert_int_equal(ask(req, &count, "n"), before + 1);

	/* a deferred constraint speaks at the commit */
	assert_true(db_begin(req));
	assert_non_null(say(req, "insert into dbt.late (owner) values (99)"));
	assert_false(db_commit(req));
	assert_string_equal(db_refused(req), "reference_missing");
	request_close(req);
}

static void
a_broken_connection_is_opened_again_for_reading(void **state)
{
	struct request *req = begin();
	int64_t pid = ask(req, &backend, "pid");

	(void)state;
	assert_int_equal(ask(req, &one, "n"), 1);
	end_backend(pid);
	assert_int_equal(ask(req, &one, "n"), 1);
	assert_int_not_equal(ask(req, &backend, "pid"), pid);
	request_close(req);
}

static void
a_write_on_a_broken_connection_is_not_repeated(void **state)
{
	struct request *req = begin();
	int64_t pid = ask(req, &backend, "pid");

	(void)state;
	end_backend(pid);
	assert_null(db_call(req, &backend, NULL, NULL, NULL));
	assert_int_equal(req->refusal_status, 503);
	assert_string_equal(db_refused(req), "unavailable");
	/* the next one has a connection again */
	assert_int_not_equal(ask(req, &backend, "pid"), pid);
	request_close(req);
}

static void
draining_finds_a_broken_connection_first(void **state)
{
	struct request *req = begin();
	int64_t pid = ask(req, &backend, "pid");

	(void)state;
	end_backend(pid);
	db_drain(http.db);
	assert_int_not_equal(ask(req, &backend, "pid"), pid);
	request_close(req);
}

static void
a_transaction_on_a_broken_connection_fails_whole(void **state)
{
	struct request *req = begin();
	int64_t pid = ask(req, &backend, "pid");

	(void)state;
	assert_true(db_begin(req));
	end_backend(pid);
	assert_null(db_call(req, &one, NULL, NULL, NULL));
	assert_false(db_commit(req));
	assert_string_equal(db_refused(req), "unavailable");
	assert_int_equal(ask(req, &one, "n"), 1);

	pid = ask(req, &backend, "pid");
	end_backend(pid);
	assert_true(db_begin(req)); /* nothing was said yet: opened again */
	assert_int_equal(ask(req, &one, "n"), 1);
	assert_true(db_commit(req));
	request_close(req);
}

static void
changed_results_are_read_anew(void **state)
{
	struct request *req = begin();

	(void)state;
	assert_non_null(say(req, "insert into dbt.numbers values (5)"));
	assert_int_equal(ask(req, &numbers, "n"), 5);
	assert_non_null(
	    say(req, "alter table dbt.numbers alter n type bigint"));
	assert_int_equal(ask(req, &numbers, "n"), 5);

	/* inside a transaction it fails, and the next one is good */
	assert_non_null(
	    say(req, "alter table dbt.numbers alter n type numeric"));
	assert_true(db_begin(req));
	assert_null(db_call(req, &numbers, NULL, NULL, NULL));
	assert_false(db_commit(req));
	assert_true(db_begin(req));
	assert_int_equal(ask(req, &numbers, "n"), 5);
	assert_true(db_commit(req));
	request_close(req);
}

static void
no_server_is_503(void **state)
{
	struct http_context none = {
		.db = db_open("host=/nowhere dbname=x", NULL),
	};
	struct request *req = request_open_plain(&none, "none");

	(void)state;
	for (int i = 0; i < 3; i++) {
		assert_null(db_call(req, &one, NULL, NULL, NULL));
		assert_int_equal(req->refusal_status, 503);
		assert_false(db_begin(req));
	}
	assert_int_equal(db_socket(none.db), -1);
	request_close(req);
	db_close(none.db);
}

static int notices, connects;

static void
hear(void *ctx, const char *channel, const char *payload)
{
	(void)ctx;
	assert_string_equal(channel, "dbt_news");
	assert_string_equal(payload, "x");
	notices++;
}

static bool
connected(void *ctx)
{
	struct request *req = begin();

	(void)ctx;
	assert_int_equal(ask(req, &one, "n"), 1);
	request_close(req);
	connects++;
	return true;
}

static void
notices_arrive_also_after_a_reconnect(void **state)
{
	static const char *const channels[] = { "dbt_news", NULL };
	volatile sig_atomic_t stop = 0;
	struct request *req;

	(void)state;
	db_listen(http.db, channels, hear, connected, NULL);
	req = begin();
	assert_non_null(say(req, "select pg_notify('dbt_news', 'x')"));
	assert_int_equal(connects, 1);
	db_drain(http.db);
	assert_int_equal(notices, 1);

	end_backend(ask(req, &backend, "pid"));
	db_drain(http.db);
	assert_int_equal(connects, 2);
	assert_non_null(say(req, "select pg_notify('dbt_news', 'x')"));
	for (int i = 0; i < 50 && notices < 2; i++)
		assert_true(db_wait(http.db, 100, SIGTERM, &stop));
	assert_int_equal(notices, 2);
	stop = 1;
	assert_false(db_wait(http.db, 10000, SIGTERM, &stop));
	request_close(req);
}

static int
set_up(void **state)
{
	static const char *const texts[] = {
		"drop schema if exists dbt cascade",
		"create schema dbt",
		"create table dbt.owners (id bigint primary key)",
		"create table dbt.things (id bigint generated by default as"
		" identity (start 100) primary key, name text not null"
		" constraint dbt_things_name_key unique check (name <> ''),"
		" raw bytea, at timestamptz,"
		" owner bigint references dbt.owners)",
		"create table dbt.late (owner bigint references dbt.owners"
		" deferrable initially deferred)",
		"create table dbt.numbers (n int)",
		"create function dbt.refuse(state text, word text, why text)"
		" returns void language plpgsql as $$ begin raise exception"
		" using errcode = state, message = word, detail = why; end $$",
	};
	struct request *req;

	(void)state;
	log_open("db_test", LOG_ERROR);
	http.db = db_open(getenv("DATABASE_URL"), refusals);
	req = begin();
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (say(req, texts[i]) == NULL)
			return -1;
	request_close(req);
	return 0;
}

static int
tear_down(void **state)
{
	struct request *req = begin();

	(void)state;
	(void)say(req, "drop schema dbt cascade");
	request_close(req);
	db_close(http.db);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_go_there_and_back),
		cmocka_unit_test(refusals_are_mapped),
		cmocka_unit_test(a_statement_past_its_time_is_503),
		cmocka_unit_test(own_refusals_carry_their_sentence),
		cmocka_unit_test(transactions_are_all_or_nothing),
		cmocka_unit_test(
		    a_broken_connection_is_opened_again_for_reading),
		cmocka_unit_test(
		    a_write_on_a_broken_connection_is_not_repeated),
		cmocka_unit_test(draining_finds_a_broken_connection_first),
		cmocka_unit_test(
		    a_transaction_on_a_broken_connection_fails_whole),
		cmocka_unit_test(changed_results_are_read_anew),
		cmocka_unit_test(no_server_is_503),
		cmocka_unit_test(notices_arrive_also_after_a_reconnect),
	};

	if (getenv("DATABASE_URL") == NULL) {
		(void)fprintf(stderr, "db_test: DATABASE_URL is not set\n");
		return 1;
	}
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
