/*
 * app/payments.c: payments at the gateway.
 *
 * A callback is stored and wakes the poll; only the poll of the address that
 * a verified reply gave us moves anything.
 */
#include "app/payments.h"

#include <string.h>

#include "app/app.h"
#include "app/routes.h"
#include "lib/json.h"
#include "lib/log.h"
#include "lib/token.h"
#include "queries.h"

/* ---- starting ---- */

/* What another host said, fit for a text column; NULL when it is not. */
static const char *
fit_text(const char *text)
{
	if (text == NULL || !json_utf8_good(text, strlen(text)))
		return NULL;
	return text;
}

static struct paynow_order
order_of(struct request *req, const struct rows *rows)
{
	const struct config *c = config_of(req);
	struct arena *a = request_arena(req);
	const char *email = c->paynow_authemail;

	return (struct paynow_order){
		.reference = rows_text(rows, 0, "reference"),
		.amount_cents = rows_int(rows, 0, "amount_cents"),
		.info = arena_printf(
		    a, "BantuBuzz: %s", rows_text(rows, 0, "title")),
		.return_url = arena_printf(a, "%s/payment/return/%s",
		    c->frontend_url, rows_text(rows, 0, "return_token")),
		.result_url = c->paynow_result_url[0] != '\0'
				  ? c->paynow_result_url
				  : arena_printf(a, "%s/api/payment/webhook",
					c->public_url),
		.email = email[0] != '\0' ? email : rows_text(rows, 0, "email"),
		.trace = rows_text(rows, 0, "merchant_trace"),
		.method = strcmp(rows_text(rows, 0, "method"), "paynow") == 0
			      ? NULL
			      : rows_text(rows, 0, "method"),
		.phone = rows_text_or_null(rows, 0, "phone"),
	};
}

static struct rows *
note_not_started(struct request *req, int64_t payment_id,
    enum paynow_result result, const struct paynow_reply *reply)
{
	struct payment_not_started q = {
		.payment_id = payment_id,
		.lost = result == PAYNOW_LOST,
		.why = fit_text(reply->error) != NULL ? reply->error
		       : result == PAYNOW_LOST ? "the gateway's answer was lost"
					       : "refused before it was sent",
		.raw = reply->raw,
		.raw_size = reply->raw_size,
		.http_status = reply->http_status,
	};

	log_line(LOG_WARN, "payment", "payment %lld was not started: %s",
	    (long long)payment_id, q.why);
	return sql_payment_not_started(req, q);
}

struct rows *
start_payment(struct request *req, const struct rows *made)
{
	int64_t payment_id = rows_int(made, 0, "payment_id");
	const struct paynow_account *account;
	struct paynow_reply reply = { .raw = "" };
	struct paynow_order order;
	struct paynow gateway;
	enum paynow_result result;

	account = app_account(req, rows_text(made, 0, "currency"));
	gateway = app_paynow(req, config_of(req)->paynow_start_ms);
	order = order_of(req, made);
	result =
	    paynow_start(&reply, request_arena(req), &gateway, account, &order);
	if (result != PAYNOW_OK)
		return note_not_started(req, payment_id, result, &reply);
	return sql_payment_started(
	    req, (struct payment_started){
		     .payment_id = payment_id,
		     .browser_url = reply.browser_url,
		     .poll_url = reply.poll_url,
		     .paynow_reference = fit_text(reply.paynow_reference),
		     .instructions = fit_text(reply.instructions),
		     .code = fit_text(reply.authorization_code),
		     .code_expires = fit_text(reply.authorization_expires),
		     .raw = reply.raw,
		     .raw_size = reply.raw_size,
		     .http_status = reply.http_status,
		 });
}

/* ---- following ---- */

static void
note_heard(struct request *req, int64_t payment_id, const char *kind,
    enum paynow_result result, const struct paynow_update *u)
{
	struct payment_heard q = {
		.payment_id = payment_id,
		.kind = kind,
		.verified = result == PAYNOW_OK,
		.raw = u->raw == NULL ? "" : u->raw,
		.raw_size = u->raw == NULL ? 0 : u->raw_size,
		.http_status = u->http_status,
	};

	if (result == PAYNOW_OK) {
		q.status = fit_text(u->status);
		q.reference = fit_text(u->reference);
		q.amount_cents = u->amount_good ? &u->amount_cents : NULL;
		q.paynow_reference = fit_text(u->paynow_reference);
		q.poll_url = u->poll_url;
	} else {
		log_line(LOG_WARN, "payment", "%s of payment %lld told nothing",
		    kind, (long long)payment_id);
	}
	(void)sql_payment_heard(req, q);
}

