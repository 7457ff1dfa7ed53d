-- Deploy bantubuzz:bookings to pg
-- requires: packages
-- Bookings, and their state machine as rows.
begin;

create table booking_states (
  state text primary key,
  status text not null check (status in ('pending', 'accepted', 'in_progress',
    'completed', 'cancelled', 'rejected')), -- the word of the first version
  is_paid boolean not null, -- money is held for it
  is_open boolean not null -- nobody has paid, somebody may yet
);
insert into booking_states (state, status, is_paid, is_open) values
  ('requested', 'pending', false, true),
  ('awaiting_payment', 'pending', false, true),
  ('accepted', 'accepted', true, false),
  ('in_progress', 'in_progress', true, false),
  ('delivered', 'in_progress', true, false),
  ('revision', 'in_progress', true, false),
  ('disputed', 'in_progress', true, false),
  ('completed', 'completed', false, false),
  ('rejected', 'rejected', false, false),
  ('cancelled', 'cancelled', false, false),
  ('expired', 'cancelled', false, false);

-- What may follow what.  posting names the money's way (see post_booking).
create table booking_moves (
  from_state text not null references booking_states,
  act text not null,
  actor text not null check (actor in ('brand', 'creator', 'gateway', 'timer')),
  to_state text references booking_states, -- null: the state before
  guard text check (guard in ('revisions_left', 'late',
    'asker', 'other')), -- of the cancellation that waits for an answer
  posting text not null default 'none' check (posting in
    ('none', 'hold', 'hold_from_balance', 'release', 'give_back', 'to_balance',
     'gateway_refund', 'split')),
  brand_notice text,
  creator_notice text,
  primary key (from_state, act, actor)
);

insert into booking_moves
  (from_state, act, actor, to_state, guard, posting, brand_notice, creator_notice)
values
  ('requested', 'accept', 'creator', 'awaiting_payment', null, 'none', 'request_accepted', null),
  ('requested', 'decline', 'creator', 'rejected', null, 'none', 'request_declined', null),
  ('requested', 'withdraw', 'brand', 'cancelled', null, 'none', null, 'booking_withdrawn'),
  ('requested', 'expire', 'timer', 'expired', null, 'none', 'request_expired', 'request_expired'),

  ('awaiting_payment', 'paid', 'gateway', 'accepted', null, 'hold', 'payment_received', 'booking_paid'),
  ('awaiting_payment', 'pay_from_balance', 'brand', 'accepted', null, 'hold_from_balance', 'payment_received', 'booking_paid'),
  ('awaiting_payment', 'pay', 'brand', 'awaiting_payment', null, 'none', null, null),
  ('awaiting_payment', 'withdraw', 'brand', 'cancelled', null, 'none', null, 'booking_withdrawn'),
  ('awaiting_payment', 'decline', 'creator', 'rejected', null, 'none', 'booking_declined_unpaid', null),
  ('awaiting_payment', 'expire', 'timer', 'expired', null, 'none', 'booking_expired', 'booking_expired'),

  ('accepted', 'start', 'creator', 'in_progress', null, 'none', 'work_started', null),
  ('accepted', 'deliver', 'creator', 'delivered', null, 'none', 'work_delivered', null),
  ('accepted', 'decline', 'creator', 'rejected', null, 'give_back', 'booking_declined', null),
  ('accepted', 'cancel', 'brand', 'cancelled', null, 'give_back', 'money_given_back', 'booking_cancelled'),
  ('accepted', 'cancel_late', 'brand', 'cancelled', 'late', 'give_back', 'money_given_back', 'booking_cancelled'),
  ('accepted', 'late', 'timer', 'accepted', null, 'none', 'work_late', 'work_late_creator'),

  ('in_progress', 'deliver', 'creator', 'delivered', null, 'none', 'work_delivered', null),
  ('in_progress', 'cancel_late', 'brand', 'cancelled', 'late', 'give_back', 'money_given_back', 'booking_cancelled'),
  ('in_progress', 'late', 'timer', 'in_progress', null, 'none', 'work_late', 'work_late_creator'),

  ('delivered', 'approve', 'brand', 'completed', null, 'release', null, 'work_approved'),
  ('delivered', 'approve', 'timer', 'completed', null, 'release', 'silence_approved', 'work_approved'),
  ('delivered', 'ask_revision', 'brand', 'revision', 'revisions_left', 'none', null, 'revision_asked'),
  ('delivered', 'remind', 'timer', 'delivered', null, 'none', 'review_reminder', null),

  ('revision', 'deliver', 'creator', 'delivered', null, 'none', 'work_delivered', null),
  ('revision', 'approve', 'brand', 'completed', null, 'release', null, 'work_approved'),
  ('revision', 'cancel_late', 'brand', 'cancelled', 'late', 'give_back', 'money_given_back', 'booking_cancelled'),
  ('revision', 'late', 'timer', 'revision', null, 'none', 'work_late', 'work_late_creator');

