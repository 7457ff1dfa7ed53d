/* fake.c: stands for lib/db.c and nginx in the tests of handlers. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "lib/jwt.h"
#include "lib/log.h"
#include "lib/rows.h"
#include "test/unit/fake.h"

enum { ENV_MAX = 32, ANSWERS_MAX = 16 };

struct answer {
	const char *statement;
	const char *const *row;
	int status; /* 0: not refused */
	const char *code;
};

static const char *const fake_roles[] = { "creator", "brand", "admin", NULL };
static const unsigned char secret[] = "a secret of the unit tests, no more";
static const struct jwt_keys fake_keys = {
	.key = { { "test", secret, sizeof secret - 1 } },
	.count = 1,
};

struct http_context fake_http = {
	.keys = &fake_keys,
	.role_names = fake_roles,
	.body_max = 65536,
	.file_max = 65536,
};
struct fake_row fake_row = { .likely = true };
const char *fake_args[FAKE_ARGS];
struct fake_call fake_calls[FAKE_CALLS];
int fake_call_count;
int fake_commits;

static struct answer answers[ANSWERS_MAX];
static int answer_count;
static const char *env[ENV_MAX];
static int env_count;
static bool within;

/* ---- in place of lib/db.c ---- */

static const char *
likely_value(enum column_type type)
{
	switch (type) {
	case COLUMN_BOOL:
		return "t";
	case COLUMN_TEXT:
		return "text";
	case COLUMN_TIME:
		return "2026-11-22 09:49:30.123456+00";
	case COLUMN_DATE:
		return "2026-11-22";
	case COLUMN_JSON:
		return "[]";
	case COLUMN_INT:
	case COLUMN_MONEY:
	case COLUMN_NUMBER:
		break;
	}
	return "1";
}

static const struct answer *
find_answer(const char *statement)
{
	for (int i = answer_count - 1; i >= 0; i--)
		if (strcmp(answers[i].statement, statement) == 0)
			return &answers[i];
	return NULL;
}

static void
note_call(struct request *req, const struct statement *st,
    const char *const *values, const int *lengths, const int *formats)
{
	struct fake_call *call = &fake_calls[fake_call_count++];

	assert(fake_call_count < FAKE_CALLS && st->args <= FAKE_ARGS);
	*call = (struct fake_call){ .statement = st->name };
	memset(fake_args, 0, sizeof fake_args);
	for (int i = 0; i < st->args; i++) {
		size_t size;

		if (values[i] == NULL)
			continue;
		size = formats != NULL && formats[i] == 1 ? (size_t)lengths[i]
							  : strlen(values[i]);
		call->args[i] = arena_memdup(req->arena, values[i], size);
		fake_args[i] = call->args[i];
	}
}

struct rows *
db_call(struct request *req, const struct statement *st,
    const char *const *values, const int *lengths, const int *formats)
{
	const struct answer *a = find_answer(st->name);
	const char *const *row = a == NULL ? fake_row.ptr : a->row;
	bool likely = a == NULL && fake_row.likely;
	struct rows *rows;

	req->statements++;
	note_call(req, st, values, lengths, formats);
	if (a != NULL && a->status != 0) {
		request_refuse(req, a->status, a->code, NULL);
		return NULL;
	}
	rows = rows_open(req->arena, st, likely || row != NULL ? 1 : 0);
	for (int i = 0; rows->count > 0 && i < st->column_count; i++) {
		assert(likely || row != NULL);
		rows->cells[i].text =
		    likely ? likely_value(st->columns[i].type) : row[i];
		if (rows->cells[i].text != NULL)
			rows->cells[i].size = strlen(rows->cells[i].text);
	}
	return rows;
}

bool
db_begin(struct request *req)
{
	(void)req;
	assert(!within);
	within = true;
	return true;
}

bool
db_commit(struct request *req)
{
	assert(within);
	within = false;
	if (req->refusal_code != NULL)
		return false;
	fake_commits++;
	return true;
}

void
db_rollback(struct request *req)
{
	(void)req;
	within = false;
}

bool
db_begun(const struct request *req)
{
	(void)req;
	return within;
}

const char *
db_refused(const struct request *req)
{
	return req->refusal_code;
}

