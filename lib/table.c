/* table.c: things that have a number, found by it. */
#include <assert.h>
#include <stdlib.h>

#include "lib/log.h"
#include "lib/memory.h"
#include "lib/table.h"

enum { FIRST = 64 };

/* A row of empty slots, each the first of those that share it. */
static struct table_entry **
make_slots(size_t size)
{
	return memory_make(size, sizeof(void *));
}

/* Numbers that follow each other lie apart. */
static size_t
slot_of(const struct table *t, int64_t id)
{
	uint64_t mixed = (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);

	return (size_t)(mixed >> 32) & (t->size - 1);
}

void
table_open(struct table *t)
{
	*t = (struct table){ .slots = make_slots(FIRST), .size = FIRST };
}

void
table_close(struct table *t)
{
	free(t->slots);
}

void *
table_find(const struct table *t, int64_t id)
{
	struct table_entry *e = t->slots[slot_of(t, id)];

	while (e != NULL && e->id != id)
		e = e->next;
	return e;
}

static void
put(struct table *t, struct table_entry *e)
{
	struct table_entry **slot = &t->slots[slot_of(t, e->id)];

	e->next = *slot;
	*slot = e;
}

static void
grow(struct table *t)
{
	struct table_entry **old = t->slots;
	size_t size = t->size;

	t->size = 2 * size;
	t->slots = make_slots(t->size);
	for (size_t i = 0; i < size; i++)
		for (struct table_entry *e = old[i], *next; e != NULL;
		     e = next) {
			next = e->next;
			put(t, e);
		}
	free(old);
}

void
table_add(struct table *t, struct table_entry *e)
{
	if (t->count == t->size)
		grow(t);
	t->count++;
	put(t, e);
}

void
table_remove(struct table *t, struct table_entry *e)
{
	struct table_entry **at = &t->slots[slot_of(t, e->id)];

	while (*at != e) {
		assert(*at != NULL);
		at = &(*at)->next;
	}
	*at = e->next;
	t->count--;
}

void *
table_next(const struct table *t, const struct table_entry *e)
{
	size_t i = 0;

	if (e != NULL) {
		if (e->next != NULL)
			return e->next;
		i = slot_of(t, e->id) + 1;
	}
	while (i < t->size && t->slots[i] == NULL)
		i++;
	return i < t->size ? t->slots[i] : NULL;
}
