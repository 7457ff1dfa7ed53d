-- analytics: what was seen, earned and spent.

-- name: dashboard_of_creator
-- args: user_id bigint, currency text, days bigint
-- returns: currency text, days bigint, total_bookings bigint, total_earnings money,
--   active_bookings bigint, completed_bookings bigint, total_packages bigint,
--   profile_views bigint, package_views bigint, saves bigint, conversion_rate numeric,
--   response_time_s bigint, average_rating numeric, total_reviews int
-- reads
-- conversion_rate: paid bookings a hundred package views of these days.
-- response_time_s: the median, from a request to its answer.
with mine as (
  select c.id, c.rating_sum, c.rating_count from creator_profiles c where c.user_id = $1
), booked as (
  select count(*) as total, count(*) filter (where s.is_paid) as active,
         count(*) filter (where b.state = 'completed') as completed,
         count(*) filter (where b.payment_status in ('paid', 'refunded')
           and b.created_at > now() - make_interval(days => ($3::bigint)::int)) as lately
    from bookings b join booking_states s on s.state = b.state
   where b.creator_id = (select m.id from mine m)
), seen as (
  select coalesce(sum(a.views) filter (where a.entity_type = 'profile'), 0) as profile,
         coalesce(sum(a.views) filter (where a.entity_type = 'package'), 0) as package
    from analytics a
   where a.user_id = $1 and a.counted_on > house_day(now()) - ($3::bigint)::int
)
select $2::text as currency, $3::bigint as days, k.total as total_bookings,
       (select coalesce(sum(d.cents), 0)::bigint from money_days d
         where d.user_id = $1 and d.way = 'earned' and d.currency = $2) as total_earnings,
       k.active as active_bookings, k.completed as completed_bookings,
       (select count(*) from packages p where p.creator_id = m.id
         and p.deleted_at is null) as total_packages,
       v.profile as profile_views, v.package as package_views,
       (select count(*) from saved_creators x where x.creator_id = m.id) as saves,
       round(100.0 * least(k.lately, v.package) / nullif(v.package, 0), 2)
         as conversion_rate,
       (select percentile_cont(0.5) within group (
                 order by extract(epoch from l.at - b.created_at))::bigint
          from bookings b
          join booking_log l on l.booking_id = b.id
         where b.creator_id = m.id and l.from_state = 'requested' and l.actor = 'creator'
           and l.act in ('accept', 'decline')
           -- read once, not a row
           and l.at > now() - (select setting_span('response_s'))) as response_time_s,
       coalesce(round(m.rating_sum::numeric / nullif(m.rating_count, 0), 2), 0)
         as average_rating,
       m.rating_count as total_reviews
  from mine m, booked k, seen v;

-- name: dashboard_of_brand
-- args: user_id bigint, currency text, days bigint
-- returns: currency text, days bigint, total_campaigns bigint, total_spending money,
--   total_bookings bigint, active_bookings bigint, completed_bookings bigint,
--   campaign_views bigint, saved_creators bigint
-- reads
with mine as (
  select b.id from brand_profiles b where b.user_id = $1
), booked as (
  select count(*) as total, count(*) filter (where s.is_paid) as active,
         count(*) filter (where b.state = 'completed') as completed
    from bookings b join booking_states s on s.state = b.state
   where b.brand_id = (select m.id from mine m)
)
select $2::text as currency, $3::bigint as days,
       (select count(*) from campaigns c where c.brand_id = m.id) as total_campaigns,
       (select coalesce(sum(d.cents), 0)::bigint from money_days d
         where d.user_id = $1 and d.way = 'spent' and d.currency = $2) as total_spending,
       k.total as total_bookings, k.active as active_bookings,
       k.completed as completed_bookings,
       (select coalesce(sum(a.views), 0) from analytics a
         where a.user_id = $1 and a.entity_type = 'campaign'
           and a.counted_on > house_day(now()) - ($3::bigint)::int) as campaign_views,
       (select count(*) from saved_creators x where x.brand_id = m.id) as saved_creators
  from mine m, booked k;

-- name: earnings_by_day
-- args: user_id bigint, days bigint, currency text
-- returns: date date, amount money
-- reads
select d.day as date, coalesce(m.cents, 0)::bigint as amount
  from last_days($2::bigint) d (day)
  left join money_days m on m.user_id = $1 and m.way = 'earned' and m.currency = $3
                        and m.day = d.day
 order by d.day;

-- name: spending_by_day
-- args: user_id bigint, days bigint, currency text
-- returns: date date, amount money
-- reads
-- Below zero on a day when more came back than went out.
select d.day as date, coalesce(m.cents, 0)::bigint as amount
  from last_days($2::bigint) d (day)
  left join money_days m on m.user_id = $1 and m.way = 'spent' and m.currency = $3
                        and m.day = d.day
 order by d.day;

-- name: views_by_day
-- args: user_id bigint, days bigint
-- returns: date date, profile bigint, package bigint, campaign bigint
-- reads
with sums as (
  select a.counted_on as day,
         sum(a.views) filter (where a.entity_type = 'profile') as profile,
         sum(a.views) filter (where a.entity_type = 'package') as package,
         sum(a.views) filter (where a.entity_type = 'campaign') as campaign
    from analytics a
   where a.user_id = $1 and a.counted_on > house_day(now()) - ($2::bigint)::int
   group by a.counted_on
)
select d.day as date, coalesce(s.profile, 0) as profile,
       coalesce(s.package, 0) as package, coalesce(s.campaign, 0) as campaign
  from last_days($2::bigint) d (day)
  left join sums s on s.day = d.day
 order by d.day;

-- name: view_count
-- args: user_id bigint, address text, agent text, entity_type text, entity_id bigint
-- returns: owner bigint
select v.owner from view_count($1, $2, $3, $4, $5) v (owner) where v.owner is not null;
