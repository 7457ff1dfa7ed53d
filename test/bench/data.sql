-- data.sql: what is measured on, a pure function of its size and the day.
--
--   psql -U postgres -v creators=10000 -v brands=5000 -v packages=30000 -f data.sql
--
-- Every brand has twenty bookings and most have little else; the last brand
-- and the last creator are busy: a share of everything is theirs, so what is
-- their own grows with the data.  No booking has a timer and no payment a poll
-- to come, so the jobs leave all of it alone.
--
-- As superuser: what triggers and foreign keys would do row by row is done, or
-- right, by construction.  Indexes are made when the rows are there.
\set ON_ERROR_STOP on
\o /dev/null
begin;
set local session_replication_role = replica;
set local maintenance_work_mem = '256MB';
set local work_mem = '64MB';
set local jit = off;

create temp table put_off on commit drop as
select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made_by
  from pg_index i join pg_class c on c.oid = i.indrelid
 where c.relnamespace = 'public'::regnamespace
   and not exists (select from pg_constraint k where k.conindid = i.indexrelid);
select format('drop index %s', name) from put_off \gexec

create temp table words on commit drop as
select kind, array_agg(name order by name) as names
  from categories where name <> 'Other' group by kind;

-- A name of three syllables out of 64,000.
create function pg_temp.a_name(n bigint) returns text
language sql immutable
return (select initcap(string_agg(part, '' order by place))
          from (select place, substr('bcdfghjkmnprstvwz', 1 + k % 17, 1)
                           || substr('aeiou', 1 + k / 17 % 5, 1)
                  from (values (1, (n * 2654435761 % 40)::int),
                               (2, (n / 40 * 40503 % 40 + 17)::int),
                               (3, (n / 1600 * 2246822519 % 40 + 34)::int)) p (place, k)) s (place, part));

-- Users 1 to :creators are creators, those after them brands.
insert into users (id, email, password_hash, user_type, created_at, updated_at)
select i, 'user' || i || '@bench.example', repeat('-', 60),
       case when i <= :creators then 'creator' else 'brand' end, at, at
  from generate_series(1, :creators + :brands) i,
       lateral (select timestamptz '2025-01-01Z' + i * interval '1 minute') t (at);

-- One in a thousand has ended within the hour; the busy two have been
-- everywhere.
insert into sessions (id, user_id, rotates, address, user_agent, last_used_at,
  expires_at, ended_at, end_reason)
select md5(i::text)::uuid, case when i > :creators + :brands
         then case when i % 2 = 0 then :creators else :creators + :brands end else i end,
       i % 2 = 0, '192.0.2.' || i % 250, 'Bench/1.0 (Linux; rv ' || i || ')',
       now() - i * interval '1 second', now() + interval '20 days',
       case when i % 1000 = 999 then now() - interval '10 minutes' end,
       case when i % 1000 = 999 then 'logout' end
  from generate_series(1, :creators + :brands + :brands / 20) i;

-- The j-th of a brand: 1499 is prime, so no brand books a package twice.
-- Behind those the busy brand's, then the busy creator's, whose packages are
-- the first hundred.
create temp table booked on commit drop as
select i, brand, package, at,
       (array['requested', 'awaiting_payment', 'accepted', 'in_progress',
              'delivered', 'completed', 'completed', 'completed', 'completed',
              'expired'])[1 + (brand + j) % 10] as state,
       -- in a campaign: the busy brand's last, or the brand's own
       case when i > :brands * 20 and i <= :brands * 20 + :brands / 2
              then case when j % 5 = 0 then :brands + :brands / 20 end
            when j = 0 and brand % 2 = 0 then brand end::bigint as campaign
  from (select i, 1 + (i - 1) % :brands, (i - 1) / :brands,
               1 + ((1 + (i - 1) % :brands) * 7 + (i - 1) / :brands * 1499) % :packages
          from generate_series(1, :brands * 20) i
        union all
        select :brands * 20 + k, :brands, 20 + k, 101 + k % (:packages - 100)
          from generate_series(1, :brands / 2) k
        union all
        select :brands * 20 + :brands / 2 + k, 1 + k % :brands, 21 + k / :brands * 10,
               1 + k % 100
          from generate_series(1, :brands / 2) k) b (i, brand, j, package),
       lateral (select timestamptz '2025-04-01Z' + i * interval '30 seconds') t (at);

