-- Deploy bantubuzz:relay to pg
-- requires: digest
-- What the relay reads: events in an order that skips none, and how far back.
begin;

insert into settings (name, value, unit, about) values
  ('event_kept_s', 604800, 's', 'A client may come back to its events within'),
  ('presence_max', 500, 'count', 'Newest conversations whose other side''s presence is told');

-- Tells the program that wrote it that somebody waits: lib/db.h has the code.
-- It notifies when the transaction is over; within, it would hold one lock
-- until the disk has it, and all who write would queue.
create function events_stir() returns trigger
language plpgsql as $$
begin
  raise notice using message = 'events', errcode = 'BB000';
  return null;
end
$$;
create trigger events_stir after insert on events
  for each statement execute function events_stir();

-- A notification read in one page is read in the others.  Up to a hundred are
-- named; ids is null for more.
create function note_notifications_read() returns trigger
language plpgsql as $$
begin
  insert into events (user_id, type, payload)
  select r.user_id, 'notification.read', jsonb_build_object('ids',
           case when count(*) <= 100 then jsonb_agg(r.id order by r.id) end)
    from after r
    join before b using (id)
   where r.is_read and not b.is_read
   group by r.user_id;
  return null;
end
$$;
create trigger notifications_read after update on notifications
  referencing old table as before new table as after
  for each statement execute function note_notifications_read();

-- The last event that was deleted: one row.  Who has seen less has lost some.
create table event_horizon (
  xid xid8 not null,
  id bigint not null
);
create unique index event_horizon_key on event_horizon ((true));
insert into event_horizon (xid, id) values ('0', 0);

-- A chore: forgets a slice of the events that are too old.  The worker itself
-- can only add to them.
create function events_forget() returns void
language sql security definer set search_path = public, pg_temp
begin atomic
  with gone as (
    delete from events where id in (
      select e.id from events e
       where e.created_at < now() - setting_span('event_kept_s')
       order by e.xid, e.id limit 10000)
    returning xid, id
  ), last as (
    select g.xid, g.id from gone g order by g.xid desc, g.id desc limit 1
  )
  update event_horizon h set xid = l.xid, id = l.id
    from last l where (l.xid, l.id) > (h.xid, h.id);
end;
insert into chores (name, every) values ('events_forget', '1 minute');

-- Every event of a transaction that was over before the oldest that is open;
-- there can come none before it any more.
create function events_bound() returns xid8
language sql stable
return pg_snapshot_xmin(pg_current_snapshot());

-- Notifies, and does not wait for the disk: what is lost with it is found by
-- a sweep, or is not kept at all.  For a transaction of its own.
create function signal(channel text, said text) returns void
language plpgsql as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  perform pg_notify(channel, said);
end
$$;

revoke execute on function signal(text, text), events_stir(), note_notifications_read(),
  events_forget(), events_bound() from public;
grant execute on function signal(text, text), events_stir(), note_notifications_read(),
  events_forget(), events_bound() to bantubuzz_worker;
grant select on event_horizon to bantubuzz_worker, bantubuzz_reader;

commit;
