/* app/bookings.c: what brands book, and what becomes of it. */
#include "app/bookings.h"

#include <string.h>

#include "app/app.h"
#include "app/payments.h"
#include "app/routes.h"
#include "lib/json.h"
#include "lib/token.h"
#include "queries.h"

enum {
	BOOKINGS_A_PAGE = 10,
	NOTE_MAX = 5000,
	PAYMENT_COLUMNS = 8, /* of booking_answer, before the booking's */
};

static const char *const methods[] = { "paynow", "ecocash", "onemoney",
	"innbucks", "balance", NULL };
static const char *const statuses[] = { "accepted", "declined", "rejected",
	"in_progress", "completed", "cancelled", NULL };
static const char *const acts[] = { "accept", "decline", "withdraw", "start",
	"deliver", "approve", "ask_revision", "cancel", "cancel_late",
	"ask_cancel", "agree", "refuse", "revoke", NULL };

static int
list_bookings(struct request *req)
{
	struct page page = query_page(req, BOOKINGS_A_PAGE);
	const char *status = query_text_opt(req, "status", 1, 30);
	int64_t start = (page.number - 1) * page.size;

	if (body_invalid(req))
		return reply_invalid(req);
	if (caller_role(req) == BRAND)
		return reply_page(req,
		    sql_booking_of_brand(req,
			(struct booking_of_brand){ .user_id = caller_id(req),
			    .status = status,
			    .size = page.size,
			    .start = start }),
		    "bookings", page);
	return reply_page(req,
	    sql_booking_of_creator(
		req, (struct booking_of_creator){ .user_id = caller_id(req),
			 .status = status,
			 .size = page.size,
			 .start = start }),
	    "bookings", page);
}

static int
get_booking(struct request *req)
{
	struct booking_get q = { .user_id = caller_id(req),
		.id = path_id(req, "id") };

	return reply_one(req, 200, sql_booking_get(req, q), NULL);
}

static int
get_timeline(struct request *req)
{
	struct booking_timeline q = { .user_id = caller_id(req),
		.id = path_id(req, "id") };

	return reply_one(req, 200, sql_booking_timeline(req, q), NULL);
}

/* ---- making and paying ---- */

static void
write_text(struct buf *out, const char *name, const char *text)
{
	if (text != NULL) {
		json_member(out, name, text);
		return;
	}
	json_key(out, name);
	buf_text(out, "null");
}

static void
write_payment(struct request *req, struct buf *out, const struct rows *rows)
{
	static const char *const texts[] = { "method", "redirect_url",
		"instructions", "authorization_code", "authorization_expires",
		"reference" };

	buf_char(out, '{');
	json_member_bool(out, "success", rows_null(rows, 0, "trouble"));
	if (!rows_null(rows, 0, "trouble")) {
		json_member(out, "error", rows_text(rows, 0, "trouble"));
		buf_char(out, '}');
		return;
	}
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		write_text(out, texts[i], rows_text_or_null(rows, 0, texts[i]));
	json_member(out, "poll_url",
	    arena_printf(request_arena(req), "/api/bookings/%s/payment-status",
		rows_text(rows, 0, "id")));
	json_member(out, "state", rows_text(rows, 0, "payment_state"));
	buf_char(out, '}');
}

static struct rows *
answer_rows(struct request *req, int64_t booking_id)
{
	return sql_booking_answer(
	    req, (struct booking_answer){
		     .user_id = caller_id(req), .booking_id = booking_id });
}

static int
write_answer(struct request *req, const struct rows *rows, const char *message)
{
	struct buf *out;

	if (rows == NULL || rows_count(rows) == 0)
		return reply_one(req, 201, rows, NULL);
	out = reply_open(req, 201, "application/json");
	buf_char(out, '{');
	json_member(out, "message", message);
	json_key(out, "booking");
	rows_write(out, rows, 0, PAYMENT_COLUMNS);
	json_key(out, "payment");
	write_payment(req, out, rows);
	buf_char(out, '}');
	return reply_sent(req);
}

int
answer_booking(struct request *req, int64_t booking_id, const char *message)
{
	return write_answer(req, answer_rows(req, booking_id), message);
}

/* Two statements: the gateway is called only after the rows are committed, and
 * its answer is written down behind it. */
static int
start_and_answer(
    struct request *req, const struct rows *made, const char *message)
{
	if (made == NULL)
		return reply_refusal(req);
	if (rows_null(made, 0, "booking_id"))
		return reply_problem(
		    req, 404, "not_found", "There is no such booking of yours");
	return write_answer(req,
	    rows_null(made, 0, "payment_id")
		? answer_rows(req, rows_int(made, 0, "booking_id"))
		: start_payment(req, made),
	    message);
}

struct way {
	const char *method;
	const char *phone;
};

