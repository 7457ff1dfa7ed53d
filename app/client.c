/* client.c: one socket of a user: what it is given, from its first event on. */
#include "app/client.h"

#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/memory.h"
#include "lib/request.h"
#include "queries.h"

/* ---- people ---- */

struct person *
client_person(const struct sockets *s, int64_t id)
{
	return table_find(&s->people, id);
}

void
client_join(struct sockets *s, struct client *c, int64_t id)
{
	struct person *p = client_person(s, id);

	if (p == NULL) {
		p = memory_make(1, sizeof *p);
		p->entry.id = id;
		table_add(&s->people, &p->entry);
	}
	p->sockets++;
	c->person = p;
	c->other_next = p->clients;
	if (p->clients != NULL)
		p->clients->other_prev = c;
	p->clients = c;
}

static void
drop_if_idle(struct sockets *s, struct person *p)
{
	if (p->sockets > 0 || p->asked > 0)
		return;
	table_remove(&s->people, &p->entry);
	free(p);
}

void
client_leave(struct sockets *s, struct client *c)
{
	struct person *p = c->person;

	if (p == NULL)
		return;
	if (c->other_prev != NULL)
		c->other_prev->other_next = c->other_next;
	else
		p->clients = c->other_next;
	if (c->other_next != NULL)
		c->other_next->other_prev = c->other_prev;
	p->sockets--;
	if (p->asked == 0)
		c->person = NULL; /* no answer needs it */
	drop_if_idle(s, p);
}

/* ---- how long they may be here ---- */

void
client_not_due(struct client *c)
{
	c->due.prev->next = c->due.next;
	c->due.next->prev = c->due.prev;
}

void
client_due(struct due *ring, struct client *c)
{
	c->due.prev = ring->prev;
	c->due.next = ring;
	ring->prev->next = &c->due;
	ring->prev = &c->due;
}

/* ---- frames of ours ---- */

void
client_begin(struct buf *b, struct arena *a, const char *type)
{
	buf_open(b, a, FRAME_MAX);
	buf_char(b, '{');
	json_member(b, "type", type);
}

void
client_finish(struct client *c, struct buf *b)
{
	buf_char(b, '}');
	if (b->state == BUF_OK && c->conn != NULL)
		ws_send(c->conn, true, b->data, b->len);
}

void
client_place(struct buf *b, const char *name, struct place at)
{
	char text[PLACE_TEXT_MAX];

	place_write(text, at);
	json_member(b, name, text);
}

void
client_error(struct client *c, struct request *req, const char *about,
    const char *client_id)
{
	struct buf b;

	client_begin(&b, req->arena, "error");
	json_member(&b, "code", req->code);
	json_member(&b, "about", about);
	json_member(&b, "client_id", client_id);
	json_key(&b, "problem");
	buf_add(&b, req->out.data, req->out.len);
	client_finish(c, &b);
}

void
client_event(struct buf *b, struct place at, const char *type,
    const char *payload, size_t size)
{
	buf_char(b, '{');
	json_member(b, "type", type);
	client_place(b, "event_id", at);
	json_key(b, "data");
	buf_add(b, payload, size);
	buf_char(b, '}');
}

/* ---- answers that clients wait for ---- */

void
client_hold(struct client *c)
{
	c->holds++;
}

bool
client_let_go(struct client *c)
{
	c->holds--;
	if (c->conn != NULL)
		return true;
	if (c->holds == 0)
		free(c);
	return false;
}

static struct link *
link_of(const struct client *c)
{
	const struct sockets *s = c->sockets;

	return s->links[c->person->entry.id % s->config->relay_links];
}

bool
client_may_ask(const struct client *c)
{
	return c->person->asked < c->sockets->config->relay_asked_max;
}

struct link *
client_ask(struct client *c)
{
	client_hold(c);
	c->person->asked++;
	c->sockets->asked++;
	return link_of(c);
}

bool
client_answered(struct client *c)
{
	c->person->asked--;
	c->sockets->asked--;
	drop_if_idle(c->sockets, c->person);
	return client_let_go(c);
}

/* ---- who missed what ---- */

static void
send_live(struct client *c, struct arena *a)
{
	struct buf b;

	client_begin(&b, a, "live");
	client_place(&b, "event_id", c->at);
	client_finish(c, &b);
}

/* False when that ended the connection. */
static bool
give_event(struct client *c, struct arena *a, struct place at, const char *type,
    const char *payload, size_t size)
{
	struct buf b;

	c->at = at;
	if (strcmp(type, "session") == 0 || strcmp(type, "conversation") == 0)
		return true; /* for relays, and told by what one was told first
			      */
	buf_open(&b, a, FRAME_MAX);
	client_event(&b, at, type, payload, size);
	if (b.state == BUF_OK)
		ws_send(c->conn, true, b.data, b.len);
	c->sockets->events_out++;
	return c->conn != NULL;
}

bool
client_is_full(const struct client *c)
{
	return (int64_t)ws_backlog(c->conn) >
	       c->sockets->config->relay_backlog_max / 2;
}

