-- Verify bantubuzz:preferences on pg
begin;

select user_id, type, in_page, by_mail from notification_preferences where false;
select 1 / (count(*) = 7)::int from preferences_of(0);

rollback;
