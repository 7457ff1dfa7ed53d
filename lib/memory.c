/* memory.c: memory that is there. */
#include <stdlib.h>

#include "lib/log.h"
#include "lib/memory.h"

void *
memory_must(void *block)
{
	if (block == NULL) {
		log_line(LOG_ERROR, "memory", "the process ran out of memory");
		exit(1);
	}
	return block;
}

void *
memory_make(size_t count, size_t size)
{
	return memory_must(calloc(count, size));
}
