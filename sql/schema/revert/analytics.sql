-- Revert bantubuzz:analytics from pg
begin;
revoke update (views) on analytics from bantubuzz_worker;
drop trigger ledger_postings_days on ledger_postings;
drop function keep_money_days();
drop table money_days;
drop view spent;
drop view earned;
delete from chores where name = 'views_forget';
drop function views_forget();
drop function view_count(bigint, text, text, text, bigint);
drop function view_owner(text, bigint);
drop table view_marks;
drop table view_salts;
drop function last_days(bigint);
drop function house_day(timestamptz);
delete from settings where name in ('view_address_tries', 'response_s');
commit;