int
db_count(const struct request *req)
{
	return req->statements;
}

/* There is no connection, so these have nothing to do. */

struct db *
db_open(const char *conninfo, const struct refusal *refusals)
{
	(void)conninfo;
	(void)refusals;
	return NULL;
}

void
db_close(struct db *db)
{
	(void)db;
}

void
db_listen(struct db *db, const char *const *channels, db_notice notice,
    bool (*on_connect)(void *ctx), void *ctx)
{
	(void)db;
	(void)channels;
	(void)notice;
	(void)on_connect;
	(void)ctx;
}

void
db_drain(struct db *db)
{
	(void)db;
}

bool
db_wait(
    struct db *db, int ms, int signal_number, const volatile sig_atomic_t *stop)
{
	(void)db;
	(void)ms;
	(void)signal_number;
	return *stop == 0;
}

int
db_socket(const struct db *db)
{
	(void)db;
	return -1;
}

/* ---- what a test tells and asks ---- */

static struct answer *
add_answer(const char *statement)
{
	struct answer *a = &answers[answer_count++];

	assert(answer_count <= ANSWERS_MAX);
	*a = (struct answer){ .statement = statement };
	return a;
}

void
fake_answer(const char *statement, const char *const *row)
{
	add_answer(statement)->row = row;
}

void
fake_refuse(const char *statement, int status, const char *code)
{
	struct answer *a = add_answer(statement);

	a->status = status;
	a->code = code;
}

void
fake_env(const char *text)
{
	assert(env_count < ENV_MAX - 8);
	env[env_count++] = text;
}

static const char *
make_token(struct arena *a, unsigned role)
{
	struct jwt_claims claims = {
		.sub = "7",
		.type = "access",
		.session = "11111111-1111-4111-8111-111111111111",
		.jti = "22222222-2222-4222-8222-222222222222",
		.iat = FAKE_NOW - 10,
		.exp = FAKE_NOW + 3590,
	};

	for (int i = 0; fake_http.role_names[i] != NULL; i++)
		if (role & 1u << (ROLE_FIRST + i))
			claims.role = fake_http.role_names[i];
	return claims.role == NULL ? NULL
				   : jwt_sign(a, fake_http.keys, &claims);
}

struct request *
fake_request(
    enum method method, const char *path, unsigned role, const char *body)
{
	static const char *const methods[] = { [GET] = "GET",
		[POST] = "POST",
		[PUT] = "PUT",
		[PATCH] = "PATCH",
		[DELETE] = "DELETE",
		[METHODS] = "BREW" };
	struct arena *a = arena_open();
	const char *mark = strchr(path, '?');
	const char *token = make_token(a, role);
	bool root = strncmp(path, "//", 2) == 0;
	int n = env_count;
	struct request *req;

	env[n++] = arena_printf(a, "REQUEST_METHOD=%s", methods[method]);
	env[n++] = arena_printf(a, "DOCUMENT_URI=%s%.*s", root ? "" : "/api",
	    (int)strcspn(path + root, "?"), path + root);
	env[n++] =
	    arena_printf(a, "QUERY_STRING=%s", mark == NULL ? "" : mark + 1);
	env[n++] = "REMOTE_ADDR=127.0.0.1";
	env[n++] = "REQUEST_ID=0123456789abcdef";
	/* an own one, told by fake_env, stands before and wins */
	env[n++] = "CONTENT_TYPE=application/json";
	if (token != NULL)
		env[n++] =
		    arena_printf(a, "HTTP_AUTHORIZATION=Bearer %s", token);
	env[n] = NULL;
	fake_call_count = 0;
	fake_commits = 0;
	req = request_open_test(
	    &fake_http, env, body, body == NULL ? 0 : strlen(body));
	req->now = FAKE_NOW;
	arena_close(a);
	return req;
}

const char *
fake_reply(const struct request *req)
{
	size_t size;

	return reply_body(req, &size);
}

const char *
fake_head(struct request *req)
{
	struct buf head;

	buf_open(&head, req->arena, 65536);
	reply_head(req, &head);
	return head.data;
}

void
fake_request_end(struct request *req)
{
	request_close(req);
	fake_row = (struct fake_row){ .likely = true };
	answer_count = 0;
	env_count = 0;
	within = false;
}
