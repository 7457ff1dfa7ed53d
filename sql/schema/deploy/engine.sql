-- Deploy bantubuzz:engine to pg
-- requires: payments
-- One function an act.  Locks are taken in one order: booking, payment,
-- accounts by id.
begin;

create function money_text(cents bigint, currency text) returns text
language sql immutable parallel safe
return (case currency when 'USD' then 'US$' else 'ZiG ' end
        || trim(to_char(cents / 100.0, 'FM999,999,999,990.00')));

-- What letters and notices about a booking may name.
create function booking_params(booking bigint, note text) returns jsonb
language sql stable
return (
  select jsonb_build_object('package', b.title,
           'brand', bp.company_name,
           'creator', coalesce(cp.username, 'Creator ' || cp.id),
           'amount', money_text(b.amount_cents, b.currency),
           'fee', money_text(b.fee_cents, b.currency),
           'payout', money_text(b.amount_cents - b.fee_cents, b.currency),
           'due', coalesce(to_char(b.due_at at time zone 'Africa/Harare', 'FMDD Mon YYYY'), ''),
           'due_at', wire_time(b.due_at),
           'note', coalesce(note, ''),
           'request_days', setting('request_s') / 86400,
           'payment_days', setting('payment_s') / 86400,
           'silence_days', setting('silence_s') / 86400,
           'late_days', setting('cancel_late_s') / 86400)
    from bookings b
    join brand_profiles bp on bp.id = b.brand_id
    join creator_profiles cp on cp.id = b.creator_id
   where b.id = booking);

-- Tells both sides what a move has for them, and the relay that it happened.
create function booking_tell(booking bigint, brand_notice text,
  creator_notice text, note text) returns void
language plpgsql as $$
declare
  params jsonb := booking_params(booking, note) || cancel_params(booking);
  brand_user bigint;
  creator_user bigint;
  payload jsonb;
begin
  select bp.user_id, cp.user_id,
         jsonb_build_object('id', b.id, 'state', b.state, 'status', s.status,
                            'payment_status', b.payment_status)
    into brand_user, creator_user, payload
    from bookings b
    join booking_states s using (state)
    join brand_profiles bp on bp.id = b.brand_id
    join creator_profiles cp on cp.id = b.creator_id
   where b.id = booking;
  insert into events (user_id, type, payload)
  values (brand_user, 'booking', payload), (creator_user, 'booking', payload);
  if brand_notice is not null then
    perform tell(brand_user, brand_notice, params, '/bookings/' || booking);
  end if;
  if creator_notice is not null then
    perform tell(creator_user, creator_notice, params, '/bookings/' || booking);
  end if;
end
$$;

-- The next timer of a state from a step on; none when its act has no more.
-- A timer on the due date that passed before the state began stays silent.
create type ring as (step int, rings timestamptz);
create function next_timer(wanted_state text, from_step int, entered timestamptz,
  due timestamptz) returns ring
language sql stable
begin atomic
  select row(t.step, t.at)::ring from (
    select bt.step, case bt.base when 'due' then due else entered end
                    + setting_span(bt.after) as at, bt.base
      from booking_timers bt
     where bt.state = wanted_state and bt.step >= from_step) t
   where t.at is not null and (t.base = 'entered' or t.at > now())
   order by t.step limit 1;
end;

-- The money's way of one move.  payment is null unless the gateway acts.
create function post_booking(b bookings, way text, payment payments) returns void
language plpgsql as $$
declare
  brand_user bigint := (select bp.user_id from brand_profiles bp where bp.id = b.brand_id);
  held bigint := account_of('held', b.currency, null, b.id);
  balance bigint := account_of('brand_balance', b.currency, brand_user, null);
  gateway bigint := account_of('gateway', b.currency, null, null);
  cents bigint := b.amount_cents;
  from_held bigint;
  from_balance bigint;
  share bigint;
