/*
 * token.h: things nobody can guess, and digests of them.
 *
 * Source  getrandom(2) through OpenSSL; libuuid, RFC 4122 version 4.
 */
#ifndef TOKEN_H
#define TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/arena.h"

enum {
	TOKEN_UUID_SIZE = 37, /* with its NUL */
	TOKEN_CODE_SIZE = 7,  /* six digits and NUL */
};

char *token_uuid(struct arena *a);    /* lower case with dashes */
bool token_is_uuid(const char *text); /* in that form */
char *token_trace(struct arena *a);   /* 32 hex digits, a uuid undashed */
char *token_code(struct arena *a);    /* six digits, uniform */
/* HMAC-SHA-256 as hex: what tables keep of a code. */
char *token_digest(
    struct arena *a, const void *key, size_t key_size, const char *text);
char *token_sha256(struct arena *a, const void *bytes, size_t size); /* hex */

#endif
