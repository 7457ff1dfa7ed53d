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
drop function collaboration_status(text);

drop function cancel_act(bookings, text);
drop function deliverables_follow(bigint, text, text);
drop function cancel_open(bookings, text, bigint, text, bigint);
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

drop table revision_requests;
drop table deliverables;
delete from cancel_requests;

delete from booking_timers where state = 'cancel_asked';
delete from booking_moves
 where 'cancel_asked' in (from_state, to_state)
    or act in ('submit', 'progress', 'approve_piece', 'ask_change')
    or act = 'approve' and from_state in ('accepted', 'in_progress');
delete from booking_states where state = 'cancel_asked';

delete from outbox where notice in ('cancel_asked_by_brand', 'cancel_asked_by_creator',
  'cancel_agreed_brand', 'cancel_agreed_creator');
delete from notices where name in ('cancel_asked_by_brand', 'cancel_asked_by_creator',
  'cancel_refused', 'cancel_revoked', 'cancel_agreed_brand', 'cancel_agreed_creator',
  'deliverable_sent', 'deliverable_approved');
delete from settings where name in ('consent_s', 'cancel_asks_max', 'deliverables_max');

commit;
