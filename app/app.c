/* app/app.c: opens what a process needs, and keeps the sessions that ended. */
#include "app/app.h"

#include <search.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "app/routes.h"
#include "lib/log.h"
#include "lib/request.h"
#include "queries.h"

/* Past it, and twice what was read last, the list is read anew, which
 * forgets sessions long dead. */
enum { ENDED_MAX = 4096 };

struct app {
	struct config config;
	struct arena *arena;
	struct jwt_keys keys;
	struct db *db;
	struct http_context http;
	struct paynow_account accounts[2];
	void *ended; /* tree of session ids, see tsearch(3) */
	int ended_count;
	int ended_read; /* when it was read last */
	int64_t claim;  /* of the request at hand; 0: none */
};

const char *const currencies[] = { "USD", "ZWG", NULL };

/* What a refused statement means; lib/refusal.c has the general ones. */
static const struct refusal refusals[] = {
	{ "23505", "creator_profiles_username_key", 409, "username_taken",
	    "This user name is taken", "username" },
	{ "23505", "bookings_one_open_key", 409, "already_booked",
	    "You have an unpaid booking of this package already" },
	{ "23505", "reviews_booking_side_key", 409, "already_reviewed",
	    "You have reviewed this work already" },
	{ "23503", "packages_category_fkey", 422, "category_unknown",
	    "This is not a category of packages", "category" },
	{ "23503", "campaigns_category_fkey", 422, "category_unknown",
	    "This is not a category of campaigns", "category" },
	{ "23514", "campaigns_dates_check", 422, "dates_wrong",
	    "It must not end before it starts", "end_date" },
	{ "23505", "campaign_applications_creator_key", 409, "already_applied",
	    "You have applied to this campaign already" },
	{ 0 },
};