-- One in twenty is off the market, one in ten in ZWG.
insert into packages (id, creator_id, title, description, price_cents, currency,
  duration_days, deliverables, category, revisions, instant, is_active,
  booked_count, created_at, updated_at)
select i, case when i <= 100 then :creators else 1 + i::bigint * 7927 % :creators end,
       (array['Instagram reel', 'TikTok video', 'YouTube review', 'Story set',
              'Podcast mention'])[1 + i % 5] || ' for ' || pg_temp.a_name(i::bigint * 31 % (:packages / 3))
              || ' no. ' || i,
       'What you get: ' || repeat(md5(i::text) || ' ', 8) || E'\nTerms & "conditions" apply.',
       1000 + i::bigint * 104729 % 199000,
       case when i % 10 = 7 then 'ZWG' else 'USD' end, 1 + i % 14,
       array['One ' || i % 7 || '-minute clip', 'Two pictures'],
       names[1 + i::bigint * 31 / 7 % cardinality(names)], i % 4, i % 3 <> 0,
       i % 20 <> 0, coalesce(k.n, 0), timestamptz '2025-03-01Z' + i * interval '1 minute',
       timestamptz '2025-03-01Z' + i * interval '1 minute'
  from generate_series(1, :packages) i
  join words on kind = 'package'
  left join (select package, count(*) as n from booked
              where state not in ('requested', 'awaiting_payment', 'expired')
              group by package) k on k.package = i;

insert into bookings (id, package_id, creator_id, brand_id, campaign_id, state,
  amount_cents, fee_bp, fee_cents, currency, notes, payment_status, duration_days,
  due_at, revisions_allowed, title, expected_deliverables, entered_at,
  completion_date, created_at, updated_at)
select b.i, p.id, p.creator_id, b.brand, b.campaign, b.state, p.price_cents, 1000,
       (p.price_cents + 5) / 10, p.currency,
       'Notes for booking ' || b.i || ': ' || md5(b.i::text) || md5(b.i || 'b'),
       case when paid then 'paid' else 'pending' end, p.duration_days,
       case when paid then b.at + p.duration_days * interval '1 day' end,
       p.revisions, p.title, p.deliverables, b.at,
       case when b.state = 'completed' then b.at + interval '9 days' end, b.at, b.at
  from booked b join packages p on p.id = b.package,
       lateral (select b.state not in ('requested', 'awaiting_payment', 'expired')) s (paid)
 order by b.i;
analyze bookings;

-- A brand's own campaign has its number; the busy brand has more.
insert into campaigns (id, brand_id, title, description, objectives, budget_cents,
  start_date, end_date, status, category, created_at, updated_at)
select i, least(i, :brands), 'Campaign ' || i || ' of ' || pg_temp.a_name(i),
       'What we plan: ' || repeat(md5(i::text) || ' ', 8), 'Be seen in every town', 5000 + i % 1000 * 100,
       at, at + interval '60 days',
       (array['draft', 'active', 'active', 'active', 'completed', 'cancelled'])[1 + i % 6],
       names[1 + i % cardinality(names)], at, at
  from generate_series(1, :brands + :brands / 20) i
  join words on kind = 'campaign',
       lateral (select timestamptz '2025-03-01Z' + i * interval '5 minutes') t (at);
insert into campaign_packages (campaign_id, package_id, booking_id)
select campaign_id, package_id, id from bookings where campaign_id is not null;

-- Five a campaign; one creator in five wants to be in the busy brand's last.
insert into campaign_applications (id, campaign_id, creator_id, status,
  application_message, proposed_price_cents, currency, deliverables)
select i, campaign, creator, case when i % 4 = 0 then 'rejected' else 'pending' end,
       'Let me tell your story: ' || md5(i::text), 5000 + i % 300 * 100, 'USD', array['One reel']
  from (select i, 1 + (i - 1) / 5 as campaign,
               1 + ((i - 1) / 5 * 31 + (i - 1) % 5 * 1499) % :creators as creator
          from generate_series(1, (:brands + :brands / 20 - 1) * 5) i
        union all
        select (:brands + :brands / 20 - 1) * 5 + k, :brands + :brands / 20, k * 5
          from generate_series(1, :creators / 5) k) a;

