/*
 * sockets.h: who is connected to this relay, and what they say.
 *
 * Shape   one struct sockets a relay; app/events.md describes the frames.
 */
#ifndef SOCKETS_H
#define SOCKETS_H

#include <stdbool.h>
#include <stdint.h>

#include "app/app.h"
#include "lib/loop.h"

struct sockets;

/* listening is the socket that nginx leads /ws to. */
struct sockets *sockets_open(struct app *app, struct loop *loop, int listening);
/* After each wait of the loop; gives the ms until it wants to be called. */
int64_t sockets_tend(struct sockets *s);
/* Takes nobody any more, and asks all who are there to come back elsewhere. */
void sockets_leave(struct sockets *s);
/* True when nobody is left. */
bool sockets_empty(const struct sockets *s);
void sockets_close(struct sockets *s);

#endif
