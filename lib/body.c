/* body.c: the readers of what a request says, in body and query. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/json.h"
#include "lib/money.h"
#include "lib/request.h"

enum {
	UNKNOWN_MAX = 20, /* unknown fields named in one answer */
	PAGE_SIZE_MAX = 100,
	PAGE_NUMBER_MAX = 1000000,
	CURSOR_MAX = 80, /* bytes */
	EMAIL_MAX = 120,
	KEY_MAX = 40,     /* of an object of texts */
	LIST_MAX = 65536, /* bytes of an array or object given on */
	DETAIL_DEPTH = 4, /* of an object of anything */
	DIGITS_MAX = 20,
};

/* ---- bad fields ---- */

/* Also what it broke, as numbers of JSON; NULL where there is no such limit. */
static void
bad_limit(struct request *req, const char *name, const char *rule,
    const char *reason, const char *min, const char *max)
{
	struct bad_field *f;

	for (f = req->bad; f != NULL; f = f->next)
		if (strcmp(f->name, name) == 0)
			return; /* the first reason is enough */
	f = arena_alloc(req->arena, sizeof *f);
	*f = (struct bad_field){
		.name = arena_strdup(req->arena, name),
		.rule = rule,
		.reason = arena_strdup(req->arena, reason),
		.min = min,
		.max = max,
	};
	*req->bad_end = f;
	req->bad_end = &f->next;
}

void
body_bad(
    struct request *req, const char *name, const char *rule, const char *reason)
{
	bad_limit(req, name, rule, reason, NULL, NULL);
}

void
body_missing(struct request *req, const char *name)
{
	body_bad(req, name, "required", "is required");
}

static const char *
digits_of(struct request *req, int64_t n)
{
	return arena_printf(req->arena, "%" PRId64, n);
}

/* As people write it: 1,000,000. */
static const char *
spelled(struct request *req, int64_t n)
{
	int64_t rest = n % 1000;

	if (n > -1000 && n < 1000)
		return digits_of(req, n);
	return arena_printf(req->arena, "%s,%03" PRId64, spelled(req, n / 1000),
	    rest < 0 ? -rest : rest);
}

static void
bad_short(struct request *req, const char *name, size_t min)
{
	bad_limit(req, name, "too_short",
	    arena_printf(req->arena, "must have at least %s characters",
		spelled(req, (int64_t)min)),
	    digits_of(req, (int64_t)min), NULL);
}

static void
bad_long(struct request *req, const char *name, size_t max)
{
	bad_limit(req, name, "too_long",
	    arena_printf(req->arena, "must have at most %s characters",
		spelled(req, (int64_t)max)),
	    NULL, digits_of(req, (int64_t)max));
}

static void
bad_range(struct request *req, const char *name, int64_t min, int64_t max)
{
	if (max == INT64_MAX)
		bad_limit(req, name, "at_least",
		    arena_printf(
			req->arena, "must be at least %s", spelled(req, min)),
		    digits_of(req, min), NULL);
	else
		bad_limit(req, name, "between",
		    arena_printf(req->arena, "must be from %s to %s",
			spelled(req, min), spelled(req, max)),
		    digits_of(req, min), digits_of(req, max));
}

static void
bad_characters(struct request *req, const char *name)
{
	body_bad(
	    req, name, "characters", "has characters that are not allowed");
}

static void
bad_decimals(struct request *req, const char *name)
{
	body_bad(req, name, "decimals",
	    "must be a number with at most two decimals");
}

/* ---- the body ---- */

static void
read_tree(struct request *req)
{
	if (req->body_state != BODY_UNREAD)
		return;
	req->body_state = BODY_READ;
	if (req->body_size == 0 || req->route == NULL ||
	    (req->route->flags & ROUTE_FORM))
		return;
	if (!json_read(&req->tree, req->arena, req->body, req->body_size) ||
	    json_kind(req->tree) != JSON_OBJECT) {
		req->tree = NULL;
		req->body_state = BODY_BAD;
	}
}

