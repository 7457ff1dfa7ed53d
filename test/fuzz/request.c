/*
 * request.c: a whole request, from CGI variables and body to the answer.
 *
 * Shape   lines of "NAME=value" until an empty one, then the body.  The value
 *         of HTTP_AUTHORIZATION "Bearer good" stands for a token of ours.
 */
#include <string.h>

#include "lib/http.h"
#include "lib/json.h"
#include "lib/jwt.h"
#include "lib/log.h"
#include "lib/request.h"
#include "test/fuzz/fuzz.h"

enum { ROLE_ALICE = 1u << ROLE_FIRST, VARIABLES_MAX = 32, TEXT_MAX = 40 };

/* What the readers give keeps their promises, also after a bad field. */
static void
check_text(const char *text, size_t characters)
{
	if (text == NULL)
		return;
	MUST(json_utf8_good(text, strlen(text)));
	MUST(strlen(text) <= 4 * characters);
}

static int
read_all(struct request *req)
{
	static const char *const choices[] = { "paynow", "ecocash", NULL };
	static const char *const keys[] = { "mobile", "web", NULL };
	const int64_t *days;
	int64_t amount;
	struct page page;

	MUST(path_id(req, "id") >= 0);
	check_text(path_text(req, "word"), 2048);
	check_text(body_text(req, "title", 1, TEXT_MAX), TEXT_MAX);
	check_text(body_text_opt(req, "note", 0, TEXT_MAX), TEXT_MAX);
	(void)body_secret(req, "password", 8, 1024);
	check_text(body_email(req, "email"), 120);
	check_text(body_choice(req, "method", choices), 7);
	check_text(body_choice_opt(req, "other", choices), 7);
	(void)body_int(req, "count", 1, 100);
	days = body_int_opt(req, "days", -5, 5);
	(void)body_bool_opt(req, "flag");
	amount = body_money(req, "amount", 500, 50000);
	(void)body_money_opt(req, "max_price", 0, 1000);
	(void)body_decimal_opt(req, "rating", 0, 5);
	check_text(body_time_opt(req, "due_at"), 64);
	(void)body_texts_opt(req, "tags", 5, TEXT_MAX);
	(void)body_choices_opt(req, "methods", choices, 2);
	(void)body_object_opt(req, "links", keys, TEXT_MAX);
	(void)body_object_opt(req, "free", NULL, TEXT_MAX);
	check_text(body_link_opt(req, "picture", 200), 200);
	(void)query_int(req, "year", 2026, 2000, 2100);
	(void)query_int_opt(req, "followers", 0, 1000000);
	(void)query_money_opt(req, "min_price");
	check_text(query_text_opt(req, "search", 1, TEXT_MAX), TEXT_MAX);
	(void)query_flag(req, "mine");
	page = query_page(req, 12);
	MUST(page.number >= 1 && page.size >= 1);
	(void)request_cookie(req, "__Secure-refresh");
	(void)request_address(req);
	if (body_invalid(req))
		return reply_invalid(req);
	MUST(amount >= 500 && amount <= 50000);
	MUST(days == NULL || (*days >= -5 && *days <= 5));
	return reply_message(req, 200, "All fields were good");
}

static int
say_who(struct request *req)
{
	MUST(caller_id(req) == 0 || caller_id(req) == 42);
	check_text(query_text_opt(req, "search", 1, TEXT_MAX), TEXT_MAX);
	return reply_message(req, 200, "Hello");
}

static int
take_form(struct request *req)
{
	size_t size;
	const char *body = request_body(req, &size);

	MUST(body != NULL && body[size] == '\0');
	return reply_problem(
	    req, 400, "refused", "The form had %zu bytes", size);
}

static const struct route routes[] = {
	{ GET, "/things", ROLE_GUEST, say_who, NULL, 0 },
	{ POST, "/things", ROLE_ANY, read_all, NULL, 0 },
	{ PUT, "/things/:id", ROLE_ALICE, read_all, NULL, 0 },
	{ GET, "/things/:id/words/:word", ROLE_ANY, read_all, NULL, 0 },
	{ DELETE, "/things/:id", ROLE_ALICE, say_who, NULL, 0 },
	{ POST, "/notices", ROLE_ANY, take_form, "payments", ROUTE_FORM },
	{ GET, "/page/:word", ROLE_ANY, say_who, NULL, ROUTE_PAGE },
	{ 0 },
};

static const struct route *const tables[] = { routes, NULL };

static struct arena *keys_arena;
static struct jwt_keys keys;

static void
open_keys(void)
{
	const char *why;

	log_open("fuzz", LOG_ERROR);
	keys_arena = arena_open();
	MUST(jwt_keys_parse(&keys, keys_arena,
	    "fuzz:7c1e5a90b3d2f4486a0c9e8d7f6b5a41"
	    "23c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6",
	    &why));
	MUST(routes_check(tables));
}

/* Moves *data past one line; NULL at an empty one or the end. */
static const char *
next_line(struct arena *a, const char **data, size_t *size)
{
	const char *end = memchr(*data, '\n', *size);
	size_t len = end == NULL ? *size : (size_t)(end - *data);
	const char *line = arena_memdup(a, *data, len);

	*data += len + (end != NULL);
	*size -= len + (end != NULL);
	return len == 0 ? NULL : line;
}

static const char *
good_token(struct arena *a)
{
	struct jwt_claims claims = { .sub = "42",
		.type = "access",
		.role = "alice",
		.jti = "6b4d7c9e-1f20-4a35-8b6c-7d8e9f0a1b2c",
		.iat = 1,
		.exp = INT64_MAX };

	return arena_printf(
	    a, "HTTP_AUTHORIZATION=Bearer %s", jwt_sign(a, &keys, &claims));
}

/* A header of the answer is one line, whatever the request said. */
static void
check_answer(struct request *req, struct arena *a, int status)
{
	struct json_object *tree;
	struct buf head;

	MUST(status >= 200 && status < 500);
	MUST(status == req->status);
	MUST(req->out.state == BUF_OK && req->headers.state == BUF_OK);
	MUST(json_read(&tree, a, req->out.data, req->out.len));
	buf_open(&head, a, 65536);
	reply_head(req, &head);
	MUST(head.state == BUF_OK);
	for (size_t i = 0; i < head.len; i++) {
		if (head.data[i] == '\n')
			MUST(i > 0 && head.data[i - 1] == '\r');
		MUST(head.data[i] != '\0');
	}
	MUST(head.len > 4 &&
	     memcmp(head.data + head.len - 4, "\r\n\r\n", 4) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const role_names[] = { "alice", NULL };
	static const struct http_context http = {
		.keys = &keys,
		.role_names = role_names,
		.body_max = 4096,
	};
	const char *at = (const char *)data;
	const char *envp[VARIABLES_MAX + 1] = { NULL };
	size_t count = 0;
	struct request *req;
	struct arena *a;
	const char *line;

	if (keys_arena == NULL)
		open_keys();
	a = arena_open();
	while (count < VARIABLES_MAX &&
	       (line = next_line(a, &at, &size)) != NULL) {
		if (strcmp(line, "HTTP_AUTHORIZATION=Bearer good") == 0)
			line = good_token(a);
		envp[count++] = line;
	}
	req = request_open_test(&http, envp, at, size);
	check_answer(req, a, http_dispatch(req, tables));
	request_close(req);
	arena_close(a);
	return 0;
}
