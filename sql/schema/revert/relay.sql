-- Revert bantubuzz:relay from pg
begin;
drop function signal(text, text);
drop function events_bound();
delete from chores where name = 'events_forget';
drop function events_forget();
drop table event_horizon;
drop trigger notifications_read on notifications;
drop function note_notifications_read();
drop trigger events_stir on events;
drop function events_stir();
delete from settings where name in ('event_kept_s', 'presence_max');
commit;
