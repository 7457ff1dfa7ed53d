/* app/creators.c: creators' public pages, and one's own. */
#include "app/creators.h"

#include "app/routes.h"

#define FOLLOWERS_MAX INT64_C(10000000000)
enum { CREATORS_A_PAGE = 12 };

static const char *const availabilities[] = { "available", "busy",
	"unavailable", NULL };
static const char *const orders[] = { "relevance", "reviews", "price", "-price",
	"rating", "newest", "popular", NULL };
static const char *const networks[] = { "instagram", "tiktok", "youtube",
	"twitter", "facebook", "linkedin", "threads", "website", NULL };

/* What is looked for, but for order and page. */
static struct creator_facets
creators_wanted(struct request *req)
{
	return (struct creator_facets){
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
		.max_days = query_int_opt(req, "max_days", 1, 365),
		.search = query_text_opt(req, "search", 2, 100),
	};
}

static struct creator_find
creators_found(struct creator_facets wanted, const char *sort,
    struct cursor after, struct page page)
{
	return (struct creator_find){
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
		.search = wanted.search,
		.sort = sort,
		.after_key = after.key,
		.after_id = after.id,
		.size = page.size,
		.start = after.id != NULL ? 0 : (page.number - 1) * page.size,
	};
}

static int
list_creators(struct request *req)
{
	struct page page = query_page(req, CREATORS_A_PAGE);
	struct creator_facets wanted = creators_wanted(req);
	const char *sort =
	    query_order(req, orders, wanted.search != NULL, "reviews");
	struct cursor after = query_cursor(req, sort);

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_keyset(req,
	    sql_creator_find(req, creators_found(wanted, sort, after, page)),
	    "creators", page, after);
}

static int
count_creators(struct request *req)
{
	struct creator_facets q = creators_wanted(req);

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_one(req, 200, sql_creator_facets(req, q), NULL);
}

static int
get_creator(struct request *req)
{
	struct creator_get q = { .id = path_id(req, "id") };

	return reply_one(req, 200, sql_creator_get(req, q), NULL);
}

static int
get_own_creator(struct request *req)
{
	struct creator_own q = { .user_id = caller_id(req) };

	return reply_one(req, 200, sql_creator_own(req, q), NULL);
}

static struct creator_update
creator_changes(struct request *req)
{
	struct creator_update q = {
		.user_id = caller_id(req),
		.username = body_text_opt(req, "username", 3, 20),
		.bio = body_text_opt(req, "bio", 0, 5000),
		.profile_picture = body_link_opt(req, "profile_picture", 255),
		.portfolio_url = body_link_opt(req, "portfolio_url", 255),
		.location = body_text_opt(req, "location", 0, 100),
		.categories = body_texts_opt(req, "categories", 10, 100),
		.languages = body_texts_opt(req, "languages", 20, 50),
		.social_links =
		    body_object_opt(req, "social_links", networks, 255),
		.follower_count =
		    body_int_opt(req, "follower_count", 0, FOLLOWERS_MAX),
		.engagement_rate =
		    body_decimal_opt(req, "engagement_rate", 0, 100),
		.availability_status =
		    body_choice_opt(req, "availability_status", availabilities),
		.success_stories =
		    body_text_opt(req, "success_stories", 0, 5000),
		.free_revisions = body_int_opt(req, "free_revisions", 0, 20),
		.revision_fee =
		    body_money_opt(req, "revision_fee", 0, INT64_C(100000000)),
	};

	for (const char *p = q.username; p != NULL && *p != '\0'; p++)
		if (!((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
			(*p >= '0' && *p <= '9') || *p == '_')) {
			body_bad(req, "username", "username",
			    "may have letters, digits and _ only");
			break;
		}
	return q;
}

struct creator_account_change
creator_account_changes(struct request *req)
{
	struct creator_update c = creator_changes(req);

	return (struct creator_account_change){
		.user_id = c.user_id,
		.username = c.username,
		.bio = c.bio,
		.portfolio_url = c.portfolio_url,
		.location = c.location,
		.categories = c.categories,
		.languages = c.languages,
		.social_links = c.social_links,
		.follower_count = c.follower_count,
		.engagement_rate = c.engagement_rate,
		.availability_status = c.availability_status,
		.success_stories = c.success_stories,
		.free_revisions = c.free_revisions,
		.revision_fee = c.revision_fee,
		.profile_picture = c.profile_picture,
	};
}

static int
update_creator(struct request *req)
{
	struct creator_update q = creator_changes(req);

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(req, 200, "Profile updated", "creator",
	    sql_creator_update(req, q), NULL);
}

const struct route creator_routes[] = {
	{ GET, "/creators", ANY, list_creators },
	{ GET, "/creators/facets", ANY, count_creators },
	{ GET, "/creators/:id", ANY, get_creator },
	{ GET, "/creators/profile", CREATOR, get_own_creator },
	{ PUT, "/creators/profile", CREATOR, update_creator },
	{ 0 },
};
