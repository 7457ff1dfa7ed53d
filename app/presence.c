/* presence.c: who is there, at any relay. */
#include "app/presence.h"

#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/memory.h"
#include "lib/table.h"
#include "lib/token.h"
#include "queries.h"

enum {
	RELAYS_MAX = 32,  /* a bit each */
	BEATS = 3,        /* missed, and a relay is lost */
	LIST_PART = 300,  /* users in a notification's 8,000 bytes */
	SAID_MAX = 7900,  /* bytes of one */
	FRAME_MAX = 1000, /* bytes of a frame here */
};

struct someone {
	struct table_entry entry; /* first; its id is the user's */
	int32_t sockets;          /* here */
	uint32_t remote;          /* relays that have this user */
	uint32_t stale; /* those of them that do not list this user now */
	bool told;      /* the others know of those here */
	bool is_away;   /* in the list of those who may be */
	int64_t due;    /* when that is told */
	struct someone *prev, *next;
};

struct relay {
	char id[TOKEN_UUID_SIZE]; /* "": a free place */
	int64_t heard;
	bool known; /* it has said whom it has, or was asked to */
};

struct presence {
	const struct config *config;
	struct loop *loop;
	struct link *link;
	presence_deliver deliver;
	void *ctx;
	struct table entries;
	struct someone away; /* head of a ring, in the order due */
	char id[TOKEN_UUID_SIZE];
	struct relay relays[RELAYS_MAX];
	int64_t beat_due;
	int64_t begun; /* all others were asked whom they have */
	bool lost;     /* by another, which has told that its people are gone */
};

static struct someone *
find(const struct presence *p, int64_t user_id)
{
	return table_find(&p->entries, user_id);
}

static struct someone *
entry_of(struct presence *p, int64_t user_id)
{
	struct someone *e = find(p, user_id);

	if (e != NULL)
		return e;
	e = memory_make(1, sizeof *e);
	e->entry.id = user_id;
	table_add(&p->entries, &e->entry);
	return e;
}

/* What follows e, of all; NULL is before the first. */
static struct someone *
after(const struct presence *p, const struct someone *e)
{
	return table_next(&p->entries, e == NULL ? NULL : &e->entry);
}

static bool
is_online(const struct someone *e)
{
	return e->sockets > 0 || e->remote != 0;
}

static void
drop_if_idle(struct presence *p, struct someone *e)
{
	if (is_online(e) || e->is_away)
		return;
	table_remove(&p->entries, &e->entry);
	free(e);
}

/* ---- telling ---- */

/* There is nothing to do where it fails: lists make up for it. */
static void
told(void *ctx, struct request *req, struct rows *rows)
{
	(void)ctx;
	(void)req;
	(void)rows;
}

static void
tell(struct presence *p, const char *words)
{
	struct relays_tell q = { .said = words };

	if (link_is_up(p->link))
		ask_relays_tell(p->link, q, told, p);
}

static void
tell_one(struct presence *p, int64_t user_id, bool online)
{
	struct presence_tell q = {
		.relay = p->id,
		.user_id = user_id,
		.online = online,
	};

	if (link_is_up(p->link))
		ask_presence_tell(p->link, q, told, p);
}

static void
begin(
    struct buf *b, struct arena *a, const struct presence *p, const char *type)
{
	buf_open(b, a, SAID_MAX);
	buf_char(b, '{');
	json_member(b, "type", type);
	json_member(b, "relay", p->id);
}

static void
beat(struct presence *p, bool hello)
{
	struct arena *a = arena_open();
	struct buf b;

	begin(&b, a, p, "beat");
	json_member_bool(&b, "hello", hello);
	buf_char(&b, '}');
	tell(p, b.data);
	arena_close(a);
	p->beat_due = loop_ms(p->loop) + p->config->relay_beat_ms;
}

/* To one that was silent for too long, and beats again. */
static void
tell_lost(struct presence *p, const char *relay)
{
	struct arena *a = arena_open();
	struct buf b;

	begin(&b, a, p, "lost");
	json_member(&b, "lost", relay);
	buf_char(&b, '}');
	tell(p, b.data);
	arena_close(a);
}