static int
compare_ids(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void
remember_ended(struct app *app, const char *session)
{
	char *copy;

	if (tfind(session, &app->ended, compare_ids) != NULL)
		return;
	copy = strdup(session);
	if (copy == NULL || tsearch(copy, &app->ended, compare_ids) == NULL)
		abort();
	app->ended_count++;
}

/* The list of the sessions that ended lately, read at each new connection. */
static bool
load_ended(void *ctx)
{
	struct app *app = ctx;
	struct request *req = request_open_plain(&app->http, "sessions");
	struct rows *rows = sql_sessions_ended(req);

	if (rows == NULL) { /* what is known stays so */
		request_close(req);
		return false;
	}
	tdestroy(app->ended, free);
	app->ended = NULL;
	app->ended_count = 0;
	for (int i = 0; i < rows_count(rows); i++)
		remember_ended(app, rows_text(rows, i, "id"));
	app->ended_read = app->ended_count;
	request_close(req);
	return true;
}

static void
hear_ended(void *ctx, const char *channel, const char *payload)
{
	struct app *app = ctx;

	(void)channel;
	if (app->ended_count >= ENDED_MAX &&
	    app->ended_count >= 2 * app->ended_read)
		(void)load_ended(app);
	remember_ended(app, payload);
}

static bool
session_ended(void *ctx, const char *session)
{
	struct app *app = ctx;

	return tfind(session, &app->ended, compare_ids) != NULL;
}

static enum log_level
level_of(const char *word)
{
	switch (word[0]) {
	case 'd':
		return LOG_DEBUG;
	case 'w':
		return LOG_WARN;
	case 'e':
		return LOG_ERROR;
	default:
		return LOG_INFO;
	}
}

static const char *
or_null(const char *text)
{
	return text[0] == '\0' ? NULL : text;
}

bool
app_open(struct app **out, enum app_kind kind)
{
	static const char *const names[] = { [APP_WORKER] = "worker",
		[APP_JOBS] = "jobs",
		[APP_RELAY] = "relay" };
	static const char *const channels[] = { "sessions", NULL };
	struct app *app = calloc(1, sizeof(*app));
	const struct config *c;
	const char *why = NULL;

	if (app == NULL)
		abort();
	if (!config_load(&app->config)) {
		free(app);
		return false;
	}
	c = &app->config;
	log_open(names[kind], level_of(c->log_level));
	(void)signal(SIGPIPE, SIG_IGN); /* a peer that leaves is an error */
	app->arena = arena_open();
	if (!jwt_keys_parse(&app->keys, app->arena, c->jwt_keys, &why))
		abort(); /* config_load checked them */
	app->accounts[0] = (struct paynow_account){
		.currency = "USD",
		.id = c->paynow_usd_id,
		.key = c->paynow_usd_key,
		.old_key = or_null(c->paynow_usd_old_key),
	};
	app->accounts[1] = (struct paynow_account){
		.currency = "ZWG",
		.id = c->paynow_zwg_id,
		.key = c->paynow_zwg_key,
		.old_key = or_null(c->paynow_zwg_old_key),
	};
	app->db = db_open(c->database_url, refusals);
	app->http = (struct http_context){
		.db = app->db,
		.keys = &app->keys,
		.role_names = role_names,
		.body_max = (size_t)c->body_max,
		.file_max = (size_t)c->upload_max,
		.session_ended = session_ended,
		.idempotent = answer_once,
		.app = app,
	};
	if (kind == APP_WORKER)
		(void)db_listen(app->db, channels, hear_ended, load_ended, app);
	*out = app;
	return true;
}

void
app_close(struct app *app)
{
	db_close(app->db);
	tdestroy(app->ended, free);
	arena_close(app->arena);
	free(app);
}

const struct http_context *
app_http(const struct app *app)
{
	return &app->http;
}

struct db *
app_db(const struct app *app)
{
	return app->db;
}

const struct config *
app_config(const struct app *app)
{
	return &app->config;
}

const struct jwt_keys *
app_keys(const struct app *app)
{
	return &app->keys;
}

void
app_wake(struct app *app)
{
	struct request *req;

	if (!db_stirred(app->db))
		return;
	req = request_open_plain(&app->http, "wake");
	(void)sql_events_wake(
	    req); /* the relays' sweep finds what it does not */
	request_close(req);
}

const struct refusal *
app_refusals(void)
{
	return refusals;
}

const struct config *
config_of(const struct request *req)
{
	return &((const struct app *)request_app(req))->config;
}

const struct jwt_keys *
keys_of(const struct request *req)
{
	return &((const struct app *)request_app(req))->keys;
}

static bool
is_text(const char *bytes, size_t size, const char *text)
{
	return strlen(text) == size && memcmp(bytes, text, size) == 0;
}

bool
app_origin_good(const struct config *c, const char *origin, size_t size)
{
	if (is_text(origin, size, c->public_url) ||
	    is_text(origin, size, c->frontend_url))
		return true;
	for (const char *p = c->allowed_origins; *p != '\0';) {
		size_t n = strcspn(p, ",");

		if (n == size && strncmp(p, origin, n) == 0)
			return true;
		p += n + (p[n] == ',');
	}
	return false;
}

const struct paynow_account *
app_account(const struct request *req, const char *currency)
{
	const struct app *app = request_app(req);

	for (size_t i = 0; i < 2; i++)
		if (strcmp(app->accounts[i].currency, currency) == 0)
			return &app->accounts[i];
	return NULL;
}

struct paynow
app_paynow(const struct request *req, int64_t total_ms)
{
	const struct config *c = config_of(req);

	return (struct paynow){
		.base_url = c->paynow_url,
		.loopback = c->paynow_loopback != 0,
		.connect_ms = (long)c->paynow_connect_ms,
		.total_ms = (long)total_ms,
		.ca_file = or_null(c->paynow_ca_file),
	};
}

const int64_t *
claim_of(const struct request *req)
{
	const struct app *app = request_app(req);

	return app->claim == 0 ? NULL : &app->claim;
}

void
claim_set(const struct request *req, int64_t id)
{
	struct app *app = request_app(req);

	app->claim = id;
}
