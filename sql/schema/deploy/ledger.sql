-- Deploy bantubuzz:ledger to pg
-- requires: notices
-- The only truth about money: entries of postings that sum to zero.
-- Cents above zero are what we owe or hold; the gateway's account is the
-- other side of what came in, so it stands below zero.
begin;

create table accounts (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('gateway', 'held', 'creator_payable',
    'brand_balance', 'platform_fee', 'in_transit', 'loss')),
  currency text not null check (currency in ('USD', 'ZWG')),
  user_id bigint references users,
  booking_id bigint references bookings,
  touched_at timestamptz not null default now(), -- what a lock may update
  constraint accounts_owner_check check (
    (user_id is not null) = (kind in ('creator_payable', 'brand_balance', 'in_transit'))
    and (booking_id is not null) = (kind = 'held'))
);
create unique index accounts_key on accounts
  (kind, currency, coalesce(user_id, 0), coalesce(booking_id, 0));
create index accounts_user on accounts (user_id) where user_id is not null;

create table ledger_entries (
  id bigint generated always as identity primary key,
  key text not null, -- what may happen once
  act text not null,
  booking_id bigint not null references bookings,
  payment_id bigint,
  created_at timestamptz not null default now(),
  constraint ledger_entries_key unique (key)
);
create index ledger_entries_booking on ledger_entries (booking_id);

create table ledger_postings (
  entry_id bigint not null references ledger_entries,
  account_id bigint not null references accounts,
  currency text not null check (currency in ('USD', 'ZWG')),
  cents bigint not null check (cents <> 0),
  primary key (entry_id, account_id)
);
create index ledger_postings_account on ledger_postings (account_id) include (cents);

create function check_entry_balances() returns trigger
language plpgsql as $$
declare
  entry bigint := coalesce(to_jsonb(new) ->> 'entry_id', to_jsonb(new) ->> 'id');
begin
  if not exists (select from ledger_postings p where p.entry_id = entry)
     or exists (select from ledger_postings p where p.entry_id = entry
                 group by p.currency having sum(p.cents) <> 0)
     or exists (select from ledger_postings p join accounts a on a.id = p.account_id
                 where p.entry_id = entry and a.currency <> p.currency) then
    raise exception 'entry % does not balance', entry
      using errcode = 'check_violation', constraint = 'ledger_balances_check';
  end if;
  return null;
end
$$;
create constraint trigger ledger_entries_balance
  after insert on ledger_entries deferrable initially deferred
  for each row execute function check_entry_balances();
create constraint trigger ledger_postings_balance
  after insert on ledger_postings deferrable initially deferred
  for each row execute function check_entry_balances();

create function refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;
create trigger ledger_entries_append_only before update or delete or truncate
  on ledger_entries for each statement execute function refuse_change();
create trigger ledger_postings_append_only before update or delete or truncate
  on ledger_postings for each statement execute function refuse_change();
create trigger booking_log_append_only before update or delete or truncate
  on booking_log for each statement execute function refuse_change();

-- The account's id; makes the row when there is none.
create function account_of(what text, money text, owner bigint, booking bigint)
returns bigint
language plpgsql as $$
declare
  found_id bigint;
begin
  select a.id into found_id from accounts a
   where a.kind = what and a.currency = money
     and coalesce(a.user_id, 0) = coalesce(owner, 0)
     and coalesce(a.booking_id, 0) = coalesce(booking, 0);
  if found_id is null then
    insert into accounts (kind, currency, user_id, booking_id)
    values (what, money, owner, booking)
    on conflict do nothing;
    select a.id into strict found_id from accounts a
     where a.kind = what and a.currency = money
       and coalesce(a.user_id, 0) = coalesce(owner, 0)
       and coalesce(a.booking_id, 0) = coalesce(booking, 0);
  end if;
  return found_id;
end
$$;

-- Locks the account, then sums: in that order, two statements, or two spends
-- at once would both see the money.
create function lock_and_sum(account bigint) returns bigint
language plpgsql as $$
begin
  perform from accounts a where a.id = account for update;
  return (select coalesce(sum(p.cents), 0) from ledger_postings p
           where p.account_id = account);
end
$$;

create type posting as (account_id bigint, cents bigint);

-- One entry; the key makes it happen once.  Zero postings are left out.
create function post_entry(key text, act text, booking bigint, payment bigint,
  money text, postings posting[]) returns void
language plpgsql as $$
declare
  entry bigint;
begin
  insert into ledger_entries (key, act, booking_id, payment_id)
  values (key, act, booking, payment)
  returning id into entry;
  insert into ledger_postings (entry_id, account_id, currency, cents)
  select entry, p.account_id, money, sum(p.cents)
    from unnest(postings) p
   group by p.account_id having sum(p.cents) <> 0;
end
$$;

commit;