static void
begin_list(struct buf *b, struct arena *a, const struct presence *p, bool first)
{
	begin(b, a, p, "list");
	json_member_bool(b, "first", first);
	json_key(b, "users");
	buf_char(b, '[');
}

static void
end_list(struct presence *p, struct buf *b, bool last)
{
	buf_char(b, ']');
	json_member_bool(b, "last", last);
	buf_char(b, '}');
	tell(p, b->data);
}

/* All who are here, in parts. */
static void
tell_list(struct presence *p)
{
	struct arena *a = arena_open();
	struct buf b;
	int count = 0;

	begin_list(&b, a, p, true);
	for (struct someone *e = after(p, NULL); e != NULL; e = after(p, e)) {
		if (e->sockets == 0)
			continue;
		if (count == LIST_PART) {
			end_list(p, &b, false);
			begin_list(&b, a, p, false);
			count = 0;
		}
		buf_printf(&b, "%s%lld", count++ == 0 ? "" : ",",
		    (long long)e->entry.id);
	}
	end_list(p, &b, true);
	arena_close(a);
}

/* Others were told that they are gone: each comes again. */
static void
tell_all(struct presence *p)
{
	for (struct someone *e = after(p, NULL); e != NULL; e = after(p, e))
		if (e->sockets > 0)
			tell_one(p, e->entry.id, true);
}

/* ---- those who may be away ---- */

static void
set_away(struct presence *p, struct someone *e)
{
	if (e->is_away)
		return;
	e->is_away = true;
	e->due = loop_ms(p->loop) + p->config->relay_away_ms;
	e->prev = p->away.prev;
	e->next = &p->away;
	p->away.prev->next = e;
	p->away.prev = e;
}

static void
unset_away(struct someone *e)
{
	e->is_away = false;
	e->prev->next = e->next;
	e->next->prev = e->prev;
}

void
presence_come(struct presence *p, int64_t user_id)
{
	struct someone *e = entry_of(p, user_id);

	if (e->is_away)
		unset_away(e);
	e->sockets++;
	if (!e->told)
		tell_one(p, user_id, true);
	e->told = true;
}

void
presence_go(struct presence *p, int64_t user_id)
{
	struct someone *e = find(p, user_id);

	if (--e->sockets == 0)
		set_away(p, e);
}

void
presence_show(struct presence *p, int64_t user_id, int64_t to)
{
	const struct someone *e = find(p, user_id);
	struct arena *a;
	struct buf b;

	if (e == NULL || e->sockets == 0)
		return;
	a = arena_open();
	begin(&b, a, p, "presence");
	json_member_int(&b, "user_id", user_id);
	json_member_bool(&b, "online", true);
	json_key(&b, "to");
	buf_printf(&b, "[%lld]}", (long long)to);
	tell(p, b.data);
	arena_close(a);
}

bool
presence_is_online(const struct presence *p, int64_t user_id)
{
	const struct someone *e = find(p, user_id);

	return e != NULL && (is_online(e) || e->is_away);
}

/* ---- hearing ---- */

/* -1: there are too many. */
static int
place_of(struct presence *p, const char *id)
{
	int free_place = -1;

	for (int i = 0; i < RELAYS_MAX; i++) {
		if (strcmp(p->relays[i].id, id) == 0)
			return i;
		if (free_place < 0 && p->relays[i].id[0] == '\0')
			free_place = i;
	}
	if (free_place >= 0) {
		memcpy(p->relays[free_place].id, id, TOKEN_UUID_SIZE);
		p->relays[free_place].known = false;
	}
	return free_place;
}

/* Whether this relay speaks for those that a lost one had. */
static bool
is_first(const struct presence *p)
{
	for (int i = 0; i < RELAYS_MAX; i++)
		if (p->relays[i].id[0] != '\0' &&
		    strcmp(p->relays[i].id, p->id) < 0)
			return false;
	return true;
}

