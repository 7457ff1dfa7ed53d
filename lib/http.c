/* http.c: requests as they come in, and the one judge of them. */
#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include <fcgiapp.h>

#include "lib/json.h"
#include "lib/log.h"
#include "lib/request.h"

enum {
	HEADERS_MAX = 16384, /* bytes */
	REPLY_MAX = 8 * 1024 * 1024,
};

static const char *const method_names[] = {
	[GET] = "GET",
	[POST] = "POST",
	[PUT] = "PUT",
	[PATCH] = "PATCH",
	[DELETE] = "DELETE",
};

/* ---- opening and closing ---- */

const char *
request_header(const struct request *req, const char *name)
{
	size_t size = strlen(name);

	for (char **e = req->envp; e != NULL && *e != NULL; e++)
		if (strncmp(*e, name, size) == 0 && (*e)[size] == '=')
			return *e + size + 1;
	return NULL;
}

/* nginx's id, or where none came one of our own. */
static void
take_id(struct request *req)
{
	const char *id = request_header(req, "REQUEST_ID");
	unsigned char random[16];
	size_t size;

	if (id != NULL && (size = strlen(id)) > 0 && size <= REQUEST_ID_MAX &&
	    strspn(id, "0123456789abcdefghijklmnopqrstuvwxyz"
		       "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_") == size) {
		memcpy(req->id, id, size + 1);
		return;
	}
	if (getrandom(random, sizeof random, 0) != sizeof random) {
		log_line(
		    LOG_ERROR, "random", "the kernel gave no random bytes");
		exit(1);
	}
	for (size_t i = 0; i < sizeof random; i++)
		(void)snprintf(req->id + 2 * i, 3, "%02x", random[i]);
}

static enum method
read_method(const char *text)
{
	if (text == NULL)
		return METHODS;
	if (strcmp(text, "HEAD") == 0)
		return GET; /* nginx drops the body */
	for (int m = 0; m < METHODS; m++)
		if (strcmp(text, method_names[m]) == 0)
			return (enum method)m;
	return METHODS;
}

static struct request *
open_request(const struct http_context *http)
{
	struct arena *a = arena_open();
	struct request *req = arena_alloc(a, sizeof *req);

	req->http = http;
	req->arena = a;
	req->now = (int64_t)time(NULL);
	req->bad_end = &req->bad;
	req->body = "";
	req->method = METHODS;
	req->path = "";
	buf_open(&req->headers, a, HEADERS_MAX);
	buf_open(&req->out, a, REPLY_MAX);
	return req;
}

static void
take_parameters(struct request *req, char **envp)
{
	const char *path;

	req->envp = envp;
	req->method = read_method(request_header(req, "REQUEST_METHOD"));
	path = request_header(req, "DOCUMENT_URI");
	req->path = path == NULL ? "" : path;
	take_id(req);
	log_request_id(req->id);
}

/* Files come as a multipart form or as they are. */
static size_t
most_of_body(const struct request *req)
{
	const char *type = request_header(req, "CONTENT_TYPE");
	bool file = type != NULL && (strncasecmp(type, "multipart/", 10) == 0 ||
					strncasecmp(type, "image/", 6) == 0);

	return file ? req->http->file_max : req->http->body_max;
}

/* An unread body would make nginx answer 502 when we close: read it all. */
static void
read_body(struct request *req)
{
	char piece[8192];
	struct buf body;
	int n;

	buf_open(&body, req->arena, most_of_body(req));
	while ((n = FCGX_GetStr(piece, sizeof piece, req->fcgi->in)) > 0)
		buf_add(&body, piece, (size_t)n);
	req->body = body.data;
	req->body_size = body.len;
	req->body_too_big = body.state == BUF_TOO_BIG;
}

struct request *
request_open_fcgi(const struct http_context *http, struct FCGX_Request *fcgi)
{
	struct request *req = open_request(http);

	req->fcgi = fcgi;
	take_parameters(req, fcgi->envp);
	read_body(req);
	return req;
}

