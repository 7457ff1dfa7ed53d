-- notifications: what people are told in the page.

-- name: notification_list
-- args: user_id bigint, unread_only bool, below bigint null, size bigint, start bigint
-- returns: total bigint, has_more bool, unread_count bigint, id bigint, user_id bigint,
--   type text, title text, message text, is_read bool, action_url text, created_at time,
--   notice text, params json
-- reads
-- Counted only where no id is given; one more than asked for tells that there
-- is more.
with mine as not materialized (
  select n.id from notifications n where n.user_id = $1 and not ($2 and n.is_read)
), counted as (
  select case when $3::bigint is null then
           (select count(*) from (select from mine limit setting('total_max')) m)
         end as total,
         (select count(*) from (
            select from notifications n where n.user_id = $1 and not n.is_read
             limit setting('total_max')) u) as unread_count
), paged as (
  select l.id, row_number() over (order by l.id desc) as n
    from (select m.id from mine m where m.id < coalesce($3, 9223372036854775807)
           order by m.id desc limit $4::bigint + 1 offset $5) l
)
select t.total, exists (select from paged p where p.n > $4) as has_more, t.unread_count,
       n.id, n.user_id, n.type, n.title, n.message, n.is_read, n.action_url, n.created_at,
       n.notice, n.params
  from counted t
  left join paged p on p.n <= $4
  left join notifications n on n.id = p.id
 order by n.id desc;

-- name: notification_read
-- args: user_id bigint, id bigint
-- returns: id bigint
update notifications n set is_read = true
 where n.user_id = $1 and n.id = $2
returning n.id;

-- name: notification_read_all
-- args: user_id bigint, up_to bigint null
-- returns: nothing
-- In order of id, so that many at once only wait for each other.
with mine as (
  select n.id from notifications n
   where n.user_id = $1 and not n.is_read and ($2::bigint is null or n.id <= $2)
   order by n.id for no key update
)
update notifications n set is_read = true from mine where n.id = mine.id;

-- name: preference_list
-- args: user_id bigint
-- returns: type text, about text, in_page bool, by_mail bool, is_fixed bool
-- reads
select p.type, p.about, p.in_page, p.by_mail, p.is_fixed from preferences_of($1) p
 order by p.type;

-- name: preference_set
-- args: user_id bigint, type text, in_page bool null, by_mail bool null
-- returns: nothing
select preference_set($1, $2, $3, $4);
