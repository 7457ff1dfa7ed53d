-- Revert bantubuzz:campaigns from pg
begin;
drop function application_now(bigint);
drop function campaign_now(bigint);
drop view application_wire, campaign_part, applied_wire, campaign_wire;

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

drop trigger bookings_campaign_undo on bookings;
drop function undo_campaign();
drop trigger bookings_fill on bookings;
drop function fill_booking();
drop index bookings_application;
drop index bookings_application_key;
alter table bookings drop constraint bookings_application_fkey;
drop table campaign_packages;
drop table campaign_applications;

drop trigger campaigns_move_check on campaigns;
drop function check_campaign_move();
drop table campaign_moves;
revoke update on campaigns from bantubuzz_worker;
drop index campaigns_newest;
alter table campaigns drop column deleted_at;
commit;
