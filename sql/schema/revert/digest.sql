-- Revert bantubuzz:digest from pg
begin;

drop function digest_write();
drop index messages_unmailed;
drop index notifications_unmailed;
delete from outbox where notice = 'digest';
delete from notices where name = 'digest';
delete from settings where name in ('digest_s', 'digest_lines');

commit;
