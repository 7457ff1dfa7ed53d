-- idempotency: writes that may be repeated.

-- name: idempotency_claim
-- args: asker text, operation text, key text, fingerprint text, whole bool,
--   address text null
-- returns: outcome text, id bigint, booking_id bigint, status int, answer text
select c.outcome, c.id, c.booking_id, c.status, c.answer
  from idempotency_claim($1, $2, $3, $4, $5, $6) c;

-- name: idempotency_keep
-- args: id bigint, status bigint null, answer text null
-- returns: nothing
-- Without an answer the key is free again, unless something came of it; the lock
-- goes with the transaction.
select idempotency_keep($1, ($2::bigint)::int, $3);

-- name: idempotency_release
-- args:
-- returns: nothing
-- A claim that was refused may have its lock, or have it twice; what is not kept
-- keeps it.
select pg_advisory_unlock_all();
