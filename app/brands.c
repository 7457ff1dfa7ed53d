/* app/brands.c: brands' public pages, and one's own. */
#include "app/brands.h"

#include "app/routes.h"

static const char *const sizes[] = { "1-10", "11-50", "51-200", "201-500",
	"500+", NULL };
static const char *const networks[] = { "facebook", "twitter", "linkedin",
	"instagram", "tiktok", "youtube", "website", NULL };

static int
get_brand(struct request *req)
{
	struct brand_get q = { .id = path_id(req, "id") };

	return reply_one(req, 200, sql_brand_get(req, q), NULL);
}

static int
get_own_brand(struct request *req)
{
	struct brand_own q = { .user_id = caller_id(req) };

	return reply_one(req, 200, sql_brand_own(req, q), NULL);
}

static struct brand_update
brand_changes(struct request *req)
{
	return (struct brand_update){
		.user_id = caller_id(req),
		.company_name = body_text_opt(req, "company_name", 1, 200),
		.logo = body_link_opt(req, "logo", 255),
		.description = body_text_opt(req, "description", 0, 5000),
		.website = body_link_opt(req, "website", 255),
		.industry = body_text_opt(req, "industry", 0, 100),
		.company_size = body_choice_opt(req, "company_size", sizes),
		.location = body_text_opt(req, "location", 0, 100),
		.social_links =
		    body_object_opt(req, "social_links", networks, 255),
	};
}

struct brand_account_change
brand_account_changes(struct request *req)
{
	struct brand_update b = brand_changes(req);

	return (struct brand_account_change){
		.user_id = b.user_id,
		.company_name = b.company_name,
		.logo = b.logo,
		.description = b.description,
		.website = b.website,
		.industry = b.industry,
		.company_size = b.company_size,
		.location = b.location,
		.social_links = b.social_links,
	};
}

static int
update_brand(struct request *req)
{
	struct brand_update q = brand_changes(req);

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(req, 200, "Profile updated", "brand",
	    sql_brand_update(req, q), NULL);
}

/* ---- saved creators ---- */

static int
list_saved_creators(struct request *req)
{
	struct creator_saved q = { .user_id = caller_id(req) };

	return reply_list(req, sql_creator_saved(req, q), "creators");
}

/* 201 where it is new, 200 where it was saved before. */
static int
save_creator(struct request *req)
{
	struct creator_save q = { .user_id = caller_id(req),
		.creator_id = path_id(req, "id") };
	struct rows *rows = sql_creator_save(req, q);

	if (rows != NULL && rows_count(rows) > 0 &&
	    !rows_bool(rows, 0, "fresh"))
		return reply_message(req, 200, "Creator already saved");
	return reply_done(req, 201, "Creator saved", rows, NULL);
}

static int
unsave_creator(struct request *req)
{
	struct creator_unsave q = { .user_id = caller_id(req),
		.creator_id = path_id(req, "id") };

	return reply_done(req, 200, "Creator removed from your saved ones",
	    sql_creator_unsave(req, q), NULL);
}

const struct route brand_routes[] = {
	{ GET, "/brands/:id", ANY, get_brand },
	{ GET, "/brands/profile", BRAND, get_own_brand },
	{ PUT, "/brands/profile", BRAND, update_brand },
	{ GET, "/brands/saved-creators", BRAND, list_saved_creators },
	{ POST, "/brands/saved-creators/:id", BRAND, save_creator, NULL,
	    ROUTE_IDEMPOTENT },
	{ DELETE, "/brands/saved-creators/:id", BRAND, unsave_creator },
	{ 0 },
};