begin
  case way
  when 'hold' then
    perform post_entry('paid:' || payment.id, way, b.id, payment.id, b.currency,
      array[(gateway, -cents), (held, cents)]::posting[]);
  when 'to_balance' then
    cents := payment.amount_cents;
    perform post_entry('paid:' || payment.id, way, b.id, payment.id, b.currency,
      array[(gateway, -cents), (balance, cents)]::posting[]);
  when 'hold_from_balance' then
    if lock_and_sum(balance) < cents then
      perform refuse(409, 'insufficient_balance', 'Your balance is below the amount');
    end if;
    perform post_entry('balance:' || b.id, way, b.id, null, b.currency,
      array[(balance, -cents), (held, cents)]::posting[]);
  when 'release' then
    perform post_entry('released:' || b.id, way, b.id, null, b.currency,
      array[(held, -cents),
        (account_of('creator_payable', b.currency,
           (select cp.user_id from creator_profiles cp where cp.id = b.creator_id), null),
         cents - b.fee_cents),
        (account_of('platform_fee', b.currency, null, null), b.fee_cents)]::posting[]);
  when 'give_back' then
    perform post_entry('given_back:' || b.id, way, b.id, null, b.currency,
      array[(held, -cents), (balance, cents)]::posting[]);
  when 'split' then
    select r.creator_cents into strict share from cancel_requests r
     where r.booking_id = b.id and r.answer is null;
    perform post_entry('split:' || b.id, way, b.id, null, b.currency,
      array[(held, -cents),
        (account_of('creator_payable', b.currency,
           (select cp.user_id from creator_profiles cp where cp.id = b.creator_id), null),
         share - share_fee(share, b.fee_bp)),
        (account_of('platform_fee', b.currency, null, null), share_fee(share, b.fee_bp)),
        (balance, cents - share)]::posting[]);
  when 'gateway_refund' then
    cents := payment.amount_cents;
    perform from accounts where id in (held, balance) order by id for update;
    -- Money that came in as surplus never was held.
    if exists (select from ledger_entries e
                where e.key = 'paid:' || payment.id and e.act = 'to_balance') then
      from_held := 0;
    else
      from_held := least(cents, lock_and_sum(held));
    end if;
    from_balance := least(cents - from_held, greatest(lock_and_sum(balance), 0));
    perform post_entry('refunded:' || payment.id, way, b.id, payment.id, b.currency,
      array[(held, -from_held), (balance, -from_balance),
        (account_of('loss', b.currency, null, null), -(cents - from_held - from_balance)),
        (gateway, cents)]::posting[]);
  else
    null;
  end case;
end
$$;

/*
 * The one way a booking moves.  Locks it, looks the cell up, refuses what is
 * not in the table, moves the money, sets the timer, tells both sides.  share
 * is the creator's, in cents, that one who asks to cancel proposes.
 */
create function booking_move(booking bigint, wanted_act text, by_actor text,
  by_user bigint, said text, payment payments, share bigint default null) returns void
language plpgsql as $$
declare
  b bookings;
  m booking_moves;
  asked cancel_requests;
  target text;
  timer ring;
