/*
 * link.h: a PostgreSQL connection that nobody waits for: statements go out one
 * behind the other, their answers and notifications come through the loop.
 *
 * Shape   a statement whose header says "async" has a function ask_<name>
 *         beside sql_<name>: build/queries.h.  Each is a transaction of its
 *         own, and they are answered in the order asked.
 * Errors  an answer without rows has the refusal in its request, as lib/db.h
 *         has it; where the connection breaks, "unavailable", and nobody knows
 *         whether it took effect.  The link connects again by itself.
 * Source  libpq's pipeline mode, PostgreSQL 15.
 */
#ifndef LINK_H
#define LINK_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/db.h"

struct http_context;
struct link;
struct loop;

/* rows and req end with the call. */
typedef void (*link_answer)(void *ctx, struct request *req, struct rows *rows);

struct link_handler {
	/* Ends with NULL; NULL: it listens to nothing. */
	const char *const *channels;
	db_notice notice;
	/* The link has been opened, or broken and all its answers given. */
	void (*changed)(void *ctx, bool up);
};

/* handler, http and conninfo outlive it. */
struct link *link_open(struct loop *loop, const struct http_context *http,
    const char *conninfo, const struct refusal *refusals,
    const struct link_handler *handler, void *ctx);
/* What was asked and not answered is refused as unavailable. */
void link_close(struct link *l);
/* After each wait of the loop: sends what was asked, connects again. */
void link_tend(struct link *l);
bool link_is_up(const struct link *l);
/* As db_stirred. */
bool link_stirred(struct link *l);

/* Called by the generated functions.  Where the link is not up the answer is
 * given at once. */
void link_call(struct link *l, const struct statement *st,
    const char *const *values, link_answer answer, void *ctx);

#endif
