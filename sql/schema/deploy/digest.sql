-- Deploy bantubuzz:digest to pg
-- requires: attachments
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

create index messages_unmailed on messages (created_at)
  where not is_read and mailed_at is null;
create index notifications_unmailed on notifications (created_at)
  where not is_read and mailed_at is null;

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