begin
  select * into strict b from bookings where id = booking for update;
  select * into m from booking_moves
   where from_state = b.state and act = wanted_act and actor = by_actor;
  if not found then
    perform refuse(409, 'wrong_state', format(
      'This cannot be done while the booking is %s', replace(b.state, '_', ' ')));
  end if;
  if b.state = 'cancel_asked' then
    select * into strict asked from cancel_requests r
     where r.booking_id = b.id and r.answer is null;
  end if;
  if m.guard = 'revisions_left' and b.revisions_used >= b.revisions_allowed then
    perform refuse(409, 'no_revisions_left', 'All revisions of this booking are used');
  elsif m.guard = 'late' and now() < b.due_at + setting_span('cancel_late_s') then
    perform refuse(409, 'not_late_enough', format(
      'Late work can be cancelled %s days after its due date',
      setting('cancel_late_s') / 86400));
  elsif m.guard = 'other' and asked.asked_by = by_actor then
    perform refuse(409, 'others_answer', 'The other side answers what you asked');
  elsif m.guard = 'asker' and asked.asked_by <> by_actor then
    perform refuse(409, 'others_request', 'Only who asked can take it back');
  end if;

  if wanted_act = 'ask_cancel' then
    perform cancel_open(b, by_actor, by_user, said, share);
  end if;
  if m.posting <> 'none' then
    perform post_booking(b, m.posting, payment);
  end if;
  target := coalesce(m.to_state, b.state_before, asked.from_state);

  if m.posting in ('hold', 'hold_from_balance') then
    b.due_at := now() + make_interval(days => b.duration_days);
    b.payment_status := 'paid';
    b.payment_reference := payment.paynow_reference;
  elsif m.posting = 'give_back'
     or (m.posting = 'split' and asked.creator_cents < b.amount_cents)
     or (m.posting = 'gateway_refund' and target <> b.state) then
    b.payment_status := 'refunded';
  end if;
  if wanted_act in ('ask_revision', 'ask_change') then
    b.revisions_used := b.revisions_used + 1;
    b.due_at := greatest(b.due_at, now() + setting_span('revision_s'));
  end if;

  if b.state = 'cancel_asked' and m.to_state is null then
    b.entered_at := asked.from_entered_at + (now() - asked.asked_at);
    b.due_at := b.due_at + (now() - asked.asked_at);
    timer := next_timer(target, asked.from_step, b.entered_at, b.due_at);
  elsif target <> b.state then
    if b.state = 'disputed' and m.to_state is null and target <> 'cancel_asked' then
      b.due_at := b.due_at + (now() - b.entered_at); -- nobody could work
    end if;
    timer := next_timer(target, 1, now(), b.due_at);
    b.entered_at := now();
  elsif by_actor = 'timer' then
    timer := next_timer(target, b.timer_step + 1, b.entered_at, b.due_at);
  elsif wanted_act = 'ask_change' then -- the due date may have moved
    timer := next_timer(target, 1, b.entered_at, b.due_at);
  else
    select b.timer_step as step, b.timer_at as rings into timer;
  end if;

  update bookings set
    state = target,
    state_before = case when target <> 'disputed' then null
                        when b.state = 'disputed' then b.state_before
                        else b.state end,
    entered_at = b.entered_at, due_at = b.due_at,
    payment_status = b.payment_status, payment_reference = b.payment_reference,
    revisions_used = b.revisions_used,
    timer_step = timer.step, timer_at = timer.rings,
    completion_date = case when target = 'completed'
                           then coalesce(b.completion_date, now()) end
   where id = b.id;
  if b.state in ('cancel_asked', 'disputed')
     and target not in ('cancel_asked', 'disputed') then
    update cancel_requests set answered_at = now(), answer = case
        when wanted_act = 'agree' and by_actor = 'timer' then 'silence'
        when wanted_act = 'agree' then 'agreed'
        when wanted_act = 'refuse' then 'refused'
        when wanted_act = 'revoke' then 'revoked'
        else 'void' end
     where booking_id = b.id and answer is null;
  end if;
  perform deliverables_follow(b.id, wanted_act, said);
  insert into booking_log (booking_id, act, actor, user_id, from_state, to_state, note)
  values (b.id, wanted_act, by_actor, by_user, b.state, target, said);
  perform booking_tell(b.id, m.brand_notice, m.creator_notice, said);
end
$$;

-- Which side of a booking a user is; null for a stranger.
create function booking_side(caller bigint, booking bigint) returns text
language sql stable
return (
  select case caller when bp.user_id then 'brand' when cp.user_id then 'creator' end
    from bookings b
    join brand_profiles bp on bp.id = b.brand_id
    join creator_profiles cp on cp.id = b.creator_id
   where b.id = booking);

-- What moves money asks for itself whether the session lives: a worker may
-- not have heard yet.  Null: no session, but the house itself.
create function session_check(session uuid) returns void
language plpgsql stable as $$
begin
  if exists (select from sessions s where s.id = session and s.ended_at is not null) then
    perform refuse(401, 'session_ended', 'This session has ended');
  end if;
end
$$;

-- An act by one of the two sides.  Null for a stranger: it is absent to him.
create function booking_act(caller bigint, booking bigint, wanted_act text, said text,
  session uuid default null, share bigint default null) returns bigint
language plpgsql as $$
declare
  side text := booking_side(caller, booking);
begin
  perform session_check(session);
  if side is null then
    return null;
  end if;
  if wanted_act in ('pay', 'pay_from_balance') then
    perform refuse(409, 'wrong_act', 'Payments have a call of their own');
  end if;
  perform booking_move(booking, wanted_act, side, caller, said, null, share);
  return booking;
end
$$;

/*
 * The first version's PUT /bookings/:id/status: a wish for a state.  accepted
 * is no error when it is.
 */
create function booking_wish(caller bigint, booking bigint, wish text,
  session uuid default null) returns bigint
language plpgsql as $$
declare
  side text := booking_side(caller, booking);
  b bookings;
  wanted_act text;
