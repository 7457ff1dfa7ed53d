-- relay: what the relay asks, beside what it shares with the API.

-- name: events_wake
-- args:
-- returns: nothing
-- async
-- Nothing is lost with it: who listens sweeps.
select signal('events', '');

-- name: events_end
-- args:
-- returns: xid bigint, id bigint
-- reads
-- async
-- The newest event that none can come before, or that was deleted.
select n.xid::text::bigint as xid, n.id
  from ((select e.xid, e.id from events e where e.xid < events_bound()
          order by e.xid desc, e.id desc limit 1)
        union all
        select h.xid, h.id from event_horizon h) n
 order by n.xid desc, n.id desc limit 1;

-- name: events_read
-- args: xid bigint, id bigint, most bigint
-- returns: waiting bool, xid bigint, id bigint, user_id bigint, type text, payload json
-- reads
-- async
-- What follows the event given; waiting: there is more, held back by a
-- transaction that is open.
with bound as materialized (
  select b.xmin, exists (select from events e where e.xid >= b.xmin) as waiting
    from events_bound() b (xmin)
)
select b.waiting, n.xid::text::bigint as xid, n.id, n.user_id, n.type, n.payload
  from bound b
  left join lateral (
    select e.xid, e.id, e.user_id, e.type, e.payload from events e
     where (e.xid, e.id) > ($1::bigint::text::xid8, $2) and e.xid < b.xmin
     order by e.xid, e.id limit $3) n on true
 order by n.xid, n.id;

-- name: events_replay
-- args: user_id bigint, xid bigint, id bigint, last_xid bigint, last_id bigint, most bigint
-- returns: xid bigint, id bigint, type text, payload json
-- reads
-- async
-- One's own between two events, the later one too.
select e.xid::text::bigint as xid, e.id, e.type, e.payload
  from events e
 where e.user_id = $1 and (e.xid, e.id) > ($2::bigint::text::xid8, $3)
   and (e.xid, e.id) <= ($4::bigint::text::xid8, $5)
 order by e.xid, e.id limit $6;

-- name: socket_join
-- args: user_id bigint, session uuid, xid bigint null, id bigint null
-- returns: good bool, stale bool, others json
-- reads
-- async
-- stale: the event last seen lies before what is kept, or is none of ours.
select exists (select from sessions s join users u on u.id = s.user_id
                where s.id = $2 and s.user_id = $1 and s.ended_at is null
                  and s.expires_at > now() and u.is_active) as good,
       coalesce(($3::bigint::text::xid8, $4) < (h.xid, h.id)
                or $3::bigint::text::xid8 >= events_bound(), false) as stale,
       (select coalesce(json_agg(c.other_id), '[]')
          from (select c.other_id from conversations c where c.user_id = $1
                 order by c.last_message_id desc limit setting('presence_max')) c) as others
  from event_horizon h;

-- name: typing_tell
-- args: user_id bigint, other_id bigint, typing bool
-- returns: known bool
-- async
-- To somebody one has a conversation with.
select true as known
  from conversations c,
       lateral signal('relays', json_build_object('type', 'typing', 'user_id', c.user_id,
         'typing', $3::boolean, 'to', json_build_array(c.other_id))::text) s
 where c.user_id = $1 and c.other_id = $2;

-- name: presence_tell
-- args: relay text, user_id bigint, online bool
-- returns: nothing
-- async
-- In parts, for a notification's 8,000 bytes; one at least, for the relays.
with others as (
  select c.other_id, (row_number() over (order by c.last_message_id desc) - 1) / 300 as part
    from conversations c where c.user_id = $2
   order by c.last_message_id desc limit setting('presence_max')
), parts as (
  select json_agg(o.other_id) as ids from others o group by o.part
  union all
  select '[]' where not exists (select from others)
)
select signal('relays', json_build_object('type', 'presence', 'relay', $1::text,
         'user_id', $2::bigint, 'online', $3::boolean, 'to', p.ids)::text)
  from parts p;

-- name: relays_tell
-- args: said text
-- returns: nothing
-- async
select signal('relays', $1);
