/* json.c: JSON in, by json-c's strict parser, and JSON out, by a writer. */
#include <inttypes.h>
#include <string.h>

#include <json-c/json.h>

#include "lib/json.h"
#include "lib/money.h"

/*
 * json-c, even when strict, takes NaN, keeps the last of two equal keys and
 * cuts a key at a NUL.  So the text is first walked by the grammar of
 * RFC 8259, and its members counted: a tree with fewer lost one.
 */
struct walk {
	const unsigned char *at;
	const unsigned char *end;
	size_t members;
	size_t values;
};

static void
skip_blanks(struct walk *w)
{
	while (w->at < w->end && (*w->at == ' ' || *w->at == '\t' ||
				     *w->at == '\n' || *w->at == '\r'))
		w->at++;
}

static bool
take(struct walk *w, unsigned char c)
{
	if (w->at == w->end || *w->at != c)
		return false;
	w->at++;
	return true;
}

static bool
take_word(struct walk *w, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(w->end - w->at) < n || memcmp(w->at, word, n) != 0)
		return false;
	w->at += n;
	return true;
}

static bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static bool
take_digits(struct walk *w)
{
	const unsigned char *from = w->at;

	while (w->at < w->end && is_digit(*w->at))
		w->at++;
	return w->at > from;
}

static bool
take_number(struct walk *w)
{
	(void)take(w, '-');
	if (!take(w, '0') && !take_digits(w))
		return false;
	if (w->at < w->end && is_digit(*w->at))
		return false; /* after a leading zero */
	if (take(w, '.') && !take_digits(w))
		return false;
	if (take(w, 'e') || take(w, 'E')) {
		if (!take(w, '+'))
			(void)take(w, '-');
		return take_digits(w);
	}
	return true;
}