/* The field's value; NULL when absent or null.  Notes that it was asked for. */
static struct json_object *
get_field(struct request *req, const char *name)
{
	struct word *w;

	read_tree(req);
	for (w = req->asked; w != NULL && strcmp(w->text, name) != 0;)
		w = w->next;
	if (w == NULL) {
		w = arena_alloc(req->arena, sizeof *w);
		w->text = name;
		w->next = req->asked;
		req->asked = w;
	}
	return req->tree == NULL ? NULL : json_get(req->tree, name);
}

/* Likewise; a missing one is a bad field. */
static struct json_object *
need_field(struct request *req, const char *name)
{
	struct json_object *v = get_field(req, name);

	if (v == NULL)
		body_missing(req, name);
	return v;
}

bool
body_has(struct request *req, const char *name)
{
	return get_field(req, name) != NULL;
}

struct unknowns {
	struct request *req;
	int left;
};

static bool
note_unknown(void *ctx, const char *name, struct json_object *value)
{
	struct unknowns *u = ctx;
	const struct word *w = u->req->asked;

	(void)value;
	while (w != NULL && strcmp(w->text, name) != 0)
		w = w->next;
	if (w == NULL) {
		body_bad(u->req, name, "unknown", "is not a known field");
		u->left--;
	}
	return u->left > 0;
}

bool
body_invalid(struct request *req)
{
	struct unknowns u = { .req = req, .left = UNKNOWN_MAX };

	if (req->tree != NULL && !req->unknown_noted) {
		req->unknown_noted = true;
		json_each(req->tree, note_unknown, &u);
	}
	return req->body_state == BODY_BAD || req->bad != NULL;
}

/* ---- texts ---- */

static size_t
count_characters(const char *text, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < size; i++)
		n += ((unsigned char)text[i] & 0xc0) != 0x80;
	return n;
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Control characters but for tab and line ends; NUL among them. */
static bool
has_control(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') ||
		    c == 0x7f)
			return true;
	}
	return false;
}

/* The bytes trimmed and judged; NULL when they are bad, noted under name. */
static const char *
judge_text(struct request *req, const char *name, const char *text, size_t size,
    size_t min, size_t max)
{
	size_t count;

	while (size > 0 && is_blank(text[0])) {
		text++;
		size--;
	}
	while (size > 0 && is_blank(text[size - 1]))
		size--;
	count = count_characters(text, size);
	if (has_control(text, size))
		bad_characters(req, name);
	else if (count < min && count == 0)
		body_missing(req, name);
	else if (count < min)
		bad_short(req, name, min);
	else if (count > max)
		bad_long(req, name, max);
	else
		return arena_memdup(req->arena, text, size);
	return NULL;
}

/* Judges a JSON value as a text; NULL when it is bad, noted under name. */
static const char *
take_text(struct request *req, const char *name, struct json_object *v,
    size_t min, size_t max)
{
	const char *bytes;
	size_t size;

	if (json_kind(v) != JSON_TEXT) {
		body_bad(req, name, "text", "must be a text");
		return NULL;
	}
	bytes = json_chars(v, &size);
	return judge_text(req, name, bytes, size, min, max);
}

const char *
body_text(struct request *req, const char *name, size_t min, size_t max)
{
	struct json_object *v = need_field(req, name);
	const char *text = v == NULL ? NULL : take_text(req, name, v, min, max);

	return text == NULL ? "" : text;
}

const char *
body_text_opt(struct request *req, const char *name, size_t min, size_t max)
{
	struct json_object *v = get_field(req, name);

	return v == NULL ? NULL : take_text(req, name, v, min, max);
}

const char *
body_secret(struct request *req, const char *name, size_t min, size_t max)
{
	struct json_object *v = need_field(req, name);
	const char *text;
	size_t size, count;

	if (v == NULL)
		return "";
	if (json_kind(v) != JSON_TEXT) {
		body_bad(req, name, "text", "must be a text");
		return "";
	}
	text = json_chars(v, &size);
	count = count_characters(text, size);
	if (memchr(text, '\0', size) != NULL)
		bad_characters(req, name);
	else if (count == 0)
		body_missing(req, name);
	else if (count < min)
		bad_short(req, name, min);
	else if (count > max)
		bad_long(req, name, max);
	else
		return arena_memdup(req->arena, text, size);
	return "";
}

