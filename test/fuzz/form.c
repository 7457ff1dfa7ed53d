/* form.c: a form that is read can be written and read again, the same. */
#include <string.h>

#include "lib/form.h"
#include "test/fuzz/fuzz.h"

static bool
same(const struct form *one, const struct form *two)
{
	if (one->count != two->count)
		return false;
	for (size_t i = 0; i < one->count; i++)
		if (strcmp(one->pair[i].name, two->pair[i].name) != 0 ||
		    strcmp(one->pair[i].value, two->pair[i].value) != 0)
			return false;
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct form form, again;
	struct arena *a = arena_open();
	struct buf b;

	if (form_read(&form, a, (const char *)data, size)) {
		bool twice = form_twice(&form);

		MUST(form.count <= FORM_PAIRS);
		buf_open(&b, a, 4 * size + 64);
		for (size_t i = 0; i < form.count; i++) {
			const struct form_pair *p = &form.pair[i];
			const char *value = form_get(&form, p->name);

			MUST(strlen(p->name) == p->name_size);
			MUST(strlen(p->value) == p->value_size);
			MUST(twice || value == p->value);
			form_add(&b, p->name, p->value);
		}
		MUST(b.state == BUF_OK);
		MUST(form_read(&again, a, b.data, b.len));
		MUST(same(&form, &again));
	}
	arena_close(a);
	return 0;
}
