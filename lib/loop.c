/* loop.c: one epoll loop. */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "lib/log.h"
#include "lib/loop.h"

enum { BATCH = 256 };

struct loop {
	int epoll;
	int64_t now;
	struct epoll_event batch[BATCH];
	int at, count; /* of the batch at hand */
};

static void
must(bool good, const char *what)
{
	if (good)
		return;
	log_line(LOG_ERROR, "loop", "%s failed with error %d", what, errno);
	exit(1);
}

static void
look_at_clock(struct loop *l)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	l->now = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct loop *
loop_open(void)
{
	struct loop *l = calloc(1, sizeof *l);

	must(l != NULL, "memory for a loop");
	l->epoll = epoll_create1(EPOLL_CLOEXEC);
	must(l->epoll >= 0, "epoll_create1");
	look_at_clock(l);
	return l;
}

void
loop_close(struct loop *l)
{
	(void)close(l->epoll);
	free(l);
}

static void
control(struct loop *l, int what, struct watch *w, uint32_t events)
{
	struct epoll_event e = { .events = events, .data.ptr = w };

	must(epoll_ctl(l->epoll, what, w->fd, &e) == 0, "epoll_ctl");
}

void
loop_add(struct loop *l, struct watch *w, uint32_t events)
{
	control(l, EPOLL_CTL_ADD, w, events);
}

void
loop_change(struct loop *l, struct watch *w, uint32_t events)
{
	control(l, EPOLL_CTL_MOD, w, events);
}

void
loop_remove(struct loop *l, struct watch *w)
{
	/* one that was closed already has left by itself */
	(void)epoll_ctl(l->epoll, EPOLL_CTL_DEL, w->fd, NULL);
	for (int i = l->at; i < l->count; i++)
		if (l->batch[i].data.ptr == w)
			l->batch[i].data.ptr = NULL;
}

void
loop_wait(struct loop *l, int ms, const sigset_t *let_in)
{
	l->count = epoll_pwait(l->epoll, l->batch, BATCH, ms, let_in);
	look_at_clock(l);
	for (l->at = 0; l->at < l->count;) {
		const struct epoll_event *e = &l->batch[l->at++];
		struct watch *w = e->data.ptr;

		if (w != NULL)
			w->ready(w, e->events);
	}
}

int64_t
loop_ms(const struct loop *l)
{
	return l->now;
}
