/*
 * memory.h: memory that is there.
 *
 * Errors  where there is none, that is logged and the process ends: its
 *         supervisor starts another.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

/* So many of that size, zeroed; the caller frees it. */
void *memory_make(size_t count, size_t size);
/* What malloc and its like gave, unless it is NULL. */
void *memory_must(void *block);

#endif
