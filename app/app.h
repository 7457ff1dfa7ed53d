/*
 * app.h: what one process of ours has: settings, database, keys, gateway.
 *
 * Shape   one per process, opened once; handlers reach it through
 *         request_app.
 */
#ifndef APP_H
#define APP_H

#include <stdbool.h>

#include "app/config.h"
#include "lib/db.h"
#include "lib/http.h"
#include "lib/jwt.h"
#include "lib/paynow.h"

enum app_kind { APP_WORKER, APP_JOBS, APP_RELAY };

/* What can be asked and paid; NULL ends it. */
extern const char *const currencies[];

struct http_context;
struct app;

/* False when the settings are wrong; stderr has said how. */
bool app_open(struct app **out, enum app_kind kind);
void app_close(struct app *app);

const struct http_context *app_http(const struct app *app);
struct db *app_db(const struct app *app);
const struct config *app_config(const struct app *app);
const struct jwt_keys *app_keys(const struct app *app);

/* Where something was written that somebody waits for, tells the relays.  After
 * the commit, and after the answer. */
void app_wake(struct app *app);
/* What a refused statement means; ends with { 0 }. */
const struct refusal *app_refusals(void);

/* The same for the process that serves this request. */
const struct config *config_of(const struct request *req);
const struct jwt_keys *keys_of(const struct request *req);

/* True for our own origin and the ones allowed beside it. */
bool app_origin_good(const struct config *c, const char *origin, size_t size);

/* The integration of a currency; NULL for one that we do not have. */
const struct paynow_account *app_account(
    const struct request *req, const char *currency);
/* The gateway; total_ms bounds one call. */
struct paynow app_paynow(const struct request *req, int64_t total_ms);

/* The idempotency key's row of this request, NULL without one. */
const int64_t *claim_of(const struct request *req);
void claim_set(const struct request *req, int64_t id);

#endif
