-- Verify bantubuzz:campaigns on pg
begin;
select id, campaign_id, creator_id, status, proposed_price_cents, duration_days
  from campaign_applications where false;
select campaign_id, package_id, booking_id from campaign_packages where false;
select id, budget, packages_count, applicants_count, "brand.user.id" from campaign_wire where false;
select id, proposed_price, booking_id, "campaign.brand.id", "creator.user.id"
  from application_wire where false;
select 1 / (count(*) = 7)::int from campaign_moves;
select 1 / (count(*) = 3)::int from notices where name like 'application\_%';
select 1 / (not has_table_privilege('bantubuzz_worker', 'campaign_moves', 'update')
        and not has_table_privilege('bantubuzz_worker', 'campaign_applications', 'delete')
        and not has_table_privilege('bantubuzz_reader', 'application_wire', 'select')
        and not has_column_privilege('bantubuzz_reader', 'campaign_applications',
                                     'application_message', 'select'))::int;
rollback;
