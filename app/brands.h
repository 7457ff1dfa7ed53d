/*
 * brands.h: what may be changed of a brand's profile.
 */
#ifndef BRANDS_H
#define BRANDS_H

#include "lib/http.h"
#include "queries.h"

/* The caller's changes as the body has them; ask body_invalid after. */
struct brand_account_change brand_account_changes(struct request *req);

#endif
