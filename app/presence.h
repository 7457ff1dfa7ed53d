/*
 * presence.h: who is there, at this relay or at another, and who is typing.
 *
 * Shape   relays tell each other by NOTIFY; nothing is stored.  Each beats, and
 *         one that is not heard any more has taken its people with it.
 * Errors  what was not heard while PostgreSQL was away is made up for by the
 *         lists that relays exchange when they are back.
 */
#ifndef PRESENCE_H
#define PRESENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/config.h"
#include "lib/buf.h"
#include "lib/link.h"
#include "lib/loop.h"

struct presence;

/* Gives a frame to a user's sockets here, if there are any. */
typedef void (*presence_deliver)(
    void *ctx, int64_t user_id, const char *frame, size_t size);

struct presence *presence_open(const struct config *config, struct loop *loop,
    struct link *link, presence_deliver deliver, void *ctx);
void presence_close(struct presence *p);
void presence_tend(struct presence *p);
/* The link has come up, and others are heard. */
void presence_begin(struct presence *p);
/* What another relay, or this one, has said. */
void presence_hear(struct presence *p, const char *words);

/* A user's socket here comes, or goes. */
void presence_come(struct presence *p, int64_t user_id);
void presence_go(struct presence *p, int64_t user_id);
/* A user, where a socket of theirs is here, to one who has come to know them:
 * what was told of them before may have been a moment too early for that. */
void presence_show(struct presence *p, int64_t user_id, int64_t to);
bool presence_is_online(const struct presence *p, int64_t user_id);

/* What clients are told: {"type":"presence","users":[ and items. */
void presence_item(struct buf *b, int64_t user_id, bool online);

#endif