static void
give_replay(struct client *c, struct request *req, const struct rows *rows)
{
	struct sockets *s = c->sockets;
	int count = rows_count(rows);

	for (int i = 0; i < count; i++) {
		struct place at = { rows_int(rows, i, "xid"),
			rows_int(rows, i, "id") };

		/* the rest when this has been taken: replay asks again */
		if (client_is_full(c))
			return;
		if (!give_event(c, req->arena, at, rows_text(rows, i, "type"),
			rows_text(rows, i, "payload"),
			rows_size(rows, i, "payload")))
			return;
	}
	if (count < s->config->relay_replay) {
		if (place_compare(c->at, c->until) < 0)
			c->at = c->until;
		if (!c->missed) {
			c->standing = LIVE;
			send_live(c, req->arena);
			return;
		}
	}
	client_go_on(s, c);
}

static void
take_replay(void *ctx, struct request *req, struct rows *rows)
{
	struct client *c = ctx;

	c->asking = false;
	if (rows == NULL)
		c->sockets->waiting = true;
	else if (c->conn != NULL)
		give_replay(c, req, rows);
	(void)client_answered(c);
}

/* The next part, when what went before has been taken. */
static void
replay(struct sockets *s, struct client *c)
{
	struct events_replay q = {
		.user_id = c->person->entry.id,
		.xid = c->at.xid,
		.id = c->at.id,
		.most = s->config->relay_replay,
	};

	if (ws_backlog(c->conn) > 0)
		return;
	(void)feed_at(s->feed, &c->until);
	q.last_xid = c->until.xid;
	q.last_id = c->until.id;
	c->missed = false;
	c->asking = true;
	ask_events_replay(client_ask(c), q, take_replay, c);
}

/* ---- who it is ---- */

void
client_presence(
    struct client *c, struct arena *a, const char *others, size_t size)
{
	const struct presence *presence = c->sockets->presence;
	struct json_object *list;
	struct buf b;

	client_begin(&b, a, "presence");
	json_key(&b, "users");
	buf_char(&b, '[');
	if (json_read(&list, a, others, size))
		for (size_t i = 0; i < json_count(list); i++) {
			int64_t id = json_int(json_item(list, i));

			if (presence_is_online(presence, id))
				presence_item(&b, id, true);
		}
	buf_char(&b, ']');
	client_finish(c, &b);
}

void
client_ready(struct client *c, struct arena *a, const char *type)
{
	struct buf b;

	client_begin(&b, a, type);
	json_member_int(&b, "user_id", c->person->entry.id);
	json_member_int(&b, "expires_s", c->expires);
	client_finish(c, &b);
}

static void
welcome(struct client *c, struct request *req, const struct rows *rows)
{
	struct sockets *s = c->sockets;
	struct arena *a = req->arena;
	struct place now;
	struct buf b;

	if (!rows_bool(rows, 0, "good")) {
		ws_end(c->conn, CLOSE_SESSION_ENDED, "session_ended");
		return;
	}
	if (c->missed) { /* somebody that the answer may not know */
		client_go_on(s, c);
		return;
	}
	(void)feed_at(s->feed, &now);
	c->present = true;
	presence_come(s->presence, c->person->entry.id);
	client_ready(c, a, "ready");
	client_presence(
	    c, a, rows_text(rows, 0, "others"), rows_size(rows, 0, "others"));
	if (!c->anew && rows_bool(rows, 0, "stale")) {
		c->anew = true;
		client_begin(&b, a, "resync");
		client_place(&b, "event_id", now);
		client_finish(c, &b);
	}
	if (c->anew) {
		c->at = now;
		c->standing = LIVE;
		send_live(c, a);
	} else {
		c->standing = BEHIND;
		client_go_on(s, c);
	}
}

/* A refusal is asked again: when PostgreSQL is back, or in a second. */
static void
take_join(void *ctx, struct request *req, struct rows *rows)
{
	struct client *c = ctx;

	c->asking = false;
	if (rows == NULL)
		c->sockets->waiting = true;
	else if (c->conn != NULL)
		welcome(c, req, rows);
	(void)client_answered(c);
}

static void
join(struct sockets *s, struct client *c)
{
	struct socket_join q = {
		.user_id = c->person->entry.id,
		.session = c->session,
		.xid = c->anew ? NULL : &c->at.xid,
		.id = c->anew ? NULL : &c->at.id,
	};
	struct place now;

	if (!feed_at(s->feed, &now))
		return;
	c->missed = false;
	c->asking = true;
	ask_socket_join(client_ask(c), q, take_join, c);
}

void
client_go_on(struct sockets *s, struct client *c)
{
	if (c->conn == NULL || c->asking || c->person == NULL ||
	    c->standing == LIVE || !link_is_up(link_of(c)))
		return;
	if (!client_may_ask(c))
		s->waiting = true;
	else if (c->standing == JOINING)
		join(s, c);
	else
		replay(s, c);
}
