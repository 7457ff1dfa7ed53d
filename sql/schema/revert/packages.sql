-- Revert bantubuzz:packages from pg
begin;
drop table analytics;
drop table campaigns;
drop table saved_creators;
drop table packages;
drop index creator_profiles_words;
drop extension pg_trgm;
drop schema extensions;
commit;
