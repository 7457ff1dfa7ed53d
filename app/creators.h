/*
 * creators.h: what may be changed of a creator's profile.
 */
#ifndef CREATORS_H
#define CREATORS_H

#include "lib/http.h"
#include "queries.h"

/* The caller's changes as the body has them; ask body_invalid after. */
struct creator_account_change creator_account_changes(struct request *req);

#endif
