-- Revert bantubuzz:work from pg
begin;

drop function collaboration_cancel(bigint, bigint, text, bigint, uuid);
drop function collaboration_progress(bigint, bigint, int, text, text, uuid);
drop function deliverable_revise(bigint, bigint, bigint, text, uuid);
drop function deliverable_approve(bigint, bigint, bigint, uuid);
drop function deliverable_lock(bigint, bigint);
drop function deliverable_add(bigint, bigint, boolean, bigint, text, text, text, text, uuid);
drop function deliver_if_whole(bigint);
drop function collaboration_act(bigint, bigint, text, text, uuid);
drop function collaboration_side(bigint, bigint);
drop function revision_now(bigint);
drop function deliverable_now(bigint);
drop function collaboration_now(bigint);
drop view collaboration_wire;
drop function revision_json(bigint);
drop function deliverable_json(deliverables);
drop function wire_time(timestamptz);
drop function collaboration_status(text);

-- The engine as it was.
create or replace function booking_wish(caller bigint, booking bigint, wish text,
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
    when wish = 'cancelled' then (
      select m.act from booking_moves m
       where m.from_state = b.state and m.actor = side
         and m.act in ('withdraw', 'cancel', 'cancel_late')
       order by m.act limit 1)
  end;
  if wanted_act is null then
    perform refuse(409, 'wrong_state', format(
      'This cannot be done while the booking is %s', replace(b.state, '_', ' ')));
  end if;
  perform booking_move(booking, wanted_act, side, caller, null, null);
  return booking;
end
$$;

drop function cancel_act(bookings, text);
drop function booking_act(bigint, bigint, text, text, uuid, bigint);
create function booking_act(caller bigint, booking bigint, wanted_act text, said text,
  session uuid default null) returns bigint
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
  perform booking_move(booking, wanted_act, side, caller, said, null);
  return booking;
end
$$;
revoke execute on function booking_act(bigint, bigint, text, text, uuid) from public;
grant execute on function booking_act(bigint, bigint, text, text, uuid) to bantubuzz_worker;

drop function booking_move(bigint, text, text, bigint, text, payments, bigint);
create function booking_move(booking bigint, wanted_act text, by_actor text,
  by_user bigint, said text, payment payments) returns void
language plpgsql as $$
declare
  b bookings;
  m booking_moves;
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
  if m.guard = 'revisions_left' and b.revisions_used >= b.revisions_allowed then
    perform refuse(409, 'no_revisions_left', 'All revisions of this booking are used');
  elsif m.guard = 'late' and now() < b.due_at + setting_span('cancel_late_s') then
    perform refuse(409, 'not_late_enough', format(
      'Late work can be cancelled %s days after its due date',
      setting('cancel_late_s') / 86400));
  end if;

  if m.posting <> 'none' then
    perform post_booking(b, m.posting, payment);
  end if;
  target := coalesce(m.to_state, b.state_before);

  if m.posting in ('hold', 'hold_from_balance') then
    b.due_at := now() + make_interval(days => b.duration_days);
    b.payment_status := 'paid';
    b.payment_reference := payment.paynow_reference;
  elsif m.posting = 'give_back'
     or (m.posting = 'gateway_refund' and target <> b.state) then
    b.payment_status := 'refunded';
  end if;
  if wanted_act = 'ask_revision' then
    b.revisions_used := b.revisions_used + 1;
    b.due_at := greatest(b.due_at, now() + setting_span('revision_s'));
  end if;

  if target <> b.state then
    timer := next_timer(target, 1, now(), b.due_at);
    b.entered_at := now();
  elsif by_actor = 'timer' then
    timer := next_timer(target, b.timer_step + 1, b.entered_at, b.due_at);
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
  insert into booking_log (booking_id, act, actor, user_id, from_state, to_state, note)
  values (b.id, wanted_act, by_actor, by_user, b.state, target, said);
  perform booking_tell(b.id, m.brand_notice, m.creator_notice, said);
end
$$;
revoke execute on function booking_move(bigint, text, text, bigint, text, payments) from public;
grant execute on function booking_move(bigint, text, text, bigint, text, payments)
  to bantubuzz_worker;

drop function deliverables_follow(bigint, text, text);
drop function cancel_open(bookings, text, bigint, text, bigint);
create or replace function post_booking(b bookings, way text, payment payments) returns void
language plpgsql as $$
declare
  brand_user bigint := (select bp.user_id from brand_profiles bp where bp.id = b.brand_id);
  held bigint := account_of('held', b.currency, null, b.id);
  balance bigint := account_of('brand_balance', b.currency, brand_user, null);
  gateway bigint := account_of('gateway', b.currency, null, null);
  cents bigint := b.amount_cents;
  from_held bigint;
  from_balance bigint;
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

create or replace function booking_tell(booking bigint, brand_notice text,
  creator_notice text, note text) returns void
language plpgsql as $$
declare
  params jsonb := booking_params(booking, note);
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

drop function cancel_params(bigint);
drop function share_fee(bigint, int);

-- What waits for an answer goes on as before it was asked.
update bookings b set state_before = r.from_state from cancel_requests r
 where r.booking_id = b.id and r.answer is null
   and b.state = 'disputed' and b.state_before = 'cancel_asked';
update bookings b set (state, entered_at, timer_step, timer_at) = (
    select r.from_state, now(), t.step, t.rings
      from (select next_timer(r.from_state, 1, now(), b.due_at) as ring) n,
           lateral (select (n.ring).step, (n.ring).rings) t)
  from cancel_requests r
 where r.booking_id = b.id and r.answer is null and b.state = 'cancel_asked';

alter table bookings drop column progress, drop column last_update,
  drop column last_update_at, drop column work_notes;
drop table revision_requests;
drop table deliverables;
drop table cancel_requests;

delete from booking_timers where state = 'cancel_asked';
delete from booking_moves
 where 'cancel_asked' in (from_state, to_state)
    or act in ('submit', 'progress', 'approve_piece', 'ask_change')
    or act = 'approve' and from_state in ('accepted', 'in_progress');
alter table booking_moves drop constraint booking_moves_guard_check;
alter table booking_moves add constraint booking_moves_guard_check
  check (guard in ('revisions_left', 'late'));
alter table booking_moves drop constraint booking_moves_posting_check;
alter table booking_moves add constraint booking_moves_posting_check
  check (posting in ('none', 'hold', 'hold_from_balance', 'release', 'give_back',
    'to_balance', 'gateway_refund'));
delete from booking_states where state = 'cancel_asked';

delete from outbox where notice in ('cancel_asked_by_brand', 'cancel_asked_by_creator',
  'cancel_agreed_brand', 'cancel_agreed_creator');
delete from notices where name in ('cancel_asked_by_brand', 'cancel_asked_by_creator',
  'cancel_refused', 'cancel_revoked', 'cancel_agreed_brand', 'cancel_agreed_creator',
  'deliverable_sent', 'deliverable_approved');
delete from settings where name in ('consent_s', 'cancel_asks_max', 'deliverables_max');

commit;
