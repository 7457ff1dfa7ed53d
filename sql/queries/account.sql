-- account: one's password, address and sessions.

-- name: password_forgot
-- args: email text, digest text, token text, address text
-- returns: nothing
select password_forgot($1, $2, $3, $4);

-- name: reset_start
-- args: digest text, address text
-- returns: is_good bool
select reset_start($1, $2) as is_good;

-- name: password_reset
-- args: digest text, password_hash text, address text
-- returns: user_id bigint
-- No row for a link that is wrong, used or dead.
select r.user_id from password_reset($1, $2, $3) r (user_id);

-- name: password_start
-- args: user_id bigint, session uuid, email text null
-- returns: password_hash text, is_same bool
select s.password_hash, s.is_same from password_start($1, $2, $3) s;

-- name: password_change
-- args: user_id bigint, session uuid, old_hash text, new_hash text
-- returns: user_id bigint
-- No row when the password is another one by now.
select c.user_id from password_change($1, $2, $3, $4) c (user_id);

-- name: creator_account_change
-- args: user_id bigint, username text null, bio text null, portfolio_url text null,
--   location text null, categories json null, languages json null,
--   social_links json null, follower_count bigint null, engagement_rate numeric null,
--   availability_status text null, success_stories text null, free_revisions bigint null,
--   revision_fee money null, profile_picture text null, session uuid, email text null,
--   digest text null, code text null
-- returns: @creator_account
select w.*
  from creator_change($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) c,
       email_ask(c.user_id, $16, $17, $18, $19) a, creator_account_now(c.user_id) w;

-- name: brand_account_change
-- args: user_id bigint, company_name text null, logo text null, description text null,
--   website text null, industry text null, company_size text null, location text null,
--   social_links json null, session uuid, email text null, digest text null, code text null
-- returns: @brand_account
select w.*
  from brand_change($1, $2, $3, $4, $5, $6, $7, $8, $9) b,
       email_ask(b.user_id, $10, $11, $12, $13) a, brand_account_now(b.user_id) w;

-- name: admin_account_change
-- args: user_id bigint, session uuid, email text null, digest text null, code text null
-- returns: @admin_account
select w.* from email_ask($1, $2, $3, $4, $5) a, admin_account_now($1) w;

-- name: email_confirm
-- args: user_id bigint, session uuid, digest text, address text
-- returns: @user
-- No row for a code that is wrong or dead.
select w.* from email_confirm($1, $2, $3, $4) c (id), user_now(c.id) w;

-- name: session_list
-- args: user_id bigint, session uuid, size bigint, start bigint
-- returns: total bigint, id text, current bool, address text, user_agent text,
--   created_at time, last_used_at time, expires_at time
-- reads
with mine as not materialized (
  select s.id, s.last_used_at from sessions s
   where s.user_id = $1 and s.ended_at is null and s.expires_at > now()
), counted as (
  select count(*) as total from (select from mine limit setting('total_max')) m
), paged as (
  select m.id from mine m order by m.last_used_at desc, m.id limit $3 offset $4
)
select t.total, s.id::text, s.id = $2 as current, s.address, s.user_agent,
       s.created_at, s.last_used_at, s.expires_at
  from counted t
  left join paged p on true
  left join sessions s on s.id = p.id
 order by s.last_used_at desc, s.id;

-- name: session_end_own
-- args: user_id bigint, session uuid
-- returns: id text
-- No row for a session that is not the caller's, or has ended.
select e.id::text from session_end_own($1, $2) e (id);

-- name: session_end_others
-- args: user_id bigint, session uuid
-- returns: nothing
select session_end_others($1, $2);
