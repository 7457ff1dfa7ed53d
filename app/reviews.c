/* app/reviews.c: what the two sides of a booking say of each other. */
#include "app/routes.h"
#include "queries.h"

enum { REVIEWS_A_PAGE = 10, RATING_MAX = 5 };

static int
create_review(struct request *req)
{
	struct review_create q = {
		.user_id = caller_id(req),
		.booking_id = body_int(req, "collaboration_id", 1, INT64_MAX),
		.rating = body_int(req, "rating", 1, RATING_MAX),
		.title = body_text_opt(req, "title", 1, 200),
		.comment = body_text(req, "comment", 1, 5000),
		.communication_rating =
		    body_int_opt(req, "communication_rating", 1, RATING_MAX),
		.quality_rating =
		    body_int_opt(req, "quality_rating", 1, RATING_MAX),
		.professionalism_rating =
		    body_int_opt(req, "professionalism_rating", 1, RATING_MAX),
		.timeliness_rating =
		    body_int_opt(req, "timeliness_rating", 1, RATING_MAX),
		.would_recommend = body_bool_opt(req, "would_recommend"),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(req, 201, "Review created", "review",
	    sql_review_create(req, q), NULL);
}

static int
get_review(struct request *req)
{
	struct review_get q = { .id = path_id(req, "id"),
		.user_id = caller_id(req) };

	return reply_one(req, 200, sql_review_get(req, q), NULL);
}

static int
respond_to_review(struct request *req)
{
	struct review_respond q = {
		.user_id = caller_id(req),
		.id = path_id(req, "id"),
		.response = body_text(req, "response", 1, 5000),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(req, 200, "Response added", "review",
	    sql_review_respond(req, q), NULL);
}

static int
list_reviews_of_creator(struct request *req)
{
	struct page page = query_page(req, REVIEWS_A_PAGE);
	struct review_of_creator q = {
		.id = path_id(req, "id"),
		.size = page.size,
		.start = (page.number - 1) * page.size,
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_page_of(
	    req, sql_review_of_creator(req, q), "reviews", page);
}

static int
list_reviews_of_brand(struct request *req)
{
	struct page page = query_page(req, REVIEWS_A_PAGE);
	struct review_of_brand q = {
		.id = path_id(req, "id"),
		.size = page.size,
		.start = (page.number - 1) * page.size,
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_page_of(req, sql_review_of_brand(req, q), "reviews", page);
}

static int
list_reviews_by_brand(struct request *req)
{
	struct page page = query_page(req, REVIEWS_A_PAGE);
	struct review_by_brand q = {
		.user_id = caller_id(req),
		.size = page.size,
		.start = (page.number - 1) * page.size,
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_page(req, sql_review_by_brand(req, q), "reviews", page);
}

const struct route review_routes[] = {
	{ POST, "/reviews", SIDES, create_review, NULL, ROUTE_IDEMPOTENT },
	{ GET, "/reviews/:id", GUEST, get_review },
	{ PATCH, "/reviews/:id/response", CREATOR, respond_to_review },
	{ GET, "/reviews/creator/:id", ANY, list_reviews_of_creator },
	{ GET, "/reviews/brand/:id", ANY, list_reviews_of_brand },
	{ GET, "/reviews/brand", BRAND, list_reviews_by_brand },
	{ 0 },
};
