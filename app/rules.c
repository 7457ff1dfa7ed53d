/* app/rules.c: what the marketplace goes by, for everybody to know. */
#include "app/routes.h"
#include "queries.h"

static int
get_rules(struct request *req)
{
	return reply_one(req, 200, sql_rule_list(req), NULL);
}

const struct route rule_routes[] = {
	{ GET, "/rules", ANY, get_rules },
	{ 0 },
};