/* This one is not at the relay of this bit any more. */
static void
lose(struct presence *p, struct someone *e, uint32_t bit, bool speaks)
{
	e->remote &= ~bit;
	e->stale &= ~bit;
	if (!is_online(e) && speaks)
		set_away(p, e);
	drop_if_idle(p, e);
}

static void
lose_relay(struct presence *p, int place)
{
	uint32_t bit = UINT32_C(1) << place;
	struct someone *next;
	bool speaks;

	p->relays[place].id[0] = '\0';
	speaks = is_first(p);
	for (struct someone *e = after(p, NULL); e != NULL; e = next) {
		next = after(p, e);
		if (e->remote & bit)
			lose(p, e, bit, speaks);
	}
}

/* Those that are no whole numbers are left out. */
static size_t
read_ids(int64_t out[LIST_PART], const struct json_object *list)
{
	size_t n = 0;

	if (json_kind(list) != JSON_ARRAY)
		return 0;
	for (size_t i = 0; i < json_count(list) && n < LIST_PART; i++) {
		const struct json_object *id = json_item(list, i);

		if (json_kind(id) == JSON_INT)
			out[n++] = json_int(id);
	}
	return n;
}

static int64_t
read_user(const struct json_object *said)
{
	const struct json_object *id = json_get(said, "user_id");

	return json_kind(id) == JSON_INT ? json_int(id) : 0;
}

static const char *
text_of(const struct json_object *said, const char *name)
{
	struct json_object *v = json_get(said, name);
	size_t size;

	return json_kind(v) == JSON_TEXT ? json_chars(v, &size) : "";
}

static bool
read_flag(const struct json_object *said, const char *name)
{
	const struct json_object *v = json_get(said, name);

	return json_kind(v) == JSON_BOOL && json_true(v);
}

static void
hear_list(struct presence *p, int place, const struct json_object *said)
{
	uint32_t bit = UINT32_C(1) << place;
	int64_t ids[LIST_PART];
	size_t count = read_ids(ids, json_get(said, "users"));
	struct someone *next;

	p->relays[place].known = true;
	if (read_flag(said, "first"))
		for (struct someone *e = after(p, NULL); e != NULL;
		     e = after(p, e))
			e->stale |= e->remote & bit;
	for (size_t i = 0; i < count; i++) {
		struct someone *e = entry_of(p, ids[i]);

		e->remote |= bit;
		e->stale &= ~bit;
	}
	if (!read_flag(said, "last"))
		return;
	for (struct someone *e = after(p, NULL); e != NULL; e = next) {
		next = after(p, e);
		if (e->stale & bit)
			lose(p, e, bit, is_first(p));
	}
}

void
presence_item(struct buf *b, int64_t user_id, bool online)
{
	if (b->data[b->len - 1] == '}')
		buf_char(b, ',');
	buf_char(b, '{');
	json_member_int(b, "user_id", user_id);
	json_member_bool(b, "online", online);
	buf_char(b, '}');
}

static void
deliver(struct presence *p, const struct json_object *to, const struct buf *b)
{
	int64_t ids[LIST_PART];
	size_t count = read_ids(ids, to);

	for (size_t i = 0; i < count; i++)
		p->deliver(p->ctx, ids[i], b->data, b->len);
}

static void
hear_typing(struct presence *p, struct arena *a, const struct json_object *said)
{
	struct buf b;

	buf_open(&b, a, FRAME_MAX);
	buf_char(&b, '{');
	json_member(&b, "type", "typing");
	json_member_int(&b, "user_id", read_user(said));
	json_member_bool(&b, "typing", read_flag(said, "typing"));
	buf_char(&b, '}');
	deliver(p, json_get(said, "to"), &b);
}

static void
hear_presence(struct presence *p, struct arena *a, uint32_t bit,
    const struct json_object *said)
{
	int64_t user_id = read_user(said);
	bool online = read_flag(said, "online");
	struct someone *e = entry_of(p, user_id);
	struct buf b;

	if (online)
		e->remote |= bit;
	else
		e->remote &= ~bit;
	e->stale &= ~bit;
	/* who has left one relay may be at another */
	if (online || !(is_online(e) || e->is_away)) {
		buf_open(&b, a, FRAME_MAX);
		buf_char(&b, '{');
		json_member(&b, "type", "presence");
		json_key(&b, "users");
		buf_char(&b, '[');
		presence_item(&b, user_id, online);
		buf_text(&b, "]}");
		deliver(p, json_get(said, "to"), &b);
	}
	drop_if_idle(p, e);
}

