-- Deploy bantubuzz:attachments to pg
-- requires: uploads
-- requires: work
-- Pictures that go with a message or are a piece of work: only those two see
-- them.
begin;

insert into settings (name, value, unit, about) values
  ('attachment_s', 86400, 's', 'An attachment that nothing uses is kept for');

-- Who was shown it, beside its owner.
create table upload_readers (
  upload_id bigint not null references uploads on delete cascade,
  user_id bigint not null references users,
  primary key (upload_id, user_id)
);
create index upload_readers_user on upload_readers (user_id);

-- Shows an attachment of the owner's to a reader; refused for what is none.
create function attachment_show(owner bigint, reader bigint, shown text, field text)
returns void
language plpgsql as $$
declare
  upload bigint;
begin
  -- Locked, so that it is not given up in the meantime.
  select u.id into upload from uploads u
   where u.path = shown and u.user_id = owner and u.kind = 'attachment' and u.state = 'kept'
     for no key update;
  if not found then
    raise exception using errcode = 'BB422', message = 'attachment_unknown',
      detail = 'There is no such file of yours', column = field;
  end if;
  insert into upload_readers (upload_id, user_id) values (upload, reader)
  on conflict do nothing;
end
$$;

create function message_attachment() returns trigger
language plpgsql as $$
begin
  perform attachment_show(new.sender_id, new.receiver_id, new.attachment_url, 'attachment_url');
  return null;
end
$$;
create trigger messages_attachment after insert on messages for each row
  when (new.attachment_url like '/api/uploads/%') execute function message_attachment();

create function deliverable_attachment() returns trigger
language plpgsql as $$
begin
  perform attachment_show(c.user_id, b.user_id, new.url, 'url')
     from bookings k
     join creator_profiles c on c.id = k.creator_id
     join brand_profiles b on b.id = k.brand_id
    where k.id = new.booking_id;
  return null;
end
$$;
create trigger deliverables_attachment after insert or update of url on deliverables
  for each row when (new.url like '/api/uploads/%')
  execute function deliverable_attachment();

-- One whose files are to go: nothing shows it, or it was never finished.
create function upload_claim(out id bigint, out name text, out kind text)
language plpgsql as $$
begin
  update uploads u set state = 'gone', claimed_until = now() + setting_span('upload_lease_s')
   where u.id = (
     select d.id from uploads d
      where (d.state <> 'kept' or d.kind = 'attachment')
        and (d.state = 'gone'
             or d.state = 'making' and d.created_at < now() - setting_span('upload_s')
             or d.state = 'kept' and d.created_at < now() - setting_span('attachment_s')
                and not exists (select from upload_readers r where r.upload_id = d.id))
        and (d.claimed_until is null or d.claimed_until < now())
      order by d.id
      for update skip locked
      limit 1)
  returning u.id, u.name::text, u.kind into id, name, kind;
end
$$;

revoke execute on function attachment_show(bigint, bigint, text, text), message_attachment(),
  deliverable_attachment(), upload_claim() from public;
grant execute on function attachment_show(bigint, bigint, text, text), upload_claim()
  to bantubuzz_worker;
grant select, insert, delete on upload_readers to bantubuzz_worker;

commit;
