-- Deploy bantubuzz:grants to pg
-- requires: wire
-- The worker may do what the functions above do, and no more: nothing that is
-- append-only can be changed by it, and settings and state tables only read.
begin;

grant usage on schema public to bantubuzz_worker, bantubuzz_reader;
revoke create on schema public from public;
revoke execute on all functions in schema public from public;
grant execute on all functions in schema public to bantubuzz_worker;
grant execute on function setting(text), setting_span(text), money_text(bigint, text)
  to bantubuzz_reader;

grant select on all tables in schema public to bantubuzz_worker;
grant select on all tables in schema public to bantubuzz_reader;
revoke select on users, registrations, one_time_codes, refresh_tokens, sessions,
  outbox, payments, payment_messages, idempotency_keys, rate_counts, messages,
  user_wire, creator_account, brand_account, admin_account, cancel_requests,
  notification_types,
  notification_preferences from bantubuzz_reader;
grant select (id, user_type, is_verified, is_active, created_at) on users
  to bantubuzz_reader;
grant select (id, user_id, rotates, created_at, last_used_at, expires_at,
  ended_at, end_reason) on sessions to bantubuzz_reader;
grant select (id, booking_id, reference, amount_cents, currency, method, state,
  paynow_reference, gateway_status, error, callback_act, callback_at, polled_at,
  polls, failures, absences, absent_at, next_poll_at, claimed_until, paid_at,
  created_at, updated_at) on payments to bantubuzz_reader;

grant insert on ledger_entries, ledger_postings, events, booking_log,
  payment_messages, alerts, analytics, messages, campaigns
  to bantubuzz_worker;
grant update (next_at) on chores to bantubuzz_worker;
grant insert, update (touched_at) on accounts to bantubuzz_worker;
grant insert, update on users, sessions, refresh_tokens, creator_profiles,
  brand_profiles, packages, bookings, payments, notifications, outbox,
  rate_counts, one_time_codes, idempotency_keys, notification_preferences
  to bantubuzz_worker;
grant insert, update, delete on registrations to bantubuzz_worker;
grant delete on rate_counts, one_time_codes, outbox, idempotency_keys, sessions,
  refresh_tokens to bantubuzz_worker;
grant insert, delete on saved_creators to bantubuzz_worker;
grant update (is_read) on messages to bantubuzz_worker;
grant update (seen_at) on alerts to bantubuzz_worker;
grant usage on all sequences in schema public to bantubuzz_worker;

commit;
