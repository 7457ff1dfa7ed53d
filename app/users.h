/*
 * users.h: one's own account, {"user": …, "profile": …}, by role.
 */
#ifndef USERS_H
#define USERS_H

#include "lib/http.h"

int get_account(struct request *req);

#endif
