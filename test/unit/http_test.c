/* http_test.c: the judge, the readers, and the answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/json.h"
#include "lib/rows.h"
#include "test/unit/fake.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- a small application ---- */

static int
say_hello(struct request *req)
{
	return reply_message(req, 200, "hello");
}

static int
say_literal(struct request *req)
{
	return reply_message(req, 200, "literal");
}

static int
say_id(struct request *req)
{
	struct buf *b = reply_open(req, 200, "application/json");

	buf_char(b, '{');
	json_member_int(b, "id", path_id(req, "id"));
	json_member_int(b, "none", path_id(req, "other"));
	json_member_int(b, "caller", caller_id(req));
	json_member_int(b, "role", caller_role(req));
	json_member(b, "token", path_text(req, "token"));
	buf_char(b, '}');
	return reply_sent(req);
}

static int (*handle)(struct request *req);

static int
call_handle(struct request *req)
{
	return handle(req);
}

static const struct route things[] = {
	{ GET, "/hello", ROLE_ANY, say_hello },
	{ GET, "/guests", ROLE_GUEST, say_id },
	{ GET, "/things/:id", ROLE_ANY, say_id },
	{ PUT, "/things/:id", FAKE_CREATOR, say_id },
	{ GET, "/things/mine", ROLE_ANY, say_literal },
	{ GET, "/things/others", ROLE_ANY, call_handle },
	{ DELETE, "/things/:id/parts/:part_id", FAKE_CREATOR | FAKE_BRAND,
	    say_id },
	{ POST, "/things", FAKE_CREATOR, call_handle },
	{ GET, "/things", ROLE_ANY, call_handle },
	{ POST, "/once", ROLE_ANY, call_handle, .flags = ROUTE_IDEMPOTENT },
	{ POST, "/form", ROLE_ANY, call_handle, .flags = ROUTE_FORM },
	{ GET, "/page/:token", ROLE_ANY, say_id, .flags = ROUTE_PAGE },
	{ 0 },
};
static const struct route *const tables[] = { things, NULL };

static int
status_of(enum method method, const char *path, unsigned role)
{
	struct request *req = fake_request(method, path, role, NULL);
	int status = http_dispatch(req, tables);

	assert_int_equal(status, reply_status(req));
	fake_request_end(req);
	return status;
}

/* ---- routes ---- */

