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
-- Null leaves a column as it is, empty text empties it.
with changed as (
  update brand_profiles set
    company_name = coalesce($2::text, company_name),
    logo = nullif(coalesce($3::text, logo), ''),
    description = nullif(coalesce($4::text, description), ''),
    website = nullif(coalesce($5::text, website), ''),
    industry = nullif(coalesce($6::text, industry), ''),
    company_size = coalesce($7::text, company_size),
    location = nullif(coalesce($8::text, location), ''),
    social_links = coalesce($9::jsonb, social_links)
  where user_id = $1
  returning id)
select w.* from changed, brand_now(changed.id) w;

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
 order by s.saved_at desc, s.creator_id desc;

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
