/* ws.c: WebSockets on a loop: wslay reads the frames, the rest is here. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <wslay/wslay.h>

#include "lib/memory.h"
#include "lib/ws.h"

enum {
	LINGER_BYTES = 2 << 20, /* ignored after our close */
	ACCEPTS = 64,           /* a turn of the loop */
	FULL_MS = 100,          /* until it is tried again to take one */
	FRAME_HEAD_MAX = 10,
	REASON_MAX = 123,
	OUT_FIRST = 2048,
	READ_SIZE = 16384,
	SMALL = 1024, /* bytes sent in one piece */
};

/* Each but the last has a list in the order of what is due: the wait of a list
 * is always the same. */
enum state { HEAD, OPEN, CLOSING, LISTS, DEAD = LISTS };

/* What was sent and not taken; in the list of all of these, in the order of
 * what is due. */
struct waiting {
	struct waiting *prev, *next;
	struct ws_conn *conn;
	int64_t due;
};
struct out {
	struct waiting waiting; /* first */
	size_t from, to, cap;
	char bytes[];
};

/* The bytes of a head that has not come whole. */
struct head {
	size_t size;
	char bytes[UPGRADE_HEAD_MAX];
};

/* What wslay needs, and what it leaves to its caller, while a message is half
 * read. */
struct reader {
	wslay_event_context_ptr wslay;
	struct reader *next; /* spare one */
	struct ws_conn *conn;
	uint64_t pending; /* bytes of frames that have not ended */
	uint64_t size;    /* of the frame's payload */
	int64_t parts;    /* frames of the message */
	bool control, fin, within;
};

struct ws_conn {
	struct watch watch;
	struct ws *ws;
	struct ws_conn *prev, *next;
	int64_t due;
	void *data;
	struct out *out;
	struct reader *reader;
	struct head *head;
	uint32_t ignored; /* bytes read since our close */
	uint32_t second;  /* of the loop's clock, that frames are counted in */
	uint16_t frames;
	uint8_t state;
	bool pinged;
	bool admitted;
	bool awaited; /* the other side's close, after ours */
};

struct ws {
	struct loop *loop;
	struct watch listening;
	const struct ws_limits *limits;
	const struct ws_handler *handler;
	void *ctx;
	struct ws_conn lists[LISTS]; /* heads of rings */
	struct waiting backlogs;     /* likewise */
	struct ws_conn *dead;
	struct reader *spare;
	struct ws_counts counts;
	bool refusing;
	bool full;        /* no descriptor was left, or no memory */
	int64_t full_due; /* when it may be otherwise */
	/* what wslay is given, and what it said of a frame to come */
	const char *input;
	size_t input_size;
	uint8_t control_head[FRAME_HEAD_MAX];
	size_t control_head_size;
};

/* ---- lists of what is due ---- */

static void
list_remove(struct ws_conn *c)
{
	c->prev->next = c->next;
	c->next->prev = c->prev;
}

static int64_t
wait_of(const struct ws *s, enum state state)
{
	switch (state) {
	case HEAD:
		return s->limits->head_ms;
	case OPEN:
		return s->limits->idle_ms;
	default:
		return s->limits->linger_ms;
	}
}

static void
list_append(struct ws_conn *c, enum state state)
{
	struct ws_conn *ring = &c->ws->lists[state];

	c->state = (uint8_t)state;
	c->due = loop_ms(c->ws->loop) + wait_of(c->ws, state);
	c->prev = ring->prev;
	c->next = ring;
	ring->prev->next = c;
	ring->prev = c;
}

static void
list_move(struct ws_conn *c, enum state state)
{
	list_remove(c);
	list_append(c, state);
}

static void
backlog_remove(struct waiting *w)
{
	w->prev->next = w->next;
	w->next->prev = w->prev;
}

/* Something of it was taken just now. */
static void
backlog_append(struct ws_conn *c)
{
	struct waiting *w = &c->out->waiting, *ring = &c->ws->backlogs;

	w->conn = c;
	w->due = loop_ms(c->ws->loop) + c->ws->limits->stall_ms;
	w->prev = ring->prev;
	w->next = ring;
	ring->prev->next = w;
	ring->prev = w;
}

