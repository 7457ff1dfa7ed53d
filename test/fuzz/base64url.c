/* base64url.c: one text for each run of bytes, and the other way about. */
#include <string.h>

#include "lib/jwt.h"
#include "test/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open();
	unsigned char *out = arena_alloc(a, size + 1);
	const char *text;
	int len;

	len = base64url_decode(out, size, (const char *)data, size);
	if (len >= 0) {
		text = base64url_encode(a, out, (size_t)len);
		MUST(strlen(text) == size && memcmp(text, data, size) == 0);
		if (len > 0)
			MUST(base64url_decode(out, (size_t)len - 1,
				 (const char *)data, size) == -1);
	}
	text = base64url_encode(a, data, size);
	len = base64url_decode(out, size, text, strlen(text));
	MUST(len >= 0 && (size_t)len == size);
	MUST(memcmp(out, data, size) == 0);
	arena_close(a);
	return 0;
}