-- ---- work, and what was said of it ----

insert into booking_log (booking_id, act, actor, from_state, to_state, at)
select b.id, l.act, l.actor, l.from_state, l.to_state, now() - b.id % 200 * interval '1 day'
  from bookings b
  join packages p on p.id = b.package_id,
       lateral (values
         ('accept', 'creator', 'requested', 'awaiting_payment', not p.instant),
         ('paid', 'gateway', 'awaiting_payment', 'accepted', true)) l
           (act, actor, from_state, to_state, wanted)
 where l.wanted and b.due_at is not null;
insert into deliverables (booking_id, title, url, state, submitted_at, approved_at)
select b.id, 'Clip ' || n, 'https://work.example/' || b.id || '/' || n,
       case when b.state = 'completed' then 'approved' else 'submitted' end, b.created_at,
       case when b.state = 'completed' then b.completion_date end
  from bookings b, generate_series(1, 2) n where b.state in ('delivered', 'completed');
insert into revision_requests (deliverable_id, booking_id, notes)
select d.id, d.booking_id, 'Brighter, please' from deliverables d where d.id % 7 = 0;

-- The brand of each completed booking and every second creator; one in fifty
-- is hidden yet, but not for so long that a chore shows it.
insert into reviews (booking_id, side, brand_id, creator_id, rating, title, comment,
  communication_rating, quality_rating, visible_at, created_at)
select b.id, s.side, b.brand_id, b.creator_id, 3 + b.id % 3, 'Work no. ' || b.id,
       'Said of it: ' || md5(b.id::text), 3 + b.id % 3, 5 - b.id % 3,
       case when b.id % 50 <> 0 then b.completion_date end, now()
  from bookings b, unnest(array['brand', 'creator']) s (side)
 where b.state = 'completed' and (s.side = 'brand' or b.id % 2 = 0);
update packages p set rating_sum = s.sum, rating_count = s.count
  from (select b.package_id, sum(r.rating), count(*)
          from reviews r join bookings b on b.id = r.booking_id
         where r.side = 'brand' and r.visible_at is not null group by 1) s
 where p.id = s.package_id;
insert into rating_sums (side, profile_id, part, sum, count)
select r.side, case r.side when 'brand' then r.creator_id else r.brand_id end, v.part,
       sum(v.rating), count(*)
  from reviews r,
       lateral (values ('communication', r.communication_rating),
                       ('quality', r.quality_rating)) v (part, rating)
 where r.visible_at is not null group by 1, 2, 3;

insert into brand_profiles (id, user_id, company_name, website, industry, location,
  rating_sum, rating_count, created_at, updated_at)
select i, :creators + i, 'Company ' || i || ' (Pvt) Ltd',
       'https://company' || i || '.example', 'Retail', 'Harare', coalesce(r.sum, 0),
       coalesce(r.count, 0), timestamptz '2025-02-01Z' + i * interval '1 minute',
       timestamptz '2025-02-01Z' + i * interval '1 minute'
  from generate_series(1, :brands) i
  left join (select brand_id, sum(rating), count(*) from reviews
              where side = 'creator' and visible_at is not null group by 1) r
    on r.brand_id = i;

-- A creator is called by two names; there are more of them as there are more
-- creators.
insert into creator_profiles (id, user_id, username, bio, location, categories,
  languages, social_links, follower_count, engagement_rate, rating_sum,
  rating_count, booked_count, cheapest_cents, fastest_days, created_at, updated_at)
