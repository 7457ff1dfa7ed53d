/* app/users.c: one's own account. */
#include "app/users.h"

#include "app/account.h"
#include "app/brands.h"
#include "app/creators.h"
#include "app/routes.h"
#include "lib/json.h"
#include "lib/password.h"
#include "lib/token.h"
#include "queries.h"

static struct rows *
account_rows(struct request *req)
{
	int64_t user = caller_id(req);

	switch (caller_role(req)) {
	case CREATOR:
		return sql_account_creator(
		    req, (struct account_creator){ .user_id = user });
	case BRAND:
		return sql_account_brand(
		    req, (struct account_brand){ .user_id = user });
	default:
		return sql_account_admin(
		    req, (struct account_admin){ .user_id = user });
	}
}

int
get_account(struct request *req)
{
	return reply_one(req, 200, account_rows(req), NULL);
}

/* What was sent; that of the caller's role is filled. */
struct changes {
	struct creator_account_change creator;
	struct brand_account_change brand;
	struct admin_account_change admin;
};

static struct changes
gather_changes(struct request *req)
{
	struct changes c = { .admin.user_id = caller_id(req) };

	if (caller_role(req) == CREATOR)
		c.creator = creator_account_changes(req);
	else if (caller_role(req) == BRAND)
		c.brand = brand_account_changes(req);
	return c;
}

/* email: the address to send a code to, or NULL. */
static struct rows *
write_changes(struct request *req, struct changes c, const char *email)
{
	const char *session = caller_session(req);
	const char *code =
	    email == NULL ? NULL : token_code(request_arena(req));
	const char *digest = code == NULL ? NULL : email_digest(req, code);

	switch (caller_role(req)) {
	case CREATOR:
		c.creator.session = session;
		c.creator.email = email;
		c.creator.digest = digest;
		c.creator.code = code;
		return sql_creator_account_change(req, c.creator);
	case BRAND:
		c.brand.session = session;
		c.brand.email = email;
		c.brand.digest = digest;
		c.brand.code = code;
		return sql_brand_account_change(req, c.brand);
	default:
		c.admin.session = session;
		c.admin.email = email;
		c.admin.digest = digest;
		c.admin.code = code;
		return sql_admin_account_change(req, c.admin);
	}
}

/* The address to ask a code of, if it is another: then only who knows the
 * password may.  False when that was refused. */
static bool
may_change_email(struct request *req, const char **email, const char *password)
{
	struct rows *started = sql_password_start(
	    req, (struct password_start){ .user_id = caller_id(req),
		     .session = caller_session(req),
		     .email = *email });

	if (started == NULL) {
		(void)reply_refusal(req);
		return false;
	}
	if (rows_bool(started, 0, "is_same")) {
		*email = NULL;
	} else if (!password_held(req, started, password)) {
		(void)reply_invalid(req);
		return false;
	}
	return true;
}

/* Another e-mail address is but asked for: it changes when it is proved.  Two
 * statements then: the password is checked in between. */
static int
update_account(struct request *req)
{
	struct changes changes = gather_changes(req);
	const char *email = NULL, *password = NULL;

	if (body_has(req, "email"))
		email = body_email(req, "email");
	if (body_has(req, "current_password"))
		password =
		    body_secret(req, "current_password", 1, PASSWORD_MAX);
	if (body_invalid(req))
		return reply_invalid(req);
	if (email != NULL && !may_change_email(req, &email, password))
		return reply_status(req);
	if (reply_one(req, 200, write_changes(req, changes, email), NULL) !=
	    200)
		return reply_status(req);
	json_member(reply_more(req), "message",
	    email == NULL
		? "Profile updated"
		: "Profile updated. A code is on its way to the new e-mail "
		  "address, which counts once you send the code");
	return reply_closed(req);
}

static int
get_person(struct request *req)
{
	struct person_get q = { .user_id = caller_id(req),
		.id = path_id(req, "id") };

	return reply_one(req, 200, sql_person_get(req, q), NULL);
}

const struct route user_routes[] = {
	{ GET, "/users/profile", USER, get_account },
	{ PUT, "/users/profile", USER, update_account, "auth" },
	{ GET, "/users/:id", USER, get_person },
	{ 0 },
};
