/* sockets.c: who is let in to this relay, how long, and what they are told. */
#include "app/sockets.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/client.h"
#include "app/frames.h"
#include "app/limits.h"
#include "lib/arena.h"
#include "lib/json.h"
#include "lib/log.h"
#include "lib/memory.h"
#include "lib/request.h"
#include "queries.h"

enum { NETWORK_SIZE = 8 };

/* How many sockets an address has here. */
struct address {
	struct in6_addr network;
	int64_t sockets;
};

/* ---- what is told ---- */

static void
end_session(struct sockets *s, const struct event *e)
{
	struct person *p = client_person(s, e->user_id);
	struct arena *a = arena_open();
	struct json_object *tree, *session;
	struct client *next;
	size_t size = 0;

	session = json_read(&tree, a, e->payload, e->size)
		      ? json_get(tree, "session")
		      : NULL;
	if (p != NULL && json_kind(session) == JSON_TEXT) {
		const char *id = json_chars(session, &size);

		for (struct client *c = p->clients; c != NULL; c = next) {
			next = c->other_next;
			if (strcmp(c->session, id) == 0)
				ws_end(c->conn, CLOSE_SESSION_ENDED,
				    "session_ended");
		}
	}
	arena_close(a);
}

/* The user has begun to write to others, or they to the user: each is told of
 * those that are known to be there; who is only becoming known is shown. */
static void
begin_conversation(
    struct sockets *s, const struct person *p, const struct event *e)
{
	struct arena *a = arena_open();
	struct json_object *others;
	int64_t id = p->entry.id;
	struct client *next;

	for (struct client *c = p->clients; c != NULL; c = next) {
		next = c->other_next;
		if (c->standing == BEHIND || c->standing == LIVE)
			client_presence(c, a, e->payload, e->size);
		else
			c->missed = true;
	}
	if (json_read(&others, a, e->payload, e->size))
		for (size_t i = 0; i < json_count(others); i++)
			presence_show(
			    s->presence, id, json_int(json_item(others, i)));
	arena_close(a);
}

static void
take_event(void *ctx, const struct event *e)
{
	struct sockets *s = ctx;
	struct person *p = client_person(s, e->user_id);
	struct client *next;

	if (p == NULL)
		return;
	if (strcmp(e->type, "session") == 0) {
		end_session(s, e);
		return;
	}
	if (strcmp(e->type, "conversation") == 0) {
		begin_conversation(s, p, e);
		return;
	}
	buf_clear(&s->frame);
	client_event(&s->frame, e->at, e->type, e->payload, e->size);
	if (s->frame.state != BUF_OK) {
		log_line(LOG_ERROR, "event", "an event grew too big");
		return;
	}
	for (struct client *c = p->clients; c != NULL; c = next) {
		next = c->other_next;
		if (c->standing == BEHIND) {
			c->missed = true;
		} else if (c->standing == LIVE &&
			   place_compare(e->at, c->at) > 0) {
			if (client_is_full(c)) {
				c->standing = BEHIND;
				continue;
			}
			c->at = e->at;
			s->events_out++;
			ws_send(c->conn, true, s->frame.data, s->frame.len);
		}
	}
}

/* Typing and presence; who is not live hears of it when he is. */
static void
deliver(void *ctx, int64_t user_id, const char *frame, size_t size)
{
	struct person *p = client_person(ctx, user_id);
	struct client *next;

	for (struct client *c = p == NULL ? NULL : p->clients; c != NULL;
	     c = next) {
		next = c->other_next;
		if (c->standing == LIVE || c->standing == BEHIND)
			ws_send(c->conn, true, frame, size);
	}
}

/* All who wait for PostgreSQL, or for the feed. */
static void
go_on_all(struct sockets *s)
{
	struct client *next;

	for (struct client *c = s->all.next; c != &s->all; c = next) {
		next = c->next;
		client_go_on(s, c);
	}
}

static void
feed_begun(void *ctx)
{
	go_on_all(ctx);
}

static void
feed_said(void *ctx, const char *words)
{
	struct sockets *s = ctx;

	presence_hear(s->presence, words);
}

/* Relays greet each other when they can both speak and hear. */
static void
voice_changed(void *ctx, bool up)
{
	struct sockets *s = ctx;

	if (up && link_is_up(s->chatter) && link_is_up(feed_link(s->feed)))
		presence_begin(s->presence);
}

static void
link_changed(void *ctx, bool up)
{
	if (up)
		go_on_all(ctx);
}

/* ---- coming and going ---- */

static int
compare_addresses(const void *a, const void *b)
{
	const struct address *one = a, *other = b;

	return memcmp(&one->network, &other->network, sizeof one->network);
}

/* Of IPv6 its first half: whoever has one address has all that begin so.  What
 * is no address is ::. */
