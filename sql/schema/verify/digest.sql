-- Verify bantubuzz:digest on pg
begin;

select 1 / (count(*) = 1)::int from notices where name = 'digest' and letter like '%{site}/settings%';
select 1 / has_function_privilege('bantubuzz_worker', 'digest_write()', 'execute')::int;

rollback;