static void
drop_backlog(struct ws_conn *c)
{
	if (c->out != NULL)
		backlog_remove(&c->out->waiting);
	free(c->out);
	c->out = NULL;
}

/* ---- the end of a connection ---- */

static void
reader_free(struct reader *r)
{
	wslay_event_context_free(r->wslay);
	free(r);
}

static void
drop_reader(struct ws_conn *c)
{
	if (c->reader != NULL)
		reader_free(c->reader);
	c->reader = NULL;
}

static void
tell_closed(struct ws_conn *c)
{
	bool admitted = c->admitted;

	c->admitted = false;
	if (admitted)
		c->ws->handler->closed(c->ws->ctx, c);
}

/* Freed by ws_tend: callers further up still hold it. */
static void
cut(struct ws_conn *c)
{
	struct ws *s = c->ws;

	if (c->state == DEAD)
		return;
	list_remove(c);
	c->state = DEAD;
	c->next = s->dead;
	s->dead = c;
	loop_remove(s->loop, &c->watch);
	tell_closed(c);
}

/* What comes now is read and forgotten, so that no reset overtakes our
 * close. */
static void
half_close(struct ws_conn *c)
{
	c->awaited = false;
	if (c->out == NULL)
		(void)shutdown(c->watch.fd, SHUT_WR);
}

/* Our close is on its way.  A proxy between closes both ways as soon as we do,
 * so where the other side's close is to come, it comes first. */
static void
await_close(struct ws_conn *c, bool awaited)
{
	c->ignored = 0;
	list_move(c, CLOSING);
	c->awaited = awaited;
	if (!awaited)
		half_close(c);
	tell_closed(c);
}

/* ---- what goes out ---- */

static void
keep(struct ws_conn *c, const char *bytes, size_t size)
{
	struct out *o = c->out;
	size_t held = o == NULL ? 0 : o->to - o->from;

	if (o != NULL && o->cap - o->to < size && o->from > 0) {
		memmove(o->bytes, o->bytes + o->from, held);
		o->from = 0;
		o->to = held;
	}
	if (o == NULL || o->cap - o->to < size) {
		size_t cap = (held + size) * 2;
		struct out *more;

		if (cap < OUT_FIRST)
			cap = OUT_FIRST;
		more = malloc(sizeof *o + cap);
		if (more == NULL) {
			cut(c);
			return;
		}
		if (o != NULL) {
			memcpy(more, o, sizeof *o + o->to);
			more->waiting.prev->next = &more->waiting;
			more->waiting.next->prev = &more->waiting;
			free(o);
		} else {
			more->from = more->to = 0;
			loop_change(c->ws->loop, &c->watch, EPOLLIN | EPOLLOUT);
		}
		more->cap = cap;
		c->out = more;
		if (o == NULL)
			backlog_append(c);
		o = more;
	}
	memcpy(o->bytes + o->to, bytes, size);
	o->to += size;
}

size_t
ws_backlog(const struct ws_conn *c)
{
	return c->out == NULL ? 0 : c->out->to - c->out->from;
}

/* The kernel only reads it; its type does not say so. */
static struct iovec
part(const void *bytes, size_t size)
{
	struct iovec v = { .iov_len = size };

	memcpy(&v.iov_base, &bytes, sizeof bytes);
	return v;
}

/* Most frames are small, and cheaper to copy than to send in two parts. */
static ssize_t
send_parts(
    int fd, const void *head, size_t head_size, const void *bytes, size_t size)
{
	struct iovec parts[2] = { part(head, head_size), part(bytes, size) };
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
	char whole[SMALL];

	if (head_size + size > sizeof whole)
		return sendmsg(fd, &message, MSG_NOSIGNAL);
	if (head_size > 0)
		memcpy(whole, head, head_size);
	if (size > 0)
		memcpy(whole + head_size, bytes, size);
	return send(fd, whole, head_size + size, MSG_NOSIGNAL);
}

