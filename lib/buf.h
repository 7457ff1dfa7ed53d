/*
 * buf.h: a growing run of bytes with a cap.
 *
 * Shape   data[0..len), always followed by a NUL that len does not count.
 * Errors  stick: past the cap the buffer stays BUF_TOO_BIG and takes no more;
 *         ask once, at the end.  Its memory belongs to the arena.
 */
#ifndef BUF_H
#define BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "lib/arena.h"

enum buf_state { BUF_OK = 0, BUF_TOO_BIG = -1 };

struct buf {
	char *data;
	size_t len;
	size_t cap; /* bytes there is room for now */
	size_t max; /* bytes it may ever hold */
	enum buf_state state;
	struct arena *arena;
};

void buf_open(struct buf *b, struct arena *a, size_t max);
void buf_add(struct buf *b, const void *bytes, size_t size);
void buf_text(struct buf *b, const char *text);
void buf_char(struct buf *b, char c);
/* Text as it may stand in HTML, in attributes too. */
void buf_html(struct buf *b, const char *text, size_t size);
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3), nonnull(1, 2)));
/* Forgets the bytes and a state of BUF_TOO_BIG; keeps the room. */
void buf_clear(struct buf *b);

#endif
