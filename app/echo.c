/* echo.c: sends back what it gets. */
#include "app/echo.h"

#include "app/limits.h"
#include "lib/arena.h"
#include "lib/ws.h"

struct echo {
	struct arena *arena;
	struct ws *ws;
	struct ws_limits limits;
};

static int
admit(void *ctx, struct ws_conn *c, const struct upgrade *u)
{
	(void)ctx;
	(void)c;
	(void)u;
	return 101;
}

static size_t
page(void *ctx, const struct upgrade *u, char out[WS_PAGE_MAX])
{
	(void)ctx;
	(void)u;
	(void)out;
	return 0;
}

static void
message(void *ctx, struct ws_conn *c, bool text, const char *bytes, size_t size)
{
	(void)ctx;
	ws_send(c, text, bytes, size);
}

static void
nothing(void *ctx, struct ws_conn *c)
{
	(void)ctx;
	(void)c;
}

struct echo *
echo_open(struct app *app, struct loop *loop, int listening)
{
	static const struct ws_handler handler = {
		.admit = admit,
		.page = page,
		.message = message,
		.drained = nothing,
		.closed = nothing,
	};
	struct arena *a = arena_open();
	struct echo *e = arena_alloc(a, sizeof *e);

	e->arena = a;
	e->limits = limits_of(app_config(app));
	e->ws = ws_open(loop, listening, &e->limits, &handler, e);
	return e;
}

void
echo_tend(struct echo *e)
{
	ws_tend(e->ws);
}

void
echo_close(struct echo *e)
{
	ws_close(e->ws);
	arena_close(e->arena);
}
