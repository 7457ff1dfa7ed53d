-- Deploy bantubuzz:work to pg
-- requires: campaigns
-- Work on a booking: pieces sent in, changes asked, consent to cancel.  All of
-- it moves by the one table of moves; a collaboration is a paid booking.
begin;

insert into settings (name, value, unit, about) values
  ('consent_s', 259200, 's', 'Silence agrees to a cancellation asked after'),
  ('cancel_asks_max', 3, 'count', 'Cancellations that one side may ask of a booking'),
  ('deliverables_max', 50, 'count', 'Deliverables that a booking may have');

insert into notices (name, type, title, message, subject, letter) values
('cancel_asked_by_brand', 'collaboration', '{brand} asks to cancel {package}',
 '{brand} asks to cancel {package}: {note} You would get {share}. Agree or refuse; after {consent_days} days of silence it counts as agreed.',
 '{brand} asks to cancel {package}',
 'Hello,

{brand} asks to cancel "{package}":

{note}

You would get {share}, and {back} would go back to {brand}. Please agree or refuse. After {consent_days} days of silence it counts as agreed.

-> Answer: {site}{url}'),
('cancel_asked_by_creator', 'collaboration', '{creator} asks to cancel {package}',
 '{creator} asks to cancel {package}: {note} {back} would go back to your balance. Agree or refuse; after {consent_days} days of silence it counts as agreed.',
 '{creator} asks to cancel {package}',
 'Hello,

{creator} asks to cancel "{package}":

{note}

{back} would go back to your BantuBuzz balance. Please agree or refuse. After {consent_days} days of silence it counts as agreed.

-> Answer: {site}{url}'),
('cancel_refused', 'collaboration', 'Not cancelled: {package}',
 'The other side did not agree to cancel {package}. The work goes on.', null, null),
('cancel_revoked', 'collaboration', '{package} goes on',
 'The wish to cancel {package} was taken back. The work goes on.', null, null),
('cancel_agreed_brand', 'payment', 'Cancelled: {back} is on your balance',
 'The booking of {package} is cancelled as was asked. {back} is on your BantuBuzz balance.',
 'Cancelled: {package}',
 'Hello,

The booking of "{package}" is cancelled as was asked. {back} is on your BantuBuzz balance.

-> Open the booking: {site}{url}'),
('cancel_agreed_creator', 'payment', 'Cancelled: {share} is yours',
 'The booking of {package} is cancelled as was asked. {share} is on your BantuBuzz balance. Please do no further work on it.',
 'Cancelled: {package}',
 'Hello,

The booking of "{package}" is cancelled as was asked. {share} is on your BantuBuzz balance. Please do no further work on it.

-> Open the booking: {site}{url}'),
('deliverable_sent', 'collaboration', '{creator} sent work on {package}',
 '{creator} sent {note} for {package}.', null, null),
('deliverable_approved', 'collaboration', '{brand} approved a piece of {package}',
 '{brand} approved {note}.', null, null);

-- ---- states and moves ----

insert into booking_states (state, status, is_paid, is_open) values
  ('cancel_asked', 'in_progress', true, false);

insert into booking_moves
  (from_state, act, actor, to_state, guard, posting, brand_notice, creator_notice)
values
  ('accepted', 'submit', 'creator', 'in_progress', null, 'none', 'deliverable_sent', null),
  ('in_progress', 'submit', 'creator', 'in_progress', null, 'none', 'deliverable_sent', null),
  ('delivered', 'submit', 'creator', 'delivered', null, 'none', 'deliverable_sent', null),
  ('revision', 'submit', 'creator', 'revision', null, 'none', 'deliverable_sent', null),
  ('accepted', 'progress', 'creator', 'in_progress', null, 'none', 'work_started', null),
  ('in_progress', 'progress', 'creator', 'in_progress', null, 'none', null, null),
  ('delivered', 'progress', 'creator', 'delivered', null, 'none', null, null),
  ('revision', 'progress', 'creator', 'revision', null, 'none', null, null),

  ('in_progress', 'approve_piece', 'brand', 'in_progress', null, 'none', null, 'deliverable_approved'),
  ('delivered', 'approve_piece', 'brand', 'delivered', null, 'none', null, 'deliverable_approved'),
  ('revision', 'approve_piece', 'brand', 'revision', null, 'none', null, 'deliverable_approved'),
  ('in_progress', 'ask_change', 'brand', 'in_progress', 'revisions_left', 'none', null, 'revision_asked'),
  ('delivered', 'ask_change', 'brand', 'revision', 'revisions_left', 'none', null, 'revision_asked'),
  ('revision', 'ask_change', 'brand', 'revision', 'revisions_left', 'none', null, 'revision_asked'),

  ('accepted', 'approve', 'brand', 'completed', null, 'release', null, 'work_approved'),
  ('in_progress', 'approve', 'brand', 'completed', null, 'release', null, 'work_approved'),

  ('in_progress', 'ask_cancel', 'brand', 'cancel_asked', null, 'none', null, 'cancel_asked_by_brand'),
  ('in_progress', 'ask_cancel', 'creator', 'cancel_asked', null, 'none', 'cancel_asked_by_creator', null),
  ('delivered', 'ask_cancel', 'brand', 'cancel_asked', null, 'none', null, 'cancel_asked_by_brand'),
  ('delivered', 'ask_cancel', 'creator', 'cancel_asked', null, 'none', 'cancel_asked_by_creator', null),
  ('revision', 'ask_cancel', 'brand', 'cancel_asked', null, 'none', null, 'cancel_asked_by_brand'),
  ('revision', 'ask_cancel', 'creator', 'cancel_asked', null, 'none', 'cancel_asked_by_creator', null),
  ('cancel_asked', 'agree', 'brand', 'cancelled', 'other', 'split', 'cancel_agreed_brand', 'cancel_agreed_creator'),
  ('cancel_asked', 'agree', 'creator', 'cancelled', 'other', 'split', 'cancel_agreed_brand', 'cancel_agreed_creator'),
  ('cancel_asked', 'agree', 'timer', 'cancelled', null, 'split', 'cancel_agreed_brand', 'cancel_agreed_creator'),
  ('cancel_asked', 'refuse', 'brand', null, 'other', 'none', null, 'cancel_refused'),
  ('cancel_asked', 'refuse', 'creator', null, 'other', 'none', 'cancel_refused', null),
  ('cancel_asked', 'revoke', 'brand', null, 'asker', 'none', null, 'cancel_revoked'),
  ('cancel_asked', 'revoke', 'creator', null, 'asker', 'none', 'cancel_revoked', null),

  ('cancel_asked', 'paid', 'gateway', 'cancel_asked', null, 'to_balance', 'money_on_balance', null),
  ('cancel_asked', 'refunded', 'gateway', 'cancelled', null, 'gateway_refund', 'gateway_refunded', 'booking_cancelled'),
  ('cancel_asked', 'disputed', 'gateway', 'disputed', null, 'none', 'payment_disputed', 'payment_disputed'),
  ('cancel_asked', 'dispute_lifted', 'gateway', 'cancel_asked', null, 'none', null, null);

insert into booking_timers (state, step, act, base, after) values
  ('cancel_asked', 1, 'agree', 'entered', 'consent_s');

-- ---- what is asked and sent ----

create table deliverables (
  id bigint generated always as identity primary key,
  booking_id bigint not null references bookings,
  title text not null check (length(title) between 1 and 200),
  url text not null check (length(url) between 1 and 500),
  description text check (length(description) <= 2000),
  type text check (length(type) <= 50),
  state text not null
    check (state in ('draft', 'submitted', 'revision_asked', 'approved')),
  revision_notes text check (length(revision_notes) <= 5000), -- the last
  revision_requested_at timestamptz,
  submitted_at timestamptz not null default now(), -- the version that stands
  approved_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint deliverables_approved_check
    check ((state = 'approved') = (approved_at is not null))
);
create index deliverables_booking on deliverables (booking_id, id);
create trigger deliverables_touch before update on deliverables
  for each row execute function touch_updated_at();

-- Every change that was asked of a deliverable; append-only.
create table revision_requests (
  id bigint generated always as identity primary key,
  deliverable_id bigint not null references deliverables,
  booking_id bigint not null references bookings,
  notes text not null check (length(notes) between 1 and 5000),
  requested_at timestamptz not null default now()
);
create index revision_requests_booking on revision_requests (booking_id, id);
create index revision_requests_deliverable on revision_requests (deliverable_id);
create trigger revision_requests_append_only before update or delete or truncate
  on revision_requests for each statement execute function refuse_change();

-- ---- what the engine asks ----

-- Our fee on a share of the creator's: rounded once, half up.
create function share_fee(cents bigint, bp int) returns bigint
language sql immutable parallel safe
return (round(cents * bp / 10000.0))::bigint;

create function cancel_params(booking bigint) returns jsonb
language sql stable
return coalesce((
  select jsonb_build_object(
           'share', money_text(r.creator_cents - share_fee(r.creator_cents, b.fee_bp), b.currency),
           'back', money_text(b.amount_cents - r.creator_cents, b.currency),
           'consent_days', setting('consent_s') / 86400)
    from cancel_requests r join bookings b on b.id = r.booking_id
   where r.booking_id = booking order by r.id desc limit 1), '{}');

-- Notes what a side asks, before the booking leaves its state.
create function cancel_open(b bookings, side text, by_user bigint, said text,
  share bigint) returns void
language plpgsql as $$
begin
  if share > b.amount_cents then
    raise exception using errcode = 'BB422', message = 'share_too_big',
      detail = 'The creator''s share cannot be more than the amount',
      column = 'creator_share';
  end if;
  if (select count(*) from cancel_requests r
       where r.booking_id = b.id and r.asked_by = side) >= setting('cancel_asks_max') then
    perform refuse(409, 'too_many_cancel_requests', format(
      'You have asked to cancel this booking %s times already', setting('cancel_asks_max')));
  end if;
  insert into cancel_requests (booking_id, asked_by, user_id, reason, creator_cents,
    from_state, from_entered_at, from_step)
  values (b.id, side, by_user, said, coalesce(share, 0), b.state, b.entered_at, b.timer_step);
end
$$;

-- What a move of the whole says of its pieces.
create function deliverables_follow(booking bigint, wanted_act text, said text)
returns void
language plpgsql as $$
begin
  case wanted_act
  when 'deliver' then
    update deliverables set state = 'submitted', submitted_at = now()
     where booking_id = booking and state in ('draft', 'revision_asked');
  when 'ask_revision' then
    insert into revision_requests (deliverable_id, booking_id, notes)
    select d.id, booking, said from deliverables d
     where d.booking_id = booking and d.state = 'submitted' and said is not null
     order by d.id;
    update deliverables set state = 'revision_asked', revision_notes = said,
           revision_requested_at = now()
     where booking_id = booking and state = 'submitted';
  when 'approve' then
    update deliverables set state = 'approved', approved_at = now()
     where booking_id = booking and state <> 'approved';
  else
    null;
  end case;
end
$$;

-- How a side cancels as the booking stands; null: not at all.  The brand's
-- right to cancel late work goes before asking.
create function cancel_act(b bookings, side text) returns text
language sql stable
return (
  select m.act from booking_moves m
   where m.from_state = b.state and m.actor = side
     and (m.act in ('withdraw', 'cancel', 'ask_cancel')
          or m.act = 'cancel_late'
             and now() >= b.due_at + setting_span('cancel_late_s'))
   order by array_position(array['withdraw', 'cancel', 'cancel_late', 'ask_cancel'], m.act)
   limit 1);

-- ---- collaborations ----

-- The first version's three words for the status of a paid booking.
create function collaboration_status(status text) returns text
language sql immutable parallel safe
return (case when status in ('accepted', 'in_progress') then 'in_progress'
             when status = 'completed' then 'completed' else 'cancelled' end);

create function deliverable_json(d deliverables) returns json
language sql stable
return (json_build_object('id', d.id, 'title', d.title, 'url', d.url,
  'description', d.description, 'type', d.type, 'state', d.state,
  'status', case d.state when 'approved' then 'approved'
                         when 'revision_asked' then 'revision_requested'
                         else 'pending_review' end,
  'submitted_at', wire_time(d.submitted_at), 'approved_at', wire_time(d.approved_at),
  'revision_notes', d.revision_notes,
  'revision_requested_at', wire_time(d.revision_requested_at)));

-- A change within the package's number costs nothing.
create function revision_json(wanted bigint) returns json
language sql stable
return (
  select json_build_object('deliverable_id', r.deliverable_id,
           'deliverable_title', d.title, 'notes', r.notes,
           'requested_at', wire_time(r.requested_at), 'is_paid', false, 'fee', 0.00)
    from revision_requests r join deliverables d on d.id = r.deliverable_id
   where r.id = wanted);

-- A booking whose money came in; its due date tells.
create view collaboration_wire as
select
  b.id, case when b.campaign_id is null then 'package' else 'campaign' end as collaboration_type,
  b.application_id as campaign_application_id, b.id as booking_id, b.brand_id, b.creator_id,
  b.title,
  coalesce(p.description, k.description) as description,
  b.amount_cents as amount, b.currency, b.state, collaboration_status(s.status) as status,
  case when b.state = 'completed' then 100
       else greatest(b.progress, least(100, 100 * (
              select count(*) from deliverables d
               where d.booking_id = b.id and d.state = 'approved')::int
            / greatest(cardinality(b.expected_deliverables), 1)))
  end as progress_percentage,
  to_jsonb(b.expected_deliverables) as deliverables,
  (select coalesce(json_agg(deliverable_json(d) order by d.id), '[]') from deliverables d
    where d.booking_id = b.id and d.state in ('submitted', 'approved')
  ) as submitted_deliverables,
  (select coalesce(json_agg(deliverable_json(d) order by d.id), '[]') from deliverables d
    where d.booking_id = b.id and d.state in ('draft', 'revision_asked')
  ) as draft_deliverables,
  (select coalesce(json_agg(revision_json(r.id) order by r.id), '[]')
     from (select x.id from revision_requests x where x.booking_id = b.id
            order by x.id desc limit 20) r) as revision_requests, -- the last ones
  b.revisions_allowed, b.revisions_used as total_revisions_used, 0 as paid_revisions,
  (select json_build_object('requested_by', r.asked_by, 'user_id', r.user_id,
            'reason', r.reason, 'requested_at', wire_time(r.asked_at),
            'status', case when r.answer is null then 'pending'
                           when r.answer = 'refused' then 'rejected' else 'approved' end,
            'creator_share', (r.creator_cents / 100.0)::numeric(20, 2))
     from cancel_requests r
    where r.booking_id = b.id
      and (r.answer is null or r.answer in ('agreed', 'silence', 'refused'))
    order by r.id desc limit 1) as cancellation_request,
  coalesce((select min(l.at) from booking_log l
             where l.booking_id = b.id and l.act in ('paid', 'pay_from_balance')),
           b.created_at) as start_date,
  b.due_at as expected_completion_date, b.completion_date as actual_completion_date,
  b.last_update_at as last_update_date, b.work_notes as notes, b.last_update,
  b.created_at, b.updated_at, c.id as "creator.id",
  c.user_id as "creator.user_id", c.username as "creator.username",
  c.bio as "creator.bio", c.profile_picture as "creator.profile_picture",
  c.portfolio_url as "creator.portfolio_url", c.location as "creator.location",
  to_jsonb(c.categories) as "creator.categories",
  to_jsonb(c.languages) as "creator.languages", c.social_links as "creator.social_links",
  c.follower_count as "creator.follower_count",
  c.engagement_rate as "creator.engagement_rate",
  c.availability_status as "creator.availability_status",
  c.success_stories as "creator.success_stories",
  c.free_revisions as "creator.free_revisions",
  c.revision_fee_cents as "creator.revision_fee",
  to_jsonb(c.gallery) as "creator.gallery", c.created_at as "creator.created_at",
  c.updated_at as "creator.updated_at", cu.id as "creator.user.id",
  cu.user_type as "creator.user.user_type", cu.is_verified as "creator.user.is_verified",
  cu.created_at as "creator.user.created_at", br.id as "brand.id",
  br.user_id as "brand.user_id", br.company_name as "brand.company_name",
  br.logo as "brand.logo", br.website as "brand.website",
  br.description as "brand.description", br.industry as "brand.industry",
  br.location as "brand.location", br.company_size as "brand.company_size",
  br.social_links as "brand.social_links", br.verified_status as "brand.verified_status",
  br.created_at as "brand.created_at", br.updated_at as "brand.updated_at",
  bu.id as "brand.user.id", bu.user_type as "brand.user.user_type",
  bu.is_verified as "brand.user.is_verified", bu.created_at as "brand.user.created_at",
  case when a.id is not null then json_build_object('id', a.id,
    'campaign_id', a.campaign_id, 'creator_id', a.creator_id, 'status', a.status,
    'application_message', a.application_message,
    'proposed_price', (a.proposed_price_cents / 100.0)::numeric(20, 2),
    'deliverables', a.deliverables, 'applied_at', wire_time(a.applied_at),
    'updated_at', wire_time(a.updated_at)) end as campaign_application,
  b.id as "booking.id", b.package_id as "booking.package_id",
  b.creator_id as "booking.creator_id", b.brand_id as "booking.brand_id",
  b.campaign_id as "booking.campaign_id", b.state as "booking.state",
  s.status as "booking.status", b.payment_status as "booking.payment_status",
  b.amount_cents as "booking.amount", b.fee_cents as "booking.fee",
  b.amount_cents - b.fee_cents as "booking.payout", b.currency as "booking.currency",
  b.notes as "booking.notes", b.payment_reference as "booking.payment_reference",
  b.due_at as "booking.due_at", b.revisions_allowed as "booking.revisions_allowed",
  b.revisions_used as "booking.revisions_used", b.created_at as "booking.booking_date",
  b.completion_date as "booking.completion_date", b.created_at as "booking.created_at",
  b.updated_at as "booking.updated_at"
  from bookings b
  join booking_states s on s.state = b.state
  join creator_profiles c on c.id = b.creator_id
  join users cu on cu.id = c.user_id
  join brand_profiles br on br.id = b.brand_id
  join users bu on bu.id = br.user_id
  left join packages p on p.id = b.package_id
  left join campaigns k on k.id = b.campaign_id
  left join campaign_applications a on a.id = b.application_id
 where b.due_at is not null;

create function collaboration_now(wanted bigint) returns setof collaboration_wire
language plpgsql volatile rows 1 as $$
begin
  return query select w.* from collaboration_wire w where w.id = wanted;
end
$$;

create function deliverable_now(wanted bigint) returns json
language plpgsql volatile as $$
begin
  return (select deliverable_json(d) from deliverables d where d.id = wanted);
end
$$;
create function revision_now(wanted bigint) returns json
language plpgsql volatile as $$
begin
  return revision_json(wanted);
end
$$;

-- Which side of a collaboration a user is; null for a stranger, and before it
-- is paid.
create function collaboration_side(caller bigint, booking bigint) returns text
language sql stable
return (
  select booking_side(caller, b.id) from bookings b
   where b.id = booking and b.due_at is not null);

-- An act by a side of a collaboration; null where there is none of his.
create function collaboration_act(caller bigint, booking bigint, wanted_act text,
  said text, session uuid) returns bigint
language plpgsql as $$
begin
  if collaboration_side(caller, booking) is null then
    return null;
  end if;
  return booking_act(caller, booking, wanted_act, said, session);
end
$$;

-- Delivered, as soon as all that is expected is sent in and no change is open.
create function deliver_if_whole(booking bigint) returns void
language plpgsql as $$
begin
  if (select b.state in ('in_progress', 'revision')
             and count(*) filter (where d.state in ('submitted', 'approved'))
                 >= greatest(cardinality(b.expected_deliverables), 1)
             and count(*) filter (where d.state = 'revision_asked') = 0
        from bookings b join deliverables d on d.booking_id = b.id
       where b.id = booking group by b.id) then
    perform booking_move(booking, 'deliver', 'creator', (
      select cp.user_id from bookings b join creator_profiles cp on cp.id = b.creator_id
       where b.id = booking), null, null);
  end if;
end
$$;

/*
 * A piece of work.  It is the next version of version, or else of what has the
 * same title and was sent back for a change (or is a draft that is now handed
 * in); otherwise another one.  Gives its id; null where there is no such
 * collaboration of the caller's.
 */
create function deliverable_add(caller bigint, booking bigint, as_draft boolean,
  version bigint, its_title text, its_url text, said text, kind text, session uuid)
returns bigint
language plpgsql as $$
declare
  made bigint;
  before deliverables;
  target text := case when as_draft then 'draft' else 'submitted' end;
begin
  perform session_check(session);
  if collaboration_side(caller, booking) is distinct from 'creator' then
    return null;
  end if;
  -- the booking's lock is held from here on
  perform booking_move(booking, 'submit', 'creator', caller, its_title, null);
  select * into before from deliverables d
   where d.booking_id = booking
     and case when version is not null then d.id = version
              else lower(d.title) = lower(its_title)
                   and (d.state = 'revision_asked' or not as_draft and d.state = 'draft') end
   order by d.id limit 1;
  if version is not null and before.id is null then
    perform refuse(404, 'deliverable_not_found', 'There is no such deliverable');
  elsif before.state in ('submitted', 'approved') then
    perform refuse(409, 'not_sent_back', 'No change was asked of this deliverable');
  elsif before.id is not null then
    update deliverables d set title = its_title, url = its_url, description = said,
           type = kind, state = target, submitted_at = now()
     where d.id = before.id
    returning d.id into made;
  else
    if (select count(*) from deliverables d where d.booking_id = booking)
       >= setting('deliverables_max') then
      perform refuse(409, 'too_many_deliverables', format(
        'A booking has %s deliverables at most', setting('deliverables_max')));
    end if;
    insert into deliverables (booking_id, title, url, description, type, state)
    values (booking, its_title, its_url, said, kind, target)
    returning id into made;
  end if;
  if not as_draft then
    perform deliver_if_whole(booking);
  end if;
  return made;
end
$$;

-- One of the booking's, behind the booking's lock.  Null: no such.
create function deliverable_lock(booking bigint, deliverable bigint) returns deliverables
language plpgsql as $$
declare
  d deliverables;
begin
  perform from bookings b where b.id = booking for update;
  select * into d from deliverables x
   where x.id = deliverable and x.booking_id = booking;
  return d;
end
$$;

-- Again is no error: it is approved.
create function deliverable_approve(caller bigint, booking bigint, deliverable bigint,
  session uuid) returns bigint
language plpgsql as $$
declare
  d deliverables;
begin
  perform session_check(session);
  if collaboration_side(caller, booking) is distinct from 'brand' then
    return null;
  end if;
  d := deliverable_lock(booking, deliverable);
  if d.id is null then
    return null;
  end if;
  if d.state <> 'approved' then
    perform booking_move(booking, 'approve_piece', 'brand', caller, d.title, null);
    update deliverables x set state = 'approved', approved_at = now() where x.id = d.id;
    perform deliver_if_whole(booking);
  end if;
  return booking;
end
$$;

-- Asks a change of one; gives the request's id.
create function deliverable_revise(caller bigint, booking bigint, deliverable bigint,
  said text, session uuid) returns bigint
language plpgsql as $$
declare
  d deliverables;
  made bigint;
begin
  perform session_check(session);
  if collaboration_side(caller, booking) is distinct from 'brand' then
    return null;
  end if;
  d := deliverable_lock(booking, deliverable);
  if d.id is null then
    return null;
  end if;
  if d.state in ('approved', 'revision_asked') then
    perform refuse(409, 'wrong_state', format(
      'This cannot be done while the deliverable is %s',
      case d.state when 'approved' then 'approved' else 'being changed' end));
  end if;
  perform booking_move(booking, 'ask_change', 'brand', caller, said, null);
  update deliverables x set state = 'revision_asked', revision_notes = said,
         revision_requested_at = now()
   where x.id = d.id;
  insert into revision_requests (deliverable_id, booking_id, notes)
  values (d.id, booking, said)
  returning id into made;
  return made;
end
$$;

create function collaboration_progress(caller bigint, booking bigint, percent int,
  said text, noted text, session uuid) returns bigint
language plpgsql as $$
begin
  perform session_check(session);
  if collaboration_side(caller, booking) is distinct from 'creator' then
    return null;
  end if;
  perform booking_move(booking, 'progress', 'creator', caller, said, null);
  update bookings set progress = coalesce(percent, progress),
         last_update = coalesce(said, last_update),
         work_notes = coalesce(noted, work_notes), last_update_at = now()
   where id = booking;
  return booking;
end
$$;

-- Cancels where one side may, and asks the other where work has begun.
create function collaboration_cancel(caller bigint, booking bigint, said text,
  share bigint, session uuid) returns bigint
language plpgsql as $$
declare
  side text := collaboration_side(caller, booking);
  b bookings;
  wanted_act text;
begin
  perform session_check(session);
  if side is null then
    return null;
  end if;
  select * into b from bookings where id = booking for update;
  wanted_act := coalesce(cancel_act(b, side), (
    select m.act from booking_moves m
     where m.from_state = b.state and m.actor = side and m.act = 'decline'));
  if wanted_act is null then
    perform refuse(409, 'wrong_state', format(
      'This cannot be done while the booking is %s', replace(b.state, '_', ' ')));
  end if;
  perform booking_move(booking, wanted_act, side, caller, said, null, share);
  return booking;
end
$$;

-- ---- who may ----

revoke execute on function share_fee(bigint, int),
  cancel_params(bigint), cancel_open(bookings, text, bigint, text, bigint),
  deliverables_follow(bigint, text, text),
  cancel_act(bookings, text),
  collaboration_status(text), deliverable_json(deliverables),
  revision_json(bigint), collaboration_now(bigint), deliverable_now(bigint),
  revision_now(bigint), collaboration_side(bigint, bigint),
  collaboration_act(bigint, bigint, text, text, uuid), deliver_if_whole(bigint),
  deliverable_add(bigint, bigint, boolean, bigint, text, text, text, text, uuid),
  deliverable_lock(bigint, bigint), deliverable_approve(bigint, bigint, bigint, uuid),
  deliverable_revise(bigint, bigint, bigint, text, uuid),
  collaboration_progress(bigint, bigint, int, text, text, uuid),
  collaboration_cancel(bigint, bigint, text, bigint, uuid) from public;
grant execute on function share_fee(bigint, int),
  cancel_params(bigint), cancel_open(bookings, text, bigint, text, bigint),
  deliverables_follow(bigint, text, text),
  cancel_act(bookings, text),
  collaboration_status(text), deliverable_json(deliverables),
  revision_json(bigint), collaboration_now(bigint), deliverable_now(bigint),
  revision_now(bigint), collaboration_side(bigint, bigint),
  collaboration_act(bigint, bigint, text, text, uuid), deliver_if_whole(bigint),
  deliverable_add(bigint, bigint, boolean, bigint, text, text, text, text, uuid),
  deliverable_lock(bigint, bigint), deliverable_approve(bigint, bigint, bigint, uuid),
  deliverable_revise(bigint, bigint, bigint, text, uuid),
  collaboration_progress(bigint, bigint, int, text, text, uuid),
  collaboration_cancel(bigint, bigint, text, bigint, uuid) to bantubuzz_worker;

grant select on cancel_requests, deliverables, revision_requests, collaboration_wire
  to bantubuzz_worker;
grant insert, update on cancel_requests, deliverables to bantubuzz_worker;
grant insert on revision_requests to bantubuzz_worker;
-- Not what people wrote, nor where their work lies.
grant select (id, booking_id, asked_by, user_id, creator_cents, from_state, asked_at,
  answer, answered_at) on cancel_requests to bantubuzz_reader;
grant select (id, booking_id, state, revision_requested_at, submitted_at, approved_at,
  created_at, updated_at) on deliverables to bantubuzz_reader;
grant select (id, deliverable_id, booking_id, requested_at) on revision_requests
  to bantubuzz_reader;

commit;
