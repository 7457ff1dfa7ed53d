-- Revert bantubuzz:preferences from pg
begin;

create or replace function tell(whom bigint, what text, params jsonb, url text)
returns void
language plpgsql as $$
declare
  noted notifications;
  n notices;
begin
  select * into strict n from notices where name = what;
  if n.title is not null then
    insert into notifications (user_id, type, title, message, action_url)
    values (whom, n.type, left(fill(n.title, params), 200),
            fill(n.message, params), url)
    returning * into noted;
    insert into events (user_id, type, payload)
    values (whom, 'notification', jsonb_build_object('id', noted.id,
      'type', noted.type, 'title', noted.title, 'message', noted.message,
      'action_url', noted.action_url));
  end if;
  if n.subject is not null then
    perform mail_to((select email from users where id = whom), whom, what,
      params || jsonb_build_object('url', coalesce(url, '/')));
  end if;
end
$$;

drop function preference_set(bigint, text, boolean, boolean);
drop function preferences_of(bigint);
drop table notification_preferences;
alter table notices drop constraint notices_type_fkey;
alter table notices add constraint notices_type_check check (type in
  ('booking', 'message', 'review', 'campaign', 'payment', 'collaboration', 'account'));
drop table notification_types;

commit;
