-- Verify bantubuzz:bookings on pg
begin;
select 1 / (count(*) > 40)::int from booking_moves;
select id, state, title, amount_cents, fee_cents, timer_at, progress from bookings where false;
select booking_id, act, actor, from_state, to_state from booking_log where false;
select sender_id, receiver_id, client_id from messages where false;
rollback;
