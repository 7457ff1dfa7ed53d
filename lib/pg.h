/*
 * pg.h: what lib/db.c and lib/link.c make of libpq's results, and
 * lib/refusal.c of its refusals; no other file includes it.
 *
 * Source  libpq, PostgreSQL 15.
 */
#ifndef PG_H
#define PG_H

#include <libpq-fe.h>

#include "lib/db.h"

/*
 * A server that ends an idle connection says so in a message of its own, and
 * libpq, which reads it as a notice, finds the end only at a later read.  Where
 * all of the server ends at once, that message is but a warning: its SQLSTATE
 * tells.  Other notices are nobody's business; libpq would print them.
 */
enum pg_notice { PG_NOTHING, PG_ENDED, PG_STIRRED };
enum pg_notice pg_notice(const PGresult *res);

/*
 * The SQLSTATE; "08006" where the connection broke.  What libpq says without
 * one is its own: that it could not write, say, before it has read the end, and
 * PQstatus is still good.
 */
const char *pg_state(const PGconn *conn, const PGresult *res);

/* True for the code wanted, or where that is but its beginning. */
bool pg_in_class(const char *sqlstate, const char *wanted);

/* Notes in req what the application's table, then the general one, has for a
 * refused statement. */
void pg_refuse(struct request *req, const struct refusal *own, const char *what,
    const char *state, const PGresult *res);

/* Likewise where there is no connection. */
void pg_unavailable(struct request *req);

/* Takes res over; NULL and a refusal where its columns are not st's. */
struct rows *pg_rows(
    struct request *req, const struct statement *st, PGresult *res);

#endif
