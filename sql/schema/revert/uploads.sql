-- Revert bantubuzz:uploads from pg
begin;

drop trigger creator_profiles_uploads on creator_profiles;
drop trigger brand_profiles_uploads on brand_profiles;
drop function uploads_let_go();
drop function gallery_remove(bigint, bigint, text);
drop function upload_finish(bigint, bigint);
drop function upload_begin(bigint, text, uuid);
drop table uploads;
delete from settings where name in ('upload_s', 'upload_lease_s', 'upload_user_tries',
  'gallery_max');

commit;