select i, i, pg_temp.a_name(i % 3000) || pg_temp.a_name(3000 + i::bigint * 7919 % (:creators / 4 + 500))
             || '_' || to_hex(i),
       'Number ' || i || ' – "honest" reviews & more. ' || md5(i::text) || ' ' || md5(i || 'b'),
       (array['Harare', 'Bulawayo', 'Mutare', 'Gweru', 'Masvingo', 'Kwekwe',
              'Chinhoyi', 'Victoria Falls'])[1 + i % 8],
       array[names[1 + i % cardinality(names)]],
       array['English', (array['Shona', 'Ndebele'])[1 + i % 2]],
       jsonb_build_object((array['instagram', 'tiktok', 'youtube'])[1 + i % 3],
                          'https://social.example/creator_' || i),
       1000 + i::bigint * 7919 % 900000, i % 1000 / 100.0, coalesce(r.sum, 0),
       coalesce(r.count, 0), coalesce(b.n, 0), p.cents, p.days,
       timestamptz '2025-01-01Z' + i * interval '1 minute',
       timestamptz '2025-01-01Z' + i * interval '1 minute'
  from generate_series(1, :creators) i
  join words on kind = 'creator'
  left join (select creator_id, sum(rating), count(*) from reviews
              where side = 'brand' and visible_at is not null group by 1) r
    on r.creator_id = i
  left join (select creator_id, count(*) as n from bookings
              where payment_status = 'paid' group by 1) b on b.creator_id = i
  left join (select creator_id, min(price_cents) as cents, min(duration_days) as days
               from packages where is_active group by 1) p on p.creator_id = i;
insert into search_terms (word)
select distinct w.word
  from (select texts_text(name_text(username), location, texts_text(variadic categories),
                          texts_text(variadic languages)) from creator_profiles
        union all
        select texts_text(title, category) from packages) t (texts),
       regexp_split_to_table(t.texts, ' ') w (word)
 where w.word ~ '^[[:alpha:]]{4,30}$';

insert into saved_creators (brand_id, creator_id, saved_at)
select brand, 1 + (brand * 13 + n * 1499::bigint) % :creators, now() - n * interval '1 hour'
  from generate_series(1, :brands) brand,
       generate_series(1, case when brand = :brands then least(500, :creators) else 5 end) n
on conflict do nothing;
insert into uploads (user_id, kind, name, state)
select i, case when i % 2 = 0 then 'avatar' else 'attachment' end, md5(i || 'u')::uuid, 'kept'
  from generate_series(1, :creators) i;
insert into upload_readers (upload_id, user_id)
select u.id, :creators + 1 + u.id % :brands from uploads u where u.kind = 'attachment';

-- ---- what was written, told and seen ----

-- One a booking, by either side in turn; the busy two write to each other as
-- often as all bookings of theirs.
insert into messages (sender_id, receiver_id, booking_id, content, is_read, created_at)
select case when k % 2 = 0 then brand else creator end,
       case when k % 2 = 0 then creator else brand end, booking,
       'About our work, line ' || k || ': ' || md5(k::text), k % 10 <> 0,
       timestamptz '2025-06-01Z' + k * interval '5 seconds'
  from (select b.id, b.creator_id, :creators + b.brand_id, case when b.id % 3 = 0 then b.id end
          from bookings b
        union all
        select :brands * 21 + k, :creators, :creators + :brands, null
          from generate_series(1, :brands) k
        order by 1) m (k, creator, brand, booking);
insert into conversations (user_id, other_id, last_message_id)
select p.me, p.other, max(m.id)
  from messages m,
       lateral (values (m.sender_id, m.receiver_id), (m.receiver_id, m.sender_id)) p (me, other)
 group by p.me, p.other;

-- Ten a user, and as many as there are brands to the busy two.
insert into notifications (user_id, type, title, message, is_read, action_url, created_at)
select case when i <= (:creators + :brands) * 10 then 1 + (i - 1) % (:creators + :brands)
            when i % 2 = 0 then :creators else :creators + :brands end,
       'booking', 'Booking paid: no. ' || i,
       'Company ' || i || ' paid USD 150.00. You can start the work.', i % 3 <> 0,
       '/bookings/' || i, timestamptz '2025-05-01Z' + i * interval '10 seconds'
  from generate_series(1, (:creators + :brands) * 10 + :brands * 2) i;

-- Profiles and campaigns on every tenth day of the last hundred, each package
-- on two; the busy creator's on all.
insert into analytics (user_id, entity_type, entity_id, counted_on, views)
select i, 'profile', i, house_day(now()) - n * 10, 1 + i % 9
  from generate_series(1, :creators) i, generate_series(0, 9) n
union all
select p.creator_id, 'package', p.id, house_day(now()) - n, 1 + n % 9
  from packages p,
       generate_series(0, 99, case when p.creator_id = :creators then 1 else 60 end) n
