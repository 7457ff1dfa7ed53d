-- jobs: what waits.

-- name: mail_claim
-- args: most bigint, message_id uuid, patient bool
-- returns: id bigint, address text, subject text, letter text, message_id text,
--   created_s bigint, is_fixed bool
-- Those with a deadline first, or those without where it is patient.
update outbox o set claimed_until = now() + setting_span('mail_lease_s'), tries = o.tries + 1,
  message_id = coalesce(o.message_id, $2)
 where o.id in (
   select d.id from outbox d
    where d.state = 'waiting' and d.next_try_at <= now()
      and (d.useless_after is null or d.useless_after > now())
      and (d.claimed_until is null or d.claimed_until < now())
    order by (d.useless_after is null) <> $3, d.useless_after, d.next_try_at
    for update skip locked
    limit $1)
returning o.id, o.address, o.subject, o.letter, o.message_id::text,
  extract(epoch from o.created_at)::bigint as created_s,
  (select t.is_fixed from notices n join notification_types t on t.name = n.type
    where n.name = o.notice) as is_fixed;

-- name: mail_sent
-- args: id bigint
-- returns: nothing
update outbox o set state = 'sent', letter = null, done_at = now(), claimed_until = null
 where o.id = $1 and o.state = 'waiting';

-- name: mail_refused
-- args: id bigint, why text
-- returns: nothing
with done as (
  update outbox o set state = 'refused', letter = null, done_at = now(),
    claimed_until = null, why = left($2, 500)
   where o.id = $1 and o.state = 'waiting' returning o.id, o.notice)
select alert('mail_refused', done.id, format('%s: %s', done.notice, $2)) from done;

-- name: mail_later
-- args: id bigint, why text
-- returns: nothing
-- Waits twice as long each time; gives up past the age, or when it is useless.
with done as (
  update outbox o set
    state = case when o.created_at < now() - setting_span('mail_give_up_s')
                   or o.useless_after < now() then 'given_up' else 'waiting' end,
    letter = case when o.created_at < now() - setting_span('mail_give_up_s')
                    or o.useless_after < now() then null else o.letter end,
    done_at = case when o.created_at < now() - setting_span('mail_give_up_s')
                     or o.useless_after < now() then now() end,
    claimed_until = null, why = left($2, 500),
    next_try_at = now() + make_interval(secs => least(setting('mail_retry_max_s'),
      setting('mail_first_retry_s') * power(2, least(o.tries - 1, 20))))
   where o.id = $1 and o.state = 'waiting' returning o.id, o.state, o.notice)
select alert('mail_given_up', done.id, format('%s: %s', done.notice, $2)) from done
 where done.state = 'given_up';

-- name: booking_ring
-- args:
-- returns: id bigint
select booking_ring() as id;

-- name: chore_run
-- args:
-- returns: name text
select chore_run() as name;

-- name: digest_write
-- args:
-- returns: id bigint
select digest_write() as id;
