/* sockets.c: who is connected to this relay, and what they say. */
#include "app/sockets.h"

#include <inttypes.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/feed.h"
#include "app/limits.h"
#include "app/messages.h"
#include "app/presence.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/log.h"
#include "lib/memory.h"
#include "lib/request.h"
#include "lib/table.h"
#include "lib/token.h"
#include "lib/ws.h"
#include "queries.h"

enum {
	ADDRESS_MAX = 63,
	FRAME_MAX = 1 << 20, /* bytes of a frame of ours */
	UUID_SIZE = 36,
	TYPE_MAX = 40,
	TOKEN_MAX = 4096,
	SLOTS = 4096, /* seconds: more than most tokens live */
};

/* Codes of our own to close with; app/events.md has them all. */
enum close_code {
	CLOSE_TOKEN_INVALID = 4401,
	CLOSE_TOKEN_EXPIRED = 4402,
	CLOSE_SESSION_ENDED = 4403,
	CLOSE_TOO_MANY = 4429,
};

/* How many sockets an address has here. */
struct address {
	char text[ADDRESS_MAX + 1]; /* first, for compare_addresses */
	int64_t sockets;
};

/* Somebody with sockets here. */
struct person {
	struct table_entry entry; /* first; its id is the user's */
	int64_t sockets;
	struct client *clients;
};

/*
 * JOINING until its session was found good; BEHIND while it is given what it
 * missed, and other events wait; then LIVE.
 */
enum standing { UNKNOWN, JOINING, BEHIND, LIVE };

/* Of those who will have been here too long. */
struct due {
	struct due *prev, *next;
};

struct client {
	struct due due;       /* first */
	struct ws_conn *conn; /* NULL: gone, and waited for by an answer */
	struct sockets *sockets;
	struct client *prev, *next;             /* of all */
	struct client *other_prev, *other_next; /* of the person's */
	struct address *address;
	struct person *person; /* NULL: UNKNOWN */
	int64_t auth_due;      /* ms of the loop's clock */
	int64_t expires;       /* seconds since 1970 */
	struct place at;       /* of the last event it was given */
	struct place until;    /* of what it is given */
	int32_t errands;       /* answers that wait for it */
	uint8_t standing;
	bool asking;  /* an answer that its standing waits for is due */
	bool anew;    /* it has seen no event: from now on */
	bool missed;  /* an event came while it was BEHIND */
	bool present; /* presence counts it */
	char session[UUID_SIZE + 1];
};

struct sockets {
	struct app *app;
	const struct config *config;
	struct loop *loop;
	struct ws *ws;
	struct ws_limits limits;
	struct feed *feed;
	struct presence *presence;
	struct link *chatter; /* for presence: a crowd that comes fills it */
	struct link **links;  /* config->relay_links of them */
	void *addresses;      /* tree, see tsearch(3) */
	struct table people;
	struct client all;       /* head of a ring */
	struct due unknown;      /* likewise, in the order of auth_due */
	struct due known[SLOTS]; /* likewise, by expires */
	bool refused;            /* an answer that somebody waits for */
	struct buf frame;        /* for what is sent to many */
	struct arena *arena;
	int64_t second; /* when expiry was looked at last */
	int64_t events_out;
};

/* ---- trees ---- */

