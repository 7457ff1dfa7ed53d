-- Revert bantubuzz:ledger from pg
begin;
drop function post_entry(text, text, bigint, bigint, text, posting[]);
drop type posting;
drop function lock_and_sum(bigint);
drop function account_of(text, text, bigint, bigint);
drop table ledger_postings;
drop table ledger_entries;
drop trigger booking_log_append_only on booking_log;
drop function refuse_change();
drop function check_entry_balances();
drop table accounts;
commit;
