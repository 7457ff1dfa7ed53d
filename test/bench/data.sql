-- data.sql: what the bench measures on, a pure function of its size.
--
--   psql -v creators=10000 -v brands=5000 -v packages=30000 -f data.sql
--
-- Twenty bookings a brand, ten notifications a user.  No booking has a timer
-- and none a posting, so the jobs leave all of it alone.
\set ON_ERROR_STOP on
begin;

create temp table words on commit drop as
select kind, array_agg(name order by name) as names
  from categories where name <> 'Other' group by kind;

-- Users 1 to :creators are creators, those after them brands.
insert into users (id, email, password_hash, user_type, created_at, updated_at)
select i, 'user' || i || '@bench.example', repeat('-', 60),
       case when i <= :creators then 'creator' else 'brand' end, at, at
  from generate_series(1, :creators + :brands) i,
       lateral (select timestamptz '2025-01-01Z' + i * interval '1 minute') t (at);

insert into creator_profiles (id, user_id, username, bio, location, categories,
  languages, social_links, follower_count, engagement_rate, rating_sum,
  rating_count, created_at, updated_at)
select i, i, 'creator_' || i,
       'Number ' || i || ' – "honest" reviews & more. ' || md5(i::text) || ' ' || md5(i || 'b'),
       (array['Harare', 'Bulawayo', 'Mutare', 'Gweru', 'Masvingo', 'Kwekwe',
              'Chinhoyi', 'Victoria Falls'])[1 + i % 8],
       array[names[1 + i % cardinality(names)]],
       array['English', (array['Shona', 'Ndebele'])[1 + i % 2]],
       jsonb_build_object((array['instagram', 'tiktok', 'youtube'])[1 + i % 3],
                          'https://social.example/creator_' || i),
       1000 + i::bigint * 7919 % 900000, i % 1000 / 100.0, i % 50 * 4, i % 50,
       timestamptz '2025-01-01Z' + i * interval '1 minute',
       timestamptz '2025-01-01Z' + i * interval '1 minute'
  from generate_series(1, :creators) i, words where kind = 'creator';

insert into brand_profiles (id, user_id, company_name, website, industry,
  location, created_at, updated_at)
select i, :creators + i, 'Company ' || i || ' (Pvt) Ltd',
       'https://company' || i || '.example', 'Retail', 'Harare',
       timestamptz '2025-02-01Z' + i * interval '1 minute',
       timestamptz '2025-02-01Z' + i * interval '1 minute'
  from generate_series(1, :brands) i;

-- One in twenty is off the market, one in ten in ZWG.
insert into packages (id, creator_id, title, description, price_cents, currency,
  duration_days, deliverables, category, revisions, instant, is_active,
  created_at, updated_at)
select i, 1 + i::bigint * 7927 % :creators,
       (array['Instagram reel', 'TikTok video', 'YouTube review', 'Story set',
              'Podcast mention'])[1 + i % 5] || ' no. ' || i,
       'What you get: ' || repeat(md5(i::text) || ' ', 8) || E'\nTerms & "conditions" apply.',
       1000 + i::bigint * 104729 % 199000,
       case when i % 10 = 7 then 'ZWG' else 'USD' end, 1 + i % 14,
       array['One ' || i % 7 || '-minute clip', 'Two pictures'],
       names[1 + i::bigint * 31 / 7 % cardinality(names)], i % 4, i % 3 <> 0,
       i % 20 <> 0, timestamptz '2025-03-01Z' + i * interval '1 minute',
       timestamptz '2025-03-01Z' + i * interval '1 minute'
  from generate_series(1, :packages) i, words where kind = 'package';

-- The j-th of a brand: 1499 is prime, so no brand books a package twice.
insert into bookings (id, package_id, creator_id, brand_id, state, amount_cents,
  fee_bp, fee_cents, currency, notes, payment_status, duration_days,
  revisions_allowed, entered_at, completion_date, created_at, updated_at)
select i, p.id, p.creator_id, brand, state, p.price_cents, 1000,
       (p.price_cents + 5) / 10, p.currency,
       'Notes for booking ' || i || ': ' || md5(i::text) || md5(i || 'b'),
       case when state in ('requested', 'awaiting_payment', 'expired')
            then 'pending' else 'paid' end,
       p.duration_days, p.revisions, at,
       case when state = 'completed' then at + interval '9 days' end, at, at
  from generate_series(1, :brands * 20) i,
       lateral (select 1 + (i - 1) % :brands, (i - 1) / :brands) b (brand, j),
       lateral (select (array['requested', 'awaiting_payment', 'accepted',
         'in_progress', 'delivered', 'completed', 'completed', 'completed',
         'completed', 'expired'])[1 + (brand + j) % 10]) s (state),
       lateral (select timestamptz '2025-04-01Z' + i * interval '30 seconds') t (at)
  join packages p on true
 where p.id = 1 + (brand * 7 + j * 1499) % :packages;

insert into notifications (user_id, type, title, message, is_read, action_url, created_at)
select 1 + (i - 1) % (:creators + :brands), 'booking', 'Booking paid: no. ' || i,
       'Company ' || i || ' paid USD 150.00. You can start the work.', i % 3 <> 0,
       '/bookings/' || i, timestamptz '2025-05-01Z' + i * interval '10 seconds'
  from generate_series(1, (:creators + :brands) * 10) i;

\o /dev/null
select setval(pg_get_serial_sequence(name, 'id'), top)
  from (values ('users', :creators + :brands), ('creator_profiles', :creators),
               ('brand_profiles', :brands), ('packages', :packages),
               ('bookings', :brands * 20)) s (name, top);
commit;
vacuum (analyze) users, creator_profiles, brand_profiles, packages, bookings,
  notifications;
