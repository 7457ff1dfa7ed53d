/* app/collaborations.c: the work on a paid booking, piece by piece. */
#include <string.h>

#include "app/bookings.h"
#include "app/routes.h"
#include "lib/json.h"
#include "queries.h"

enum {
	COLLABORATIONS_A_PAGE = 10,
	TITLE_MAX = 200,
	LINK_MAX = 500,
	ABOUT_MAX = 2000,
	KIND_MAX = 50,
	TEXT_MAX = 5000,
};

static int
list_collaborations(struct request *req)
{
	struct page page = query_page(req, COLLABORATIONS_A_PAGE);
	const char *status = query_text_opt(req, "status", 1, 30);
	const char *type = query_text_opt(req, "type", 1, 30);
	int64_t start = (page.number - 1) * page.size;

	if (body_invalid(req))
		return reply_invalid(req);
	if (caller_role(req) == BRAND)
		return reply_page(req,
		    sql_collaboration_of_brand(req,
			(struct collaboration_of_brand){
			    .user_id = caller_id(req),
			    .status = status,
			    .type = type,
			    .size = page.size,
			    .start = start }),
		    "collaborations", page);
	return reply_page(req,
	    sql_collaboration_of_creator(req,
		(struct collaboration_of_creator){ .user_id = caller_id(req),
		    .status = status,
		    .type = type,
		    .size = page.size,
		    .start = start }),
	    "collaborations", page);
}

static int
get_collaboration(struct request *req)
{
	struct collaboration_get q = { .user_id = caller_id(req),
		.id = path_id(req, "id") };

	return reply_one(req, 200, sql_collaboration_get(req, q), NULL);
}

/* {"message", "<part>": the first column, "collaboration": the others}. */
static int
reply_work(struct request *req, int status, const char *message,
    const char *part, const struct rows *rows)
{
	struct buf *out;

	if (rows == NULL || rows_count(rows) == 0)
		return reply_one(req, status, rows, NULL);
	out = reply_open(req, status, "application/json");
	buf_char(out, '{');
	json_member(out, "message", message);
	json_key(out, part);
	buf_text(out, rows_text(rows, 0, part));
	json_key(out, "collaboration");
	rows_write(out, rows, 0, 1);
	buf_char(out, '}');
	return reply_sent(req);
}

static int
set_progress(struct request *req)
{
	struct collaboration_progress q = {
		.user_id = caller_id(req),
		.id = path_id(req, "id"),
		.percent = body_int_opt(req, "progress_percentage", 0, 100),
		.update = body_text_opt(req, "update", 1, TEXT_MAX),
		.notes = body_text_opt(req, "notes", 1, TEXT_MAX),
		.session = caller_session(req),
	};

	if (!body_has(req, "progress_percentage") && !body_has(req, "update") &&
	    !body_has(req, "notes"))
		body_missing(req, "progress_percentage");
	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(req, 200, "Progress updated", "collaboration",
	    sql_collaboration_progress(req, q), NULL);
}

/* ---- deliverables ---- */

static int
add_piece(struct request *req, bool draft, const char *message)
{
	struct deliverable_add q = {
		.user_id = caller_id(req),
		.id = path_id(req, "id"),
		.draft = draft,
		.version = body_int_opt(req, "deliverable_id", 1, INT64_MAX),
		.title = body_text(req, "title", 1, TITLE_MAX),
		.url = body_link_opt(req, "url", LINK_MAX),
		.description = body_text_opt(req, "description", 0, ABOUT_MAX),
		.type = body_text_opt(req, "type", 0, KIND_MAX),
		.session = caller_session(req),
	};

	if (!body_has(req, "url") || (q.url != NULL && q.url[0] == '\0'))
		body_missing(req, "url");
	if (body_invalid(req))
		return reply_invalid(req);
	return reply_work(
	    req, 201, message, "deliverable", sql_deliverable_add(req, q));
}

static int
add_deliverable(struct request *req)
{
	return add_piece(req, false, "Deliverable submitted");
}

static int
add_draft(struct request *req)
{
	return add_piece(req, true, "Draft submitted for review");
}

static int
approve_deliverable(struct request *req)
{
	struct deliverable_approve q = {
		.user_id = caller_id(req),
		.id = path_id(req, "id"),
		.deliverable_id = path_id(req, "deliverable_id"),
		.session = caller_session(req),
	};

	return reply_named(req, 200, "Deliverable approved", "collaboration",
	    sql_deliverable_approve(req, q), NULL);
}

static int
ask_deliverable_revision(struct request *req)
{
	struct deliverable_revise q = {
		.user_id = caller_id(req),
		.id = path_id(req, "id"),
		.deliverable_id = path_id(req, "deliverable_id"),
		.notes = body_text(req, "notes", 1, TEXT_MAX),
		.session = caller_session(req),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_work(req, 200, "Revision requested", "revision_request",
	    sql_deliverable_revise(req, q));
}

/* ---- the end ---- */

static int
complete_collaboration(struct request *req)
{
	struct collaboration_complete q = {
		.user_id = caller_id(req),
		.id = path_id(req, "id"),
		.session = caller_session(req),
	};

	return reply_named(req, 200, "Collaboration completed", "collaboration",
	    sql_collaboration_complete(req, q), NULL);
}

/* Where work has begun, the other side is asked. */
static int
cancel_with(struct request *req, const char *reason)
{
	struct collaboration_cancel q = {
		.user_id = caller_id(req),
		.id = path_id(req, "id"),
		.reason = reason,
		.creator_share =
		    body_money_opt(req, "creator_share", 0, BOOKING_MAX_CENTS),
		.session = caller_session(req),
	};
	struct rows *rows;
	bool over;

	if (body_invalid(req))
		return reply_invalid(req);
	rows = sql_collaboration_cancel(req, q);
	over = rows != NULL && rows_count(rows) > 0 &&
	       strcmp(rows_text(rows, 0, "status"), "cancelled") == 0;
	return reply_named(req, 200,
	    over ? "Collaboration cancelled"
		 : "The other side is asked to agree",
	    "collaboration", rows, NULL);
}

static int
cancel_collaboration(struct request *req)
{
	return cancel_with(req, body_text_opt(req, "reason", 1, TEXT_MAX));
}

static int
request_cancellation(struct request *req)
{
	return cancel_with(req, body_text(req, "reason", 1, TEXT_MAX));
}

const struct route collaboration_routes[] = {
	{ GET, "/collaborations", SIDES, list_collaborations },
	{ GET, "/collaborations/:id", SIDES, get_collaboration },
	{ PATCH, "/collaborations/:id/progress", CREATOR, set_progress },
	{ POST, "/collaborations/:id/deliverables", CREATOR, add_deliverable,
	    NULL, ROUTE_IDEMPOTENT },
	{ POST, "/collaborations/:id/deliverables/draft", CREATOR, add_draft,
	    NULL, ROUTE_IDEMPOTENT },
	{ POST, "/collaborations/:id/deliverables/:deliverable_id/approve",
	    BRAND, approve_deliverable },
	{ POST,
	    "/collaborations/:id/deliverables/:deliverable_id/request-revision",
	    BRAND, ask_deliverable_revision, NULL, ROUTE_IDEMPOTENT },
	{ PATCH, "/collaborations/:id/complete", BRAND,
	    complete_collaboration },
	{ PATCH, "/collaborations/:id/cancel", SIDES, cancel_collaboration },
	{ POST, "/collaborations/:id/cancel-request", SIDES,
	    request_cancellation, NULL, ROUTE_IDEMPOTENT },
	{ 0 },
};
