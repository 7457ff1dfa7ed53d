/*
 * app/jobs.c: what waits: letters, polls and traces, timers, old files.
 *
 *   jobs [mail|payments|timers|files]…      without words all of them
 *
 * Work is claimed by a lease and done outside of any transaction; any number
 * of these may run, and a killed one's lease runs out.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/app.h"
#include "app/mail.h"
#include "app/payments.h"
#include "app/uploads.h"
#include "lib/log.h"
#include "lib/request.h"
#include "queries.h"

static volatile sig_atomic_t stopping;

static void
on_stop(int signal_number)
{
	(void)signal_number;
	stopping = 1;
}

/* One booking whose time has come, else one chore, else one letter of what
 * stays unread; false when none. */
static bool
ring_timer(struct request *req)
{
	struct rows *rows = sql_booking_ring(req);

	if (rows != NULL && !rows_null(rows, 0, "id"))
		return true;
	rows = sql_chore_run(req);
	if (rows != NULL && !rows_null(rows, 0, "name"))
		return true;
	rows = sql_digest_write(req);
	return rows != NULL && !rows_null(rows, 0, "id");
}

/* Each does one piece of work; false when there was none. */
static const struct kind {
	const char *name;
	bool (*work)(struct request *req);
} kinds[] = {
	{ "mail", send_letter },
	{ "payments", follow_payment },
	{ "timers", ring_timer },
	{ "files", remove_files },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

/* False when a word is none of ours. */
static bool
read_words(bool wanted[KINDS], int argc, char **argv)
{
	for (int k = 0; k < KINDS; k++)
		wanted[k] = argc == 1;
	for (int i = 1; i < argc; i++) {
		int k = 0;

		while (k < KINDS && strcmp(kinds[k].name, argv[i]) != 0)
			k++;
		if (k == KINDS) {
			(void)fprintf(stderr,
			    "usage: jobs [mail|payments|timers|files]...\n");
			return false;
		}
		wanted[k] = true;
	}
	return true;
}

/* One round over the kinds; true when any of them did something. */
static bool
sweep(struct app *app, const bool wanted[KINDS])
{
	bool did = false;

	for (int k = 0; k < KINDS && !stopping; k++) {
		struct request *req;

		if (!wanted[k])
			continue;
		req = request_open_plain(app_http(app), kinds[k].name);
		did |= kinds[k].work(req);
		request_close(req);
		app_wake(app);
	}
	return did;
}

int
main(int argc, char **argv)
{
	struct sigaction act = { .sa_handler = on_stop };
	sigset_t blocked, before;
	struct timespec nap;
	bool wanted[KINDS];
	struct app *app;
	int64_t ms;

	if (!read_words(wanted, argc, argv))
		return 2;
	/* Signals are heard between two pieces of work, and while waiting. */
	(void)sigemptyset(&act.sa_mask);
	(void)sigemptyset(&blocked);
	(void)sigaddset(&blocked, SIGTERM);
	(void)sigaddset(&blocked, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &blocked, &before);
	(void)sigaction(SIGTERM, &act, NULL);
	(void)sigaction(SIGINT, &act, NULL);
	if (!app_open(&app, APP_JOBS))
		return 1;
	ms = app_config(app)->sweep_ms;
	nap.tv_sec = ms / 1000;
	nap.tv_nsec = (ms % 1000) * 1000000;
	log_line(LOG_INFO, "start", "jobs started");
	for (;;) {
		static const struct timespec none;
		bool did = sweep(app, wanted);

		/* lets a signal in, even when there is always work */
		(void)ppoll(NULL, 0, did ? &none : &nap, &before);
		if (stopping)
			break;
	}
	log_line(LOG_INFO, "stop", "jobs stopped");
	app_close(app);
	return 0;
}