struct request *
request_open_plain(const struct http_context *http, const char *name)
{
	static uint64_t count;
	char digits[20], *first = digits + sizeof digits;
	struct request *req = open_request(http);
	size_t size = strnlen(name, REQUEST_ID_MAX - sizeof digits - 1), left;

	/* as printf would have it, which a relay's small answers notice */
	for (uint64_t n = ++count; n > 0; n /= 10)
		*--first = (char)('0' + n % 10);
	left = (size_t)(digits + sizeof digits - first);
	memcpy(req->id, name, size);
	req->id[size] = '-';
	memcpy(req->id + size + 1, first, left);
	req->id[size + 1 + left] = '\0';
	log_request_id(req->id);
	return req;
}

struct request *
request_open_object(const struct http_context *http, const char *name,
    const char *bytes, size_t size)
{
	struct request *req = request_open_plain(http, name);

	req->body = arena_memdup(req->arena, bytes, size);
	req->body_size = size;
	req->body_state = BODY_READ;
	if (!json_read(&req->tree, req->arena, req->body, size) ||
	    json_kind(req->tree) != JSON_OBJECT) {
		req->tree = NULL;
		req->body_state = BODY_BAD;
	}
	return req;
}

struct request *
request_open_test(const struct http_context *http, const char *const *envp,
    const char *body, size_t size)
{
	struct request *req = open_request(http);
	size_t count = 0;
	char **copy;

	while (envp[count] != NULL)
		count++;
	copy = arena_alloc(req->arena, (count + 1) * sizeof *copy);
	for (size_t i = 0; i < count; i++)
		copy[i] = arena_strdup(req->arena, envp[i]);
	take_parameters(req, copy);
	if (size > most_of_body(req))
		req->body_too_big = true;
	else if (size > 0)
		req->body = arena_memdup(req->arena, body, size);
	req->body_size = req->body_too_big ? 0 : size;
	return req;
}

void
request_send(struct request *req)
{
	struct buf head;
	FCGX_Stream *out = req->fcgi->out;

	if (req->out.state != BUF_OK || req->headers.state != BUF_OK) {
		log_line(LOG_ERROR, "answer", "the answer grew too big");
		(void)reply_problem(req, 500, "internal", NULL);
	} else if (req->status == 0) {
		log_line(LOG_ERROR, "answer", "the handler gave no answer");
		(void)reply_problem(req, 500, "internal", NULL);
	}
	buf_open(&head, req->arena, HEADERS_MAX + 1000);
	reply_head(req, &head);
	(void)FCGX_PutStr(head.data, (int)head.len, out);
	(void)FCGX_PutStr(req->out.data, (int)req->out.len, out);
}

void
request_close(struct request *req)
{
	if (req->http->db != NULL)
		db_rollback(req);
	log_request_id(NULL);
	arena_close(req->arena);
}

/* ---- what a handler asks ---- */

int64_t
caller_id(const struct request *req)
{
	return req->caller;
}

unsigned
caller_role(const struct request *req)
{
	return req->role;
}

const char *
caller_session(const struct request *req)
{
	return req->session;
}

struct arena *
request_arena(struct request *req)
{
	return req->arena;
}

void *
request_app(const struct request *req)
{
	return req->http->app;
}

const char *
request_id(const struct request *req)
{
	return req->id;
}

const char *
request_address(const struct request *req)
{
	const char *address = request_header(req, "REMOTE_ADDR");

	return address == NULL ? "" : address;
}

const char *
request_cookie(struct request *req, const char *name)
{
	const char *at = request_header(req, "HTTP_COOKIE");
	size_t size = strlen(name);

	while (at != NULL && *at != '\0') {
		size_t whole;

		at += strspn(at, "; \t");
		whole = strcspn(at, ";");
		if (strncmp(at, name, size) == 0 && at[size] == '=') {
			const char *value = at + size + 1;

			return arena_memdup(
			    req->arena, value, strcspn(value, "; \t"));
		}
		at += whole;
	}
	return NULL;
}

const char *
request_body(const struct request *req, size_t *size)
{
	*size = req->body_size;
	return req->body;
}

const char *
request_operation(struct request *req)
{
	size_t size = strlen(req->path);

	if (size > 1 && req->path[size - 1] == '/')
		size--; /* as fit() has it */
	return arena_printf(req->arena, "%s %.*s", method_names[req->method],
	    (int)size, req->path);
}

enum method
request_method(const struct request *req)
{
	return req->method;
}