/* One @ with something before it, and a name with a dot after it. */
static bool
is_email(const char *text)
{
	const char *at = strchr(text, '@'), *dot;

	for (const char *c = text; *c != '\0'; c++)
		if (*c <= ' ' || *c >= 0x7f ||
		    strchr("\"(),:;<>[\\]", *c) != NULL)
			return false;
	if (at == NULL || at == text || strchr(at + 1, '@') != NULL)
		return false;
	dot = strrchr(at, '.');
	return dot != NULL && at[1] != '.' && dot[1] != '\0' &&
	       strstr(at, "..") == NULL;
}

const char *
body_email(struct request *req, const char *name)
{
	const char *text = body_text(req, name, 1, EMAIL_MAX);
	char *lower;

	if (text[0] == '\0')
		return text;
	lower = arena_strdup(req->arena, text);
	for (char *c = lower; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	if (is_email(lower))
		return lower;
	body_bad(req, name, "email", "must be an e-mail address");
	return "";
}

static const char *
find_choice(const char *text, const char *const *choices)
{
	for (; *choices != NULL; choices++)
		if (strcmp(*choices, text) == 0)
			return *choices;
	return NULL;
}

static void
bad_choice(struct request *req, const char *name, const char *const *choices)
{
	struct buf b;

	buf_open(&b, req->arena, LIST_MAX);
	buf_text(&b, "must be one of");
	for (const char *comma = " "; *choices != NULL; choices++, comma = ", ")
		buf_printf(&b, "%s%s", comma, *choices);
	body_bad(req, name, "choice", b.data);
}

const char *
body_choice_opt(
    struct request *req, const char *name, const char *const *choices)
{
	const char *text = body_text_opt(req, name, 0, LIST_MAX);
	const char *choice;

	if (text == NULL)
		return NULL;
	choice = find_choice(text, choices);
	if (choice == NULL)
		bad_choice(req, name, choices);
	return choice;
}

const char *
body_choice(struct request *req, const char *name, const char *const *choices)
{
	const char *choice;

	if (need_field(req, name) == NULL)
		return "";
	choice = body_choice_opt(req, name, choices);
	return choice == NULL ? "" : choice;
}

static bool
is_link(const char *text)
{
	static const char own[] = "/uploads/", given[] = "/api/uploads/";
	size_t scheme;

	for (const char *c = text; *c != '\0'; c++)
		if (is_blank(*c) || strchr("\"'<>\\^`{|}", *c) != NULL)
			return false;
	if (strncmp(text, own, sizeof own - 1) == 0 ||
	    strncmp(text, given, sizeof given - 1) == 0)
		return strstr(text, "..") == NULL;
	if (strncasecmp(text, "https://", 8) == 0)
		scheme = 8;
	else if (strncasecmp(text, "http://", 7) == 0)
		scheme = 7;
	else
		return false;
	/* a host, and no user name that could pass for one */
	return isalnum((unsigned char)text[scheme]) != 0 &&
	       memchr(text + scheme, '@', strcspn(text + scheme, "/?#")) ==
		   NULL;
}

const char *
body_link_opt(struct request *req, const char *name, size_t max)
{
	const char *text = body_text_opt(req, name, 0, max);

	if (text == NULL || text[0] == '\0' || is_link(text))
		return text;
	body_bad(req, name, "link", "must be a web address");
	return NULL;
}

static bool
read_digits(int *out, const char **at, int count)
{
	*out = 0;
	for (int i = 0; i < count; i++, (*at)++) {
		if (**at < '0' || **at > '9')
			return false;
		*out = *out * 10 + (**at - '0');
	}
	return true;
}

static bool
is_day(int year, int month, int day)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return year >= 1900 && year <= 2200 && month >= 1 && month <= 12 &&
	       day >= 1 && day <= days[month - 1] + (leap && month == 2);
}

