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
