-- Deploy bantubuzz:notices to pg
-- requires: bookings
-- requires: preferences
-- What people are told: in the page, by mail, and as events for the relay.
begin;

-- One row a thing that is told.  {names} are filled when it happens.
create table notices (
  name text primary key,
  type text not null constraint notices_type_fkey references notification_types,
  title text, -- null: mail only
  message text,
  subject text, -- null: in the page only
  letter text, -- "> " a large code, "-> Label: address" a button
  constraint notices_page_check check ((title is null) = (message is null)),
  constraint notices_mail_check check ((subject is null) = (letter is null)),
  constraint notices_some_check check (title is not null or subject is not null)
);

create table notifications (
  id bigint generated always as identity primary key,
  user_id bigint not null references users on delete cascade,
  type text not null,
  title text not null check (length(title) <= 200),
  message text not null,
  is_read boolean not null default false,
  action_url text check (length(action_url) <= 255),
  created_at timestamptz not null default now(),
  mailed_at timestamptz, -- when a letter told of it, or its receiver wanted none
  -- Of which notice and what parts it is made, so that a page can say it in its
  -- reader's language.
  notice text,
  params jsonb,
  constraint notifications_notice_check check ((notice is null) = (params is null))
);
create index notifications_user on notifications (user_id, id desc);
create index notifications_unread on notifications (user_id) where not is_read;

-- Append-only; read in the order (xid, id) and only below the oldest open
-- transaction, since ids commit out of order.
create table events (
  id bigint generated always as identity primary key,
  user_id bigint not null references users on delete cascade,
  type text not null check (type in ('notification', 'notification.read', 'booking',
    'message', 'message.delivered', 'message.read', 'conversation', 'session')),
  payload jsonb not null,
  xid xid8 not null default pg_current_xact_id(),
  created_at timestamptz not null default now()
);
create index events_user on events (user_id, xid, id);
create index events_order on events (xid, id);
create index events_created_at on events using brin (created_at);

-- Letters to go.  A sent or refused one keeps no text.
create table outbox (
  id bigint generated always as identity primary key,
  user_id bigint references users on delete set null,
  notice text not null references notices,
  address email_address not null,
  subject text not null,
  letter text,
  message_id uuid, -- given at the first try, then kept: doubles show by it
  state text not null default 'waiting'
    check (state in ('waiting', 'sent', 'refused', 'given_up')),
  tries int not null default 0,
  next_try_at timestamptz not null default now(),
  claimed_until timestamptz,
  useless_after timestamptz, -- a code that is dead by then is not worth mailing
  why text, -- the server's last word
  created_at timestamptz not null default now(),
  done_at timestamptz,
  constraint outbox_letter_check check ((state = 'waiting') = (letter is not null)),
  constraint outbox_done_check check ((state = 'waiting') = (done_at is null))
);
create index outbox_waiting on outbox (next_try_at) where state = 'waiting';
create index outbox_user on outbox (user_id);
create index outbox_done on outbox (done_at) where done_at is not null;

-- What a person must look at.  The same thing is said once until it is seen.
create table alerts (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('mail_refused', 'mail_given_up',
    'payment_review', 'payment_disagrees', 'payment_unknown_status',
    'payment_refunded', 'payment_disputed', 'payment_reversal', 'timer_failed',
    'money_differs')),
  subject_id bigint not null, -- a payment's, a letter's, a booking's or a user's id
  detail text not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz
);
create unique index alerts_unseen_key on alerts (kind, subject_id)
  where seen_at is null;

create function alert(what text, subject bigint, said text) returns void
language sql
begin atomic
  insert into alerts (kind, subject_id, detail)
  values (what, subject, left(said, 1000))
  on conflict (kind, subject_id) where seen_at is null do nothing;
end;

-- A value as it may stand in a letter: what people write must not begin a
-- line like our buttons and codes do.
create function in_letter(params jsonb) returns jsonb
language sql immutable parallel safe
return (
  select coalesce(jsonb_object_agg(key,
           regexp_replace(value, '(^|\n|\r)[ \t]*(-?>)', '\1. \2', 'g')), '{}')
    from jsonb_each_text(params)
);

create function mail_to(whom email_address, owner bigint, what text,
  params jsonb, useless timestamptz default null) returns void
language sql
begin atomic
  insert into outbox (user_id, notice, address, subject, letter, useless_after)
  select owner, n.name, whom,
         regexp_replace(fill(n.subject, params), '[[:cntrl:]]+', ' ', 'g'),
         fill(n.letter, in_letter(params)), useless
    from notices n where n.name = what and n.subject is not null;
end;