/* Z, or +hh:mm, or nothing: then it is taken for UTC. */
static bool
is_zone(const char *at)
{
	int hours, minutes;

	if (*at == '\0' || strcmp(at, "Z") == 0)
		return true;
	if (*at != '+' && *at != '-')
		return false;
	at++;
	if (!read_digits(&hours, &at, 2))
		return false;
	if (*at == ':')
		at++;
	return read_digits(&minutes, &at, 2) && *at == '\0' && hours <= 14 &&
	       minutes <= 59;
}

static bool
is_time(const char *at)
{
	int year, month, day, hours, minutes, seconds;

	if (!read_digits(&year, &at, 4) || *at++ != '-' ||
	    !read_digits(&month, &at, 2) || *at++ != '-' ||
	    !read_digits(&day, &at, 2) || !is_day(year, month, day))
		return false;
	if (*at == '\0')
		return true;
	if (*at != 'T' && *at != ' ')
		return false;
	at++;
	if (!read_digits(&hours, &at, 2) || *at++ != ':' ||
	    !read_digits(&minutes, &at, 2) || hours > 23 || minutes > 59)
		return false;
	if (*at == ':') {
		at++;
		if (!read_digits(&seconds, &at, 2) || seconds > 59)
			return false;
		if (*at == '.') {
			size_t n = strspn(++at, "0123456789");

			if (n == 0 || n > 9)
				return false;
			at += n;
		}
	}
	return is_zone(at);
}

const char *
body_time_opt(struct request *req, const char *name)
{
	const char *text = body_text_opt(req, name, 1, 40);

	if (text == NULL || is_time(text))
		return text;
	body_bad(
	    req, name, "time", "must be a date, or date and time, as ISO 8601");
	return NULL;
}

/* ---- numbers ---- */

const int64_t *
body_int_opt(struct request *req, const char *name, int64_t min, int64_t max)
{
	struct json_object *v = get_field(req, name);
	int64_t *out;

	if (v == NULL)
		return NULL;
	if (json_kind(v) != JSON_INT) {
		body_bad(req, name, "whole", "must be a whole number");
		return NULL;
	}
	out = arena_alloc(req->arena, sizeof *out);
	*out = json_int(v);
	/* the ends may be what a longer number was cut to */
	if (*out >= min && *out <= max && *out != INT64_MAX &&
	    *out != INT64_MIN)
		return out;
	bad_range(req, name, min, max);
	return NULL;
}

int64_t
body_int(struct request *req, const char *name, int64_t min, int64_t max)
{
	const int64_t *n;

	if (need_field(req, name) == NULL)
		return min;
	n = body_int_opt(req, name, min, max);
	return n == NULL ? min : *n;
}

const bool *
body_bool_opt(struct request *req, const char *name)
{
	struct json_object *v = get_field(req, name);
	bool *out;

	if (v == NULL)
		return NULL;
	if (json_kind(v) != JSON_BOOL) {
		body_bad(req, name, "flag", "must be true or false");
		return NULL;
	}
	out = arena_alloc(req->arena, sizeof *out);
	*out = json_true(v);
	return out;
}

/* An amount as people write it; without its cents where it has none. */
static const char *
spelled_money(struct request *req, int64_t cents)
{
	return cents % 100 == 0 ? spelled(req, cents / 100)
				: arena_printf(req->arena, "%s.%02" PRId64,
				      spelled(req, cents / 100), cents % 100);
}

static void
bad_money_range(struct request *req, const char *name, int64_t min, int64_t max)
{
	char low[MONEY_SIZE], high[MONEY_SIZE];

	bad_limit(req, name, "between",
	    arena_printf(req->arena, "must be from %s to %s",
		spelled_money(req, min), spelled_money(req, max)),
	    arena_strdup(req->arena, money_print(low, min)),
	    arena_strdup(req->arena, money_print(high, max)));
}

