/*
 * picture.h: has another program make our own pictures of what was sent.
 *
 * Shape   three WebP files in the folder: <name>-s.webp, -m.webp, -l.webp,
 *         upright, without metadata, on disk before picture_make returns.
 * Errors  what decodes them may fall or be killed at its limits; nothing of
 *         it is left behind then.
 * Source  app/picture.c, which is that program.
 */
#ifndef PICTURE_H
#define PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct picture_limits {
	const char *program;
	int64_t pixels;               /* of what was sent: width by height */
	int64_t small, medium, large; /* widths, in pixels, at most */
	int64_t memory;               /* bytes of address space */
	int64_t ms;                   /* of the clock; of the CPU rounded up */
};

enum picture_result {
	PICTURE_OK = 0,
	PICTURE_NOT = -1,     /* cannot be decoded */
	PICTURE_TOO_BIG = -2, /* too many pixels, too slow, too much memory */
	PICTURE_FAILED = -3,  /* ours to mend; logged */
};

/* Judged by the bytes: JPEG, PNG, GIF or WebP, and nothing else besides. */
bool picture_known(const char *bytes, size_t size);

enum picture_result picture_make(const struct picture_limits *limits,
    const char *folder, const char *name, const char *bytes, size_t size);

#endif
