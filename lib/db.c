/* db.c: one PostgreSQL connection and the statements said over it. */
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/db.h"
#include "lib/log.h"
#include "lib/pg.h"
#include "lib/request.h"
#include "lib/rows.h"

enum {
	PREPARED_SLOTS = 2048, /* a power of two, well above the statements */
	RETRY_MS = 250,        /* between attempts to connect */
};

struct db {
	char *conninfo;
	const struct refusal *refusals;
	PGconn *conn; /* NULL: none */
	const struct statement *prepared[PREPARED_SLOTS];
	int prepared_count;
	bool connecting;       /* on_connect is at work */
	bool ended;            /* the server said farewell */
	bool down;             /* said so in the log */
	bool stirred;          /* what was written is waited for */
	int64_t retry_at;      /* ms of the monotonic clock */
	struct request *owner; /* of the open transaction, or NULL */
	bool failed;           /* the transaction can only be taken back */
	bool stale; /* the connection's prepared results have changed */
	const char *const *channels;
	db_notice notice;
	bool (*on_connect)(void *ctx);
	void *ctx;
};

static int64_t
clock_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct db *
db_open(const char *conninfo, const struct refusal *refusals)
{
	struct db *db = calloc(1, sizeof *db);

	if (db == NULL || (db->conninfo = strdup(conninfo)) == NULL) {
		log_line(LOG_ERROR, "memory", "the process ran out of memory");
		exit(1);
	}
	db->refusals = refusals;
	return db;
}

static void
drop_connection(struct db *db)
{
	PQfinish(db->conn);
	db->conn = NULL;
	memset(db->prepared, 0, sizeof db->prepared);
	db->prepared_count = 0;
	db->stale = false;
	db->ended = false;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	drop_connection(db);
	free(db->conninfo);
	free(db);
}

/* PostgreSQL's messages end in a line feed and may have several lines. */
static void
log_down(struct db *db)
{
	const char *message = PQerrorMessage(db->conn);

	if (db->down)
		return;
	db->down = true;
	log_line(LOG_ERROR, "database_down", "PostgreSQL did not answer: %.*s",
	    (int)strcspn(message, "\n"), message);
}

static bool
say_plainly(struct db *db, const char *text)
{
	PGresult *res = PQexec(db->conn, text);
	bool good = PQresultStatus(res) == PGRES_COMMAND_OK;

	PQclear(res);
	return good;
}

enum pg_notice
pg_notice(const PGresult *res)
{
	const char *severity =
	    PQresultErrorField(res, PG_DIAG_SEVERITY_NONLOCALIZED);
	const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);

	if (severity != NULL &&
	    (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0))
		return PG_ENDED;
	if (state != NULL && strncmp(state, "57P", 3) == 0)
		return PG_ENDED;
	return state != NULL && strcmp(state, DB_STIR) == 0 ? PG_STIRRED
							    : PG_NOTHING;
}

static void
take_notice(void *ctx, const PGresult *res)
{
	struct db *db = ctx;

	switch (pg_notice(res)) {
	case PG_ENDED:
		db->ended = true;
		break;
	case PG_STIRRED:
		db->stirred = true;
		break;
	default:
		break;
	}
}

static bool
listen_again(struct db *db)
{
	struct buf text;
	struct arena *a;
	bool good = true;

	if (db->channels == NULL)
		return true;
	a = arena_open();
	buf_open(&text, a, 4000);
	for (int i = 0; db->channels[i] != NULL; i++) {
		char *name = PQescapeIdentifier(
		    db->conn, db->channels[i], strlen(db->channels[i]));

		if (name == NULL) {
			good = false;
			break;
		}
		buf_printf(&text, "listen %s;", name);
		PQfreemem(name);
	}
	good = good && say_plainly(db, text.data);
	arena_close(a);
	return good;
}

static bool
is_good(const struct db *db)
{
	return db->conn != NULL && !db->ended &&
	       PQstatus(db->conn) == CONNECTION_OK;
}

/* True with a connection that is good as far as is known. */
static bool
have_connection(struct db *db)
{
	/* what stands before dbname is a default that conninfo may change */
	static const char *const names[] = { "connect_timeout",
		"client_encoding", "fallback_application_name", "dbname",
		NULL };
	const char *values[] = { "3", "UTF8", program_invocation_short_name,
		db->conninfo, NULL };
	bool good;

	if (is_good(db))
		return true;
	drop_connection(db);
	if (db->connecting || clock_ms() < db->retry_at)
		return false;
	db->conn = PQconnectdbParams(names, values, 1);
	(void)PQsetNoticeReceiver(db->conn, take_notice, db);
	good = PQstatus(db->conn) == CONNECTION_OK &&
	       say_plainly(db, "set timezone to 'UTC';"
			       "set datestyle to 'ISO, YMD'") &&
	       listen_again(db);
	if (!good)
		log_down(db);
	if (good && db->on_connect != NULL) {
		db->connecting = true;
		good = db->on_connect(db->ctx);
		db->connecting = false;
	}
	if (!good) {
		drop_connection(db);
		db->retry_at = clock_ms() + RETRY_MS;
		return false;
	}
	if (db->down)
		log_line(LOG_INFO, "database_up", "PostgreSQL answered again");
	db->down = false;
	return true;
}

