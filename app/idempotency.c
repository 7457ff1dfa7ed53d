/*
 * app/idempotency.c: a write that may be repeated is answered once.
 *
 * The key, the write and the answer commit together.  Where something takes
 * long in between (ROUTE_STEPS) no transaction may stay open: the key commits
 * first, then what the handler makes, and the answer with the handler's last
 * step; a booking's key commits with the booking, and a crash is answered from
 * that.
 *
 * So a key costs two statements beside the handler's own: the claim must be
 * seen by others before the write begins, and the answer's bytes are there only
 * when the write's rows have been written out.  Without a key there are none.
 */
#include <string.h>

#include "app/app.h"
#include "app/bookings.h"
#include "app/routes.h"
#include "app/uploads.h"
#include "lib/json.h"
#include "lib/token.h"
#include "queries.h"

enum { KEY_MAX = 255 };

static int
answer_again(struct request *req, const struct rows *claim)
{
	reply_header(req, "Idempotent-Replayed", "true");
	if (rows_null(claim, 0, "status"))
		return answer_booking(req, rows_int(claim, 0, "booking_id"),
		    "The booking stands as follows");
	return reply_bytes(req, (int)rows_int(claim, 0, "status"),
	    "application/json", rows_text(claim, 0, "answer"),
	    rows_size(claim, 0, "answer"));
}

/* Keeps a good answer; of a refusal nothing is kept, as nothing was done. */
static bool
keep_answer(struct request *req, const struct rows *claim, int status)
{
	struct idempotency_keep q = { .id = rows_int(claim, 0, "id") };
	int64_t code = status;
	size_t size;

	if (status < 300) {
		q.status = &code;
		q.answer = reply_body(req, &size);
	}
	return sql_idempotency_keep(req, q) != NULL;
}

/* 0 when the request is to be answered now, for the first time. */
static int
refuse_claim(struct request *req, const struct rows *claim)
{
	const char *outcome;

	if (claim == NULL)
		return reply_refusal(req);
	outcome = rows_text(claim, 0, "outcome");
	if (strcmp(outcome, "in_flight") == 0)
		return reply_problem(req, 409, "idempotency_in_flight",
		    "The first request with this key is still being answered");
	if (strcmp(outcome, "other") == 0)
		return reply_problem(req, 422, "idempotency_other_body",
		    "This key was used with another body");
	if (strcmp(outcome, "again") == 0)
		return answer_again(req, claim);
	return 0;
}

/* Key, write and answer commit together, or not at all. */
static int
answer_whole(
    struct request *req, const struct route *route, struct idempotency_claim q)
{
	struct rows *claim;
	int status;

	if (!db_begin(req))
		return reply_refusal(req);
	claim = sql_idempotency_claim(req, q);
	status = refuse_claim(req, claim);
	if (status != 0) {
		db_rollback(req);
		return status;
	}
	status = route->handler(req);
	if (status >= 300)
		db_rollback(req);
	else if (!keep_answer(req, claim, status) || !db_commit(req))
		return reply_refusal(req);
	return status;
}

/* The answer commits with the last step; where the handler told of none, after
 * what it did.  With it the lock goes. */
static int
keep_last(struct request *req, const struct rows *claim, int status)
{
	bool kept;

	if (status >= 300)
		db_rollback(req);
	kept = keep_answer(req, claim, status);
	if (db_begun(req) && !db_commit(req))
		status = reply_refusal(req);
	if (!kept)
		(void)sql_idempotency_release(req);
	return status;
}

static int
answer_in_steps(
    struct request *req, const struct route *route, struct idempotency_claim q)
{
	struct rows *claim = sql_idempotency_claim(req, q);
	int status = refuse_claim(req, claim);

	if (status == 0) {
		claim_set(req, rows_int(claim, 0, "id"));
		status = route->handler(req);
		claim_set(req, 0);
		return keep_last(req, claim, status);
	}
	if (claim == NULL ||
	    strcmp(rows_text(claim, 0, "outcome"), "in_flight") != 0)
		(void)sql_idempotency_release(req);
	return status;
}

bool
last_step(struct request *req)
{
	return claim_of(req) == NULL || db_begin(req);
}

static bool
is_plain(const char *key)
{
	for (; *key != '\0'; key++)
		if (*key < 0x21 || *key > 0x7e)
			return false;
	return true;
}

/* A form is sent again with other boundaries, so its file is what counts.  By a
 * secret: the body may hold a password. */
static const char *
fingerprint(struct request *req, const struct route *route)
{
	struct arena *a = request_arena(req);
	const char *secret = config_of(req)->code_key;
	size_t size;
	const char *body = route->flags & ROUTE_FORM ? sent_file(req, &size)
						     : request_body(req, &size);

	return token_digest(
	    a, secret, strlen(secret), token_sha256(a, body, size));
}

int
answer_once(struct request *req, const struct route *route)
{
	const char *key = request_header(req, "HTTP_IDEMPOTENCY_KEY");
	struct idempotency_claim q = { .key = key };

	if (key[0] == '\0' || strlen(key) > KEY_MAX)
		return reply_problem(req, 400, "idempotency_key_bad",
		    "The Idempotency-Key must have 1 to %d characters",
		    KEY_MAX);
	if (!is_plain(key))
		return reply_problem(req, 400, "idempotency_key_bad",
		    "The Idempotency-Key must be plain characters");
	if (caller_id(req) != 0) {
		q.asker = arena_printf(
		    request_arena(req), "%lld", (long long)caller_id(req));
	} else {
		q.asker = body_email(req, "email");
		q.address = request_address(req);
	}
	if (q.asker[0] == '\0')
		return route->handler(req); /* which refuses it */
	q.operation = request_operation(req);
	q.fingerprint = fingerprint(req, route);
	q.whole = (route->flags & ROUTE_STEPS) == 0;
	return q.whole ? answer_whole(req, route, q)
		       : answer_in_steps(req, route, q);
}
