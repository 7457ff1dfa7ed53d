/* worker.c: answers requests, one at a time, over FastCGI on descriptor 0. */
#include <malloc.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "app/app.h"
#include "app/config.h"
#include "app/routes.h"
#include "lib/db.h"
#include "lib/http.h"
#include "lib/log.h"
#include "lib/request.h"

static volatile sig_atomic_t stopping;

/*
 * libfcgi looks for a shutdown before accept(2) and after it was interrupted.
 * A signal that comes between the look and the call would be slept through:
 * the alarm interrupts until the loop has ended.
 */
static void
stop(int signal_number)
{
	(void)signal_number;
	stopping = 1;
	FCGX_ShutdownPending();
	(void)alarm(1);
}

static bool
catch_signals(void)
{
	/* no SA_RESTART: with it an idle worker stays in accept */
	struct sigaction action = { .sa_handler = stop };
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	(void)sigemptyset(&action.sa_mask);
	return sigaction(SIGTERM, &action, NULL) == 0 &&
	       sigaction(SIGINT, &action, NULL) == 0 &&
	       sigaction(SIGALRM, &action, NULL) == 0 &&
	       sigaction(SIGPIPE, &ignore, NULL) == 0;
}

/*
 * libfcgi's own close shuts the connection down and waits for nginx to do the
 * same, which costs a quarter of a short request.  keepConnection makes it
 * leave the connection to us; the body has been read to its end by then.
 */
static void
finish(FCGX_Request *fcgi)
{
	fcgi->keepConnection = 1;
	FCGX_Finish_r(fcgi);
	if (fcgi->ipcFd >= 0)
		(void)close(fcgi->ipcFd);
	fcgi->ipcFd = -1;
}

static void
serve(struct app *app)
{
	const struct http_context *http = app_http(app);
	FCGX_Request fcgi;

	(void)FCGX_InitRequest(&fcgi, STDIN_FILENO, 0);
	while (!stopping && FCGX_Accept_r(&fcgi) == 0) {
		struct request *req;

		db_drain(app_db(app));
		req = request_open_fcgi(http, &fcgi);
		(void)http_dispatch(req, route_tables);
		request_send(req);
		finish(&fcgi);
		request_close(req);
		app_wake(app);
	}
	FCGX_Free(&fcgi, 1);
}

static int
print(const char *what)
{
	if (!routes_check(route_tables))
		return 1;
	if (strcmp(what, "--routes") == 0) {
		routes_print(route_tables, role_names);
	} else if (strcmp(what, "--nginx-pools") == 0) {
		routes_print_pools(route_tables);
	} else if (strcmp(what, "--settings") == 0) {
		config_sample();
	} else {
		(void)fprintf(stderr,
		    "usage: worker [--routes | --nginx-pools | --settings]\n");
		return 2;
	}
	return 0;
}

int
main(int argc, char **argv)
{
	struct app *app;

	if (argc > 1)
		return print(argv[1]);
	if (!routes_check(route_tables))
		return 1;
	/* Large answers come and go: a heap that is trimmed after each costs
	 * more in page faults than the request (measured: three times). */
	(void)mallopt(M_TRIM_THRESHOLD, 1 << 20);
	(void)mallopt(M_TOP_PAD, 128 << 10);
	/* libfcgi's start sets signal handlers of its own: ours come after */
	if (FCGX_Init() != 0 || !catch_signals()) {
		(void)fprintf(stderr, "worker: cannot start\n");
		return 1;
	}
	if (!app_open(&app, APP_WORKER))
		return 1;
	db_drain(app_db(app)); /* connects, before anybody waits for it */
	log_line(LOG_INFO, "start", "the worker started");
	serve(app);
	log_line(LOG_INFO, "stop", "the worker stopped");
	app_close(app);
	return 0;
}
