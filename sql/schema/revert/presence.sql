-- Revert bantubuzz:presence from pg
begin;

create or replace function note_conversation() returns trigger
language plpgsql as $$
begin
  insert into conversations as c (user_id, other_id, last_message_id)
  select p.me, p.other, new.id
    from (values (new.sender_id, new.receiver_id),
                 (new.receiver_id, new.sender_id)) p (me, other)
   order by p.me
  on conflict (user_id, other_id) do update
    set last_message_id = greatest(c.last_message_id, excluded.last_message_id);
  return null;
end
$$;

delete from events where type = 'conversation';
alter table events drop constraint events_type_check;
alter table events add constraint events_type_check check (type in
  ('notification', 'notification.read', 'booking', 'message', 'message.delivered',
   'message.read', 'session'));
commit;
