/* app/auth.c: signing up, in, on and out. */
#include <string.h>
#include <time.h>

#include "app/app.h"
#include "app/auth.h"
#include "app/routes.h"
#include "app/users.h"
#include "lib/json.h"
#include "lib/jwt.h"
#include "lib/password.h"
#include "lib/token.h"
#include "queries.h"

#define COOKIE "__Secure-refresh"
enum { AGENT_MAX = 255, DIGITS = TOKEN_CODE_SIZE - 1 };

static const char *const session_kinds[] = { "cookie", NULL };

const char *
code_digest(struct request *req, const char *whose, const char *code)
{
	const char *key = config_of(req)->code_key;
	struct arena *a = request_arena(req);

	return token_digest(
	    a, key, strlen(key), arena_printf(a, "%s\n%s", whose, code));
}

const char *
body_code(struct request *req)
{
	const char *code = body_text(req, "code", 1, SIZE_MAX);

	if (code[0] != '\0' &&
	    (strspn(code, "0123456789") != DIGITS || code[DIGITS] != '\0'))
		body_bad(req, "code", "code", "must be six digits");
	return code;
}

int
refuse_code(struct request *req)
{
	return reply_problem(
	    req, 400, "code_wrong", "The code is wrong or no longer valid");
}

/* ---- registration ---- */

/* Two statements: the try is counted before the password is hashed, which
 * costs more than all the rest. */
static int
register_user(struct request *req, const char *user_type)
{
	struct arena *a = request_arena(req);
	struct register_user q = { .user_type = user_type,
		.address = request_address(req) };
	const char *password;
	int status;

	q.email = body_email(req, "email");
	password = body_secret(req, "password", PASSWORD_MIN, PASSWORD_MAX);
	if (strcmp(user_type, "brand") == 0)
		q.company_name = body_text(req, "company_name", 1, 200);
	if (body_invalid(req))
		return reply_invalid(req);

	if (sql_register_start(
		req, (struct register_start){ .address = q.address }) == NULL)
		return reply_refusal(req);
	q.password_hash = password_hash(a, password);
	q.password_digest = code_digest(req, q.email, password);
	q.code = token_code(a);
	q.digest = code_digest(req, q.email, q.code);
	if (!last_step(req))
		return reply_refusal(req);
	status = reply_named(req, 201,
	    "Registration successful. Please check your email for the code",
	    "user", sql_register_user(req, q), NULL);
	if (status != 201)
		return status;
	json_member_bool(reply_more(req), "requires_verification", true);
	return reply_closed(req);
}

static int
register_creator(struct request *req)
{
	return register_user(req, "creator");
}

static int
register_brand(struct request *req)
{
	return register_user(req, "brand");
}

static int
verify_code(struct request *req)
{
	struct code_verify q = { .email = body_email(req, "email"),
		.user_id = body_int_opt(req, "user_id", 1, INT64_MAX) };
	struct rows *verified;
	const char *code;

	code = body_code(req);
	if (body_invalid(req))
		return reply_invalid(req);

	q.digest = code_digest(req, q.email, code);
	q.address = request_address(req);
	verified = sql_code_verify(req, q);
	if (verified != NULL && rows_count(verified) == 0)
		return refuse_code(req);
	return reply_named(req, 200, "Email verified. You can log in now",
	    "user", verified, NULL);
}

static int
resend_code(struct request *req)
{
	struct arena *a = request_arena(req);
	struct code_resend q = { .email = body_email(req, "email"),
		.user_id = body_int_opt(req, "user_id", 1, INT64_MAX) };

	if (body_invalid(req))
		return reply_invalid(req);

	q.code = token_code(a);
	q.digest = code_digest(req, q.email, q.code);
	q.address = request_address(req);
	return reply_done(req, 200,
	    "If this address waits for a code, a new one is on its way",
	    sql_code_resend(req, q), NULL);
}

/* ---- tokens ---- */

struct grant {
	int64_t user_id;
	const char *user_type;
	const char *session;
	const char *jti; /* of the refresh token */
	int64_t issued;  /* seconds since 1970 */
	int64_t expires; /* the session's end */
	int64_t access_s;
	bool cookie;
};

static const char *
access_token(struct request *req, const struct grant *g)
{
	struct arena *a = request_arena(req);
	int64_t now = (int64_t)time(NULL), end = now + g->access_s;
	struct jwt_claims c = {
		.sub = arena_printf(a, "%lld", (long long)g->user_id),
		.type = "access",
		.role = g->user_type,
		.session = g->session,
		.jti = token_uuid(a),
		.iat = now,
		.exp = end < g->expires ? end : g->expires,
	};

	return jwt_sign(a, keys_of(req), &c);
}

static const char *
refresh_token(struct request *req, const struct grant *g)
{
	struct arena *a = request_arena(req);
	struct jwt_claims c = {
		.sub = arena_printf(a, "%lld", (long long)g->user_id),
		.type = "refresh",
		.session = g->session,
		.jti = g->jti,
		.iat = g->issued,
		.exp = g->expires,
	};

	return jwt_sign(a, keys_of(req), &c);
}

