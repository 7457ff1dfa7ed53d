-- Verify bantubuzz:identity on pg
begin;
select id, email, user_type, is_verified from users where false;
select id, user_id, company_name from registrations where false;
select digest, asked_from, tries, expires_at from one_time_codes where false;
select id, rotates, ended_at from sessions where false;
select jti, session_id, successor from refresh_tokens where false;
select has_function_privilege('rate_take(text, text)', 'execute');
rollback;