static struct in6_addr
network_of(struct upgrade_text v)
{
	struct in6_addr out = IN6ADDR_ANY_INIT;
	char text[INET6_ADDRSTRLEN] = "::ffff:";
	size_t n = memchr(v.text, ':', v.size) == NULL ? strlen(text) : 0;

	if (v.size >= sizeof text - n)
		return out;
	memcpy(text + n, v.text, v.size);
	text[n + v.size] = '\0';
	if (inet_pton(AF_INET6, text, &out) == 1 && !IN6_IS_ADDR_V4MAPPED(&out))
		memset(
		    out.s6_addr + NETWORK_SIZE, 0, sizeof out - NETWORK_SIZE);
	return out;
}

/* By nginx's word, which is the only one that reaches this socket. */
static struct address *
address_of(struct sockets *s, const struct upgrade *u)
{
	struct upgrade_text v = upgrade_header(u, "X-Real-IP");
	struct address *a = memory_make(1, sizeof *a), *found;

	if (v.size > 0)
		a->network = network_of(v);
	found = *(struct address **)memory_must(
	    tsearch(a, &s->addresses, compare_addresses));
	if (found != a)
		free(a);
	return found;
}

static void
leave_address(struct sockets *s, struct address *a)
{
	if (--a->sockets > 0)
		return;
	(void)tdelete(a, &s->addresses, compare_addresses);
	free(a);
}

static int
admit(void *ctx, struct ws_conn *conn, const struct upgrade *u)
{
	struct upgrade_text origin = upgrade_header(u, "Origin");
	struct sockets *s = ctx;
	struct address *from;
	struct client *c;

	if (s->leaving)
		return 503;
	/* those that are no browser send none */
	if (origin.text != NULL &&
	    !app_origin_good(s->config, origin.text, origin.size))
		return 403;
	from = address_of(s, u);
	if (from->sockets++ >= s->config->relay_address_max) {
		leave_address(s, from);
		return 429;
	}
	c = memory_make(1, sizeof *c);
	c->conn = conn;
	c->sockets = s;
	c->address = from;
	c->auth_due = loop_ms(s->loop) + s->config->relay_auth_ms;
	c->prev = s->all.prev;
	c->next = &s->all;
	s->all.prev->next = c;
	s->all.prev = c;
	client_due(&s->unknown, c);
	ws_set_data(conn, c);
	return 101;
}

/* For operators: nginx leads nobody here. */
static size_t
page(void *ctx, const struct upgrade *u, char out[WS_PAGE_MAX])
{
	static const char path[] = "/metrics";
	struct sockets *s = ctx;
	const struct ws_counts *n = ws_counts(s->ws);
	int64_t known = 0, behind = 0;
	int size;

	if (u->target.size != sizeof path - 1 ||
	    memcmp(u->target.text, path, sizeof path - 1) != 0)
		return 0;
	for (const struct client *c = s->all.next; c != &s->all; c = c->next) {
		known += c->standing != UNKNOWN;
		behind += c->standing == BEHIND;
	}
	size = snprintf(out, WS_PAGE_MAX,
	    "# TYPE bantubuzz_relay_connections gauge\n"
	    "bantubuzz_relay_connections %" PRId64 "\n"
	    "# TYPE bantubuzz_relay_known gauge\n"
	    "bantubuzz_relay_known %" PRId64 "\n"
	    "# TYPE bantubuzz_relay_behind gauge\n"
	    "bantubuzz_relay_behind %" PRId64 "\n"
	    "# TYPE bantubuzz_relay_accepted_total counter\n"
	    "bantubuzz_relay_accepted_total %" PRId64 "\n"
	    "# TYPE bantubuzz_relay_refused_total counter\n"
	    "bantubuzz_relay_refused_total %" PRId64 "\n"
	    "# TYPE bantubuzz_relay_cut_total counter\n"
	    "bantubuzz_relay_cut_total %" PRId64 "\n"
	    "# TYPE bantubuzz_relay_frames_in_total counter\n"
	    "bantubuzz_relay_frames_in_total %" PRId64 "\n"
	    "# TYPE bantubuzz_relay_frames_out_total counter\n"
	    "bantubuzz_relay_frames_out_total %" PRId64 "\n"
	    "# TYPE bantubuzz_relay_events_out_total counter\n"
	    "bantubuzz_relay_events_out_total %" PRId64 "\n"
	    "# TYPE bantubuzz_relay_asked gauge\n"
	    "bantubuzz_relay_asked %" PRId64 "\n"
	    "# TYPE bantubuzz_relay_lag_seconds gauge\n"
	    "bantubuzz_relay_lag_seconds %.3f\n",
	    n->open, known, behind, n->accepted, n->refused, n->cut,
	    n->frames_in, n->frames_out, s->events_out, s->asked,
	    (double)feed_lag(s->feed) / 1000);
	return size < 0 || size >= WS_PAGE_MAX ? 0 : (size_t)size;
}

static void
drained(void *ctx, struct ws_conn *conn)
{
	client_go_on(ctx, ws_data(conn));
}

static void
closed(void *ctx, struct ws_conn *conn)
{
	struct client *c = ws_data(conn);
	struct sockets *s = ctx;

	if (c->present)
		presence_go(s->presence, c->person->entry.id);
	client_leave(s, c);
	leave_address(s, c->address);
	client_not_due(c);
	c->prev->next = c->next;
	c->next->prev = c->prev;
	client_hold(c);
	c->conn = NULL;
	(void)client_let_go(c);
}

