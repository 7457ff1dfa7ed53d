-- Deploy bantubuzz:preferences to pg
-- requires: identity
-- What one wants to be told in the page, and what by mail.
begin;

create table notification_types (
  name text primary key,
  about text not null,
  in_page boolean not null, -- for who has not chosen
  by_mail boolean not null,
  is_fixed boolean not null -- what guards an account is always told
);
insert into notification_types (name, about, in_page, by_mail, is_fixed) values
  ('account', 'Codes, passwords and addresses of your account', true, true, true),
  ('booking', 'Bookings and their states', true, true, false),
  ('campaign', 'Campaigns and applications', true, true, false),
  ('collaboration', 'The work on a booking', true, true, false),
  ('message', 'Messages', true, true, false),
  ('payment', 'Payments and your balance', true, true, false),
  ('review', 'Reviews', true, true, false);

-- Null: not chosen.
create table notification_preferences (
  user_id bigint not null references users on delete cascade,
  type text not null references notification_types,
  in_page boolean,
  by_mail boolean,
  primary key (user_id, type)
);

create function preferences_of(whom bigint, out type text, out about text,
  out in_page boolean, out by_mail boolean, out is_fixed boolean)
returns setof record
language sql stable rows 7
begin atomic
  select t.name, t.about, t.is_fixed or coalesce(p.in_page, t.in_page),
         t.is_fixed or coalesce(p.by_mail, t.by_mail), t.is_fixed
    from notification_types t
    left join notification_preferences p on p.user_id = whom and p.type = t.name;
end;

-- Null leaves what was chosen before.
create function preference_set(caller bigint, wanted text, page boolean, mail boolean)
returns void
language plpgsql as $$
begin
  if not exists (select from notification_types t where t.name = wanted) then
    raise exception using errcode = 'BB422', message = 'type_unknown',
      detail = 'There is no such type of notification', column = 'type';
  end if;
  if exists (select from notification_types t where t.name = wanted and t.is_fixed) then
    raise exception using errcode = 'BB422', message = 'type_fixed',
      detail = 'What guards your account is always told', column = 'type';
  end if;
  insert into notification_preferences as p (user_id, type, in_page, by_mail)
  values (caller, wanted, page, mail)
  on conflict (user_id, type) do update
    set in_page = coalesce(excluded.in_page, p.in_page),
        by_mail = coalesce(excluded.by_mail, p.by_mail);
end
$$;

commit;