static int
compare_addresses(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* NULL when there is no socket of the user. */
static struct person *
find_person(const struct sockets *s, int64_t id)
{
	return table_find(&s->people, id);
}

static void
join_person(struct sockets *s, struct client *c, int64_t id)
{
	struct person *p = find_person(s, id);

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
leave_person(struct sockets *s, struct client *c)
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
	c->person = NULL;
	if (--p->sockets > 0)
		return;
	table_remove(&s->people, &p->entry);
	free(p);
}

/* ---- how long they may be here ---- */

static void
due_remove(struct client *c)
{
	c->due.prev->next = c->due.next;
	c->due.next->prev = c->due.prev;
}

static void
due_append(struct due *ring, struct client *c)
{
	c->due.prev = ring->prev;
	c->due.next = ring;
	ring->prev->next = &c->due;
	ring->prev = &c->due;
}

/* ---- frames of ours ---- */

/* {"type":…, without its end. */
static void
begin(struct buf *b, struct arena *a, const char *type)
{
	buf_open(b, a, FRAME_MAX);
	buf_char(b, '{');
	json_member(b, "type", type);
}

static void
finish(struct client *c, struct buf *b)
{
	buf_char(b, '}');
	if (b->state == BUF_OK && c->conn != NULL)
		ws_send(c->conn, true, b->data, b->len);
}

static void
add_place(struct buf *b, const char *name, struct place at)
{
	char text[PLACE_TEXT_MAX];

	place_write(text, at);
	json_member(b, name, text);
}

/* The problem that req answers with; what it was about, as far as is known. */
static void
send_error(struct client *c, struct request *req, const char *about,
    const char *client_id)
{
	struct buf b;

	begin(&b, req->arena, "error");
	json_member(&b, "code", req->code);
	json_member(&b, "about", about);
	json_member(&b, "client_id", client_id);
	json_key(&b, "problem");
	buf_add(&b, req->out.data, req->out.len);
	finish(c, &b);
}

static void
write_event(struct buf *b, struct place at, const char *type,
    const char *payload, size_t size)
{
	buf_char(b, '{');
	json_member(b, "type", type);
	add_place(b, "event_id", at);
	json_key(b, "data");
	buf_add(b, payload, size);
	buf_char(b, '}');
}

/* ---- answers that clients wait for ---- */

static struct link *
link_of(const struct sockets *s, const struct client *c)
{
	return s->links[c->person->entry.id % s->config->relay_links];
}

/* To be called by each answer; false when the client is gone. */
static bool
errand_done(struct client *c)
{
	c->errands--;
	if (c->conn != NULL)
		return true;
	if (c->errands == 0)
		free(c);
	return false;
}

/* ---- who missed what ---- */

static void go_on(struct sockets *s, struct client *c);

static void
send_live(struct client *c, struct arena *a)
{
	struct buf b;

	begin(&b, a, "live");
	add_place(&b, "event_id", c->at);
	finish(c, &b);
}

/* False when that ended the connection. */
static bool
give_event(struct client *c, struct arena *a, struct place at, const char *type,
    const char *payload, size_t size)
{
	struct buf b;

	c->at = at;
	if (strcmp(type, "session") == 0)
		return true;
	buf_open(&b, a, FRAME_MAX);
	write_event(&b, at, type, payload, size);
	if (b.state == BUF_OK)
		ws_send(c->conn, true, b.data, b.len);
	c->sockets->events_out++;
	return c->conn != NULL;
}

/* Half a backlog is left for what passes and cannot be told again. */
static bool
is_full(const struct client *c)
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
		if (is_full(c))
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
	go_on(s, c);
}

static void
take_replay(void *ctx, struct request *req, struct rows *rows)
{
	struct client *c = ctx;

	c->asking = false;
	if (rows == NULL)
		c->sockets->refused = true;
	else if (c->conn != NULL)
		give_replay(c, req, rows);
	(void)errand_done(c);
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
	c->errands++;
	ask_events_replay(link_of(s, c), q, take_replay, c);
}

/* ---- who it is ---- */

/* Which of those one has a conversation with are there. */
static void
send_presence(struct sockets *s, struct client *c, struct arena *a,
    const char *others, size_t size)
{
	struct json_object *list;
	struct buf b;

	begin(&b, a, "presence");
	json_key(&b, "users");
	buf_char(&b, '[');
	if (json_read(&list, a, others, size))
		for (size_t i = 0; i < json_count(list); i++) {
			int64_t id = json_int(json_item(list, i));

			if (presence_is_online(s->presence, id))
				presence_item(&b, id, true);
		}
	buf_char(&b, ']');
	finish(c, &b);
}

