-- Deploy bantubuzz:digest to pg
-- requires: preferences
-- One letter of what stays unread.
begin;

insert into settings (name, value, unit, about) values
  ('digest_s', 3600, 's', 'What stays unread for this long is told by mail'),
  ('digest_lines', 20, 'count', 'Lines of such a letter');

insert into notices (name, type, subject, letter) values
('digest', 'message', 'Unread on BantuBuzz: {count}',
 'Hello,

This waits for you on BantuBuzz:

{lines}

-> Open BantuBuzz: {site}/

You get such a letter when something stays unread for a while. What is mailed to you is yours to choose: {site}/settings');

-- When a letter told of it, or its receiver wanted none; what was there before
-- this change is not told.
alter table messages add column mailed_at timestamptz default now();
alter table messages alter column mailed_at drop default;
alter table notifications add column mailed_at timestamptz default now();
alter table notifications alter column mailed_at drop default;
create index messages_unmailed on messages (created_at)
  where not is_read and mailed_at is null;
create index notifications_unmailed on notifications (created_at)
  where not is_read and mailed_at is null;

-- Tells a user in the page and by mail, as the notice has it and the user
-- wants it.  What has a letter of its own needs no other, nor has the notice
-- of a message: the digest counts the messages themselves.
create or replace function tell(whom bigint, what text, params jsonb, url text)
returns void
language plpgsql as $$
declare
  noted notifications;
  n notices;
  wanted record;
begin
  select * into strict n from notices where name = what;
  select p.in_page, p.by_mail into strict wanted
    from preferences_of(whom) p where p.type = n.type;
  if n.title is not null and wanted.in_page then
    insert into notifications (user_id, type, title, message, action_url, mailed_at)
    values (whom, n.type, left(fill(n.title, params), 200),
            fill(n.message, params), url,
            case when n.subject is not null or n.type = 'message' then now() end)
    returning * into noted;
    insert into events (user_id, type, payload)
    values (whom, 'notification', jsonb_build_object('id', noted.id,
      'type', noted.type, 'title', noted.title, 'message', noted.message,
      'action_url', noted.action_url));
  end if;
  if n.subject is not null and wanted.by_mail then
    perform mail_to((select email from users where id = whom), whom, what,
      params || jsonb_build_object('url', coalesce(url, '/')));
  end if;
end
$$;

/*
 * Takes one user of whom something stayed unread long enough, and mails all
 * that is unread and was not mailed yet: so the next letter is that long away.
 * What the user does not want by mail is passed over for good.  Null: nobody.
 */
create function digest_write() returns bigint
language plpgsql as $$
declare
  u users;
  found_lines text;
  found_count bigint;
begin
  -- Locked, so that of many one writes it; the next statement sees what the
  -- one before has told.
  select x.* into u from users x
   where x.id in (
     (select m.receiver_id from messages m
       where not m.is_read and m.mailed_at is null
         and m.created_at <= now() - setting_span('digest_s')
       order by m.created_at limit 100)
     union
     (select n.user_id from notifications n
       where not n.is_read and n.mailed_at is null
         and n.created_at <= now() - setting_span('digest_s')
       order by n.created_at limit 100))
   for no key update skip locked
   limit 1;
  if not found then
    return null;
  end if;
  -- Another may have told it before this one had the lock: what has come since
  -- then has not waited yet.
  if not exists (select from messages m
                  where m.receiver_id = u.id and not m.is_read and m.mailed_at is null
                    and m.created_at <= now() - setting_span('digest_s'))
     and not exists (select from notifications n
                      where n.user_id = u.id and not n.is_read and n.mailed_at is null
                        and n.created_at <= now() - setting_span('digest_s')) then
    return u.id;
  end if;
  -- What is just being read is locked: left out, and never waited for.
  with unread_messages as (
    select m.id from messages m
     where m.receiver_id = u.id and not m.is_read and m.mailed_at is null
       for no key update skip locked
  ), told_messages as (
    update messages m set mailed_at = now() from unread_messages x where m.id = x.id
    returning m.sender_id
  ), unread_notifications as (
    select n.id from notifications n
     where n.user_id = u.id and not n.is_read and n.mailed_at is null
       for no key update skip locked
  ), told_notifications as (
    update notifications n set mailed_at = now() from unread_notifications x
     where n.id = x.id
    returning n.id, n.type, n.title, n.message
  ), things as (
    select 1 as part, -count(*) as place, 'message' as type, count(*) as count,
           display_name(t.sender_id) || ': ' || case when count(*) = 1
             then 'one message' else count(*) || ' messages' end as line
      from told_messages t group by t.sender_id
    union all
    select 2, -t.id, t.type, 1, t.title || ': ' || left(t.message, 200)
      from told_notifications t
  ), wanted as (
    select row_number() over (order by t.part, t.place, t.line) as n, t.count,
           regexp_replace(t.line, '[[:cntrl:]]+', ' ', 'g') as line
      from things t
      join preferences_of(u.id) p on p.type = t.type and p.by_mail
  )
  select sum(w.count),
         string_agg(w.line, e'\n' order by w.n) filter (where w.n <= setting('digest_lines'))
           || case when count(*) > setting('digest_lines')
                then e'\nand ' || count(*) - setting('digest_lines') || ' more' else '' end
    into found_count, found_lines
    from wanted w;
  if found_count > 0 and u.is_active then
    perform mail_to(u.email, u.id, 'digest',
      jsonb_build_object('count', found_count, 'lines', found_lines));
  end if;
  return u.id;
end
$$;

revoke execute on function digest_write() from public;
grant execute on function digest_write() to bantubuzz_worker;
grant update (mailed_at) on messages to bantubuzz_worker;

commit;