/* The digits of a number, or of a text that stands for one; else NULL. */
static const char *
amount_text(struct json_object *v)
{
	const char *text;
	size_t size;

	if (json_kind(v) == JSON_INT || json_kind(v) == JSON_NUMBER)
		return json_digits(v);
	if (json_kind(v) != JSON_TEXT)
		return NULL;
	text = json_chars(v, &size);
	return strlen(text) == size ? text : NULL;
}

const int64_t *
body_money_opt(struct request *req, const char *name, int64_t min, int64_t max)
{
	struct json_object *v = get_field(req, name);
	const char *text;
	int64_t *out;

	if (v == NULL)
		return NULL;
	text = amount_text(v);
	out = arena_alloc(req->arena, sizeof *out);
	if (text != NULL && text[0] == '\0') {
		body_missing(req, name);
		return NULL;
	}
	if (text == NULL || !money_parse(out, text)) {
		bad_decimals(req, name);
		return NULL;
	}
	if (*out >= min && *out <= max)
		return out;
	bad_money_range(req, name, min, max);
	return NULL;
}

int64_t
body_money(struct request *req, const char *name, int64_t min, int64_t max)
{
	const int64_t *cents;

	if (need_field(req, name) == NULL)
		return min;
	cents = body_money_opt(req, name, min, max);
	return cents == NULL ? min : *cents;
}

const char *
body_decimal_opt(
    struct request *req, const char *name, int64_t min, int64_t max)
{
	struct json_object *v = get_field(req, name);
	const char *text, *digits;
	int64_t hundredths;

	if (v == NULL)
		return NULL;
	if (json_kind(v) != JSON_INT && json_kind(v) != JSON_NUMBER) {
		bad_decimals(req, name);
		return NULL;
	}
	text = json_digits(v);
	digits = text[0] == '-' ? text + 1 : text;
	if (!money_parse(&hundredths, digits)) {
		bad_decimals(req, name);
		return NULL;
	}
	if (digits > text)
		hundredths = -hundredths;
	if (hundredths >= min * 100 && hundredths <= max * 100)
		return arena_strdup(req->arena, text);
	bad_range(req, name, min, max);
	return NULL;
}

/* ---- lists ---- */

/* A text of a list; NULL when it is bad, noted under the list's name. */
static const char *
take_entry(
    struct request *req, const char *name, struct json_object *v, size_t max)
{
	const char *text = take_text(req, name, v, 0, LIST_MAX);

	if (text == NULL)
		return NULL;
	if (text[0] == '\0')
		body_bad(
		    req, name, "entry_empty", "must not have an empty entry");
	else if (count_characters(text, strlen(text)) > max)
		bad_limit(req, name, "entry_long",
		    arena_printf(req->arena,
			"must have at most %s characters in each entry",
			spelled(req, (int64_t)max)),
		    NULL, digits_of(req, (int64_t)max));
	else
		return text;
	return NULL;
}

static const char *
take_list(struct request *req, const char *name, const char *const *choices,
    size_t items, size_t max)
{
	struct json_object *v = get_field(req, name);
	struct buf out;

	if (v == NULL)
		return NULL;
	if (json_kind(v) != JSON_ARRAY) {
		body_bad(req, name, "list", "must be a list");
		return NULL;
	}
	if (json_count(v) > items) {
		bad_limit(req, name, "too_many",
		    arena_printf(req->arena, "must have at most %s entries",
			spelled(req, (int64_t)items)),
		    NULL, digits_of(req, (int64_t)items));
		return NULL;
	}
	buf_open(&out, req->arena, LIST_MAX);
	buf_char(&out, '[');
	for (size_t i = 0; i < json_count(v); i++) {
		const char *text = take_entry(req, name, json_item(v, i), max);

		if (text == NULL)
			return NULL;
		if (choices != NULL && find_choice(text, choices) == NULL) {
			bad_choice(req, name, choices);
			return NULL;
		}
		if (i > 0)
			buf_char(&out, ',');
		json_text(&out, text, strlen(text));
	}
	buf_char(&out, ']');
	if (out.state == BUF_OK)
		return out.data;
	body_bad(req, name, "too_big", "is too long");
	return NULL;
}

