/*
 * arena.h: memory that lives as long as one request.
 *
 * Shape   blocks aligned for any type and filled with zeros; all of them, and
 *         all things handed over by arena_defer, end with arena_close.
 * Errors  none: a process out of memory logs so and exits, and its supervisor
 *         starts another.
 */
#ifndef ARENA_H
#define ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_open(void);
void arena_close(struct arena *a);

void *arena_alloc(struct arena *a, size_t size);
char *arena_strdup(struct arena *a, const char *text);
/* Copies exactly size bytes and puts a NUL after them. */
char *arena_memdup(struct arena *a, const void *bytes, size_t size);
char *arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3), nonnull(1, 2)));
char *arena_vprintf(struct arena *a, const char *format, va_list args)
    __attribute__((format(printf, 2, 0), nonnull(1, 2)));

/* Hands over a thing that others allocated; released last in, first out. */
void arena_defer(struct arena *a, void (*release)(void *), void *thing);

/* Bytes handed out so far, for budgets. */
size_t arena_used(const struct arena *a);

#endif
