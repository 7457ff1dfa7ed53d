-- Verify bantubuzz:presence on pg
begin;
select 1 / (count(*) = 1)::int from pg_constraint
 where conname = 'events_type_check'
   and pg_get_constraintdef(oid) like '%''conversation''%';
rollback;