/* At once if the socket takes it. */
static void
emit(struct ws_conn *c, const void *head, size_t head_size, const void *bytes,
    size_t size)
{
	size_t done = 0, left;

	if (c->state == DEAD)
		return;
	if (c->out == NULL) {
		ssize_t n =
		    send_parts(c->watch.fd, head, head_size, bytes, size);

		if (n < 0 && errno != EAGAIN && errno != EINTR) {
			cut(c);
			return;
		}
		done = n < 0 ? 0 : (size_t)n;
	}
	left = head_size + size - done;
	if (left == 0)
		return;
	if (ws_backlog(c) + left > (size_t)c->ws->limits->backlog_max) {
		c->ws->counts.cut++;
		cut(c);
		return;
	}
	if (done < head_size) {
		keep(c, (const char *)head + done, head_size - done);
		done = head_size;
	}
	if (c->state != DEAD && done < head_size + size)
		keep(c, (const char *)bytes + (done - head_size),
		    head_size + size - done);
}

static void
flush(struct ws_conn *c)
{
	struct out *o = c->out;
	ssize_t n;

	if (o == NULL)
		return;
	n = send(
	    c->watch.fd, o->bytes + o->from, o->to - o->from, MSG_NOSIGNAL);
	if (n < 0) {
		if (errno != EAGAIN && errno != EINTR)
			cut(c);
		return;
	}
	o->from += (size_t)n;
	if (o->from < o->to) {
		backlog_remove(&o->waiting);
		backlog_append(c);
		return;
	}
	drop_backlog(c);
	loop_change(c->ws->loop, &c->watch, EPOLLIN);
	if (c->state == CLOSING && !c->awaited)
		(void)shutdown(c->watch.fd, SHUT_WR);
	else if (c->admitted)
		c->ws->handler->drained(c->ws->ctx, c);
}

/* A server's frame: whole, not masked. */
static size_t
frame_head(unsigned char head[FRAME_HEAD_MAX], int opcode, size_t size)
{
	head[0] = (unsigned char)(0x80 | opcode);
	if (size < 126) {
		head[1] = (unsigned char)size;
		return 2;
	}
	if (size < 65536) {
		head[1] = 126;
		head[2] = (unsigned char)(size >> 8);
		head[3] = (unsigned char)size;
		return 4;
	}
	head[1] = 127;
	for (int i = 0; i < 8; i++)
		head[2 + i] = (unsigned char)((uint64_t)size >> (56 - 8 * i));
	return 10;
}

void
ws_send(struct ws_conn *c, bool text, const char *bytes, size_t size)
{
	unsigned char head[FRAME_HEAD_MAX];
	size_t n;

	if (c->state != OPEN)
		return;
	n = frame_head(
	    head, text ? WSLAY_TEXT_FRAME : WSLAY_BINARY_FRAME, size);
	c->ws->counts.frames_out++;
	emit(c, head, n, bytes, size);
}

static void
end(struct ws_conn *c, int code, const char *reason, bool awaited)
{
	unsigned char frame[4 + REASON_MAX];
	size_t size = strnlen(reason, REASON_MAX);

	if (c->state != OPEN)
		return;
	frame[0] = 0x80 | WSLAY_CONNECTION_CLOSE;
	frame[1] = (unsigned char)(2 + size);
	frame[2] = (unsigned char)(code >> 8);
	frame[3] = (unsigned char)code;
	memcpy(frame + 4, reason, size);
	emit(c, NULL, 0, frame, 4 + size);
	if (c->state != DEAD)
		await_close(c, awaited);
}

void
ws_end(struct ws_conn *c, int code, const char *reason)
{
	end(c, code, reason, true);
}

/* ---- frames that come ---- */

static ssize_t
give_input(
    wslay_event_context_ptr x, uint8_t *into, size_t size, int flags, void *ctx)
{
	struct ws *s = ((struct reader *)ctx)->conn->ws;

	(void)flags;
	if (s->input_size == 0) {
		wslay_event_set_error(x, WSLAY_ERR_WOULDBLOCK);
		return -1;
	}
	if (size > s->input_size)
		size = s->input_size;
	memcpy(into, s->input, size);
	s->input += size;
	s->input_size -= size;
	return (ssize_t)size;
}

/* Pongs and closes; wslay gives a frame's head and its payload apart. */
static ssize_t
take_control(wslay_event_context_ptr x, const uint8_t *bytes, size_t size,
    int flags, void *ctx)
{
	struct ws_conn *c = ((struct reader *)ctx)->conn;
	struct ws *s = c->ws;

	if ((flags & WSLAY_MSG_MORE) && size <= sizeof s->control_head) {
		memcpy(s->control_head, bytes, size);
		s->control_head_size = size;
		return (ssize_t)size;
	}
	emit(c, s->control_head, s->control_head_size, bytes, size);
	s->control_head_size = 0;
	if (c->state == DEAD) {
		wslay_event_set_error(x, WSLAY_ERR_CALLBACK_FAILURE);
		return -1;
	}
	return (ssize_t)size;
}

