-- Deploy bantubuzz:account to pg
-- requires: grants
-- A forgotten password, another password, another address, one's sessions.
begin;

insert into settings (name, value, unit, about) values
  ('reset_s', 3600, 's', 'A link to a new password lives'),
  ('forgot_pair_tries', 5, 'count', 'Links to a new password an account, for an address and window'),
  ('forgot_address_tries', 30, 'count', 'Links to a new password asked for an address and window'),
  ('reset_address_tries', 100, 'count', 'Links to a new password tried an address and window'),
  ('password_user_tries', 10, 'count', 'Current passwords tried a user and window'),
  ('email_user_tries', 5, 'count', 'New e-mail addresses asked for a user and window');

insert into notices (name, type, subject, letter) values
('password_reset', 'account',
 'Choose a new BantuBuzz password',
 'Hello,

Somebody, perhaps you, asked for a new password for your BantuBuzz account.

-> Choose a new password: {site}/reset-password/{token}

The link works once, within {minutes} minutes. If it was not you, you need to do nothing: your password stays as it is.'),
('password_changed', 'account',
 'Your BantuBuzz password was changed',
 'Hello,

The password of your BantuBuzz account was changed, and your other sessions were ended.

If it was not you, choose a new one at once.

-> Choose a new password: {site}/forgot-password'),
('email_code', 'account',
 'Your BantuBuzz code is {code}',
 'Hello,

This code makes this the address of your BantuBuzz account:

> {code}

It works for {minutes} minutes. If you did not ask for it, do not use it and ignore this letter.'),
('email_taken', 'account',
 'This address has a BantuBuzz account',
 'Hello,

Somebody, perhaps you, asked to use this address for another BantuBuzz account. It has one already, so nothing was changed.

-> Log in: {site}/login

If it was not you, you need to do nothing.'),
('email_asked', 'account',
 'A new address for your BantuBuzz account',
 'Hello,

Somebody who knows your password asked for another e-mail address for your BantuBuzz account. It stays this one until the new one is proved.

If it was not you, choose a new password at once; that ends what was begun.

-> Choose a new password: {site}/forgot-password'),
('email_changed', 'account',
 'Your BantuBuzz account has a new address',
 'Hello,

Your BantuBuzz account has another e-mail address now, and this one is no longer used.

If it was not you, please write to us at once.');

-- A code belongs to a registration, or to a user and the address to come.
alter table one_time_codes
  alter registration_id drop not null,
  alter asked_from drop not null,
  add user_id bigint references users on delete cascade,
  add email email_address,
  drop constraint one_time_codes_purpose_check,
  add constraint one_time_codes_purpose_check check (case purpose
    when 'registration'
    then registration_id is not null and asked_from is not null and user_id is null
      and email is null
    when 'email_change'
    then registration_id is null and asked_from is null and user_id is not null
      and email is not null
    else false end);
create unique index one_time_codes_user_key on one_time_codes (user_id)
  where user_id is not null; -- one change at a time

-- Digests of the links that were mailed.  One asked for by nobody has no user:
-- it is as much work as any other.
create table password_resets (
  digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
  user_id bigint references users on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index password_resets_user on password_resets (user_id)
  where user_id is not null;
create index password_resets_expires_at on password_resets (expires_at);

-- The same work for an address that nobody has; its letter is dead from the
-- start, so no job takes it.
create function password_forgot(address_of text, link_digest text, link text,
  from_address text) returns void
language plpgsql as $$
declare
  owner bigint;
begin
  perform rate_take('forgot_address', counted_address(from_address));
  perform rate_take('forgot_pair', address_of || ' ' || counted_address(from_address));
  select u.id into owner from users u where u.email = address_of and u.is_active;
  insert into password_resets (digest, user_id, expires_at)
  values (link_digest, owner, now() + setting_span('reset_s'));
  perform mail_asked(address_of, counted_address(from_address),
    case when owner is null then 'nobody@bantubuzz.invalid' else address_of end,
    owner, 'password_reset',
    jsonb_build_object('token', link, 'minutes', setting('reset_s') / 60),
    case when owner is null then now() else now() + setting_span('reset_s') end);
  delete from password_resets r where r.digest in (
    select x.digest from password_resets x where x.expires_at < now()
     order by x.expires_at for update skip locked limit 20);
end
$$;

-- Counts the try; true for a link that may be used.
create function reset_start(link_digest text, from_address text) returns boolean
language plpgsql as $$
begin
  perform rate_take('reset_address', counted_address(from_address));
  return exists (
    select from password_resets r join users u on u.id = r.user_id and u.is_active
     where r.digest = link_digest and r.expires_at > now());
end
$$;

-- In order of id, so that two who end the same ones do not wait for each other.
create function sessions_end(owner bigint, kept uuid, reason text) returns void
language plpgsql as $$
begin
  perform session_end(s.id, reason)
    from (select x.id from sessions x
           where x.user_id = owner and x.ended_at is null and x.expires_at > now()
             and x.id is distinct from kept
           order by x.id) s;
end
$$;

-- What follows a new password: all that was begun under the old one ends.
create function password_changed(owner bigint, kept uuid) returns void
language plpgsql as $$
begin
  delete from password_resets r where r.user_id = owner;
  delete from one_time_codes c where c.user_id = owner;
  perform sessions_end(owner, kept, 'password');
  perform mail_to(u.email, owner, 'password_changed', '{}')
    from users u where u.id = owner;
end
$$;

-- No row for a link that is wrong, used or dead.  The user is locked first:
-- two links at once would else wait for each other.
create function password_reset(link_digest text, hash text, from_address text)
returns setof bigint
language plpgsql as $$
declare
  u users;
begin
  select x.* into u from users x
    join password_resets r on r.user_id = x.id
   where r.digest = link_digest and x.is_active
   for no key update of x;
  delete from password_resets r
   where r.digest = link_digest and r.user_id = u.id and r.expires_at > now();
  if not found then
    return;
  end if;
  update users x set password_hash = hash where x.id = u.id;
  perform password_changed(u.id, null);
  perform rate_forget('login_account', u.email), rate_forget('login_pair',
    u.email || ' ' || counted_address(from_address));
  return next u.id;
end
$$;

-- The caller's row, locked, while the session is open; refuses else.  What
-- changes how one gets in does not rely on the token alone.
create function user_in_session(caller bigint, session uuid) returns users
language plpgsql as $$
declare
  u users;
begin
  select x.* into u from users x where x.id = caller and x.is_active
   for no key update;
  if not exists (select from sessions s
                  where s.id = session and s.user_id = u.id
                    and s.ended_at is null and s.expires_at > now()) then
    perform refuse(401, 'session_ended',
      'This session has ended. Please log in again');
  end if;
  return u;
end
$$;

-- What a current password is held against; counts the try.  wanted is the
-- address it is asked for, null for a new password: one's own is no change.
create function password_start(caller bigint, session uuid, wanted text,
  out password_hash text, out is_same boolean)
language plpgsql as $$
declare
  u users;
begin
  u := user_in_session(caller, session);
  password_hash := u.password_hash;
  is_same := wanted is not null and wanted = u.email;
  if not is_same then
    perform rate_take('password_user', caller::text);
  end if;
  if wanted is not null and not is_same then
    perform rate_take('email_user', caller::text);
  end if;
end
$$;

-- No row when the password is another one by now.
create function password_change(caller bigint, session uuid, old_hash text,
  new_hash text) returns setof bigint
language plpgsql as $$
begin
  perform user_in_session(caller, session);
  update users u set password_hash = new_hash
   where u.id = caller and u.password_hash = old_hash;
  if not found then
    return;
  end if;
  perform rate_forget('password_user', caller::text);
  perform password_changed(caller, session);
  return next caller;
end
$$;

-- A code to the new address, where one is wanted, a notice to the old one.  For a
-- taken address nothing looks different, but that its owner's letter has no code.
create function email_ask(caller bigint, session uuid, wanted text,
  code_digest text, code text) returns void
language plpgsql as $$
declare
  u users;
  dead timestamptz := now() + setting_span('code_s');
begin
  if wanted is null then
    return;
  end if;
  u := user_in_session(caller, session);
  delete from one_time_codes c where c.user_id = caller;
  insert into one_time_codes (purpose, user_id, email, digest, expires_at)
  values ('email_change', caller, wanted, code_digest, dead);
  if exists (select from users x where x.email = wanted) then
    perform mail_asked(wanted, 'user ' || caller, wanted, null, 'email_taken', '{}');
  else
    perform mail_asked(wanted, 'user ' || caller, wanted, caller, 'email_code', jsonb_build_object(
      'code', code, 'minutes', setting('code_s') / 60), dead);
  end if;
  perform mail_to(u.email, caller, 'email_asked', '{}');
  perform rate_forget('password_user', caller::text);
end
$$;

-- No row for a code that is wrong or dead, or an address that is taken by now.
create function email_confirm(caller bigint, session uuid, try_digest text,
  from_address text) returns setof bigint
language plpgsql as $$
declare
  u users;
  c one_time_codes;
begin
  perform rate_take('code_address', counted_address(from_address));
  perform rate_take('code_account', 'user ' || caller);
  u := user_in_session(caller, session);
  select * into c from one_time_codes x
   where x.user_id = caller and x.expires_at > now() and x.tries < setting('code_tries');
  if not found then
    return;
  end if;
  if c.digest <> try_digest then
    update one_time_codes x set tries = x.tries + 1 where x.id = c.id;
    return;
  end if;
  -- in the order of verify_code, which takes the address too
  perform from registrations g where g.email = c.email order by g.id for update;
  begin
    update users x set email = c.email where x.id = caller;
  exception when unique_violation then
    return;
  end;
  delete from one_time_codes x where x.id = c.id;
  delete from password_resets r where r.user_id = caller;
  delete from registrations g where g.email = c.email;
  perform mail_to(u.email, caller, 'email_changed', '{}');
  perform rate_forget('code_account', 'user ' || caller);
  return next caller;
end
$$;

-- No row for a session that is not the caller's, or has ended.
create function session_end_own(caller bigint, wanted uuid) returns setof uuid
language plpgsql as $$
begin
  perform from sessions s
   where s.id = wanted and s.user_id = caller and s.ended_at is null
     and s.expires_at > now() for update;
  if found then
    perform session_end(wanted, 'by_user');
    return next wanted;
  end if;
end
$$;

create function session_end_others(caller bigint, session uuid) returns void
language plpgsql as $$
begin
  perform user_in_session(caller, session);
  perform sessions_end(caller, session, 'by_user');
end
$$;

revoke execute on function password_forgot(text, text, text, text),
  reset_start(text, text), sessions_end(bigint, uuid, text),
  password_changed(bigint, uuid), password_reset(text, text, text),
  user_in_session(bigint, uuid), password_start(bigint, uuid, text),
  password_change(bigint, uuid, text, text),
  email_ask(bigint, uuid, text, text, text),
  email_confirm(bigint, uuid, text, text), session_end_own(bigint, uuid),
  session_end_others(bigint, uuid) from public;
grant execute on function password_forgot(text, text, text, text),
  reset_start(text, text), sessions_end(bigint, uuid, text),
  password_changed(bigint, uuid), password_reset(text, text, text),
  user_in_session(bigint, uuid), password_start(bigint, uuid, text),
  password_change(bigint, uuid, text, text),
  email_ask(bigint, uuid, text, text, text),
  email_confirm(bigint, uuid, text, text), session_end_own(bigint, uuid),
  session_end_others(bigint, uuid) to bantubuzz_worker;
grant select, insert, update, delete on password_resets to bantubuzz_worker;

commit;