static void
set_cookie(struct request *req, const char *token, int64_t age_s)
{
	reply_header(req, "Set-Cookie",
	    arena_printf(request_arena(req),
		COOKIE "=%s; Path=/api/auth; Max-Age=%lld; HttpOnly; Secure; "
		       "SameSite=Strict",
		token, (long long)age_s));
}

/* "access_token", and the refresh token where or as the session keeps it. */
static void
write_tokens(struct request *req, struct buf *out, const struct grant *g)
{
	const char *refresh = refresh_token(req, g);

	json_member(out, "access_token", access_token(req, g));
	if (g->cookie)
		set_cookie(req, refresh, g->expires - (int64_t)time(NULL));
	else
		json_member(out, "refresh_token", refresh);
}

/* ---- login ---- */

/* Bytes of at most max that end with a whole character. */
static size_t
whole_characters(const char *text, size_t max)
{
	size_t size = strnlen(text, max + 1);

	if (size <= max)
		return size;
	size = max;
	while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
		size--;
	return size;
}

static struct rows *
open_session(struct request *req, const struct grant *g, const char *checked,
    const char *new_hash)
{
	const char *agent = request_header(req, "HTTP_USER_AGENT");
	const char *address = request_address(req);

	agent = agent == NULL || !json_utf8_good(agent, strlen(agent))
		    ? ""
		    : arena_memdup(request_arena(req), agent,
			  whole_characters(agent, AGENT_MAX));
	if (strcmp(g->user_type, "creator") == 0)
		return sql_session_open_creator(
		    req, (struct session_open_creator){ .user_id = g->user_id,
			     .session = g->session,
			     .token = g->jti,
			     .rotates = g->cookie,
			     .address = address,
			     .user_agent = agent,
			     .checked = checked,
			     .new_hash = new_hash });
	if (strcmp(g->user_type, "brand") == 0)
		return sql_session_open_brand(
		    req, (struct session_open_brand){ .user_id = g->user_id,
			     .session = g->session,
			     .token = g->jti,
			     .rotates = g->cookie,
			     .address = address,
			     .user_agent = agent,
			     .checked = checked,
			     .new_hash = new_hash });
	return sql_session_open_admin(
	    req, (struct session_open_admin){ .user_id = g->user_id,
		     .session = g->session,
		     .token = g->jti,
		     .rotates = g->cookie,
		     .address = address,
		     .user_agent = agent,
		     .checked = checked,
		     .new_hash = new_hash });
}

static int
reply_unverified(struct request *req, const char *email, int64_t user_id)
{
	struct buf *out;

	(void)reply_problem(
	    req, 403, "unverified", "Please verify your email first");
	out = reply_more(req);
	json_member_bool(out, "requires_verification", true);
	json_member(out, "email", email);
	json_member_int(out, "user_id", user_id);
	return reply_closed(req);
}

static int
refuse_credentials(struct request *req)
{
	return reply_problem(
	    req, 401, "credentials_wrong", "Email or password is wrong");
}

/* Two statements: the password is checked between them.
 * again: the hash that was checked is not the account's any more.  Another
 * login may have renewed it, so it is read once more. */
static int
log_in(struct request *req, bool again)
{
	struct arena *a = request_arena(req);
	struct login_start q = { .email = body_email(req, "email") };
	enum password_result right;
	const char *password, *kind, *new_hash = NULL;
	struct rows *found, *opened;
	struct grant g = { 0 };

	password = body_secret(req, "password", 1, PASSWORD_MAX);
	kind = body_choice_opt(req, "session", session_kinds);
	if (body_invalid(req))
		return reply_invalid(req);

	q.address = request_address(req);
	found = sql_login_start(req, q);
	if (found == NULL)
		return reply_refusal(req);
	right = password_check(
	    rows_text_or_null(found, 0, "password_hash"), password);
	if (right == PASSWORD_WRONG) {
		/* as long for an address that has an account as for others */
		if (!rows_null(found, 0, "pending_hash") &&
		    password_check(rows_text(found, 0, "pending_hash"),
			password) != PASSWORD_WRONG)
			return reply_unverified(
			    req, q.email, rows_int(found, 0, "pending_id"));
		return refuse_credentials(req);
	}
	if (!rows_bool(found, 0, "is_active"))
		return reply_problem(
		    req, 403, "deactivated", "This account is deactivated");
	if (right == PASSWORD_OLD)
		new_hash = password_hash(a, password);

	g.user_id = rows_int(found, 0, "user_id");
	g.user_type = rows_text(found, 0, "user_type");
	g.session = token_uuid(a);
	g.jti = token_uuid(a);
	g.cookie = kind != NULL;
	opened = open_session(
	    req, &g, rows_text(found, 0, "password_hash"), new_hash);
	if (opened == NULL)
		return reply_refusal(req);
	if (rows_count(opened) == 0)
		return again ? refuse_credentials(req) : log_in(req, true);
	g.issued = (int64_t)time(NULL);
	g.access_s = rows_int(opened, 0, "access_s");
	g.expires = g.issued + rows_int(opened, 0, "session_s");

	rows_write(reply_open(req, 200, "application/json"), opened, 0, 2);
	write_tokens(req, reply_more(req), &g);
	return reply_closed(req);
}

