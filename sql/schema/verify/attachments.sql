-- Verify bantubuzz:attachments on pg
begin;

select upload_id, user_id from upload_readers where false;
select path from uploads where kind = 'attachment' and false;
select 1 / (count(*) = 2)::int from pg_trigger where tgname like '%\_attachment' and not tgisinternal;

rollback;
