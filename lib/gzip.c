/* gzip.c: bytes packed for the way. */
#include <string.h>

#include <zlib.h>

#include "lib/gzip.h"

enum {
	LEVEL = 4,          /* nginx's gzip_comp_level */
	WINDOW_SPARE = 262, /* bytes of a window that zlib keeps to itself */
	GZIP_WRAPPER = 16,  /* beside the window's bits: not zlib's own */
};

/* ---- what the asker takes ---- */

/* What follows a coding's name: no weight, or one that is more than nought. */
static bool
weighs(const char *p)
{
	size_t size;

	p += strspn(p, " \t");
	if (*p != ';')
		return *p == ',' || *p == '\0';
	p++;
	p += strspn(p, " \t");
	if (strncasecmp(p, "q=", 2) != 0)
		return false;
	p += 2;
	size = strcspn(p, ", \t");
	return size == strspn(p, "0123456789.") && size > strspn(p, "0.");
}

bool
gzip_taken(const char *accepts)
{
	bool any = false;

	for (const char *p = accepts; *p != '\0'; p += strcspn(p, ",")) {
		size_t size;

		p += strspn(p, ", \t");
		size = strcspn(p, ",; \t");
		if (size == 4 && strncasecmp(p, "gzip", size) == 0)
			return weighs(p + size);
		if (size == 1 && *p == '*')
			any = weighs(p + size);
	}
	return any;
}

/* ---- packing ---- */

static void *
take(void *arena, unsigned count, unsigned size)
{
	return arena_alloc(arena, (size_t)count * size);
}

/* It ends with the arena. */
static void
leave(void *arena, void *bytes)
{
	(void)arena;
	(void)bytes;
}

/* Bits of a window that holds size bytes; a smaller one takes less memory. */
static int
window_bits(size_t size)
{
	int bits = MAX_WBITS;

	while (bits > 9 && size + WINDOW_SPARE < (size_t)1 << (bits - 1))
		bits--;
	return bits;
}

bool
gzip_pack(struct buf *b)
{
	int bits = window_bits(b->len);
	z_stream z = {
		.zalloc = take,
		.zfree = leave,
		.opaque = b->arena,
		.next_in = (Bytef *)b->data,
		.avail_in = (uInt)b->len,
	};
	char *packed;

	/* with a window of 15 bits zlib's usual memory level is 8 */
	if (deflateInit2(&z, LEVEL, Z_DEFLATED, bits + GZIP_WRAPPER, bits - 7,
		Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	packed = arena_alloc(b->arena, b->len);
	z.next_out = (Bytef *)packed;
	z.avail_out = (uInt)b->len;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		return false;
	buf_clear(b);
	buf_add(b, packed, z.total_out);
	return true;
}
