/*
 * loopback.h: a server of one's own for a test, on loopback, in a child.
 *
 * Shape   loopback_open forks; the child takes one connection after another,
 *         hands each to its speaker and tells what it heard by a pipe.
 *         loopback_close ends the child and keeps what it said it had heard.
 * Errors  asserted; the child leaves with _exit, and goes when its parent does.
 */
#ifndef LOOPBACK_H
#define LOOPBACK_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { LOOPBACK_HEARD_MAX = 32768 };

struct loopback {
	int port;
	pid_t pid;
	int ear;                        /* the pipe's reading end */
	char heard[LOOPBACK_HEARD_MAX]; /* after loopback_close */
};

/* Speaks on one connection; note takes what is to be told. */
typedef void loopback_speaker(int fd, int note, const void *script);

/* A listening socket on a free port; with SOCK_NONBLOCK in flags, accept
 * tells at once whether anybody came. */
__attribute__((unused)) static inline int
loopback_listen(int *port, int flags)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t size = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(fd, 8), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
	*port = ntohs(at.sin_port);
	return fd;
}

__attribute__((unused)) static inline void
loopback_open(
    struct loopback *out, loopback_speaker *speaker, const void *script)
{
	int listener = loopback_listen(&out->port, 0);
	pid_t parent = getpid();
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	out->pid = fork();
	assert_true(out->pid >= 0);
	if (out->pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		(void)close(ends[0]);
		while (getppid() == parent) {
			int fd = accept(listener, NULL, NULL);

			if (fd < 0)
				break;
			(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY,
			    &(int){ 1 }, sizeof(int));
			speaker(fd, ends[1], script);
			(void)close(fd);
		}
		_exit(0);
	}
	(void)close(listener);
	(void)close(ends[1]);
	out->ear = ends[0];
}

__attribute__((unused)) static inline void
loopback_close(struct loopback *s)
{
	size_t len = 0;
	ssize_t n = 1;

	assert_int_equal(kill(s->pid, SIGKILL), 0);
	assert_int_equal(waitpid(s->pid, NULL, 0), s->pid);
	while (n > 0 && len < sizeof s->heard - 1) {
		n = read(s->ear, s->heard + len, sizeof s->heard - 1 - len);
		len += n > 0 ? (size_t)n : 0;
	}
	s->heard[len] = '\0';
	(void)close(s->ear);
}

/* False once the other side is gone. */
__attribute__((unused)) static inline bool
loopback_say(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = send(fd, bytes, size, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		size -= (size_t)n;
	}
	return true;
}

/* Reads until the other side is gone: a server that never answers. */
__attribute__((unused)) static inline void
loopback_wait(int fd)
{
	char bytes[512];

	while (read(fd, bytes, sizeof bytes) > 0)
		;
}

/* Makes close send a reset. */
__attribute__((unused)) static inline void
loopback_cut(int fd)
{
	struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	(void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

#endif
