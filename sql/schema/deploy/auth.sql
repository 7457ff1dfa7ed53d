-- Deploy bantubuzz:auth to pg
-- requires: notices
-- Signing up, in, on and out.
begin;

-- Counted before the password is hashed, which costs more than all the rest.
create function register_start(from_address text) returns void
language plpgsql as $$
begin
  perform rate_take('register_address', counted_address(from_address));
end
$$;

-- A letter that whoever names an address can have sent there: so many a day
-- from one place, and from all; past that it is left out without a word, so that
-- neither a mailbox is filled nor anybody told of it.  A place where the address's
-- user has or lately had a session is counted alone: no stranger elsewhere uses
-- up the owner's.  source is who asks.  False where it was left out.
create function mail_asked(named text, source text, whom email_address, owner bigint,
  what text, params jsonb, useless timestamptz default null) returns boolean
language plpgsql as $$
begin
  if day_take('letters_pair', named || ' ' || source)
     and (exists (select from users u join sessions s on s.user_id = u.id
                   where u.email = named and counted_address(s.address) = source)
          or day_take('letters_account', named)) then
    perform mail_to(whom, owner, what, params, useless);
    return true;
  end if;
  return false;
end
$$;

-- The answer is the same for a taken address; its owner gets a letter, and the
-- registration lies there without a code, so that a login fails alike.  The same
-- sent once more, or many times at once, is one registration and one letter.
create function register(address_of text, hash text, secret_digest text, kind text,
  company text, digest text, code text, from_address text, out id bigint, out email text,
  out user_type text, out is_verified boolean, out is_active boolean, out last_login timestamptz,
  out created_at timestamptz, out updated_at timestamptz)
language plpgsql as $$
declare
  source text := counted_address(from_address);
  pair text := address_of || ' ' || source;
  fresh registrations;
begin
  email := address_of; user_type := kind; is_verified := false; is_active := true;
  perform pg_advisory_xact_lock(hashtextextended('register ' || pair, 0));
  select * into fresh from registrations g
   where g.email = address_of and g.asked_from = source order by g.id desc limit 1;
  if (fresh.user_type, fresh.company_name, fresh.password_digest)
       is not distinct from (kind, company, secret_digest)
     and fresh.created_at > now() - setting_span('register_again_s') then
    id := fresh.user_id; created_at := fresh.created_at; updated_at := fresh.created_at;
    return;
  end if;
  perform rate_take('resend_pair', pair);
  id := nextval(pg_get_serial_sequence('users', 'id'));
  created_at := now(); updated_at := now();
  insert into registrations (user_id, email, password_hash, password_digest, user_type,
    company_name, asked_from)
  values (id, address_of, hash, secret_digest, kind, company, source)
  returning * into fresh;
  if exists (select from users u where u.email = address_of) then
    perform mail_asked(address_of, fresh.asked_from, address_of, null, 'address_taken', '{}');
  else
    perform mail_code(address_of, fresh, fresh.asked_from, digest, code);
  end if;
  -- In order of id, and past those that another just ends or proves.
  delete from registrations g where g.id in (
    select x.id from registrations x
     where x.id in (
       select o.id
         from (select y.id, row_number() over (partition by y.asked_from order by y.id desc) as nth
                 from registrations y where y.email = address_of) o
        order by o.nth, o.id desc offset setting('registrations_kept'))
     order by x.id for update skip locked);
end
$$;

-- A code that no letter carries can only be guessed, so there is none: else who
-- asks from many places has as many to hit.  Without a registration there is the
-- same work: its letter is dead from the start, so no job takes it.
create function mail_code(address_of text, r registrations, source text, digest text,
  code text) returns void