static int
login(struct request *req)
{
	return log_in(req, false);
}

/* ---- on and out ---- */

static int
refuse_refresh(struct request *req, const char *code, const char *sentence)
{
	if (request_cookie(req, COOKIE) != NULL)
		set_cookie(req, "", 0);
	reply_header(req, "WWW-Authenticate", "Bearer");
	return reply_problem(req, 401, code, "%s", sentence);
}

/* The refresh token sent by header; NULL when it can only be a cookie. */
static const char *
bearer_token(struct request *req)
{
	const char *header = request_header(req, "HTTP_AUTHORIZATION");

	return header != NULL && strncasecmp(header, "Bearer ", 7) == 0
		   ? header + 7
		   : NULL;
}

/* The refresh token that was sent, if it is good in itself: then 0. */
static int
read_refresh(struct jwt_claims *out, struct request *req)
{
	const char *origin = request_header(req, "HTTP_ORIGIN");
	const char *bearer = bearer_token(req);
	const char *token =
	    bearer != NULL ? bearer : request_cookie(req, COOKIE);
	enum jwt_result read;

	if (token == NULL)
		return refuse_refresh(
		    req, "token_missing", "A refresh token is needed");
	if (origin != NULL && bearer == NULL &&
	    !app_origin_good(config_of(req), origin, strlen(origin)))
		return reply_problem(req, 403, "origin_refused",
		    "Sessions are not kept for this origin");
	read = jwt_verify(
	    out, request_arena(req), keys_of(req), token, (int64_t)time(NULL));
	if (read == JWT_EXPIRED)
		return refuse_refresh(
		    req, "token_expired", "The session has expired");
	if (read != JWT_OK || strcmp(out->type, "refresh") != 0 ||
	    out->session == NULL)
		return refuse_refresh(
		    req, "token_invalid", "This is no refresh token of ours");
	return 0;
}

static int
answer_refresh(
    struct request *req, const char *session, const struct rows *used)
{
	struct grant g = {
		.user_id = rows_int(used, 0, "user_id"),
		.user_type = rows_text(used, 0, "user_type"),
		.session = session,
		.jti = rows_text(used, 0, "jti"),
		.issued = rows_int(used, 0, "issued_s"),
		.expires = rows_int(used, 0, "expires_s"),
		.access_s = rows_int(used, 0, "access_s"),
	};
	struct buf *out = reply_open(req, 200, "application/json");

	buf_char(out, '{');
	json_member(out, "access_token", access_token(req, &g));
	buf_char(out, '}');
	if (rows_bool(used, 0, "rotates"))
		set_cookie(req, refresh_token(req, &g),
		    g.expires - (int64_t)time(NULL));
	return reply_sent(req);
}

static int
refresh(struct request *req)
{
	struct jwt_claims c = { 0 };
	int refused = read_refresh(&c, req);
	const char *outcome;
	struct rows *used;

	if (refused != 0)
		return refused;
	used = sql_session_refresh(
	    req, (struct session_refresh){ .session = c.session,
		     .token = c.jti,
		     .fresh = token_uuid(request_arena(req)) });
	if (used == NULL)
		return reply_refusal(req);
	outcome =
	    rows_count(used) == 0 ? "ended" : rows_text(used, 0, "outcome");
	if (strcmp(outcome, "reused") == 0)
		return refuse_refresh(req, "session_reused",
		    "This session was ended: its token was used twice");
	if (strcmp(outcome, "ok") != 0)
		return refuse_refresh(
		    req, "session_ended", "This session has ended");
	return answer_refresh(req, c.session, used);
}

static int
logout(struct request *req)
{
	if (request_cookie(req, COOKIE) != NULL)
		set_cookie(req, "", 0);
	return reply_done(req, 200, "Logged out",
	    sql_session_logout(
		req, (struct session_logout){ .session = caller_session(req) }),
	    NULL);
}

const struct route auth_routes[] = {
	{ POST, "/auth/register/creator", ANY, register_creator, "auth",
	    ROUTE_IDEMPOTENT | ROUTE_STEPS },
	{ POST, "/auth/register/brand", ANY, register_brand, "auth",
	    ROUTE_IDEMPOTENT | ROUTE_STEPS },
	{ POST, "/auth/verify-otp", ANY, verify_code, "auth" },
	{ POST, "/auth/resend-otp", ANY, resend_code, "auth" },
	{ POST, "/auth/login", ANY, login, "auth" },
	{ POST, "/auth/refresh", ANY, refresh },
	{ GET, "/auth/me", USER, get_account },
	{ POST, "/auth/logout", USER, logout },
	{ 0 },
};
