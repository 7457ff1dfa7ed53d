/*
 * form.h: application/x-www-form-urlencoded, in the order it came.
 *
 * Shape   name and value pairs as decoded bytes, NUL after each; duplicates
 *         are kept.  '+' is a blank, %XX a byte, decoded exactly once.
 * Errors  false for more than FORM_PAIRS pairs, a bad escape, or a NUL byte.
 * Source  WHATWG URL, section 5; paynow.md section 6.
 */
#ifndef FORM_H
#define FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/arena.h"
#include "lib/buf.h"

enum { FORM_PAIRS = 64 };

struct form_pair {
	const char *name;
	const char *value;
	size_t name_size;
	size_t value_size;
};

struct form {
	struct form_pair pair[FORM_PAIRS];
	size_t count;
};

/* Splits at '&', then at the first '='.  Trailing CR and LF are dropped. */
bool form_read(
    struct form *out, struct arena *a, const char *body, size_t size);
/* The value of the only pair of this name, in any case; NULL when it is
 * missing or there twice. */
const char *form_get(const struct form *f, const char *name);
bool form_twice(const struct form *f); /* some name stands there twice */

/* Appends name=value, escaped once, with '&' before it unless b is empty. */
void form_add(struct buf *b, const char *name, const char *value);

#endif
