-- Revert bantubuzz:packages from pg
begin;
drop table analytics;
drop table campaigns;
drop table saved_creators;
drop table packages;
commit;
