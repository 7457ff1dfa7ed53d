/* app/packages.c: what creators sell. */
#include "app/app.h"
#include "app/routes.h"
#include "queries.h"

#define PRICE_MIN_CENTS INT64_C(100) /* below it the gateway's fee eats it */
#define PRICE_MAX_CENTS INT64_C(100000000)
#define FOLLOWERS_MAX INT64_C(10000000000)
enum { PACKAGES_A_PAGE = 12, DAYS_MAX = 365, REVISIONS_MAX = 20 };

static const char *const orders[] = { "relevance", "price", "-price", "rating",
	"newest", "popular", NULL };

static int
list_own(struct request *req)
{
	struct package_own q = { .user_id = caller_id(req) };

	if (caller_role(req) == 0)
		return reply_problem(req, 401, "token_missing",
		    "Log in to see your own packages");
	if (caller_role(req) != CREATOR)
		return reply_problem(
		    req, 403, "role_wrong", "Only creators have packages");
	if (body_invalid(req))
		return reply_invalid(req);
	return reply_list(req, sql_package_own(req, q), "packages");
}

/* What is looked for, but for order and page. */
static struct package_facets
packages_wanted(struct request *req)
{
	return (struct package_facets){
		.category = query_text_opt(req, "category", 1, 100),
		.platform = query_text_opt(req, "platform", 1, 30),
		.location = query_text_opt(req, "location", 3, 100),
		.language = query_text_opt(req, "language", 1, 50),
		.min_followers =
		    query_int_opt(req, "min_followers", 0, FOLLOWERS_MAX),
		.max_followers =
		    query_int_opt(req, "max_followers", 0, FOLLOWERS_MAX),
		.min_price = query_money_opt(req, "min_price"),
		.max_price = query_money_opt(req, "max_price"),
		.min_rating = query_money_opt(req, "min_rating"),
		.max_days = query_int_opt(req, "max_days", 1, DAYS_MAX),
		.creator_id = query_int_opt(req, "creator_id", 1, INT64_MAX),
		.currency = query_choice_opt(req, "currency", currencies),
		.search = query_text_opt(req, "search", 2, 100),
	};
}

static struct package_find
packages_found(struct package_facets wanted, const char *sort,
    struct cursor after, struct page page)
{
	return (struct package_find){
		.category = wanted.category,
		.platform = wanted.platform,
		.location = wanted.location,
		.language = wanted.language,
		.min_followers = wanted.min_followers,
		.max_followers = wanted.max_followers,
		.min_price = wanted.min_price,
		.max_price = wanted.max_price,
		.min_rating = wanted.min_rating,
		.max_days = wanted.max_days,
		.creator_id = wanted.creator_id,
		.currency = wanted.currency,
		.search = wanted.search,
		.sort = sort,
		.after_key = after.key,
		.after_id = after.id,
		.size = page.size,
		.start = after.id != NULL ? 0 : (page.number - 1) * page.size,
	};
}

static int
list_packages(struct request *req)
{
	struct page page = query_page(req, PACKAGES_A_PAGE);
	struct package_facets wanted = packages_wanted(req);
	const char *sort =
	    query_order(req, orders, wanted.search != NULL, "newest");
	struct cursor after = query_cursor(req, sort);

	if (query_flag(req, "my_packages"))
		return list_own(req);
	if (body_invalid(req))
		return reply_invalid(req);
	return reply_keyset(req,
	    sql_package_find(req, packages_found(wanted, sort, after, page)),
	    "packages", page, after);
}

static int
count_packages(struct request *req)
{
	struct package_facets q = packages_wanted(req);

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_one(req, 200, sql_package_facets(req, q), NULL);
}

static int
get_package(struct request *req)
{
	struct package_get q = { .id = path_id(req, "id"),
		.user_id = caller_id(req) };

	return reply_one(req, 200, sql_package_get(req, q), NULL);
}

static int
get_quote(struct request *req)
{
	struct package_quote q = { .id = path_id(req, "id") };

	return reply_one(req, 200, sql_package_quote(req, q), NULL);
}

static int
create_package(struct request *req)
{
	struct package_create q = {
		.user_id = caller_id(req),
		.title = body_text(req, "title", 1, 200),
		.description = body_text(req, "description", 1, 5000),
		.price =
		    body_money(req, "price", PRICE_MIN_CENTS, PRICE_MAX_CENTS),
		.currency = body_choice_opt(req, "currency", currencies),
		.duration_days = body_int(req, "duration_days", 1, DAYS_MAX),
		.deliverables = body_texts_opt(req, "deliverables", 50, 500),
		.category = body_text(req, "category", 1, 100),
		.revisions = body_int_opt(req, "revisions", 0, REVISIONS_MAX),
		.instant = body_bool_opt(req, "instant"),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(req, 201, "Package created", "package",
	    sql_package_create(req, q), NULL);
}

static int
update_package(struct request *req)
{
	struct package_update q = {
		.user_id = caller_id(req),
		.id = path_id(req, "id"),
		.title = body_text_opt(req, "title", 1, 200),
		.description = body_text_opt(req, "description", 1, 5000),
		.price = body_money_opt(
		    req, "price", PRICE_MIN_CENTS, PRICE_MAX_CENTS),
		.currency = body_choice_opt(req, "currency", currencies),
		.duration_days =
		    body_int_opt(req, "duration_days", 1, DAYS_MAX),
		.deliverables = body_texts_opt(req, "deliverables", 50, 500),
		.category = body_text_opt(req, "category", 1, 100),
		.revisions = body_int_opt(req, "revisions", 0, REVISIONS_MAX),
		.instant = body_bool_opt(req, "instant"),
		.is_active = body_bool_opt(req, "is_active"),
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(req, 200, "Package updated", "package",
	    sql_package_update(req, q), NULL);
}

static int
delete_package(struct request *req)
{
	struct package_delete q = { .user_id = caller_id(req),
		.id = path_id(req, "id") };

	return reply_done(
	    req, 200, "Package deleted", sql_package_delete(req, q), NULL);
}

const struct route package_routes[] = {
	{ GET, "/packages", GUEST, list_packages },
	{ POST, "/packages", CREATOR, create_package, NULL, ROUTE_IDEMPOTENT },
	{ GET, "/packages/facets", ANY, count_packages },
	{ GET, "/packages/:id", GUEST, get_package },
	{ GET, "/packages/:id/quote", ANY, get_quote },
	{ PUT, "/packages/:id", CREATOR, update_package },
	{ DELETE, "/packages/:id", CREATOR, delete_package },
	{ 0 },
};
