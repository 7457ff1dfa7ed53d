/* messages.h: what POST /messages and the socket have in common. */
#ifndef MESSAGES_H
#define MESSAGES_H

#include <stdint.h>

#include "lib/http.h"
#include "queries.h"

/* The message that the body holds; ask body_invalid whether it does. */
struct message_create message_of(struct request *req, int64_t caller);

#endif
