-- Revert bantubuzz:identity from pg
begin;
drop function counted_address(text);
drop function day_take(text, text);
drop function rate_forget(text, text);
drop function rate_take(text, text);
drop table rate_counts;
drop table refresh_tokens;
drop table sessions;
drop table one_time_codes;
drop table registrations;
drop table users;
drop domain email_address;
commit;