static int
hex_value(unsigned char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The four digits of \uXXXX, or -1. */
static int
take_unit(struct walk *w)
{
	int unit = 0;

	if (w->end - w->at < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int digit = hex_value(*w->at++);

		if (digit < 0)
			return -1;
		unit = unit * 16 + digit;
	}
	return unit;
}

static bool
take_escape(struct walk *w, bool is_key)
{
	int unit;

	if (w->at == w->end)
		return false;
	if (*w->at != 'u')
		return strchr("\"\\/bfnrt", *w->at) != NULL && *w->at++ != 0;
	w->at++;
	unit = take_unit(w);
	if (unit >= 0xd800 && unit <= 0xdbff) {
		/* the first half of a pair wants the second */
		if (!take(w, '\\') || !take(w, 'u'))
			return false;
		unit = take_unit(w);
		return unit >= 0xdc00 && unit <= 0xdfff;
	}
	if (unit >= 0xdc00 && unit <= 0xdfff)
		return false;
	return unit > 0 || (unit == 0 && !is_key);
}

static bool
take_string(struct walk *w, bool is_key)
{
	if (!take(w, '"'))
		return false;
	while (w->at < w->end) {
		unsigned char c = *w->at++;

		if (c == '"')
			return true;
		if (c < 0x20 || (c == '\\' && !take_escape(w, is_key)))
			return false;
	}
	return false;
}

static bool take_value(struct walk *w, int depth);

static bool
take_array(struct walk *w, int depth)
{
	skip_blanks(w);
	if (take(w, ']'))
		return true;
	do {
		if (!take_value(w, depth))
			return false;
	} while (take(w, ','));
	return take(w, ']');
}

static bool
take_object(struct walk *w, int depth)
{
	skip_blanks(w);
	if (take(w, '}'))
		return true;
	do {
		skip_blanks(w);
		if (!take_string(w, true))
			return false;
		skip_blanks(w);
		if (!take(w, ':') || !take_value(w, depth))
			return false;
		w->members++;
	} while (take(w, ','));
	return take(w, '}');
}

/* Blanks, a value, blanks. */
static bool
take_value(struct walk *w, int depth)
{
	bool good;

	/* json-c spends some 800 bytes on an empty object */
	if (++w->values > JSON_VALUES)
		return false;
	skip_blanks(w);
	if (w->at == w->end)
		return false;
	switch (*w->at) {
	case '{':
		w->at++;
		good = depth < JSON_DEPTH && take_object(w, depth + 1);
		break;
	case '[':
		w->at++;
		good = depth < JSON_DEPTH && take_array(w, depth + 1);
		break;
	case '"':
		good = take_string(w, false);
		break;
	case 't':
		good = take_word(w, "true");
		break;
	case 'f':
		good = take_word(w, "false");
		break;
	case 'n':
		good = take_word(w, "null");
		break;
	default:
		good = take_number(w);
	}
	skip_blanks(w);
	return good;
}

static size_t
count_members(struct json_object *o)
{
	size_t n = 0;

	if (json_object_is_type(o, json_type_object)) {
		json_object_object_foreach(o, key, value)
		{
			(void)key;
			n += 1 + count_members(value);
		}
	} else if (json_object_is_type(o, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(o); i++)
			n += count_members(json_object_array_get_idx(o, i));
	}
	return n;
}

static void
release_tree(void *tree)
{
	(void)json_object_put(tree);
}

bool
json_read(
    struct json_object **out, struct arena *a, const char *text, size_t size)
{
	struct walk w = { .at = (const unsigned char *)text };
	struct json_tokener *t;
	struct json_object *tree;
	enum json_tokener_error error;

	w.end = w.at + size;
	if (!take_value(&w, 0) || w.at != w.end ||
	    !json_utf8_good(text, size) || size > INT32_MAX)
		return false;
	/* json-c counts the value itself as a level */
	t = json_tokener_new_ex(JSON_DEPTH + 2);
	if (t == NULL)
		return false;
	json_tokener_set_flags(
	    t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	tree = json_tokener_parse_ex(t, text, (int)size);
	error = json_tokener_get_error(t);
	if (error == json_tokener_continue) {
		/* a bare number may go on: an ending NUL ends it */
		tree = json_tokener_parse_ex(t, "", 1);
		error = json_tokener_get_error(t);
	}
	json_tokener_free(t);
	if (error != json_tokener_success)
		return false;
	if (tree != NULL)
		arena_defer(a, release_tree, tree);
	if (count_members(tree) != w.members)
		return false;
	*out = tree;
	return true;
}

enum json_kind
json_kind(const struct json_object *v)
{
	switch (json_object_get_type(v)) {
	case json_type_boolean:
		return JSON_BOOL;
	case json_type_int:
		return JSON_INT;
	case json_type_double:
		return JSON_NUMBER;
	case json_type_string:
		return JSON_TEXT;
	case json_type_array:
		return JSON_ARRAY;
	case json_type_object:
		return JSON_OBJECT;
	case json_type_null:
		break;
	}
	return JSON_NULL;
}

bool
json_true(const struct json_object *v)
{
	return json_object_get_boolean(v);
}

int64_t
json_int(const struct json_object *v)
{
	return json_object_get_int64(v);
}

const char *
json_digits(struct json_object *v)
{
	return json_object_to_json_string(v);
}

const char *
json_chars(struct json_object *v, size_t *size)
{
	*size = (size_t)json_object_get_string_len(v);
	return json_object_get_string(v);
}

struct json_object *
json_get(const struct json_object *v, const char *name)
{
	return json_object_object_get(v, name);
}

size_t
json_count(const struct json_object *array)
{
	return json_object_array_length(array);
}

struct json_object *
json_item(const struct json_object *array, size_t i)
{
	return json_object_array_get_idx(array, i);
}

void
json_each(struct json_object *v,
    bool (*each)(void *ctx, const char *name, struct json_object *value),
    void *ctx)
{
	json_object_object_foreach(
	    v, name, value) if (!each(ctx, name, value)) return;
}

bool
json_utf8_good(const char *text, size_t size)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t i = 0;

	while (i < size) {
		unsigned long point;
		size_t more;

		if (s[i] < 0x80) {
			i++;
			continue;
		}
		if (s[i] >= 0xc2 && s[i] <= 0xdf) {
			more = 1;
			point = s[i] & 0x1fu;
		} else if ((s[i] & 0xf0) == 0xe0) {
			more = 2;
			point = s[i] & 0x0fu;
		} else if (s[i] >= 0xf0 && s[i] <= 0xf4) {
			more = 3;
			point = s[i] & 0x07u;
		} else {
			return false;
		}
		if (size - i <= more)
			return false;
		for (size_t k = 1; k <= more; k++) {
			if ((s[i + k] & 0xc0) != 0x80)
				return false;
			point = point << 6 | (s[i + k] & 0x3fu);
		}
		/* too long a form, half of a pair, or past the last one */
		if ((more == 2 && point < 0x800) ||
		    (more == 3 && point < 0x10000) || point > 0x10ffff ||
		    (point >= 0xd800 && point <= 0xdfff))
			return false;
		i += more + 1;
	}
	return true;
}

void
json_text(struct buf *b, const char *text, size_t size)
{
	static const char hex[] = "0123456789abcdef";
	size_t from = 0;

	buf_char(b, '"');
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];
		char escape[6] = { '\\', 'u', '0', '0' };
		size_t n = 2;

		if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
			continue;
		buf_add(b, text + from, i - from);
		from = i + 1;
		if (c == '"' || c == '\\') {
			escape[1] = (char)c;
		} else if (c == '\n') {
			escape[1] = 'n';
		} else if (c == '\t') {
			escape[1] = 't';
		} else if (c == '\r') {
			escape[1] = 'r';
		} else {
			escape[4] = hex[c >> 4];
			escape[5] = hex[c & 15];
			n = 6;
		}
		buf_add(b, escape, n);
	}
	buf_add(b, text + from, size - from);
	buf_char(b, '"');
}

void
json_key(struct buf *b, const char *name)
{
	if (b->len > 0 && b->data[b->len - 1] != '{')
		buf_char(b, ',');
	json_text(b, name, strlen(name));
	buf_char(b, ':');
}

void
json_member(struct buf *b, const char *name, const char *text)
{
	json_key(b, name);
	if (text == NULL)
		buf_text(b, "null");
	else
		json_text(b, text, strlen(text));
}

void
json_member_int(struct buf *b, const char *name, int64_t value)
{
	json_key(b, name);
	buf_printf(b, "%" PRId64, value);
}

void
json_member_bool(struct buf *b, const char *name, bool value)
{
	json_key(b, name);
	buf_text(b, value ? "true" : "false");
}

void
json_money(struct buf *b, int64_t cents)
{
	char text[MONEY_SIZE];

	buf_text(b, money_print(text, cents));
}
