/* app/campaigns.c: what brands plan, who applies, what is put into them. */
#include <string.h>

#include "app/app.h"
#include "app/routes.h"
#include "lib/json.h"
#include "queries.h"

#define BUDGET_MIN_CENTS INT64_C(100)
#define BUDGET_MAX_CENTS INT64_C(100000000000)
#define PRICE_MIN_CENTS INT64_C(100) /* as of a package */
#define PRICE_MAX_CENTS INT64_C(100000000)
enum {
	CAMPAIGNS_A_PAGE = 10,
	BROWSED_A_PAGE = 12,
	PARTS_A_PAGE = 100, /* the first version's pages ask for all of them */
	DETAIL_MAX = 2000,
	DAYS_MAX = 365,
};

static const char *const first_statuses[] = { "draft", "active", NULL };
static const char *const statuses[] = { "draft", "active", "paused",
	"completed", "cancelled", NULL };
static const char *const decisions[] = { "accepted", "rejected", NULL };

/* ---- campaigns ---- */

static int
list_campaigns(struct request *req)
{
	struct page page = query_page(req, CAMPAIGNS_A_PAGE);
	struct campaign_of_brand q = {
		.user_id = caller_id(req),
		.status = query_text_opt(req, "status", 1, 30),
		.size = page.size,
		.start = (page.number - 1) * page.size,
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_page(
	    req, sql_campaign_of_brand(req, q), "campaigns", page);
}

static int
browse_campaigns(struct request *req)
{
	struct page page = query_page(req, BROWSED_A_PAGE);
	struct campaign_browse q = {
		.user_id = caller_id(req),
		.category = query_text_opt(req, "category", 1, 100),
		.size = page.size,
		.start = (page.number - 1) * page.size,
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_page(req, sql_campaign_browse(req, q), "campaigns", page);
}

/* Two statements: the campaign is one row, its packages are many. */
static int
get_campaign(struct request *req)
{
	struct campaign_get q = { .user_id = caller_id(req),
		.id = path_id(req, "id") };
	struct rows *rows = sql_campaign_get(req, q), *packages;
	struct buf *out;

	if (rows == NULL || rows_count(rows) == 0)
		return reply_one(req, 200, rows, NULL);
	packages = sql_campaign_packages(
	    req, (struct campaign_packages){
		     .user_id = q.user_id, .id = q.id, .size = PARTS_A_PAGE });
	if (packages == NULL)
		return reply_refusal(req);
	(void)reply_one(req, 200, rows, NULL);
	out = reply_more(req);
	json_key(out, "packages");
	rows_write_all(out, packages, 2);
	return reply_closed(req);
}

static const char *
need_time(struct request *req, const char *name)
{
	const char *text = body_time_opt(req, name);

	if (!body_has(req, name))
		body_missing(req, name);
	return text;
}

static int
create_campaign(struct request *req)
{
	struct campaign_create q = {
		.user_id = caller_id(req),
		.title = body_text(req, "title", 1, 200),
		.description = body_text(req, "description", 1, 5000),
		.objectives = body_text_opt(req, "objectives", 0, 5000),
		.budget = body_money(
		    req, "budget", BUDGET_MIN_CENTS, BUDGET_MAX_CENTS),
		.currency = body_choice_opt(req, "currency", currencies),
		.start_date = need_time(req, "start_date"),
		.end_date = need_time(req, "end_date"),
		.status = body_choice_opt(req, "status", first_statuses),
		.requirements =
		    body_details_opt(req, "requirements", DETAIL_MAX),
		.category = body_text(req, "category", 1, 100),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(req, 201, "Campaign created", "campaign",
	    sql_campaign_create(req, q), NULL);
}

static int
update_campaign(struct request *req)
{
	struct campaign_update q = {
		.user_id = caller_id(req),
		.id = path_id(req, "id"),
		.title = body_text_opt(req, "title", 1, 200),
		.description = body_text_opt(req, "description", 1, 5000),
		.objectives = body_text_opt(req, "objectives", 0, 5000),
		.budget = body_money_opt(
		    req, "budget", BUDGET_MIN_CENTS, BUDGET_MAX_CENTS),
		.currency = body_choice_opt(req, "currency", currencies),
		.start_date = body_time_opt(req, "start_date"),
		.end_date = body_time_opt(req, "end_date"),
		.status = body_choice_opt(req, "status", statuses),
		.requirements =
		    body_details_opt(req, "requirements", DETAIL_MAX),
		.category = body_text_opt(req, "category", 1, 100),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(req, 200, "Campaign updated", "campaign",
	    sql_campaign_update(req, q), NULL);
}

static int
delete_campaign(struct request *req)
{
	struct campaign_delete q = { .user_id = caller_id(req),
		.id = path_id(req, "id") };

	return reply_done(
	    req, 200, "Campaign deleted", sql_campaign_delete(req, q), NULL);
}

/* ---- packages in a campaign ---- */

static int
list_campaign_packages(struct request *req)
{
	struct page page = query_page(req, PARTS_A_PAGE);
	struct campaign_packages q = { .user_id = caller_id(req),
		.id = path_id(req, "id"),
		.size = page.size,
		.start = (page.number - 1) * page.size };

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_page_of(
	    req, sql_campaign_packages(req, q), "packages", page);
}

/* The collaboration that the first version answered appears when it is paid. */
static int
add_campaign_package(struct request *req)
{
	struct campaign_package_add q = {
		.user_id = caller_id(req),
		.id = path_id(req, "id"),
		.package_id = body_int(req, "package_id", 1, INT64_MAX),
	};
	struct rows *rows;
	struct buf *out;

	if (body_invalid(req))
		return reply_invalid(req);
	rows = sql_campaign_package_add(req, q);
	if (rows == NULL || rows_count(rows) == 0)
		return reply_one(req, 200, rows, NULL);
	out = reply_open(req, 200, "application/json");
	buf_char(out, '{');
	json_member(out, "message", "Package added to campaign");
	json_key(out, "package");
	rows_write(out, rows, 0, 1);
	json_member_int(out, "booking_id", rows_int(rows, 0, "booking_id"));
	json_member(out, "collaboration", NULL);
	buf_char(out, '}');
	return reply_sent(req);
}

static int
remove_campaign_package(struct request *req)
{
	struct campaign_package_remove q = { .user_id = caller_id(req),
		.id = path_id(req, "id"),
		.package_id = path_id(req, "package_id") };

	return reply_done(req, 200, "Package removed from campaign",
	    sql_campaign_package_remove(req, q), NULL);
}

/* ---- applications ---- */

static const char *
need_lines(struct request *req, const char *name)
{
	const char *lines = body_texts_opt(req, name, 50, 500);

	if (!body_has(req, name) || (lines != NULL && strcmp(lines, "[]") == 0))
		body_missing(req, name);
	return lines;
}

static int
apply_to_campaign(struct request *req)
{
	struct campaign_apply q = {
		.user_id = caller_id(req),
		.id = path_id(req, "id"),
		.proposed_price = body_money(
		    req, "proposed_price", PRICE_MIN_CENTS, PRICE_MAX_CENTS),
		.deliverables = need_lines(req, "deliverables"),
		.message = body_text_opt(req, "message", 0, 5000),
		.duration_days =
		    body_int_opt(req, "duration_days", 1, DAYS_MAX),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(req, 201, "Application sent", "application",
	    sql_campaign_apply(req, q), NULL);
}

static int
list_applications(struct request *req)
{
	struct page page = query_page(req, PARTS_A_PAGE);
	struct application_list q = {
		.user_id = caller_id(req),
		.campaign_id = path_id(req, "id"),
		.status = query_text_opt(req, "status", 1, 30),
		.size = page.size,
		.start = (page.number - 1) * page.size,
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_page_of(
	    req, sql_application_list(req, q), "applications", page);
}

static int
list_own_applications(struct request *req)
{
	struct page page = query_page(req, CAMPAIGNS_A_PAGE);
	struct application_own q = {
		.user_id = caller_id(req),
		.campaign_id = query_int_opt(req, "campaign_id", 1, INT64_MAX),
		.status = query_text_opt(req, "status", 1, 30),
		.size = page.size,
		.start = (page.number - 1) * page.size,
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_page(
	    req, sql_application_own(req, q), "applications", page);
}

static int
get_application(struct request *req)
{
	struct application_get q = { .user_id = caller_id(req),
		.campaign_id = path_id(req, "id"),
		.id = path_id(req, "application_id") };

	return reply_one(req, 200, sql_application_get(req, q), NULL);
}

static int
decide_application(struct request *req)
{
	struct application_decide q = {
		.user_id = caller_id(req),
		.campaign_id = path_id(req, "id"),
		.id = path_id(req, "application_id"),
		.status = body_choice(req, "status", decisions),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(req, 200,
	    strcmp(q.status, "accepted") == 0 ? "Application accepted"
					      : "Application rejected",
	    "application", sql_application_decide(req, q), NULL);
}

const struct route campaign_routes[] = {
	{ GET, "/campaigns", BRAND, list_campaigns },
	{ POST, "/campaigns", BRAND, create_campaign, NULL, ROUTE_IDEMPOTENT },
	{ GET, "/campaigns/browse", CREATOR, browse_campaigns },
	{ GET, "/campaigns/applications", CREATOR, list_own_applications },
	{ GET, "/campaigns/:id", GUEST, get_campaign },
	{ PUT, "/campaigns/:id", BRAND, update_campaign },
	{ DELETE, "/campaigns/:id", BRAND, delete_campaign },
	{ GET, "/campaigns/:id/packages", GUEST, list_campaign_packages },
	{ POST, "/campaigns/:id/packages", BRAND, add_campaign_package, NULL,
	    ROUTE_IDEMPOTENT },
	{ DELETE, "/campaigns/:id/packages/:package_id", BRAND,
	    remove_campaign_package },
	{ POST, "/campaigns/:id/apply", CREATOR, apply_to_campaign, NULL,
	    ROUTE_IDEMPOTENT },
	{ GET, "/campaigns/:id/applications", BRAND, list_applications },
	{ GET, "/campaigns/:id/applications/:application_id", BRAND,
	    get_application },
	{ PATCH, "/campaigns/:id/applications/:application_id", BRAND,
	    decide_application },
	{ 0 },
};