begin
  perform session_check(session);
  if side is null then
    return null;
  end if;
  select * into b from bookings where id = booking for update;
  if wish = 'accepted' and b.state = 'accepted' then
    return booking;
  end if;
  wanted_act := case
    when wish = 'accepted' then 'accept'
    when wish in ('declined', 'rejected') then 'decline'
    when wish = 'in_progress' then 'start'
    when wish = 'completed' and side = 'creator' then 'deliver'
    when wish = 'completed' then 'approve'
    when wish = 'cancelled' then cancel_act(b, side)
  end;
  if wanted_act is null then
    perform refuse(409, 'wrong_state', format(
      'This cannot be done while the booking is %s', replace(b.state, '_', ' ')));
  end if;
  perform booking_move(booking, wanted_act, side, caller, null, null);
  return booking;
end
$$;

-- A payment row, committed before the gateway is called.
create function payment_open(b bookings, way text, prompt_phone text,
  trace text, return_uuid uuid) returns payments
language plpgsql as $$
declare
  p payments;
begin
  if exists (select from payments o join payment_states s using (state)
              where o.booking_id = b.id and not s.may_retry) then
    perform refuse(409, 'payment_unknown',
      'An earlier payment is still being checked. Please do not pay again yet');
  end if;
  if prompt_phone is not null then -- each one asks a person for a PIN
    perform rate_take('prompt_phone', prompt_phone);
  end if;
  insert into payments (booking_id, merchant_trace, return_token, amount_cents,
    currency, method, phone, next_poll_at)
  values (b.id, trace, return_uuid, b.amount_cents, b.currency, way, prompt_phone,
    now() + setting_span('start_s'))
  returning * into p;
  return p;
end
$$;

/*
 * A brand books a package: the booking, and where it is instant the payment,
 * or the way from the balance.  What it was shown to cost, where that is told,
 * must be what it costs now.  No row: no such package.
 */
create function booking_create(caller bigint, package bigint, campaign bigint,
  said text, way text, prompt_phone text, trace text, return_uuid uuid,
  claim bigint, session uuid default null, shown_cents bigint default null,
  shown_currency text default null,
  out booking_id bigint, out payment_id bigint)
language plpgsql as $$
declare
  p packages;
  brand bigint := (select id from brand_profiles where user_id = caller);
  b bookings;
  timer ring;
  first_state text;
begin
  perform session_check(session);
  perform rate_take('book_user', caller::text);
  select * into p from packages where id = package and is_active for share;
  if not found then
    perform refuse(404, 'package_not_found', 'There is no such package');
  end if;
  if shown_cents <> p.price_cents or shown_currency <> p.currency then
    perform refuse(409, 'price_changed',
      'The price has changed since you saw it. Nothing was booked');
  end if;
  if campaign is not null and not exists (
       select from campaigns c where c.id = campaign and c.brand_id = brand) then
    perform refuse(404, 'campaign_not_found', 'There is no such campaign of yours');
  end if;
  if not exists (select from creator_profiles c join users u on u.id = c.user_id
                  where c.id = p.creator_id and u.is_active
                    and c.availability_status <> 'unavailable') then
    perform refuse(409, 'creator_unavailable', 'This creator takes no bookings now');
  end if;
  first_state := case when p.instant then 'awaiting_payment' else 'requested' end;
  timer := next_timer(first_state, 1, now(), null);
  insert into bookings (package_id, creator_id, brand_id, campaign_id, state,
    amount_cents, fee_bp, fee_cents, currency, notes, duration_days,
    revisions_allowed, timer_step, timer_at)
  values (p.id, p.creator_id, brand, campaign, first_state, p.price_cents,
    setting('fee_bp'), round(p.price_cents * setting('fee_bp') / 10000.0),
    p.currency, said, p.duration_days, p.revisions, timer.step, timer.rings)
  returning * into b;
  insert into booking_log (booking_id, act, actor, user_id, from_state, to_state, note)
  values (b.id, 'book', 'brand', caller, first_state, first_state, null);
  perform booking_tell(b.id, null,
    case when p.instant then 'booking_made' else 'request_made' end, said);
  booking_id := b.id;
  update idempotency_keys k set booking_id = b.id where k.id = claim;
  if not p.instant then
    return;
  end if;
  if way = 'balance' then
    perform booking_move(b.id, 'pay_from_balance', 'brand', caller, null, null);
  else
    payment_id := (payment_open(b, way, prompt_phone, trace, return_uuid)).id;
  end if;
end
$$;

-- A further payment for a booking, or the way from the balance.
create function booking_pay(caller bigint, booking bigint, way text,
  prompt_phone text, trace text, return_uuid uuid, claim bigint,
  session uuid default null, out booking_id bigint, out payment_id bigint)
language plpgsql as $$
declare
  b bookings;