/* One that begins asks all; one that goes on, and is not known, was lost. */
static void
hear_beat(struct presence *p, int place, const struct json_object *said)
{
	struct relay *r = place < 0 ? NULL : &p->relays[place];

	if (read_flag(said, "hello"))
		tell_list(p);
	else if (r != NULL && !r->known &&
		 p->begun + BEATS * p->config->relay_beat_ms < r->heard)
		tell_lost(p, r->id);
	if (r != NULL)
		r->known = true;
}

static void
hear_relay(struct presence *p, struct arena *a, const char *type,
    const char *relay, const struct json_object *said)
{
	bool own = strcmp(relay, p->id) == 0;
	int place = own ? -1 : place_of(p, relay);
	uint32_t bit = place < 0 ? 0 : UINT32_C(1) << place;

	if (place >= 0)
		p->relays[place].heard = loop_ms(p->loop);
	if (strcmp(type, "presence") == 0)
		hear_presence(p, a, bit, said);
	else if (strcmp(type, "lost") == 0)
		p->lost |= strcmp(text_of(said, "lost"), p->id) == 0;
	else if (place >= 0 && strcmp(type, "list") == 0)
		hear_list(p, place, said);
	else if (!own)
		hear_beat(p, place, said);
}

void
presence_hear(struct presence *p, const char *words)
{
	struct arena *a = arena_open();
	struct json_object *said;

	if (json_read(&said, a, words, strlen(words)) &&
	    json_kind(said) == JSON_OBJECT) {
		const char *type = text_of(said, "type");
		const char *relay = text_of(said, "relay");

		if (strcmp(type, "typing") == 0)
			hear_typing(p, a, said);
		else if (token_is_uuid(relay))
			hear_relay(p, a, type, relay, said);
	}
	arena_close(a);
}

/* ---- the clock ---- */

void
presence_begin(struct presence *p)
{
	p->begun = loop_ms(p->loop);
	for (int i = 0; i < RELAYS_MAX; i++)
		p->relays[i].heard = p->begun;
	beat(p, true);
	tell_list(p);
}

void
presence_tend(struct presence *p)
{
	int64_t now = loop_ms(p->loop);

	if (!link_is_up(p->link))
		return;
	if (p->beat_due <= now) {
		beat(p, false);
		if (p->lost)
			tell_all(p);
		p->lost = false;
	}
	for (int i = 0; i < RELAYS_MAX; i++)
		if (p->relays[i].id[0] != '\0' &&
		    p->relays[i].heard + BEATS * p->config->relay_beat_ms < now)
			lose_relay(p, i);
	while (p->away.next != &p->away && p->away.next->due <= now) {
		struct someone *e = p->away.next;

		unset_away(e);
		if (e->sockets == 0) {
			tell_one(p, e->entry.id, false);
			e->told = false;
		}
		drop_if_idle(p, e);
	}
}

struct presence *
presence_open(const struct config *config, struct loop *loop, struct link *link,
    presence_deliver deliver_to, void *ctx)
{
	struct presence *p = memory_make(1, sizeof *p);
	struct arena *a = arena_open();

	p->config = config;
	p->loop = loop;
	p->link = link;
	p->deliver = deliver_to;
	p->ctx = ctx;
	p->away.prev = p->away.next = &p->away;
	table_open(&p->entries);
	memcpy(p->id, token_uuid(a), TOKEN_UUID_SIZE);
	arena_close(a);
	return p;
}

void
presence_close(struct presence *p)
{
	struct someone *next;

	for (struct someone *e = after(p, NULL); e != NULL; e = next) {
		next = after(p, e);
		free(e);
	}
	table_close(&p->entries);
	free(p);
}
