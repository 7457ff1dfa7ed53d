/* app/ledger.c: what one owns, and how it came. */
#include "app/routes.h"
#include "queries.h"

enum { ENTRIES_A_PAGE = 20 };

static int
list_balances(struct request *req)
{
	struct balance_list q = { .user_id = caller_id(req) };

	return reply_list(req, sql_balance_list(req, q), "balances");
}

static int
list_entries(struct request *req)
{
	struct page page = query_page(req, ENTRIES_A_PAGE);
	struct ledger_list q = {
		.user_id = caller_id(req),
		.size = page.size,
		.start = (page.number - 1) * page.size,
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_page(req, sql_ledger_list(req, q), "entries", page);
}

const struct route ledger_routes[] = {
	{ GET, "/balances", SIDES, list_balances },
	{ GET, "/ledger", SIDES, list_entries },
	{ 0 },
};
