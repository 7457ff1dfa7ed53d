-- brands: their public pages, and one's own.

-- name: brand_get
-- args: id bigint
-- returns: @brand
-- reads
select w.* from brand_wire w
 where w.id = $1
   and exists (select from users u where u.id = w.user_id and u.is_active);

-- name: brand_own
-- args: user_id bigint
-- returns: @brand
-- reads
select w.* from brand_wire w where w.user_id = $1;

-- name: brand_update
-- args: user_id bigint, company_name text null, logo text null, description text null,
--   website text null, industry text null, company_size text null, location text null,
--   social_links json null
-- returns: @brand
select w.*
  from brand_change($1, $2, $3, $4, $5, $6, $7, $8, $9) b, brand_now(b.id) w;

-- name: creator_saved
-- args: user_id bigint
-- returns: @creator
-- reads
-- No page: those who may be saved are few.  Who left is left out.
select w.*
  from saved_creators s
  join creator_wire w on w.id = s.creator_id
 where s.brand_id = (select b.id from brand_profiles b where b.user_id = $1)
   and exists (select from users u where u.id = w.user_id and u.is_active)
 order by s.saved_at desc, s.creator_id desc
 limit setting('saved_max');

-- name: creator_save
-- args: user_id bigint, creator_id bigint
-- returns: fresh bool
select s.fresh from creator_save($1, $2) s (fresh) where s.fresh is not null;

-- name: creator_unsave
-- args: user_id bigint, creator_id bigint
-- returns: creator_id bigint
delete from saved_creators s
 using brand_profiles b
 where b.user_id = $1 and s.brand_id = b.id and s.creator_id = $2
returning s.creator_id;
