/* limits.h: what a socket may do, as the settings have it. */
#ifndef LIMITS_H
#define LIMITS_H

#include "app/config.h"
#include "lib/ws.h"

static inline struct ws_limits
limits_of(const struct config *c)
{
	return (struct ws_limits){
		.head_ms = c->relay_head_ms,
		.idle_ms = c->relay_idle_ms,
		.linger_ms = c->relay_linger_ms,
		.stall_ms = c->relay_stall_ms,
		.message_max = c->relay_message_max,
		.parts_max = c->relay_parts_max,
		.rate = c->relay_rate,
		.backlog_max = c->relay_backlog_max,
	};
}

#endif
