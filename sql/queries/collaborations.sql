-- collaborations: the work on a paid booking, as the first version's clients
-- see it.

-- name: collaboration_of_brand
-- args: user_id bigint, status text null, type text null, size bigint, start bigint
-- returns: total bigint, @collaboration
-- reads
with mine as not materialized (
  select b.id from bookings b
   where b.brand_id = (select x.id from brand_profiles x where x.user_id = $1)
     and b.due_at is not null
     and ($2::text is null
          or b.state in (select s.state from booking_states s
                          where collaboration_status(s.status) = $2))
     and ($3::text is null
          or case when b.campaign_id is null then 'package' else 'campaign' end = $3)
), counted as (
  select count(*) as total from (select from mine limit setting('total_max')) m
), paged as (
  select m.id from mine m order by m.id desc limit $4 offset $5
)
select t.total, w.* from counted t
  left join paged p on true
  left join collaboration_wire w on w.id = p.id
 order by p.id desc;

-- name: collaboration_of_creator
-- args: user_id bigint, status text null, type text null, size bigint, start bigint
-- returns: total bigint, @collaboration
-- reads
with mine as not materialized (
  select b.id from bookings b
   where b.creator_id = (select x.id from creator_profiles x where x.user_id = $1)
     and b.due_at is not null
     and ($2::text is null
          or b.state in (select s.state from booking_states s
                          where collaboration_status(s.status) = $2))
     and ($3::text is null
          or case when b.campaign_id is null then 'package' else 'campaign' end = $3)
), counted as (
  select count(*) as total from (select from mine limit setting('total_max')) m
), paged as (
  select m.id from mine m order by m.id desc limit $4 offset $5
)
select t.total, w.* from counted t
  left join paged p on true
  left join collaboration_wire w on w.id = p.id
 order by p.id desc;

-- name: collaboration_get
-- args: user_id bigint, id bigint
-- returns: @collaboration
-- reads
select w.* from collaboration_wire w
 where w.id = $2 and $1 in (w."brand.user_id", w."creator.user_id");

-- name: collaboration_progress
-- args: user_id bigint, id bigint, percent int null, update text null, notes text null,
--   session uuid
-- returns: @collaboration
select w.* from collaboration_progress($1, $2, $3, $4, $5, $6) a (id),
  collaboration_now(a.id) w;

-- name: collaboration_complete
-- args: user_id bigint, id bigint, session uuid
-- returns: @collaboration
select w.* from collaboration_act($1, $2, 'approve', null, $3) a (id),
  collaboration_now(a.id) w;

-- name: collaboration_cancel
-- args: user_id bigint, id bigint, reason text null, creator_share money null, session uuid
-- returns: @collaboration
select w.* from collaboration_cancel($1, $2, $3, $4, $5) a (id),
  collaboration_now(a.id) w;

-- name: deliverable_add
-- args: user_id bigint, id bigint, draft bool, version bigint null, title text, url text,
--   description text null, type text null, session uuid
-- returns: deliverable json, @collaboration
select (select deliverable_now(a.id)) as deliverable, w.*
  from deliverable_add($1, $2, $3, $4, $5, $6, $7, $8, $9) a (id),
       collaboration_now(case when a.id is not null then $2 end) w;

-- name: deliverable_approve
-- args: user_id bigint, id bigint, deliverable_id bigint, session uuid
-- returns: @collaboration
select w.* from deliverable_approve($1, $2, $3, $4) a (id), collaboration_now(a.id) w;

-- name: deliverable_revise
-- args: user_id bigint, id bigint, deliverable_id bigint, notes text, session uuid
-- returns: revision_request json, @collaboration
select (select revision_now(a.id)) as revision_request, w.*
  from deliverable_revise($1, $2, $3, $4, $5) a (id),
       collaboration_now(case when a.id is not null then $2 end) w;
