-- Revert bantubuzz:account from pg
begin;
drop function session_end_others(bigint, uuid);
drop function session_end_own(bigint, uuid);
drop function email_confirm(bigint, uuid, text, text);
drop function email_ask(bigint, uuid, text, text, text);
drop function password_change(bigint, uuid, text, text);
drop function password_start(bigint, uuid, text);
drop function user_in_session(bigint, uuid);
drop function password_reset(text, text, text);
drop function password_changed(bigint, uuid);
drop function sessions_end(bigint, uuid, text);
drop function reset_start(text, text);
drop function password_forgot(text, text, text, text);
drop table password_resets;
delete from one_time_codes where purpose = 'email_change';
alter table one_time_codes
  drop constraint one_time_codes_purpose_check,
  drop user_id,
  drop email,
  alter registration_id set not null,
  alter asked_from set not null,
  add constraint one_time_codes_purpose_check check (purpose in ('registration'));
delete from outbox where notice in ('password_reset', 'password_changed',
  'email_code', 'email_taken', 'email_asked', 'email_changed');
delete from notices where name in ('password_reset', 'password_changed',
  'email_code', 'email_taken', 'email_asked', 'email_changed');
delete from settings where name in ('reset_s', 'forgot_pair_tries',
  'forgot_address_tries', 'reset_address_tries', 'password_user_tries',
  'email_user_tries');
commit;