static void
expire_unknown(struct sockets *s)
{
	int64_t now = loop_ms(s->loop);

	while (s->unknown.next != &s->unknown) {
		struct client *c = (struct client *)s->unknown.next;

		if (c->auth_due > now)
			return;
		ws_end(c->conn, WS_POLICY, "auth_timeout");
	}
}

static void
expire_slot(struct due *slot, int64_t now)
{
	struct due *next;

	for (struct due *d = slot->next; d != slot; d = next) {
		struct client *c = (struct client *)d;

		next = d->next;
		if (c->expires <= now)
			ws_end(c->conn, CLOSE_TOKEN_EXPIRED, "token_expired");
	}
}

/* The slots of the seconds that have gone by; all, where the clock was set. */
static void
expire(struct sockets *s)
{
	int64_t now = (int64_t)time(NULL);
	int64_t first = s->second + 1;

	expire_unknown(s);
	if (now == s->second)
		return;
	if (now < first || now - first >= SLOTS)
		first = now - SLOTS + 1;
	for (int64_t second = first; second <= now; second++)
		expire_slot(&s->known[second % SLOTS], now);
	s->second = now;
	if (s->waiting) {
		s->waiting = false;
		go_on_all(s);
	}
}

/* The others' sweep finds what it did not tell. */
static void
woken(void *ctx, struct request *req, struct rows *rows)
{
	(void)ctx;
	(void)req;
	(void)rows;
}

int64_t
sockets_tend(struct sockets *s)
{
	bool stirred = false;

	expire(s);
	ws_tend(s->ws);
	presence_tend(s->presence);
	link_tend(s->chatter);
	for (int64_t i = 0; i < s->config->relay_links; i++) {
		link_tend(s->links[i]);
		stirred |= link_stirred(s->links[i]);
	}
	if (stirred) {
		/* the other relays; this one looks at once */
		if (link_is_up(feed_link(s->feed)))
			ask_events_wake(feed_link(s->feed), woken, s);
		feed_wake(s->feed);
	}
	return feed_tend(s->feed);
}

struct sockets *
sockets_open(struct app *app, struct loop *loop, int listening)
{
	static const struct ws_handler handler = {
		.admit = admit,
		.page = page,
		.message = frames_take,
		.drained = drained,
		.closed = closed,
	};
	static const struct feed_handler feed_handler = {
		.event = take_event,
		.begun = feed_begun,
		.said = feed_said,
		.changed = voice_changed,
	};
	static const struct link_handler chatter_handler = {
		.changed = voice_changed,
	};
	static const struct link_handler link_handler = {
		.changed = link_changed,
	};
	struct sockets *s = memory_make(1, sizeof *s);

	s->app = app;
	s->config = app_config(app);
	s->loop = loop;
	s->limits = limits_of(s->config);
	s->all.prev = s->all.next = &s->all;
	s->unknown.prev = s->unknown.next = &s->unknown;
	for (int i = 0; i < SLOTS; i++)
		s->known[i].prev = s->known[i].next = &s->known[i];
	table_open(&s->people);
	s->arena = arena_open();
	buf_open(&s->frame, s->arena, FRAME_MAX);
	s->feed = feed_open(app, loop, &feed_handler, s);
	s->chatter = link_open(loop, app_http(app), s->config->database_url,
	    app_refusals(), &chatter_handler, s);
	s->presence = presence_open(s->config, loop, s->chatter, deliver, s);
	s->links = arena_alloc(
	    s->arena, (size_t)s->config->relay_links * sizeof(void *));
	for (int64_t i = 0; i < s->config->relay_links; i++)
		s->links[i] = link_open(loop, app_http(app),
		    s->config->database_url, app_refusals(), &link_handler, s);
	s->ws = ws_open(loop, listening, &s->limits, &handler, s);
	return s;
}

/* Each comes back at a time of its own, or all would come at once. */
void
sockets_leave(struct sockets *s)
{
	struct client *next;

	ws_refuse(s->ws);
	s->leaving = true; /* also for who is just asking to be let in */
	for (struct client *c = s->all.next; c != &s->all; c = next) {
		struct arena *a = arena_open();
		struct buf b;

		next = c->next;
		client_begin(&b, a, "going_away");
		json_member_int(&b, "reconnect_ms",
		    random() % (s->config->relay_spread_ms + 1));
		client_hold(c);
		client_finish(c, &b);
		if (client_let_go(c))
			ws_end(c->conn, WS_GOING_AWAY, "going_away");
		arena_close(a);
	}
}

bool
sockets_empty(const struct sockets *s)
{
	return ws_counts(s->ws)->open == 0;
}

void
sockets_close(struct sockets *s)
{
	ws_close(s->ws);
	/* answers that were waited for come as refusals, and free the rest */
	for (int64_t i = 0; i < s->config->relay_links; i++)
		link_close(s->links[i]);
	link_close(s->chatter);
	presence_close(s->presence);
	feed_close(s->feed);
	table_close(&s->people);
	arena_close(s->arena);
	free(s);
}
