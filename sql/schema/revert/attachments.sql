-- Revert bantubuzz:attachments from pg
begin;

drop function upload_claim();
drop trigger deliverables_attachment on deliverables;
drop trigger messages_attachment on messages;
drop function deliverable_attachment();
drop function message_attachment();
drop function attachment_show(bigint, bigint, text, text);
drop table upload_readers;
delete from settings where name = 'attachment_s';

commit;
