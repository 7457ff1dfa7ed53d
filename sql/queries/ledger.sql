-- ledger: what one owns, and how it came.

-- name: balance_list
-- args: user_id bigint
-- returns: account text, currency text, amount money
-- reads
select a.kind as account, a.currency,
       coalesce((select sum(p.cents) from ledger_postings p
                  where p.account_id = a.id), 0)::bigint as amount
  from accounts a where a.user_id = $1
 order by a.kind, a.currency;

-- name: ledger_list
-- args: user_id bigint, size bigint, start bigint
-- returns: total bigint, id bigint, account text, act text, booking_id bigint,
--   amount money, currency text, created_at time
-- reads
-- One entry may touch two of one's accounts.
with mine as not materialized (
  select p.entry_id, p.account_id, p.currency, p.cents, a.kind from ledger_postings p
    join accounts a on a.id = p.account_id where a.user_id = $1
), counted as (
  select count(*) as total from (select from mine limit setting('total_max')) m
), paged as (
  select m.entry_id, m.account_id, m.currency, m.cents, m.kind from mine m
   order by m.entry_id desc, m.account_id desc limit $2 offset $3
)
select t.total, e.id, m.kind as account, e.act, e.booking_id, m.cents as amount,
       m.currency, e.created_at
  from counted t
  left join paged m on true
  left join ledger_entries e on e.id = m.entry_id
 order by e.id desc, m.account_id desc;
