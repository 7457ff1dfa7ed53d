-- creators: their public pages, and one's own.

-- name: creator_find
-- args: category text null, platform text null, location text null, language text null,
--   min_followers bigint null, max_followers bigint null, min_price bigint null,
--   max_price bigint null, min_rating bigint null, max_days bigint null,
--   search text null, sort text, after_key bigint null, after_id bigint null,
--   size bigint, start bigint
-- returns: total bigint, next_key bigint, next_id bigint, @creator,
--   "review_stats.average_rating" numeric, "review_stats.total_reviews" int,
--   cheapest_package_price money
-- reads
select f.total, f.next_key, f.next_id, w.*,
       coalesce(round(c.rating_sum::numeric / nullif(c.rating_count, 0), 2), 0)
         as "review_stats.average_rating",
       c.rating_count as "review_stats.total_reviews",
       c.cheapest_cents as cheapest_package_price
  from creators_find($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
                     $16) f
  left join creator_wire w on w.id = f.creator_id
  left join creator_profiles c on c.id = f.creator_id
 order by f.n;

-- name: creator_facets
-- args: category text null, platform text null, location text null, language text null,
--   min_followers bigint null, max_followers bigint null, min_price bigint null,
--   max_price bigint null, min_rating bigint null, max_days bigint null,
--   search text null
-- returns: total bigint, complete bool, categories json, platforms json, places json,
--   prices json
-- reads
select total, complete, categories, platforms, places, prices
  from creators_facets($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: creator_get
-- args: id bigint
-- returns: @creator
-- reads
select w.* from creator_wire w
 where w.id = $1
   and exists (select from users u where u.id = w.user_id and u.is_active);

-- name: creator_own
-- args: user_id bigint
-- returns: @creator
-- reads
select w.* from creator_wire w where w.user_id = $1;

-- name: creator_update
-- args: user_id bigint, username text null, bio text null, portfolio_url text null,
--   location text null, categories json null, languages json null,
--   social_links json null, follower_count bigint null, engagement_rate numeric null,
--   availability_status text null, success_stories text null, free_revisions bigint null,
--   revision_fee money null, profile_picture text null
-- returns: @creator
select w.*
  from creator_change($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) c,
       creator_now(c.id) w;
