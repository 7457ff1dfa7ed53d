/*
 * multipart.h: the one file of a multipart/form-data body.
 *
 * Shape   nothing is copied: the part points into the body.
 * Errors  MULTIPART_BAD: not well formed, cut off, or the field comes twice;
 *         MULTIPART_NONE: well formed, and no such field.
 * Source  RFC 7578, RFC 2046 section 5.1.
 */
#ifndef MULTIPART_H
#define MULTIPART_H

#include <stddef.h>

enum multipart_result {
	MULTIPART_OK = 0,
	MULTIPART_BAD = -1,
	MULTIPART_NONE = -2,
};

struct part {
	const char *data;
	size_t size; /* bytes */
};

/* type is the Content-Type header; field the form's name for the part. */
enum multipart_result multipart_field(struct part *out, const char *type,
    const char *body, size_t size, const char *field);

#endif
