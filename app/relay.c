/*
 * relay.c: holds the WebSockets.  Its listening socket is descriptor 0; nginx
 * leads /ws to it.
 */
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/app.h"
#include "app/echo.h"
#include "app/sockets.h"
#include "lib/log.h"
#include "lib/loop.h"

enum { TURN_MS = 100 }; /* the longest wait of the loop */

static volatile sig_atomic_t stopping;

static void
on_stop(int signal_number)
{
	(void)signal_number;
	stopping = 1;
}

/* Signals are let in only while the loop waits; set is what it lets in. */
static void
catch_signals(sigset_t *set)
{
	struct sigaction action = { .sa_handler = on_stop };
	sigset_t blocked;

	(void)sigemptyset(&action.sa_mask);
	(void)sigemptyset(&blocked);
	(void)sigaddset(&blocked, SIGTERM);
	(void)sigaddset(&blocked, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &blocked, set);
	(void)sigdelset(set, SIGTERM);
	(void)sigdelset(set, SIGINT);
	(void)sigaction(SIGTERM, &action, NULL);
	(void)sigaction(SIGINT, &action, NULL);
}

/* A socket each: as many as we may have. */
static void
raise_limit(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return;
	files.rlim_cur = files.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &files);
}

/* Tells all to go, and waits for them, a while. */
static void
leave(struct sockets *sockets, struct loop *loop, const struct app *app,
    const sigset_t *set)
{
	int64_t end;

	sockets_leave(sockets);
	end = loop_ms(loop) + app_config(app)->relay_linger_ms;
	while (!sockets_empty(sockets) && loop_ms(loop) < end) {
		loop_wait(loop, TURN_MS, set);
		(void)sockets_tend(sockets);
	}
}

static void
serve(struct app *app, struct loop *loop, const sigset_t *set)
{
	struct sockets *sockets = sockets_open(app, loop, STDIN_FILENO);

	int64_t wait = 0;

	while (!stopping) {
		if (wait > TURN_MS)
			wait = TURN_MS;
		loop_wait(loop, wait < 0 ? 0 : (int)wait, set);
		wait = sockets_tend(sockets);
	}
	leave(sockets, loop, app, set);
	sockets_close(sockets);
}

static void
serve_echo(struct app *app, struct loop *loop, const sigset_t *set)
{
	struct echo *echo = echo_open(app, loop, STDIN_FILENO);

	while (!stopping) {
		loop_wait(loop, TURN_MS, set);
		echo_tend(echo);
	}
	echo_close(echo);
}

int
main(void)
{
	struct loop *loop;
	struct app *app;
	sigset_t set;

	catch_signals(&set);
	if (!app_open(&app, APP_RELAY))
		return 1;
	/* Many small things that come and go: a heap that is not trimmed would
	 * keep what a burst took. */
	(void)mallopt(M_TRIM_THRESHOLD, 1 << 20);
	raise_limit();
	if (fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK) != 0) {
		(void)fprintf(stderr, "relay: descriptor 0 is no socket\n");
		app_close(app);
		return 1;
	}
	loop = loop_open();
	log_line(LOG_INFO, "start", "the relay started");
	if (app_config(app)->relay_echo != 0)
		serve_echo(app, loop, &set);
	else
		serve(app, loop, &set);
	log_line(LOG_INFO, "stop", "the relay stopped");
	loop_close(loop);
	app_close(app);
	return 0;
}
