/* reply.c: answers, made in a buffer and sent when the handler is done. */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "lib/gzip.h"
#include "lib/json.h"
#include "lib/jwt.h"
#include "lib/log.h"
#include "lib/request.h"
#include "lib/rows.h"
#include "lib/token.h"

enum { PACK_MIN = 300 }; /* bytes; nginx's gzip_min_length */

static const char json_type[] = "application/json";
static const char problem_type[] = "application/problem+json";

/* RFC 9110, section 15, and what a person is told where nothing better is
 * known. */
static const struct phrase {
	int status;
	const char *title;
	const char *detail;
} phrases[] = {
	{ 200, "OK", "" },
	{ 201, "Created", "" },
	{ 202, "Accepted", "" },
	{ 204, "No Content", "" },
	{ 302, "Found", "" },
	{ 303, "See Other", "" },
	{ 304, "Not Modified", "" },
	{ 400, "Bad Request", "What was sent cannot be read." },
	{ 401, "Unauthorized", "Please log in first." },
	{ 403, "Forbidden", "This is not allowed." },
	{ 404, "Not Found", "This was not found." },
	{ 405, "Method Not Allowed",
	    "This address does not take that method." },
	{ 409, "Conflict", "This cannot be done now." },
	{ 410, "Gone", "This is not here any more." },
	{ 412, "Precondition Failed", "This has changed in between." },
	{ 413, "Content Too Large", "What was sent is too big." },
	{ 415, "Unsupported Media Type",
	    "What was sent is of a kind that is not taken." },
	{ 422, "Unprocessable Content", "Some fields are not valid." },
	{ 429, "Too Many Requests", "Too many attempts. Please wait." },
	{ 500, "Internal Server Error", "Something went wrong on our side." },
	{ 502, "Bad Gateway", "Another service did not answer well." },
	{ 503, "Service Unavailable",
	    "The service is not available right now. Please try again." },
	{ 504, "Gateway Timeout", "Another service did not answer." },
};

static const struct phrase *
find_phrase(int status)
{
	static const struct phrase unknown = { 0, "Unknown", "" };

	for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
		if (phrases[i].status == status)
			return &phrases[i];
	return &unknown;
}

/* ---- the answer as a whole ---- */

struct buf *
reply_open(struct request *req, int status, const char *type)
{
	req->status = status;
	req->type = type;
	req->code = NULL;
	buf_clear(&req->out);
	return &req->out;
}

int
reply_sent(struct request *req)
{
	return req->status;
}

struct buf *
reply_more(struct request *req)
{
	assert(req->out.len > 0 && req->out.data[req->out.len - 1] == '}');
	req->out.data[--req->out.len] = '\0';
	return &req->out;
}

int
reply_closed(struct request *req)
{
	buf_char(&req->out, '}');
	return reply_sent(req);
}

int
reply_bytes(struct request *req, int status, const char *type,
    const char *bytes, size_t size)
{
	buf_add(reply_open(req, status, type), bytes, size);
	return reply_sent(req);
}

void
reply_header(struct request *req, const char *name, const char *value)
{
	/* a line end would begin a header of somebody else's choice */
	if (strpbrk(value, "\r\n") != NULL) {
		log_line(LOG_ERROR, "answer",
		    "the header %s had a line end and was left out", name);
		return;
	}
	buf_printf(&req->headers, "%s: %s\r\n", name, value);
}

