/*
 * rows.h: the inside of struct rows, for lib/db.c and the tests' fake.
 *
 * Shape   cells in row order; their text is NUL-terminated and lives as long
 *         as the arena; NULL is null.
 */
#ifndef ROWS_H
#define ROWS_H

#include "lib/arena.h"
#include "lib/db.h"

struct cell {
	const char *text;
	size_t size;
};

struct rows_plan;

struct rows {
	const struct statement *statement;
	int count;
	struct cell *cells; /* count times statement->column_count */
	struct arena *arena;
	struct rows_plan *plan; /* how to write a row; made at the first */
};

/* count rows of nulls, to be filled. */
struct rows *rows_open(struct arena *a, const struct statement *st, int count);

#endif