const char *
path_text(const struct request *req, const char *name)
{
	for (int i = 0; i < req->value_count; i++) {
		const struct path_value *v = &req->values[i];

		if (v->name_size == strlen(name) &&
		    memcmp(v->name, name, v->name_size) == 0)
			return v->text;
	}
	return NULL;
}

int64_t
path_id(const struct request *req, const char *name)
{
	const char *text = path_text(req, name);

	return text == NULL ? 0 : strtoll(text, NULL, 10);
}

/* ---- routes ---- */

static bool
is_id_name(const char *name, size_t size)
{
	return (size == 2 && memcmp(name, "id", 2) == 0) ||
	       (size > 3 && memcmp(name + size - 3, "_id", 3) == 0);
}

/* Up to 18 digits, so that it always fits into a bigint; not 0. */
static bool
is_id(const char *text, size_t size)
{
	bool positive = false;

	if (size == 0 || size > 18)
		return false;
	for (size_t i = 0; i < size; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		positive = positive || text[i] != '0';
	}
	return positive;
}

enum { SEGMENTS_MAX = 16 };

/*
 * How well path fits pattern: 0 not at all, else the more the further left
 * its segments are literal.  One slash at path's end does not count.
 */
static unsigned
fit(const char *pattern, const char *path)
{
	unsigned score = 1;

	for (int i = 0; i < SEGMENTS_MAX; i++) {
		size_t want, have;

		if (*pattern == '/')
			pattern++;
		if (*path == '/')
			path++;
		want = strcspn(pattern, "/");
		have = strcspn(path, "/");
		if (want == 0 && have == 0)
			return *path == '\0' ? score << (SEGMENTS_MAX - i) : 0;
		if (want == 0 || have == 0)
			return 0;
		score <<= 1;
		if (*pattern != ':') {
			if (want != have || memcmp(pattern, path, want) != 0)
				return 0;
			score |= 1;
		} else if (is_id_name(pattern + 1, want - 1) &&
			   !is_id(path, have)) {
			return 0;
		}
		pattern += want;
		path += have;
	}
	return 0;
}

static void
take_values(struct request *req, const char *pattern, const char *path)
{
	while (*pattern != '\0' && *path != '\0') {
		size_t want, have;

		pattern += *pattern == '/';
		path += *path == '/';
		want = strcspn(pattern, "/");
		have = strcspn(path, "/");
		if (*pattern == ':' && req->value_count < PATH_VALUES) {
			struct path_value *v = &req->values[req->value_count++];

			v->name = pattern + 1;
			v->name_size = want - 1;
			v->text = arena_memdup(req->arena, path, have);
		}
		pattern += want;
		path += have;
	}
}

static int
refuse_method(struct request *req, unsigned allowed)
{
	struct buf list;

	buf_open(&list, req->arena, 100);
	for (int m = 0; m < METHODS; m++)
		if (allowed & 1u << m)
			buf_printf(&list, "%s%s", list.len > 0 ? ", " : "",
			    method_names[m]);
	reply_header(req, "Allow", list.data);
	return reply_problem(req, 405, "method_wrong",
	    "This address does not take that method.");
}

/* 0, or the status of the refusal sent. */
static int
find_route(struct request *req, const struct route *const *tables)
{
	static const char base[] = "/api";
	const char *path = req->path, *below = NULL, *found = "";
	unsigned best = 0, allowed = 0;

	if (strncmp(path, base, sizeof base - 1) == 0 &&
	    (path[sizeof base - 1] == '/' || path[sizeof base - 1] == '\0'))
		below = path + sizeof base - 1;
	for (; *tables != NULL; tables++) {
		for (const struct route *r = *tables; r->path != NULL; r++) {
			const char *own = r->flags & ROUTE_PAGE ? path : below;
			unsigned score = own == NULL ? 0 : fit(r->path, own);

			if (score == 0)
				continue;
			allowed |= 1u << r->method;
			if (r->method == req->method && score > best) {
				best = score;
				found = own;
				req->route = r;
			}
		}
	}
	if (req->route != NULL) {
		take_values(req, req->route->path, found);
		return 0;
	}
	if (allowed != 0)
		return refuse_method(req, allowed);
	return reply_problem(req, 404, "not_found", NULL);
}

/* ---- who is calling ---- */

