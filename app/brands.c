/* app/brands.c: brands' public pages, and one's own. */
#include "app/routes.h"
#include "queries.h"

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

static int
update_brand(struct request *req)
{
	struct brand_update q = {
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

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_named(req, 200, "Profile updated", "brand",
	    sql_brand_update(req, q), NULL);
}

const struct route brand_routes[] = {
	{ GET, "/brands/:id", ANY, get_brand },
	{ GET, "/brands/profile", BRAND, get_own_brand },
	{ PUT, "/brands/profile", BRAND, update_brand },
	{ 0 },
};
