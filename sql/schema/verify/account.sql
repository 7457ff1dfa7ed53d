-- Verify bantubuzz:account on pg
begin;
select digest, user_id, expires_at from password_resets where false;
select user_id, email from one_time_codes where false;
select has_function_privilege('bantubuzz_worker', 'password_reset(text, text, text)', 'execute');
select 1 / count(*) from notices where name = 'password_reset';
rollback;
