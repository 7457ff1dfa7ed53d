/* multipart.c: finds one part between its boundaries. */
#include "lib/multipart.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
	BOUNDARY_MAX = 70,      /* RFC 2046 */
	PART_HEADERS_MAX = 4096 /* bytes of one part's headers */
};

/* The value of a parameter, "…; name=value" or "…; name="value"", in text up
 * to end; NULL when there is none. */
static const char *
parameter(const char *text, const char *end, const char *name, size_t *size)
{
	size_t length = strlen(name);

	while (text < end) {
		const char *semicolon = memchr(text, ';', (size_t)(end - text));
		const char *value, *stop;

		if (semicolon == NULL)
			return NULL;
		text = semicolon + 1;
		while (text < end && (*text == ' ' || *text == '\t'))
			text++;
		value = memchr(text, '=', (size_t)(end - text));
		if (value == NULL)
			return NULL;
		value++;
		if (value < end && *value == '"') {
			value++;
			stop = memchr(value, '"', (size_t)(end - value));
			if (stop == NULL)
				return NULL;
		} else {
			stop = value;
			while (stop < end && *stop != ';' && *stop != ' ')
				stop++;
		}
		if ((size_t)(value - text) > length && text[length] == '=' &&
		    strncasecmp(text, name, length) == 0) {
			*size = (size_t)(stop - value);
			return value;
		}
		text = stop;
	}
	return NULL;
}

/* "\r\n--boundary" into delimiter; its length, or 0. */
static size_t
read_delimiter(char delimiter[BOUNDARY_MAX + 5], const char *type)
{
	static const char form[] = "multipart/form-data";
	const char *boundary;
	size_t size;

	if (strncasecmp(type, form, sizeof form - 1) != 0)
		return 0;
	boundary = parameter(type, type + strlen(type), "boundary", &size);
	if (boundary == NULL || size == 0 || size > BOUNDARY_MAX)
		return 0;
	return (size_t)snprintf(
	    delimiter, BOUNDARY_MAX + 5, "\r\n--%.*s", (int)size, boundary);
}

/* Whether the headers from text to end, lines with CRLF, name the field. */
static bool
names_field(const char *text, const char *end, const char *field)
{
	static const char disposition[] = "Content-Disposition:";

	while (text < end) {
		const char *line_end =
		    memmem(text, (size_t)(end - text), "\r\n", 2);
		const char *value;
		size_t size;

		if (line_end == NULL)
			line_end = end;
		if ((size_t)(line_end - text) >= sizeof disposition - 1 &&
		    strncasecmp(text, disposition, sizeof disposition - 1) ==
			0) {
			value = parameter(text, line_end, "name", &size);
			return value != NULL && size == strlen(field) &&
			       memcmp(value, field, size) == 0;
		}
		text = line_end + 2;
	}
	return false;
}

enum multipart_result
multipart_field(struct part *out, const char *type, const char *body,
    size_t size, const char *field)
{
	char delimiter[BOUNDARY_MAX + 5];
	size_t length = read_delimiter(delimiter, type);
	const char *end = body + size, *at;
	bool found = false;

	/* The first boundary needs no line before it. */
	if (length == 0 || size < length - 2 ||
	    memcmp(body, delimiter + 2, length - 2) != 0)
		return MULTIPART_BAD;
	at = body + length - 2;
	for (;;) {
		const char *headers, *data, *next;
		size_t room = (size_t)(end - at);

		if (room >= 2 && memcmp(at, "--", 2) == 0)
			return found ? MULTIPART_OK : MULTIPART_NONE;
		if (room < 2 || memcmp(at, "\r\n", 2) != 0)
			return MULTIPART_BAD;
		headers = at + 2;
		room -= 2;
		data = memmem(headers,
		    room < PART_HEADERS_MAX ? room : PART_HEADERS_MAX,
		    "\r\n\r\n", 4);
		if (data == NULL)
			return MULTIPART_BAD;
		next = memmem(
		    data + 2, (size_t)(end - data - 2), delimiter, length);
		if (next == NULL || next < data + 4)
			return MULTIPART_BAD;
		if (names_field(headers, data, field)) {
			if (found)
				return MULTIPART_BAD;
			found = true;
			out->data = data + 4;
			out->size = (size_t)(next - data - 4);
		}
		at = next + length;
	}
}