static void
trace_payment(struct request *req, const struct rows *due,
    const struct paynow *gateway, const struct paynow_account *account)
{
	int64_t id = rows_int(due, 0, "id");
	struct paynow_update u = { 0 };
	enum paynow_result result = paynow_trace(&u, request_arena(req),
	    gateway, account, rows_text(due, 0, "merchant_trace"));

	if (result == PAYNOW_NOT_FOUND) {
		(void)sql_payment_absent(
		    req, (struct payment_absent){ .payment_id = id,
			     .raw = u.raw,
			     .raw_size = u.raw_size,
			     .http_status = u.http_status });
		return;
	}
	note_heard(req, id, "trace", result, &u);
}

bool
follow_payment(struct request *req)
{
	struct rows *due =
	    sql_payment_claim(req, (struct payment_claim){ .most = 1 });
	struct paynow gateway = app_paynow(req, config_of(req)->paynow_job_ms);
	const struct paynow_account *account;
	struct paynow_update u = { 0 };
	enum paynow_result result;

	if (due == NULL || rows_count(due) == 0)
		return false;
	account = app_account(req, rows_text(due, 0, "currency"));
	if (rows_null(due, 0, "poll_url")) {
		trace_payment(req, due, &gateway, account);
		return true;
	}
	result = paynow_poll(&u, request_arena(req), &gateway, account,
	    rows_text(due, 0, "poll_url"));
	note_heard(req, rows_int(due, 0, "id"), "poll", result, &u);
	return true;
}

/* ---- what the gateway calls ---- */

static int
answer_callback(struct request *req, const struct payment_callback *q,
    const struct rows *stored)
{
	struct buf *out;

	if (stored == NULL)
		return reply_refusal(req);
	if (!q->verified) {
		log_line(LOG_WARN, "payment",
		    "a callback for %s was not signed by the gateway",
		    q->reference);
		return reply_problem(
		    req, 400, "hash_wrong", "The hash does not match");
	}
	if (strcmp(rows_text(stored, 0, "outcome"), "heard") != 0)
		log_line(LOG_WARN, "payment",
		    "a callback for %s differed from what was stored",
		    q->reference);
	out = reply_open(req, 200, "application/json");
	buf_text(out, "{\"status\":\"success\"}");
	return reply_sent(req);
}

/* Two statements: whose key signed it is the payment's to say. */
static int
receive_callback(struct request *req)
{
	struct paynow_update u = { 0 };
	struct payment_callback q = { .reference = NULL };
	struct rows *rows;
	struct form form;

	q.raw = request_body(req, &q.raw_size);
	if (!form_read(&form, request_arena(req), q.raw, q.raw_size) ||
	    !paynow_update_read(&u, &form) || fit_text(u.reference) == NULL)
		return reply_problem(
		    req, 400, "callback_malformed", "This is no status update");
	rows = sql_payment_integration(
	    req, (struct payment_integration){ .reference = u.reference });
	if (rows == NULL || rows_count(rows) == 0)
		return reply_one(req, 200, rows, NULL);

	q.reference = u.reference;
	q.verified = paynow_signed(
	    &form, app_account(req, rows_text(rows, 0, "currency")));
	q.plain = u.exact && u.amount_good;
	q.status = fit_text(u.status);
	q.amount_cents = u.amount_good ? &u.amount_cents : NULL;
	q.paynow_reference = fit_text(u.paynow_reference);
	q.poll_url = fit_text(u.poll_url);
	return answer_callback(req, &q, sql_payment_callback(req, q));
}

/* ---- where the payer comes back to ---- */

/* The token tells no more than this page says, and moves nothing. */
static int
get_return(struct request *req)
{
	const char *token = path_text(req, "token");

	if (!token_is_uuid(token))
		return reply_problem(
		    req, 404, "not_found", "There is no such payment");
	return reply_one(req, 200,
	    sql_payment_returned(
		req, (struct payment_returned){ .return_token = token }),
	    NULL);
}

const struct route payment_routes[] = {
	{ POST, "/payment/webhook", ANY, receive_callback, NULL, ROUTE_FORM },
	{ POST, "/bookings/payment-webhook", ANY, receive_callback, NULL,
	    ROUTE_FORM },
	{ GET, "/payment/return/:token", ANY, get_return },
	{ 0 },
};
