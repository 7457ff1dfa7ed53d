/* app/notifications.c: what one is told in the page. */
#include "app/routes.h"
#include "queries.h"

enum { NOTIFICATIONS_A_PAGE = 20 };

static int
list_notifications(struct request *req)
{
	struct page page = query_page(req, NOTIFICATIONS_A_PAGE);
	struct notification_list q = {
		.user_id = caller_id(req),
		.unread_only = query_flag(req, "unread_only"),
		.below = query_int_opt(req, "before", 1, INT64_MAX),
		.size = page.size,
		.start = (page.number - 1) * page.size,
	};

	if (q.below != NULL)
		q.start = 0;
	if (body_invalid(req))
		return reply_invalid(req);
	return reply_page(
	    req, sql_notification_list(req, q), "notifications", page);
}

static int
mark_read(struct request *req)
{
	struct notification_read q = { .user_id = caller_id(req),
		.id = path_id(req, "id") };

	return reply_done(req, 200, "Notification marked as read",
	    sql_notification_read(req, q), NULL);
}

static int
mark_all_read(struct request *req)
{
	struct notification_read_all q = {
		.user_id = caller_id(req),
		.up_to = body_int_opt(req, "up_to_id", 1, INT64_MAX),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_done(req, 200, "All notifications marked as read",
	    sql_notification_read_all(req, q), NULL);
}

static int
list_preferences(struct request *req)
{
	struct preference_list q = { .user_id = caller_id(req) };

	return reply_list(req, sql_preference_list(req, q), "preferences");
}

static int
set_preference(struct request *req)
{
	struct preference_set q = {
		.user_id = caller_id(req),
		.type = body_text(req, "type", 1, 20),
		.in_page = body_bool_opt(req, "in_page"),
		.by_mail = body_bool_opt(req, "by_mail"),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_done(
	    req, 200, "Preference saved", sql_preference_set(req, q), NULL);
}

const struct route notification_routes[] = {
	{ GET, "/notifications", USER, list_notifications },
	{ PUT, "/notifications/:id/read", USER, mark_read },
	{ PUT, "/notifications/mark-all-read", USER, mark_all_read },
	{ GET, "/notifications/preferences", USER, list_preferences },
	{ PUT, "/notifications/preferences", USER, set_preference },
	{ 0 },
};
