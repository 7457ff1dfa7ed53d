/*
 * http.h: a request, who may make it, what it says, and its answer.
 *
 * Shape   handlers see struct request only through these functions; its
 *         inside is lib/request.h, for the worker and the unit tests.
 * Errors  readers note each bad field and go on; reply_invalid names them
 *         all.  A refusal is an RFC 9457 problem that also carries "error",
 *         "code", "fields", "reasons" and "request_id".
 * Source  FastCGI 1.0 through libfcgi; RFC 9110, 9457.
 */
#ifndef HTTP_H
#define HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/db.h"

struct request;

enum method { GET, POST, PUT, PATCH, DELETE, METHODS };

/* Roles are bits; those of the application follow ROLE_FIRST. */
enum {
	ROLE_ANY = 1u << 0,   /* no token is looked at */
	ROLE_GUEST = 1u << 1, /* a token is looked at where there is one */
	ROLE_FIRST = 2,       /* first bit free for the application */
};

/* One row of a resource's table; a table ends with { 0 }. */
struct route {
	enum method method;
	const char *path; /* below /api; ":id" and ":…_id" are positive
			   * integers, any other ":name" a text of one
			   * segment */
	unsigned roles;   /* who may call; never 0 */
	int (*handler)(struct request *req); /* returns the status sent */
	const char *pool;                    /* NULL: "api" */
	unsigned flags;                      /* ROUTE_* */
};

enum {
	ROUTE_FORM = 1u << 0,       /* the body is a form or a file, not JSON */
	ROUTE_IDEMPOTENT = 1u << 1, /* takes an Idempotency-Key */
	ROUTE_PAGE = 1u << 2,       /* outside /api: the path is whole */
	ROUTE_STEPS = 1u << 3,      /* commits before what takes long */
};

/*
 * The one judge: finds the route, the method, the token, the role, then calls
 * the handler.  tables ends with NULL.  Returns the status sent.
 */
int http_dispatch(struct request *req, const struct route *const *tables);

/* Who is calling: 0 and 0 for nobody. */
int64_t caller_id(const struct request *req); /* users.id */
unsigned caller_role(const struct request *req);
const char *caller_session(const struct request *req); /* uuid, or NULL */

struct arena *request_arena(struct request *req);
/* What the application keeps for itself: app of struct http_context. */
void *request_app(const struct request *req);
const char *request_id(const struct request *req);
const char *request_address(const struct request *req); /* the peer's IP */
/* A header by its CGI name ("HTTP_ORIGIN"), or NULL. */
const char *request_header(const struct request *req, const char *name);
const char *request_cookie(struct request *req, const char *name);
/* The body as it came; *size its bytes. */
const char *request_body(const struct request *req, size_t *size);
enum method request_method(const struct request *req);
/* "POST /bookings": what an idempotency key is bound to, beside its asker. */
const char *request_operation(struct request *req);

/* Values of the path; path_id is 0 where the path has none. */
int64_t path_id(const struct request *req, const char *name);
const char *path_text(const struct request *req, const char *name);

/*
 * Fields of the JSON body.  The plain ones are required; those ending in _opt
 * give NULL when the field is absent or null.  Text lengths are in characters;
 * text comes back trimmed of blanks at both ends, without NUL, valid UTF-8.
 * A key of the body that no reader asked for is a bad field.
 */
bool body_has(struct request *req, const char *name); /* present, not null */
const char *body_text(
    struct request *req, const char *name, size_t min, size_t max);
const char *body_text_opt(
    struct request *req, const char *name, size_t min, size_t max);
/* Not trimmed: for passwords. */
const char *body_secret(
    struct request *req, const char *name, size_t min, size_t max);
/* Lower-cased; one @, no blank, 120 characters at most. */
const char *body_email(struct request *req, const char *name);
const char *body_choice(
    struct request *req, const char *name, const char *const *choices);
const char *body_choice_opt(
    struct request *req, const char *name, const char *const *choices);
int64_t body_int(
    struct request *req, const char *name, int64_t min, int64_t max);
const int64_t *body_int_opt(
    struct request *req, const char *name, int64_t min, int64_t max);
const bool *body_bool_opt(struct request *req, const char *name);
/* Whole cents, from a JSON number or a text with at most two decimals. */
int64_t body_money(
    struct request *req, const char *name, int64_t min, int64_t max);
const int64_t *body_money_opt(
    struct request *req, const char *name, int64_t min, int64_t max);
/* The JSON number's own digits, for a numeric column; at most two decimals. */
const char *body_decimal_opt(
    struct request *req, const char *name, int64_t min, int64_t max);
/* ISO 8601 date or date and time, as its text. */
const char *body_time_opt(struct request *req, const char *name);
/* An array of texts, as the text of a JSON array. */
const char *body_texts_opt(
    struct request *req, const char *name, size_t items, size_t max);
/* As body_texts_opt, each of them one of choices. */
const char *body_choices_opt(struct request *req, const char *name,
    const char *const *choices, size_t items);
/* An object of texts, as the text of a JSON object; keys NULL: any word. */
const char *body_object_opt(
    struct request *req, const char *name, const char *const *keys, size_t max);