const char *
pg_state(const PGconn *conn, const PGresult *res)
{
	const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);

	if (state == NULL || PQstatus(conn) != CONNECTION_OK)
		return "08006";
	return state;
}

static bool
is_lost(const char *state)
{
	return pg_in_class(state, "08") || pg_in_class(state, "57P");
}

static void
note_unavailable(struct request *req, const struct db *db, const char *what)
{
	if (!db->down)
		log_line(LOG_WARN, "statement",
		    "statement %s found no connection", what);
	pg_unavailable(req);
}

/* The slot of st, or the free one where it belongs. */
static const struct statement **
find_slot(struct db *db, const struct statement *st)
{
	size_t i =
	    (size_t)((uint64_t)(uintptr_t)st * UINT64_C(0x9e3779b97f4a7c15) >>
		     32) %
	    PREPARED_SLOTS;

	while (db->prepared[i] != NULL && db->prepared[i] != st)
		i = (i + 1) % PREPARED_SLOTS;
	return &db->prepared[i];
}

/* NULL when prepared, else the result that refused it. */
static PGresult *
prepare(struct db *db, const struct statement *st)
{
	const struct statement **slot = find_slot(db, st);
	PGresult *res;

	if (*slot == st)
		return NULL;
	assert(db->prepared_count < PREPARED_SLOTS / 2);
	res = PQprepare(db->conn, st->name, st->text, 0, NULL);
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		return res;
	PQclear(res);
	*slot = st;
	db->prepared_count++;
	return NULL;
}

static void
clear_result(void *res)
{
	PQclear(res);
}

struct rows *
pg_rows(struct request *req, const struct statement *st, PGresult *res)
{
	struct rows *rows;
	struct cell *cell;
	int count = st->column_count > 0 ? PQntuples(res) : 0;

	arena_defer(req->arena, clear_result, res);
	if (st->column_count > 0 && PQnfields(res) != st->column_count) {
		log_line(LOG_ERROR, "statement",
		    "statement %s returned %d columns in place of %d", st->name,
		    PQnfields(res), st->column_count);
		request_refuse(req, 500, "internal", NULL);
		return NULL;
	}
	rows = rows_open(req->arena, st, count);
	cell = rows->cells;
	for (int row = 0; row < count; row++) {
		for (int i = 0; i < st->column_count; i++, cell++) {
			if (PQgetisnull(res, row, i))
				continue;
			cell->text = PQgetvalue(res, row, i);
			cell->size = (size_t)PQgetlength(res, row, i);
		}
	}
	return rows;
}

/*
 * Whether a refused statement may be said once more: it cannot have taken
 * effect, or only reads.
 */
static bool
may_repeat(const struct statement *st, const char *state, bool said)
{
	if (pg_in_class(state, "40001") || pg_in_class(state, "40P01"))
		return true; /* taken back whole */
	if (is_lost(state))
		return st->reads || !said;
	return st->reads && pg_in_class(state, "0A000");
}

struct rows *
db_call(struct request *req, const struct statement *st,
    const char *const *values, const int *lengths, const int *formats)
{
	struct db *db = req->http->db;
	bool within = db->owner != NULL;
	const PGconn *before = db->conn;

	assert(!within || db->owner == req);
	if (within && db->failed)
		return NULL; /* the first refusal stands */
	req->statements++;
	for (int attempt = 0;; attempt++) {
		const char *state;
		PGresult *res;
		bool said, again;

		if (!within && !have_connection(db)) {
			log_request_id(req->id);
			note_unavailable(req, db, st->name);
			return NULL;
		}
		/* on_connect may have had a request of its own */
		if (db->conn != before)
			log_request_id(req->id);
		res = prepare(db, st);
		said = res == NULL;
		if (said)
			res = PQexecPrepared(db->conn, st->name, st->args,
			    values, lengths, formats, 0);
		if (PQresultStatus(res) == PGRES_TUPLES_OK ||
		    PQresultStatus(res) == PGRES_COMMAND_OK)
			return pg_rows(req, st, res);
		state = pg_state(db->conn, res);
		again = attempt == 0 && !within && may_repeat(st, state, said);
		if (!again)
			pg_refuse(req, db->refusals, st->name, state, res);
		/* after 0A000 no statement of this connection is safe */
		db->stale = db->stale || pg_in_class(state, "0A000");
		if (!within && (is_lost(state) || db->stale))
			drop_connection(db);
		PQclear(res);
		if (!again) {
			db->failed = within;
			return NULL;
		}
	}
}