static void
paths_find_their_routes(void **state)
{
	static const struct {
		enum method method;
		const char *path;
		int status;
	} cases[] = {
		{ GET, "/hello", 200 },
		{ GET, "/hello/", 200 },
		{ GET, "/hello//", 404 },
		{ GET, "//hello", 404 }, /* outside of /api */
		{ GET, "/Hello", 404 },
		{ GET, "/hello/x", 404 },
		{ GET, "/hell", 404 },
		{ GET, "", 404 },
		{ GET, "/", 404 },
		{ POST, "/hello", 405 },
		{ METHODS, "/hello", 405 },
		{ GET, "/things/1", 200 },
		{ GET, "/things/mine", 200 },
		{ PUT, "/things/mine", 405 },
		{ GET, "/things/0", 404 },
		{ GET, "/things/-1", 404 },
		{ GET, "/things/+1", 404 },
		{ GET, "/things/1x", 404 },
		{ GET, "/things/1.0", 404 },
		{ GET, "/things/999999999999999999", 200 },
		{ GET, "/things/1000000000000000000", 404 },
		{ DELETE, "/things/1/parts/2", 401 },
		{ DELETE, "/things/1/parts/two", 404 },
		{ DELETE, "/things//parts/2", 404 },
		{ GET, "//page/abc", 200 },
		{ GET, "/page/abc", 404 },
		{ GET, "//page", 404 },
		{ GET, "//page/a\xff", 404 },
		{ GET, "//page/a\nb", 404 },
		{ GET, "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t", 404 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int status = status_of(cases[i].method, cases[i].path, 0);

		if (status != cases[i].status)
			fail_msg("%s answered %d", cases[i].path, status);
	}
}

static void
literal_segments_win_over_values(void **state)
{
	struct request *req = fake_request(GET, "/things/mine", 0, NULL);

	(void)state;
	assert_int_equal(http_dispatch(req, tables), 200);
	assert_string_equal(fake_reply(req), "{\"message\":\"literal\"}");
	fake_request_end(req);
}

static void
values_reach_the_handler(void **state)
{
	struct request *req = fake_request(GET, "/things/42/", 0, NULL);

	(void)state;
	assert_int_equal(http_dispatch(req, tables), 200);
	assert_string_equal(fake_reply(req),
	    "{\"id\":42,\"none\":0,\"caller\":0,\"role\":0,\"token\":null}");
	fake_request_end(req);

	req = fake_request(GET, "//page/a b", 0, NULL);
	assert_int_equal(http_dispatch(req, tables), 200);
	assert_non_null(strstr(fake_reply(req), "\"token\":\"a b\""));
	fake_request_end(req);
}

static void
a_wrong_method_names_the_right_ones(void **state)
{
	struct request *req = fake_request(POST, "/things/5", 0, NULL);

	(void)state;
	assert_int_equal(http_dispatch(req, tables), 405);
	assert_non_null(strstr(fake_head(req), "\r\nAllow: GET, PUT\r\n"));
	assert_string_equal(reply_code(req), "method_wrong");
	fake_request_end(req);
}

static void
bad_tables_are_told(void **state)
{
	static const struct route good_other[] = {
		{ GET, "/things/:id/more", ROLE_ANY, say_id },
		{ 0 },
	};
	static const struct route bad[][2] = {
		{ { GET, "hello", ROLE_ANY, say_hello }, { 0 } },
		{ { GET, "/x", 0, say_hello }, { 0 } },
		{ { GET, "/x", ROLE_ANY, NULL }, { 0 } },
		{ { GET, "/hello", ROLE_ANY, say_hello }, { 0 } },
		{ { GET, "/things/:thing_id", ROLE_ANY, say_id }, { 0 } },
	};
	const struct route *two[] = { things, good_other, NULL };

	(void)state;
	assert_true(routes_check(two));
	for (size_t i = 0; i < COUNT(bad); i++) {
		two[1] = bad[i];
		assert_false(routes_check(two));
	}
}

/* ---- who may call ---- */

static void
roles_are_judged(void **state)
{
	static const struct {
		enum method method;
		const char *path;
		unsigned role;
		int status;
	} cases[] = {
		{ PUT, "/things/1", 0, 401 },
		{ PUT, "/things/1", FAKE_CREATOR, 200 },
		{ PUT, "/things/1", FAKE_BRAND, 403 },
		{ PUT, "/things/1", FAKE_ADMIN, 403 },
		{ DELETE, "/things/1/parts/2", FAKE_BRAND, 200 },
		{ DELETE, "/things/1/parts/2", FAKE_ADMIN, 403 },
		{ GET, "/hello", FAKE_ADMIN, 200 },
		{ GET, "/guests", 0, 200 },
		{ GET, "/guests", FAKE_ADMIN, 200 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(
		    status_of(cases[i].method, cases[i].path, cases[i].role),
		    cases[i].status);
}

static void
guests_are_known_where_they_show_a_token(void **state)
{
	struct request *req = fake_request(GET, "/guests", FAKE_BRAND, NULL);

	(void)state;
	assert_int_equal(http_dispatch(req, tables), 200);
	assert_int_equal(caller_id(req), FAKE_CALLER);
	assert_int_equal(caller_role(req), FAKE_BRAND);
	assert_non_null(caller_session(req));
	assert_non_null(strstr(fake_head(req), "Cache-Control: no-store"));
	fake_request_end(req);

	req = fake_request(GET, "/guests", 0, NULL);
	assert_int_equal(http_dispatch(req, tables), 200);
	assert_int_equal(caller_id(req), 0);
	assert_non_null(strstr(fake_head(req), "Cache-Control: no-cache\r\n"));
	fake_request_end(req);
}

static void
bad_tokens_are_401(void **state)
{
	static const char *const headers[] = {
		"HTTP_AUTHORIZATION=Bearer",
		"HTTP_AUTHORIZATION=Bearer ",
		"HTTP_AUTHORIZATION=Bearer x",
		"HTTP_AUTHORIZATION=Basic YTpi",
		"HTTP_AUTHORIZATION=Bearerx.y.z",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(headers); i++) {
		struct request *req;

		fake_env(headers[i]);
		req = fake_request(GET, "/guests", 0, NULL);
		assert_int_equal(http_dispatch(req, tables), 401);
		assert_string_equal(reply_code(req), "token_invalid");
		assert_non_null(strstr(fake_head(req),
		    "WWW-Authenticate: Bearer error=\"invalid_token\""));
		fake_request_end(req);
	}
}

static void
a_missing_token_says_so(void **state)
{
	struct request *req = fake_request(PUT, "/things/1", 0, NULL);

	(void)state;
	assert_int_equal(http_dispatch(req, tables), 401);
	assert_string_equal(reply_code(req), "token_missing");
	assert_non_null(strstr(fake_head(req), "WWW-Authenticate: Bearer\r\n"));
	fake_request_end(req);
}

static void
other_claims_are_judged(void **state)
{
	static const struct {
		const char *sub, *type, *role;
		int64_t exp;
		const char *code;
	} cases[] = {
		{ "7", "refresh", "brand", 3600, "token_invalid" },
		{ "7", "access", "king", 3600, "token_invalid" },
		{ "7", "access", NULL, 3600, "token_invalid" },
		{ "0", "access", "brand", 3600, "token_invalid" },
		{ "-7", "access", "brand", 3600, "token_invalid" },
		{ "7x", "access", "brand", 3600, "token_invalid" },
		{ "7", "access", "brand", -1, "token_expired" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *a = arena_open();
		struct jwt_claims claims = { .sub = cases[i].sub,
			.type = cases[i].type,
			.role = cases[i].role,
			.jti = "22222222-2222-4222-8222-222222222222",
			.iat = FAKE_NOW - 7200,
			.exp = FAKE_NOW + cases[i].exp };
		struct request *req;

		fake_env(arena_printf(a, "HTTP_AUTHORIZATION=bearer %s",
		    jwt_sign(a, fake_http.keys, &claims)));
		req = fake_request(GET, "/guests", 0, NULL);
		assert_int_equal(http_dispatch(req, tables), 401);
		assert_string_equal(reply_code(req), cases[i].code);
		fake_request_end(req);
		arena_close(a);
	}
}

static bool
every_session_ended(void *app, const char *session)
{
	(void)app;
	return session[0] == '1';
}

static void
an_ended_session_is_refused(void **state)
{
	struct request *req;

	(void)state;
	fake_http.session_ended = every_session_ended;
	req = fake_request(GET, "/guests", FAKE_BRAND, NULL);
	assert_int_equal(http_dispatch(req, tables), 401);
	assert_string_equal(reply_code(req), "session_ended");
	fake_request_end(req);
	fake_http.session_ended = NULL;
}

static int
answer_for_once(struct request *req, const struct route *route)
{
	assert_non_null(route->handler);
	return reply_message(req, 202, "once");
}

static void
idempotency_keys_go_to_their_hook(void **state)
{
	struct request *req;

	(void)state;
	handle = say_hello;
	fake_http.idempotent = answer_for_once;
	assert_int_equal(status_of(POST, "/once", 0), 200);
	fake_env("HTTP_IDEMPOTENCY_KEY=k");
	req = fake_request(POST, "/once", 0, NULL);
	assert_int_equal(http_dispatch(req, tables), 202);
	fake_request_end(req);
	fake_env("HTTP_IDEMPOTENCY_KEY=k");
	req = fake_request(POST, "/form", 0, NULL);
	assert_int_equal(http_dispatch(req, tables), 200);
	fake_request_end(req);
	fake_http.idempotent = NULL;
}

/* ---- bodies ---- */

static int
read_everything(struct request *req)
{
	static const char *const colours[] = { "red", "green", NULL };

	(void)body_text(req, "text", 2, 5);
	(void)body_int(req, "int", 1, 10);
	(void)body_money(req, "money", 100, 5000);
	(void)body_choice(req, "choice", colours);
	(void)body_email(req, "email");
	(void)body_secret(req, "secret", 8, 20);
	(void)body_text_opt(req, "text_opt", 1, 5);
	(void)body_int_opt(req, "int_opt", -5, 5);
	(void)body_money_opt(req, "money_opt", 0, 100);
	(void)body_choice_opt(req, "choice_opt", colours);
	(void)body_bool_opt(req, "bool_opt");
	(void)body_decimal_opt(req, "decimal_opt", 0, 100);
	(void)body_time_opt(req, "time_opt");
	(void)body_texts_opt(req, "texts_opt", 2, 5);
	(void)body_choices_opt(req, "choices_opt", colours, 2);
	(void)body_object_opt(req, "object_opt", colours, 5);
	(void)body_object_opt(req, "words_opt", NULL, 5);
	(void)body_details_opt(req, "details_opt", 5);
	(void)body_link_opt(req, "link_opt", 30);
	if (body_invalid(req))
		return reply_invalid(req);
	return reply_message(req, 200, "read");
}

#define REQUIRED                                                               \
	"\"text\":\"abc\",\"int\":1,\"money\":25.50,\"choice\":\"red\","       \
	"\"email\":\"A@b.co\",\"secret\":\"12345678\""

static struct request *
post(const char *body)
{
	struct request *req = fake_request(POST, "/things", FAKE_CREATOR, body);

	(void)http_dispatch(req, tables);
	return req;
}

static void
a_good_body_is_read(void **state)
{
	struct request *req;

	(void)state;
	handle = read_everything;
	req = post("{" REQUIRED "}");
	assert_string_equal(fake_reply(req), "{\"message\":\"read\"}");
	fake_request_end(req);
	req = post("{" REQUIRED ",\"text_opt\":null,\"int_opt\":null}");
	assert_int_equal(reply_status(req), 200);
	fake_request_end(req);
}

static void
bodies_that_are_no_object_are_400(void **state)
{
	static const char *const bodies[] = {
		"{",
		"[]",
		"null",
		"1",
		"\"x\"",
		"{\"a\":1,\"a\":2}",
		"{\"text\":\"\xff\"}",
		"text=abc",
	};

	(void)state;
	handle = read_everything;
	for (size_t i = 0; i < COUNT(bodies); i++) {
		struct request *req = post(bodies[i]);

		assert_int_equal(reply_status(req), 400);
		assert_string_equal(reply_code(req), "body_malformed");
		fake_request_end(req);
	}
}

static void
an_empty_body_misses_every_field(void **state)
{
	static const char *const names[] = { "text", "int", "money", "choice",
		"email", "secret" };
	struct request *req;

	(void)state;
	handle = read_everything;
	req = post(NULL);
	assert_int_equal(reply_status(req), 422);
	assert_string_equal(reply_code(req), "fields_invalid");
	for (size_t i = 0; i < COUNT(names); i++) {
		char want[60];

		(void)snprintf(want, sizeof want,
		    "\"%s\":\"This is required.\"", names[i]);
		assert_non_null(strstr(fake_reply(req), want));
	}
	assert_non_null(
	    strstr(fake_reply(req), "\"request_id\":\"0123456789abcdef\""));
	assert_string_equal(reply_type(req), "application/problem+json");
	fake_request_end(req);
}

static void
kinds_of_body_are_judged(void **state)
{
	static const struct {
		const char *type;
		const char *path;
		const char *body;
		int status;
	} cases[] = {
		{ "CONTENT_TYPE=text/plain", "/things", "{}", 415 },
		{ "CONTENT_TYPE=application/jsonx", "/things", "{}", 415 },
		{ "CONTENT_TYPE=", "/things", "{}", 415 },
		{ "CONTENT_TYPE=", "/things", NULL, 200 },
		{ "CONTENT_TYPE=Application/JSON; charset=utf-8", "/things",
		    "{}", 200 },
		{ "CONTENT_TYPE=application/x-www-form-urlencoded", "/form",
		    "a=b", 200 },
	};

	(void)state;
	handle = say_hello;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct request *req;

		fake_env(cases[i].type);
		req = fake_request(
		    POST, cases[i].path, FAKE_CREATOR, cases[i].body);
		assert_int_equal(http_dispatch(req, tables), cases[i].status);
		fake_request_end(req);
	}
}

static void
a_body_past_the_cap_is_413(void **state)
{
	struct request *req;

	(void)state;
	handle = say_hello;
	fake_http.body_max = 4;
	req = post("{  }");
	assert_int_equal(reply_status(req), 200);
	fake_request_end(req);
	req = post("{   }");
	assert_int_equal(reply_status(req), 413);
	assert_string_equal(reply_code(req), "body_too_big");
	fake_request_end(req);
	fake_http.body_max = 65536;
}

/* Fields beside the required ones, each of them bad. */
static void
bad_fields_are_named(void **state)
{
	static const struct {
		const char *field, *value;
	} cases[] = {
		{ "text_opt", "1" },
		{ "text_opt", "\"\"" },
		{ "text_opt", "\"   \"" },
		{ "text_opt", "\"123456\"" },
		{ "text_opt", "\"a\\u0000b\"" },
		{ "text_opt", "\"a\\u0007b\"" },
		{ "text_opt", "[]" },
		{ "int_opt", "\"1\"" },
		{ "int_opt", "1.0" },
		{ "int_opt", "1e0" },
		{ "int_opt", "6" },
		{ "int_opt", "-6" },
		{ "int_opt", "true" },
		{ "int_opt", "99999999999999999999" },
		{ "money_opt", "-1" },
		{ "money_opt", "0.001" },
		{ "money_opt", "1e0" },
		{ "money_opt", "1.01" },
		{ "money_opt", "\"1,00\"" },
		{ "money_opt", "\" 1\"" },
		{ "money_opt", "\"1\\u00000\"" },
		{ "money_opt", "true" },
		{ "money_opt", "{}" },
		{ "choice_opt", "\"blue\"" },
		{ "choice_opt", "\"\"" },
		{ "choice_opt", "0" },
		{ "bool_opt", "1" },
		{ "bool_opt", "\"true\"" },
		{ "decimal_opt", "\"4.5\"" },
		{ "decimal_opt", "4.555" },
		{ "decimal_opt", "100.01" },
		{ "decimal_opt", "-0.01" },
		{ "decimal_opt", "1e1" },
		{ "time_opt", "\"\"" },
		{ "time_opt", "\"tomorrow\"" },
		{ "time_opt", "\"2026-02-29\"" },
		{ "time_opt", "\"2026-13-01\"" },
		{ "time_opt", "\"2026-1-1\"" },
		{ "time_opt", "\"2026-01-01T\"" },
		{ "time_opt", "\"2026-01-01T24:00\"" },
		{ "time_opt", "\"2026-01-01T10:00:00.\"" },
		{ "time_opt", "\"2026-01-01T10:00+2\"" },
		{ "time_opt", "\"2026-01-01T10:00ZZ\"" },
		{ "time_opt", "1700000000" },
		{ "texts_opt", "\"a\"" },
		{ "texts_opt", "[1]" },
		{ "texts_opt", "[null]" },
		{ "texts_opt", "[\"\"]" },
		{ "texts_opt", "[\"123456\"]" },
		{ "texts_opt", "[\"a\",\"b\",\"c\"]" },
		{ "choices_opt", "[\"blue\"]" },
		{ "object_opt", "[]" },
		{ "object_opt", "{\"blue\":\"x\"}" },
		{ "object_opt", "{\"red\":1}" },
		{ "object_opt", "{\"red\":{}}" },
		{ "object_opt", "{\"red\":\"123456\"}" },
		{ "words_opt", "{\"\":\"x\"}" },
		{ "details_opt", "[]" },
		{ "details_opt", "\"x\"" },
		{ "details_opt", "{\"\":1}" },
		{ "details_opt", "{\"a\":\"123456\"}" },
		{ "details_opt", "{\"a\":[{\"b\":\"\\u0000\"}]}" },
		{ "details_opt", "{\"a\":1e9}" },
		{ "details_opt", "{\"a\":[[[[1]]]]}" },
		{ "link_opt", "\"javascript:alert(1)\"" },
		{ "link_opt", "\"//example.com\"" },
		{ "link_opt", "\"https://\"" },
		{ "link_opt", "\"https:// example.com\"" },
		{ "link_opt", "\"https://a@example.com\"" },
		{ "link_opt", "\"/etc/passwd\"" },
		{ "link_opt", "\"/uploads/../x\"" },
		{ "link_opt", "\"ftp://example.com\"" },
		{ "unheard", "null" },
		{ "un\\\"heard", "1" },
	};

	(void)state;
	handle = read_everything;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char body[400], want[80];
		struct request *req;

		(void)snprintf(body, sizeof body, "{" REQUIRED ",\"%s\":%s}",
		    cases[i].field, cases[i].value);
		(void)snprintf(
		    want, sizeof want, "\"fields\":{\"%s", cases[i].field);
		req = post(body);
		if (reply_status(req) != 422 ||
		    strstr(fake_reply(req), want) == NULL)
			fail_msg("%s: %s: %s", cases[i].field, cases[i].value,
			    fake_reply(req));
		fake_request_end(req);
	}
}

static void
bad_required_fields_are_named(void **state)
{
	static const struct {
		const char *body, *field;
	} cases[] = {
		{ "{\"text\":null}", "\"text\":\"This is required.\"" },
		{ "{\"text\":\"a\"}", "\"text\":\"This must have at least 2" },
		{ "{\"int\":0}", "\"int\":\"This must be from 1 to 10.\"" },
		{ "{\"money\":0.99}",
		    "\"money\":\"This must be from 1 to 50." },
		{ "{\"choice\":\"blue\"}",
		    "\"choice\":\"This must be one of red, " },
		{ "{\"email\":\"a\"}", "\"email\":\"This must " },
		{ "{\"email\":\"a@b\"}", "\"email\":\"This must " },
		{ "{\"email\":\"a@@b.co\"}", "\"email\":\"This must " },
		{ "{\"email\":\"a b@c.co\"}", "\"email\":\"This must " },
		{ "{\"email\":\"@b.co\"}", "\"email\":\"This must " },
		{ "{\"email\":\"a@.co\"}", "\"email\":\"This must " },
		{ "{\"email\":\"a@b.\"}", "\"email\":\"This must " },
		{ "{\"email\":\"a@b..co\"}", "\"email\":\"This must " },
		{ "{\"email\":\"<a@b.co>\"}", "\"email\":\"This must " },
		{ "{\"email\":\"\xc3\xa9@b.co\"}", "\"email\":\"This must " },
		{ "{\"email\":\"a@b.co\\r\\nBcc: c@d.co\"}",
		    "\"email\":\"This must" },
		{ "{\"secret\":\"1234567\"}",
		    "\"secret\":\"This must have at" },
		{ "{\"secret\":\"1234567\\u00008\"}",
		    "\"secret\":\"This has char" },
		{ "{\"secret\":12345678}", "\"secret\":\"This must be a text" },
	};

	(void)state;
	handle = read_everything;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct request *req = post(cases[i].body);

		if (strstr(fake_reply(req), cases[i].field) == NULL)
			fail_msg("%s: %s", cases[i].body, fake_reply(req));
		fake_request_end(req);
	}
}

/* The rule by which a page says it in its own words, and its limits. */
static void
reasons_are_told(void **state)
{
	static const struct {
		const char *body, *reason;
	} cases[] = {
		{ "{\"text\":null}", "\"text\":{\"code\":\"required\"}" },
		{ "{\"text\":\" \"}", "\"text\":{\"code\":\"required\"}" },
		{ "{\"text\":\"a\"}",
		    "\"text\":{\"code\":\"too_short\",\"min\":2}" },
		{ "{\"int\":0}",
		    "\"int\":{\"code\":\"between\",\"min\":1,\"max\":10}" },
		{ "{\"money\":0.99}",
		    "\"money\":{\"code\":\"between\",\"min\":1.00,"
		    "\"max\":50.00}" },
		{ "{\"email\":\"a\"}", "\"email\":{\"code\":\"email\"}" },
		{ "{\"secret\":\"\"}", "\"secret\":{\"code\":\"required\"}" },
		{ "{\"object_opt\":{\"red\":\"123456\"}}",
		    "\"object_opt.red\":{\"code\":\"too_long\"" },
		{ "{\"texts_opt\":[\"123456\"]}",
		    "\"texts_opt\":{\"code\":\"entry_long\"" },
	};

	(void)state;
	handle = read_everything;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct request *req = post(cases[i].body);

		if (strstr(fake_reply(req), cases[i].reason) == NULL)
			fail_msg("%s: %s", cases[i].body, fake_reply(req));
		fake_request_end(req);
	}
}

