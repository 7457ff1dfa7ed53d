/* app/messages.c: what people write to each other. */
#include "app/messages.h"

#include "app/routes.h"
#include "lib/token.h"
#include "queries.h"

enum { MESSAGES_A_PAGE = 100, CONVERSATIONS_A_PAGE = 50 };

static int
list_messages(struct request *req)
{
	struct page page = query_page(req, MESSAGES_A_PAGE);
	struct message_list q = {
		.user_id = caller_id(req),
		.other_id = query_int_opt(req, "user_id", 1, INT64_MAX),
		.booking_id = query_int_opt(req, "booking_id", 1, INT64_MAX),
		.below = query_int_opt(req, "before", 1, INT64_MAX),
		.above = query_int_opt(req, "after", 0, INT64_MAX),
		.size = page.size,
		.start = (page.number - 1) * page.size,
	};

	/* only between two people are ids in the order of their writing */
	if (q.above != NULL && q.other_id == NULL)
		body_bad(req, "after", "misplaced", "goes with user_id");
	if (q.above != NULL || q.below != NULL)
		q.start = 0;
	if (body_invalid(req))
		return reply_invalid(req);
	return reply_page(req, sql_message_list(req, q), "messages", page);
}

struct message_create
message_of(struct request *req, int64_t caller)
{
	struct message_create q = {
		.user_id = caller,
		.receiver_id = body_int(req, "receiver_id", 1, INT64_MAX),
		.content = body_text(req, "content", 1, 5000),
		.booking_id = body_int_opt(req, "booking_id", 1, INT64_MAX),
		.attachment_url = body_link_opt(req, "attachment_url", 255),
		.client_id = body_text_opt(req, "client_id", 0, 36),
	};

	if (q.client_id != NULL && !token_is_uuid(q.client_id))
		body_bad(
		    req, "client_id", "uuid", "must be a UUID in lower case");
	return q;
}

static int
create_message(struct request *req)
{
	struct message_create q = message_of(req, caller_id(req));

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(
	    req, 201, "Message sent", "data", sql_message_create(req, q), NULL);
}

static int
mark_message_delivered(struct request *req)
{
	struct message_delivered q = { .user_id = caller_id(req),
		.id = path_id(req, "id") };

	return reply_done(req, 200, "Message marked as delivered",
	    sql_message_delivered(req, q), NULL);
}

static int
mark_message_read(struct request *req)
{
	struct message_read q = { .user_id = caller_id(req),
		.id = path_id(req, "id") };

	return reply_done(
	    req, 200, "Message marked as read", sql_message_read(req, q), NULL);
}

static int
list_conversations(struct request *req)
{
	struct page page = query_page(req, CONVERSATIONS_A_PAGE);
	struct conversation_list q = {
		.user_id = caller_id(req),
		.size = page.size,
		.start = (page.number - 1) * page.size,
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_page(
	    req, sql_conversation_list(req, q), "conversations", page);
}

const struct route message_routes[] = {
	{ GET, "/messages", USER, list_messages },
	{ POST, "/messages", USER, create_message, NULL, ROUTE_IDEMPOTENT },
	{ PUT, "/messages/:id/delivered", USER, mark_message_delivered },
	{ PUT, "/messages/:id/read", USER, mark_message_read },
	{ GET, "/messages/conversations", USER, list_conversations },
	{ 0 },
};
