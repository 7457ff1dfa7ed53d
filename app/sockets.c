/* sockets.c: who is connected to this relay, and what they say. */
#include "app/sockets.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/log.h"
#include "lib/token.h"
#include "lib/ws.h"

enum {
	ADDRESS_MAX = 63,
	FRAME_MAX = 65536, /* bytes of a frame of ours that holds no event */
	UUID_SIZE = 36,
};

/* Codes of our own to close with; app/events.md has them all. */
enum close_code {
	CLOSE_TOKEN_INVALID = 4401,
	CLOSE_TOKEN_EXPIRED = 4402,
	CLOSE_TOO_MANY = 4429,
};

/* How many sockets an address, or a user, has here. */
struct address {
	char text[ADDRESS_MAX + 1]; /* first, for compare_addresses */
	int64_t sockets;
};

struct person {
	int64_t id; /* first, for compare_people */
	int64_t sockets;
};

struct client {
	struct ws_conn *conn;
	struct client *prev, *next; /* of all */
	struct address *address;
	struct person *person; /* NULL: not known yet */
	int64_t auth_due;      /* ms of the loop's clock */
	int64_t expires;       /* seconds since 1970 */
	char session[UUID_SIZE + 1];
};

struct sockets {
	const struct app *app;
	const struct config *config;
	struct loop *loop;
	struct ws *ws;
	struct ws_limits limits;
	void *addresses; /* trees, see tsearch(3) */
	void *people;
	struct client all; /* head of a ring */
	int64_t second;    /* when expiry was looked at last */
	bool leaving;
};

/* ---- trees ---- */

