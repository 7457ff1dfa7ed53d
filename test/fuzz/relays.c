/* relays.c: what relays tell each other, and places that clients name. */
#include <stdio.h>
#include <string.h>

#include "app/feed.h"
#include "app/presence.h"
#include "lib/json.h"
#include "lib/request.h"
#include "test/fuzz/fuzz.h"

static void
deliver(void *ctx, int64_t user_id, const char *frame, size_t size)
{
	struct arena *a = arena_open();
	struct json_object *tree;

	(void)ctx;
	(void)user_id;
	MUST(json_read(&tree, a, frame, size));
	MUST(json_kind(tree) == JSON_OBJECT);
	arena_close(a);
}

static void
changed(void *ctx, bool up)
{
	(void)ctx;
	(void)up;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct config config = { .relay_away_ms = 1000,
		.relay_beat_ms = 1000 };
	static const struct http_context http;
	static const struct link_handler handler = { .changed = changed };
	static struct loop *loop;
	static struct link *link; /* never up: it says nothing */
	struct arena *a = arena_open();
	const char *words = arena_memdup(a, data, size);
	char text[PLACE_TEXT_MAX];
	struct presence *p;
	struct place at;

	if (loop == NULL) {
		loop = loop_open();
		link = link_open(
		    loop, &http, "host=/nonexistent", NULL, &handler, NULL);
	}
	p = presence_open(&config, loop, link, deliver, NULL);
	presence_come(p, 7);
	/* a line each */
	for (const char *line = words; line < words + size;) {
		size_t n = strcspn(line, "\n");

		presence_hear(p, arena_memdup(a, line, n));
		line += n + 1;
	}
	presence_go(p, 7);
	MUST(presence_is_online(p, 7));
	if (place_read(&at, words)) {
		struct place again;

		place_write(text, at);
		MUST(place_read(&again, text));
		MUST(place_compare(at, again) == 0);
	}
	presence_close(p);
	arena_close(a);
	return 0;
}
