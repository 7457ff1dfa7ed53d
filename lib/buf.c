/* buf.c: a growing run of bytes with a cap. */
#include <stdio.h>
#include <string.h>

#include "lib/buf.h"

enum { BUF_FIRST = 512 };

static char nothing[1]; /* what an empty buffer shows; never written to */

void
buf_open(struct buf *b, struct arena *a, size_t max)
{
	*b = (struct buf){ .data = nothing, .max = max, .arena = a };
}

/* Room for size more bytes and the NUL; false once the cap is passed. */
static bool
make_room(struct buf *b, size_t size)
{
	size_t cap;
	char *data;

	if (b->state != BUF_OK)
		return false;
	if (size > b->max - b->len) {
		b->state = BUF_TOO_BIG;
		return false;
	}
	if (b->len + size < b->cap)
		return true;
	cap = b->cap > 0 ? b->cap * 2 : BUF_FIRST;
	if (cap < b->len + size + 1)
		cap = b->len + size + 1;
	data = arena_alloc(b->arena, cap);
	if (b->len > 0)
		memcpy(data, b->data, b->len);
	b->data = data;
	b->cap = cap;
	return true;
}

void
buf_add(struct buf *b, const void *bytes, size_t size)
{
	if (size == 0 || !make_room(b, size))
		return;
	memcpy(b->data + b->len, bytes, size);
	b->len += size;
	b->data[b->len] = '\0';
}

void
buf_text(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

void
buf_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_printf(struct buf *b, const char *format, ...)
{
	char small[256];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(small, sizeof small, format, args);
	va_end(args);
	if (n > 0 && (size_t)n < sizeof small) {
		buf_add(b, small, (size_t)n);
	} else if (n > 0 && make_room(b, (size_t)n)) {
		va_start(args, format);
		(void)vsnprintf(b->data + b->len, (size_t)n + 1, format, args);
		va_end(args);
		b->len += (size_t)n;
	}
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	b->state = BUF_OK;
	if (b->cap > 0)
		b->data[0] = '\0';
}

void
buf_html(struct buf *b, const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		switch (text[i]) {
		case '&':
			buf_text(b, "&amp;");
			break;
		case '<':
			buf_text(b, "&lt;");
			break;
		case '>':
			buf_text(b, "&gt;");
			break;
		case '"':
			buf_text(b, "&quot;");
			break;
		case '\'':
			buf_text(b, "&#39;");
			break;
		default:
			buf_char(b, text[i]);
		}
	}
}
