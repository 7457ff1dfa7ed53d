/* app/health.c: that a worker answers. */
#include "app/routes.h"
#include "lib/json.h"

static int
get_health(struct request *req)
{
	struct buf *out = reply_open(req, 200, "application/json");

	reply_header(req, "Cache-Control", "no-store");
	buf_char(out, '{');
	json_member(out, "status", "healthy");
	json_member(out, "message", "BantuBuzz API is running");
	buf_char(out, '}');
	return reply_sent(req);
}

const struct route health_routes[] = {
	{ GET, "/health", ANY, get_health },
	{ 0 },
};
