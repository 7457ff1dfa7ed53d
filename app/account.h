/*
 * account.h: asking for another e-mail address, for app/users.c.
 */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include <stdbool.h>

#include "lib/http.h"
#include "queries.h"

/*
 * Holds a password against what password_start gave; false, and the field
 * current_password noted as bad, when it is another one or NULL.
 */
bool password_held(
    struct request *req, const struct rows *started, const char *password);

/* Of the code for another address: it is its user's; the address to come lies
 * in its row. */
const char *email_digest(struct request *req, const char *code);

#endif
