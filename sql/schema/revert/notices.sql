-- Revert bantubuzz:notices from pg
begin;
alter table booking_moves
  drop constraint booking_moves_creator_notice_fkey,
  drop constraint booking_moves_brand_notice_fkey;
drop function tell(bigint, text, jsonb, text);
drop function notice_params(text, jsonb);
drop function mail_to(email_address, bigint, text, jsonb, timestamptz);
drop function in_letter(jsonb);
drop function alert(text, bigint, text);
drop table alerts;
drop table outbox;
drop table events;
drop table notifications;
drop table notices;
commit;
