-- Deploy bantubuzz:wire to pg
-- requires: engine
-- requires: auth
-- What goes over the wire of each thing, once.  A dot in a name nests.
begin;

create view creator_wire as
select
  c.id, c.user_id, c.username, c.bio, c.profile_picture, c.portfolio_url, c.location,
  to_jsonb(c.categories) as categories, to_jsonb(c.languages) as languages,
  c.social_links, c.follower_count, c.engagement_rate, c.availability_status,
  c.success_stories, c.free_revisions, c.revision_fee_cents as revision_fee,
  to_jsonb(c.gallery) as gallery, c.created_at, c.updated_at, u.id as "user.id",
  u.user_type as "user.user_type", u.is_verified as "user.is_verified",
  u.created_at as "user.created_at"
  from creator_profiles c
  join users u on u.id = c.user_id;

create view brand_wire as
select
  b.id, b.user_id, b.company_name, b.logo, b.website, b.description, b.industry,
  b.location, b.company_size, b.social_links, b.verified_status, b.created_at,
  b.updated_at, u.id as "user.id", u.user_type as "user.user_type",
  u.is_verified as "user.is_verified", u.created_at as "user.created_at"
  from brand_profiles b
  join users u on u.id = b.user_id;

create view package_wire as
select
  p.id, p.creator_id, p.title, p.description, p.price_cents as price, p.currency,
  p.duration_days, to_jsonb(p.deliverables) as deliverables, p.category, p.is_active,
  p.revisions, p.instant, p.created_at, p.updated_at, c.id as "creator.id",
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
  c.updated_at as "creator.updated_at", u.id as "creator.user.id",
  u.user_type as "creator.user.user_type", u.is_verified as "creator.user.is_verified",
  u.created_at as "creator.user.created_at"
  from packages p
  join creator_profiles c on c.id = p.creator_id
  join users u on u.id = c.user_id;

create view booking_wire as
select
  b.id, b.package_id, b.creator_id, b.brand_id, b.campaign_id, b.state,
  s.status as status, b.payment_status, b.amount_cents as amount, b.fee_cents as fee,
  b.amount_cents - b.fee_cents as payout, b.currency, b.notes, b.payment_reference,
  b.due_at, b.revisions_allowed, b.revisions_used, b.created_at as booking_date,
  b.completion_date, b.created_at, b.updated_at, p.id as "package.id",
  p.creator_id as "package.creator_id", p.title as "package.title",
  p.description as "package.description", p.price_cents as "package.price",
  p.currency as "package.currency", p.duration_days as "package.duration_days",
  to_jsonb(p.deliverables) as "package.deliverables", p.category as "package.category",
  p.is_active as "package.is_active", p.revisions as "package.revisions",
  p.instant as "package.instant", p.created_at as "package.created_at",
  p.updated_at as "package.updated_at", c.id as "creator.id",
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
  k.id as "campaign.id", k.title as "campaign.title", k.status as "campaign.status"
  from bookings b
  join booking_states s on s.state = b.state
  left join packages p on p.id = b.package_id
  join creator_profiles c on c.id = b.creator_id
  join users cu on cu.id = c.user_id
  join brand_profiles br on br.id = b.brand_id
  join users bu on bu.id = br.user_id
  left join campaigns k on k.id = b.campaign_id;

create view user_wire as
select id, email, user_type, is_verified, is_active, last_login, created_at, updated_at
  from users;