begin
  perform session_check(session);
  perform rate_take('book_user', caller::text);
  if booking_side(caller, booking) is distinct from 'brand' then
    return;
  end if;
  if way = 'balance' then
    perform booking_move(booking, 'pay_from_balance', 'brand', caller, null, null);
  else
    perform booking_move(booking, 'pay', 'brand', caller, null, null);
    update bookings set payment_status = 'pending'
     where id = booking and payment_status = 'failed';
    select * into b from bookings where id = booking;
    payment_id := (payment_open(b, way, prompt_phone, trace, return_uuid)).id;
  end if;
  update idempotency_keys k set booking_id = booking where k.id = claim;
  booking_id := booking;
end
$$;

-- What a key's claim holds while it is answered.
create function idempotency_lock(asker text, op text, wanted text) returns bigint
language sql immutable parallel safe
return hashtextextended(asker || ' ' || op || ' ' || wanted, 0);

/*
 * Claims a key: fresh; again, with the answer of the first time, or with the
 * booking that a crash left without one; in_flight; other, for another body.
 * whole: the claim, the write and the answer are one transaction, whose end
 * gives the lock back; else the lock is the session's, so that a killed
 * worker gives it back too, and idempotency_keep ends it.
 * from_address: of who is not logged in and sent a password; null else.  A key's
 * answer tells whether it is the first one's, so that is a try of it, as a login
 * is, and taken back where it was right.
 */
create function idempotency_claim(asking text, op text, wanted text, print text,
  whole boolean, from_address text, out outcome text, out id bigint, out booking_id bigint,
  out status int, out answer text)
language plpgsql as $$
declare
  k idempotency_keys;
  lock_id bigint := idempotency_lock(asking, op, wanted);
  got boolean;
begin
  got := case when whole then pg_try_advisory_xact_lock(lock_id)
              else pg_try_advisory_lock(lock_id) end;
  if not got then
    outcome := 'in_flight';
    return;
  end if;
  insert into idempotency_keys as i (asker, operation, key, fingerprint)
  values (asking, op, wanted, print)
  on conflict (asker, operation, key) do nothing;
  if not found and from_address is not null then
    perform password_take(asking, from_address);
  end if;
  select * into strict k from idempotency_keys i
   where i.asker = asking and i.operation = op and i.key = wanted;
  id := k.id;
  booking_id := k.booking_id;
  status := k.status;
  answer := k.answer;
  outcome := case when k.fingerprint <> print then 'other'
                  when k.status is not null or k.booking_id is not null then 'again'
                  else 'fresh' end;
  if outcome = 'again' and from_address is not null then
    perform password_give(asking, from_address);
  end if;
end
$$;

-- Keeps the answer to give again; without one, and where nothing came of it,
-- the key is as though it never was.  Refused where another request answered in
-- the meantime: the lock goes with a connection that broke.  A lock of the session
-- becomes the transaction's, so that its end gives it back, and not before.
create function idempotency_keep(claim bigint, said_status int, said text) returns void
language plpgsql as $$
begin
  perform pg_try_advisory_xact_lock(idempotency_lock(i.asker, i.operation, i.key))
     from idempotency_keys i where i.id = claim;
  if said is null then
    delete from idempotency_keys i where i.id = claim and i.booking_id is null and i.status is null;
  else
    update idempotency_keys i set status = said_status, answer = said
     where i.id = claim and i.status is null;
    if not found then
      perform refuse(409, 'idempotency_in_flight', 'Another request with this key was answered');
    end if;
  end if;
  perform pg_advisory_unlock_all();
end
$$;

-- When a payment of this age is to be polled next; null when never again.
create function next_poll(born timestamptz, failures int) returns timestamptz
language sql stable
return (
  select case when now() < born + make_interval(secs => s.until_s)
           then now() + make_interval(secs =>
             least(setting('poll_backoff_max_s'),
                   s.every_s * power(2, least(failures, 10)))) end
    from poll_steps s
   where extract(epoch from now() - born) < s.until_s
   order by s.until_s limit 1);

-- Locks a payment behind its booking, in the one order.
create function payment_lock(payment bigint) returns payments
language plpgsql as $$
declare
  p payments;
begin
  perform from bookings b join payments o on o.booking_id = b.id
   where o.id = payment for update of b;
  select * into strict p from payments where id = payment for update;
  return p;
end
$$;