static void
send_ready(struct client *c, struct arena *a, const char *type)
{
	struct buf b;

	begin(&b, a, type);
	json_member_int(&b, "user_id", c->person->entry.id);
	json_member_int(&b, "expires_s", c->expires);
	finish(c, &b);
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
	(void)feed_at(s->feed, &now);
	c->present = true;
	presence_come(s->presence, c->person->entry.id);
	send_ready(c, a, "ready");
	send_presence(s, c, a, rows_text(rows, 0, "others"),
	    rows_size(rows, 0, "others"));
	if (!c->anew && rows_bool(rows, 0, "stale")) {
		c->anew = true;
		begin(&b, a, "resync");
		add_place(&b, "event_id", now);
		finish(c, &b);
	}
	if (c->anew) {
		c->at = now;
		c->standing = LIVE;
		send_live(c, a);
	} else {
		c->standing = BEHIND;
		go_on(s, c);
	}
}

/* A refusal is asked again: when PostgreSQL is back, or in a second. */
static void
take_join(void *ctx, struct request *req, struct rows *rows)
{
	struct client *c = ctx;

	c->asking = false;
	if (rows == NULL)
		c->sockets->refused = true;
	else if (c->conn != NULL)
		welcome(c, req, rows);
	(void)errand_done(c);
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
	c->asking = true;
	c->errands++;
	ask_socket_join(link_of(s, c), q, take_join, c);
}

/* Whatever its standing asks for next, unless that is on its way. */
static void
go_on(struct sockets *s, struct client *c)
{
	if (c->conn == NULL || c->asking || c->person == NULL ||
	    !link_is_up(link_of(s, c)))
		return;
	if (c->standing == JOINING)
		join(s, c);
	else if (c->standing == BEHIND)
		replay(s, c);
}

/* True with claims of an access token that counts now; else it is closed. */
static bool
read_token(struct client *c, struct request *req, struct jwt_claims *claims)
{
	const char *token = body_text(req, "token", 1, TOKEN_MAX);
	enum jwt_result result = JWT_INVALID;

	if (!body_invalid(req))
		result = jwt_verify(
		    claims, req->arena, req->http->keys, token, req->now);
	if (result == JWT_EXPIRED) {
		ws_end(c->conn, CLOSE_TOKEN_EXPIRED, "token_expired");
		return false;
	}
	if (result != JWT_OK || strcmp(claims->type, "access") != 0 ||
	    claims->session == NULL || !token_is_uuid(claims->session) ||
	    strtoll(claims->sub, NULL, 10) <= 0) {
		ws_end(c->conn, CLOSE_TOKEN_INVALID, "token_invalid");
		return false;
	}
	return true;
}

static void
take_claims(struct client *c, const struct jwt_claims *claims)
{
	c->expires = claims->exp;
	due_remove(c);
	due_append(&c->sockets->known[claims->exp % SLOTS], c);
	memcpy(c->session, claims->session, UUID_SIZE + 1);
}

static void
auth(struct sockets *s, struct client *c, struct request *req)
{
	const char *seen =
	    body_text_opt(req, "last_event_id", 0, PLACE_TEXT_MAX);
	struct jwt_claims claims;

	if (!read_token(c, req, &claims))
		return;
	join_person(s, c, strtoll(claims.sub, NULL, 10));
	if (c->person->sockets > s->config->relay_user_max) {
		ws_end(c->conn, CLOSE_TOO_MANY, "too_many_sockets");
		return;
	}
	take_claims(c, &claims);
	c->standing = JOINING;
	c->anew = seen == NULL;
	/* what is no place of ours becomes one that nothing can have */
	if (seen != NULL && !place_read(&c->at, seen))
		c->at = (struct place){ -1, 0 };
	go_on(s, c);
}

static void
auth_refresh(struct sockets *s, struct client *c, struct request *req)
{
	struct jwt_claims claims;

	(void)s;
	if (!read_token(c, req, &claims))
		return;
	if (strtoll(claims.sub, NULL, 10) != c->person->entry.id ||
	    strcmp(claims.session, c->session) != 0) {
		ws_end(c->conn, CLOSE_TOKEN_INVALID, "token_invalid");
		return;
	}
	take_claims(c, &claims);
	send_ready(c, req->arena, "auth.refreshed");
}

/* ---- what they say ---- */

/* Something asked for a client, and what it called it. */
struct errand {
	struct client *client;
	const char *about;
	char client_id[UUID_SIZE + 1];
};