const char *
body_texts_opt(struct request *req, const char *name, size_t items, size_t max)
{
	return take_list(req, name, NULL, items, max);
}

const char *
body_choices_opt(struct request *req, const char *name,
    const char *const *choices, size_t items)
{
	return take_list(req, name, choices, items, LIST_MAX);
}

struct object_copy {
	struct request *req;
	const char *name;
	const char *const *keys;
	size_t max;
	struct buf out;
	bool good;
};

static bool
copy_member(void *ctx, const char *key, struct json_object *value)
{
	struct object_copy *c = ctx;
	size_t size = strlen(key);
	const char *text;

	c->good = false;
	if (c->keys == NULL ? size == 0 || has_control(key, size) ||
				  count_characters(key, size) > KEY_MAX
			    : find_choice(key, c->keys) == NULL) {
		body_bad(c->req, c->name, "name_unknown",
		    "has a name that is not known");
		return false;
	}
	if (json_kind(value) == JSON_NULL) {
		c->good = true; /* as though it were not there */
		return true;
	}
	text = take_text(c->req,
	    arena_printf(c->req->arena, "%s.%s", c->name, key), value, 0,
	    c->max);
	if (text == NULL)
		return false;
	json_member(&c->out, key, text);
	c->good = true;
	return true;
}

const char *
body_object_opt(
    struct request *req, const char *name, const char *const *keys, size_t max)
{
	struct json_object *v = get_field(req, name);
	struct object_copy c = {
		.req = req, .name = name, .keys = keys, .max = max, .good = true
	};

	if (v == NULL)
		return NULL;
	if (json_kind(v) != JSON_OBJECT) {
		body_bad(req, name, "object", "must be an object of texts");
		return NULL;
	}
	buf_open(&c.out, req->arena, LIST_MAX);
	buf_char(&c.out, '{');
	json_each(v, copy_member, &c);
	buf_char(&c.out, '}');
	if (!c.good)
		return NULL;
	if (c.out.state == BUF_OK)
		return c.out.data;
	body_bad(req, name, "too_big", "is too long");
	return NULL;
}

struct details {
	struct request *req;
	const char *name;
	size_t max;
	int depth;
	struct buf out;
	bool good;
};

static bool copy_detail(struct details *d, struct json_object *value);

static bool
copy_named(void *ctx, const char *key, struct json_object *value)
{
	struct details *d = ctx;
	size_t size = strlen(key);

	d->good = false;
	if (size == 0 || has_control(key, size) ||
	    count_characters(key, size) > KEY_MAX) {
		body_bad(d->req, d->name, "name_unknown",
		    "has a name that is not allowed");
		return false;
	}
	json_key(&d->out, key);
	d->good = copy_detail(d, value);
	return d->good;
}

static bool
copy_items(struct details *d, struct json_object *list)
{
	for (size_t i = 0; i < json_count(list); i++) {
		if (i > 0)
			buf_char(&d->out, ',');
		if (!copy_detail(d, json_item(list, i)))
			return false;
	}
	return true;
}

static bool
copy_nested(struct details *d, struct json_object *value)
{
	bool is_list = json_kind(value) == JSON_ARRAY;

	if (d->depth == DETAIL_DEPTH) {
		body_bad(d->req, d->name, "too_deep", "is nested too deep");
		return false;
	}
	d->depth++;
	d->good = true;
	buf_char(&d->out, is_list ? '[' : '{');
	if (is_list)
		d->good = copy_items(d, value);
	else
		json_each(value, copy_named, d);
	buf_char(&d->out, is_list ? ']' : '}');
	d->depth--;
	return d->good;
}

