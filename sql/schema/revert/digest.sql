-- Revert bantubuzz:digest from pg
begin;

drop function digest_write();
-- Tells a user in the page and by mail, as the notice has it and the user
-- wants it.
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
    insert into notifications (user_id, type, title, message, action_url)
    values (whom, n.type, left(fill(n.title, params), 200),
            fill(n.message, params), url)
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

alter table messages drop column mailed_at;
alter table notifications drop column mailed_at;
delete from outbox where notice = 'digest';
delete from notices where name = 'digest';
delete from settings where name in ('digest_s', 'digest_lines');

commit;