static struct errand *
errand_open(struct client *c, const char *about, const char *client_id)
{
	struct errand *e = memory_make(1, sizeof *e);

	e->client = c;
	e->about = about;
	if (client_id != NULL)
		memcpy(e->client_id, client_id, UUID_SIZE + 1);
	c->errands++;
	return e;
}

/* NULL when it is refused, which has been said, or the client is gone. */
static struct client *
errand_close(struct errand *e, struct request *req, const struct rows *rows)
{
	struct client *c = e->client;

	if (!errand_done(c))
		c = NULL;
	if (c != NULL && (rows == NULL || rows_count(rows) == 0)) {
		if (rows == NULL)
			(void)reply_refusal(req);
		else
			(void)reply_problem(req, 404, "not_found",
			    "There is no such thing here.");
		send_error(c, req, e->about,
		    e->client_id[0] == '\0' ? NULL : e->client_id);
		c = NULL;
	}
	return c;
}

static void
take_sent(void *ctx, struct request *req, struct rows *rows)
{
	struct errand *e = ctx;
	struct client *c = errand_close(e, req, rows);
	struct buf b;

	if (c != NULL) {
		begin(&b, req->arena, "message.sent");
		json_member(&b, "client_id", e->client_id);
		json_key(&b, "data");
		rows_write(&b, rows, 0, 0);
		finish(c, &b);
	}
	free(e);
}

/* Where it is done, an event tells so. */
static void
take_done(void *ctx, struct request *req, struct rows *rows)
{
	struct errand *e = ctx;

	(void)errand_close(e, req, rows);
	free(e);
}

static void
refuse_frame(
    struct client *c, struct request *req, const char *about, const char *id)
{
	(void)reply_invalid(req);
	send_error(c, req, about, id);
}

static void
message_send(struct sockets *s, struct client *c, struct request *req)
{
	struct message_create q = message_of(req, c->person->entry.id);
	bool bad = body_invalid(req);

	if (q.client_id == NULL) {
		body_bad(req, "client_id", "is required");
		bad = true;
	}
	if (bad)
		refuse_frame(c, req, "message.send",
		    q.client_id != NULL && token_is_uuid(q.client_id)
			? q.client_id
			: NULL);
	else
		ask_message_create(link_of(s, c), q, take_sent,
		    errand_open(c, "message.send", q.client_id));
}

static void
message_delivered(struct sockets *s, struct client *c, struct request *req)
{
	struct message_delivered q = { .user_id = c->person->entry.id,
		.id = body_int(req, "id", 1, INT64_MAX) };

	if (body_invalid(req))
		refuse_frame(c, req, "message.delivered", NULL);
	else
		ask_message_delivered(link_of(s, c), q, take_done,
		    errand_open(c, "message.delivered", NULL));
}

static void
message_read(struct sockets *s, struct client *c, struct request *req)
{
	struct message_read q = { .user_id = c->person->entry.id,
		.id = body_int(req, "id", 1, INT64_MAX) };

	if (body_invalid(req))
		refuse_frame(c, req, "message.read", NULL);
	else
		ask_message_read(link_of(s, c), q, take_done,
		    errand_open(c, "message.read", NULL));
}

static void
typing(struct sockets *s, struct client *c, struct request *req)
{
	const bool *is_typing;
	struct typing_tell q = { .user_id = c->person->entry.id,
		.other_id = body_int(req, "user_id", 1, INT64_MAX) };

	is_typing = body_bool_opt(req, "typing");
	if (body_invalid(req)) {
		refuse_frame(c, req, "typing", NULL);
		return;
	}
	q.typing = is_typing == NULL || *is_typing;
	ask_typing_tell(
	    link_of(s, c), q, take_done, errand_open(c, "typing", NULL));
}

static const struct verb {
	const char *type;
	void (*act)(struct sockets *s, struct client *c, struct request *req);
} verbs[] = {
	{ "auth.refresh", auth_refresh },
	{ "message.send", message_send },
	{ "message.delivered", message_delivered },
	{ "message.read", message_read },
	{ "typing", typing },
};

