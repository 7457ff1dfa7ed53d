-- users: people as others see them.

-- name: person_get
-- args: user_id bigint, id bigint
-- returns: id bigint, user_type text, is_verified bool, created_at time,
--   display_name text, picture text
-- reads
-- Whom one can write to, or has written with.
select p.id, p.user_type, p.is_verified, p.created_at, p.display_name, p.picture
  from person_wire p
 where p.id = $2 and p.id <> $1
   and (exists (select from users u where u.id = p.id and u.is_active)
        or exists (select from conversations c where c.user_id = $1 and c.other_id = p.id));