static void
refuse_frame(wslay_event_context_ptr x, int code, const char *why)
{
	(void)wslay_event_queue_close(
	    x, (uint16_t)code, (const uint8_t *)why, strlen(why));
	wslay_event_shutdown_read(x);
}

/* Counted by the second: a burst may use up a whole one's at once. */
static bool
too_fast(struct ws_conn *c)
{
	uint32_t second = (uint32_t)(loop_ms(c->ws->loop) / 1000);

	if (second != c->second) {
		c->second = second;
		c->frames = 0;
	}
	return ++c->frames > c->ws->limits->rate;
}

static void
frame_begins(wslay_event_context_ptr x,
    const struct wslay_event_on_frame_recv_start_arg *frame, void *ctx)
{
	struct reader *r = ctx;

	r->conn->ws->counts.frames_in++;
	r->size = frame->payload_length;
	r->control = wslay_is_ctrl_frame(frame->opcode);
	r->fin = frame->fin != 0;
	/* wslay lets a code of one byte pass, and counts no frames */
	if (frame->opcode == WSLAY_CONNECTION_CLOSE &&
	    frame->payload_length == 1)
		refuse_frame(x, WS_PROTOCOL, "");
	else if (too_fast(r->conn))
		refuse_frame(x, WS_POLICY, "too many frames a second");
	if (r->control)
		return;
	r->within = true;
	if (++r->parts > r->conn->ws->limits->parts_max)
		refuse_frame(x, WS_POLICY, "too many frames of a message");
}

/* A client's frame has a mask, and its length in the shortest form: wslay
 * insists on both. */
static void
frame_ends(wslay_event_context_ptr x, void *ctx)
{
	struct reader *r = ctx;
	uint64_t head = r->size < 126 ? 6 : r->size < 65536 ? 8 : 14;

	(void)x;
	r->pending -= head + r->size;
	if (!r->control && r->fin) {
		r->within = false;
		r->parts = 0;
	}
}

/* Pongs go out here, before what a later frame is answered. */
static void
message_ends(wslay_event_context_ptr x,
    const struct wslay_event_on_msg_recv_arg *m, void *ctx)
{
	struct ws_conn *c = ((struct reader *)ctx)->conn;

	if (!wslay_is_ctrl_frame(m->opcode) && c->state == OPEN)
		c->ws->handler->message(c->ws->ctx, c,
		    m->opcode == WSLAY_TEXT_FRAME, (const char *)m->msg,
		    m->msg_length);
	if (c->state == OPEN)
		(void)wslay_event_send(x);
}

static struct reader *
reader_get(struct ws_conn *c)
{
	static const struct wslay_event_callbacks callbacks = {
		.recv_callback = give_input,
		.send_callback = take_control,
		.on_frame_recv_start_callback = frame_begins,
		.on_frame_recv_end_callback = frame_ends,
		.on_msg_recv_callback = message_ends,
	};
	struct reader *r = c->ws->spare;

	if (r != NULL) {
		c->ws->spare = r->next;
		r->conn = c;
		return r;
	}
	r = calloc(1, sizeof *r);
	if (r == NULL)
		return NULL;
	if (wslay_event_context_server_init(&r->wslay, &callbacks, r) != 0) {
		free(r);
		return NULL;
	}
	wslay_event_config_set_max_recv_msg_length(
	    r->wslay, (uint64_t)c->ws->limits->message_max);
	r->conn = c;
	return r;
}

