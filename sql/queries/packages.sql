-- packages: what creators sell.

-- name: package_find
-- args: category text null, platform text null, location text null, language text null,
--   min_followers bigint null, max_followers bigint null, min_price bigint null,
--   max_price bigint null, min_rating bigint null, max_days bigint null,
--   creator_id bigint null, currency text null, search text null, sort text,
--   after_key bigint null, after_id bigint null, size bigint, start bigint
-- returns: total bigint, next_key bigint, next_id bigint, @package
-- reads
select f.total, f.next_key, f.next_id, w.*
  from packages_find($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
                     $16, $17, $18) f
  left join package_wire w on w.id = f.package_id
 order by f.n;

-- name: package_facets
-- args: category text null, platform text null, location text null, language text null,
--   min_followers bigint null, max_followers bigint null, min_price bigint null,
--   max_price bigint null, min_rating bigint null, max_days bigint null,
--   creator_id bigint null, currency text null, search text null
-- returns: total bigint, complete bool, categories json, platforms json, places json,
--   prices json
-- reads
select total, complete, categories, platforms, places, prices
  from packages_facets($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: package_own
-- args: user_id bigint
-- returns: @package
-- reads
select w.* from package_wire w
 where w.creator_id = (select c.id from creator_profiles c where c.user_id = $1)
   and w.id in (select p.id from packages p where p.deleted_at is null)
 order by w.id desc
 limit setting('packages_max');

-- name: package_get
-- args: id bigint, user_id bigint
-- returns: @package, "review_stats.average_rating" numeric,
--   "review_stats.total_reviews" int
-- reads
-- Its creator sees it while it is off the market too.  Brands have rated their
-- bookings of this very package.
select w.*, coalesce(round(p.rating_sum::numeric / nullif(p.rating_count, 0), 2), 0)
         as "review_stats.average_rating",
       p.rating_count as "review_stats.total_reviews"
  from package_wire w
  join packages p on p.id = w.id
 where w.id = $1
   and case when w."creator.user_id" = $2 then p.deleted_at is null
            else w.is_active and exists (
              select from users u where u.id = w."creator.user_id" and u.is_active) end;

-- name: package_quote
-- args: id bigint
-- returns: price money, fee money, payout money, total money, currency text, instant bool
-- reads
-- What booking it now would lock: the fee is off the price, so that the whole
-- is the price.
select p.price_cents as price, q.fee, p.price_cents - q.fee as payout,
       p.price_cents as total, p.currency, p.instant
  from packages p
  join creator_profiles c on c.id = p.creator_id
  join users u on u.id = c.user_id
 cross join lateral (
   select round(p.price_cents * setting('fee_bp') / 10000.0)::bigint as fee) q
 where p.id = $1 and p.is_active and u.is_active;

-- name: package_create
-- args: user_id bigint, title text, description text, price money, currency text null,
--   duration_days bigint, deliverables json null, category text,
--   revisions bigint null, instant bool null
-- returns: @package
with made as (
  insert into packages (creator_id, title, description, price_cents, currency,
    duration_days, deliverables, category, revisions, instant)
  select c.id, $2, $3, $4, coalesce($5, 'USD'), $6::bigint,
         coalesce((select array_agg(x) from jsonb_array_elements_text($7::jsonb) x), '{}'),
         $8, coalesce($9::bigint, c.free_revisions), coalesce($10, true)
    from creator_with_room($1) c
  returning id)
select w.* from made, package_now(made.id) w;

-- name: package_update
-- args: user_id bigint, id bigint, title text null, description text null,
--   price money null, currency text null, duration_days bigint null,
--   deliverables json null, category text null, revisions bigint null,
--   instant bool null, is_active bool null
-- returns: @package
with changed as (
  update packages p set
    title = coalesce($3, p.title),
    description = coalesce($4, p.description),
    price_cents = coalesce($5, p.price_cents),
    currency = coalesce($6, p.currency),
    duration_days = coalesce($7::bigint, p.duration_days),
    deliverables = coalesce((select array_agg(x) from jsonb_array_elements_text($8::jsonb) x),
                            case when $8 is null then p.deliverables else '{}' end),
    category = coalesce($9, p.category),
    revisions = coalesce($10::bigint, p.revisions),
    instant = coalesce($11, p.instant),
    is_active = coalesce($12, p.is_active)
  from creator_profiles c
  where p.id = $2 and c.id = p.creator_id and c.user_id = $1 and p.deleted_at is null
  returning p.id)
select w.* from changed, package_now(changed.id) w;

-- name: package_delete
-- args: user_id bigint, id bigint
-- returns: id bigint
-- The row stays: bookings show what was booked.
update packages p set is_active = false, deleted_at = now()
  from creator_profiles c
 where p.id = $2 and c.id = p.creator_id and c.user_id = $1 and p.deleted_at is null
returning p.id;
