-- idempotency: writes that may be repeated.

-- name: idempotency_claim
-- args: user_id bigint, operation text, key text, fingerprint text
-- returns: outcome text, id bigint, booking_id bigint, status int, answer text
select c.outcome, c.id, c.booking_id, c.status, c.answer
  from idempotency_claim($1, $2, $3, $4) c;

-- name: idempotency_end
-- args: id bigint, status bigint null, answer text null
-- returns: nothing
-- Without an answer the key is free again, unless something came of it.
select idempotency_end($1, ($2::bigint)::int, $3);