bool
db_begin(struct request *req)
{
	struct db *db = req->http->db;

	assert(db->owner == NULL);
	/* a connection that broke unnoticed is found out here: nothing of the
	 * transaction has been said yet */
	for (int attempt = 0; attempt < 2 && have_connection(db); attempt++) {
		if (say_plainly(db, "begin")) {
			db->owner = req;
			db->failed = false;
			return true;
		}
		drop_connection(db);
	}
	note_unavailable(req, db, "begin");
	return false;
}

/* Without a good word from PostgreSQL the connection itself is given up. */
static void
end_transaction(struct db *db, bool clean)
{
	db->owner = NULL;
	db->failed = false;
	if (!clean || db->stale || PQstatus(db->conn) != CONNECTION_OK)
		drop_connection(db);
}

bool
db_commit(struct request *req)
{
	struct db *db = req->http->db;
	PGresult *res;
	bool good;

	assert(db->owner == req);
	if (db->failed) {
		db_rollback(req);
		return false;
	}
	res = PQexec(db->conn, "commit");
	/* in a transaction that failed, PostgreSQL answers ROLLBACK */
	good = PQresultStatus(res) == PGRES_COMMAND_OK &&
	       strcmp(PQcmdStatus(res), "COMMIT") == 0;
	if (!good)
		pg_refuse(
		    req, db->refusals, "commit", pg_state(db->conn, res), res);
	PQclear(res);
	end_transaction(db, PQtransactionStatus(db->conn) == PQTRANS_IDLE);
	return good;
}

void
db_rollback(struct request *req)
{
	struct db *db = req->http->db;

	if (db == NULL || db->owner != req)
		return;
	end_transaction(db, say_plainly(db, "rollback"));
}

bool
db_begun(const struct request *req)
{
	return req->http->db != NULL && req->http->db->owner == req;
}

const char *
db_refused(const struct request *req)
{
	return req->refusal_code;
}

void
db_listen(struct db *db, const char *const *channels, db_notice notice,
    bool (*on_connect)(void *ctx), void *ctx)
{
	db->channels = channels;
	db->notice = notice;
	db->on_connect = on_connect;
	db->ctx = ctx;
	drop_connection(db); /* the next one listens */
}

/* Hands out the notices that libpq has read; true when there were any. */
static bool
hand_out(struct db *db)
{
	PGnotify *n;
	bool any = false;

	while (db->conn != NULL && (n = PQnotifies(db->conn)) != NULL) {
		any = true;
		if (db->notice != NULL)
			db->notice(db->ctx, n->relname, n->extra);
		PQfreemem(n);
	}
	return any;
}

static bool
drain(struct db *db)
{
	bool any = false, some;

	assert(db->owner == NULL);
	if (!have_connection(db))
		return false;
	do { /* libpq reads a part at a time */
		(void)PQconsumeInput(db->conn); /* PQstatus tells failure */
		some = hand_out(db);
		any |= some;
	} while (some && PQstatus(db->conn) == CONNECTION_OK);
	(void)have_connection(db);
	return any;
}

void
db_drain(struct db *db)
{
	(void)drain(db);
}

bool
db_wait(
    struct db *db, int ms, int signal_number, const volatile sig_atomic_t *stop)
{
	struct timespec limit;
	struct pollfd fd = { .events = POLLIN };
	sigset_t blocked, before, waiting;

	if (drain(db))
		return *stop == 0;
	/* without a connection, look again soon */
	if (db->conn == NULL && ms > RETRY_MS)
		ms = RETRY_MS;
	limit.tv_sec = ms / 1000;
	limit.tv_nsec = ms % 1000 * 1000000L;
	(void)sigemptyset(&blocked);
	(void)sigaddset(&blocked, signal_number);
	(void)sigprocmask(SIG_BLOCK, &blocked, &before);
	if (*stop == 0) {
		waiting = before;
		(void)sigdelset(&waiting, signal_number);
		fd.fd = db_socket(db);
		(void)ppoll(&fd, 1, &limit, &waiting);
	}
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	if (*stop != 0)
		return false;
	db_drain(db);
	return true;
}

bool
db_stirred(struct db *db)
{
	bool stirred = db->stirred;

	db->stirred = false;
	return stirred;
}

int
db_socket(const struct db *db)
{
	return db->conn == NULL ? -1 : PQsocket(db->conn);
}

int
db_count(const struct request *req)
{
	return req->statements;
}
