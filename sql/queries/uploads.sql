-- uploads: pictures that people send.

-- name: upload_begin
-- args: user_id bigint, kind text, name text
-- returns: id bigint
select upload_begin($1, $2, $3::uuid) as id;

-- name: upload_finish
-- args: user_id bigint, id bigint
-- returns: path text, gallery json
select path, gallery from upload_finish($1, $2);

-- name: upload_drop
-- args: id bigint
-- returns: nothing
update uploads u set state = 'gone' where u.id = $1 and u.state = 'making';

-- name: gallery_remove
-- args: user_id bigint, at bigint
-- returns: gallery json
select gallery_remove($1, $2) as gallery;

-- name: upload_claim
-- args:
-- returns: id bigint, name text
-- One whose files are to go: nothing shows it, or it was never finished.
update uploads u set state = 'gone', claimed_until = now() + setting_span('upload_lease_s')
 where u.id = (
   select d.id from uploads d
    where (d.state = 'gone'
           or d.state = 'making' and d.created_at < now() - setting_span('upload_s'))
      and (d.claimed_until is null or d.claimed_until < now())
    order by d.id
    for update skip locked
    limit 1)
returning u.id, u.name::text;

-- name: upload_forget
-- args: id bigint
-- returns: nothing
delete from uploads u where u.id = $1 and u.state = 'gone';