static int
refuse_great(struct request *req)
{
	(void)body_int(req, "n", -1234567, INT64_C(10000000000));
	(void)body_money(req, "m", 150, INT64_C(100000000));
	return reply_invalid(req);
}

static void
limits_are_spelled_as_people_write_them(void **state)
{
	struct request *req;

	(void)state;
	handle = refuse_great;
	req = post("{\"n\":-9999999,\"m\":0}");
	assert_non_null(strstr(fake_reply(req),
	    "\"n\":\"This must be from -1,234,567 to 10,000,000,000.\""));
	assert_non_null(strstr(
	    fake_reply(req), "\"m\":\"This must be from 1.50 to 1,000,000.\""));
	fake_request_end(req);
}

static int
compare_values(struct request *req)
{
	static const char *const colours[] = { "red", "green", NULL };

	assert_string_equal(body_text(req, "t", 1, 3), "a\xc3\xa9z");
	assert_string_equal(body_email(req, "e"), "me@example.com");
	assert_string_equal(body_secret(req, "s", 1, 20), " blanks stay ");
	assert_int_equal(*body_int_opt(req, "i", -10, 10), -7);
	assert_int_equal(body_money(req, "m", 0, 10000), 2550);
	assert_int_equal(*body_money_opt(req, "mt", 0, 10000), 2500);
	assert_int_equal(body_money(req, "mi", 0, 10000), 1900);
	assert_true(*body_bool_opt(req, "b"));
	assert_string_equal(body_decimal_opt(req, "d", 0, 100), "4.50");
	assert_string_equal(
	    body_time_opt(req, "w"), "2026-11-22T09:49:30.123Z");
	assert_string_equal(
	    body_texts_opt(req, "l", 3, 9), "[\"a\",\"b \\\"c\\\"\"]");
	assert_string_equal(
	    body_choices_opt(req, "c", colours, 3), "[\"green\"]");
	assert_string_equal(
	    body_object_opt(req, "o", NULL, 9), "{\"x\":\"1\",\"y\":\"\"}");
	assert_string_equal(body_details_opt(req, "x", 9),
	    "{\"a\":[1,{\"b\":2.50},[]],\"c\":{},\"d\":null,\"e\":true}");
	assert_string_equal(
	    body_link_opt(req, "u", 40), "https://example.com/a?b=c");
	assert_string_equal(body_link_opt(req, "v", 40), "/uploads/7.png");
	assert_true(body_has(req, "t"));
	assert_false(body_has(req, "n"));
	assert_null(body_text_opt(req, "n", 1, 3));
	assert_null(body_int_opt(req, "absent", 1, 3));
	assert_false(body_invalid(req));
	return reply_message(req, 200, "good");
}

