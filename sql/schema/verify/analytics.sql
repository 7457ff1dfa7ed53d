-- Verify bantubuzz:analytics on pg
begin;
select user_id, currency, cents from earned where false;
select user_id, currency, cents from spent where false;
select user_id, way, currency, day, cents from money_days where false;
select 1 / (count(*) = 7)::int from last_days(7);
select 1 / (not has_table_privilege('bantubuzz_reader', 'view_salts', 'select')
        and not has_table_privilege('bantubuzz_reader', 'view_marks', 'select'))::int;
select 1 / (not has_table_privilege('bantubuzz_worker', 'money_days', 'insert')
        and not has_table_privilege('bantubuzz_worker', 'money_days', 'update'))::int;
rollback;
