/*
 * feed.h: all events, in an order that skips none, as they become certain.
 *
 * Shape   reads on from the event read last when it is woken, and by a sweep.
 *         The order is that of (writing transaction, id), and only events of
 *         transactions that were over before the oldest that is open are read:
 *         none can come before them any more.
 * Errors  without PostgreSQL it stands still, and goes on where it stood.
 */
#ifndef FEED_H
#define FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "app/app.h"
#include "lib/link.h"
#include "lib/loop.h"

/* An event's place in the order. */
struct place {
	int64_t xid;
	int64_t id;
};

struct event {
	struct place at;
	int64_t user_id;
	const char *type;
	const char *payload; /* JSON */
	size_t size;
};

struct feed_handler {
	void (*event)(void *ctx, const struct event *e);
	/* Where it stands is known from now on. */
	void (*begun)(void *ctx);
	/* Another relay says something. */
	void (*said)(void *ctx, const char *words);
	/* It can, or cannot, ask PostgreSQL and hear the other relays. */
	void (*changed)(void *ctx, bool up);
};

struct feed;

struct feed *feed_open(struct app *app, struct loop *loop,
    const struct feed_handler *handler, void *ctx);
void feed_close(struct feed *f);
/* After each wait of the loop; gives the ms until it wants to be called. */
int64_t feed_tend(struct feed *f);
/* There is something to read. */
void feed_wake(struct feed *f);
/* False until it has begun. */
bool feed_at(const struct feed *f, struct place *at);
/* What it reads over, and hears the others on; not for what may be much. */
struct link *feed_link(struct feed *f);
/* Milliseconds since it has last read all there was; 0 before it began. */
int64_t feed_lag(const struct feed *f);

int place_compare(struct place a, struct place b);
enum { PLACE_TEXT_MAX = 48 };
/* Opaque to clients. */
void place_write(char out[PLACE_TEXT_MAX], struct place at);
bool place_read(struct place *out, const char *text);

#endif
