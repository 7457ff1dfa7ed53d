-- Deploy bantubuzz:settings to pg
-- Every number that the rules below use, each with its unit, once.
begin;

create table settings (
  name text primary key,
  value bigint not null check (value >= 0),
  unit text not null check (unit in ('s', 'count', 'cents', 'bp')),
  about text not null
);

insert into settings (name, value, unit, about) values
  ('fee_bp', 1000, 'bp', 'Platform fee, off the creator''s side'),
  ('request_s', 259200, 's', 'A creator answers a request within'),
  ('payment_s', 172800, 's', 'A brand pays an accepted booking within'),
  ('last_poll_s', 15, 's', 'Wait between last polls before an unpaid booking expires'),
  ('last_poll_max_s', 3600, 's', 'An unreachable gateway delays expiry at most by'),
  ('remind_1_s', 86400, 's', 'First reminder to review a delivery'),
  ('remind_2_s', 172800, 's', 'Second reminder to review a delivery'),
  ('remind_3_s', 237600, 's', 'Last reminder to review a delivery'),
  ('silence_s', 259200, 's', 'Silence after a delivery approves it after'),
  ('late_s', 0, 's', 'Late notice, after the due date'),
  ('cancel_late_s', 604800, 's', 'A brand may cancel late work, after the due date'),
  ('revision_s', 259200, 's', 'Least time a creator has for a revision'),
  ('code_s', 600, 's', 'A mailed code lives'),
  ('code_tries', 5, 'count', 'Wrong tries, from where it was asked for, after which a code dies'),
  ('registration_s', 604800, 's', 'An unverified registration is kept'),
  ('register_again_s', 60, 's', 'A registration sent once more is the same one within'),
  ('registrations_kept', 10, 'count', 'Unverified registrations kept of an account, the newest of each address first'),
  ('access_s', 3600, 's', 'An access token lives'),
  ('session_s', 2592000, 's', 'A session, and its refresh token, lives'),
  ('refresh_session_tries', 100, 'count', 'Refreshes a session and window'),
  ('refresh_grace_s', 10, 's', 'A used refresh token gets its successor again within'),
  ('rate_window_s', 900, 's', 'Tries are counted over'),
  ('login_account_tries', 100, 'count', 'Failed logins an account and window, from anywhere'),
  ('login_pair_tries', 10, 'count', 'Failed logins an account, address and window'),
  ('login_address_tries', 100, 'count', 'Logins an address and window'),
  ('register_address_tries', 30, 'count', 'Registrations an address and window'),
  ('code_account_tries', 60, 'count', 'Codes tried an account and window, from anywhere; past it, those alone that were asked for from the same address'),
  ('code_pair_tries', 10, 'count', 'Codes tried an account, address and window'),
  ('code_address_tries', 100, 'count', 'Codes tried an address and window'),
  ('resend_pair_tries', 5, 'count', 'Codes mailed an account, for an address and window'),
  ('letters_pair_day', 15, 'count', 'Letters that one address has sent to an account a day'),
  ('letters_account_day', 60, 'count', 'Letters that strangers have sent to an account a day, from all addresses but those of its sessions'),
  ('resend_address_tries', 30, 'count', 'Codes asked for an address and window'),
  ('total_max', 10000, 'count', 'Totals of lists are exact up to'),
  ('idempotency_s', 86400, 's', 'An idempotency key is remembered'),
  ('start_s', 60, 's', 'A payment whose start was not answered is unknown after'),
  ('payment_lease_s', 90, 's', 'A job holds a payment at most'),
  ('trace_gap_s', 180, 's', 'Two traces that found nothing lie apart by at least'),
  ('poll_backoff_max_s', 3600, 's', 'Longest wait between polls that tell nothing'),
  ('disagree_s', 600, 's', 'Callback and poll may disagree for, then an alert'),
  ('unsigned_max', 5, 'count', 'Unsigned callbacks kept of a payment'),
  ('reconcile_s', 604800, 's', 'The nightly reconciliation polls what was paid within'),
  ('reconcile_open_s', 7776000, 's', 'It polls what is not final for'),
  ('reconcile_over_s', 72000, 's', 'It spreads them over'),
  ('session_kept_s', 2592000, 's', 'A session is kept after its end'),
  ('letter_kept_s', 2592000, 's', 'A sent letter''s row is kept'),
  ('mail_lease_s', 90, 's', 'A job holds a letter at most'),
  ('mail_first_retry_s', 60, 's', 'First wait after a letter that did not go, then doubled'),
  ('mail_retry_max_s', 7200, 's', 'Longest wait between tries of a letter'),
  ('mail_give_up_s', 432000, 's', 'A letter is given up after'),
  ('book_user_tries', 30, 'count', 'Bookings and payments started a brand and window'),
  ('campaign_user_tries', 30, 'count', 'Campaigns created a brand and window'),
  ('prompt_phone_tries', 6, 'count', 'Payments asked of a phone number and window'),
  ('packages_max', 100, 'count', 'Packages that a creator may have');

-- In plpgsql, which keeps their plans for the session; a SQL function that
-- cannot be inlined is planned at each call.
create function setting(wanted text) returns bigint
language plpgsql stable parallel safe as $$
begin
  return (select s.value from settings s where s.name = wanted);
end
$$;

create function setting_span(wanted text) returns interval
language plpgsql stable parallel safe as $$
begin
  return (select make_interval(secs => s.value) from settings s
           where s.name = wanted);
end
$$;

-- Raised as SQLSTATE BBnnn: nnn is the HTTP status, the message its code,
-- the detail a sentence for a person; where it is raised by hand, the column
-- is the field at fault and the hint the seconds to wait.
create function refuse(status int, code text, sentence text) returns void
language plpgsql as $$
begin
  raise exception using errcode = 'BB' || status, message = code,
    detail = sentence;
end
$$;

-- Fills {name} from params in one pass: what a value holds is never read again.
create function fill(template text, params jsonb) returns text
language sql immutable parallel safe
return (
  select coalesce(string_agg(
           part[1] || coalesce(params ->> part[3], part[2], ''), '' order by n), '')
    from regexp_matches(template, '([^{]*)(\{([a-z_]+)\})?', 'g')
         with ordinality as m(part, n)
);

-- A time as JSON has it.
create function wire_time(at timestamptz) returns text
language sql stable parallel safe
return (to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));

create function touch_updated_at() returns trigger
language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;

commit;
