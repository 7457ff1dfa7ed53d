-- Verify bantubuzz:notices on pg
begin;
select 1 / (count(*) > 20)::int from notices;
select id, user_id, title, is_read, mailed_at, notice, params from notifications where false;
select id, user_id, xid from events where false;
select id, address, letter, state from outbox where false;
select id, kind, seen_at from alerts where false;
select 1 / (in_letter(jsonb_build_object('x', E'-> a\n> b')) ->> 'x' = E'. -> a\n. > b')::int;
rollback;
