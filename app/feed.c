/* feed.c: all events, in an order that skips none. */
#include "app/feed.h"

#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "queries.h"

enum { RETRY_MOST = 16 }; /* times relay_retry_ms */

struct feed {
	const struct config *config;
	struct loop *loop;
	struct link *link;
	const struct feed_handler *handler;
	void *ctx;
	struct place at;
	int64_t due;      /* the next look */
	int64_t retry;    /* ms until the next, while one is held back */
	int64_t complete; /* when all there was had been read */
	bool begun;
	bool asking;
	bool woken; /* since the look that is on its way */
};

int
place_compare(struct place a, struct place b)
{
	if (a.xid != b.xid)
		return a.xid < b.xid ? -1 : 1;
	return (a.id > b.id) - (a.id < b.id);
}

/* Each event is told with two of them: printf would take longer than most of
 * what is done for it. */
static char *
write_hex(char *out, uint64_t n)
{
	int shift = 60;

	while (shift > 0 && n >> shift == 0)
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		*out++ = "0123456789abcdef"[n >> shift & 15];
	return out;
}

void
place_write(char out[PLACE_TEXT_MAX], struct place at)
{
	char *end = write_hex(out, (uint64_t)at.xid);

	*end++ = '-';
	*write_hex(end, (uint64_t)at.id) = '\0';
}

static const char *
read_hex(int64_t *out, const char *text)
{
	size_t n = strspn(text, "0123456789abcdef");

	if (n == 0 || n > 15)
		return NULL;
	*out = strtoll(text, NULL, 16);
	return text + n;
}

bool
place_read(struct place *out, const char *text)
{
	struct place at;

	text = read_hex(&at.xid, text);
	if (text == NULL || *text++ != '-')
		return false;
	text = read_hex(&at.id, text);
	if (text == NULL || *text != '\0')
		return false;
	*out = at;
	return true;
}

static void look(struct feed *f);

/*
 * When to look again: at once, soon, or by the sweep.  One that is held back is
 * looked for more and more seldom, but where others come meanwhile.
 */
static void
plan(struct feed *f, bool full, bool waiting, bool some)
{
	const struct config *c = f->config;

	if (!full)
		f->complete = loop_ms(f->loop);
	if (full || f->woken) {
		f->retry = 0;
		look(f);
		return;
	}
	if (!waiting)
		f->retry = 0;
	else if (f->retry == 0 || some)
		f->retry = c->relay_retry_ms;
	else if (f->retry < RETRY_MOST * c->relay_retry_ms)
		f->retry *= 2;
	f->due =
	    loop_ms(f->loop) + (f->retry == 0 ? c->relay_sweep_ms : f->retry);
}

static void
take_events(void *ctx, struct request *req, struct rows *rows)
{
	struct feed *f = ctx;
	int count = rows == NULL ? 0 : rows_count(rows);

	(void)req;
	f->asking = false;
	f->due = loop_ms(f->loop) + f->config->relay_sweep_ms;
	if (count == 0)
		return;
	for (int i = 0; i < count && !rows_null(rows, i, "id"); i++) {
		struct event e = {
			.at = { rows_int(rows, i, "xid"),
			    rows_int(rows, i, "id") },
			.user_id = rows_int(rows, i, "user_id"),
			.type = rows_text(rows, i, "type"),
			.payload = rows_text(rows, i, "payload"),
			.size = rows_size(rows, i, "payload"),
		};

		f->at = e.at;
		f->handler->event(f->ctx, &e);
	}
	plan(f, count >= f->config->relay_replay, rows_bool(rows, 0, "waiting"),
	    !rows_null(rows, 0, "id"));
}

static void
take_end(void *ctx, struct request *req, struct rows *rows)
{
	struct feed *f = ctx;

	(void)req;
	f->asking = false;
	if (rows == NULL)
		return;
	if (rows_count(rows) > 0)
		f->at = (struct place){ rows_int(rows, 0, "xid"),
			rows_int(rows, 0, "id") };
	f->begun = true;
	f->complete = f->due = loop_ms(f->loop);
	f->handler->begun(f->ctx);
}

static void
look(struct feed *f)
{
	struct events_read q = {
		.xid = f->at.xid,
		.id = f->at.id,
		.most = f->config->relay_replay,
	};

	if (f->asking || !link_is_up(f->link))
		return;
	f->asking = true;
	f->woken = false;
	if (f->begun)
		ask_events_read(f->link, q, take_events, f);
	else
		ask_events_end(f->link, take_end, f);
}

void
feed_wake(struct feed *f)
{
	f->woken = true;
	f->due = loop_ms(f->loop);
}

static void
notice(void *ctx, const char *channel, const char *payload)
{
	struct feed *f = ctx;

	if (strcmp(channel, "events") == 0)
		feed_wake(f);
	else
		f->handler->said(f->ctx, payload);
}

static void
changed(void *ctx, bool up)
{
	struct feed *f = ctx;

	if (up)
		f->due = loop_ms(f->loop);
	f->handler->changed(f->ctx, up);
}

struct feed *
feed_open(struct app *app, struct loop *loop,
    const struct feed_handler *handler, void *ctx)
{
	static const char *const channels[] = { "events", "relays", NULL };
	static const struct link_handler link_handler = {
		.channels = channels,
		.notice = notice,
		.changed = changed,
	};
	struct feed *f = memory_make(1, sizeof *f);

	f->config = app_config(app);
	f->loop = loop;
	f->handler = handler;
	f->ctx = ctx;
	f->link = link_open(loop, app_http(app), f->config->database_url,
	    app_refusals(), &link_handler, f);
	return f;
}

void
feed_close(struct feed *f)
{
	link_close(f->link);
	free(f);
}

int64_t
feed_tend(struct feed *f)
{
	int64_t now = loop_ms(f->loop);

	if (f->due <= now && !f->asking) {
		f->due = now + f->config->relay_sweep_ms;
		look(f);
	}
	link_tend(f->link);
	return f->asking ? f->config->relay_sweep_ms : f->due - now;
}

bool
feed_at(const struct feed *f, struct place *at)
{
	*at = f->at;
	return f->begun;
}

struct link *
feed_link(struct feed *f)
{
	return f->link;
}

int64_t
feed_lag(const struct feed *f)
{
	return f->begun ? loop_ms(f->loop) - f->complete : 0;
}
