/* link.c: statements over a PostgreSQL connection that nobody waits for. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/link.h"
#include "lib/log.h"
#include "lib/loop.h"
#include "lib/memory.h"
#include "lib/pg.h"
#include "lib/request.h"

enum {
	RETRY_MS = 250,    /* between attempts to connect */
	CONNECT_MS = 3000, /* an attempt takes at most */
	PREPARED_MAX = 64,
	SET_UP_MAX = 4000, /* bytes of the first statements */
};

enum state { DOWN, CONNECTING, SETTING_UP, UP };

/* What libpq will give, in order: each result ends with a NULL, but a sync. */
enum step { PREPARE, EXECUTE, SYNC };

struct call {
	struct call *next;
	const struct statement *st;
	link_answer answer;
	void *ctx;
	PGresult *result; /* the first one, or the first that refused */
	enum step step;
};

struct link {
	struct watch watch; /* fd -1: not watched */
	struct loop *loop;
	const struct http_context *http;
	const char *conninfo;
	const struct refusal *refusals;
	const struct link_handler *handler;
	void *ctx;
	PGconn *conn;
	enum state state;
	int64_t due; /* the next attempt, or the end of this one */
	uint32_t events;
	struct call *first, **last;
	const struct statement *prepared[PREPARED_MAX];
	int prepared_count;
	bool unsent, ended, broken;
	bool noticed; /* by a statement that has not committed yet */
	bool stirred;
	bool down; /* said so in the log */
};

static void
watch(struct link *l, uint32_t events)
{
	int fd = PQsocket(l->conn);

	if (fd == l->watch.fd && events == l->events)
		return;
	if (l->watch.fd >= 0)
		loop_remove(l->loop, &l->watch);
	l->watch.fd = fd;
	l->events = events;
	if (fd >= 0)
		loop_add(l->loop, &l->watch, events);
}

static void
unwatch(struct link *l)
{
	if (l->watch.fd >= 0)
		loop_remove(l->loop, &l->watch);
	l->watch.fd = -1;
}

/* ---- answers ---- */

static void
give_answer(struct link *l, struct call *c, const char *state)
{
	struct request *req = request_open_plain(l->http, c->st->name);
	struct rows *rows = NULL;

	if (l->state != UP) {
		pg_unavailable(req);
	} else if (state == NULL) {
		rows = pg_rows(req, c->st, c->result);
		c->result = NULL;
	} else {
		pg_refuse(req, l->refusals, c->st->name, state, c->result);
	}
	c->answer(c->ctx, req, rows);
	request_close(req);
	log_request_id(NULL);
	PQclear(c->result);
	free(c);
}

static void
answer_first(struct link *l)
{
	struct call *c = l->first;
	ExecStatusType status = PQresultStatus(c->result);
	bool good = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
	const char *state = good ? NULL : pg_state(l->conn, c->result);

	l->stirred |= l->noticed;
	l->noticed = false;
	l->first = c->next;
	if (l->first == NULL)
		l->last = &l->first;
	/* no statement of this connection is safe: a result has changed, or
	 * one could not be prepared */
	if (state != NULL &&
	    (strncmp(state, "0A000", 5) == 0 || strncmp(state, "26", 2) == 0))
		l->broken = true;
	give_answer(l, c, state);
}

/* Those that wait for an answer have it now; they may ask again. */
static void
drop_calls(struct link *l)
{
	struct call *waiting = l->first;

	l->first = NULL;
	l->last = &l->first;
	while (waiting != NULL) {
		struct call *c = waiting;

		waiting = c->next;
		PQclear(c->result);
		c->result = NULL;
		give_answer(l, c, NULL);
	}
}

static void
break_down(struct link *l)
{
	bool was_up = l->state == UP;
	const char *message = PQerrorMessage(l->conn);

	if (!l->down)
		log_line(LOG_ERROR, "database_down",
		    "PostgreSQL did not answer: %.*s",
		    (int)strcspn(message, "\n"), message);
	l->down = true;
	unwatch(l);
	/* perhaps it committed */
	l->stirred |= l->noticed;
	l->state = DOWN;
	l->due = loop_ms(l->loop) + RETRY_MS;
	l->prepared_count = 0;
	drop_calls(l);
	PQfinish(l->conn);
	l->conn = NULL;
	if (was_up)
		l->handler->changed(l->ctx, false);
}