-- Those that the text has a place for; a time goes with the words for it.
create function notice_params(template text, params jsonb) returns jsonb
language sql immutable parallel safe
return (
  select coalesce(jsonb_object_agg(p.key, p.value), '{}') from jsonb_each(params) p
   where position('{' || regexp_replace(p.key, '_at$', '') || '}' in template) > 0
);

-- Tells a user in the page and by mail, as the notice has it and the user
-- wants it.  What has a letter of its own needs no other, nor has the notice
-- of a message: the digest counts the messages themselves.
create function tell(whom bigint, what text, params jsonb, url text)
returns void
language plpgsql as $$
declare
  noted notifications;
  n notices;
  wanted record;
begin
  select * into strict n from notices where name = what;
  select p.in_page, p.by_mail into strict wanted
    from preferences_of(whom) p where p.type = n.type;
  if n.title is not null and wanted.in_page then
    insert into notifications (user_id, type, title, message, action_url, mailed_at,
      notice, params)
    values (whom, n.type, left(fill(n.title, params), 200),
            fill(n.message, params), url,
            case when n.subject is not null or n.type = 'message' then now() end,
            what, notice_params(n.title || n.message, params))
    returning * into noted;
    insert into events (user_id, type, payload)
    values (whom, 'notification', jsonb_build_object('id', noted.id,
      'type', noted.type, 'title', noted.title, 'message', noted.message,
      'action_url', noted.action_url, 'notice', noted.notice, 'params', noted.params));
  end if;
  if n.subject is not null and wanted.by_mail then
    perform mail_to((select email from users where id = whom), whom, what,
      params || jsonb_build_object('url', coalesce(url, '/')));
  end if;
end
$$;