static void
values_are_what_was_sent(void **state)
{
	struct request *req;

	(void)state;
	handle = compare_values;
	req = post("{\"t\":\" a\\u00e9z\\n\",\"e\":\" Me@Example.COM \","
		   "\"s\":\" blanks stay \",\"i\":-7,\"m\":25.5,"
		   "\"mt\":\"25.00\",\"mi\":19,\"b\":true,\"d\":4.50,"
		   "\"w\":\"2026-11-22T09:49:30.123Z\","
		   "\"l\":[\"a\",\" b \\\"c\\\"\"],\"c\":[\"green\"],"
		   "\"o\":{\"x\":\"1\",\"y\":\"\",\"z\":null},"
		   "\"x\":{\"a\":[1,{\"b\":2.50},[]],\"c\":{},"
		   "\"d\":null,\"e\":true},"
		   "\"u\":\"https://example.com/a?b=c\","
		   "\"v\":\"/uploads/7.png\",\"n\":null}");
	assert_int_equal(reply_status(req), 200);
	fake_request_end(req);
}

/* ---- queries ---- */

static int
read_query(struct request *req)
{
	struct page page = query_page(req, 12);
	struct buf *b;

	(void)query_int(req, "n", 5, 0, 9);
	(void)query_money_opt(req, "money");
	(void)query_text_opt(req, "q", 1, 5);
	(void)query_flag(req, "flag");
	if (body_invalid(req))
		return reply_invalid(req);
	b = reply_open(req, 200, "application/json");
	buf_printf(b, "%d/%d", (int)page.number, (int)page.size);
	return reply_sent(req);
}