/* ---- what comes ---- */

static void
take_result(struct link *l, PGresult *res)
{
	struct call *c = l->first;
	ExecStatusType status = PQresultStatus(res);

	if (c->step == SYNC) {
		PQclear(res);
		if (status == PGRES_PIPELINE_SYNC)
			answer_first(l);
	} else if (res == NULL) {
		c->step++;
	} else if (c->result == NULL &&
		   (c->step == EXECUTE || status != PGRES_COMMAND_OK)) {
		c->result = res;
	} else {
		PQclear(res);
	}
}

static void
hand_out(struct link *l)
{
	PGnotify *n;

	while (l->state == UP && (n = PQnotifies(l->conn)) != NULL) {
		l->handler->notice(l->ctx, n->relname, n->extra);
		PQfreemem(n);
	}
}

static void
take_input(struct link *l)
{
	if (PQconsumeInput(l->conn) == 0) {
		break_down(l);
		return;
	}
	while (l->first != NULL && !PQisBusy(l->conn))
		take_result(l, PQgetResult(l->conn));
	hand_out(l);
	if (l->ended || l->broken || PQstatus(l->conn) != CONNECTION_OK)
		break_down(l);
}

/* ---- connecting ---- */

static void
take_notice(void *ctx, const PGresult *res)
{
	struct link *l = ctx;

	switch (pg_notice(res)) {
	case PG_ENDED:
		l->ended = true;
		break;
	case PG_STIRRED:
		l->noticed = true;
		break;
	default:
		break;
	}
}

/* Said plainly, before there is a pipeline. */
static bool
set_up(struct link *l)
{
	struct arena *a = arena_open();
	struct buf b;
	bool good = true;

	buf_open(&b, a, SET_UP_MAX);
	buf_text(&b, "set timezone to 'UTC';set datestyle to 'ISO, YMD'");
	for (int i = 0;
	     l->handler->channels != NULL && l->handler->channels[i] != NULL;
	     i++) {
		const char *channel = l->handler->channels[i];
		char *name =
		    PQescapeIdentifier(l->conn, channel, strlen(channel));

		good = good && name != NULL;
		buf_printf(&b, ";listen %s", name == NULL ? "" : name);
		PQfreemem(name);
	}
	good = good && b.state == BUF_OK && PQsendQuery(l->conn, b.data) == 1;
	arena_close(a);
	return good;
}

static void
begin(struct link *l)
{
	/* what stands before dbname is a default that conninfo may change */
	static const char *const names[] = { "client_encoding",
		"fallback_application_name", "dbname", NULL };
	const char *values[] = { "UTF8", program_invocation_short_name,
		l->conninfo, NULL };

	l->ended = l->broken = l->unsent = l->noticed = false;
	l->conn = PQconnectStartParams(names, values, 1);
	l->state = CONNECTING;
	l->due = loop_ms(l->loop) + CONNECT_MS;
	if (PQstatus(l->conn) == CONNECTION_BAD) {
		break_down(l);
		return;
	}
	(void)PQsetNoticeReceiver(l->conn, take_notice, l);
	watch(l, EPOLLOUT);
}

static void
go_on_connecting(struct link *l)
{
	switch (PQconnectPoll(l->conn)) {
	case PGRES_POLLING_READING:
		/* it may be another socket than before */
		unwatch(l);
		watch(l, EPOLLIN);
		return;
	case PGRES_POLLING_WRITING:
		unwatch(l);
		watch(l, EPOLLOUT);
		return;
	case PGRES_POLLING_OK:
		l->state = SETTING_UP;
		watch(l, EPOLLIN);
		if (PQsetnonblocking(l->conn, 1) == 0 && set_up(l))
			return;
		break;
	default:
		break;
	}
	break_down(l);
}

