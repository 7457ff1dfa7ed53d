/*
 * frames.h: what clients say.
 *
 * Source  app/events.md.
 */
#ifndef FRAMES_H
#define FRAMES_H

#include <stdbool.h>
#include <stddef.h>

struct ws_conn;

/* A message of a client, as struct ws_handler has it; ctx is the sockets. */
void frames_take(
    void *ctx, struct ws_conn *conn, bool text, const char *bytes, size_t size);

#endif
