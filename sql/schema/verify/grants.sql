-- Verify bantubuzz:grants on pg
begin;
select 1 / (not has_table_privilege('bantubuzz_worker', 'ledger_postings', 'update')
        and not has_table_privilege('bantubuzz_worker', 'ledger_entries', 'delete')
        and not has_table_privilege('bantubuzz_worker', 'events', 'update')
        and not has_table_privilege('bantubuzz_worker', 'events', 'delete')
        and not has_table_privilege('bantubuzz_worker', 'settings', 'update')
        and has_table_privilege('bantubuzz_worker', 'ledger_postings', 'insert')
        and not has_table_privilege('bantubuzz_reader', 'bookings', 'insert')
        and not has_table_privilege('bantubuzz_reader', 'user_wire', 'select')
        and not has_table_privilege('bantubuzz_reader', 'rate_counts', 'select')
        and not has_table_privilege('bantubuzz_reader', 'messages', 'select')
        and not has_column_privilege('bantubuzz_reader', 'payments', 'return_token', 'select'))::int;
rollback;
