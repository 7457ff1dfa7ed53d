/* json.c: JSON that is read keeps to RFC 8259; what is written can be read. */
#include <string.h>

#include "lib/json.h"
#include "test/fuzz/fuzz.h"

struct walk {
	int depth;
	bool good;
};

static bool walk(void *ctx, const char *name, struct json_object *value);

static void
look_at(struct json_object *value, int depth)
{
	struct walk deeper = { .depth = depth + 1, .good = true };
	size_t size;

	MUST(depth <= JSON_DEPTH);
	switch (json_kind(value)) {
	case JSON_INT:
		(void)json_int(value);
		MUST(strspn(json_digits(value), "-0123456789") > 0);
		break;
	case JSON_NUMBER:
		MUST(json_digits(value)[0] != '\0');
		break;
	case JSON_TEXT: {
		const char *text = json_chars(value, &size);

		MUST(json_utf8_good(text, size));
		break;
	}
	case JSON_ARRAY:
		for (size_t i = 0; i < json_count(value); i++)
			look_at(json_item(value, i), depth + 1);
		break;
	case JSON_OBJECT:
		json_each(value, walk, &deeper);
		MUST(deeper.good);
		break;
	case JSON_NULL:
	case JSON_BOOL:
		break;
	}
}

static bool
walk(void *ctx, const char *name, struct json_object *value)
{
	const struct walk *at = ctx;

	MUST(json_utf8_good(name, strlen(name)));
	look_at(value, at->depth);
	return true;
}

static void
write_and_read(struct arena *a, const char *text, size_t size)
{
	struct json_object *tree;
	struct buf b;
	const char *back;
	size_t back_size;

	buf_open(&b, a, 8 * size + 64);
	buf_char(&b, '{');
	json_key(&b, "text");
	json_text(&b, text, size);
	json_member_int(&b, "int", (int64_t)size);
	buf_char(&b, '}');
	MUST(b.state == BUF_OK);
	MUST(json_read(&tree, a, b.data, b.len));
	back = json_chars(json_get(tree, "text"), &back_size);
	MUST(back_size == size && memcmp(back, text, size) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_open();
	const char *text = (const char *)data;
	struct json_object *tree;

	if (json_read(&tree, a, text, size)) {
		MUST(json_utf8_good(text, size));
		look_at(tree, 0);
	}
	if (json_utf8_good(text, size))
		write_and_read(a, text, size);
	arena_close(a);
	return 0;
}
