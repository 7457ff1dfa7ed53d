-- Revert bantubuzz:attachments from pg
begin;

drop function upload_claim();
drop trigger deliverables_attachment on deliverables;
drop trigger messages_attachment on messages;
drop function deliverable_attachment();
drop function message_attachment();
drop function attachment_show(bigint, bigint, text, text);
drop table upload_readers;
delete from uploads where kind = 'attachment';
alter table uploads drop constraint uploads_kind_check;
alter table uploads add constraint uploads_kind_check
  check (kind in ('avatar', 'logo', 'gallery'));
drop index uploads_going;
create index uploads_going on uploads (id) where state <> 'kept';
alter table uploads drop constraint uploads_path_key;
alter table uploads drop column path;
alter table uploads add column path text not null
  generated always as ('/uploads/' || name::text || '-m.webp') stored
  constraint uploads_path_key unique;

create or replace function upload_finish(caller bigint, upload bigint, out path text,
  out gallery jsonb)
language plpgsql as $$
declare
  done uploads;
begin
  update uploads u set state = 'kept'
   where u.id = upload and u.user_id = caller and u.state = 'making'
  returning u.* into done;
  if not found then -- given up in the meantime
    perform refuse(503, 'timeout', 'This took too long; please send it again');
  end if;
  case done.kind
  when 'avatar' then
    update creator_profiles c set profile_picture = done.path where c.user_id = caller;
  when 'logo' then
    update brand_profiles b set logo = done.path where b.user_id = caller;
  when 'gallery' then
    update creator_profiles c set gallery = c.gallery || done.path
     where c.user_id = caller and cardinality(c.gallery) < setting('gallery_max');
    if not found then
      perform refuse(409, 'gallery_full', format(
        'A gallery has %s pictures at most. Remove one first', setting('gallery_max')));
    end if;
  end case;
  path := done.path;
  select to_jsonb(c.gallery) into gallery from creator_profiles c where c.user_id = caller;
end
$$;

create or replace function uploads_let_go() returns trigger
language plpgsql as $$
begin
  update uploads u set state = 'gone'
   where u.user_id = new.user_id and u.state = 'kept'
     and not exists (select from creator_profiles c
                      where c.user_id = new.user_id
                        and (c.profile_picture = u.path or u.path = any (c.gallery)))
     and not exists (select from brand_profiles b
                      where b.user_id = new.user_id and b.logo = u.path);
  return null;
end
$$;

delete from settings where name = 'attachment_s';

commit;
