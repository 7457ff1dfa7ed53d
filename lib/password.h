/*
 * password.h: password hashes.
 *
 * Shape   ours: Argon2id, 19 MiB, t=2, p=1, in its self-describing string.
 *         Also read: Werkzeug's "scrypt:N:r:p$salt$hex" and
 *         "pbkdf2:sha256:n$salt$hex" (sha1, sha512 too), salt as its text.
 * Errors  a hash that cannot be read is no match, after the same work as an
 *         unknown user's.
 * Source  RFC 9106; OWASP password storage; werkzeug.security 2 and 3.
 */
#ifndef PASSWORD_H
#define PASSWORD_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/arena.h"

enum { PASSWORD_MIN = 8, /* characters */ PASSWORD_MAX = 1024 /* bytes */ };

enum password_result {
	PASSWORD_OK = 0,
	PASSWORD_OLD = 1, /* right, and to be hashed anew */
	PASSWORD_WRONG = -1,
};

char *password_hash(struct arena *a, const char *password);

/* stored NULL: does the work of a check and answers PASSWORD_WRONG. */
enum password_result password_check(const char *stored, const char *password);

#endif
