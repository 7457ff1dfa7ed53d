/*
 * fake.h: a request without nginx and statements without PostgreSQL.
 *
 * Shape   a test file that includes this is linked with test/unit/fake.c in
 *         place of lib/db.c.  Every statement returns one row of likely
 *         values unless told otherwise; what is told ends with the request.
 */
#ifndef FAKE_H
#define FAKE_H

#include "lib/request.h"

enum {
	FAKE_CALLER = 7,
	FAKE_NOW = 1700000000,
	FAKE_ARGS = 40,
	FAKE_CALLS = 16,
};

/* Roles as bits: "creator", "brand", "admin". */
enum {
	FAKE_CREATOR = 1u << ROLE_FIRST,
	FAKE_BRAND = 1u << (ROLE_FIRST + 1),
	FAKE_ADMIN = 1u << (ROLE_FIRST + 2),
};

/* What every request of the test gets; a test may change it before. */
extern struct http_context fake_http;

/* The row of every statement not told apart: values in the order of its
 * columns, text form; ptr NULL: no row.  likely: made from the columns. */
struct fake_row {
	const char *const *ptr;
	bool likely;
};
extern struct fake_row fake_row;

/* One statement's own row (NULL: none), or its refusal. */
void fake_answer(const char *statement, const char *const *row);
void fake_refuse(const char *statement, int status, const char *code);

/* The arguments of the last statement, and all that were said. */
extern const char *fake_args[FAKE_ARGS];
struct fake_call {
	const char *statement;
	const char *args[FAKE_ARGS];
};
extern struct fake_call fake_calls[FAKE_CALLS];
extern int fake_call_count;
extern int fake_commits; /* transactions that were committed */

/* A CGI variable for the next requests, "HTTP_ORIGIN=https://…". */
void fake_env(const char *text);

/*
 * path is below /api unless it begins with "//", which stands for the root,
 * and may carry a query.  role 0 or ROLE_*: nobody; else the caller is
 * FAKE_CALLER with a good token.  body NULL: none.
 */
struct request *fake_request(
    enum method method, const char *path, unsigned role, const char *body);
/* The answer's bytes, NUL after them. */
const char *fake_reply(const struct request *req);
/* Its head, as it goes to nginx. */
const char *fake_head(struct request *req);
void fake_request_end(struct request *req);

#endif
