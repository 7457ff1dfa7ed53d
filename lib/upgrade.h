/*
 * upgrade.h: the request that opens a WebSocket, and the answer to it.
 *
 * Shape   one head, from its first byte to the empty line; views into it, so
 *         it has to outlive struct upgrade.
 * Errors  an HTTP status in place of 101: 400 for what is not well formed, 405
 *         for another method than GET, 426 for no WebSocket of version 13,
 *         431 for too many lines.
 * Source  RFC 9112; RFC 6455, section 4.  Stricter than they are: HTTP/1.1
 *         alone, no body, no line twice that must stand once.
 */
#ifndef UPGRADE_H
#define UPGRADE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	UPGRADE_LINES = 64,
	UPGRADE_HEAD_MAX = 8192, /* bytes of a head */
	UPGRADE_ANSWER_MAX = 400,
};

struct upgrade_text {
	const char *text; /* not NUL-terminated */
	size_t size;
};

struct upgrade {
	struct upgrade_text target, key;
	struct upgrade_text name[UPGRADE_LINES], value[UPGRADE_LINES];
	int lines;
};

/* head ends with its first empty line. */
int upgrade_read(struct upgrade *out, const char *head, size_t size);

/* The value of the first line of that name, whatever its case; text NULL:
 * there is none. */
struct upgrade_text upgrade_header(const struct upgrade *u, const char *name);

/* Writes the answer, with status 101 that to u, and gives its size. */
size_t upgrade_answer(
    char out[UPGRADE_ANSWER_MAX], int status, const struct upgrade *u);

#endif
