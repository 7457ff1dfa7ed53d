-- notifications: what people are told in the page.

-- name: notification_list
-- args: user_id bigint, unread_only bool, size bigint, start bigint
-- returns: total bigint, unread_count bigint, id bigint, user_id bigint, type text,
--   title text, message text, is_read bool, action_url text, created_at time
-- reads
with mine as not materialized (
  select n.id from notifications n where n.user_id = $1 and not ($2 and n.is_read)
), counted as (
  select (select count(*) from (select from mine limit setting('total_max')) m) as total,
         (select count(*) from (
            select from notifications n where n.user_id = $1 and not n.is_read
             limit setting('total_max')) u) as unread_count
), paged as (
  select m.id from mine m order by m.id desc limit $3 offset $4
)
select t.total, t.unread_count, n.id, n.user_id, n.type, n.title, n.message, n.is_read,
       n.action_url, n.created_at
  from counted t
  left join paged p on true
  left join notifications n on n.id = p.id
 order by n.id desc;

-- name: notification_read
-- args: user_id bigint, id bigint
-- returns: id bigint
update notifications n set is_read = true
 where n.user_id = $1 and n.id = $2
returning n.id;

-- name: notification_read_all
-- args: user_id bigint
-- returns: nothing
update notifications n set is_read = true
 where n.user_id = $1 and not n.is_read;
