-- Verify bantubuzz:marks on pg
begin;

select user_id, delivered_id from conversations where false;
select id, is_delivered from message_wire where false;
select 1 / (pg_get_constraintdef(oid) like '%message.read%')::int from pg_constraint
 where conname = 'events_type_check';
select has_function_privilege('bantubuzz_worker', 'message_delivered(bigint, bigint)', 'execute'),
       has_function_privilege('bantubuzz_worker', 'message_read(bigint, bigint)', 'execute');

rollback;
