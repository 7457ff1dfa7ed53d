/*
 * client.h: the inside of a relay: its sockets, whose they are, and what each
 * has been given.  For sockets.c, frames.c and client.c.
 *
 * Shape   a client is made by sockets.c, gets a person by its first frame, and
 *         goes with its connection, or with the last answer that it waits for.
 */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>
#include <stdint.h>

#include "app/app.h"
#include "app/feed.h"
#include "app/presence.h"
#include "lib/buf.h"
#include "lib/link.h"
#include "lib/loop.h"
#include "lib/table.h"
#include "lib/ws.h"

struct address;
struct arena;
struct request;

enum {
	FRAME_MAX = 1 << 20, /* bytes of a frame of ours */
	UUID_SIZE = 36,
	SLOTS = 4096, /* seconds: more than most tokens live */
};

/* Codes of our own to close with; app/events.md has them all. */
enum close_code {
	CLOSE_TOKEN_INVALID = 4401,
	CLOSE_TOKEN_EXPIRED = 4402,
	CLOSE_SESSION_ENDED = 4403,
	CLOSE_TOO_MANY = 4429,
};

/* Somebody with sockets here, or with answers that come for such as are gone.
 */
struct person {
	struct table_entry entry; /* first; its id is the user's */
	int64_t sockets;
	int64_t asked; /* and not answered, by all of them */
	struct client *clients;
};

/*
 * JOINING until its session was found good; BEHIND while it is given what it
 * missed, and other events wait; then LIVE.
 */
enum standing { UNKNOWN, JOINING, BEHIND, LIVE };

/* Of those who will have been here too long. */
struct due {
	struct due *prev, *next;
};

struct client {
	struct due due;       /* first */
	struct ws_conn *conn; /* NULL: gone, and waited for by an answer */
	struct sockets *sockets;
	struct client *prev, *next;             /* of all */
	struct client *other_prev, *other_next; /* of the person's */
	struct address *address;
	struct person *person; /* NULL: UNKNOWN, or gone */
	int64_t auth_due;      /* ms of the loop's clock */
	int64_t expires;       /* seconds since 1970 */
	struct place at;       /* of the last event it was given */
	struct place until;    /* of what it is given */
	int32_t holds;         /* by what still uses it */
	uint8_t standing;
	bool asking;  /* an answer that its standing waits for is due */
	bool anew;    /* it has seen no event: from now on */
	bool missed;  /* an event came that it waits for an answer about */
	bool present; /* presence counts it */
	char session[UUID_SIZE + 1];
};

struct sockets {
	struct app *app;
	const struct config *config;
	struct loop *loop;
	struct ws *ws;
	struct ws_limits limits;
	struct feed *feed;
	struct presence *presence;
	struct link *chatter; /* for presence: a crowd that comes fills it */
	struct link **links;  /* config->relay_links of them */
	void *addresses;      /* tree, see tsearch(3) */
	struct table people;
	struct client all;       /* head of a ring */
	struct due unknown;      /* likewise, in the order of auth_due */
	struct due known[SLOTS]; /* likewise, by expires */
	bool waiting;            /* somebody, to ask again in a second */
	bool leaving;
	struct buf frame; /* for what is sent to many */
	struct arena *arena;
	int64_t second; /* when expiry was looked at last */
	int64_t events_out;
	int64_t asked; /* of all people */
};

/* ---- whose it is ---- */

/* NULL when there is no socket of the user. */
struct person *client_person(const struct sockets *s, int64_t id);
void client_join(struct sockets *s, struct client *c, int64_t id);
/* Nothing where it has no person. */
void client_leave(struct sockets *s, struct client *c);

/* ---- how long it may be here ---- */

void client_due(struct due *ring, struct client *c);
void client_not_due(struct client *c);

/* ---- frames of ours ---- */

/* {"type":…, without its end. */
void client_begin(struct buf *b, struct arena *a, const char *type);
/* Ends it, and sends it where it has not grown too big. */
void client_finish(struct client *c, struct buf *b);
void client_place(struct buf *b, const char *name, struct place at);
/* The problem that req answers with; what it was about, as far as is known. */
void client_error(struct client *c, struct request *req, const char *about,
    const char *client_id);
void client_event(struct buf *b, struct place at, const char *type,
    const char *payload, size_t size);
/* Which of these, a list of users in JSON, are there. */
void client_presence(
    struct client *c, struct arena *a, const char *others, size_t size);
/* ready or auth.refreshed. */
void client_ready(struct client *c, struct arena *a, const char *type);

/* ---- answers it waits for ---- */

/* It is not freed before as many client_let_go; false when its connection is
 * gone. */
void client_hold(struct client *c);
bool client_let_go(struct client *c);

/* Where PostgreSQL is slow, what waits for it must not fill the memory: counted
 * by person, for sockets may ask, go, and come again. */
bool client_may_ask(const struct client *c);
/* What to ask over; held until the answer. */
struct link *client_ask(struct client *c);
/* To be called by each answer; false when the client is gone. */
bool client_answered(struct client *c);

/* ---- what it is given ---- */

/* Half a backlog is left for what passes and cannot be told again. */
bool client_is_full(const struct client *c);
/* Whatever its standing asks for next, unless that is on its way. */
void client_go_on(struct sockets *s, struct client *c);

#endif
