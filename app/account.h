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

/* Mails a code to the address; gives the account, which has not changed. */
struct rows *ask_email(struct request *req, const char *email);

#endif
