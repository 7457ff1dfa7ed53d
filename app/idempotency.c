/*
 * app/idempotency.c: a write that may be repeated is answered once.
 *
 * The key, the write and the answer commit together, except where the
 * request calls out (ROUTE_CALLS_OUT): there the handler commits the key's
 * row with what it makes, and a crash is answered from those rows.
 */
#include <string.h>

#include "app/app.h"
#include "app/bookings.h"
#include "app/routes.h"
#include "lib/json.h"
#include "lib/token.h"
#include "queries.h"

enum { KEY_MAX = 255 };

static int
answer_again(struct request *req, const struct rows *claim)
{
	reply_header(req, "Idempotent-Replayed", "true");
	if (rows_null(claim, 0, "status"))
		return answer_booking(
		    req, 201, rows_int(claim, 0, "booking_id"), NULL);
	return reply_bytes(req, (int)rows_int(claim, 0, "status"),
	    "application/json", rows_text(claim, 0, "answer"),
	    rows_size(claim, 0, "answer"));
}

/* Keeps a good answer; of a refusal nothing is kept, as nothing was done. */
static bool
end_claim(struct request *req, int64_t claim, int status)
{
	struct idempotency_end q = { .id = claim };
	int64_t code = status;
	size_t size;

	if (status < 300) {
		q.status = &code;
		q.answer = reply_body(req, &size);
	}
	return sql_idempotency_end(req, q) != NULL;
}

static int
answer_in_transaction(
    struct request *req, const struct route *route, int64_t claim)
{
	int status;

	if (!db_begin(req))
		return reply_refusal(req);
	status = route->handler(req);
	if (status < 300) {
		if (!end_claim(req, claim, status) || !db_commit(req))
			return reply_refusal(req);
		return status;
	}
	db_rollback(req);
	(void)end_claim(req, claim, status);
	return status;
}

int
answer_once(struct request *req, const struct route *route)
{
	const char *key = request_header(req, "HTTP_IDEMPOTENCY_KEY");
	struct arena *a = request_arena(req);
	const char *outcome, *body;
	struct rows *claim;
	size_t size;
	int64_t id;
	int status;

	if (key[0] == '\0' || strlen(key) > KEY_MAX)
		return reply_problem(req, 400, "idempotency_key_bad",
		    "The Idempotency-Key must have 1 to %d characters",
		    KEY_MAX);
	for (const char *p = key; *p != '\0'; p++)
		if (*p < 0x21 || *p > 0x7e)
			return reply_problem(req, 400, "idempotency_key_bad",
			    "The Idempotency-Key must be plain characters");
	body = request_body(req, &size);
	claim = sql_idempotency_claim(
	    req, (struct idempotency_claim){
		     .user_id = caller_id(req),
		     .operation = request_operation(req),
		     .key = key,
		     .fingerprint = token_sha256(a, body, size),
		 });
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

	id = rows_int(claim, 0, "id");
	if ((route->flags & ROUTE_CALLS_OUT) == 0)
		return answer_in_transaction(req, route, id);
	claim_set(req, id);
	status = route->handler(req);
	claim_set(req, 0);
	(void)end_claim(req, id, status);
	return status;
}