static bool
copy_detail(struct details *d, struct json_object *value)
{
	const char *text;

	switch (json_kind(value)) {
	case JSON_NULL:
		buf_text(&d->out, "null");
		return true;
	case JSON_BOOL:
		buf_text(&d->out, json_true(value) ? "true" : "false");
		return true;
	case JSON_INT:
	case JSON_NUMBER:
		text = json_digits(value);
		if (strlen(text) > DIGITS_MAX || strpbrk(text, "eE") != NULL) {
			body_bad(d->req, d->name, "number",
			    "has a number that is not allowed");
			return false;
		}
		buf_text(&d->out, text);
		return true;
	case JSON_TEXT:
		text = take_text(d->req, d->name, value, 0, d->max);
		if (text != NULL)
			json_text(&d->out, text, strlen(text));
		return text != NULL;
	default:
		return copy_nested(d, value);
	}
}

const char *
body_details_opt(struct request *req, const char *name, size_t max)
{
	struct json_object *v = get_field(req, name);
	struct details d = { .req = req, .name = name, .max = max };

	if (v == NULL)
		return NULL;
	if (json_kind(v) != JSON_OBJECT) {
		body_bad(req, name, "object", "must be an object");
		return NULL;
	}
	buf_open(&d.out, req->arena, LIST_MAX);
	if (!copy_detail(&d, v))
		return NULL;
	if (d.out.state == BUF_OK)
		return d.out.data;
	body_bad(req, name, "too_big", "is too long");
	return NULL;
}

/* ---- the query ---- */

/* FNV-1a; tells lists apart, and keeps nothing secret. */
static uint64_t
hash_texts(const char *one, const char *two)
{
	const char *texts[] = { one, two };
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < 2; i++) {
		const char *c = texts[i];

		do {
			hash ^= (unsigned char)*c;
			hash *= UINT64_C(0x100000001b3);
		} while (*c++ != '\0');
	}
	return hash;
}

/* What says which part of a list is wanted, not which list. */
static bool
is_of_page(const char *name)
{
	return strcmp(name, "page") == 0 || strcmp(name, "per_page") == 0 ||
	       strcmp(name, "sort") == 0 || strcmp(name, "cursor") == 0;
}

/* The parameter's text, or NULL when it is absent, empty or bad. */
static const char *
get_parameter(struct request *req, const char *name)
{
	const struct form_pair *found = NULL;

	if (req->query == NULL) {
		const char *text = request_header(req, "QUERY_STRING");

		req->query = arena_alloc(req->arena, sizeof *req->query);
		if (text != NULL &&
		    !form_read(req->query, req->arena, text, strlen(text))) {
			body_bad(req, "query", "unreadable", "cannot be read");
			req->query->count = 0;
		}
	}
	for (size_t i = 0; i < req->query->count; i++) {
		const struct form_pair *p = &req->query->pair[i];

		if (strcmp(p->name, name) != 0)
			continue;
		if (found != NULL) {
			body_bad(req, name, "twice", "is given twice");
			return NULL;
		}
		found = p;
	}
	if (found == NULL || found->value_size == 0)
		return NULL;
	if (!json_utf8_good(found->value, found->value_size) ||
	    strlen(found->value) != found->value_size) {
		bad_characters(req, name);
		return NULL;
	}
	if (!is_of_page(name))
		req->filters += hash_texts(name, found->value);
	return found->value;
}

/* A sign and up to 18 digits, nothing else. */
static bool
read_whole(int64_t *out, const char *text)
{
	size_t sign = text[0] == '-';
	size_t digits = strspn(text + sign, "0123456789");

	if (digits == 0 || digits > 18 || text[sign + digits] != '\0')
		return false;
	*out = strtoll(text, NULL, 10);
	return true;
}

const int64_t *
query_int_opt(struct request *req, const char *name, int64_t min, int64_t max)
{
	const char *text = get_parameter(req, name);
	int64_t *out;

	if (text == NULL)
		return NULL;
	out = arena_alloc(req->arena, sizeof *out);
	if (!read_whole(out, text)) {
		body_bad(req, name, "whole", "must be a whole number");
		return NULL;
	}
	if (*out >= min && *out <= max)
		return out;
	bad_range(req, name, min, max);
	return NULL;
}

