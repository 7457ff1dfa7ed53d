-- Deploy bantubuzz:social to pg
-- requires: grants
-- Who saves whom, and who writes to whom.
begin;

insert into settings (name, value, unit, about) values
  ('saved_max', 500, 'count', 'Creators that a brand may save'),
  ('message_user_tries', 300, 'count', 'Messages a user sends a window');

insert into notices (name, type, title, message) values
('message_received', 'message', '{sender} wrote to you', '{text}');

-- ---- saved creators ----

-- True when it is new, false when it was saved before; null: no such creator.
create function creator_save(caller bigint, creator bigint) returns boolean
language plpgsql as $$
declare
  brand bigint;
begin
  -- Locked, or many at once would pass the limit.
  select b.id into brand from brand_profiles b where b.user_id = caller
     for no key update;
  if brand is null or not exists (
       select from creator_profiles c join users u on u.id = c.user_id
        where c.id = creator and u.is_active) then
    return null;
  end if;
  insert into saved_creators (brand_id, creator_id) values (brand, creator)
  on conflict do nothing;
  if not found then
    return false;
  end if;
  if (select count(*) from saved_creators s where s.brand_id = brand)
     > setting('saved_max') then
    perform refuse(409, 'too_many_saved', format(
      'You have saved %s creators, the most one may save. Let one go first',
      setting('saved_max')));
  end if;
  return true;
end
$$;

-- ---- messages ----

-- Somebody as others see them; a name to show, never the address.
create view person_wire as
select
  u.id, u.user_type, u.is_verified, u.created_at,
  coalesce(b.company_name, c.username, 'Creator ' || c.id, 'BantuBuzz') as display_name,
  coalesce(b.logo, c.profile_picture) as picture
  from users u
  left join brand_profiles b on b.user_id = u.id
  left join creator_profiles c on c.user_id = u.id;

create function display_name(whom bigint) returns text
language sql stable
return (select p.display_name from person_wire p where p.id = whom);

create index messages_sent on messages (sender_id, id desc);
create index messages_received on messages (receiver_id, id desc);

-- One's own side of each pair that ever wrote: lists of conversations read
-- one row each, however long they are.
create table conversations (
  user_id bigint not null references users,
  other_id bigint not null references users,
  last_message_id bigint not null references messages,
  delivered_id bigint not null default 0, -- the last of the other's that reached a device
  primary key (user_id, other_id)
);
create index conversations_newest on conversations (user_id, last_message_id desc);

-- The rows are locked in one order, so that two who write at once only wait.
-- A row that is new has no xmax: relays hear with whom each may see the other.
create function note_conversation() returns trigger
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
create trigger messages_conversation after insert on messages
  for each row execute function note_conversation();

insert into conversations (user_id, other_id, last_message_id)
select p.me, p.other, max(m.id)
  from messages m,
       lateral (values (m.sender_id, m.receiver_id), (m.receiver_id, m.sender_id))
         p (me, other)
 group by p.me, p.other;

create view message_wire as
select m.id, m.sender_id, m.receiver_id, m.booking_id, m.content, m.is_read,
       m.attachment_url, m.client_id, m.created_at,
       m.is_read or m.id <= coalesce(c.delivered_id, 0) as is_delivered
  from messages m
  left join conversations c on c.user_id = m.receiver_id and c.other_id = m.sender_id;

create function message_now(wanted bigint) returns setof message_wire
language plpgsql volatile rows 1 as $$
begin
  return query select w.* from message_wire w where w.id = wanted;
end
$$;

-- Where a sender's messages are read; also what a notification is one by.
create function message_url(sender bigint) returns text
language sql immutable parallel safe
return ('/messages?user_id=' || sender);

-- Of one sender at most one unread notification.
create unique index notifications_message_key on notifications (user_id, action_url)
  where type = 'message' and not is_read;

create function pair_lock(one bigint, other bigint) returns bigint
language sql immutable parallel safe
return hashtextextended(
  'messages ' || least(one, other) || ' ' || greatest(one, other), 0);

/*
 * Sends a message: the row, an event for each side, and a notification unless
 * one of the same sender is unread.  The same client id sends once.
 */
create function message_send(caller bigint, receiver bigint, said text,
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
create function message_read(caller bigint, message bigint) returns bigint
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

revoke execute on function creator_save(bigint, bigint), display_name(bigint),
  note_conversation(), message_now(bigint), message_url(bigint), pair_lock(bigint, bigint),
  message_send(bigint, bigint, text, bigint, text, uuid), message_delivered(bigint, bigint),
  message_read(bigint, bigint),
  messages_find(bigint, bigint, bigint, bigint, bigint, bigint, bigint) from public;
grant execute on function creator_save(bigint, bigint), display_name(bigint),
  message_now(bigint), message_url(bigint), pair_lock(bigint, bigint),
  message_send(bigint, bigint, text, bigint, text, uuid), message_delivered(bigint, bigint),
  message_read(bigint, bigint),
  messages_find(bigint, bigint, bigint, bigint, bigint, bigint, bigint) to bantubuzz_worker;
grant select on person_wire, message_wire, conversations to bantubuzz_worker;
grant insert, update on conversations to bantubuzz_worker;
grant select on person_wire to bantubuzz_reader;

commit;
