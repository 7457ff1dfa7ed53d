/* rows.c: what a statement returned, by name, and as JSON. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/json.h"
#include "lib/rows.h"

/*
 * A row is written along a plan made once from the column names: the constant
 * bytes before each value ('{"id":', ',"creator":{"name":') are ready, and an
 * object knows where to go on when it is null.
 */
enum step_kind {
	STEP_VALUE, /* text, then the column's value */
	STEP_OPEN,  /* text, then '{', or null and on at step `past` */
	STEP_CLOSE, /* '}' */
};

struct step {
	enum step_kind kind;
	const char *text;
	size_t size;
	int column;
	int past;
};

struct rows_plan {
	struct step *steps; /* NULL: not made yet */
	int skip;
	int count;
};

struct rows *
rows_open(struct arena *a, const struct statement *st, int count)
{
	struct rows *rows = arena_alloc(a, sizeof *rows);
	size_t cells = (size_t)count * (size_t)st->column_count;

	*rows = (struct rows){ .statement = st, .count = count, .arena = a };
	rows->cells = arena_alloc(a, cells * sizeof *rows->cells);
	rows->plan = arena_alloc(a, sizeof *rows->plan);
	return rows;
}

int
rows_count(const struct rows *rows)
{
	return rows->count;
}

static const struct cell *
cells_of(const struct rows *rows, int row)
{
	return rows->cells +
	       (size_t)row * (size_t)rows->statement->column_count;
}

static int
find_column(const struct rows *rows, const char *column)
{
	const struct statement *st = rows->statement;
	int i = 0;

	while (i < st->column_count && strcmp(st->columns[i].name, column) != 0)
		i++;
	assert(i < st->column_count);
	return i;
}

static const struct cell *
find_cell(const struct rows *rows, int row, const char *column)
{
	assert(row >= 0 && row < rows->count);
	return &cells_of(rows, row)[find_column(rows, column)];
}

bool
rows_null(const struct rows *rows, int row, const char *column)
{
	return find_cell(rows, row, column)->text == NULL;
}

const char *
rows_text(const struct rows *rows, int row, const char *column)
{
	const char *text = find_cell(rows, row, column)->text;

	return text == NULL ? "" : text;
}

const char *
rows_text_or_null(const struct rows *rows, int row, const char *column)
{
	return rows_null(rows, row, column) ? NULL
					    : rows_text(rows, row, column);
}

size_t
rows_size(const struct rows *rows, int row, const char *column)
{
	return find_cell(rows, row, column)->size;
}

int64_t
rows_int(const struct rows *rows, int row, const char *column)
{
	return strtoll(rows_text(rows, row, column), NULL, 10);
}

bool
rows_bool(const struct rows *rows, int row, const char *column)
{
	return rows_text(rows, row, column)[0] == 't';
}

/* Bytes that the paths a and b share, up to and with a dot. */
static size_t
shared_path(const char *a, const char *b)
{
	size_t shared = 0;

	for (size_t i = 0; a[i] != '\0' && a[i] == b[i]; i++)
		if (a[i] == '.')
			shared = i + 1;
	return shared;
}

static void
key_text(const struct rows *rows, struct step *s, const char *name, size_t size,
    bool first)
{
	struct buf b;

	buf_open(&b, rows->arena, 1000);
	if (!first)
		buf_char(&b, ',');
	json_text(&b, name, size);
	buf_char(&b, ':');
	s->text = b.data;
	s->size = b.len;
}

static void
make_plan(const struct rows *rows, int skip)
{
	const struct statement *st = rows->statement;
	struct rows_plan *p = rows->plan;
	size_t dots = 0;
	int open[16]; /* the steps that opened what is open */
	int depth = 0;
	const char *before = "";

	for (int i = skip; i < st->column_count; i++)
		for (const char *c = st->columns[i].name; *c != '\0'; c++)
			dots += *c == '.';
	p->steps = arena_alloc(rows->arena,
	    ((size_t)st->column_count + 2 * dots) * sizeof p->steps[0]);
	p->count = 0;
	p->skip = skip;
	for (int i = skip; i < st->column_count; i++) {
		const char *name = st->columns[i].name;
		size_t at = shared_path(before, name);
		int level = 0;
		bool first = i == skip;

		for (size_t k = 0; k < at; k++)
			level += name[k] == '.';
		while (depth > level) {
			p->steps[p->count++].kind = STEP_CLOSE;
			p->steps[open[--depth]].past = p->count;
		}
		for (const char *dot; (dot = strchr(name + at, '.')) != NULL;
		     at = (size_t)(dot - name) + 1, first = true) {
			struct step *s = &p->steps[p->count];

			assert(depth < 16);
			open[depth++] = p->count++;
			*s = (struct step){ .kind = STEP_OPEN, .column = i };
			key_text(rows, s, name + at, (size_t)(dot - name) - at,
			    first);
		}
		p->steps[p->count].kind = STEP_VALUE;
		p->steps[p->count].column = i;
		key_text(rows, &p->steps[p->count++], name + at,
		    strlen(name + at), first);
		before = name;
	}
	while (depth > 0) {
		p->steps[p->count++].kind = STEP_CLOSE;
		p->steps[open[--depth]].past = p->count;
	}
}

