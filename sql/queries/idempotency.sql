-- idempotency: writes that may be repeated.

-- name: idempotency_claim
-- args: asker text, operation text, key text, fingerprint text, whole bool
-- returns: outcome text, id bigint, booking_id bigint, status int, answer text
select c.outcome, c.id, c.booking_id, c.status, c.answer
  from idempotency_claim($1, $2, $3, $4, $5) c;

-- name: idempotency_keep
-- args: id bigint, status bigint null, answer text null
-- returns: nothing
-- Without an answer the key is free again, unless something came of it.
select idempotency_keep($1, ($2::bigint)::int, $3);

-- name: idempotency_release
-- args: asker text, operation text, key text
-- returns: released bool
select pg_advisory_unlock(idempotency_lock($1, $2, $3)) as released;
