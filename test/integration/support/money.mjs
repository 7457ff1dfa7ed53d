// The ledger, read as its owner reads it.
import assert from 'node:assert/strict';
import { row, rows } from './db.mjs';

// What every account has from one booking, in cents: { gateway: -15000, … }.
// An account at zero is left out.
export async function moneyOf(bookingId) {
  const sums = await rows(`select a.kind, sum(p.cents)::bigint as cents
                             from ledger_entries e join ledger_postings p on p.entry_id = e.id
                             join accounts a on a.id = p.account_id
                            where e.booking_id = $1 group by a.kind having sum(p.cents) <> 0`, bookingId);
  return Object.fromEntries(sums.map(({ kind, cents }) => [kind, cents]));
}

export const entriesOf = (bookingId) =>
  rows('select id, key, act, payment_id from ledger_entries where booking_id = $1 order by id', bookingId);

// What must hold of the ledger at any instant.
export async function checkLedger() {
  const bad = await row(`
    select (select count(*) from (select from ledger_postings group by entry_id, currency having sum(cents) <> 0) x) as unbalanced,
           (select count(*) from ledger_entries e where not exists (select from ledger_postings p where p.entry_id = e.id)) as empty,
           (select count(*) from (select from ledger_postings p join accounts a on a.id = p.account_id
              where a.kind in ('held', 'creator_payable', 'brand_balance', 'in_transit', 'platform_fee')
              group by a.id having sum(p.cents) < 0) x) as overdrawn,
           (select count(*) from (select b.id from bookings b join booking_states s using (state)
              left join accounts a on a.kind = 'held' and a.booking_id = b.id
              left join ledger_postings p on p.account_id = a.id
              group by b.id, b.amount_cents, s.is_paid
              having coalesce(sum(p.cents), 0) <> case when s.is_paid then b.amount_cents else 0 end) x) as held_wrong,
           (select count(*) from (select user_id, way, currency, day, cents from money_days) d
              full join (select user_id, way, currency, house_day(created_at) as day, sum(cents) as cents
                 from (select user_id, 'earned' as way, currency, cents, created_at from earned
                       union all select user_id, 'spent', currency, cents, created_at from spent) m
                group by 1, 2, 3, 4) m using (user_id, way, currency, day)
             where d.cents is distinct from m.cents) as days_wrong`);
  assert.deepEqual(bad, { unbalanced: 0, empty: 0, overdrawn: 0, held_wrong: 0, days_wrong: 0 });
}

// "USD 15.00" from a list of balances, in cents; 0 where there is none.
export function balanceIn(json, account, currency = 'USD') {
  const found = json.balances.find((one) => one.account === account && one.currency === currency);
  return Math.round((found?.amount ?? 0) * 100);
}
