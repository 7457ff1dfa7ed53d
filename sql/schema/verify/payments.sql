-- Verify bantubuzz:payments on pg
begin;
select id, reference, merchant_trace, state, next_poll_at from payments where false;
select payment_id, kind, verified, raw from payment_messages where false;
select 1 / (count(*) = 6)::int from poll_steps;
select asker, key, answer from idempotency_keys where false;
rollback;
