/*
 * ws.c: frames of a client, over a socket, to a server that echoes: what comes
 * back are whole frames of a server, and the connection ends.
 */
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lib/ws.h"
#include "test/fuzz/fuzz.h"

enum { TURNS_MAX = 1000, OUT_MAX = 1 << 18 };

static const char head[] =
    "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

static struct loop *loop;
static struct ws *server;
static struct sockaddr_un address = { .sun_family = AF_UNIX };
static socklen_t address_size;
static int open_count;

static int
admit(void *ctx, struct ws_conn *c, const struct upgrade *u)
{
	(void)ctx;
	(void)c;
	(void)u;
	open_count++;
	return 101;
}

static size_t
page(void *ctx, const struct upgrade *u, char out[WS_PAGE_MAX])
{
	(void)ctx;
	(void)u;
	(void)out;
	return 0;
}

static void
message(void *ctx, struct ws_conn *c, bool text, const char *bytes, size_t size)
{
	(void)ctx;
	ws_send(c, text, bytes, size);
	if (size == 3 && memcmp(bytes, "end", 3) == 0)
		ws_end(c, WS_POLICY, "asked for");
}

static void
drained(void *ctx, struct ws_conn *c)
{
	(void)ctx;
	MUST(ws_backlog(c) == 0);
}

static void
closed(void *ctx, struct ws_conn *c)
{
	(void)ctx;
	(void)c;
	open_count--;
}

static void
start(void)
{
	static const struct ws_limits limits = {
		.head_ms = 60000,
		.idle_ms = 60000,
		.linger_ms = 60000,
		.stall_ms = 60000,
		.message_max = 4096,
		.parts_max = 16,
		.rate = 60000,
		.backlog_max = OUT_MAX,
	};
	static const struct ws_handler handler = { admit, page, message,
		drained, closed };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);

	/* an address that the kernel chooses */
	MUST(fd >= 0);
	MUST(bind(fd, (struct sockaddr *)&address, sizeof address.sun_family) ==
	     0);
	address_size = sizeof address;
	MUST(getsockname(fd, (struct sockaddr *)&address, &address_size) == 0);
	MUST(listen(fd, 16) == 0);
	loop = loop_open();
	server = ws_open(loop, fd, &limits, &handler, NULL);
}

static void
turn(void)
{
	sigset_t none;

	(void)sigemptyset(&none);
	loop_wait(loop, 0, &none);
	ws_tend(server);
}

/* Whole frames, without masks and reserved bits, nothing behind a close. */
static void
judge(const uint8_t *p, size_t size)
{
	const uint8_t *end = memmem(p, size, "\r\n\r\n", 4);
	bool over = false;

	MUST(end != NULL && memcmp(p, "HTTP/1.1 101", 12) == 0);
	size -= (size_t)(end + 4 - p);
	p = end + 4;
	while (size > 0) {
		size_t n, at = 2;

		MUST(!over && size >= 2);
		MUST((p[0] & 0xf0) == 0x80 && (p[1] & 0x80) == 0);
		n = p[1];
		if (n == 126) {
			MUST(size >= 4);
			n = (size_t)p[2] << 8 | p[3];
			at = 4;
		}
		MUST(n < 65536 && size >= at + n);
		over = (p[0] & 0x0f) == 8;
		p += at + n;
		size -= at + n;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t out[OUT_MAX];
	size_t got = 0, sent = 0;
	bool over = false;
	int fd;

	if (server == NULL)
		start();
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	MUST(fd >= 0);
	MUST(connect(fd, (struct sockaddr *)&address, address_size) == 0);
	MUST(send(fd, head, sizeof head - 1, 0) == (ssize_t)sizeof head - 1);
	for (int i = 0; i < TURNS_MAX && !over; i++) {
		ssize_t n = -1;

		if (sent < size) {
			n = send(fd, data + sent, size - sent,
			    MSG_DONTWAIT | MSG_NOSIGNAL);
			sent = n < 0 ? size : sent + (size_t)n;
		} else {
			(void)shutdown(fd, SHUT_WR);
		}
		turn();
		while (got < OUT_MAX && (n = recv(fd, out + got, OUT_MAX - got,
					     MSG_DONTWAIT)) > 0)
			got += (size_t)n;
		over = n == 0;
	}
	(void)close(fd);
	MUST(over);
	judge(out, got);
	for (int i = 0; i < TURNS_MAX && ws_counts(server)->open > 0; i++)
		turn();
	MUST(open_count == 0 && ws_counts(server)->open == 0);
	return 0;
}
