/*
 * loop.h: one epoll loop: who waits for which descriptor, and the clock.
 *
 * Shape   a watch lies inside of what owns the descriptor; its ready is called
 *         with epoll's events.  One loop a process, never in a second thread.
 * Errors  a loop that cannot be made, or a descriptor it cannot take, ends the
 *         process, as memory that is not there does.
 * Source  epoll(7).
 */
#ifndef LOOP_H
#define LOOP_H

#include <signal.h>
#include <stdint.h>

struct loop;

struct watch {
	int fd;
	void (*ready)(struct watch *w, uint32_t events);
};

struct loop *loop_open(void);
void loop_close(struct loop *l);

/* events: EPOLLIN, EPOLLOUT. */
void loop_add(struct loop *l, struct watch *w, uint32_t events);
void loop_change(struct loop *l, struct watch *w, uint32_t events);
/* Before the descriptor is closed; ready is not called any more, not even for
 * what the kernel has told already. */
void loop_remove(struct loop *l, struct watch *w);

/*
 * Waits for at most ms, with these signals let in, and calls the ready of all
 * that are.  Signals come only here when they are blocked otherwise.
 */
void loop_wait(struct loop *l, int ms, const sigset_t *let_in);
/* Milliseconds of the monotonic clock, as it was after the last wait. */
int64_t loop_ms(const struct loop *l);

#endif