static void
read_frames(struct ws_conn *c, const char *bytes, size_t size)
{
	struct ws *s = c->ws;
	struct reader *r = c->reader;

	if (r == NULL)
		r = c->reader = reader_get(c);
	if (r == NULL) {
		end(c, WS_INTERNAL, "", false);
		return;
	}
	s->input = bytes;
	s->input_size = size;
	r->pending += size;
	if (wslay_event_recv(r->wslay) != 0) {
		/* wslay would close without a code */
		end(c, WS_PROTOCOL, "", false);
		return;
	}
	if (c->state != OPEN)
		return;
	if (wslay_event_want_write(r->wslay))
		(void)wslay_event_send(r->wslay);
	if (c->state != OPEN)
		return;
	if (!wslay_event_get_read_enabled(r->wslay)) {
		await_close(c, false);
	} else if (r->pending == 0 && !r->within) {
		/* between messages it is as good as new */
		r->next = s->spare;
		s->spare = r;
		c->reader = NULL;
	}
}

/* Until the other side's close has come. */
static void
read_last(struct ws_conn *c, const char *bytes, size_t size)
{
	struct reader *r = c->reader;

	c->ignored += (uint32_t)size;
	if (c->ignored > LINGER_BYTES) {
		cut(c);
		return;
	}
	if (!c->awaited)
		return;
	if (r == NULL)
		r = c->reader = reader_get(c);
	c->ws->input = bytes;
	c->ws->input_size = size;
	if (r == NULL || wslay_event_recv(r->wslay) != 0 ||
	    !wslay_event_get_read_enabled(r->wslay))
		half_close(c);
}

/* ---- the request ---- */

/* True when that was all that was asked for. */
static bool
answer_page(struct ws_conn *c, const struct upgrade *u)
{
	struct ws *s = c->ws;
	char page[WS_PAGE_MAX], head[UPGRADE_ANSWER_MAX];
	size_t size = s->handler->page(s->ctx, u, page);
	int n;

	if (size == 0)
		return false;
	n = snprintf(head, sizeof head,
	    "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n"
	    "Cache-Control: no-store\r\nConnection: close\r\n"
	    "Content-Length: %zu\r\n\r\n",
	    size);
	emit(c, head, (size_t)n, page, size);
	if (c->state != DEAD)
		await_close(c, false);
	return true;
}

static void
answer(struct ws_conn *c, const struct upgrade *u, int status)
{
	char text[UPGRADE_ANSWER_MAX];
	struct ws *s = c->ws;
	size_t size;

	if (status == 426 && answer_page(c, u))
		return;
	if (status == 101)
		status = s->handler->admit(s->ctx, c, u);
	size = upgrade_answer(text, status, u);
	c->admitted = status == 101;
	if (status != 101)
		s->counts.refused++;
	emit(c, NULL, 0, text, size);
	if (c->state == DEAD)
		return;
	if (status == 101)
		list_move(c, OPEN);
	else
		await_close(c, false);
}

/* Some bytes of a head, and perhaps of frames behind it. */
static void
read_head(struct ws_conn *c, const char *bytes, size_t size)
{
	const char *from = bytes, *end;
	size_t have = size, kept = c->head == NULL ? 0 : c->head->size;
	struct upgrade u;

	if (kept > 0) {
		size_t room = sizeof c->head->bytes - kept;
		size_t n = size < room ? size : room;

		memcpy(c->head->bytes + kept, bytes, n);
		c->head->size = have = kept + n;
		from = c->head->bytes;
	}
	end = memmem(from, have < UPGRADE_HEAD_MAX ? have : UPGRADE_HEAD_MAX,
	    "\r\n\r\n", 4);
	if (end != NULL) {
		size_t used = (size_t)(end + 4 - from) - kept;

		answer(c, &u, upgrade_read(&u, from, used + kept));
		if (c->state == OPEN && size > used)
			read_frames(c, bytes + used, size - used);
	} else if (have >= UPGRADE_HEAD_MAX) {
		answer(c, NULL, 431);
	} else if (c->head == NULL) {
		c->head = malloc(sizeof *c->head);
		if (c->head == NULL) {
			cut(c);
			return;
		}
		memcpy(c->head->bytes, bytes, size);
		c->head->size = size;
		return;
	} else {
		return;
	}
	free(c->head);
	c->head = NULL;
}

/* ---- the loop ---- */