-- Where an act leads a payment by the table; null: nowhere.
create function payment_next(state text, wanted_act text) returns text
language sql stable
return (select m.to_state from payment_moves m
         where m.from_state = payment_next.state and m.act = wanted_act);

-- Says in the first version's word that a try to pay came to nothing.
create function booking_unpaid(booking bigint) returns void
language sql
begin atomic
  update bookings set payment_status = 'failed'
   where id = booking and state = 'awaiting_payment' and payment_status = 'pending';
end;

-- The gateway's verified answer to a start; gives the booking.
create function payment_started(payment bigint, browser text, poll text,
  paynow_ref text, said text, code text, code_expires text) returns bigint
language plpgsql as $$
declare
  p payments := payment_lock(payment);
begin
  if p.poll_url is not null then
    return p.booking_id; -- a trace was quicker
  end if;
  update payments set
    state = coalesce(payment_next(p.state, 'started'), state),
    browser_url = browser, poll_url = poll,
    paynow_reference = coalesce(replace(paynow_ref, ',', ''), paynow_reference),
    instructions = said, authorization_code = code,
    authorization_expires = code_expires,
    next_poll_at = case when callback_at is not null then now()
                        else next_poll(created_at, 0) end,
    claimed_until = null
   where id = payment;
  return p.booking_id;
end
$$;

-- The gateway refused a start, or its answer was lost; gives the booking.
create function payment_not_started(payment bigint, lost boolean, why text) returns bigint
language plpgsql as $$
declare
  p payments := payment_lock(payment);
  target text := payment_next(p.state, case when lost then 'lost' else 'refused' end);
begin
  if target is null then
    return p.booking_id;
  end if;
  update payments set
    state = target, error = left(why, 500),
    next_poll_at = case when lost then now() end, claimed_until = null
   where id = payment;
  if not lost then
    perform booking_unpaid(p.booking_id);
  end if;
  return p.booking_id;
end
$$;

/*
 * What a verified poll or trace said of a payment moves it, and its booking.
 * word null: the gateway said nothing that counts (an error, no answer, a bad
 * hash); then only the schedule moves.
 */
create function payment_heard(payment bigint, word text, ref text, cents bigint,
  paynow_ref text, poll text) returns text
language plpgsql as $$
declare
  p payments := payment_lock(payment);
  m payment_moves;
  heard text;
  -- When the gateway was asked; what it called since then is not heard yet.
  asked timestamptz := coalesce(p.claimed_until - setting_span('payment_lease_s'), now());
  born timestamptz := greatest(p.created_at, p.callback_at);
  surplus boolean;
  bare_ref text := replace(paynow_ref, ',', '');
begin
  if word is null then
    update payments set failures = failures + 1, claimed_until = null,
      next_poll_at = case
        when p.callback_at >= asked then now()
        when p.state in (select s.state from payment_states s where s.is_open)
          or p.callback_at > coalesce(p.polled_at, '-infinity')
        then next_poll(born, failures + 1) end
     where id = payment;
    return p.state;
  end if;

  select g.act into heard from gateway_statuses g where g.word = lower(trim(payment_heard.word));
  if heard is null then
    perform alert('payment_unknown_status', p.id, 'The gateway said: ' || word);
    heard := 'wait';
  end if;
  if ref is distinct from p.reference or cents is distinct from p.amount_cents
     or (p.paynow_reference is not null and bare_ref is distinct from p.paynow_reference) then
    perform alert('payment_review', p.id, format(
      'The gateway said %s for %s, amount %s, its reference %s',
      word, ref, coalesce(cents::text, 'unreadable'), paynow_ref));
    heard := 'mismatch';
  end if;

  select * into m from payment_moves where from_state = p.state and act = heard;
  if not found then -- nothing the table knows: told, and nothing moves
    perform alert('payment_reversal', p.id,
      format('The gateway said %s while the payment is %s', word, p.state));
    m := row(p.state, heard, p.state, null, null)::payment_moves;
  end if;

  p.state := m.to_state;
  p.paynow_reference := coalesce(p.paynow_reference, bare_ref);
  update payments set
    state = p.state, gateway_status = word, polled_at = asked, polls = polls + 1,
    failures = 0, claimed_until = null,
    paynow_reference = p.paynow_reference,
    poll_url = coalesce(poll_url, poll),
    paid_at = case when m.booking_act = 'paid' then now() else paid_at end,
    next_poll_at = case
      when p.callback_at >= asked then now()
      when (select s.is_open from payment_states s where s.state = p.state)
        or (p.callback_act = 'paid' and p.state in ('cancelled', 'failed'))
      then next_poll(born, 0) end
   where id = payment;

  if m.booking_act is not null then
    surplus := exists (select from ledger_entries e
                        where e.key = 'paid:' || p.id and e.act = 'to_balance');
    if not surplus then
      perform booking_move(p.booking_id, m.booking_act, 'gateway', null, null, p);
    elsif m.booking_act = 'refunded' then
      perform post_booking(b, 'gateway_refund', p) from bookings b
        where b.id = p.booking_id;
      perform booking_tell(p.booking_id, 'gateway_refunded', null, null);
    end if;
  elsif heard in ('failed', 'cancelled') and m.from_state <> m.to_state then
    perform booking_unpaid(p.booking_id);
    perform booking_tell(p.booking_id, 'payment_failed', null, null);
  end if;
  if m.alert is not null and heard <> 'mismatch' then
    perform alert(m.alert, p.id, format('The gateway said %s for a payment that was %s',
      word, m.from_state));
  end if;
  if p.callback_act = 'paid' and heard in ('wait', 'cancelled', 'failed')
     and p.callback_at < now() - setting_span('disagree_s') then
    perform alert('payment_disagrees', p.id,
      'A signed callback said paid, the poll says ' || word);
  end if;
  return p.state;
