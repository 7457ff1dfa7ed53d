-- Verify bantubuzz:uploads on pg
begin;

select id, user_id, kind, name, path, state, claimed_until, created_at from uploads where false;
select 1 / (count(*) = 2)::int from pg_trigger where tgname like '%\_uploads' and not tgisinternal;

rollback;