static void
conn_ready(struct watch *w, uint32_t events)
{
	static char bytes[READ_SIZE];
	struct ws_conn *c = (struct ws_conn *)w;
	ssize_t n;

	if (events & EPOLLOUT)
		flush(c);
	if (c->state == DEAD || (events & ~(uint32_t)EPOLLOUT) == 0)
		return;
	n = recv(w->fd, bytes, sizeof bytes, 0);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		cut(c);
		return;
	}
	switch (c->state) {
	case HEAD:
		read_head(c, bytes, (size_t)n);
		break;
	case OPEN:
		c->pinged = false;
		list_move(c, OPEN);
		read_frames(c, bytes, (size_t)n);
		break;
	default:
		read_last(c, bytes, (size_t)n);
	}
}

static void
take(struct watch *w, uint32_t events)
{
	struct ws *s =
	    (struct ws *)((char *)w - offsetof(struct ws, listening));

	(void)events;
	for (int i = 0; i < ACCEPTS; i++) {
		int fd =
		    accept4(w->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		struct ws_conn *c;

		if (fd < 0) {
			/* who waits would wake the loop again and again */
			s->full = errno != EAGAIN && errno != EINTR &&
				  errno != ECONNABORTED;
			s->full_due = loop_ms(s->loop) + FULL_MS;
			if (s->full)
				loop_remove(s->loop, w);
			return;
		}
		c = calloc(1, sizeof *c);
		if (c == NULL) {
			(void)close(fd);
			return;
		}
		c->watch = (struct watch){ .fd = fd, .ready = conn_ready };
		c->ws = s;
		list_append(c, HEAD);
		loop_add(s->loop, &c->watch, EPOLLIN);
		s->counts.open++;
		s->counts.accepted++;
	}
}

struct ws *
ws_open(struct loop *loop, int listening, const struct ws_limits *limits,
    const struct ws_handler *handler, void *ctx)
{
	struct ws *s = memory_make(1, sizeof *s);

	s->loop = loop;
	s->listening = (struct watch){ .fd = listening, .ready = take };
	s->limits = limits;
	s->handler = handler;
	s->ctx = ctx;
	for (int i = 0; i < LISTS; i++)
		s->lists[i].prev = s->lists[i].next = &s->lists[i];
	s->backlogs.prev = s->backlogs.next = &s->backlogs;
	loop_add(loop, &s->listening, EPOLLIN);
	return s;
}

void
ws_refuse(struct ws *s)
{
	if (!s->refusing)
		loop_remove(s->loop, &s->listening);
	s->refusing = true;
}

static void
expire(struct ws_conn *c)
{
	static const unsigned char ping[2] = { 0x80 | WSLAY_PING, 0 };

	if (c->state == HEAD) {
		answer(c, NULL, 408);
	} else if (c->state == OPEN && !c->pinged) {
		c->pinged = true;
		list_move(c, OPEN);
		emit(c, NULL, 0, ping, sizeof ping);
	} else {
		cut(c);
	}
}

static void
reap(struct ws *s)
{
	while (s->dead != NULL) {
		struct ws_conn *c = s->dead;

		s->dead = c->next;
		drop_reader(c);
		(void)close(c->watch.fd);
		drop_backlog(c);
		free(c->head);
		free(c);
		s->counts.open--;
	}
}

void
ws_tend(struct ws *s)
{
	int64_t now = loop_ms(s->loop);

	for (int i = 0; i < LISTS; i++) {
		struct ws_conn *ring = &s->lists[i];

		while (ring->next != ring && ring->next->due <= now)
			expire(ring->next);
	}
	while (
	    s->backlogs.next != &s->backlogs && s->backlogs.next->due <= now) {
		struct ws_conn *c = s->backlogs.next->conn;

		s->counts.cut++;
		cut(c);
		drop_backlog(c);
	}
	reap(s);
	if (s->full && !s->refusing && s->full_due <= now) {
		s->full = false;
		loop_add(s->loop, &s->listening, EPOLLIN);
	}
}

void
ws_close(struct ws *s)
{
	ws_refuse(s);
	for (int i = 0; i < LISTS; i++)
		while (s->lists[i].next != &s->lists[i])
			cut(s->lists[i].next);
	reap(s);
	while (s->spare != NULL) {
		struct reader *r = s->spare;

		s->spare = r->next;
		reader_free(r);
	}
	free(s);
}

const struct ws_counts *
ws_counts(const struct ws *s)
{
	return &s->counts;
}

void
ws_set_data(struct ws_conn *c, void *data)
{
	c->data = data;
}

void *
ws_data(const struct ws_conn *c)
{
	return c->data;
}