static int
refuse_token(struct request *req, const char *code, const char *detail)
{
	reply_header(req, "WWW-Authenticate",
	    strcmp(code, "token_missing") == 0
		? "Bearer"
		: "Bearer error=\"invalid_token\"");
	return reply_problem(req, 401, code, "%s", detail);
}

static unsigned
role_bit(const struct request *req, const char *name)
{
	const char *const *names = req->http->role_names;

	for (int i = 0; name != NULL && names[i] != NULL; i++)
		if (strcmp(names[i], name) == 0)
			return 1u << (ROLE_FIRST + i);
	return 0;
}

/* The token after "Bearer", or NULL. */
static const char *
bearer(const char *header)
{
	static const char scheme[] = "bearer";

	if (header == NULL ||
	    strncasecmp(header, scheme, sizeof scheme - 1) != 0 ||
	    header[sizeof scheme - 1] != ' ')
		return NULL;
	header += sizeof scheme - 1;
	return header + strspn(header, " ");
}

/* 0, or the status of the refusal sent. */
static int
read_token(struct request *req, const char *token)
{
	struct jwt_claims claims;
	unsigned role;

	switch (
	    jwt_verify(&claims, req->arena, req->http->keys, token, req->now)) {
	case JWT_OK:
		break;
	case JWT_EXPIRED:
		return refuse_token(req, "token_expired",
		    "Your session has expired. Please log in again.");
	default:
		return refuse_token(
		    req, "token_invalid", "The access token is not valid.");
	}
	role = role_bit(req, claims.role);
	if (strcmp(claims.type, "access") != 0 || role == 0 ||
	    !is_id(claims.sub, strlen(claims.sub)))
		return refuse_token(
		    req, "token_invalid", "The access token is not valid.");
	if (claims.session != NULL && req->http->session_ended != NULL &&
	    req->http->session_ended(req->http->app, claims.session))
		return refuse_token(req, "session_ended",
		    "This session has ended. Please log in again.");
	req->caller = strtoll(claims.sub, NULL, 10);
	req->role = role;
	req->session = claims.session;
	return 0;
}

static int
check_caller(struct request *req)
{
	unsigned roles = req->route->roles;
	const char *header = request_header(req, "HTTP_AUTHORIZATION");
	const char *token = bearer(header);
	int refused;

	if (roles & ROLE_ANY)
		return 0;
	if (header == NULL || header[0] == '\0')
		return roles & ROLE_GUEST ? 0
					  : refuse_token(req, "token_missing",
						"Please log in first.");
	if (token == NULL)
		return refuse_token(
		    req, "token_invalid", "The access token is not valid.");
	refused = read_token(req, token);
	if (refused != 0 || (roles & (ROLE_GUEST | req->role)))
		return refused;
	return reply_problem(
	    req, 403, "role_wrong", "Your kind of account may not do this.");
}

/* ---- the judge ---- */

static bool
is_json_type(const char *type)
{
	static const char json[] = "application/json";

	if (type == NULL || strncasecmp(type, json, sizeof json - 1) != 0)
		return false;
	type += sizeof json - 1;
	return *type == '\0' || *type == ';' || *type == ' ';
}

static int
check_body(struct request *req)
{
	if (req->body_too_big)
		return reply_problem(
		    req, 413, "body_too_big", "What was sent is too big.");
	if (req->body_size > 0 && req->method != GET &&
	    !(req->route->flags & ROUTE_FORM) &&
	    !is_json_type(request_header(req, "CONTENT_TYPE")))
		return reply_problem(req, 415, "type_wrong",
		    "The body must be application/json.");
	return 0;
}

static bool
is_plain_path(const char *path)
{
	size_t size = strlen(path);

	for (size_t i = 0; i < size; i++)
		if ((unsigned char)path[i] < 0x20 || path[i] == 0x7f)
			return false;
	return json_utf8_good(path, size);
}

int
http_dispatch(struct request *req, const struct route *const *tables)
{
	const struct http_context *http = req->http;
	int status;

	if (!is_plain_path(req->path))
		return reply_problem(req, 404, "not_found", NULL);
	if ((status = find_route(req, tables)) != 0 ||
	    (status = check_caller(req)) != 0 ||
	    (status = check_body(req)) != 0)
		return status;
	if ((req->route->flags & ROUTE_IDEMPOTENT) &&
	    http->idempotent != NULL &&
	    request_header(req, "HTTP_IDEMPOTENCY_KEY") != NULL)
		return http->idempotent(req, req->route);
	return req->route->handler(req);
}

