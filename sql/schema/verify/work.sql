-- Verify bantubuzz:work on pg
begin;
select 1 / (count(*) = 11)::int from booking_moves where from_state = 'cancel_asked';
select 1 / (share_fee(105, 1000) = 11 and share_fee(104, 1000) = 10)::int;
select id, status, progress_percentage, "booking.id" from collaboration_wire where false;
select 1 / (not has_table_privilege('bantubuzz_worker', 'revision_requests', 'update')
        and not has_column_privilege('bantubuzz_reader', 'deliverables', 'url', 'select')
        and not has_function_privilege('bantubuzz_reader',
              'booking_move(bigint, text, text, bigint, text, payments, bigint)', 'execute'))::int;
rollback;
