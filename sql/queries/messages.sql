-- messages: what people write to each other.

-- name: message_list
-- args: user_id bigint, other_id bigint null, booking_id bigint null,
--   below bigint null, above bigint null, size bigint, start bigint
-- returns: total bigint, has_more bool, @message
-- reads
-- Page 1 has the newest; each page begins with its oldest.
select f.total, f.has_more, w.*
  from messages_find($1, $2, $3, $4, $5, $6, $7) f
  left join message_wire w on w.id = f.message_id
 order by w.id;

-- name: message_create
-- args: user_id bigint, receiver_id bigint, content text, booking_id bigint null,
--   attachment_url text null, client_id uuid null
-- returns: @message
-- async
select w.* from message_send($1, $2, $3, $4, nullif($5, ''), $6) m (id), message_now(m.id) w;

-- name: message_delivered
-- args: user_id bigint, id bigint
-- returns: id bigint
-- async
select m.id from message_delivered($1, $2) m (id) where m.id is not null;

-- name: message_read
-- args: user_id bigint, id bigint
-- returns: id bigint
-- async
select m.id from message_read($1, $2) m (id) where m.id is not null;

-- name: conversation_list
-- args: user_id bigint, size bigint, start bigint
-- returns: total bigint, id bigint, "user.id" bigint, "user.user_type" text,
--   "user.is_verified" bool, "user.created_at" time, "user.display_name" text,
--   "user.picture" text, "last_message.id" bigint, "last_message.sender_id" bigint,
--   "last_message.receiver_id" bigint, "last_message.booking_id" bigint,
--   "last_message.content" text, "last_message.is_read" bool,
--   "last_message.attachment_url" text, "last_message.client_id" text,
--   "last_message.created_at" time, "last_message.is_delivered" bool, unread_count bigint
-- reads
-- The id is the other's.
with mine as not materialized (
  select c.other_id, c.last_message_id from conversations c where c.user_id = $1
), counted as (
  select count(*) as total from (select from mine limit setting('total_max')) m
), paged as (
  select m.other_id, m.last_message_id from mine m
   order by m.last_message_id desc limit $2 offset $3
)
select t.total, p.other_id as id, u.id as "user.id", u.user_type as "user.user_type",
       u.is_verified as "user.is_verified", u.created_at as "user.created_at",
       u.display_name as "user.display_name", u.picture as "user.picture",
       m.id as "last_message.id", m.sender_id as "last_message.sender_id",
       m.receiver_id as "last_message.receiver_id",
       m.booking_id as "last_message.booking_id", m.content as "last_message.content",
       m.is_read as "last_message.is_read",
       m.attachment_url as "last_message.attachment_url",
       m.client_id as "last_message.client_id",
       m.created_at as "last_message.created_at",
       m.is_delivered as "last_message.is_delivered",
       (select count(*) from messages x
         where x.receiver_id = $1 and x.sender_id = p.other_id and not x.is_read)
         as unread_count
  from counted t
  left join paged p on true
  left join person_wire u on u.id = p.other_id
  left join message_wire m on m.id = p.last_message_id
 order by p.last_message_id desc;
