-- Verify bantubuzz:ledger on pg
begin;
select id, kind, currency, user_id, booking_id, touched_at from accounts where false;
select id, key, act, booking_id from ledger_entries where false;
select entry_id, account_id, cents from ledger_postings where false;
rollback;