union all
select :creators + k.brand_id, 'campaign', k.id, house_day(now()) - n * 10, 1 + n
  from campaigns k, generate_series(0, 9) n;

-- ---- money ----

insert into payments (id, booking_id, merchant_trace, return_token, amount_cents,
  currency, method, state, poll_url, paid_at, created_at)
select b.id, b.id, md5(b.id::text), md5(b.id || 'r')::uuid, b.amount_cents, b.currency,
       'paynow', 'paid', 'https://paynow.example/poll/' || b.id,
       b.created_at, b.created_at
  from bookings b where b.due_at is not null;

-- A creator's and a brand's in each currency, ours, and one a paid booking.
insert into accounts (kind, currency, user_id, booking_id)
select k.kind, c.currency, null::bigint, null::bigint
  from unnest(array['USD', 'ZWG']) c (currency), unnest(array['gateway', 'platform_fee']) k (kind)
union all
select case when i <= :creators then 'creator_payable' else 'brand_balance' end, c.currency, i, null
  from generate_series(1, :creators + :brands) i, unnest(array['USD', 'ZWG']) c (currency)
union all
select 'held', b.currency, null, b.id from bookings b where b.due_at is not null;
analyze accounts;

-- A booking of every tenth brand, the busy one too, was paid from its balance,
-- which an earlier payment had filled; completed ones are released.
create temp table moved on commit drop as
select row_number() over (order by b.id, m.act desc) as entry, b.id as booking, m.act, m.key,
       b.currency, b.amount_cents as cents, b.fee_cents as fee,
       now() - (b.id % 400 + m.later) * interval '1 day' as at, b.brand_id, b.creator_id
  from bookings b,
       lateral (values ('to_balance', 'paid:' || b.id, b.brand_id % 10 = 0, 9),
                       ('hold_from_balance', 'balance:' || b.id, b.brand_id % 10 = 0, 8),
                       ('hold', 'paid:' || b.id, b.brand_id % 10 <> 0, 9),
                       ('release', 'released:' || b.id, b.state = 'completed', 0))
         m (act, key, wanted, later)
 where b.due_at is not null and m.wanted;
insert into ledger_entries (id, key, act, booking_id, payment_id, created_at)
overriding system value
select entry, key, act, booking, case when key like 'paid:%' then booking end, at
  from moved order by entry;
insert into ledger_postings (entry_id, account_id, currency, cents)
select m.entry, a.id, m.currency, p.cents
  from moved m,
       lateral (values
         (array['to_balance', 'hold'], 'gateway', 0, 0, -m.cents),
         (array['to_balance'], 'brand_balance', :creators + m.brand_id, 0, m.cents),
         (array['hold_from_balance'], 'brand_balance', :creators + m.brand_id, 0, -m.cents),
         (array['hold', 'hold_from_balance'], 'held', 0, m.booking, m.cents),
         (array['release'], 'held', 0, m.booking, -m.cents),
         (array['release'], 'creator_payable', m.creator_id, 0, m.cents - m.fee),
         (array['release'], 'platform_fee', 0, 0, m.fee)) p (acts, kind, owner, held, cents)
  join accounts a on a.kind = p.kind and coalesce(a.user_id, 0) = p.owner
                 and coalesce(a.booking_id, 0) = p.held
 where m.act = any (p.acts) and a.currency = m.currency;

insert into money_days (user_id, way, currency, day, cents)
select case m.act when 'release' then m.creator_id else :creators + m.brand_id end,
       case m.act when 'release' then 'earned' else 'spent' end, m.currency, house_day(m.at),
       sum(m.cents - case m.act when 'release' then m.fee else 0 end)
  from moved m where m.act <> 'to_balance' group by 1, 2, 3, 4;

select made_by from put_off order by name \gexec
select setval(pg_get_serial_sequence(name, 'id'), top)
  from (values ('users', :creators + :brands), ('creator_profiles', :creators),
               ('brand_profiles', :brands), ('packages', :packages),
               ('bookings', :brands * 21), ('payments', :brands * 21),
               ('campaigns', :brands + :brands / 20),
               ('campaign_applications', (:brands + :brands / 20) * 5 + :creators / 5),
               ('ledger_entries', (select max(entry) from moved))) s (name, top);
commit;
vacuum (analyze);
