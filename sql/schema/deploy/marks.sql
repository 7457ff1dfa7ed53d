-- Deploy bantubuzz:marks to pg
-- requires: attachments
-- How far a conversation has come: in order, delivered, read.
begin;

alter table events drop constraint events_type_check;
alter table events add constraint events_type_check check (type in
  ('notification', 'booking', 'message', 'message.delivered', 'message.read', 'session'));

-- The last of the other's messages that has reached one of the user's devices.
alter table conversations add column delivered_id bigint not null default 0;

create or replace view message_wire as
select m.id, m.sender_id, m.receiver_id, m.booking_id, m.content, m.is_read,
       m.attachment_url, m.client_id, m.created_at,
       m.is_read or m.id <= coalesce(c.delivered_id, 0) as is_delivered
  from messages m
  left join conversations c on c.user_id = m.receiver_id and c.other_id = m.sender_id;

create function pair_lock(one bigint, other bigint) returns bigint
language sql immutable parallel safe
return hashtextextended(
  'messages ' || least(one, other) || ' ' || greatest(one, other), 0);

/*
 * Sends a message: the row, an event for each side, and a notification unless
 * one of the same sender is unread.  The same client id sends once.
 */
create or replace function message_send(caller bigint, receiver bigint, said text,
  booking bigint, attachment text, client uuid) returns bigint
language plpgsql as $$
declare
  m messages;
  payload jsonb;