static struct way
body_way(struct request *req)
{
	const char *phone = body_text_opt(req, "phone", 0, 20);
	struct way way = { .method = body_choice_opt(
			       req, "payment_method", methods) };
	bool prompts;

	if (way.method == NULL)
		way.method = "paynow";
	prompts = strcmp(way.method, "paynow") != 0 &&
		  strcmp(way.method, "balance") != 0;
	if (!prompts)
		return way;
	if (phone == NULL || phone[0] == '\0')
		body_missing(req, "phone");
	else
		way.phone = paynow_phone(request_arena(req), phone);
	if (way.phone == NULL)
		body_bad(req, "phone", "phone",
		    "must be a number like 077 123 4567");
	return way;
}

static int
create_booking(struct request *req)
{
	struct arena *a = request_arena(req);
	struct booking_create q = {
		.user_id = caller_id(req),
		.package_id = body_int(req, "package_id", 1, INT64_MAX),
		.campaign_id = body_int_opt(req, "campaign_id", 1, INT64_MAX),
		.notes = body_text_opt(req, "notes", 0, NOTE_MAX),
		.trace = token_trace(a),
		.return_token = token_uuid(a),
		.claim = claim_of(req),
		.session = caller_session(req),
		.amount = body_money_opt(req, "amount", 0, BOOKING_MAX_CENTS),
		.currency = body_choice_opt(req, "currency", currencies),
	};
	const char *message = body_text_opt(req, "message", 0, NOTE_MAX);
	struct way way = body_way(req);

	if (body_invalid(req))
		return reply_invalid(req);
	if (q.notes == NULL)
		q.notes = message; /* what the first version's pages send */
	q.method = way.method;
	q.phone = way.phone;
	return start_and_answer(
	    req, sql_booking_create(req, q), "Booking created successfully");
}

static int
pay_booking(struct request *req)
{
	struct arena *a = request_arena(req);
	struct booking_pay q = {
		.user_id = caller_id(req),
		.id = path_id(req, "id"),
		.trace = token_trace(a),
		.return_token = token_uuid(a),
		.claim = claim_of(req),
		.session = caller_session(req),
	};
	struct way way = body_way(req);

	if (body_invalid(req))
		return reply_invalid(req);
	q.method = way.method;
	q.phone = way.phone;
	return start_and_answer(
	    req, sql_booking_pay(req, q), "Payment started");
}

/* ---- acts ---- */

static int
act_on_booking(struct request *req)
{
	struct booking_act q = {
		.user_id = caller_id(req),
		.id = path_id(req, "id"),
		.act = body_choice(req, "act", acts),
		.note = body_text_opt(req, "note", 1, NOTE_MAX),
		.session = caller_session(req),
		.creator_share =
		    body_money_opt(req, "creator_share", 0, BOOKING_MAX_CENTS),
	};
	bool asks_cancel = q.act != NULL && strcmp(q.act, "ask_cancel") == 0;

	if (q.act != NULL && !body_has(req, "note") &&
	    (asks_cancel || strcmp(q.act, "ask_revision") == 0))
		body_missing(req, "note");
	if (q.act != NULL && !asks_cancel && q.creator_share != NULL)
		body_bad(req, "creator_share", "misplaced",
		    "belongs to ask_cancel only");
	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(req, 200, "Booking updated", "booking",
	    sql_booking_act(req, q), NULL);
}

static int
set_booking_status(struct request *req)
{
	struct booking_wish q = {
		.user_id = caller_id(req),
		.id = path_id(req, "id"),
		.status = body_choice(req, "status", statuses),
		.session = caller_session(req),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(req, 200, "Booking updated", "booking",
	    sql_booking_wish(req, q), NULL);
}

static int
get_payment_status(struct request *req)
{
	struct payment_status q = { .user_id = caller_id(req),
		.booking_id = path_id(req, "id") };
	struct rows *rows = sql_payment_status(req, q);
	struct buf *out;

	if (rows == NULL || rows_count(rows) == 0 ||
	    !rows_null(rows, 0, "state"))
		return reply_one(req, 200, rows, NULL);
	out = reply_open(req, 200, "application/json");
	buf_char(out, '{');
	json_member_bool(out, "success", false);
	json_member(out, "error", "No payment was started for this booking");
	buf_char(out, '}');
	return reply_sent(req);
}

const struct route booking_routes[] = {
	{ GET, "/bookings", SIDES, list_bookings },
	{ POST, "/bookings", BRAND, create_booking, "payments",
	    ROUTE_IDEMPOTENT | ROUTE_STEPS },
	{ GET, "/bookings/:id", SIDES, get_booking },
	{ GET, "/bookings/:id/timeline", SIDES, get_timeline },
	{ PUT, "/bookings/:id/status", SIDES, set_booking_status },
	{ POST, "/bookings/:id/acts", SIDES, act_on_booking, NULL,
	    ROUTE_IDEMPOTENT },
	{ POST, "/bookings/:id/payments", BRAND, pay_booking, "payments",
	    ROUTE_IDEMPOTENT | ROUTE_STEPS },
	{ GET, "/bookings/:id/payment-status", SIDES, get_payment_status },
	{ 0 },
};
