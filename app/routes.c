/* app/routes.c: the list of tables. */
#include "app/routes.h"

const char *const role_names[] = { "creator", "brand", "admin", NULL };

const struct route *const route_tables[] = {
	auth_routes,
	account_routes,
	user_routes,
	upload_routes,
	creator_routes,
	brand_routes,
	package_routes,
	category_routes,
	campaign_routes,
	booking_routes,
	collaboration_routes,
	payment_routes,
	review_routes,
	message_routes,
	notification_routes,
	ledger_routes,
	analytics_routes,
	rule_routes,
	health_routes,
	page_routes,
	sitemap_routes,
	NULL,
};