static int
compare_addresses(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int
compare_people(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, two = *(const int64_t *)b;

	return (one > two) - (one < two);
}

static void *
must(void *block)
{
	if (block == NULL) {
		log_line(LOG_ERROR, "memory", "the process ran out of memory");
		exit(1);
	}
	return block;
}

/* The one there is, or fresh, which it takes over. */
static void *
keep(void **tree, void *fresh, int (*compare)(const void *, const void *))
{
	void *found = *(void **)must(tsearch(fresh, tree, compare));

	if (found != fresh)
		free(fresh);
	return found;
}

static void
forget(void **tree, void *old, int (*compare)(const void *, const void *))
{
	(void)tdelete(old, tree, compare);
	free(old);
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
	if (b->state == BUF_OK)
		ws_send(c->conn, true, b->data, b->len);
}

static void
send_error(struct client *c, struct arena *a, const char *about,
    const char *code, const char *sentence)
{
	struct buf b;

	begin(&b, a, "error");
	json_member(&b, "code", code);
	json_member(&b, "error", sentence);
	if (about != NULL)
		json_member(&b, "about", about);
	finish(c, &b);
}

/* ---- who it is ---- */

static struct person *
person_of(struct sockets *s, int64_t id)
{
	struct person *p = must(calloc(1, sizeof *p));

	p->id = id;
	return keep(&s->people, p, compare_people);
}

static void
leave_person(struct sockets *s, struct client *c)
{
	if (c->person == NULL)
		return;
	if (--c->person->sockets == 0)
		forget(&s->people, c->person, compare_people);
	c->person = NULL;
}

/* True with claims of an access token that counts now; else it is closed. */
static bool
read_token(const struct sockets *s, struct client *c, struct arena *a,
    const char *token, struct jwt_claims *claims)
{
	enum jwt_result result = JWT_INVALID;

	if (token != NULL)
		result = jwt_verify(
		    claims, a, app_keys(s->app), token, (int64_t)time(NULL));
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
	memcpy(c->session, claims->session, UUID_SIZE + 1);
}

static const char *
text_of(const struct json_object *frame, const char *name)
{
	struct json_object *v = json_get(frame, name);
	const char *text;
	size_t size;

	if (json_kind(v) != JSON_TEXT)
		return NULL;
	text = json_chars(v, &size);
	return strlen(text) == size ? text : NULL;
}

static void
send_ready(struct client *c, struct arena *a, const char *type)
{
	struct buf b;

	begin(&b, a, type);
	json_member_int(&b, "user_id", c->person->id);
	json_member_int(&b, "expires_s", c->expires);
	finish(c, &b);
}

static void
auth(struct sockets *s, struct client *c, struct arena *a,
    const struct json_object *frame)
{
	struct jwt_claims claims;
	struct person *p;

	if (!read_token(s, c, a, text_of(frame, "token"), &claims))
		return;
	p = person_of(s, strtoll(claims.sub, NULL, 10));
	c->person = p;
	if (p->sockets++ >= s->config->relay_user_max) {
		ws_end(c->conn, CLOSE_TOO_MANY, "too_many_sockets");
		return;
	}
	take_claims(c, &claims);
	send_ready(c, a, "ready");
}

static void
auth_refresh(struct sockets *s, struct client *c, struct arena *a,
    const struct json_object *frame)
{
	struct jwt_claims claims;

	if (!read_token(s, c, a, text_of(frame, "token"), &claims))
		return;
	if (strtoll(claims.sub, NULL, 10) != c->person->id) {
		ws_end(c->conn, CLOSE_TOKEN_INVALID, "token_invalid");
		return;
	}
	take_claims(c, &claims);
	send_ready(c, a, "auth.refreshed");
}

/* ---- what they say ---- */

static const struct verb {
	const char *type;
	void (*act)(struct sockets *s, struct client *c, struct arena *a,
	    const struct json_object *frame);
} verbs[] = {
	{ "auth.refresh", auth_refresh },
};

static void
obey(struct sockets *s, struct client *c, struct arena *a,
    const struct json_object *frame)
{
	const char *type = text_of(frame, "type");

	if (c->person == NULL) {
		if (type != NULL && strcmp(type, "auth") == 0)
			auth(s, c, a, frame);
		else
			ws_end(c->conn, WS_POLICY, "auth_first");
		return;
	}
	for (size_t i = 0; type != NULL && i < sizeof verbs / sizeof *verbs;
	     i++) {
		if (strcmp(type, verbs[i].type) == 0) {
			verbs[i].act(s, c, a, frame);
			return;
		}
	}
	send_error(c, a, type, "type_unknown", "There is no such frame");
}

static void
message(
    void *ctx, struct ws_conn *conn, bool text, const char *bytes, size_t size)
{
	struct client *c = ws_data(conn);
	struct json_object *frame;
	struct arena *a;

	if (!text) {
		ws_end(conn, WS_UNSUPPORTED, "text_only");
		return;
	}
	a = arena_open();
	if (!json_read(&frame, a, bytes, size) ||
	    json_kind(frame) != JSON_OBJECT)
		send_error(
		    c, a, NULL, "frame_invalid", "A frame is one JSON object");
	else
		obey(ctx, c, a, frame);
	arena_close(a);
}

/* ---- coming and going ---- */

/* By nginx's word, which is the only one that reaches this socket. */
static struct address *
address_of(struct sockets *s, const struct upgrade *u)
{
	struct upgrade_text v = upgrade_header(u, "X-Real-IP");
	struct address *a = must(calloc(1, sizeof *a));

	if (v.size > 0 && v.size <= ADDRESS_MAX)
		memcpy(a->text, v.text, v.size);
	return keep(&s->addresses, a, compare_addresses);
}

static void
leave_address(struct sockets *s, struct address *a)
{
	if (--a->sockets == 0)
		forget(&s->addresses, a, compare_addresses);
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
	c = must(calloc(1, sizeof *c));
	c->conn = conn;
	c->address = from;
	c->auth_due = loop_ms(s->loop) + s->config->relay_auth_ms;
	c->prev = s->all.prev;
	c->next = &s->all;
	s->all.prev->next = c;
	s->all.prev = c;
	ws_set_data(conn, c);
	return 101;
}

static void
drained(void *ctx, struct ws_conn *conn)
{
	(void)ctx;
	(void)conn;
}

static void
closed(void *ctx, struct ws_conn *conn)
{
	struct client *c = ws_data(conn);
	struct sockets *s = ctx;

	leave_person(s, c);
	leave_address(s, c->address);
	c->prev->next = c->next;
	c->next->prev = c->prev;
	free(c);
}

/* Once a second, over all of them: a millisecond for ten thousand. */
static void
expire(struct sockets *s)
{
	int64_t now = (int64_t)time(NULL), ms = loop_ms(s->loop);
	struct client *next;

	if (now == s->second && s->config->relay_auth_ms >= 1000)
		return;
	s->second = now;
	for (struct client *c = s->all.next; c != &s->all; c = next) {
		next = c->next;
		if (c->person == NULL && c->auth_due <= ms)
			ws_end(c->conn, WS_POLICY, "auth_timeout");
		else if (c->person != NULL && c->expires <= now)
			ws_end(c->conn, CLOSE_TOKEN_EXPIRED, "token_expired");
	}
}

void
sockets_tend(struct sockets *s)
{
	expire(s);
	ws_tend(s->ws);
}

struct sockets *
sockets_open(struct app *app, struct loop *loop, int listening)
{
	static const struct ws_handler handler = {
		.admit = admit,
		.message = message,
		.drained = drained,
		.closed = closed,
	};
	struct sockets *s = must(calloc(1, sizeof *s));

	s->app = app;
	s->config = app_config(app);
	s->loop = loop;
	s->limits = limits_of(s->config);
	s->all.prev = s->all.next = &s->all;
	s->ws = ws_open(loop, listening, &s->limits, &handler, s);
	return s;
}

/* Each comes back at a time of its own, or all would come at once. */
void
sockets_leave(struct sockets *s)
{
	struct arena *a = arena_open();
	struct client *next;
	struct buf b;

	ws_refuse(s->ws);
	for (struct client *c = s->all.next; c != &s->all; c = next) {
		next = c->next;
		begin(&b, a, "going_away");
		json_member_int(&b, "reconnect_ms",
		    random() % (s->config->relay_spread_ms + 1));
		finish(c, &b);
		ws_end(c->conn, WS_GOING_AWAY, "going_away");
	}
	arena_close(a);
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
	free(s);
}