static bool
has_header(const struct request *req, const char *name)
{
	const char *at = req->headers.data;
	size_t size = strlen(name);

	while (*at != '\0') {
		if (strncmp(at, name, size) == 0 && at[size] == ':')
			return true;
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
	return false;
}

/* What only its asker may see, or what is true for this moment only. */
static bool
is_private(const struct request *req)
{
	return req->method != GET || req->status >= 400 || req->caller != 0 ||
	       request_header(req, "HTTP_AUTHORIZATION") != NULL ||
	       has_header(req, "Set-Cookie");
}

/* True when one of the tags that the asker holds is this one (RFC 9110,
 * 13.1.2, where W/ counts for nothing). */
static bool
holds_tag(const char *held, const char *tag)
{
	size_t size = strlen(tag);

	for (const char *p = held; *p != '\0'; p += strcspn(p, ",")) {
		p += strspn(p, ", \t");
		if (*p == '*')
			return true;
		if (strncmp(p, "W/", 2) == 0)
			p += 2;
		if (strncmp(p, tag, size) == 0)
			return true;
	}
	return false;
}

/*
 * What is read gets a tag made of its bytes, and who holds it already gets no
 * body.  A weak one, for nginx may compress.  What says itself how it may be
 * kept has no tag: it is never the same twice.
 */
static void
add_tag(struct request *req)
{
	const char *held = request_header(req, "HTTP_IF_NONE_MATCH");
	const char *tag;

	if (req->method != GET || req->status != 200 ||
	    has_header(req, "Cache-Control") || has_header(req, "ETag"))
		return;
	tag = arena_printf(req->arena, "\"%.32s\"",
	    token_sha256(req->arena, req->out.data, req->out.len));
	buf_printf(&req->headers, "ETag: W/%s\r\n", tag);
	/* others' copies are asked after each time, so never stale */
	if (!is_private(req))
		buf_text(&req->headers, "Cache-Control: no-cache\r\n");
	if (held != NULL && holds_tag(held, tag))
		(void)reply_open(req, 304, NULL);
}

/* nginx packs answers of 200, 403 and 404 alone. */
static void
pack(struct request *req)
{
	const char *accepts = request_header(req, "HTTP_ACCEPT_ENCODING");

	if (req->status != 201 || req->type == NULL ||
	    strcmp(req->type, json_type) != 0 || req->out.len < PACK_MIN)
		return;
	buf_text(&req->headers, "Vary: Accept-Encoding\r\n");
	if (accepts != NULL && gzip_taken(accepts) && gzip_pack(&req->out))
		buf_text(&req->headers, "Content-Encoding: gzip\r\n");
}

void
reply_head(struct request *req, struct buf *head)
{
	add_tag(req);
	pack(req);
	buf_printf(head, "Status: %d %s\r\n", req->status,
	    find_phrase(req->status)->title);
	if (req->type != NULL)
		buf_printf(head, "Content-Type: %s\r\n", req->type);
	if (req->status != 204 && req->status != 304)
		buf_printf(head, "Content-Length: %zu\r\n", req->out.len);
	buf_printf(head, "X-Request-Id: %s\r\n", req->id);
	if (is_private(req) && !has_header(req, "Cache-Control"))
		buf_text(head, "Cache-Control: no-store\r\n");
	if (req->status == 503 && !has_header(req, "Retry-After"))
		buf_text(head, "Retry-After: 1\r\n");
#ifdef BUDGET
	buf_printf(head, "X-Statements: %d\r\nX-Arena-Bytes: %zu\r\n",
	    db_count(req), arena_used(req->arena));
#endif
	buf_add(head, req->headers.data, req->headers.len);
	buf_text(head, "\r\n");
}

const char *
reply_code(const struct request *req)
{
	return req->code;
}

int
reply_status(const struct request *req)
{
	return req->status;
}

const char *
reply_type(const struct request *req)
{
	return req->type;
}

const char *
reply_body(const struct request *req, size_t *size)
{
	*size = req->out.len;
	return req->out.data;
}

/* ---- refusals ---- */

/* What a person reads ends as a sentence does. */
static const char *
sentence(struct request *req, const char *text)
{
	size_t size = strlen(text);

	return size > 0 && strchr(".!?", text[size - 1]) != NULL
		   ? text
		   : arena_printf(req->arena, "%s.", text);
}

static void
write_reasons(
    struct request *req, const struct bad_field *fields, const char *detail)
{
	struct buf *b = &req->out;
	const struct bad_field *f;

	json_key(b, "fields");
	buf_char(b, '{');
	for (f = fields; f != NULL; f = f->next)
		json_member(b, f->name,
		    f->reason == NULL
			? detail
			: arena_printf(req->arena, "This %s.", f->reason));
	buf_char(b, '}');
	json_key(b, "reasons");
	buf_char(b, '{');
	for (f = fields; f != NULL; f = f->next) {
		json_key(b, f->name);
		buf_char(b, '{');
		json_member(b, "code", f->rule);
		if (f->min != NULL)
			buf_printf(b, ",\"min\":%s", f->min);
		if (f->max != NULL)
			buf_printf(b, ",\"max\":%s", f->max);
		buf_char(b, '}');
	}
	buf_char(b, '}');
}

static int
send_problem(struct request *req, int status, const char *code,
    const char *detail, const struct bad_field *fields)
{
	const struct phrase *p = find_phrase(status);
	struct buf *b = reply_open(req, status, problem_type);

	if (detail == NULL || detail[0] == '\0')
		detail = p->detail;
	detail = sentence(req, detail);
	req->code = code;
	buf_char(b, '{');
	json_member(b, "type", "about:blank"); /* the code tells it apart */
	json_member(b, "title", p->title);
	json_member_int(b, "status", status);
	json_member(b, "code", code);
	json_member(b, "error", detail);
	json_member(b, "detail", detail);
	write_reasons(req, fields, detail);
	json_member(b, "request_id", req->id);
	buf_char(b, '}');
	return reply_sent(req);
}

int
reply_problem(
    struct request *req, int status, const char *code, const char *format, ...)
{
	const char *detail = NULL;
	va_list args;

	if (format != NULL) {
		va_start(args, format);
		detail = arena_vprintf(req->arena, format, args);
		va_end(args);
	}
	return send_problem(req, status, code, detail, NULL);
}

int
reply_invalid(struct request *req)
{
	const char *detail;

	if (req->body_state == BODY_BAD)
		return reply_problem(req, 400, "body_malformed",
		    "The body must be one JSON object in UTF-8 that names no "
		    "key twice.");
	if (req->bad == NULL)
		detail = NULL;
	else if (req->bad->next == NULL)
		detail = arena_printf(
		    req->arena, "%s %s.", req->bad->name, req->bad->reason);
	else
		detail = arena_printf(req->arena,
		    "Some fields are not valid: %s %s.", req->bad->name,
		    req->bad->reason);
	return send_problem(req, 422, "fields_invalid", detail, req->bad);
}

int
reply_refusal(struct request *req)
{
	struct bad_field field = { .next = NULL };

	if (req->refusal_code == NULL) {
		log_line(
		    LOG_ERROR, "answer", "a handler refused without a refusal");
		return send_problem(req, 500, "internal", NULL, NULL);
	}
	if (req->refusal_wait != NULL)
		reply_header(req, "Retry-After", req->refusal_wait);
	field.name = req->refusal_field;
	field.rule = req->refusal_code;
	return send_problem(req, req->refusal_status, req->refusal_code,
	    req->refusal_detail, field.name == NULL ? NULL : &field);
}

/* 0 when there is a row to answer with. */
static int
refuse_rows(struct request *req, const struct rows *rows, const char *code)
{
	if (rows == NULL)
		return reply_refusal(req);
	if (rows_count(rows) > 0 || rows->statement->column_count == 0)
		return 0; /* there is a row, or none was to be had */
	if (code == NULL)
		return send_problem(req, 404, "not_found", NULL, NULL);
	return send_problem(req, 409, code, NULL, NULL);
}

/* ---- answers made of rows ---- */

int
reply_one(
    struct request *req, int status, const struct rows *rows, const char *code)
{
	int refused = refuse_rows(req, rows, code);

	if (refused != 0)
		return refused;
	rows_write(reply_open(req, status, json_type), rows, 0, 0);
	return reply_sent(req);
}

int
reply_named(struct request *req, int status, const char *message,
    const char *name, const struct rows *rows, const char *code)
{
	int refused = refuse_rows(req, rows, code);
	struct buf *b;

	if (refused != 0)
		return refused;
	b = reply_open(req, status, json_type);
	buf_char(b, '{');
	if (message != NULL)
		json_member(b, "message", message);
	json_key(b, name);
	rows_write(b, rows, 0, 0);
	buf_char(b, '}');
	return reply_sent(req);
}

int
reply_message(struct request *req, int status, const char *message)
{
	struct buf *b = reply_open(req, status, json_type);

	buf_char(b, '{');
	json_member(b, "message", message);
	buf_char(b, '}');
	return reply_sent(req);
}

int
reply_done(struct request *req, int status, const char *message,
    const struct rows *rows, const char *code)
{
	int refused = refuse_rows(req, rows, code);

	return refused != 0 ? refused : reply_message(req, status, message);
}

/* The columns before "id" are the page's, not the items'. */
static int
page_columns(const struct rows *rows)
{
	const struct statement *st = rows->statement;
	int i = 0;

	while (i < st->column_count && strcmp(st->columns[i].name, "id") != 0)
		i++;
	assert(i > 0 && i < st->column_count);
	return i;
}

/* The items, with the brace before them. */
static struct buf *
write_items(
    struct request *req, const struct rows *rows, const char *plural, int skip)
{
	struct buf *b = reply_open(req, 200, json_type);

	buf_char(b, '{');
	json_key(b, plural);
	rows_write_all(b, rows, skip);
	return b;
}

/* Nothing where it was not counted. */
static void
write_total(struct buf *b, const struct rows *rows, struct page page)
{
	int64_t total = 0;

	if (rows_count(rows) > 0) {
		if (rows_null(rows, 0, "total"))
			return;
		total = rows_int(rows, 0, "total");
	}
	json_member_int(b, "total", total);
	json_member_int(b, "pages", (total + page.size - 1) / page.size);
	json_member_int(b, "current_page", page.number);
}

int
reply_page(struct request *req, const struct rows *rows, const char *plural,
    struct page page)
{
	struct buf *b;
	int skip;

	if (rows == NULL)
		return reply_refusal(req);
	skip = page_columns(rows);
	b = write_items(req, rows, plural, skip);
	write_total(b, rows, page);
	for (int i = 1; i < skip && rows_count(rows) > 0; i++) {
		const char *name = rows->statement->columns[i].name;

		json_key(b, name);
		rows_write_value(b, rows, 0, name);
	}
	buf_char(b, '}');
	return reply_sent(req);
}

int
reply_page_of(struct request *req, const struct rows *rows, const char *plural,
    struct page page)
{
	int refused = refuse_rows(req, rows, NULL);

	return refused != 0 ? refused : reply_page(req, rows, plural, page);
}

int
reply_keyset(struct request *req, const struct rows *rows, const char *plural,
    struct page page, struct cursor after)
{
	const char *next = NULL;
	struct buf *b;

	if (rows == NULL)
		return reply_refusal(req);
	b = write_items(req, rows, plural, page_columns(rows));
	write_total(b, rows, page);
	if (rows_count(rows) > 0 && !rows_null(rows, 0, "next_id")) {
		next = arena_printf(req->arena, "%s %s %s", after.list,
		    rows_text(rows, 0, "next_key"),
		    rows_text(rows, 0, "next_id"));
		next = base64url_encode(req->arena, next, strlen(next));
	}
	json_member(b, "next_cursor", next);
	buf_char(b, '}');
	return reply_sent(req);
}

int
reply_list(struct request *req, const struct rows *rows, const char *plural)
{
	struct buf *b;

	if (rows == NULL)
		return reply_refusal(req);
	b = reply_open(req, 200, json_type);
	buf_char(b, '{');
	json_key(b, plural);
	rows_write_all(b, rows, 0);
	json_member_int(b, "total", rows_count(rows));
	buf_char(b, '}');
	return reply_sent(req);
}
