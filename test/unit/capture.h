/* capture.h: what a test's code writes to a descriptor. */
#ifndef CAPTURE_H
#define CAPTURE_H

#include <assert.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

struct capture {
	int fd; /* the one captured */
	int saved;
	int far; /* our end */
	char text[65536];
};

/* A packet socket: each write(2) arrives as one packet, or not at all. */
static inline void
capture_open(struct capture *c, int fd)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, pair) != 0)
		assert(0);
	c->fd = fd;
	c->saved = dup(fd);
	c->far = pair[0];
	(void)dup2(pair[1], fd);
	(void)close(pair[1]);
}

/* The next write; NULL when there was none. */
static inline const char *
capture_next(struct capture *c)
{
	ssize_t size = recv(c->far, c->text, sizeof(c->text) - 1, 0);

	if (size < 0)
		return NULL;
	c->text[size] = '\0';
	return c->text;
}

static inline void
capture_close(struct capture *c)
{
	(void)dup2(c->saved, c->fd);
	(void)close(c->saved);
	(void)close(c->far);
}

#endif
