-- campaigns: what brands plan, who applies, and what is put into them.

-- name: campaign_of_brand
-- args: user_id bigint, status text null, size bigint, start bigint
-- returns: total bigint, @campaign
-- reads
with mine as not materialized (
  select k.id from campaigns k
   where k.brand_id = (select x.id from brand_profiles x where x.user_id = $1)
     and k.deleted_at is null
     and ($2::text is null or k.status = $2)
), counted as (
  select count(*) as total from (select from mine limit setting('total_max')) m
), paged as (
  select m.id from mine m order by m.id desc limit $3 offset $4
)
select t.total, w.* from counted t
  left join paged p on true
  left join campaign_wire w on w.id = p.id
 order by p.id desc;

-- name: campaign_browse
-- args: user_id bigint, category text null, size bigint, start bigint
-- returns: total bigint, @campaign, has_applied bool
-- reads
with hits as not materialized (
  select k.id from campaigns k
   where k.status = 'active' and k.deleted_at is null
     and ($2::text is null or k.category = $2)
     and k.brand_id <> all ((select hidden_brands())::bigint[])
), counted as (
  select count(*) as total from (select from hits limit setting('total_max')) h
), paged as (
  select h.id from hits h order by h.id desc limit $3 offset $4
)
select t.total, w.*,
       exists (select from campaign_applications a
                where a.campaign_id = p.id
                  and a.creator_id = (select c.id from creator_profiles c
                                       where c.user_id = $1)) as has_applied
  from counted t
  left join paged p on true
  left join campaign_wire w on w.id = p.id
 order by p.id desc;

-- name: campaign_get
-- args: user_id bigint, id bigint
-- returns: @campaign
-- reads
select w.* from campaign_wire w where w.id = $2 and campaign_shown($2, $1);

-- name: campaign_packages
-- args: user_id bigint, id bigint, size bigint, start bigint
-- returns: total bigint, count bigint, @package, booking_id bigint
-- reads
-- In the order in which they came in; no row where there is no such campaign.
select t.total, t.total as count, w.*,
       case when $1 in (w."creator.user_id", (
         select b.user_id from campaigns k join brand_profiles b on b.id = k.brand_id
          where k.id = $2)) then p.booking_id end as booking_id
  from (select count(*) as total from (
          select from campaign_packages x where x.campaign_id = $2
           limit setting('total_max')) x) t
  left join (select x.id, x.package_id, x.booking_id from campaign_packages x
              where x.campaign_id = $2 order by x.id limit $3 offset $4) p on true
  left join package_wire w on w.id = p.package_id
 where campaign_shown($2, $1)
 order by p.id;

-- name: campaign_create
-- args: user_id bigint, title text, description text, objectives text null,
--   budget money, currency text null, start_date time, end_date time,
--   status text null, requirements json null, category text
-- returns: @campaign
with made as (
  insert into campaigns (brand_id, title, description, objectives, budget_cents,
    currency, start_date, end_date, status, requirements, category)
  select b.id, $2, $3, $4, $5, coalesce($6, 'USD'), $7, $8, coalesce($9, 'draft'),
         coalesce($10::jsonb, '{}'), $11
    from brand_profiles b, rate_take('campaign_user', b.user_id::text)
   where b.user_id = $1
  returning id)
select w.* from made, campaign_now(made.id) w;

-- name: campaign_update
-- args: user_id bigint, id bigint, title text null, description text null,
--   objectives text null, budget money null, currency text null,
--   start_date time null, end_date time null, status text null,
--   requirements json null, category text null
-- returns: @campaign
with changed as (
  update campaigns k set
    title = coalesce($3, k.title),
    description = coalesce($4, k.description),
    objectives = coalesce($5, k.objectives),
    budget_cents = coalesce($6, k.budget_cents),
    currency = coalesce($7, k.currency),
    start_date = coalesce($8, k.start_date),
    end_date = coalesce($9, k.end_date),
    status = coalesce($10, k.status),
    requirements = coalesce($11::jsonb, k.requirements),
    category = coalesce($12, k.category)
  from brand_profiles b
  where k.id = $2 and b.id = k.brand_id and b.user_id = $1 and k.deleted_at is null
  returning k.id)
select w.* from changed, campaign_now(changed.id) w;

-- name: campaign_delete
-- args: user_id bigint, id bigint
-- returns: id bigint
select d.id from campaign_delete($1, $2) d (id) where d.id is not null;

-- name: campaign_package_add
-- args: user_id bigint, id bigint, package_id bigint
-- returns: booking_id bigint, @package
select a.booking_id, w.*
  from campaign_package_add($1, $2, $3) a (booking_id), package_now($3) w
 where a.booking_id is not null;

-- name: campaign_package_remove
-- args: user_id bigint, id bigint, package_id bigint
-- returns: booking_id bigint
select r.booking_id from campaign_package_remove($1, $2, $3) r (booking_id)
 where r.booking_id is not null;

-- name: campaign_apply
-- args: user_id bigint, id bigint, proposed_price money, deliverables json,
--   message text null, duration_days bigint null
-- returns: @application
select w.*
  from campaign_apply($1, $2, $3,
         (select array_agg(x) from jsonb_array_elements_text($4::jsonb) x),
         $5, $6::bigint::int) a (id), application_now(a.id) w;

-- name: application_list
-- args: user_id bigint, campaign_id bigint, status text null, size bigint, start bigint
-- returns: total bigint, count bigint, @application
-- reads
-- Newest first; no row where there is no such campaign of one's own.  The
-- campaign is read once: with each row, its applicants were counted again.
with own as materialized (
  select k.* from campaign_part k
   where k."campaign.id" = $2 and k."campaign.brand.user_id" = $1
)
select t.total, t.total as count, w.*, k.*
  from own k
  cross join lateral (
    select count(*) as total from (
      select from campaign_applications a
       where a.campaign_id = $2 and ($3::text is null or a.status = $3)
       limit setting('total_max')) x) t
  left join lateral (
    select a.id from campaign_applications a
     where a.campaign_id = $2 and ($3::text is null or a.status = $3)
     order by a.id desc limit $4 offset $5) p on true
  left join applied_wire w on w.id = p.id
 order by p.id desc;

-- name: application_own
-- args: user_id bigint, campaign_id bigint null, status text null, size bigint,
--   start bigint
-- returns: total bigint, @application
-- reads
-- A creator's, newest first; those to campaigns that were deleted are gone.
with mine as not materialized (
  select a.id from campaign_applications a
    join campaigns k on k.id = a.campaign_id and k.deleted_at is null
   where a.creator_id = (select c.id from creator_profiles c where c.user_id = $1)
     and ($2::bigint is null or a.campaign_id = $2)
     and ($3::text is null or a.status = $3)
), counted as (
  select count(*) as total from (select from mine limit setting('total_max')) m
), paged as (
  select m.id from mine m order by m.id desc limit $4 offset $5
)
select t.total, w.* from counted t
  left join paged p on true
  left join application_wire w on w.id = p.id
 order by p.id desc;

-- name: application_get
-- args: user_id bigint, campaign_id bigint, id bigint
-- returns: @application
-- reads
select w.* from application_wire w
 where w.id = $3 and w.campaign_id = $2 and w."campaign.brand.user_id" = $1;

-- name: application_decide
-- args: user_id bigint, campaign_id bigint, id bigint, status text
-- returns: @application
select w.* from application_decide($1, $2, $3, $4) a (id), application_now(a.id) w;
