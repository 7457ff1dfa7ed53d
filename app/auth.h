/*
 * auth.h: mailed codes, of registrations and of new addresses.
 */
#ifndef AUTH_H
#define AUTH_H

#include "lib/http.h"

/* The body's field "code"; a bad one is noted. */
const char *body_code(struct request *req);
/* What tables keep of a code, or of a password that may be sent once more:
 * bound to the address, or to whom it is for. */
const char *code_digest(
    struct request *req, const char *whose, const char *code);
/* The same for a wrong, a dead and an unknown one. */
int refuse_code(struct request *req);

#endif
