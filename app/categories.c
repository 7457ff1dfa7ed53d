/* app/categories.c: what creators, packages and campaigns are filed under. */
#include "app/routes.h"
#include "queries.h"

static int
list_categories(struct request *req)
{
	return reply_one(req, 200, sql_category_list(req), NULL);
}

const struct route category_routes[] = {
	{ GET, "/categories", ANY, list_categories },
	{ 0 },
};
