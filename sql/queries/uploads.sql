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
-- args: user_id bigint, at bigint, path text null
-- returns: gallery json
select gallery_remove($1, $2, $3) as gallery;

-- name: upload_claim
-- args:
-- returns: id bigint, name text, kind text
select id, name, kind from upload_claim();

-- name: upload_read
-- args: user_id bigint, name text
-- returns: name text
-- reads
select u.name::text from uploads u
 where u.path = '/api/uploads/' || ($2::uuid)::text and u.kind = 'attachment' and u.state = 'kept'
   and (u.user_id = $1
        or exists (select from upload_readers r where r.upload_id = u.id and r.user_id = $1));

-- name: upload_forget
-- args: id bigint
-- returns: nothing
delete from uploads u where u.id = $1 and u.state = 'gone';
