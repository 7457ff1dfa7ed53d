-- Deploy bantubuzz:presence to pg
-- requires: checkout
-- Two who write to each other for the first time learn whether the other is there.
begin;

alter table events drop constraint events_type_check;
alter table events add constraint events_type_check check (type in
  ('notification', 'notification.read', 'booking', 'message', 'message.delivered',
   'message.read', 'conversation', 'session'));

-- The rows are locked in one order, so that two who write at once only wait.
-- A row that is new has no xmax: relays hear with whom each may see the other.
create or replace function note_conversation() returns trigger
language plpgsql as $$
begin
  with noted as (
    insert into conversations as c (user_id, other_id, last_message_id)
    select p.me, p.other, new.id
      from (values (new.sender_id, new.receiver_id),
                   (new.receiver_id, new.sender_id)) p (me, other)
     order by p.me
    on conflict (user_id, other_id) do update
      set last_message_id = greatest(c.last_message_id, excluded.last_message_id)
    returning c.user_id, c.other_id, c.xmax = 0 as is_new
  )
  insert into events (user_id, type, payload)
  select n.user_id, 'conversation', jsonb_build_array(n.other_id)
    from noted n where n.is_new;
  return null;
end
$$;

commit;
