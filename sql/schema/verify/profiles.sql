-- Verify bantubuzz:profiles on pg
begin;
select 1 / (count(*) = 32)::int from categories;
select id, user_id, username, categories from creator_profiles where false;
select id, user_id, company_name from brand_profiles where false;
rollback;
