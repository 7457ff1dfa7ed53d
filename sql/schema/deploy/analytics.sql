-- Deploy bantubuzz:analytics to pg
-- requires: reviews
-- What was seen, earned and spent, by day.  A day is a day of Harare.
begin;

insert into settings (name, value, unit, about) values
  ('view_address_tries', 2000, 'count', 'Views an address reports a window'),
  ('response_s', 7776000, 's', 'The time to answer a request is told of the last');

create function house_day(at timestamptz) returns date
language sql immutable parallel safe
return (at at time zone 'Africa/Harare')::date;

-- The last days up to today, each once.
create function last_days(days bigint) returns setof date
language sql stable rows 30
begin atomic
  select d::date from generate_series(house_day(now()) - (days::int - 1),
    house_day(now()), interval '1 day') d;
end;

-- A view counts once a visitor and day.  What is kept of the visitor is a mark
-- under the day's salt; the salt goes with the day, and then nobody can tell
-- whose mark it was.  A crash may forget both.
create unlogged table view_salts (
  day date primary key,
  salt bytea not null check (length(salt) = 32)
);
create unlogged table view_marks (
  day date not null,
  mark bytea not null check (length(mark) = 16),
  primary key (day, mark)
);

-- Whose thing it is; null where it is not there to be seen.
create function view_owner(what text, entity bigint) returns bigint
language sql stable
return (
  select u.id from users u
   where u.is_active and u.id = case what
     when 'profile' then (select c.user_id from creator_profiles c where c.id = entity)
     when 'package' then (select c.user_id from packages p
       join creator_profiles c on c.id = p.creator_id where p.id = entity and p.is_active)
     when 'campaign' then (select b.user_id from campaigns k
       join brand_profiles b on b.id = k.brand_id
       where k.id = entity and k.status = 'active') end);

-- Counts a view.  caller is 0 for a guest, who is told apart by address and
-- browser; one's own views count nothing.  Null: no such thing.
create function view_count(caller bigint, address text, agent text, what text,
  entity bigint) returns bigint
language plpgsql as $$
declare
  owner bigint;
  today date := house_day(now());
  visitor text := case when caller > 0 then caller::text
                       else counted_address(address) || ' ' || agent end;
  salted bytea;
