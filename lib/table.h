/*
 * table.h: things that have a number, found by it.
 *
 * Shape   a struct table_entry lies first inside of each thing; who made the
 *         thing frees it.  The table itself only grows: eight to sixteen bytes
 *         for each of the most things that it ever held.
 * Errors  memory that is not there ends the process.
 */
#ifndef TABLE_H
#define TABLE_H

#include <stddef.h>
#include <stdint.h>

struct table_entry {
	int64_t id;
	struct table_entry *next; /* in the same slot */
};

struct table {
	struct table_entry **slots;
	size_t size; /* a power of two */
	size_t count;
};

void table_open(struct table *t);
/* What is still in it is the caller's to free. */
void table_close(struct table *t);

/* NULL: there is none. */
void *table_find(const struct table *t, int64_t id);
/* One of this id is not there yet. */
void table_add(struct table *t, struct table_entry *e);
/* It is in there. */
void table_remove(struct table *t, struct table_entry *e);

/*
 * All, in no order: the first for NULL, then what follows an entry, NULL after
 * the last.  What has been given may be removed once its successor is known;
 * while one walks, nothing is added.
 */
void *table_next(const struct table *t, const struct table_entry *e);

#endif
