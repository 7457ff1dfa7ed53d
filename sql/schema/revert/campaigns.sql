-- Revert bantubuzz:campaigns from pg
-- Refused while there is a booking without a package: money may have moved
-- on it.
begin;
drop function application_now(bigint);
drop function campaign_now(bigint);
drop view application_wire, campaign_wire;

create or replace view booking_wire as
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
  join packages p on p.id = b.package_id
  join creator_profiles c on c.id = b.creator_id
  join users cu on cu.id = c.user_id
  join brand_profiles br on br.id = b.brand_id
  join users bu on bu.id = br.user_id
  left join campaigns k on k.id = b.campaign_id;

drop function campaign_package_remove(bigint, bigint, bigint);
drop function campaign_package_add(bigint, bigint, bigint);
drop function application_decide(bigint, bigint, bigint, text);
drop function campaign_apply(bigint, bigint, bigint, text[], text, int);
drop function campaign_delete(bigint, bigint);
drop function hidden_brands();
drop function campaign_shown(bigint, bigint);
drop function campaign_own(bigint, bigint);
drop function booking_open(bookings, bigint, text);
delete from notices where name in
  ('application_made', 'application_accepted', 'application_rejected');

create or replace function booking_params(booking bigint, note text) returns jsonb
language sql stable
return (
  select jsonb_build_object('package', p.title,
           'brand', bp.company_name,
           'creator', coalesce(cp.username, 'Creator ' || cp.id),
           'amount', money_text(b.amount_cents, b.currency),
           'fee', money_text(b.fee_cents, b.currency),
           'payout', money_text(b.amount_cents - b.fee_cents, b.currency),
           'due', coalesce(to_char(b.due_at at time zone 'Africa/Harare', 'FMDD Mon YYYY'), ''),
           'note', coalesce(note, ''),
           'request_days', setting('request_s') / 86400,
           'payment_days', setting('payment_s') / 86400,
           'silence_days', setting('silence_s') / 86400,
           'late_days', setting('cancel_late_s') / 86400)
    from bookings b
    join packages p on p.id = b.package_id
    join brand_profiles bp on bp.id = b.brand_id
    join creator_profiles cp on cp.id = b.creator_id
   where b.id = booking);

drop trigger bookings_campaign_undo on bookings;
drop function undo_campaign();
drop trigger bookings_fill on bookings;
drop function fill_booking();
alter table bookings alter column package_id set not null;
alter table bookings
  drop constraint bookings_source_check,
  drop constraint bookings_application_check,
  drop column application_id,
  drop column title,
  drop column expected_deliverables;
drop table campaign_packages;
drop table campaign_applications;

drop trigger campaigns_move_check on campaigns;
drop function check_campaign_move();
drop table campaign_moves;
revoke update on campaigns from bantubuzz_worker;
drop index campaigns_newest;
alter table campaigns drop column deleted_at;
commit;
