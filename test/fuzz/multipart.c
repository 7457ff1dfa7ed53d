/* multipart.c: a part that is found lies in the body, before a boundary. */
#include <string.h>

#include "lib/arena.h"
#include "lib/multipart.h"
#include "test/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Up to the first line's end it is the header, then the body. */
	const uint8_t *end = memchr(data, '\n', size);
	struct arena *a = arena_open();
	size_t head = end == NULL ? size : (size_t)(end - data);
	size_t rest = end == NULL ? 0 : size - head - 1;
	const char *type =
	    arena_printf(a, "%.*s", (int)head, (const char *)data);
	/* a copy of its own, so that reading past its end shows */
	const char *body = arena_memdup(
	    a, end == NULL ? (const char *)data : (const char *)end + 1, rest);
	struct part part;

	if (multipart_field(&part, type, body, rest, "file") == MULTIPART_OK) {
		MUST(part.data >= body);
		MUST(part.data + part.size + 4 <= body + rest);
		MUST(memcmp(part.data + part.size, "\r\n--", 4) == 0);
	}
	arena_close(a);
	return 0;
}