end
$$;

-- A verified NotFound to a trace.  Two of them, minutes apart, prove that
-- the gateway never had it; then the brand may try again.
create function payment_absent(payment bigint) returns text
language plpgsql as $$
declare
  p payments := payment_lock(payment);
  target text := payment_next(p.state, 'absent');
begin
  if target is null then -- nothing that a trace could still tell
    update payments set next_poll_at = null, claimed_until = null
     where id = payment and claimed_until is not null;
    return p.state;
  end if;
  if p.absences >= 1 and p.absent_at <= now() - setting_span('trace_gap_s') then
    update payments set state = target, absences = absences + 1, absent_at = now(),
      error = 'never reached the gateway', next_poll_at = null, claimed_until = null
     where id = payment;
    perform booking_unpaid(p.booking_id);
    perform booking_tell(p.booking_id, 'payment_failed', null, null);
    return target;
  end if;
  update payments set
    absences = case when absences = 0 then 1 else absences end,
    absent_at = coalesce(absent_at, now()),
    next_poll_at = coalesce(absent_at, now()) + setting_span('trace_gap_s'),
    claimed_until = null
   where id = payment;
  return p.state;
end
$$;

/*
 * A callback: stored raw, once, and it wakes the poll.  It moves nothing.
 * verified: the hash is good.  Null when the reference is none of ours.
 */
create function payment_callback(ref text, verified boolean, plain boolean,
  word text, cents bigint, paynow_ref text, poll text, body bytea)
returns text
language plpgsql as $$
declare
  p payments;
  same boolean;
  -- Of what anybody may send, a little is kept.
  kept bytea := case when verified then body else substring(body for 2048) end;
begin
  select * into p from payments where reference = ref for update;
  if not found then
    return null;
  end if;
  insert into payment_messages (payment_id, kind, verified, raw, digest)
  select p.id, 'callback', payment_callback.verified, kept, sha256(kept)
   where payment_callback.verified
      or (select count(*) from payment_messages m
           where m.payment_id = p.id and m.kind = 'callback' and not m.verified)
         < setting('unsigned_max')
  on conflict (payment_id, digest) where kind = 'callback' do nothing;
  if not verified then
    return 'unsigned';
  end if;
  same := plain and cents = p.amount_cents
    and (p.paynow_reference is null or replace(paynow_ref, ',', '') = p.paynow_reference)
    and (p.poll_url is null or poll = p.poll_url);
  update payments set
    callback_at = now(),
    callback_act = case when same
      then coalesce((select g.act from gateway_statuses g where g.word = lower(trim(payment_callback.word))), callback_act)
      else callback_act end,
    next_poll_at = case when state = 'initiating' then next_poll_at else now() end
   where id = p.id;
  return case when same then 'heard' else 'differs' end;
end
$$;

-- Leases what is due.  An unanswered start becomes unknown here.
create function payments_claim(most bigint) returns setof payments
language plpgsql as $$
begin
  return query
  update payments p set
    claimed_until = now() + setting_span('payment_lease_s'),
    state = coalesce(payment_next(p.state, 'lost'), p.state)
   where p.id in (
     select d.id from payments d
      where d.next_poll_at <= now()
        and (d.claimed_until is null or d.claimed_until < now())
      order by d.next_poll_at
      for update skip locked
      limit most)
  returning p.*;