int64_t
query_int(struct request *req, const char *name, int64_t otherwise, int64_t min,
    int64_t max)
{
	const int64_t *n = query_int_opt(req, name, min, max);

	return n == NULL ? otherwise : *n;
}

const int64_t *
query_money_opt(struct request *req, const char *name)
{
	const char *text = get_parameter(req, name);
	int64_t *out;

	if (text == NULL)
		return NULL;
	out = arena_alloc(req->arena, sizeof *out);
	if (money_parse(out, text))
		return out;
	bad_decimals(req, name);
	return NULL;
}

const char *
query_text_opt(struct request *req, const char *name, size_t min, size_t max)
{
	const char *text = get_parameter(req, name);

	if (text == NULL)
		return NULL;
	text = judge_text(req, name, text, strlen(text), min, max);
	return text == NULL || text[0] == '\0' ? NULL : text;
}

const char *
query_choice_opt(
    struct request *req, const char *name, const char *const *choices)
{
	const char *text = get_parameter(req, name);

	if (text == NULL)
		return NULL;
	for (const char *const *c = choices; *c != NULL; c++)
		if (strcmp(text, *c) == 0)
			return *c;
	body_bad(req, name, "choice", "is not one of those there are");
	return NULL;
}

bool
query_flag(struct request *req, const char *name)
{
	const char *text = get_parameter(req, name);

	if (text == NULL || strcmp(text, "false") == 0 ||
	    strcmp(text, "0") == 0)
		return false;
	if (strcmp(text, "true") == 0 || strcmp(text, "1") == 0)
		return true;
	body_bad(req, name, "flag", "must be true or false");
	return false;
}

struct page
query_page(struct request *req, int64_t size)
{
	struct page page = { .number = 1, .size = size };

	page.number = query_int(req, "page", 1, 1, PAGE_NUMBER_MAX);
	page.size = query_int(req, "per_page", size, 1, INT64_MAX);
	if (page.size > PAGE_SIZE_MAX)
		page.size = PAGE_SIZE_MAX;
	return page;
}

const char *
query_order(struct request *req, const char *const *orders, bool words,
    const char *otherwise)
{
	const char *order = query_choice_opt(req, "sort", orders);

	if (order != NULL && (words || strcmp(order, "relevance") != 0))
		return order;
	return words ? "relevance" : otherwise;
}

/* "list key id" in base64url, as reply_keyset writes it. */
struct cursor
query_cursor(struct request *req, const char *order)
{
	const char *text = get_parameter(req, "cursor");
	struct cursor none = {
		.list = arena_printf(req->arena, "%s %016" PRIx64, order,
		    hash_texts(req->route->path, order) + req->filters),
	};
	unsigned char bytes[CURSOR_MAX + 1];
	int64_t *values;
	char *rest, *id;
	int size;

	if (text == NULL)
		return none;
	size = base64url_decode(bytes, CURSOR_MAX, text, strlen(text));
	bytes[size < 0 ? 0 : size] = '\0';
	rest = arena_strdup(req->arena, (const char *)bytes);
	values = arena_alloc(req->arena, 2 * sizeof *values);
	/* no byte of zero behind it either */
	if (size > 0 && strlen(rest) == (size_t)size &&
	    strncmp(rest, none.list, strlen(none.list)) == 0 &&
	    rest[strlen(none.list)] == ' ') {
		rest += strlen(none.list) + 1;
		id = strchr(rest, ' ');
		if (id != NULL) {
			*id++ = '\0';
			if (read_whole(&values[0], rest) &&
			    read_whole(&values[1], id))
				return (struct cursor){ .list = none.list,
					.key = &values[0],
					.id = &values[1] };
		}
	}
	body_bad(req, "cursor", "cursor",
	    "is none that this list gave for these filters in this order");
	return none;
}