/* ---- the tables themselves ---- */

/* The same to every path: names of values do not matter. */
static bool
same_pattern(const struct route *a, const struct route *b)
{
	const char *p = a->path, *q = b->path;

	if (a->method != b->method ||
	    (a->flags & ROUTE_PAGE) != (b->flags & ROUTE_PAGE))
		return false;
	while (*p != '\0' && *q != '\0') {
		if (*p == ':' && *q == ':') {
			size_t m = strcspn(p, "/"), n = strcspn(q, "/");

			if (is_id_name(p + 1, m - 1) !=
			    is_id_name(q + 1, n - 1))
				return false;
			p += m;
			q += n;
		} else if (*p++ != *q++) {
			return false;
		}
	}
	return *p == *q;
}

static const char *
what_is_wrong(const struct route *r, const struct route *const *tables)
{
	if (r->path[0] != '/')
		return "does not begin with a slash";
	if (r->roles == 0)
		return "has no role";
	if (r->handler == NULL)
		return "has no handler";
	for (; *tables != NULL; tables++)
		for (const struct route *o = *tables; o->path != NULL; o++) {
			if (o == r)
				return NULL; /* told once, of the later one */
			if (same_pattern(o, r))
				return "stands there twice";
		}
	return NULL;
}

bool
routes_check(const struct route *const *tables)
{
	bool good = true;

	for (const struct route *const *t = tables; *t != NULL; t++) {
		for (const struct route *r = *t; r->path != NULL; r++) {
			const char *why = what_is_wrong(r, tables);

			if (why == NULL)
				continue;
			(void)fprintf(stderr, "route %s %s %s\n",
			    method_names[r->method], r->path, why);
			good = false;
		}
	}
	return good;
}

static const char *
route_pool(const struct route *r)
{
	return r->pool == NULL ? "api" : r->pool;
}

static const char *
route_base(const struct route *r)
{
	return r->flags & ROUTE_PAGE ? "" : "/api";
}

static void
print_roles(unsigned roles, const char *const *role_names)
{
	const char *comma = "";

	if (roles & ROLE_ANY) {
		(void)printf("any");
		comma = ",";
	}
	if (roles & ROLE_GUEST) {
		(void)printf("%sguest", comma);
		comma = ",";
	}
	for (int i = 0; role_names[i] != NULL; i++) {
		if (!(roles & 1u << (ROLE_FIRST + i)))
			continue;
		(void)printf("%s%s", comma, role_names[i]);
		comma = ",";
	}
}

void
routes_print(const struct route *const *tables, const char *const *role_names)
{
	for (; *tables != NULL; tables++) {
		for (const struct route *r = *tables; r->path != NULL; r++) {
			(void)printf("%s %s%s ", method_names[r->method],
			    route_base(r), r->path);
			print_roles(r->roles, role_names);
			(void)printf(" %s\n", route_pool(r));
		}
	}
}

/* As a pattern of nginx: values are one segment, dots stand for themselves. */
static void
print_pattern(const char *path)
{
	while (*path != '\0') {
		if (*path == ':') {
			size_t size = strcspn(path, "/");

			(void)printf("%s", is_id_name(path + 1, size - 1)
					       ? "[0-9]+"
					       : "[^/]+");
			path += size;
			continue;
		}
		if (*path == '.')
			(void)putchar('\\');
		(void)putchar(*path++);
	}
}

void
routes_print_pools(const struct route *const *tables)
{
	for (; *tables != NULL; tables++) {
		for (const struct route *r = *tables; r->path != NULL; r++) {
			if (strcmp(route_pool(r), "api") == 0)
				continue;
			if (strchr(r->path, ':') == NULL) {
				(void)printf("\"%s %s%s\" %s;\n",
				    method_names[r->method], route_base(r),
				    r->path, route_pool(r));
				continue;
			}
			(void)printf("\"~^%s %s", method_names[r->method],
			    route_base(r));
			print_pattern(r->path);
			(void)printf("$\" %s;\n", route_pool(r));
		}
	}
}
