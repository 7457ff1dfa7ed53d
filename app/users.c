/* app/users.c: one's own account. */
#include "app/users.h"

#include "app/routes.h"
#include "queries.h"

static struct rows *
account_rows(struct request *req)
{
	int64_t user = caller_id(req);

	switch (caller_role(req)) {
	case CREATOR:
		return sql_account_creator(
		    req, (struct account_creator){ .user_id = user });
	case BRAND:
		return sql_account_brand(
		    req, (struct account_brand){ .user_id = user });
	default:
		return sql_account_admin(
		    req, (struct account_admin){ .user_id = user });
	}
}

int
get_account(struct request *req)
{
	return reply_one(req, 200, account_rows(req), NULL);
}

const struct route user_routes[] = {
	{ GET, "/users/profile", USER, get_account },
	{ 0 },
};
