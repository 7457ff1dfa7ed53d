-- Verify bantubuzz:social on pg
begin;
select user_id, other_id, last_message_id, delivered_id from conversations where false;
select id, display_name, picture from person_wire where false;
select id, client_id, is_delivered from message_wire where false;
select 1 / (not has_table_privilege('bantubuzz_reader', 'conversations', 'select')
        and not has_table_privilege('bantubuzz_reader', 'message_wire', 'select'))::int;
rollback;
