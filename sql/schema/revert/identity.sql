-- Revert bantubuzz:identity from pg
begin;
drop function rate_forget(text, text);
drop function password_give(text, text);
drop function password_take(text, text);
drop function day_take(text, text);
drop function counted_address(text);
drop function rate_give(text, text);
drop function rate_left(text, text);
drop function rate_take(text, text);
drop function rate_count(text, text, interval);
drop table rate_counts;
drop table refresh_tokens;
drop table sessions;
drop table one_time_codes;
drop table registrations;
drop table users;
drop domain email_address;
commit;
