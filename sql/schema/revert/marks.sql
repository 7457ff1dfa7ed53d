-- Revert bantubuzz:marks from pg
begin;

drop function messages_find(bigint, bigint, bigint, bigint, bigint, bigint, bigint);
drop function message_delivered(bigint, bigint);
create or replace function message_send(caller bigint, receiver bigint, said text,
  booking bigint, attachment text, client uuid) returns bigint
language plpgsql as $$
declare
  m messages;
  payload jsonb;
begin
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
  if not found then
    select * into strict m from messages x
     where x.sender_id = caller and x.client_id = client;
    if (m.receiver_id, m.content, m.booking_id, m.attachment_url)
       is distinct from (receiver, said, booking, attachment) then
      perform refuse(409, 'client_id_used', 'This client_id was used for another message');
    end if;
    return m.id;
  end if;
  payload := jsonb_build_object('id', m.id, 'sender_id', m.sender_id,
    'receiver_id', m.receiver_id, 'booking_id', m.booking_id, 'content', m.content,
    'is_read', m.is_read, 'attachment_url', m.attachment_url, 'client_id', m.client_id,
    'created_at', to_char(m.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
  insert into events (user_id, type, payload)
  values (caller, 'message', payload), (receiver, 'message', payload);
  -- Two of one sender come here one after the other: the pair's row is locked.
  if not exists (select from notifications n
                  where n.user_id = receiver and n.type = 'message'
                    and not n.is_read and n.action_url = message_url(caller)) then
    perform tell(receiver, 'message_received',
      jsonb_build_object('sender', display_name(caller), 'text', left(said, 140)),
      message_url(caller));
  end if;
  return m.id;
end
$$;

create or replace function message_read(caller bigint, message bigint) returns bigint
language plpgsql as $$
declare
  sender bigint;
begin
  update messages m set is_read = true
   where m.id = message and m.receiver_id = caller
  returning m.sender_id into sender;
  if not found then
    return null;
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

drop function pair_lock(bigint, bigint);
drop function message_now(bigint);
drop view message_wire;
create view message_wire as
select id, sender_id, receiver_id, booking_id, content, is_read, attachment_url,
       client_id, created_at
  from messages;

create function message_now(wanted bigint) returns setof message_wire
language plpgsql volatile rows 1 as $$
begin
  return query select w.* from message_wire w where w.id = wanted;
end
$$;

create function messages_find(caller bigint, other bigint, booking bigint,
  below bigint, size bigint, start bigint, out total bigint, out message_id bigint)
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
  ), counted as (
    select count(*) as total from (select from hits limit setting('total_max')) h
  ), paged as (
    select h.id from hits h order by h.id desc limit size offset start
  )
  select t.total, p.id from counted t left join paged p on true;
end
$$;

alter table conversations drop column delivered_id;

delete from events where type in ('message.delivered', 'message.read');
alter table events drop constraint events_type_check;
alter table events add constraint events_type_check
  check (type in ('notification', 'booking', 'message', 'session'));

revoke execute on function message_now(bigint),
  messages_find(bigint, bigint, bigint, bigint, bigint, bigint) from public;
grant execute on function message_now(bigint),
  messages_find(bigint, bigint, bigint, bigint, bigint, bigint) to bantubuzz_worker;
grant select on message_wire to bantubuzz_worker;

commit;