static void
good_queries_are_read(void **state)
{
	static const struct {
		const char *path, *answer;
	} cases[] = {
		{ "/things", "1/12" },
		{ "/things?", "1/12" },
		{ "/things?page=2", "2/12" },
		{ "/things?page=&per_page=", "1/12" },
		{ "/things?page=3&per_page=50&unknown=x", "3/50" },
		{ "/things?per_page=100", "1/100" },
		{ "/things?per_page=101", "1/100" },
		{ "/things?per_page=999999999999", "1/100" },
		{ "/things?n=9&money=2.50&q=a+%C3%A9&flag=true", "1/12" },
	};

	(void)state;
	handle = read_query;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct request *req = fake_request(GET, cases[i].path, 0, NULL);

		(void)http_dispatch(req, tables);
		assert_string_equal(fake_reply(req), cases[i].answer);
		fake_request_end(req);
	}
}

static int
read_cursor(struct request *req)
{
	static const char *const orders[] = { "near", "new", NULL };
	const char *order = query_order(req, orders, false, "old");
	struct cursor c;
	struct buf *b;

	(void)query_int(req, "per_page", 1, 1, 100);
	(void)query_text_opt(req, "place", 1, 20);
	(void)query_text_opt(req, "kind", 1, 20);
	c = query_cursor(req, order);
	if (body_invalid(req))
		return reply_invalid(req);
	b = reply_open(req, 200, "application/json");
	buf_printf(b, "%d %d %s", c.key == NULL ? 0 : (int)*c.key,
	    c.id == NULL ? 0 : (int)*c.id, c.list);
	return reply_sent(req);
}

static void
a_cursor_goes_with_its_list_filters_and_order(void **state)
{
	static const struct {
		const char *of, *behind;    /* which list's, and where in it */
		const char *asked, *answer; /* NULL: refused */
	} cases[] = {
		{ "/things?", " 1 2", "/things?", "1 2 old " },
		{ "/things?sort=new", " -5 7", "/things?sort=new",
		    "-5 7 new " },
		{ "/things?", " 1 2", "/things?place=&per_page=9", "1 2 old " },
		{ "/things?place=a&per_page=2", " 1 2",
		    "/things?per_page=9&place=a&unread=1", "1 2 old " },
		{ "/things?place=a&kind=b", " 1 2", "/things?kind=b&place=a",
		    "1 2 old " },
		{ "/things?place=a&kind=b", " 1 2", "/things?place=b&kind=a",
		    NULL },
		{ "/things?place=a", " 1 2", "/things?place=b", NULL },
		{ "/things?place=a", " 1 2", "/things?kind=a", NULL },
		{ "/things?place=a", " 1 2", "/things?", NULL },
		{ "/things?", " 1 2", "/things?place=a", NULL },
		{ "/things?", " 1 2", "/things/others?", NULL },
		{ "/things?", " 1 2", "/things?sort=new", NULL },
		{ "/things?", " 1 2", "/things?sort=best", NULL },
		{ "/things?", "", "/things?", NULL },
		{ "/things?", " 1", "/things?", NULL },
		{ "/things?", " 1 2 3", "/things?", NULL },
		{ "/things?", " 1 x", "/things?", NULL },
		{ "/things?", "0 1 2", "/things?", NULL },
		{ "/things?", " 1 9999999999999999999", "/things?", NULL },
	};

	(void)state;
	handle = read_cursor;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *a = arena_open();
		struct request *req = fake_request(GET, cases[i].of, 0, NULL);
		char *cursor;

		assert_int_equal(http_dispatch(req, tables), 200);
		cursor = arena_printf(a, "%s%s",
		    fake_reply(req) + strlen("0 0 "), cases[i].behind);
		fake_request_end(req);
		req = fake_request(GET,
		    arena_printf(a, "%s&cursor=%s", cases[i].asked,
			base64url_encode(a, cursor, strlen(cursor))),
		    0, NULL);
		assert_int_equal(http_dispatch(req, tables),
		    cases[i].answer == NULL ? 422 : 200);
		if (cases[i].answer != NULL)
			assert_memory_equal(fake_reply(req), cases[i].answer,
			    strlen(cases[i].answer));
		fake_request_end(req);
		arena_close(a);
	}
}

