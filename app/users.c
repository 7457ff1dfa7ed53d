/* app/users.c: one's own account. */
#include "app/users.h"

#include "app/account.h"
#include "app/brands.h"
#include "app/creators.h"
#include "app/routes.h"
#include "lib/json.h"
#include "lib/password.h"
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

/* What was sent of the profile; that of the caller's role is filled. */
struct changes {
	struct creator_update creator;
	struct brand_update brand;
};

static struct changes
gather_changes(struct request *req)
{
	struct changes c = { 0 };

	if (caller_role(req) == CREATOR)
		c.creator = creator_changes(req);
	else if (caller_role(req) == BRAND)
		c.brand = brand_changes(req);
	return c;
}

/* False when the statement was refused; admins have no profile. */
static bool
write_changes(struct request *req, const struct changes *c)
{
	if (caller_role(req) == CREATOR)
		return sql_creator_update(req, c->creator) != NULL;
	if (caller_role(req) == BRAND)
		return sql_brand_update(req, c->brand) != NULL;
	return true;
}

/* Another e-mail address is but asked for: it changes when it is proved. */
static int
update_account(struct request *req)
{
	struct changes changes = gather_changes(req);
	struct password_start q = { .user_id = caller_id(req),
		.session = caller_session(req) };
	const char *password = NULL, *message = "Profile updated";
	struct rows *started, *account;

	if (body_has(req, "email"))
		q.email = body_email(req, "email");
	if (body_has(req, "current_password"))
		password =
		    body_secret(req, "current_password", 1, PASSWORD_MAX);
	if (body_invalid(req))
		return reply_invalid(req);

	if (q.email != NULL) {
		started = sql_password_start(req, q);
		if (started == NULL)
			return reply_refusal(req);
		if (rows_bool(started, 0, "is_same"))
			q.email = NULL;
		else if (!password_held(req, started, password))
			return reply_invalid(req);
	}
	if (!write_changes(req, &changes))
		return reply_refusal(req);
	if (q.email == NULL) {
		account = account_rows(req);
	} else {
		account = ask_email(req, q.email);
		message = "Profile updated. A code is on its way to the new "
			  "e-mail address, which counts once you send the code";
	}
	if (reply_one(req, 200, account, NULL) != 200)
		return reply_status(req);
	json_member(reply_more(req), "message", message);
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
