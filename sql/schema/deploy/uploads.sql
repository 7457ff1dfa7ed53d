-- Deploy bantubuzz:uploads to pg
-- requires: grants
-- Pictures that people send.  A file is never without a row here: the row is
-- written first and deleted last.
begin;

insert into settings (name, value, unit, about) values
  ('upload_s', 300, 's', 'An upload that is not finished is given up after'),
  ('upload_lease_s', 60, 's', 'A job holds an upload whose files are to go at most'),
  ('upload_user_tries', 60, 'count', 'Files a user sends a window'),
  ('gallery_max', 20, 'count', 'Pictures of a gallery');

create table uploads (
  id bigint generated always as identity primary key,
  user_id bigint not null references users,
  kind text not null check (kind in ('avatar', 'logo', 'gallery', 'attachment')),
  name uuid not null,
  path text not null generated always as (
    case kind when 'attachment' then '/api/uploads/' || name::text
              else '/uploads/' || name::text || '-m.webp' end) stored,
  state text not null default 'making' check (state in ('making', 'kept', 'gone')),
  claimed_until timestamptz,
  created_at timestamptz not null default now(),
  constraint uploads_path_key unique (path)
);
create index uploads_user on uploads (user_id);
create index uploads_going on uploads (id) where state <> 'kept' or kind = 'attachment';

create function upload_begin(caller bigint, what text, named uuid) returns bigint
language plpgsql as $$
declare
  made bigint;
begin
  perform rate_take('upload_user', caller::text);
  if what = 'gallery' and (select cardinality(c.gallery) from creator_profiles c
       where c.user_id = caller) >= setting('gallery_max') then
    perform refuse(409, 'gallery_full', format(
      'A gallery has %s pictures at most. Remove one first', setting('gallery_max')));
  end if;
  insert into uploads (user_id, kind, name) values (caller, what, named)
  returning id into made;
  return made;
end
$$;

-- Its files are there: shows it where its kind is shown.
create function upload_finish(caller bigint, upload bigint, out path text,
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
  else null; -- an attachment is shown by what it goes with
  end case;
  path := done.path;
  select to_jsonb(c.gallery) into gallery from creator_profiles c where c.user_id = caller;
end
$$;

-- Places count from 0.
create function gallery_remove(caller bigint, at bigint, meant text) returns jsonb
language plpgsql as $$
declare
  shown text[];
begin
  select c.gallery into shown from creator_profiles c where c.user_id = caller for no key update;
  if meant <> coalesce(shown[at::int + 1], '') then
    perform refuse(409, 'gallery_changed', 'Your gallery has changed. Please look again');
  end if;
  if at >= coalesce(cardinality(shown), 0) then
    perform refuse(400, 'index_wrong', 'There is no picture at this place of your gallery');
  end if;
  update creator_profiles c set gallery = shown[:at::int] || shown[at::int + 2:]
   where c.user_id = caller returning c.gallery into shown;
  return to_jsonb(shown);
end
$$;

-- What a profile shows no more goes, however it came to that.
create function uploads_let_go() returns trigger
language plpgsql as $$
begin
  update uploads u set state = 'gone'
   where u.user_id = new.user_id and u.state = 'kept' and u.kind <> 'attachment'
     and not exists (select from creator_profiles c
                      where c.user_id = new.user_id
                        and (c.profile_picture = u.path or u.path = any (c.gallery)))
     and not exists (select from brand_profiles b
                      where b.user_id = new.user_id and b.logo = u.path);
  return null;
end
$$;
create trigger creator_profiles_uploads after update on creator_profiles for each row
  when ((old.profile_picture, old.gallery) is distinct from (new.profile_picture, new.gallery))
  execute function uploads_let_go();
create trigger brand_profiles_uploads after update on brand_profiles for each row
  when (old.logo is distinct from new.logo) execute function uploads_let_go();

revoke execute on function upload_begin(bigint, text, uuid), upload_finish(bigint, bigint),
  gallery_remove(bigint, bigint, text), uploads_let_go() from public;
grant execute on function upload_begin(bigint, text, uuid), upload_finish(bigint, bigint),
  gallery_remove(bigint, bigint, text) to bantubuzz_worker;
grant select, insert, update, delete on uploads to bantubuzz_worker;
grant usage on all sequences in schema public to bantubuzz_worker;

commit;