-- Money that comes when none is waited for: too late, or a second time.
insert into booking_moves
  (from_state, act, actor, to_state, posting, brand_notice, creator_notice)
select state, 'paid', 'gateway', state, 'to_balance', 'money_on_balance', null
  from booking_states where state not in ('requested', 'awaiting_payment');

-- The gateway took the money back: the booking closes.  Nothing reverses
-- what is completed, so the loss is ours then.
insert into booking_moves
  (from_state, act, actor, to_state, posting, brand_notice, creator_notice)
select state, 'refunded', 'gateway',
       case when is_paid then 'cancelled' else state end,
       'gateway_refund', 'gateway_refunded',
       case when is_paid then 'booking_cancelled' end
  from booking_states where not is_open;

-- The gateway disputes the payment: nothing moves, the booking freezes,
-- until the gateway says paid or refunded.
insert into booking_moves
  (from_state, act, actor, to_state, brand_notice, creator_notice)
select state, 'disputed', 'gateway',
       case when is_paid then 'disputed' else state end,
       'payment_disputed', case when is_paid then 'payment_disputed' end
  from booking_states where not is_open and state <> 'disputed';
insert into booking_moves
  (from_state, act, actor, to_state, brand_notice, creator_notice)
values ('disputed', 'dispute_lifted', 'gateway', null, 'dispute_lifted', 'dispute_lifted');
insert into booking_moves (from_state, act, actor, to_state)
select state, 'dispute_lifted', 'gateway', state
  from booking_states where not is_open and state <> 'disputed';

-- When which timer of a state rings, in the order of step.
create table booking_timers (
  state text not null references booking_states,
  step int not null,
  act text not null,
  base text not null check (base in ('entered', 'due')),
  after text not null references settings,
  primary key (state, step)
);
insert into booking_timers (state, step, act, base, after) values
  ('requested', 1, 'expire', 'entered', 'request_s'),
  ('awaiting_payment', 1, 'expire', 'entered', 'payment_s'),
  ('accepted', 1, 'late', 'due', 'late_s'),
  ('in_progress', 1, 'late', 'due', 'late_s'),
  ('revision', 1, 'late', 'due', 'late_s'),
  ('delivered', 1, 'remind', 'entered', 'remind_1_s'),
  ('delivered', 2, 'remind', 'entered', 'remind_2_s'),
  ('delivered', 3, 'remind', 'entered', 'remind_3_s'),
  ('delivered', 4, 'approve', 'entered', 'silence_s');