static void
bad_queries_are_422(void **state)
{
	static const struct {
		const char *path, *field;
	} cases[] = {
		{ "/things?page=0", "page" },
		{ "/things?page=-1", "page" },
		{ "/things?page=abc", "page" },
		{ "/things?page=1.5", "page" },
		{ "/things?page=99999999999999999999", "page" },
		{ "/things?page=1&page=2", "page" },
		{ "/things?per_page=0", "per_page" },
		{ "/things?per_page=ten", "per_page" },
		{ "/things?n=10", "n" },
		{ "/things?n=+1", "n" },
		{ "/things?money=1.234", "money" },
		{ "/things?money=-1", "money" },
		{ "/things?q=123456", "q" },
		{ "/things?q=%FF", "q" },
		{ "/things?q=%07", "q" },
		{ "/things?q=%00", "query" },
		{ "/things?q=%zz", "query" },
		{ "/things?flag=maybe", "flag" },
	};

	(void)state;
	handle = read_query;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char want[60];
		struct request *req = fake_request(GET, cases[i].path, 0, NULL);

		(void)snprintf(
		    want, sizeof want, "\"fields\":{\"%s\":", cases[i].field);
		if (http_dispatch(req, tables) != 422 ||
		    strstr(fake_reply(req), want) == NULL)
			fail_msg("%s: %s", cases[i].path, fake_reply(req));
		fake_request_end(req);
	}
}

static int
read_cookie(struct request *req)
{
	assert_string_equal(request_cookie(req, "__Secure-refresh"), "a=b");
	assert_string_equal(request_cookie(req, "x"), "");
	assert_null(request_cookie(req, "refresh"));
	assert_string_equal(request_address(req), "127.0.0.1");
	return reply_message(req, 200, "good");
}

static void
cookies_are_found_by_their_whole_name(void **state)
{
	struct request *req;

	(void)state;
	handle = read_cookie;
	fake_env("HTTP_COOKIE=x=; y=1;__Secure-refresh=a=b ;z");
	req = fake_request(GET, "/things", 0, NULL);
	assert_int_equal(http_dispatch(req, tables), 200);
	fake_request_end(req);
}

/* ---- answers ---- */

static const struct column columns[] = {
	{ "total", COLUMN_INT },
	{ "id", COLUMN_INT },
	{ "price", COLUMN_MONEY },
	{ "rate", COLUMN_NUMBER },
	{ "ok", COLUMN_BOOL },
	{ "creator.id", COLUMN_INT },
	{ "creator.user.id", COLUMN_INT },
	{ "creator.user.at", COLUMN_TIME },
	{ "creator.name", COLUMN_TEXT },
	{ "doc", COLUMN_JSON },
	{ "a.b.c", COLUMN_DATE },
};
static const struct statement thing = {
	.name = "thing",
	.columns = columns,
	.column_count = COUNT(columns),
};
static const char *const full[] = { "3", "1", "250005", "4.50", "f", "2", "3",
	"2026-11-22 09:49:30.12+00", "T\"inashe", "{\"a\":[1]}", "2026-11-22" };

static struct rows *
call_thing(struct request *req)
{
	return db_call(req, &thing, NULL, NULL, NULL);
}

static int
send_one(struct request *req)
{
	return reply_one(req, 201, call_thing(req), NULL);
}

static int
send_or_conflict(struct request *req)
{
	return reply_named(
	    req, 200, "Done", "thing", call_thing(req), "too_late");
}

static int
send_page(struct request *req)
{
	return reply_page(
	    req, call_thing(req), "things", (struct page){ 2, 2 });
}

static int
send_page_of(struct request *req)
{
	return reply_page_of(
	    req, call_thing(req), "things", (struct page){ 2, 2 });
}

static int
send_list(struct request *req)
{
	return reply_list(req, call_thing(req), "things");
}

static int
send_done(struct request *req)
{
	return reply_done(req, 200, "Done", call_thing(req), NULL);
}

static void
expect(int (*handler)(struct request *req), int status, const char *body)
{
	struct request *req;

	handle = handler;
	req = fake_request(GET, "/things", 0, NULL);
	assert_int_equal(http_dispatch(req, tables), status);
	if (body != NULL)
		assert_string_equal(fake_reply(req), body);
	fake_request_end(req);
}

#define ITEM                                                                   \
	"\"id\":1,\"price\":2500.05,\"rate\":4.50,\"ok\":false,"               \
	"\"creator\":{\"id\":2,\"user\":{\"id\":3,"                            \
	"\"at\":\"2026-11-22T09:49:30.120Z\"},\"name\":\"T\\\"inashe\"},"      \
	"\"doc\":{\"a\":[1]},\"a\":{\"b\":{\"c\":\"2026-11-22\"}}}"

static void
rows_become_objects(void **state)
{
	(void)state;
	fake_answer("thing", full);
	expect(send_one, 201, "{\"total\":3," ITEM);
	fake_answer("thing", full);
	expect(send_page, 200,
	    "{\"things\":[{" ITEM
	    "],\"total\":3,\"pages\":2,\"current_page\":2}");
	fake_answer("thing", full);
	expect(
	    send_list, 200, "{\"things\":[{\"total\":3," ITEM "],\"total\":1}");
	fake_answer("thing", full);
	expect(send_or_conflict, 200,
	    "{\"message\":\"Done\",\"thing\":{\"total\":3," ITEM "}");
}

static void
an_object_without_its_first_column_is_null(void **state)
{
	static const char *const no_creator[] = { "3", NULL, NULL, "NaN", NULL,
		NULL, "3", "x", "x", NULL, NULL };
	static const char *const no_user[] = { "3", "1", "0", "0", "t", "2",
		NULL, "x", "n", "[]", "2026-11-22" };

	(void)state;
	fake_answer("thing", no_creator);
	expect(send_one, 201,
	    "{\"total\":3,\"id\":null,\"price\":null,\"rate\":null,"
	    "\"ok\":null,\"creator\":null,\"doc\":null,\"a\":null}");
	fake_answer("thing", no_user);
	expect(send_one, 201,
	    "{\"total\":3,\"id\":1,\"price\":0.00,\"rate\":0,\"ok\":true,"
	    "\"creator\":{\"id\":2,\"user\":null,\"name\":\"n\"},\"doc\":[],"
	    "\"a\":{\"b\":{\"c\":\"2026-11-22\"}}}");
}