/*
 * "2026-11-22 09:49:30.123456+00" as "2026-11-22T09:49:30.123Z".  The session
 * is in UTC, so the zone is always +00; infinity and years past 9999 come in
 * other shapes and are not ours: null.
 */
static void
write_time(struct buf *out, const struct cell *c)
{
	char text[] = "\"0000-00-00T00:00:00.000Z\"";
	size_t end = c->size;

	if (end < 22 || strcmp(c->text + end - 3, "+00") != 0 ||
	    c->text[10] != ' ') {
		buf_text(out, "null");
		return;
	}
	end -= 3;
	memcpy(text + 1, c->text, 10);
	memcpy(text + 12, c->text + 11, 8);
	if (end > 20)
		memcpy(text + 21, c->text + 20, end - 20 < 3 ? end - 20 : 3);
	buf_add(out, text, sizeof text - 1);
}

static void
write_value(struct buf *out, const struct cell *c, enum column_type type)
{
	if (c->text == NULL) {
		buf_text(out, "null");
		return;
	}
	switch (type) {
	case COLUMN_INT:
	case COLUMN_JSON:
		buf_add(out, c->text, c->size);
		break;
	case COLUMN_MONEY:
		json_money(out, strtoll(c->text, NULL, 10));
		break;
	case COLUMN_NUMBER:
		/* NaN and Infinity are no JSON */
		if (strpbrk(c->text, "NI") != NULL)
			buf_text(out, "null");
		else
			buf_add(out, c->text, c->size);
		break;
	case COLUMN_BOOL:
		buf_text(out, c->text[0] == 't' ? "true" : "false");
		break;
	case COLUMN_TIME:
		write_time(out, c);
		break;
	case COLUMN_TEXT:
	case COLUMN_DATE:
		json_text(out, c->text, c->size);
		break;
	}
}

void
rows_write_value(
    struct buf *out, const struct rows *rows, int row, const char *column)
{
	int i = find_column(rows, column);

	assert(row >= 0 && row < rows->count);
	write_value(
	    out, &cells_of(rows, row)[i], rows->statement->columns[i].type);
}

void
rows_write(struct buf *out, const struct rows *rows, int row, int skip)
{
	const struct statement *st = rows->statement;
	const struct cell *cells = cells_of(rows, row);
	const struct rows_plan *p = rows->plan;

	assert(row >= 0 && row < rows->count);
	if (p->steps == NULL || p->skip != skip)
		make_plan(rows, skip);
	assert(p->steps != NULL);
	buf_char(out, '{');
	for (int i = 0; i < p->count; i++) {
		const struct step *s = &p->steps[i];

		if (s->kind == STEP_CLOSE) {
			buf_char(out, '}');
			continue;
		}
		buf_add(out, s->text, s->size);
		if (s->kind == STEP_VALUE) {
			write_value(out, &cells[s->column],
			    st->columns[s->column].type);
		} else if (cells[s->column].text == NULL) {
			buf_text(out, "null");
			i = s->past - 1;
		} else {
			buf_char(out, '{');
		}
	}
	buf_char(out, '}');
}

void
rows_write_all(struct buf *out, const struct rows *rows, int skip)
{
	bool any = false;

	buf_char(out, '[');
	for (int i = 0; i < rows->count; i++) {
		if (skip > 0 && cells_of(rows, i)[skip].text == NULL)
			continue;
		if (any)
			buf_char(out, ',');
		any = true;
		rows_write(out, rows, i, skip);
	}
	buf_char(out, ']');
}
