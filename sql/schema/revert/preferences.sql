-- Revert bantubuzz:preferences from pg
begin;

drop function preference_set(bigint, text, boolean, boolean);
drop function preferences_of(bigint);
drop table notification_preferences;
drop table notification_types;

commit;
