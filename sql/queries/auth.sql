-- auth: signing up, in, on and out.

-- name: register_start
-- args: address text
-- returns: nothing
select register_start($1);

-- name: register_user
-- args: email text, password_hash text, password_digest text, user_type text,
--   company_name text null, digest text, code text, address text
-- returns: @user
select r.id, r.email, r.user_type, r.is_verified, r.is_active, r.last_login,
       r.created_at, r.updated_at
  from register($1, $2, $3, $4, $5, $6, $7, $8) r;

-- name: code_resend
-- args: email text, digest text, code text, address text, user_id bigint null
-- returns: nothing
select resend_code($1, $2, $3, $4, $5);

-- name: code_verify
-- args: email text, digest text, address text, user_id bigint null
-- returns: @user
-- No row for a wrong, dead or unknown code.
select w.* from verify_code($1, $2, $3, $4) v (id), user_now(v.id) w;

-- name: login_start
-- args: email text, address text
-- returns: user_id bigint, user_type text, password_hash text, is_active bool,
--   pending_id bigint, pending_hash text
select l.user_id, l.user_type, l.password_hash, l.is_active, l.pending_id, l.pending_hash
  from login_start($1, $2) l;

-- name: session_open_creator
-- args: user_id bigint, session uuid, token uuid, rotates bool, address text,
--   user_agent text, checked text, new_hash text null
-- returns: access_s bigint, session_s bigint, @creator_account
-- No row when the password that was checked is the user's no more.
select setting('access_s') as access_s, setting('session_s') as session_s, w.*
  from session_open($1, $2, $3, $4, $5, $6, $7, $8) o (id), creator_account_now(o.id) w;

-- name: session_open_brand
-- args: user_id bigint, session uuid, token uuid, rotates bool, address text,
--   user_agent text, checked text, new_hash text null
-- returns: access_s bigint, session_s bigint, @brand_account
select setting('access_s') as access_s, setting('session_s') as session_s, w.*
  from session_open($1, $2, $3, $4, $5, $6, $7, $8) o (id), brand_account_now(o.id) w;

-- name: session_open_admin
-- args: user_id bigint, session uuid, token uuid, rotates bool, address text,
--   user_agent text, checked text, new_hash text null
-- returns: access_s bigint, session_s bigint, @admin_account
select setting('access_s') as access_s, setting('session_s') as session_s, w.*
  from session_open($1, $2, $3, $4, $5, $6, $7, $8) o (id), admin_account_now(o.id) w;

-- name: session_refresh
-- args: session uuid, token uuid, fresh uuid
-- returns: outcome text, user_id bigint, user_type text, jti text, rotates bool,
--   issued_s bigint, expires_s bigint, access_s bigint
select r.outcome, r.user_id, r.user_type, r.jti::text, r.rotates, r.issued_s,
       r.expires_s, setting('access_s') as access_s
  from session_refresh($1, $2, $3) r;

-- name: session_logout
-- args: session uuid
-- returns: nothing
select session_end($1, 'logout');

-- name: sessions_ended
-- args:
-- returns: id text
-- reads
-- Those whose access tokens may still be alive.
select s.id::text from sessions s
 where s.ended_at > now() - setting_span('access_s') - interval '1 minute';

-- name: account_creator
-- args: user_id bigint
-- returns: @creator_account
-- reads
select w.* from creator_account w where w."user.id" = $1;

-- name: account_brand
-- args: user_id bigint
-- returns: @brand_account
-- reads
select w.* from brand_account w where w."user.id" = $1;

-- name: account_admin
-- args: user_id bigint
-- returns: @admin_account
-- reads
select w.* from admin_account w where w."user.id" = $1;