static void
a_page_without_items_still_has_its_total(void **state)
{
	static const char *const no_item[] = { "3", NULL, NULL, NULL, NULL,
		NULL, NULL, NULL, NULL, NULL, NULL };

	(void)state;
	fake_answer("thing", no_item);
	expect(send_page, 200,
	    "{\"things\":[],\"total\":3,\"pages\":2,\"current_page\":2}");
	fake_answer("thing", NULL);
	expect(send_page, 200,
	    "{\"things\":[],\"total\":0,\"pages\":0,\"current_page\":2}");
}

static void
a_page_of_what_is_not_there_is_404(void **state)
{
	static const char *const no_item[] = { "0", NULL, NULL, NULL, NULL,
		NULL, NULL, NULL, NULL, NULL, NULL };

	(void)state;
	fake_answer("thing", no_item);
	expect(send_page_of, 200,
	    "{\"things\":[],\"total\":0,\"pages\":0,\"current_page\":2}");
	fake_answer("thing", NULL);
	expect(send_page_of, 404, NULL);
}

static void
a_page_that_was_not_counted_says_no_total(void **state)
{
	static const char *const no_total[] = { NULL, NULL, NULL, NULL, NULL,
		NULL, NULL, NULL, NULL, NULL, NULL };

	(void)state;
	fake_answer("thing", no_total);
	expect(send_page, 200, "{\"things\":[]}");
}

static void
times_come_in_every_length(void **state)
{
	static const struct {
		const char *text, *json;
	} cases[] = {
		{ "2026-11-22 09:49:30+00", "\"2026-11-22T09:49:30.000Z\"" },
		{ "2026-11-22 09:49:30.1+00", "\"2026-11-22T09:49:30.100Z\"" },
		{ "2026-11-22 09:49:30.123456+00",
		    "\"2026-11-22T09:49:30.123Z\"" },
		{ "infinity", "null" },
		{ "-infinity", "null" },
		{ "12026-11-22 09:49:30+00", "null" },
	};
	static const struct column at = { "at", COLUMN_TIME };
	static const struct statement st = { .columns = &at,
		.column_count = 1 };
	struct arena *a = arena_open();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct rows *rows = rows_open(a, &st, 1);
		struct buf b;

		rows->cells[0].text = cases[i].text;
		rows->cells[0].size = strlen(cases[i].text);
		buf_open(&b, a, 100);
		rows_write(&b, rows, 0, 0);
		assert_memory_equal(b.data, "{\"at\":", 6);
		assert_memory_equal(
		    b.data + 6, cases[i].json, strlen(cases[i].json));
		assert_int_equal(b.len, strlen(cases[i].json) + 7);
	}
	arena_close(a);
}

static void
no_row_is_404_or_the_word_given(void **state)
{
	struct request *req;

	(void)state;
	fake_answer("thing", NULL);
	expect(send_one, 404, NULL);
	fake_answer("thing", NULL);
	expect(send_done, 404, NULL);
	expect(send_done, 200, "{\"message\":\"Done\"}");

	handle = send_or_conflict;
	fake_answer("thing", NULL);
	req = fake_request(GET, "/things", 0, NULL);
	assert_int_equal(http_dispatch(req, tables), 409);
	assert_string_equal(reply_code(req), "too_late");
	fake_request_end(req);
}

static void
refusals_of_statements_are_sent(void **state)
{
	struct request *req;

	(void)state;
	handle = send_page;
	fake_refuse("thing", 503, "timeout");
	req = fake_request(GET, "/things", 0, NULL);
	assert_int_equal(http_dispatch(req, tables), 503);
	assert_string_equal(reply_code(req), "timeout");
	assert_non_null(strstr(fake_head(req), "Retry-After: 1\r\n"));
	assert_non_null(strstr(fake_head(req), "Cache-Control: no-store"));
	fake_request_end(req);
}

/* Of {"message":"hello"}. */
#define HELLO_TAG "\"9b2d43affbf49a367028df2e1414f84c\""

#define HELD "HTTP_IF_NONE_MATCH="

