-- Verify bantubuzz:auth on pg
begin;
select has_function_privilege('session_end(uuid, text)', 'execute');
select count(*) from session_refresh(gen_random_uuid(), gen_random_uuid(), gen_random_uuid());
rollback;
