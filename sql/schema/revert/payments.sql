-- Revert bantubuzz:payments from pg
begin;
drop table idempotency_keys;
drop table payment_messages;
alter table ledger_entries drop constraint ledger_entries_payment_fkey;
drop table payments;
drop table poll_steps;
drop table payment_moves;
drop table gateway_statuses;
drop table payment_states;
commit;