begin
  perform rate_take('view_address', counted_address(address));
  owner := view_owner(what, entity);
  if owner is null or owner = caller then
    return owner;
  end if;
  select s.salt into salted from view_salts s where s.day = today;
  if not found then
    insert into view_salts (day, salt)
    values (today, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
    on conflict do nothing;
    select s.salt into strict salted from view_salts s where s.day = today;
  end if;
  insert into view_marks (day, mark)
  values (today, substring(sha256(salted || convert_to(
    what || ' ' || entity || ' ' || visitor, 'UTF8')) for 16))
  on conflict do nothing;
  if found then
    insert into analytics as a (user_id, entity_type, entity_id, counted_on, views)
    values (owner, what, entity, today, 1)
    on conflict (user_id, entity_type, entity_id, counted_on) do update
      set views = a.views + 1;
  end if;
  return owner;
end
$$;

-- A chore.  The salt goes first; the marks follow a slice at a time.
create function views_forget() returns void
language sql
begin atomic
  delete from view_salts where day < house_day(now());
  delete from view_marks where (day, mark) in (
    select m.day, m.mark from view_marks m where m.day < house_day(now()) limit 10000);
end;
insert into chores (name, every) values ('views_forget', '1 minute');

-- What creators earned: held money that became theirs.
create view earned as
select a.user_id, p.currency, p.cents, p.entry_id, e.booking_id, e.created_at
  from accounts a
  join ledger_postings p on p.account_id = a.id
  join ledger_entries e on e.id = p.entry_id
 where a.kind = 'creator_payable' and p.cents > 0
   and exists (select from ledger_postings h join accounts ha on ha.id = h.account_id
                where h.entry_id = p.entry_id and ha.kind = 'held' and h.cents < 0);

-- What brands spent: what went from the gateway or their balance into held
-- money, less what came back.
create view spent as
select f.user_id, p.currency, -p.cents as cents, p.entry_id, e.booking_id, e.created_at
  from bookings b
  join brand_profiles f on f.id = b.brand_id
  join ledger_entries e on e.booking_id = b.id
  join ledger_postings p on p.entry_id = e.id
  join accounts a on a.id = p.account_id
 where a.kind in ('gateway', 'brand_balance')
   and (e.act = 'gateway_refund'
        or exists (select from ledger_postings h join accounts ha on ha.id = h.account_id
                    where h.entry_id = e.id and ha.kind = 'held'));

-- Both summed by user and day, so that nobody's history is added up at each
-- look.  Only the trigger of what is posted writes here, with its owner's rights;
-- the ledger stays the truth.
create table money_days (
  user_id bigint not null references users,
  way text not null check (way in ('earned', 'spent')),
  currency text not null check (currency in ('USD', 'ZWG')),
  day date not null,
  cents bigint not null,
  primary key (user_id, way, currency, day)
);
insert into money_days (user_id, way, currency, day, cents)
select m.user_id, m.way, m.currency, house_day(m.created_at), sum(m.cents)
  from (select e.user_id, 'earned' as way, e.currency, e.cents, e.created_at from earned e
        union all
        select s.user_id, 'spent', s.currency, s.cents, s.created_at from spent s) m
 group by 1, 2, 3, 4;

create function keep_money_days() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into money_days as d (user_id, way, currency, day, cents)
  select m.user_id, m.way, m.currency, house_day(m.created_at), sum(m.cents)
    from (select distinct f.entry_id from fresh f) t
    cross join lateral (
      select e.user_id, 'earned' as way, e.currency, e.cents, e.created_at
        from earned e where e.entry_id = t.entry_id
      union all
      select s.user_id, 'spent', s.currency, s.cents, s.created_at
        from spent s where s.entry_id = t.entry_id) m
   group by 1, 2, 3, 4
   order by 1, 2, 3, 4 -- or two entries of the same two people wait for each other
  on conflict (user_id, way, currency, day) do update set cents = d.cents + excluded.cents;
  return null;
end
$$;
create trigger ledger_postings_days after insert on ledger_postings
  referencing new table as fresh for each statement execute function keep_money_days();

-- A chore.  Holds the days of the last reconcile_s against the ledger.
create index ledger_entries_created_at on ledger_entries using brin (created_at);
create function money_days_check() returns void
language plpgsql as $$
declare
  first_day date := house_day(now() - setting_span('reconcile_s'));
  first_at timestamptz := first_day::timestamp at time zone 'Africa/Harare';
begin
  perform alert('money_differs', d.user_id, format('%s %s %s: %s by the ledger, %s by the day',
      d.way, d.currency, d.day, d.posted, d.kept))
    from (
      select user_id, way, currency, day, coalesce(l.cents, 0) as posted,
             coalesce(m.cents, 0) as kept
        from (select x.user_id, x.way, x.currency, house_day(x.created_at) as day,
                     sum(x.cents) as cents
                from (select e.user_id, 'earned' as way, e.currency, e.cents, e.created_at
                        from earned e where e.created_at >= first_at
                      union all
                      select s.user_id, 'spent', s.currency, s.cents, s.created_at
                        from spent s where s.created_at >= first_at) x
               group by 1, 2, 3, 4) l
        full join (select * from money_days t where t.day >= first_day) m
          using (user_id, way, currency, day)) d
   where d.posted <> d.kept;
end
$$;
insert into chores (name, every) values ('money_days_check', '1 day');

revoke execute on function house_day(timestamptz), last_days(bigint),
  view_owner(text, bigint), view_count(bigint, text, text, text, bigint),
  views_forget(), keep_money_days(), money_days_check() from public;
grant execute on function house_day(timestamptz), last_days(bigint),
  view_owner(text, bigint), view_count(bigint, text, text, text, bigint),
  views_forget(), money_days_check() to bantubuzz_worker;
grant select, insert, delete on view_salts, view_marks to bantubuzz_worker;
grant update (views) on analytics to bantubuzz_worker;
grant select on earned, spent, money_days to bantubuzz_worker, bantubuzz_reader;

commit;