begin
  -- Of two people one message after the other, from before it has its id: who
  -- has seen an id has seen, or can read, every lower one.
  perform pg_advisory_xact_lock(pair_lock(caller, receiver));
  -- Before all that may refuse: the answer to a retry is the first answer.
  select * into m from messages x where x.sender_id = caller and x.client_id = client;
  if not found then
    perform rate_take('message_user', caller::text);
    if receiver = caller then
      raise exception using errcode = 'BB422', message = 'receiver_self',
        detail = 'You cannot write to yourself', column = 'receiver_id';
    end if;
    if not exists (select from users u where u.id = receiver and u.is_active) then
      perform refuse(404, 'receiver_not_found', 'There is nobody to write to by this id');
    end if;
    if booking is not null and (booking_side(caller, booking) is null
         or booking_side(receiver, booking) is null) then
      perform refuse(404, 'booking_not_found', 'There is no such booking between you two');
    end if;
    insert into messages (sender_id, receiver_id, booking_id, content,
      attachment_url, client_id)
    values (caller, receiver, booking, said, attachment, client)
    on conflict (sender_id, client_id) do nothing
    returning * into m;
    if found then
      payload := jsonb_build_object('id', m.id, 'sender_id', m.sender_id,
        'receiver_id', m.receiver_id, 'booking_id', m.booking_id, 'content', m.content,
        'is_read', m.is_read, 'attachment_url', m.attachment_url,
        'client_id', m.client_id,
        'created_at', to_char(m.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'is_delivered', false);
      insert into events (user_id, type, payload)
      values (caller, 'message', payload), (receiver, 'message', payload);
      if not exists (select from notifications n
                      where n.user_id = receiver and n.type = 'message'
                        and not n.is_read and n.action_url = message_url(caller)) then
        perform tell(receiver, 'message_received',
          jsonb_build_object('sender', display_name(caller), 'text', left(said, 140)),
          message_url(caller));
      end if;
      return m.id;
    end if;
    -- at the same time to somebody else
    select * into strict m from messages x
     where x.sender_id = caller and x.client_id = client;
  end if;
  if (m.receiver_id, m.content, m.booking_id, m.attachment_url)
     is distinct from (receiver, said, booking, attachment) then
    perform refuse(409, 'client_id_used', 'This client_id was used for another message');
  end if;
  return m.id;
end
$$;

/*
 * A message has reached its receiver, and with it all that its sender wrote
 * before.  Null: none that one received.
 */
create function message_delivered(caller bigint, message bigint) returns bigint
language plpgsql as $$
declare
  sender bigint;
begin
  select m.sender_id into sender from messages m
   where m.id = message and m.receiver_id = caller;
  if not found then
    return null;
  end if;
  update conversations c set delivered_id = message
   where c.user_id = caller and c.other_id = sender and c.delivered_id < message;
  if found then
    insert into events (user_id, type, payload)
    values (sender, 'message.delivered', jsonb_build_object(
      'user_id', caller, 'other_id', sender, 'up_to_id', message));
  end if;
  return message;
end
$$;

/*
 * A message was read, and with it all that its sender wrote before; both sides
 * hear of it, for one may have several pages open.  With the last of a sender
 * the notification is read too.  Null: none that one received.
 */
create or replace function message_read(caller bigint, message bigint) returns bigint
language plpgsql as $$
declare
  sender bigint;
begin
  select m.sender_id into sender from messages m
   where m.id = message and m.receiver_id = caller;
  if not found then
    return null;
  end if;
  -- Locked first: of many at once one marks and tells, and none is between a
  -- message and its notification.
  perform from conversations c where c.user_id = caller and c.other_id = sender
     for no key update;
  update messages m set is_read = true
   where m.receiver_id = caller and m.sender_id = sender and not m.is_read
     and m.id <= message;
  if found then
    update conversations c set delivered_id = message
     where c.user_id = caller and c.other_id = sender and c.delivered_id < message;
    insert into events (user_id, type, payload)
    select p.side, 'message.read', jsonb_build_object(
             'user_id', caller, 'other_id', sender, 'up_to_id', message)
      from (values (caller), (sender)) p (side);
  end if;
  update notifications n set is_read = true
   where n.user_id = caller and n.type = 'message' and not n.is_read
     and n.action_url = message_url(sender)
     and not exists (select from messages m
                      where m.receiver_id = caller and m.sender_id = sender
                        and not m.is_read);
  return message;
end
$$;

/*
 * One's own messages: with one person, about one booking, below an id, above
 * one.  Page 1 has the newest; above an id the oldest come first.  Counted only
 * where no id is given.  Planned anew each time, as lists with many filters are.
 */
drop function messages_find(bigint, bigint, bigint, bigint, bigint, bigint);
create function messages_find(caller bigint, other bigint, booking bigint,
  below bigint, above bigint, size bigint, start bigint, out total bigint,
  out has_more boolean, out message_id bigint)
returns setof record
language plpgsql stable rows 20 set plan_cache_mode = force_custom_plan as $$
begin
  return query
  with hits as not materialized (
    select m.id from messages m
     where (other is not null or m.sender_id = caller or m.receiver_id = caller)
       and (other is null
            or least(m.sender_id, m.receiver_id) = least(caller, other)
               and greatest(m.sender_id, m.receiver_id) = greatest(caller, other))
       and (booking is null or m.booking_id = booking)
       and (below is null or m.id < below)
       and (above is null or m.id > above)
  ), counted as (
    select case when below is null and above is null then
             (select count(*) from (select from hits limit setting('total_max')) h)
           end as total
  ), paged as ( -- one more than asked for tells that there is more
    select o.id, row_number() over (order by o.id desc) as n
      from (select h.id from hits h where above is null
             order by h.id desc limit size + 1 offset start) o
    union all
    select w.id, row_number() over (order by w.id)
      from (select h.id from hits h where above is not null
             order by h.id limit size + 1) w
  )
  select t.total, exists (select from paged p where p.n > size), p.id
    from counted t left join paged p on p.n <= size;
end
$$;

revoke execute on function pair_lock(bigint, bigint), message_delivered(bigint, bigint),
  messages_find(bigint, bigint, bigint, bigint, bigint, bigint, bigint) from public;
grant execute on function pair_lock(bigint, bigint), message_delivered(bigint, bigint),
  messages_find(bigint, bigint, bigint, bigint, bigint, bigint, bigint)
  to bantubuzz_worker;

commit;