language plpgsql as $$
begin
  if mail_asked(address_of, source, coalesce(r.email, 'nobody@bantubuzz.invalid'), null,
       'verification_code', jsonb_build_object('code', code,
         'kind', coalesce(r.user_type, 'creator'), 'minutes', setting('code_s') / 60),
       case when r.id is null then now() else now() + setting_span('code_s') end)
     and r.id is not null then
    insert into one_time_codes (purpose, registration_id, asked_from, digest, expires_at)
    values ('registration', r.id, source, digest, now() + setting_span('code_s'));
  end if;
end
$$;

-- Another code for the registration named, or for the newest from where it is
-- asked for, or from anywhere, if there is one.
create function resend_code(address_of text, digest text, code text,
  from_address text, wanted bigint) returns void
language plpgsql as $$
declare
  r registrations;
begin
  perform rate_take('resend_address', counted_address(from_address));
  perform rate_take('resend_pair', address_of || ' ' || counted_address(from_address));
  select * into r from registrations g
   where g.email = address_of and (wanted is null or g.user_id = wanted)
   order by g.asked_from = counted_address(from_address) desc, g.id desc limit 1;
  if exists (select from users u where u.email = address_of) then
    r := null;
  end if;
  perform mail_code(address_of, r, counted_address(from_address), digest, code);
end
$$;

-- Makes the user and the profile.  No row for a wrong, dead or unknown code.
-- Anybody may register an address, and have codes sent there: so a wrong code
-- counts against those that were asked for from the same place alone, and the
-- code of a stranger's registration proves one's own, made from here.  Once so
-- many were tried from anywhere, a code works only where it was asked for: there
-- it has its own few tries, and nobody elsewhere uses them up.
create function verify_code(address_of text, try_digest text, from_address text,
  wanted bigint) returns setof bigint
language plpgsql as $$
declare
  r registrations;
  own registrations;
  source text := counted_address(from_address);
  anywhere boolean;
begin
  perform rate_take('code_address', source);
  perform rate_take('code_pair', address_of || ' ' || source);
  anywhere := rate_left('code_account', address_of);
  perform from registrations g where g.email = address_of order by g.id for update;
  select g.* into r from registrations g
    join one_time_codes c on c.registration_id = g.id
   where g.email = address_of and c.digest = try_digest
     and (wanted is null or g.user_id = wanted)
     and (anywhere or c.asked_from = source)
     and c.expires_at > now() and c.tries < setting('code_tries')
   order by g.asked_from = source desc, g.id desc limit 1;
  if not found then
    update one_time_codes c set tries = c.tries + 1
      from registrations g
     where g.id = c.registration_id and g.email = address_of and c.asked_from = source;
    return;
  end if;
  if wanted is null and r.asked_from <> source then
    select g.* into own from registrations g
     where g.email = address_of and g.asked_from = source order by g.id desc limit 1;
    r := case when found then own else r end;
  end if;
  insert into users (id, email, password_hash, user_type, is_verified)
  values (r.user_id, r.email, r.password_hash, r.user_type, true)
  on conflict on constraint users_email_key do nothing;
  if not found then
    return;
  end if;
  if r.user_type = 'creator' then
    insert into creator_profiles (user_id) values (r.user_id);
  else
    insert into brand_profiles (user_id, company_name) values (r.user_id, r.company_name);
  end if;
  delete from registrations g where g.email = address_of;
  perform rate_forget('code_account', address_of);
  perform rate_forget('code_pair', address_of || ' ' || source);
  return next r.user_id;
end
$$;

-- What a login is checked against; counts the try.  Always one row: the user's
-- hash, and that of a registration that was never verified, the newest from here
-- or from anywhere, each null where there is none.
create function login_start(address_of text, from_address text,
  out user_id bigint, out user_type text, out password_hash text,
  out is_active boolean, out pending_id bigint, out pending_hash text)
language plpgsql as $$
begin
  perform password_take(address_of, from_address);
  select u.id, u.user_type, u.password_hash, u.is_active
    into user_id, user_type, password_hash, is_active
    from users u where u.email = address_of;
  select g.user_id, g.password_hash into pending_id, pending_hash
    from registrations g where g.email = address_of
   order by g.asked_from = counted_address(from_address) desc, g.id desc limit 1;
