-- Revert bantubuzz:profiles from pg
begin;
drop function brand_change(bigint, text, text, text, text, text, text, text, jsonb);
drop function creator_change(bigint, text, text, text, text, jsonb, jsonb, jsonb, bigint, numeric,
  text, text, bigint, bigint, text);
drop table brand_profiles;
drop table creator_profiles;
drop function check_creator_categories();
drop table categories;
commit;
