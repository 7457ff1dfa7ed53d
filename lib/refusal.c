/* refusal.c: what a refused statement means to the caller, noted in its request
 * for reply_* to send. */
#include <stdlib.h>
#include <string.h>

#include "lib/log.h"
#include "lib/pg.h"
#include "lib/request.h"

/* Refusals raised by our own functions: 'BB' and the status. */
#define OWN_CLASS "BB"

/* Holds for every application; asked after its own table. */
static const struct refusal general_refusals[] = {
	{ "57014", NULL, 503, "timeout",
	    "This took too long. Please try again." },
	{ "55P03", NULL, 503, "busy",
	    "Others are at work on this. Please try again." },
	{ "40", NULL, 503, "busy",
	    "Others are at work on this. Please try again." },
	{ "08", NULL, 503, "unavailable",
	    "The service is not available right now. Please try again." },
	{ "57", NULL, 503, "unavailable",
	    "The service is not available right now. Please try again." },
	{ "53", NULL, 503, "unavailable",
	    "The service is not available right now. Please try again." },
	{ "25006", NULL, 503, "unavailable",
	    "The service is not available right now. Please try again." },
	{ "0A000", NULL, 503, "unavailable",
	    "The service is not available right now. Please try again." },
	{ "22021", NULL, 422, "text_invalid",
	    "The text has characters that cannot be kept." },
	{ "22P05", NULL, 422, "text_invalid",
	    "The text has characters that cannot be kept." },
	{ "22003", NULL, 422, "out_of_range", "A number is out of range." },
	{ "22008", NULL, 422, "out_of_range", "A date is out of range." },
	{ "23503", NULL, 409, "reference_missing",
	    "Something this refers to does not exist." },
	{ "23505", NULL, 409, "conflict", "This exists already." },
	{ "23514", NULL, 422, "not_allowed", "What was sent breaks a rule." },
	{ "23P01", NULL, 409, "conflict", "This exists already." },
	{ "", NULL, 500, "internal", NULL },
};

bool
pg_in_class(const char *sqlstate, const char *wanted)
{
	return strncmp(sqlstate, wanted, strlen(wanted)) == 0;
}

static const struct refusal *
find_refusal(
    const struct refusal *table, const char *sqlstate, const char *constraint)
{
	for (; table != NULL && table->sqlstate != NULL; table++) {
		if (pg_in_class(sqlstate, table->sqlstate) &&
		    (table->constraint == NULL ||
			strcmp(table->constraint, constraint) == 0))
			return table;
		if (table->sqlstate[0] == '\0')
			break;
	}
	return NULL;
}

void
request_refuse(
    struct request *req, int status, const char *code, const char *detail)
{
	req->refusal_status = status;
	req->refusal_code = code;
	req->refusal_detail = detail;
	req->refusal_field = NULL;
	req->refusal_wait = NULL;
}

/* A code word of our functions: lower case and underscores. */
static bool
is_word(const char *text)
{
	return text != NULL && text[0] != '\0' &&
	       text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_")] ==
		   '\0';
}

static const char *
kept(struct request *req, const char *text)
{
	return text == NULL ? NULL : arena_strdup(req->arena, text);
}

/*
 * Messages may hold what the caller sent, so only those of class 42, which
 * speak of our own text, reach the log.
 */
void
pg_refuse(struct request *req, const struct refusal *own, const char *what,
    const char *state, const PGresult *res)
{
	const char *field = PQresultErrorField(res, PG_DIAG_CONSTRAINT_NAME);
	const char *constraint = field == NULL ? "" : field;
	const char *message = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
	const char *detail = PQresultErrorField(res, PG_DIAG_MESSAGE_DETAIL);
	const char *hint = PQresultErrorField(res, PG_DIAG_MESSAGE_HINT);
	const struct refusal *r;

	if (pg_in_class(state, OWN_CLASS) && is_word(message)) {
		int status = (int)strtol(state + 2, NULL, 10);

		if (status >= 400 && status <= 599) {
			request_refuse(req, status,
			    arena_strdup(req->arena, message),
			    kept(req, detail));
			req->refusal_field = kept(
			    req, PQresultErrorField(res, PG_DIAG_COLUMN_NAME));
			req->refusal_wait = kept(req, hint);
			return;
		}
	}
	r = find_refusal(own, state, constraint);
	if (r == NULL) {
		r = find_refusal(general_refusals, state, constraint);
		log_line(r->status >= 500 ? LOG_ERROR : LOG_INFO, "statement",
		    "statement %s was refused with %s%s%s%s%s", what, state,
		    constraint[0] == '\0' ? "" : " by ", constraint,
		    pg_in_class(state, "42") && message != NULL ? ": " : "",
		    pg_in_class(state, "42") && message != NULL ? message : "");
	}
	request_refuse(req, r->status, r->code, r->detail);
	req->refusal_field = r->field;
}

void
pg_unavailable(struct request *req)
{
	const struct refusal *r = find_refusal(general_refusals, "08006", "");

	request_refuse(req, r->status, r->code, r->detail);
}