static void
go_on_setting_up(struct link *l)
{
	bool good = PQconsumeInput(l->conn) == 1;

	while (good && !PQisBusy(l->conn)) {
		PGresult *res = PQgetResult(l->conn);

		if (res == NULL) {
			if (PQenterPipelineMode(l->conn) == 0)
				break;
			l->state = UP;
			if (l->down)
				log_line(LOG_INFO, "database_up",
				    "PostgreSQL answered again");
			l->down = false;
			l->handler->changed(l->ctx, true);
			hand_out(l);
			return;
		}
		good = PQresultStatus(res) == PGRES_COMMAND_OK;
		PQclear(res);
	}
	if (!good || PQstatus(l->conn) != CONNECTION_OK)
		break_down(l);
}

static void
link_ready(struct watch *w, uint32_t events)
{
	struct link *l = (struct link *)w;

	switch (l->state) {
	case CONNECTING:
		go_on_connecting(l);
		break;
	case SETTING_UP:
		go_on_setting_up(l);
		break;
	case UP:
		if (events & EPOLLOUT)
			l->unsent = true;
		if (events & ~(uint32_t)EPOLLOUT)
			take_input(l);
		break;
	default:
		break;
	}
}

/* ---- for callers ---- */

struct link *
link_open(struct loop *loop, const struct http_context *http,
    const char *conninfo, const struct refusal *refusals,
    const struct link_handler *handler, void *ctx)
{
	struct link *l = memory_make(1, sizeof *l);

	l->watch = (struct watch){ .fd = -1, .ready = link_ready };
	l->loop = loop;
	l->http = http;
	l->conninfo = conninfo;
	l->refusals = refusals;
	l->handler = handler;
	l->ctx = ctx;
	l->last = &l->first;
	l->due = loop_ms(loop);
	return l;
}

void
link_close(struct link *l)
{
	unwatch(l);
	l->state = DOWN;
	drop_calls(l);
	PQfinish(l->conn);
	free(l);
}

void
link_tend(struct link *l)
{
	int64_t now = loop_ms(l->loop);

	if (l->state == DOWN) {
		if (l->due <= now)
			begin(l);
	} else if (l->state != UP) {
		if (l->due <= now)
			break_down(l);
	} else if (l->broken || l->ended) {
		break_down(l);
	} else if (l->unsent) {
		int left = PQflush(l->conn);

		l->unsent = false;
		if (left < 0)
			break_down(l);
		else
			watch(l, left == 0 ? EPOLLIN : EPOLLIN | EPOLLOUT);
	}
}

bool
link_is_up(const struct link *l)
{
	return l->state == UP;
}

bool
link_stirred(struct link *l)
{
	bool stirred = l->stirred;

	l->stirred = false;
	return stirred;
}

/* False where it is not prepared yet, and has been noted as such. */
static bool
is_prepared(struct link *l, const struct statement *st)
{
	for (int i = 0; i < l->prepared_count; i++)
		if (l->prepared[i] == st)
			return true;
	if (l->prepared_count < PREPARED_MAX)
		l->prepared[l->prepared_count++] = st;
	return false;
}

static bool
say(struct link *l, struct call *c, const char *const *values)
{
	const struct statement *st = c->st;

	c->step = EXECUTE;
	if (!is_prepared(l, st)) {
		c->step = PREPARE;
		if (PQsendPrepare(l->conn, st->name, st->text, 0, NULL) == 0)
			return false;
	}
	return PQsendQueryPrepared(
		   l->conn, st->name, st->args, values, NULL, NULL, 0) == 1 &&
	       PQpipelineSync(l->conn) == 1;
}

void
link_call(struct link *l, const struct statement *st, const char *const *values,
    link_answer answer, void *ctx)
{
	struct call *c = memory_make(1, sizeof *c);

	c->st = st;
	c->answer = answer;
	c->ctx = ctx;
	if (l->state != UP) {
		give_answer(l, c, NULL);
		return;
	}
	/* what could not be said breaks the link: the answer comes then */
	l->broken = !say(l, c, values) || l->broken;
	l->unsent = true;
	*l->last = c;
	l->last = &c->next;
}
