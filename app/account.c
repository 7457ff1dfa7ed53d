/* app/account.c: another password, another address, one's open sessions. */
#include "app/account.h"

#include <string.h>

#include "app/auth.h"
#include "app/routes.h"
#include "lib/password.h"
#include "lib/token.h"

enum { SESSIONS_A_PAGE = 20 };

/* ---- a password forgotten ---- */

/* Bearer of a link: only its digest is kept. */
static const char *
link_digest(struct request *req, const char *link)
{
	return token_sha256(request_arena(req), link, strlen(link));
}

static int
forgot_password(struct request *req)
{
	struct arena *a = request_arena(req);
	struct password_forgot q = { .email = body_email(req, "email") };

	if (body_invalid(req))
		return reply_invalid(req);

	q.token = arena_printf(a, "%s%s", token_trace(a), token_trace(a));
	q.digest = link_digest(req, q.token);
	q.address = request_address(req);
	return reply_done(req, 200,
	    "If this address has an account, a letter is on its way to it",
	    sql_password_forgot(req, q), NULL);
}

static int
refuse_link(struct request *req)
{
	return reply_problem(
	    req, 400, "link_wrong", "This link is wrong or no longer valid");
}

/* The link's letter proved who asks, so every session ends.  Two statements:
 * for a wrong link nothing is hashed. */
static int
reset_password(struct request *req)
{
	const char *digest = link_digest(req, path_text(req, "token"));
	const char *address = request_address(req);
	const char *password;
	struct rows *started, *changed;

	password = body_secret(req, "password", PASSWORD_MIN, PASSWORD_MAX);
	if (body_invalid(req))
		return reply_invalid(req);

	started = sql_reset_start(
	    req, (struct reset_start){ .digest = digest, .address = address });
	if (started == NULL)
		return reply_refusal(req);
	if (!rows_bool(started, 0, "is_good"))
		return refuse_link(req);
	changed = sql_password_reset(req,
	    (struct password_reset){ .digest = digest,
		.password_hash = password_hash(request_arena(req), password),
		.address = address });
	if (changed != NULL && rows_count(changed) == 0)
		return refuse_link(req);
	return reply_done(req, 200,
	    "The password was changed. You can log in now", changed, NULL);
}

/* Addresses are proved by codes: no letter of ours has such a link, but
 * clients of the first version may call it. */
static int
verify_link(struct request *req)
{
	return refuse_link(req);
}

/* ---- the current password, and another ---- */

bool
password_held(
    struct request *req, const struct rows *started, const char *password)
{
	const char *hash = rows_text(started, 0, "password_hash");

	if (password == NULL)
		body_missing(req, "current_password");
	else if (password_check(hash, password) == PASSWORD_WRONG)
		body_bad(req, "current_password", "password_wrong",
		    "is not your password");
	else
		return true;
	return false;
}

/* Two statements: the current password is checked between them. */
static int
change_password(struct request *req)
{
	struct password_change q = { .user_id = caller_id(req),
		.session = caller_session(req) };
	const char *current, *password;
	struct rows *started;

	current = body_secret(req, "current_password", 1, PASSWORD_MAX);
	password = body_secret(req, "password", PASSWORD_MIN, PASSWORD_MAX);
	if (body_invalid(req))
		return reply_invalid(req);

	started = sql_password_start(
	    req, (struct password_start){
		     .user_id = q.user_id, .session = q.session });
	if (started == NULL)
		return reply_refusal(req);
	if (!password_held(req, started, current))
		return reply_invalid(req);
	q.old_hash = rows_text(started, 0, "password_hash");
	q.new_hash = password_hash(request_arena(req), password);
	return reply_done(req, 200,
	    "The password was changed, and your other sessions ended",
	    sql_password_change(req, q), "password_changed");
}

/* ---- another address ---- */

const char *
email_digest(struct request *req, const char *code)
{
	return code_digest(req,
	    arena_printf(
		request_arena(req), "email of %lld", (long long)caller_id(req)),
	    code);
}

static int
confirm_email(struct request *req)
{
	struct email_confirm q = { .user_id = caller_id(req),
		.session = caller_session(req) };
	const char *code = body_code(req);
	struct rows *confirmed;

	if (body_invalid(req))
		return reply_invalid(req);

	q.digest = email_digest(req, code);
	q.address = request_address(req);
	confirmed = sql_email_confirm(req, q);
	if (confirmed != NULL && rows_count(confirmed) == 0)
		return refuse_code(req);
	return reply_named(req, 200, "This is your e-mail address now", "user",
	    confirmed, NULL);
}

/* ---- sessions ---- */

static int
list_sessions(struct request *req)
{
	struct page page = query_page(req, SESSIONS_A_PAGE);
	struct session_list q = {
		.user_id = caller_id(req),
		.session = caller_session(req),
		.size = page.size,
		.start = (page.number - 1) * page.size,
	};

	if (body_invalid(req))
		return reply_invalid(req);
	return reply_page(req, sql_session_list(req, q), "sessions", page);
}

static int
end_session(struct request *req)
{
	struct session_end_own q = { .user_id = caller_id(req),
		.session = path_text(req, "session") };

	if (!token_is_uuid(q.session))
		return reply_problem(
		    req, 404, "not_found", "There is no such session");
	return reply_done(req, 200, "The session has ended",
	    sql_session_end_own(req, q), NULL);
}

static int
end_other_sessions(struct request *req)
{
	return reply_done(req, 200, "Your other sessions have ended",
	    sql_session_end_others(
		req, (struct session_end_others){ .user_id = caller_id(req),
			 .session = caller_session(req) }),
	    NULL);
}

const struct route account_routes[] = {
	{ POST, "/auth/forgot-password", ANY, forgot_password, "auth" },
	{ POST, "/auth/reset-password/:token", ANY, reset_password, "auth" },
	{ GET, "/auth/verify/:token", ANY, verify_link },
	{ POST, "/auth/change-password", USER, change_password, "auth" },
	{ POST, "/auth/confirm-email", USER, confirm_email, "auth" },
	{ GET, "/auth/sessions", USER, list_sessions },
	{ DELETE, "/auth/sessions", USER, end_other_sessions },
	{ DELETE, "/auth/sessions/:session", USER, end_session },
	{ 0 },
};
