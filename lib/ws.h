/*
 * ws.h: the server's side of WebSockets, on a loop: requests that open them,
 * frames, closing, and what the other side has not yet taken.
 *
 * Shape   one struct ws a listening socket; a struct ws_conn from accept until
 *         its closed was called.  A connection at rest costs its struct alone:
 *         what reading needs is there only while a frame is half read.
 * Errors  what breaks the protocol is answered by the close code that it has
 *         for it; a reader whose backlog would pass its cap, or that takes
 *         nothing of it for too long, is cut without one.  Nothing that a peer
 * sends ends the process. Source  RFC 6455; wslay 1.1.1 for the frames.
 */
#ifndef WS_H
#define WS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/loop.h"
#include "lib/upgrade.h"

enum ws_code {
	WS_NORMAL = 1000,
	WS_GOING_AWAY = 1001,
	WS_PROTOCOL = 1002,
	WS_UNSUPPORTED = 1003,
	WS_POLICY = 1008,
	WS_INTERNAL = 1011,
};

enum { WS_PAGE_MAX = 4000 };

struct ws_limits {
	int64_t head_ms;     /* the request is there within */
	int64_t idle_ms;     /* silence before a ping, and again before a cut */
	int64_t linger_ms;   /* for the other side to close in turn */
	int64_t stall_ms;    /* nothing of a backlog is taken, then a cut */
	int64_t message_max; /* bytes of a message, else 1009 */
	int64_t parts_max;   /* frames of a message, else 1008 */
	int64_t rate;        /* frames a second, else 1008 */
	int64_t backlog_max; /* bytes sent and not taken */
};

struct ws;
struct ws_conn;

struct ws_handler {
	/* 101, or the status of a refusal: 403, 429, 503. */
	int (*admit)(void *ctx, struct ws_conn *c, const struct upgrade *u);
	/* A page for a request that opens no WebSocket: text into the buffer,
	 * whose size is given; 0: there is none. */
	size_t (*page)(
	    void *ctx, const struct upgrade *u, char out[WS_PAGE_MAX]);
	/* A whole message; the bytes are gone afterwards. */
	void (*message)(void *ctx, struct ws_conn *c, bool text,
	    const char *bytes, size_t size);
	/* All that was sent is taken, after not all of it was. */
	void (*drained)(void *ctx, struct ws_conn *c);
	/* No message any more, and nothing that is sent arrives.  Once for
	 * each connection that admit let in. */
	void (*closed)(void *ctx, struct ws_conn *c);
};

struct ws_counts {
	int64_t open;     /* now, those still being opened or closed too */
	int64_t accepted; /* ever */
	int64_t refused;  /* requests */
	int64_t cut;      /* slow readers */
	int64_t frames_in, frames_out;
};

/* listening is a socket, non-blocking; limits and handler outlive it all. */
struct ws *ws_open(struct loop *loop, int listening,
    const struct ws_limits *limits, const struct ws_handler *handler,
    void *ctx);
/* Takes no more; what is open stays.  The socket itself is left alone. */
void ws_refuse(struct ws *s);
/* Cuts what is still open. */
void ws_close(struct ws *s);
/* After each wait of the loop: runs timers, frees what has ended. */
void ws_tend(struct ws *s);
const struct ws_counts *ws_counts(const struct ws *s);

/* What the program keeps with a connection; NULL at first. */
void ws_set_data(struct ws_conn *c, void *data);
void *ws_data(const struct ws_conn *c);

/* Sent at once as far as it goes, else kept up to the cap. */
void ws_send(struct ws_conn *c, bool text, const char *bytes, size_t size);
/* Bytes sent and not taken. */
size_t ws_backlog(const struct ws_conn *c);
/* Sends the code and waits for the other side's; closed is called now.  The
 * reason has 123 bytes at most. */
void ws_end(struct ws_conn *c, int code, const char *reason);

#endif