end
$$;

-- One booking whose timer rings.  An unpaid one expires only after every
-- open payment was polled past the deadline, or the gateway stayed away.
create function booking_ring() returns bigint
language plpgsql as $$
declare
  b bookings;
  t booking_timers;
  deadline timestamptz;
begin
  select * into b from bookings where timer_at <= now()
   order by timer_at for update skip locked limit 1;
  if not found then
    return null;
  end if;
  select * into strict t from booking_timers where state = b.state and step = b.timer_step;
  if b.state = 'awaiting_payment' and t.act = 'expire' then
    deadline := b.entered_at + setting_span(t.after);
    if now() < deadline + setting_span('last_poll_max_s')
       and exists (select from payments p join payment_states s using (state)
                    where p.booking_id = b.id and s.is_open
                      and coalesce(p.polled_at, '-infinity') < deadline) then
      update payments p set next_poll_at = now()
        from payment_states s
       where s.state = p.state and s.is_open and p.booking_id = b.id
         and (p.next_poll_at is null or p.next_poll_at > now())
         and coalesce(p.polled_at, '-infinity') < deadline;
      update bookings set timer_at = now() + setting_span('last_poll_s') where id = b.id;
      return b.id;
    end if;
  end if;
  begin
    perform booking_move(b.id, t.act, 'timer', null, null, null);
  -- the bookings behind it must not wait for it; what took too long is no other
  exception when query_canceled or others then
    update bookings set timer_at = now() + interval '1 hour' where id = b.id;
    perform alert('timer_failed', b.id, sqlstate || ' ' || sqlerrm);
  end;
  return b.id;
end
$$;

-- Work of the clock, each run by whoever comes first.
create table chores (
  name text primary key,
  every interval not null,
  next_at timestamptz not null default now()
);
insert into chores (name, every) values
  ('clean_up', '1 minute'), ('reconcile', '1 day');

-- Deletes a slice at a time, so that no statement is long.
create function clean_up() returns void
language sql
begin atomic
  delete from registrations where id in (
    select r.id from registrations r
     where r.created_at < now() - setting_span('registration_s') limit 1000);
  delete from idempotency_keys where id in (
    select k.id from idempotency_keys k
     where k.created_at < now() - setting_span('idempotency_s') limit 1000);
  delete from sessions where id in (
    select s.id from sessions s
     where s.expires_at < now() - setting_span('session_kept_s') limit 1000);
  delete from rate_counts where (scope, counted) in (
    select r.scope, r.counted from rate_counts r
     where r.since < now() - greatest(setting_span('rate_window_s') * 2, interval '1 day')
     limit 10000);
  update outbox set state = 'given_up', letter = null, done_at = now()
   where id in (select o.id from outbox o
     where o.state = 'waiting' and o.useless_after <= now() limit 1000);
  delete from outbox where id in (
    select o.id from outbox o
     where o.done_at < now() - setting_span('letter_kept_s') limit 1000);
end;

-- What is not final, and what was paid lately, is polled once more; spread
-- over the day, so that no payer waits behind it.
create function reconcile() returns void
language sql
begin atomic
  update payments p
     set next_poll_at = now() + random() * setting_span('reconcile_over_s')
    from payment_states s
   where s.state = p.state
     and (p.state = 'disputed'
          or not s.is_final and p.created_at > now() - setting_span('reconcile_open_s')
          or p.paid_at > now() - setting_span('reconcile_s')
          or p.callback_at > coalesce(p.polled_at, '-infinity'))
     and (p.next_poll_at is null
          or p.next_poll_at > now() + setting_span('reconcile_over_s'));
end;

-- Runs one chore that is due, in one transaction; null when none is.  A chore is
-- the function of its name.
create function chore_run() returns text
language plpgsql as $$
declare
  chore chores;
begin
  select * into chore from chores c where c.next_at <= now()
   order by c.next_at for update skip locked limit 1;
  if not found then
    return null;
  end if;
  begin
    execute format('select %I()', chore.name);
  exception when query_canceled or others then -- it is not tried again each second
    perform alert('timer_failed', 0, chore.name || ' ' || sqlstate || ' ' || sqlerrm);
  end;
  update chores c set next_at = now() + c.every where c.name = chore.name;
  return chore.name;
end
$$;

commit;
