/*
 * mail.h: the outbox's letters.
 */
#ifndef APP_MAIL_H
#define APP_MAIL_H

#include <stdbool.h>

#include "lib/http.h"

/* Sends one letter that is due; false when none was. */
bool send_letter(struct request *req);

#endif
