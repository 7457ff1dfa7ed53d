/* app/analytics.c: what was seen, earned and spent. */
#include "app/app.h"
#include "app/routes.h"
#include "lib/json.h"
#include "queries.h"

enum { DAYS = 30, DAYS_MAX = 365, AGENT_MAX = 400 };

static const char *const entities[] = { "profile", "package", "campaign",
	NULL };

/* Money of two currencies has no sum. */
static const char *
query_currency(struct request *req)
{
	const char *currency = query_choice_opt(req, "currency", currencies);

	return currency == NULL ? "USD" : currency;
}

static int
get_dashboard(struct request *req)
{
	const char *currency = query_currency(req);
	int64_t days = query_int(req, "days", DAYS, 1, DAYS_MAX);
	struct rows *rows;

	if (body_invalid(req))
		return reply_invalid(req);
	if (caller_role(req) == CREATOR)
		rows = sql_dashboard_of_creator(req,
		    (struct dashboard_of_creator){ .user_id = caller_id(req),
			.currency = currency,
			.days = days });
	else
		rows = sql_dashboard_of_brand(
		    req, (struct dashboard_of_brand){ .user_id = caller_id(req),
			     .currency = currency,
			     .days = days });
	return reply_one(req, 200, rows, NULL);
}

/* {"<plural>": [a row a day], "total": days, "currency": …} */
static int
reply_days(struct request *req, const struct rows *rows, const char *plural,
    const char *currency)
{
	int status = reply_list(req, rows, plural);

	if (status != 200)
		return status;
	json_member(reply_more(req), "currency", currency);
	return reply_closed(req);
}

static int
list_earnings(struct request *req)
{
	struct earnings_by_day q = {
		.user_id = caller_id(req),
		.days = query_int(req, "days", DAYS, 1, DAYS_MAX),
		.currency = query_currency(req),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_days(
	    req, sql_earnings_by_day(req, q), "earnings", q.currency);
}

static int
list_spending(struct request *req)
{
	struct spending_by_day q = {
		.user_id = caller_id(req),
		.days = query_int(req, "days", DAYS, 1, DAYS_MAX),
		.currency = query_currency(req),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_days(
	    req, sql_spending_by_day(req, q), "spending", q.currency);
}

static int
list_views(struct request *req)
{
	struct views_by_day q = {
		.user_id = caller_id(req),
		.days = query_int(req, "days", DAYS, 1, DAYS_MAX),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_list(req, sql_views_by_day(req, q), "views");
}

/* What tells guests of one address apart; any bytes may stand in a header. */
static const char *
browser_of(struct request *req)
{
	const char *agent = request_header(req, "HTTP_USER_AGENT");
	char *text;

	if (agent == NULL)
		return "";
	text = arena_printf(request_arena(req), "%.*s", AGENT_MAX, agent);
	for (char *c = text; *c != '\0'; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	return text;
}

static int
count_view(struct request *req)
{
	struct view_count q = {
		.user_id = caller_id(req),
		.address = request_address(req),
		.agent = browser_of(req),
		.entity_type = body_choice(req, "entity_type", entities),
		.entity_id = body_int(req, "entity_id", 1, INT64_MAX),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_done(
	    req, 202, "View counted", sql_view_count(req, q), NULL);
}

const struct route analytics_routes[] = {
	{ GET, "/analytics/dashboard", SIDES, get_dashboard },
	{ GET, "/analytics/earnings", CREATOR, list_earnings },
	{ GET, "/analytics/spending", BRAND, list_spending },
	{ GET, "/analytics/views", SIDES, list_views },
	{ POST, "/analytics/views", GUEST, count_view },
	{ 0 },
};