create table bookings (
  id bigint generated by default as identity primary key,
  package_id bigint,
  application_id bigint, -- to a campaign; or the package
  creator_id bigint not null references creator_profiles,
  brand_id bigint not null references brand_profiles,
  campaign_id bigint,
  title text not null, -- as it was agreed
  expected_deliverables text[] not null,
  state text not null references booking_states,
  state_before text references booking_states, -- while disputed
  amount_cents bigint not null check (amount_cents > 0),
  fee_bp int not null check (fee_bp between 0 and 10000),
  fee_cents bigint not null, -- rounded once, half up, off the creator's side
  currency text not null check (currency in ('USD', 'ZWG')),
  notes text check (length(notes) <= 5000),
  payment_status text not null default 'pending'
    check (payment_status in ('pending', 'paid', 'failed', 'refunded')),
  payment_reference text, -- the gateway's
  duration_days int not null,
  due_at timestamptz, -- set when it is paid
  revisions_allowed int not null check (revisions_allowed >= 0),
  revisions_used int not null default 0
    check (revisions_used between 0 and revisions_allowed),
  entered_at timestamptz not null default now(), -- the state
  timer_step int,
  timer_at timestamptz,
  completion_date timestamptz,
  -- What the creator says of the progress, beside what is approved.
  progress int not null default 0 check (progress between 0 and 100),
  last_update text check (length(last_update) <= 5000),
  last_update_at timestamptz,
  work_notes text check (length(work_notes) <= 5000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint bookings_package_fkey foreign key (creator_id, package_id)
    references packages (creator_id, id),
  constraint bookings_campaign_fkey foreign key (campaign_id, brand_id)
    references campaigns (id, brand_id),
  constraint bookings_source_check check (num_nonnulls(package_id, application_id) = 1),
  constraint bookings_application_check
    check (application_id is null or campaign_id is not null),
  constraint bookings_amount_key unique (id, amount_cents, currency),
  constraint bookings_fee_check check (fee_cents between 0 and amount_cents),
  constraint bookings_timer_check
    check ((timer_step is null) = (timer_at is null)),
  constraint bookings_completion_check
    check ((state = 'completed') = (completion_date is not null)),
  constraint bookings_disputed_check
    check ((state = 'disputed') = (state_before is not null))
);
-- One unpaid booking of a package by a brand: a double tap books once.
create unique index bookings_one_open_key on bookings (brand_id, package_id)
  where state in ('requested', 'awaiting_payment');
create index bookings_brand on bookings (brand_id, id desc);
create index bookings_creator on bookings (creator_id, id desc);
create index bookings_package on bookings (package_id);
create index bookings_campaign on bookings (campaign_id)
  where campaign_id is not null;
create index bookings_timer on bookings (timer_at) where timer_at is not null;
create trigger bookings_touch before update on bookings
  for each row execute function touch_updated_at();

-- Every move that was made; append-only.
create table booking_log (
  id bigint generated always as identity primary key,
  booking_id bigint not null references bookings,
  act text not null,
  actor text not null,
  user_id bigint references users,
  from_state text not null,
  to_state text not null,
  note text check (length(note) <= 5000),
  at timestamptz not null default now()
);
create index booking_log_booking on booking_log (booking_id, id);

-- A side asks the other to cancel.  While it waits, the work's clock stands:
-- silence and due date go on from where they were.
create table cancel_requests (
  id bigint generated always as identity primary key,
  booking_id bigint not null references bookings,
  asked_by text not null check (asked_by in ('brand', 'creator')),
  user_id bigint not null references users,
  reason text check (length(reason) <= 5000),
  creator_cents bigint not null check (creator_cents >= 0), -- before our fee
  from_state text not null references booking_states,
  from_entered_at timestamptz not null,
  from_step int, -- of the timer that rang next
  asked_at timestamptz not null default now(),
  answer text check (answer in ('agreed', 'silence', 'refused', 'revoked', 'void')),
  answered_at timestamptz,
  constraint cancel_requests_answered_check
    check ((answer is null) = (answered_at is null))
);
create index cancel_requests_booking on cancel_requests (booking_id, id);
create unique index cancel_requests_open_key on cancel_requests (booking_id)
  where answer is null;

create table messages (
  id bigint generated always as identity primary key,
  sender_id bigint not null references users,
  receiver_id bigint not null references users,
  booking_id bigint references bookings,
  content text not null check (length(content) between 1 and 5000),
  attachment_url text check (length(attachment_url) <= 255),
  is_read boolean not null default false,
  client_id uuid, -- a retry of a send never doubles
  created_at timestamptz not null default now(),
  mailed_at timestamptz, -- when a letter told of it, or its receiver wanted none
  constraint messages_self_check check (sender_id <> receiver_id),
  constraint messages_client_key unique (sender_id, client_id)
);
create index messages_pair on messages
  (least(sender_id, receiver_id), greatest(sender_id, receiver_id), id desc);
create index messages_unread on messages (receiver_id, sender_id) where not is_read;
create index messages_booking on messages (booking_id) where booking_id is not null;

commit;
