/* arena.c: memory that lives as long as one request. */
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/memory.h"

/*
 * Under the address sanitizer each allocation is a block of its own, so that
 * one byte too far is seen.
 */
#if defined(__SANITIZE_ADDRESS__)
#define BLOCK_SIZE 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BLOCK_SIZE 0
#endif
#endif
#ifndef BLOCK_SIZE
#define BLOCK_SIZE 8000 /* two pages with malloc's own words */
#endif

struct block {
	struct block *next;
	size_t size;
	alignas(max_align_t) unsigned char bytes[];
};

struct deferred {
	struct deferred *next;
	void (*release)(void *);
	void *thing;
};

struct arena {
	struct block *blocks;
	struct deferred *deferred; /* the last one first */
	unsigned char *free;       /* in the newest shared block */
	size_t left;
	size_t used;
};

/* One that the last arena had, for the next: a free of its size makes malloc
 * tidy all that it keeps. */
static struct block *spare;

struct arena *
arena_open(void)
{
	return memory_make(1, sizeof(struct arena));
}

void
arena_close(struct arena *a)
{
	struct block *next;

	if (a == NULL)
		return;
	for (struct deferred *d = a->deferred; d != NULL; d = d->next)
		d->release(d->thing);
	for (struct block *b = a->blocks; b != NULL; b = next) {
		next = b->next;
		if (b->size == BLOCK_SIZE && spare == NULL)
			spare = b;
		else
			free(b);
	}
	free(a);
}

static unsigned char *
add_block(struct arena *a, size_t size)
{
	struct block *b;

	if (size > SIZE_MAX - sizeof *b)
		memory_must(NULL);
	if (size == BLOCK_SIZE && spare != NULL) {
		b = spare;
		spare = NULL;
	} else {
		b = memory_must(malloc(sizeof *b + size));
		b->size = size;
	}
	b->next = a->blocks;
	a->blocks = b;
	return b->bytes;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	const size_t step = alignof(max_align_t);
	unsigned char *p;
	size_t whole;

	if (size > SIZE_MAX - step)
		memory_must(NULL);
	if (size == 0)
		size = 1;
	whole = (size + step - 1) / step * step;
	a->used += whole;
	if (whole > a->left && whole > BLOCK_SIZE / 4) {
		/* a large one leaves the shared block as it is */
		p = add_block(a, size);
	} else {
		if (whole > a->left) {
			a->free = add_block(a, BLOCK_SIZE);
			a->left = BLOCK_SIZE;
		}
		p = a->free;
		a->free += whole;
		a->left -= whole;
	}
	return memset(p, 0, size);
}

char *
arena_strdup(struct arena *a, const char *text)
{
	return arena_memdup(a, text, strlen(text));
}

char *
arena_memdup(struct arena *a, const void *bytes, size_t size)
{
	char *copy;

	if (size == SIZE_MAX)
		memory_must(NULL);
	copy = arena_alloc(a, size + 1);
	if (size > 0)
		memcpy(copy, bytes, size);
	return copy;
}

char *
arena_vprintf(struct arena *a, const char *format, va_list args)
{
	char small[256];
	va_list again;
	char *text;
	int n;

	va_copy(again, args);
	n = vsnprintf(small, sizeof small, format, args);
	if (n < 0)
		memory_must(NULL);
	text = arena_alloc(a, (size_t)n + 1);
	if ((size_t)n < sizeof small)
		memcpy(text, small, (size_t)n);
	else
		(void)vsnprintf(text, (size_t)n + 1, format, again);
	va_end(again);
	return text;
}

char *
arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(a, format, args);
	va_end(args);
	return text;
}

void
arena_defer(struct arena *a, void (*release)(void *), void *thing)
{
	struct deferred *d = arena_alloc(a, sizeof *d);

	d->release = release;
	d->thing = thing;
	d->next = a->deferred;
	a->deferred = d;
}

size_t
arena_used(const struct arena *a)
{
	return a->used;
}
