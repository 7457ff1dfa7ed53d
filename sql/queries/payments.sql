-- payments: at the gateway.

-- name: payment_started
-- args: payment_id bigint, browser_url text null, poll_url text,
--   paynow_reference text null, instructions text null, code text null,
--   code_expires text null, raw bytea, http_status bigint
-- returns: @payment_answer, @booking
with said as (
  insert into payment_messages (payment_id, kind, verified, raw, digest, http_status)
  values ($1, 'start', true, $8, sha256($8), $9::bigint))
select w.* from payment_started($1, $2, $3, $4, $5, $6, $7) s (booking_id),
       booking_answer_now(s.booking_id) w;

-- name: payment_not_started
-- args: payment_id bigint, lost bool, why text, raw bytea, http_status bigint
-- returns: @payment_answer, @booking
with said as (
  insert into payment_messages (payment_id, kind, verified, raw, digest, http_status)
  values ($1, 'start', false, $4, sha256($4), $5::bigint))
select w.* from payment_not_started($1, $2, $3) s (booking_id),
       booking_answer_now(s.booking_id) w;

-- name: payment_status
-- args: user_id bigint, booking_id bigint
-- returns: success bool, paid bool, status text, state text, reference text,
--   amount money, currency text, method text, instructions text,
--   authorization_code text, authorization_expires text, redirect_url text,
--   started_at time, paid_at time
-- reads
-- The newest payment; of one from the balance the state is paid.
select true as success, b.payment_status = 'paid' as paid, b.payment_status as status,
       coalesce(p.state, case when b.payment_status in ('paid', 'refunded')
                              then 'paid' end) as state,
       p.reference, b.amount_cents as amount, b.currency,
       coalesce(p.method, 'balance') as method, mine.instructions,
       mine.authorization_code, mine.authorization_expires, mine.redirect_url,
       p.created_at as started_at,
       coalesce(p.paid_at, (select l.at from booking_log l
                             where l.booking_id = b.id and l.act = 'pay_from_balance'))
         as paid_at
  from bookings b
  left join lateral (
    select x.* from payments x
     where x.booking_id = b.id
       and (x.paid_at is not null or b.payment_status not in ('paid', 'refunded'))
     order by x.id desc limit 1) p on true
  left join lateral ( -- the payer's own
    select p.instructions, p.authorization_code, p.authorization_expires,
           p.browser_url as redirect_url
     where booking_side($1, $2) = 'brand') mine on true
 where b.id = $2 and booking_side($1, $2) is not null;

-- name: payment_callback
-- args: reference text, verified bool, plain bool, status text null,
--   amount_cents bigint null, paynow_reference text null, poll_url text null, raw bytea
-- returns: outcome text
select payment_callback($1, $2, $3, $4, $5, $6, $7, $8) as outcome;

-- name: payment_integration
-- args: reference text
-- returns: currency text
-- reads
select p.currency from payments p where p.reference = $1;

-- name: payment_returned
-- args: return_token uuid
-- returns: booking_id bigint, title text, amount money, currency text,
--   method text, state text, paid bool, on_balance bool
-- A browser came back: tells the state, and has it polled now.  Money that
-- came when none was due lies on the brand's balance.
with woken as (
  update payments p set next_poll_at = now()
    from payment_states s
   where p.return_token = $1 and s.state = p.state and s.is_open
     and p.state <> 'initiating' and p.next_poll_at > now() + interval '1 second')
select p.booking_id, b.title, p.amount_cents as amount, p.currency, p.method,
       p.state, p.state = 'paid' as paid,
       exists (select from ledger_entries e
                where e.key = 'paid:' || p.id and e.act = 'to_balance') as on_balance
  from payments p
  join bookings b on b.id = p.booking_id
 where p.return_token = $1;

-- name: payment_claim
-- args: most bigint
-- returns: id bigint, currency text, poll_url text, merchant_trace text
select p.id, p.currency, p.poll_url, p.merchant_trace
  from payments_claim($1) p;

-- name: payment_heard
-- args: payment_id bigint, kind text, status text null, reference text null,
--   amount_cents bigint null, paynow_reference text null, poll_url text null,
--   verified bool, raw bytea, http_status bigint
-- returns: state text
with said as (
  insert into payment_messages (payment_id, kind, verified, raw, digest, http_status)
  values ($1, $2, $8, $9, sha256($9), $10::bigint))
select payment_heard($1, $3, $4, $5, $6, $7) as state;

-- name: payment_absent
-- args: payment_id bigint, raw bytea, http_status bigint
-- returns: state text
with said as (
  insert into payment_messages (payment_id, kind, verified, raw, digest, http_status)
  values ($1, 'trace', true, $2, sha256($2), $3::bigint))
select payment_absent($1) as state;
