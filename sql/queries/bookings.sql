-- bookings: what brands book, and what becomes of it.

-- name: booking_of_brand
-- args: user_id bigint, status text null, size bigint, start bigint
-- returns: total bigint, @booking
-- reads
with mine as not materialized (
  select b.id from bookings b
   where b.brand_id = (select x.id from brand_profiles x where x.user_id = $1)
     and ($2::text is null or b.state = $2
          or b.state in (select s.state from booking_states s where s.status = $2))
), counted as (
  select count(*) as total from (select from mine limit setting('total_max')) m
), paged as (
  select m.id from mine m order by m.id desc limit $3 offset $4
)
select t.total, w.* from counted t
  left join paged p on true
  left join booking_wire w on w.id = p.id
 order by p.id desc;

-- name: booking_of_creator
-- args: user_id bigint, status text null, size bigint, start bigint
-- returns: total bigint, @booking
-- reads
with mine as not materialized (
  select b.id from bookings b
   where b.creator_id = (select x.id from creator_profiles x where x.user_id = $1)
     and ($2::text is null or b.state = $2
          or b.state in (select s.state from booking_states s where s.status = $2))
), counted as (
  select count(*) as total from (select from mine limit setting('total_max')) m
), paged as (
  select m.id from mine m order by m.id desc limit $3 offset $4
)
select t.total, w.* from counted t
  left join paged p on true
  left join booking_wire w on w.id = p.id
 order by p.id desc;

-- name: booking_get
-- args: user_id bigint, id bigint
-- returns: @booking
-- reads
select w.* from booking_wire w
 where w.id = $2 and $1 in (w."brand.user_id", w."creator.user_id");

-- name: booking_timeline
-- args: user_id bigint, id bigint
-- returns: state text, entered_at time, "clock.act" text, "clock.at" time,
--   cancel_late_at time, review_until time, reviewed bool, review_ids json,
--   entries json
-- reads
-- What its state is waiting for, by when, and how it came there.  A clock only
-- where silence does something; reminders are none.
select b.state, b.entered_at, clock.act as "clock.act", clock.at as "clock.at",
       case when b.state in ('accepted', 'in_progress', 'revision')
            then b.due_at + setting_span('cancel_late_s') end as cancel_late_at,
       b.completion_date + setting_span('review_s') as review_until,
       exists (select from reviews r
                where r.booking_id = b.id and r.side = mine.side) as reviewed,
       (select coalesce(json_agg(r.id order by r.id), '[]') from reviews r
         where r.booking_id = b.id
           and (r.side = mine.side or r.visible_at is not null)) as review_ids,
       (select coalesce(json_agg(json_build_object('act', l.act, 'actor', l.actor,
                 'state', l.to_state, 'note', l.note, 'at', wire_time(l.at))
                 order by l.id), '[]')
          from (select x.* from booking_log x
                 where x.booking_id = b.id and x.act <> 'remind'
                 order by x.id desc limit 100) l) as entries
  from bookings b
 cross join lateral (select booking_side($1, b.id) as side) mine
  left join lateral (
    select t.act, case t.base when 'due' then b.due_at else b.entered_at end
                  + setting_span(t.after) as at
      from booking_timers t where t.state = b.state
     order by t.step desc limit 1) clock on true
 where b.id = $2 and mine.side is not null;

-- name: booking_act
-- args: user_id bigint, id bigint, act text, note text null, session uuid,
--   creator_share money null
-- returns: @booking
select w.* from booking_act($1, $2, $3, $4, $5, $6) a (id), booking_now(a.id) w;

-- name: booking_wish
-- args: user_id bigint, id bigint, status text, session uuid
-- returns: @booking
select w.* from booking_wish($1, $2, $3, $4) a (id), booking_now(a.id) w;

-- name: booking_create
-- args: user_id bigint, package_id bigint, campaign_id bigint null, notes text null,
--   method text, phone text null, trace text, return_token uuid, claim bigint null,
--   session uuid, amount bigint null, currency text null
-- returns: booking_id bigint, payment_id bigint, @payment_order
-- payment_id is null where the gateway is not to be called.
select c.booking_id, c.payment_id, o.*
  from booking_create($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) c
  left join lateral payment_order(c.payment_id) o on true;

-- name: booking_pay
-- args: user_id bigint, id bigint, method text, phone text null, trace text,
--   return_token uuid, claim bigint null, session uuid
-- returns: booking_id bigint, payment_id bigint, @payment_order
-- booking_id is null for who is not its brand.
select c.booking_id, c.payment_id, o.*
  from booking_pay($1, $2, $3, $4, $5, $6, $7, $8) c
  left join lateral payment_order(c.payment_id) o on true;

-- name: booking_answer
-- args: user_id bigint, booking_id bigint
-- returns: @payment_answer, @booking
-- reads
select w.* from booking_answer_wire w
 where w.id = $2 and $1 in (w."brand.user_id", w."creator.user_id");