create view creator_account as
select
  u.id as "user.id", u.email as "user.email", u.user_type as "user.user_type",
  u.is_verified as "user.is_verified", u.is_active as "user.is_active",
  u.last_login as "user.last_login", u.created_at as "user.created_at",
  u.updated_at as "user.updated_at", w.id as "profile.id",
  w.user_id as "profile.user_id", w.username as "profile.username",
  w.bio as "profile.bio", w.profile_picture as "profile.profile_picture",
  w.portfolio_url as "profile.portfolio_url", w.location as "profile.location",
  w.categories as "profile.categories", w.languages as "profile.languages",
  w.social_links as "profile.social_links",
  w.follower_count as "profile.follower_count",
  w.engagement_rate as "profile.engagement_rate",
  w.availability_status as "profile.availability_status",
  w.success_stories as "profile.success_stories",
  w.free_revisions as "profile.free_revisions",
  w.revision_fee as "profile.revision_fee", w.gallery as "profile.gallery",
  w.created_at as "profile.created_at", w.updated_at as "profile.updated_at"
  from user_wire u
  join creator_wire w on w.user_id = u.id;

create view brand_account as
select
  u.id as "user.id", u.email as "user.email", u.user_type as "user.user_type",
  u.is_verified as "user.is_verified", u.is_active as "user.is_active",
  u.last_login as "user.last_login", u.created_at as "user.created_at",
  u.updated_at as "user.updated_at", w.id as "profile.id",
  w.user_id as "profile.user_id", w.company_name as "profile.company_name",
  w.logo as "profile.logo", w.website as "profile.website",
  w.description as "profile.description", w.industry as "profile.industry",
  w.location as "profile.location", w.company_size as "profile.company_size",
  w.social_links as "profile.social_links",
  w.verified_status as "profile.verified_status", w.created_at as "profile.created_at",
  w.updated_at as "profile.updated_at"
  from user_wire u
  join brand_wire w on w.user_id = u.id;

create view admin_account as
select
  u.id as "user.id", u.email as "user.email", u.user_type as "user.user_type",
  u.is_verified as "user.is_verified", u.is_active as "user.is_active",
  u.last_login as "user.last_login", u.created_at as "user.created_at",
  u.updated_at as "user.updated_at", null::bigint as "profile.id"
  from user_wire u
 where u.user_type = 'admin';

-- Each says a thing as it is after the statement's own changes, which a scan
-- of the same statement would not see.
create function user_now(wanted bigint) returns setof user_wire
language plpgsql volatile rows 1 as $$
begin
  return query select w.* from user_wire w where w.id = wanted;
end
$$;
create function creator_now(wanted bigint) returns setof creator_wire
language plpgsql volatile rows 1 as $$
begin
  return query select w.* from creator_wire w where w.id = wanted;
end
$$;
create function brand_now(wanted bigint) returns setof brand_wire
language plpgsql volatile rows 1 as $$
begin
  return query select w.* from brand_wire w where w.id = wanted;
end
$$;
create function package_now(wanted bigint) returns setof package_wire
language plpgsql volatile rows 1 as $$
begin
  return query select w.* from package_wire w where w.id = wanted;
end
$$;
create function booking_now(wanted bigint) returns setof booking_wire
language plpgsql volatile rows 1 as $$
begin
  return query select w.* from booking_wire w where w.id = wanted;
end
$$;
create function creator_account_now(wanted bigint) returns setof creator_account
language plpgsql volatile rows 1 as $$
begin
  return query select w.* from creator_account w where w."user.id" = wanted;
end
$$;
create function brand_account_now(wanted bigint) returns setof brand_account
language plpgsql volatile rows 1 as $$
begin
  return query select w.* from brand_account w where w."user.id" = wanted;
end
$$;
create function admin_account_now(wanted bigint) returns setof admin_account
language plpgsql volatile rows 1 as $$
begin
  return query select w.* from admin_account w where w."user.id" = wanted;
end
$$;

-- One's own profile, locked, where another package has room; refuses else.
create function creator_with_room(caller bigint) returns setof creator_profiles
language plpgsql rows 1 as $$
declare
  c creator_profiles;
begin
  select * into c from creator_profiles x where x.user_id = caller for update;
  if (select count(*) from packages p where p.creator_id = c.id and p.deleted_at is null)
     >= setting('packages_max') then
    perform refuse(409, 'too_many_packages', format(
      'You have %s packages, the most one may have. Delete one first',
      setting('packages_max')));
  end if;
  return next c;
end
$$;

commit;
