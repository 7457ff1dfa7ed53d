-- Revert bantubuzz:settings from pg
begin;
drop function touch_updated_at();
drop function wire_time(timestamptz);
drop function fill(text, jsonb);
drop function refuse(int, text, text);
drop function setting_span(text);
drop function setting(text);
drop table settings;
commit;
