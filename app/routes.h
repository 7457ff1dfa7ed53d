/*
 * routes.h: who may ask what; every resource's table, and the list of them.
 */
#ifndef ROUTES_H
#define ROUTES_H

#include "lib/http.h"

/* The roles of this application, in the order of role_names. */
enum {
	ANY = ROLE_ANY,
	GUEST = ROLE_GUEST,
	CREATOR = 1u << ROLE_FIRST,
	BRAND = 1u << (ROLE_FIRST + 1),
	ADMIN = 1u << (ROLE_FIRST + 2),
	SIDES = CREATOR | BRAND, /* the two of a booking */
	USER = CREATOR | BRAND | ADMIN,
};

extern const char *const role_names[];
extern const struct route *const route_tables[];

extern const struct route account_routes[];
extern const struct route analytics_routes[];
extern const struct route auth_routes[];
extern const struct route booking_routes[];
extern const struct route brand_routes[];
extern const struct route collaboration_routes[];
extern const struct route campaign_routes[];
extern const struct route category_routes[];
extern const struct route creator_routes[];
extern const struct route rule_routes[];
extern const struct route health_routes[];
extern const struct route ledger_routes[];
extern const struct route message_routes[];
extern const struct route notification_routes[];
extern const struct route package_routes[];
extern const struct route page_routes[];
extern const struct route payment_routes[];
extern const struct route review_routes[];
extern const struct route sitemap_routes[];
extern const struct route upload_routes[];
extern const struct route user_routes[];

/* For struct http_context; see app/idempotency.c. */
int answer_once(struct request *req, const struct route *route);
/* Before the last statement of a ROUTE_STEPS handler: with a key, it commits
 * with the answer or not at all.  False: refused, noted. */
bool last_step(struct request *req);

#endif
