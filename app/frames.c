/* frames.c: what clients say. */
#include "app/frames.h"

#include <stdlib.h>
#include <string.h>

#include "app/client.h"
#include "app/messages.h"
#include "lib/json.h"
#include "lib/log.h"
#include "lib/memory.h"
#include "lib/request.h"
#include "lib/token.h"
#include "queries.h"

enum { TYPE_MAX = 40, TOKEN_MAX = 4096 };

/* ---- who it is ---- */

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
	client_not_due(c);
	client_due(&c->sockets->known[claims->exp % SLOTS], c);
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
	client_join(s, c, strtoll(claims.sub, NULL, 10));
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
	client_go_on(s, c);
}

static void
auth_refresh(struct client *c, struct request *req, const char *about)
{
	struct jwt_claims claims;

	(void)about;
	if (!read_token(c, req, &claims))
		return;
	if (strtoll(claims.sub, NULL, 10) != c->person->entry.id ||
	    strcmp(claims.session, c->session) != 0) {
		ws_end(c->conn, CLOSE_TOKEN_INVALID, "token_invalid");
		return;
	}
	take_claims(c, &claims);
	client_ready(c, req->arena, "auth.refreshed");
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
	return e;
}

/* NULL when it is refused, which has been said, or the client is gone. */
static struct client *
errand_close(struct errand *e, struct request *req, const struct rows *rows)
{
	struct client *c = e->client;

	if (!client_answered(c))
		c = NULL;
	if (c != NULL && (rows == NULL || rows_count(rows) == 0)) {
		if (rows == NULL)
			(void)reply_refusal(req);
		else
			(void)reply_problem(req, 404, "not_found",
			    "There is no such thing here.");
		client_error(c, req, e->about,
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
		client_begin(&b, req->arena, "message.sent");
		json_member(&b, "client_id", e->client_id);
		json_key(&b, "data");
		rows_write(&b, rows, 0, 0);
		client_finish(c, &b);
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
	client_error(c, req, about, id);
}

static void
message_send(struct client *c, struct request *req, const char *about)
{
	struct message_create q = message_of(req, c->person->entry.id);
	bool bad = body_invalid(req);

	if (q.client_id == NULL) {
		body_missing(req, "client_id");
		bad = true;
	}
	if (bad)
		refuse_frame(c, req, about,
		    q.client_id != NULL && token_is_uuid(q.client_id)
			? q.client_id
			: NULL);
	else
		ask_message_create(client_ask(c), q, take_sent,
		    errand_open(c, about, q.client_id));
}

static void
message_mark(struct client *c, struct request *req, const char *about)
{
	int64_t user_id = c->person->entry.id;
	int64_t id = body_int(req, "id", 1, INT64_MAX);

	if (body_invalid(req))
		refuse_frame(c, req, about, NULL);
	else if (strcmp(about, "message.read") == 0)
		ask_message_read(client_ask(c),
		    (struct message_read){ .user_id = user_id, .id = id },
		    take_done, errand_open(c, about, NULL));
	else
		ask_message_delivered(client_ask(c),
		    (struct message_delivered){ .user_id = user_id, .id = id },
		    take_done, errand_open(c, about, NULL));
}

static void
typing(struct client *c, struct request *req, const char *about)
{
	const bool *is_typing;
	struct typing_tell q = { .user_id = c->person->entry.id,
		.other_id = body_int(req, "user_id", 1, INT64_MAX) };

	is_typing = body_bool_opt(req, "typing");
	if (body_invalid(req)) {
		refuse_frame(c, req, about, NULL);
		return;
	}
	q.typing = is_typing == NULL || *is_typing;
	ask_typing_tell(
	    client_ask(c), q, take_done, errand_open(c, about, NULL));
}

/* about is the type. */
static const struct verb {
	const char *type;
	void (*act)(struct client *c, struct request *req, const char *about);
	bool asks; /* PostgreSQL, which may be slow */
} verbs[] = {
	{ "auth.refresh", auth_refresh, false },
	{ "message.send", message_send, true },
	{ "message.delivered", message_mark, true },
	{ "message.read", message_mark, true },
	{ "typing", typing, true },
};

static void
follow(struct client *c, struct request *req, const struct verb *verb)
{
	const char *id;

	if (c->standing == JOINING) {
		(void)reply_problem(req, 409, "not_ready",
		    "Please wait for the answer to auth.");
	} else if (verb->asks && !client_may_ask(c)) {
		(void)reply_problem(req, 429, "rate_limited",
		    "Please wait for the answers to what you asked.");
	} else {
		verb->act(c, req, verb->type);
		return;
	}
	id = body_text_opt(req, "client_id", 0, UUID_SIZE);
	client_error(
	    c, req, verb->type, id != NULL && token_is_uuid(id) ? id : NULL);
}

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
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(type, verbs[i].type) == 0) {
			follow(c, req, &verbs[i]);
			return;
		}
	(void)reply_problem(
	    req, 404, "type_unknown", "There is no such frame.");
	client_error(c, req, NULL, NULL);
}

void
frames_take(
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
	client_hold(c); /* whatever it does, it is not freed meanwhile */
	obey(s, c, req);
	(void)client_let_go(c);
	request_close(req);
	log_request_id(NULL);
}
