/*
 * request.h: the inside of struct request, for lib/, the worker, the jobs and
 * the tests.  Handlers use lib/http.h.
 *
 * Shape   a request owns its arena; everything hangs on that and ends with
 *         request_close.
 */
#ifndef REQUEST_H
#define REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/db.h"
#include "lib/form.h"
#include "lib/http.h"
#include "lib/jwt.h"

struct FCGX_Request; /* libfcgi's */
struct json_object;

/* What all requests of a process share; made by the application. */
struct http_context {
	struct db *db;
	const struct jwt_keys *keys;
	const char *const *role_names; /* claim user_type, by bit from
					* ROLE_FIRST; ends with NULL */
	size_t body_max;               /* bytes; more is a 413 */
	size_t file_max;               /* likewise, of a file's body */
	/* NULL: no session is ended before its token expires. */
	bool (*session_ended)(void *app, const char *session);
	/*
	 * Called in place of the handler for a ROUTE_IDEMPOTENT route when the
	 * key was sent; calls route->handler itself.  NULL: keys are ignored.
	 */
	int (*idempotent)(struct request *req, const struct route *route);
	void *app; /* for request_app and the hooks */
};

enum { REQUEST_ID_MAX = 64, PATH_VALUES = 4 };

struct bad_field {
	const char *name;
	const char *rule;      /* that it breaks: a stable word */
	const char *reason;    /* a sentence's end; NULL: the whole detail */
	const char *min, *max; /* the rule's limits, as JSON, or NULL */
	struct bad_field *next;
};

struct path_value {
	const char *name; /* without the colon */
	size_t name_size;
	const char *text;
};

/* A list of names; it only grows. */
struct word {
	const char *text;
	struct word *next;
};

enum body_state {
	BODY_UNREAD,
	BODY_READ, /* tree is an object, or NULL for an empty body */
	BODY_BAD,  /* refused: the readers give what they can */
};

struct request {
	const struct http_context *http;
	struct arena *arena;
	struct FCGX_Request *fcgi; /* NULL outside of a worker */
	char **envp; /* "NAME=value", ends with NULL; NULL outside of HTTP */
	int64_t now; /* seconds since 1970, when it was opened */

	enum method method; /* METHODS: another one */
	const char *path;
	const struct route *route;
	struct path_value values[PATH_VALUES];
	int value_count;
	int64_t caller;
	unsigned role; /* one bit, 0 for nobody */
	const char *session;

	const char *body;
	size_t body_size;
	enum body_state body_state;
	struct json_object *tree;
	struct word *asked;    /* keys of the body that a reader asked for */
	struct form *query;    /* NULL: not read yet */
	uint64_t filters;      /* sum of the hashes of those read of it */
	struct bad_field *bad; /* in the order met */
	struct bad_field **bad_end;

	/* The last refusal of a statement; code NULL: none. */
	int refusal_status;
	const char *refusal_code;
	const char *refusal_detail;
	const char *refusal_field; /* the body's field at fault, or NULL */
	const char *refusal_wait;  /* seconds to wait, or NULL */
	int statements;            /* said so far */

	int status; /* 0: no answer yet */
	const char *type;
	const char *code; /* of a problem */
	struct buf headers;
	struct buf out;

	bool body_too_big;
	bool unknown_noted; /* keys that no reader asked for are in bad */
	char id[REQUEST_ID_MAX + 1];
};

/*
 * Never NULL.  Reads parameters and the whole body; one past body_max is read
 * to its end and dropped.
 */
struct request *request_open_fcgi(
    const struct http_context *http, struct FCGX_Request *fcgi);
/* Outside of HTTP: an arena, the database, and an id made of name. */
struct request *request_open_plain(
    const struct http_context *http, const char *name);
/* Likewise, with a body that the readers take for an object in JSON. */
struct request *request_open_object(const struct http_context *http,
    const char *name, const char *bytes, size_t size);
/* envp as CGI has it; body may be NULL. */
struct request *request_open_test(const struct http_context *http,
    const char *const *envp, const char *body, size_t size);
void request_send(struct request *req);
/* Takes back a transaction left open, then closes the arena. */
void request_close(struct request *req);

/* Status line and headers as FastCGI wants them, with the empty line.  Takes
 * the body from an answer that its asker holds already, and packs one that
 * nginx would not. */
void reply_head(struct request *req, struct buf *head);

/* Notes a refusal for reply_* to send; the texts outlive the request or lie
 * in its arena. */
void request_refuse(
    struct request *req, int status, const char *code, const char *detail);

#endif
