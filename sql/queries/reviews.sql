-- reviews: what the two sides of a booking say of each other.

-- name: review_create
-- args: user_id bigint, booking_id bigint, rating bigint, title text null,
--   comment text, communication_rating bigint null, quality_rating bigint null,
--   professionalism_rating bigint null, timeliness_rating bigint null,
--   would_recommend bool null
-- returns: @review
select w.*
  from review_create($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) r (id), review_now(r.id) w;

-- name: review_get
-- args: id bigint, user_id bigint
-- returns: @review
-- reads
-- Its writer sees it while it is hidden too.
select w.* from review_wire w
 where w.id = $1
   and (w.visible_at is not null
        or $2 = case w.side when 'brand' then w."brand.user_id"
                            else w."creator.user_id" end);

-- name: review_respond
-- args: user_id bigint, id bigint, response text
-- returns: @review
select w.* from review_respond($1, $2, $3) r (id), review_now(r.id) w;

-- name: review_of_creator
-- args: id bigint, size bigint, start bigint
-- returns: total bigint, average_ratings json, @review
-- reads
-- No row for who is no creator.
with one as (
  select c.id, c.rating_sum, c.rating_count from creator_profiles c
    join users u on u.id = c.user_id
   where c.id = $1 and u.is_active
), paged as (
  select r.id from reviews r
   where r.creator_id = $1 and r.side = 'brand' and r.visible_at is not null
   order by r.id desc limit $2 offset $3
)
select one.rating_count::bigint as total,
       average_ratings('brand', one.id, one.rating_sum, one.rating_count)
         as average_ratings, w.*
  from one
  left join paged p on true
  left join review_wire w on w.id = p.id
 order by p.id desc;

-- name: review_of_brand
-- args: id bigint, size bigint, start bigint
-- returns: total bigint, average_ratings json, @review
-- reads
-- No row for who is no brand.
with one as (
  select b.id, b.rating_sum, b.rating_count from brand_profiles b
    join users u on u.id = b.user_id
   where b.id = $1 and u.is_active
), paged as (
  select r.id from reviews r
   where r.brand_id = $1 and r.side = 'creator' and r.visible_at is not null
   order by r.id desc limit $2 offset $3
)
select one.rating_count::bigint as total,
       average_ratings('creator', one.id, one.rating_sum, one.rating_count)
         as average_ratings, w.*
  from one
  left join paged p on true
  left join review_wire w on w.id = p.id
 order by p.id desc;

-- name: review_by_brand
-- args: user_id bigint, size bigint, start bigint
-- returns: total bigint, @review
-- reads
with mine as not materialized (
  select r.id from reviews r
   where r.side = 'brand'
     and r.brand_id = (select b.id from brand_profiles b where b.user_id = $1)
), counted as (
  select count(*) as total from (select from mine limit setting('total_max')) m
), paged as (
  select m.id from mine m order by m.id desc limit $2 offset $3
)
select t.total, w.* from counted t
  left join paged p on true
  left join review_wire w on w.id = p.id
 order by p.id desc;