insert into notices (name, type, title, message, subject, letter) values
('verification_code', 'account', null, null,
 'Your BantuBuzz code is {code}',
 'Hello,

Welcome to BantuBuzz. This code proves that this address is yours:

> {code}

It works for {minutes} minutes. If you did not sign up as a {kind} on BantuBuzz, do not use it and ignore this letter.'),
('address_taken', 'account', null, null,
 'You already have a BantuBuzz account',
 'Hello,

Somebody, perhaps you, signed up on BantuBuzz with this address. It has an account already, so nothing was changed.

-> Log in: {site}/login

If it was not you, you need to do nothing.'),
('request_made', 'booking', 'New request: {package}',
 '{brand} asks to book {package} for {amount}. Please accept or decline.',
 'New request: {package}',
 'Hello,

{brand} asks to book your package "{package}" for {amount}.

Please accept or decline it within {request_days} days.

-> Open the booking: {site}{url}'),
('booking_made', 'booking', 'New booking: {package}',
 '{brand} is booking {package} for {amount}. You will hear when it is paid.', null, null),
('request_accepted', 'booking', '{creator} accepted', 'Your request for {package} was accepted. Pay {amount} to start.',
 '{creator} accepted your request',
 'Hello,

{creator} accepted your request for "{package}". Pay {amount} within {payment_days} days to start the work.

-> Pay now: {site}{url}'),
('request_declined', 'booking', '{creator} declined', '{creator} cannot take your request for {package}. You have paid nothing.',
 '{creator} declined your request',
 'Hello,

{creator} cannot take your request for "{package}". You have paid nothing.

-> Find another creator: {site}/creators'),
('request_expired', 'booking', 'Request expired', 'The request for {package} was not answered in time.', null, null),
('booking_withdrawn', 'booking', 'Booking withdrawn', '{brand} withdrew the booking of {package}.', null, null),
('booking_declined_unpaid', 'booking', '{creator} declined', '{creator} cannot take the booking of {package}. You have paid nothing.',
 '{creator} declined your booking',
 'Hello,

{creator} cannot take your booking of "{package}". You have paid nothing. If a payment is on its way, it will be put on your BantuBuzz balance.

-> Open the booking: {site}{url}'),
('booking_expired', 'booking', 'Booking expired', 'The booking of {package} was not paid in time.', 'Booking of {package} expired',
 'Hello,

The booking of "{package}" was not paid in time and has expired. Money that still arrives is put on the brand''s BantuBuzz balance.

-> Open the booking: {site}{url}'),
('payment_received', 'payment', 'Payment received', 'We received {amount} for {package}. It is held safely until you approve the work.',
 'Payment received: {amount} for {package}',
 'Hello,

We received your payment of {amount} for "{package}" by {creator}. The money is held safely until you approve the work.

-> Open the booking: {site}{url}'),
('booking_paid', 'payment', 'Booking paid: {package}', '{brand} paid {amount} for {package}. You can start the work; {payout} is yours when it is approved.',
 'Booked and paid: {package}',
 'Hello,

{brand} booked "{package}" and paid {amount}. You can start now; it is due on {due}. When the work is approved, {payout} is yours.

-> Open the booking: {site}{url}'),
('work_started', 'booking', 'Work has started', '{creator} started the work on {package}.', null, null),
('work_delivered', 'booking', '{creator} delivered', 'Please review {package}. After {silence_days} days of silence it counts as approved.',
 '{creator} delivered {package}',
 'Hello,

{creator} delivered "{package}". Please look at it and approve it, or ask for a change. After {silence_days} days of silence it counts as approved.

-> Review the work: {site}{url}'),
('review_reminder', 'booking', 'Please review {package}', '{creator} waits for your answer. After {silence_days} days of silence the work counts as approved.',
 'Reminder: please review {package}',
 'Hello,

{creator} waits for your answer on "{package}". After {silence_days} days of silence the work counts as approved.

-> Review the work: {site}{url}'),
('work_approved', 'payment', 'Approved: {payout} is yours', 'The work on {package} was approved. {payout} is on your BantuBuzz balance.',
 'Approved: {payout} is yours',
 'Hello,

The work on "{package}" was approved. {payout} is on your BantuBuzz balance ({amount} less our fee of {fee}).

-> Open the booking: {site}{url}'),
('silence_approved', 'booking', '{package} is approved', '{silence_days} days passed without an answer, so the work on {package} counts as approved.',
 '{package} is approved',
 'Hello,

{silence_days} days passed without an answer, so the work on "{package}" counts as approved and {creator} was paid.

-> Open the booking: {site}{url}'),
('revision_asked', 'booking', '{brand} asks for a change', '{brand} asks for a change on {package}: {note}',
 '{brand} asks for a change on {package}',
 'Hello,

{brand} asks for a change on "{package}":

{note}

-> Open the booking: {site}{url}'),
('work_late', 'booking', '{package} is late', 'The work on {package} was due on {due}. You may cancel it {late_days} days after that.', 
 '{package} is late',
 'Hello,

The work on "{package}" by {creator} was due on {due}. You may write to {creator}, or cancel {late_days} days after that day and have your money back.

-> Open the booking: {site}{url}'),
('work_late_creator', 'booking', '{package} is late', 'The work on {package} was due on {due}. {brand} may cancel it {late_days} days after that.',
 '{package} is late',
 'Hello,

Your work on "{package}" for {brand} was due on {due}. {brand} may cancel it {late_days} days after that.

-> Open the booking: {site}{url}'),
('booking_declined', 'payment', '{creator} declined: {amount} is on your balance', '{creator} cannot take the booking of {package}. Your {amount} is on your BantuBuzz balance.',
 '{creator} declined: {amount} is on your balance',
 'Hello,

{creator} cannot take your booking of "{package}". Your {amount} is on your BantuBuzz balance; you can book another creator with it.

-> Find another creator: {site}/creators'),
('money_given_back', 'payment', 'Cancelled: {amount} is on your balance', 'The booking of {package} is cancelled. Your {amount} is on your BantuBuzz balance.',
 'Cancelled: {amount} is on your balance',
 'Hello,

The booking of "{package}" is cancelled. Your {amount} is on your BantuBuzz balance.

-> Open the booking: {site}{url}'),
('booking_cancelled', 'booking', 'Booking cancelled', 'The booking of {package} by {brand} is cancelled.',
 'Booking of {package} cancelled',
 'Hello,

The booking of "{package}" by {brand} is cancelled. Please do no further work on it.

-> Open the booking: {site}{url}'),
('money_on_balance', 'payment', '{amount} is on your balance', 'A payment of {amount} for {package} came when none was due. It is on your BantuBuzz balance.',
 '{amount} is on your balance',
 'Hello,

Your payment of {amount} for "{package}" came when none was due (too late, or a second time). Nothing is lost: it is on your BantuBuzz balance.

-> Open the booking: {site}{url}'),
('payment_failed', 'payment', 'Payment did not go through', 'The payment of {amount} for {package} did not go through. You can try again.', null, null),
('gateway_refunded', 'payment', 'Payment refunded', 'The payment of {amount} for {package} was refunded by the payment service.',
 'Payment of {amount} refunded',
 'Hello,

The payment service refunded your payment of {amount} for "{package}".

-> Open the booking: {site}{url}'),
('payment_disputed', 'payment', 'Payment disputed', 'The payment of {amount} for {package} is disputed. The booking is on hold.',
 'Payment for {package} is disputed',
 'Hello,

The payment of {amount} for "{package}" is disputed at the payment service. The booking is on hold until that is settled.

-> Open the booking: {site}{url}'),
('dispute_lifted', 'payment', 'Payment confirmed', 'The dispute over the payment for {package} is settled. The booking goes on.', null, null);

alter table booking_moves
  add constraint booking_moves_brand_notice_fkey
    foreign key (brand_notice) references notices,
  add constraint booking_moves_creator_notice_fkey
    foreign key (creator_notice) references notices;

commit;