static void
obey(struct sockets *s, struct client *c, struct request *req)
{
	const char *type = body_text(req, "type", 1, TYPE_MAX);

	if (c->standing == UNKNOWN) {
		if (req->bad == NULL && strcmp(type, "auth") == 0)
			auth(s, c, req);
		else
			ws_end(c->conn, WS_POLICY, "auth_first");
		return;
	}
	if (req->body_state == BODY_BAD || req->bad != NULL) {
		refuse_frame(c, req, NULL, NULL);
		return;
	}
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		if (strcmp(type, verbs[i].type) != 0)
			continue;
		if (c->standing != JOINING) {
			verbs[i].act(s, c, req);
			return;
		}
		(void)reply_problem(req, 409, "not_ready",
		    "Please wait for the answer to auth.");
		send_error(c, req, verbs[i].type, NULL);
		return;
	}
	(void)reply_problem(
	    req, 404, "type_unknown", "There is no such frame.");
	send_error(c, req, NULL, NULL);
}

static void
message(
    void *ctx, struct ws_conn *conn, bool text, const char *bytes, size_t size)
{
	struct client *c = ws_data(conn);
	struct sockets *s = ctx;
	struct request *req;

	if (!text) {
		ws_end(conn, WS_UNSUPPORTED, "text_only");
		return;
	}
	req = request_open_object(app_http(s->app), "frame", bytes, size);
	c->errands++; /* whatever it does, it is not freed meanwhile */
	obey(s, c, req);
	(void)errand_done(c);
	request_close(req);
	log_request_id(NULL);
}

/* ---- what is told ---- */

static void
end_session(struct sockets *s, const struct event *e)
{
	struct person *p = find_person(s, e->user_id);
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

static void
take_event(void *ctx, const struct event *e)
{
	struct sockets *s = ctx;
	struct person *p = find_person(s, e->user_id);
	struct client *next;

	if (p == NULL)
		return;
	if (strcmp(e->type, "session") == 0) {
		end_session(s, e);
		return;
	}
	buf_clear(&s->frame);
	write_event(&s->frame, e->at, e->type, e->payload, e->size);
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
			if (is_full(c)) {
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
	struct person *p = find_person(ctx, user_id);
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
		go_on(s, c);
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

/* By nginx's word, which is the only one that reaches this socket. */
static struct address *
address_of(struct sockets *s, const struct upgrade *u)
{
	struct upgrade_text v = upgrade_header(u, "X-Real-IP");
	struct address *a = memory_make(1, sizeof *a), *found;

	if (v.size > 0 && v.size <= ADDRESS_MAX)
		memcpy(a->text, v.text, v.size);
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
	due_append(&s->unknown, c);
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
	    "# TYPE bantubuzz_relay_lag_seconds gauge\n"
	    "bantubuzz_relay_lag_seconds %.3f\n",
	    n->open, known, behind, n->accepted, n->refused, n->cut,
	    n->frames_in, n->frames_out, s->events_out,
	    (double)feed_lag(s->feed) / 1000);
	return size < 0 || size >= WS_PAGE_MAX ? 0 : (size_t)size;
}

static void
drained(void *ctx, struct ws_conn *conn)
{
	go_on(ctx, ws_data(conn));
}

static void
closed(void *ctx, struct ws_conn *conn)
{
	struct client *c = ws_data(conn);
	struct sockets *s = ctx;

	if (c->present)
		presence_go(s->presence, c->person->entry.id);
	leave_person(s, c);
	leave_address(s, c->address);
	due_remove(c);
	c->prev->next = c->next;
	c->next->prev = c->prev;
	c->conn = NULL;
	if (c->errands == 0)
		free(c);
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
	if (s->refused) {
		s->refused = false;
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
		.message = message,
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
	for (struct client *c = s->all.next; c != &s->all; c = next) {
		struct arena *a = arena_open();
		struct buf b;

		next = c->next;
		begin(&b, a, "going_away");
		json_member_int(&b, "reconnect_ms",
		    random() % (s->config->relay_spread_ms + 1));
		c->errands++;
		finish(c, &b);
		if (errand_done(c))
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