static void
who_holds_an_answer_gets_no_body(void **state)
{
	static const struct {
		const char *held;
		int status;
	} cases[] = {
		{ HELD HELLO_TAG, 304 },
		{ HELD "W/" HELLO_TAG, 304 },
		{ HELD "\"other\", W/" HELLO_TAG, 304 },
		{ HELD "\"other\" ,\t" HELLO_TAG ", \"third\"", 304 },
		{ HELD "*", 304 },
		{ HELD "\"other\"", 200 },
		{ HELD "W/", 200 },
		{ HELD ",", 200 },
		{ HELD "w/" HELLO_TAG, 200 },
		{ HELD "\"", 200 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct request *req;
		const char *head;

		fake_env(cases[i].held);
		req = fake_request(GET, "/hello", 0, NULL);
		assert_int_equal(http_dispatch(req, tables), 200);
		head = fake_head(req);
		assert_non_null(strstr(head, "ETag: W/" HELLO_TAG "\r\n"));
		assert_non_null(strstr(head, "Cache-Control: no-cache\r\n"));
		if (reply_status(req) != cases[i].status)
			fail_msg(
			    "%s answered %d", cases[i].held, reply_status(req));
		assert_int_equal(strstr(head, "Content-Type") == NULL,
		    cases[i].status == 304);
		assert_int_equal(
		    fake_reply(req)[0] == '\0', cases[i].status == 304);
		fake_request_end(req);
	}
}

static int
send_kept(struct request *req)
{
	reply_header(req, "Cache-Control", "no-store");
	return reply_message(req, 200, "hello");
}

static void
what_is_not_to_be_kept_has_no_tag(void **state)
{
	struct request *req;

	(void)state;
	handle = send_kept;
	req = fake_request(GET, "/things", 0, NULL);
	assert_int_equal(http_dispatch(req, tables), 200);
	assert_null(strstr(fake_head(req), "ETag"));
	assert_null(strstr(fake_head(req), "no-cache"));
	fake_request_end(req);

	handle = say_hello;
	req = fake_request(POST, "/things", FAKE_CREATOR, "{}");
	assert_int_equal(http_dispatch(req, tables), 200);
	assert_null(strstr(fake_head(req), "ETag"));
	fake_request_end(req);

	req = fake_request(GET, "/nothing", 0, NULL);
	assert_int_equal(http_dispatch(req, tables), 404);
	assert_null(strstr(fake_head(req), "ETag"));
	fake_request_end(req);

	req = fake_request(GET, "/guests", FAKE_BRAND, NULL);
	assert_int_equal(http_dispatch(req, tables), 200);
	assert_non_null(strstr(fake_head(req), "ETag: W/"));
	assert_non_null(strstr(fake_head(req), "Cache-Control: no-store"));
	assert_null(strstr(fake_head(req), "no-cache"));
	fake_request_end(req);
}

static int
send_headers(struct request *req)
{
	reply_header(req, "X-Good", "yes");
	reply_header(req, "X-Bad", "yes\r\nSet-Cookie: a=b");
	return reply_message(req, 200, "hello");
}

static void
heads_are_whole(void **state)
{
	struct request *req;
	const char *head;

	(void)state;
	handle = send_headers;
	req = fake_request(GET, "/things", 0, NULL);
	(void)http_dispatch(req, tables);
	head = fake_head(req);
	assert_memory_equal(head, "Status: 200 OK\r\n", 16);
	assert_non_null(strstr(head, "Content-Type: application/json\r\n"));
	assert_non_null(strstr(head, "Content-Length: 19\r\n"));
	assert_non_null(strstr(head, "X-Request-Id: 0123456789abcdef\r\n"));
	assert_non_null(strstr(head, "X-Good: yes\r\n"));
	assert_null(strstr(head, "Set-Cookie"));
	assert_string_equal(head + strlen(head) - 4, "\r\n\r\n");
	fake_request_end(req);
}

struct answer {
	int status;
	const char *type;
	size_t size;
	const char *accepts; /* HTTP_ACCEPT_ENCODING=… */
	bool varies, packed;
};

static const struct answer *answer;

static int
send_answer(struct request *req)
{
	char *bytes = arena_alloc(request_arena(req), answer->size);

	memset(bytes, '1', answer->size);
	return reply_bytes(
	    req, answer->status, answer->type, bytes, answer->size);
}

static void
long_json_of_201_is_packed_for_who_takes_it(void **state)
{
	static const char json[] = "application/json";
	static const char gzip[] = "HTTP_ACCEPT_ENCODING=br, gzip";
	static const struct answer answers[] = {
		{ 201, json, 300, gzip, true, true },
		{ 201, json, 5000, gzip, true, true },
		{ 201, json, 1000, "HTTP_ACCEPT_ENCODING=br", true, false },
		{ 201, json, 1000, "HTTP_ACCEPT_ENCODING=", true, false },
		{ 201, json, 1000, "HTTP_ACCEPT=gzip", true, false },
		{ 201, json, 299, gzip, false, false },
		{ 201, "image/png", 1000, gzip, false, false },
		{ 200, json, 1000, gzip, false, false },
		{ 409, json, 1000, gzip, false, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(answers); i++) {
		struct request *req;
		const char *head;
		size_t size;

		answer = &answers[i];
		handle = send_answer;
		fake_env(answer->accepts);
		req = fake_request(POST, "/things", FAKE_CREATOR, "{}");
		(void)http_dispatch(req, tables);
		head = fake_head(req);
		(void)reply_body(req, &size);
		assert_int_equal(size < answer->size, answer->packed);
		assert_non_null(
		    strstr(head, arena_printf(request_arena(req),
				     "\r\nContent-Length: %zu\r\n", size)));
		assert_int_equal(
		    strstr(head, "\r\nContent-Encoding: gzip\r\n") != NULL,
		    answer->packed);
		assert_int_equal(
		    strstr(head, "\r\nVary: Accept-Encoding\r\n") != NULL,
		    answer->varies);
		fake_request_end(req);
	}
}

static void
a_bad_request_id_is_replaced(void **state)
{
	struct request *req;

	(void)state;
	fake_env("REQUEST_ID=a\"b");
	req = fake_request(GET, "/hello", 0, NULL);
	assert_int_equal(strlen(request_id(req)), 32);
	assert_int_equal(strspn(request_id(req), "0123456789abcdef"), 32);
	fake_request_end(req);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_find_their_routes),
		cmocka_unit_test(literal_segments_win_over_values),
		cmocka_unit_test(values_reach_the_handler),
		cmocka_unit_test(a_wrong_method_names_the_right_ones),
		cmocka_unit_test(bad_tables_are_told),
		cmocka_unit_test(roles_are_judged),
		cmocka_unit_test(guests_are_known_where_they_show_a_token),
		cmocka_unit_test(bad_tokens_are_401),
		cmocka_unit_test(a_missing_token_says_so),
		cmocka_unit_test(other_claims_are_judged),
		cmocka_unit_test(an_ended_session_is_refused),
		cmocka_unit_test(idempotency_keys_go_to_their_hook),
		cmocka_unit_test(a_good_body_is_read),
		cmocka_unit_test(bodies_that_are_no_object_are_400),
		cmocka_unit_test(an_empty_body_misses_every_field),
		cmocka_unit_test(kinds_of_body_are_judged),
		cmocka_unit_test(a_body_past_the_cap_is_413),
		cmocka_unit_test(bad_fields_are_named),
		cmocka_unit_test(reasons_are_told),
		cmocka_unit_test(limits_are_spelled_as_people_write_them),
		cmocka_unit_test(bad_required_fields_are_named),
		cmocka_unit_test(values_are_what_was_sent),
		cmocka_unit_test(good_queries_are_read),
		cmocka_unit_test(a_cursor_goes_with_its_list_filters_and_order),
		cmocka_unit_test(bad_queries_are_422),
		cmocka_unit_test(cookies_are_found_by_their_whole_name),
		cmocka_unit_test(rows_become_objects),
		cmocka_unit_test(an_object_without_its_first_column_is_null),
		cmocka_unit_test(a_page_without_items_still_has_its_total),
		cmocka_unit_test(a_page_of_what_is_not_there_is_404),
		cmocka_unit_test(a_page_that_was_not_counted_says_no_total),
		cmocka_unit_test(times_come_in_every_length),
		cmocka_unit_test(no_row_is_404_or_the_word_given),
		cmocka_unit_test(refusals_of_statements_are_sent),
		cmocka_unit_test(who_holds_an_answer_gets_no_body),
		cmocka_unit_test(what_is_not_to_be_kept_has_no_tag),
		cmocka_unit_test(heads_are_whole),
		cmocka_unit_test(long_json_of_201_is_packed_for_who_takes_it),
		cmocka_unit_test(a_bad_request_id_is_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
