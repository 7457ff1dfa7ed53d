-- Revert bantubuzz:profiles from pg
begin;
drop table brand_profiles;
drop table creator_profiles;
drop function check_creator_categories();
drop table categories;
commit;