/* Any object, a few levels deep, as its JSON; texts at most max characters. */
const char *body_details_opt(struct request *req, const char *name, size_t max);
/* An https or http address, or a path below /uploads/ or
 * /api/uploads/. */
const char *body_link_opt(struct request *req, const char *name, size_t max);
/* Notes a bad field on one's own account: the rule it breaks, a stable word
 * that lasts as long as the request, and the end of a sentence. */
void body_bad(struct request *req, const char *name, const char *rule,
    const char *reason);
/* Notes that a field is missing which is needed here. */
void body_missing(struct request *req, const char *name);
/* True once any reader, of body or query, met a bad field. */
bool body_invalid(struct request *req);

/* Parameters of the query; unknown ones are ignored, empty ones absent. */
int64_t query_int(struct request *req, const char *name, int64_t otherwise,
    int64_t min, int64_t max);
const int64_t *query_int_opt(
    struct request *req, const char *name, int64_t min, int64_t max);
const int64_t *query_money_opt(struct request *req, const char *name);
const char *query_text_opt(
    struct request *req, const char *name, size_t min, size_t max);
const char *query_choice_opt(
    struct request *req, const char *name, const char *const *choices);
bool query_flag(struct request *req, const char *name); /* true or 1 */
/* page from 1; per_page is cut to the most a page may have. */
struct page {
	int64_t number;
	int64_t size;
};
struct page query_page(struct request *req, int64_t size);
/* The parameter sort, one of orders.  Without it, or where it says "relevance"
 * and there are no words to be relevant to: "relevance" with words, else
 * otherwise. */
const char *query_order(struct request *req, const char *const *orders,
    bool words, const char *otherwise);
/*
 * Behind which row a list goes on; order is the word of how it is sorted.  A
 * cursor of another order, another list or other filters is a bad field: those
 * are meant that were read before.  key and id NULL: from the start.
 */
struct cursor {
	const char *list; /* order and what is listed, as one word */
	const int64_t *key;
	const int64_t *id;
};
struct cursor query_cursor(struct request *req, const char *order);

/* Answers; each returns the status sent.  rows NULL: the statement's refusal.
 */
/* One bare object; with no row 404 when code is NULL, else 409 and code. */
int reply_one(
    struct request *req, int status, const struct rows *rows, const char *code);
/* {"message": …, "<name>": {…}}; with no row as reply_one. */
int reply_named(struct request *req, int status, const char *message,
    const char *name, const struct rows *rows, const char *code);
/* {"message": …} */
int reply_message(struct request *req, int status, const char *message);
/* Likewise; with no row as reply_one. */
int reply_done(struct request *req, int status, const char *message,
    const struct rows *rows, const char *code);
/*
 * {"<plural>": [...], "total", "pages", "current_page"}.  The statement's
 * first column is "total", further ones before "id" are told of the page;
 * a row whose id is null is no item.  A total that is null was not counted:
 * then total, pages and current_page are left out.
 */
int reply_page(struct request *req, const struct rows *rows, const char *plural,
    struct page page);
/* Likewise of what belongs to something: no row at all says that this is not
 * there, which is 404; what has none has a row without an id. */
int reply_page_of(struct request *req, const struct rows *rows,
    const char *plural, struct page page);
/*
 * As reply_page, with "next_cursor" for query_cursor, null where nothing
 * follows.  The first columns are "total", "next_key" and "next_id"; total is
 * null where a cursor was sent.
 */
int reply_keyset(struct request *req, const struct rows *rows,
    const char *plural, struct page page, struct cursor after);
/* {"<plural>": [...], "total": n} */
int reply_list(
    struct request *req, const struct rows *rows, const char *plural);
int reply_problem(struct request *req, int status, const char *code,
    const char *format, ...) __attribute__((format(printf, 4, 5)));
int reply_invalid(struct request *req);
/* What the last statement, db_begin or db_commit was refused for. */
int reply_refusal(struct request *req);
/* Bytes as they stand, as an answer kept from before. */
int reply_bytes(struct request *req, int status, const char *type,
    const char *bytes, size_t size);
/* For answers of several parts: write JSON into the buffer, then reply_sent. */
struct buf *reply_open(struct request *req, int status, const char *type);
int reply_sent(struct request *req);
/* Takes the last brace off the object answered, for more members of it;
 * reply_closed puts it back. */
struct buf *reply_more(struct request *req);
int reply_closed(struct request *req);
/* Adds a header to the answer to come. */
void reply_header(struct request *req, const char *name, const char *value);

/*
 * The answer as made so far; it leaves only after the handler has returned,
 * and a later reply_* takes its place.
 */
const char *reply_code(const struct request *req); /* of a problem, or NULL */
int reply_status(const struct request *req);
const char *reply_type(const struct request *req);
const char *reply_body(const struct request *req, size_t *size);

/*
 * False, with a line each on stderr, for a duplicate row, a row without role
 * or handler, or a path that does not begin with '/'.
 */
bool routes_check(const struct route *const *tables);
/* One line a route: method, path, roles by name, pool. */
void routes_print(
    const struct route *const *tables, const char *const *role_names);
/* An nginx map's lines from "METHOD /path" to pool, for pools beside api. */
void routes_print_pools(const struct route *const *tables);

#endif
