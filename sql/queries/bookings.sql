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
--   session uuid
-- returns: booking_id bigint, payment_id bigint
-- payment_id is null where the gateway is not to be called.
select c.booking_id, c.payment_id
  from booking_create($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) c;

-- name: booking_pay
-- args: user_id bigint, id bigint, method text, phone text null, trace text,
--   return_token uuid, claim bigint null, session uuid
-- returns: booking_id bigint, payment_id bigint
-- booking_id is null for who is not its brand.
select c.booking_id, c.payment_id from booking_pay($1, $2, $3, $4, $5, $6, $7, $8) c;

-- name: booking_answer
-- args: user_id bigint, booking_id bigint
-- returns: trouble text, method text, reference text, payment_state text,
--   redirect_url text, instructions text, authorization_code text,
--   authorization_expires text, @booking
-- reads
-- The booking, behind its newest payment and why it cannot be paid there; once
-- it is paid, behind the payment that did it, if not the balance.
select case
         when w.payment_status in ('paid', 'refunded') or p.state = 'sent' then null
         when w.state = 'requested'
           then 'The creator answers your request first; you pay then'
         when p.state in ('initiating', 'unknown', 'review')
           then 'We are checking the payment. Please do not pay again'
         when w.state <> 'awaiting_payment' then 'This booking waits for no payment'
         when p.id is null then 'No payment was started for this booking'
         else 'The payment could not be started. Please try again'
       end as trouble,
       coalesce(p.method, 'balance') as method, p.reference,
       coalesce(p.state, 'paid') as payment_state,
       p.browser_url as redirect_url, p.instructions, p.authorization_code,
       p.authorization_expires, w.*
  from booking_wire w
  left join lateral (
    select x.* from payments x
     where x.booking_id = w.id
       and (x.paid_at is not null or w.payment_status not in ('paid', 'refunded'))
     order by x.id desc limit 1) p on true
 where w.id = $2 and $1 in (w."brand.user_id", w."creator.user_id");