end
$$;

-- Opens a session; a new hash where the old one was weak.  No row when the
-- account was closed or has another password since checked was read.
create function session_open(owner bigint, session uuid, token uuid,
  turning boolean, from_address text, agent text, checked text, new_hash text)
returns setof bigint
language plpgsql as $$
declare
  address_of text;
begin
  update users u set last_login = now(),
    password_hash = coalesce(new_hash, u.password_hash)
   where u.id = owner and u.is_active and u.password_hash = checked
  returning u.email into address_of;
  if not found then
    return;
  end if;
  -- A right password takes its try back: many share an address here.
  perform rate_give('login_address', counted_address(from_address));
  perform rate_forget('login_account', address_of);
  perform rate_forget('login_pair',
    address_of || ' ' || counted_address(from_address));
  insert into sessions (id, user_id, rotates, address, user_agent, expires_at)
  values (session, owner, turning, from_address, agent,
          now() + setting_span('session_s'));
  insert into refresh_tokens (jti, session_id) values (token, session);
  return next owner;
end
$$;

-- Ends sessions at once: the row for statements, the notice for workers, the
-- event for sockets.
create function session_end(session uuid, reason text) returns void
language plpgsql as $$
declare
  owner bigint;
begin
  update sessions s set ended_at = now(), end_reason = reason
   where s.id = session and s.ended_at is null
  returning s.user_id into owner;
  if found then
    insert into events (user_id, type, payload)
    values (owner, 'session', jsonb_build_object('session', session, 'ended', reason));
    perform pg_notify('sessions', session::text);
  end if;
end
$$;

/*
 * One use of a refresh token.  outcome: ok (jti is the token to answer with,
 * the same one for a session that does not rotate), ended, reused.  No row:
 * there is no such token.
 */
create function session_refresh(session uuid, token uuid, fresh uuid,
  out outcome text, out user_id bigint, out user_type text, out jti uuid,
  out rotates boolean, out issued_s bigint, out expires_s bigint)
returns setof record
language plpgsql as $$
declare
  s sessions;
  t refresh_tokens;
begin
  select * into s from sessions x where x.id = session for update;
  if not found then
    return;
  end if;
  perform rate_take('refresh_session', session::text);
  select * into t from refresh_tokens x where x.jti = token and x.session_id = session;
  if not found then
    return;
  end if;
  user_id := s.user_id;
  rotates := s.rotates;
  select u.user_type into user_type from users u where u.id = s.user_id and u.is_active;
  if s.ended_at is not null or s.expires_at <= now() or user_type is null then
    outcome := 'ended';
    return next;
    return;
  end if;
  outcome := 'ok';
  if s.rotates and t.used_at is null then
    update refresh_tokens x set used_at = now(), successor = fresh where x.jti = token;
    insert into refresh_tokens (jti, session_id) values (fresh, session)
    returning * into t;
  elsif s.rotates and t.used_at > now() - setting_span('refresh_grace_s') then
    select * into strict t from refresh_tokens x where x.jti = t.successor;
  elsif s.rotates then
    perform session_end(session, 'reuse');
    outcome := 'reused';
    return next;
    return;
  end if;
  update sessions x set last_used_at = now() where x.id = session;
  jti := t.jti;
  issued_s := extract(epoch from t.issued_at);
  expires_s := extract(epoch from s.expires_at);
  return next;
end
$$;

-- An account that is closed ends its sessions at once.
create function end_sessions_of_closed() returns trigger
language plpgsql as $$
begin
  perform session_end(s.id, 'suspended') from sessions s
   where s.user_id = new.id and s.ended_at is null;
  return null;
end
$$;
create trigger users_closed after update of is_active on users
  for each row when (old.is_active and not new.is_active)
  execute function end_sessions_of_closed();

commit;
