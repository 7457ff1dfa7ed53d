/*
 * gzip.h: bytes packed for the way.
 *
 * Source  RFC 1952, through zlib; RFC 9110, section 12.5.3.
 */
#ifndef GZIP_H
#define GZIP_H

#include <stdbool.h>

#include "lib/buf.h"

/* Whether an Accept-Encoding takes gzip, by name or by its star. */
bool gzip_taken(const char *accepts);
/* Packs what b holds; false, and b as it was, where that saves nothing. */
bool gzip_pack(struct buf *b);

#endif
