-- Verify bantubuzz:relay on pg
begin;
select 1 / (count(*) = 1)::int from event_horizon;
select 1 / (count(*) = 2)::int from pg_trigger
 where tgname in ('events_stir', 'notifications_read');
select 1 / (not has_table_privilege('bantubuzz_worker', 'events', 'delete'))::int;
rollback;
