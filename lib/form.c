/* form.c: reads and writes application/x-www-form-urlencoded. */
#include <string.h>
#include <strings.h>

#include "lib/form.h"

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* NULL for a bad escape or a NUL byte. */
static const char *
decode(struct arena *a, const char *text, size_t size, size_t *out_size)
{
	char *out = arena_alloc(a, size + 1);
	size_t len = 0;

	for (size_t i = 0; i < size; i++) {
		char c = text[i];

		if (c == '+') {
			c = ' ';
		} else if (c == '%') {
			int high = i + 2 < size ? hex_value(text[i + 1]) : -1;
			int low = i + 2 < size ? hex_value(text[i + 2]) : -1;

			if (high < 0 || low < 0)
				return NULL;
			c = (char)(high << 4 | low);
			i += 2;
		}
		if (c == '\0')
			return NULL;
		out[len++] = c;
	}
	out[len] = '\0';
	*out_size = len;
	return out;
}

static bool
read_pair(struct form_pair *out, struct arena *a, const char *text, size_t size)
{
	const char *equals = memchr(text, '=', size);
	size_t name_size = equals == NULL ? size : (size_t)(equals - text);
	size_t skip = equals == NULL ? size : name_size + 1;

	out->name = decode(a, text, name_size, &out->name_size);
	out->value = decode(a, text + skip, size - skip, &out->value_size);
	return out->name != NULL && out->value != NULL;
}

bool
form_read(struct form *out, struct arena *a, const char *body, size_t size)
{
	size_t at = 0;

	out->count = 0;
	/* A gateway's stray line end would otherwise join the last value. */
	while (size > 0 && (body[size - 1] == '\n' || body[size - 1] == '\r'))
		size--;
	while (at < size) {
		const char *end = memchr(body + at, '&', size - at);
		size_t stop = end == NULL ? size : (size_t)(end - body);

		if (stop > at) {
			if (out->count == FORM_PAIRS ||
			    !read_pair(&out->pair[out->count], a, body + at,
				stop - at)) {
				out->count = 0;
				return false;
			}
			out->count++;
		}
		at = stop + 1;
	}
	return true;
}

const char *
form_get(const struct form *f, const char *name)
{
	const char *value = NULL;

	for (size_t i = 0; i < f->count; i++) {
		if (strcasecmp(f->pair[i].name, name) != 0)
			continue;
		if (value != NULL)
			return NULL;
		value = f->pair[i].value;
	}
	return value;
}

bool
form_twice(const struct form *f)
{
	for (size_t i = 1; i < f->count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcasecmp(f->pair[i].name, f->pair[j].name) == 0)
				return true;
	return false;
}

static bool
plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("*-._", c) != NULL);
}

static void
add_escaped(struct buf *b, const char *text)
{
	static const char hex[] = "0123456789ABCDEF";

	for (; *text != '\0'; text++) {
		unsigned char byte = (unsigned char)*text;

		if (*text == ' ') {
			buf_char(b, '+');
		} else if (plain(*text)) {
			buf_char(b, *text);
		} else {
			buf_char(b, '%');
			buf_char(b, hex[byte >> 4]);
			buf_char(b, hex[byte & 15]);
		}
	}
}

void
form_add(struct buf *b, const char *name, const char *value)
{
	if (b->len > 0)
		buf_char(b, '&');
	add_escaped(b, name);
	buf_char(b, '=');
	add_escaped(b, value);
}
