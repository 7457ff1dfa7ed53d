/*
 * db.h: one PostgreSQL connection, typed named statements, rows as JSON.
 *
 * Shape   the build turns sql/queries/ into build/queries.[ch]: for each
 *         statement a struct of its arguments, a function sql_<name>(req, q),
 *         and a struct statement as below.  A statement is prepared when it
 *         is first used.
 * Errors  sql_* gives NULL and notes in the request the status and word that
 *         the refusal table of lib/refusal.c has for it; reply_* then sends
 *         that.
 *         A lost connection is opened again, and the statement said again
 *         only if none of it can have taken effect.
 *         A function of the schema refuses by itself with SQLSTATE BBnnn:
 *         nnn is the status, the message its word, the detail a sentence,
 *         the column the field at fault, the hint seconds to wait.
 * Source  libpq, PostgreSQL 15.
 */
#ifndef DB_H
#define DB_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/buf.h"

struct request;
struct db;
struct rows; /* belongs to the request's arena */

enum column_type {
	COLUMN_INT,    /* bigint, int: digits */
	COLUMN_MONEY,  /* bigint cents: number with two decimals */
	COLUMN_NUMBER, /* numeric: its digits */
	COLUMN_BOOL,
	COLUMN_TEXT,
	COLUMN_TIME, /* timestamptz: ISO 8601 with Z, milliseconds */
	COLUMN_DATE,
	COLUMN_JSON, /* goes through as it stands */
};

struct column {
	const char *name; /* a dot nests: "creator.user.id" */
	enum column_type type;
};

struct statement {
	const char *name;
	const char *text;
	int args;
	bool reads; /* "-- reads" in its header: may be said again */
	const struct column *columns;
	int column_count;
};

/* What a refused statement means to the caller; the first match wins. */
struct refusal {
	const char *sqlstate; /* a whole code, or the two letters of a class */
	const char *constraint; /* NULL: whichever */
	int status;
	const char *code;   /* the stable word the front end switches on */
	const char *detail; /* a sentence for a person */
	const char *field;  /* the body's field at fault; NULL: none */
};

/*
 * conninfo as libpq takes it.  refusals is the application's table, ended by
 * { 0 }; lib/refusal.c has the general ones after it.  Does not connect yet:
 * the first statement does, so a worker starts without PostgreSQL.
 */
struct db *db_open(const char *conninfo, const struct refusal *refusals);
void db_close(struct db *db);

/* Called by the generated functions: values in text form, NULL for null. */
struct rows *db_call(struct request *req, const struct statement *st,
    const char *const *values, const int *lengths, const int *formats);

/*
 * Several statements in one transaction.  db_begin false: refused, noted.
 * After any failed statement db_commit rolls back and gives false.
 */
bool db_begin(struct request *req);
bool db_commit(struct request *req);
/* Nothing where no transaction is open. */
void db_rollback(struct request *req);
/* True while a transaction of req's is open. */
bool db_begun(const struct request *req);
/* The word of the last refusal noted in req; NULL: none. */
const char *db_refused(const struct request *req);

/*
 * Notifications: listen is said again after each reconnect, and then
 * on_connect is called (to read what was missed; false gives the connection
 * up).  db_drain reads what has come without waiting, and first connects
 * where there is no connection.  db_wait does so too, then waits for more,
 * at most ms, and gives false once *stop is nonzero; the signal whose handler
 * sets it cannot slip in between the look and the wait.
 */
typedef void (*db_notice)(void *ctx, const char *channel, const char *payload);
/* channels ends with NULL and outlives db. */
void db_listen(struct db *db, const char *const *channels, db_notice notice,
    bool (*on_connect)(void *ctx), void *ctx);
void db_drain(struct db *db);
bool db_wait(struct db *db, int ms, int signal_number,
    const volatile sig_atomic_t *stop);
int db_socket(const struct db *db); /* -1 while there is none */

/*
 * The schema says by a notice of this SQLSTATE that somebody waits for what a
 * statement wrote.  True once after such a one: it has committed, or was taken
 * back, when no transaction is open.
 */
#define DB_STIR "BB000"
bool db_stirred(struct db *db);

int rows_count(const struct rows *rows);
/* By column name; an unknown name is a broken assumption.  Text is never NULL:
 * ask rows_null. */
bool rows_null(const struct rows *rows, int row, const char *column);
const char *rows_text(const struct rows *rows, int row, const char *column);
/* NULL for null. */
const char *rows_text_or_null(
    const struct rows *rows, int row, const char *column);
size_t rows_size(const struct rows *rows, int row, const char *column);
int64_t rows_int(const struct rows *rows, int row, const char *column);
bool rows_bool(const struct rows *rows, int row, const char *column);

/* One column's value as JSON. */
void rows_write_value(
    struct buf *out, const struct rows *rows, int row, const char *column);
/*
 * One row as a JSON object.  An object nested by dots is null where its first
 * column is.  skip columns at the front are left out.
 */
void rows_write(struct buf *out, const struct rows *rows, int row, int skip);
/* All of them as an array; where skip is not 0, a row whose first column after
 * those left out is null is no item. */
void rows_write_all(struct buf *out, const struct rows *rows, int skip);

/* Statements said through req, for budgets. */
int db_count(const struct request *req);

#endif
