/*
 * json.h: JSON in, by json-c's strict parser, and JSON out, by a writer.
 *
 * Shape   in: an opaque tree that belongs to the arena; out: bytes in a buf.
 * Errors  json_read gives false for what is not one JSON value in UTF-8, is
 *         nested deeper than JSON_DEPTH, has more than JSON_VALUES values
 *         or names a key twice.
 * Source  RFC 8259; json-c 0.16.
 */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/buf.h"

enum { JSON_DEPTH = 32, JSON_VALUES = 10000 };

struct json_object; /* json-c's */

bool json_read(
    struct json_object **out, struct arena *a, const char *text, size_t size);

bool json_utf8_good(const char *text, size_t size);

/* What a value is; NULL, as for an absent member, is JSON_NULL. */
enum json_kind {
	JSON_NULL,
	JSON_BOOL,
	JSON_INT, /* written without point and exponent */
	JSON_NUMBER,
	JSON_TEXT,
	JSON_ARRAY,
	JSON_OBJECT,
};
enum json_kind json_kind(const struct json_object *v);
bool json_true(const struct json_object *v);
/* Cut to what int64_t holds. */
int64_t json_int(const struct json_object *v);
/* A number as it was written; an integer as it was understood. */
const char *json_digits(struct json_object *v);
/* A text's bytes; there may be NULs among them. */
const char *json_chars(struct json_object *v, size_t *size);
/* NULL when there is none of that name. */
struct json_object *json_get(const struct json_object *v, const char *name);
size_t json_count(const struct json_object *array);
struct json_object *json_item(const struct json_object *array, size_t i);
/* Calls each for every member, in the order written, until it gives false. */
void json_each(struct json_object *v,
    bool (*each)(void *ctx, const char *name, struct json_object *value),
    void *ctx);

/* A string with its quotes; control characters escaped. */
void json_text(struct buf *b, const char *text, size_t size);
/* "name": and, where the last byte is no opening brace, a comma before it. */
void json_key(struct buf *b, const char *name);
/* text NULL: null. */
void json_member(struct buf *b, const char *name, const char *text);
void json_member_int(struct buf *b, const char *name, int64_t value);
void json_member_bool(struct buf *b, const char *name, bool value);
/* Cents as a number with two decimals. */
void json_money(struct buf *b, int64_t cents);

#endif
