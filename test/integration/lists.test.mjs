// Every list of the contract: empty, of one, of many; each page, each filter and
// each pair of them, beside the same said over rows of the database.  What comes
// whole instead of in pages never has more than the contract says.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { get } from './support/client.mjs';
import { contract, operationById, operations } from './support/contract.mjs';
import { rows, value } from './support/db.mjs';
import { brand, creator, unique } from './support/people.mjs';

const MOST = 100; // what a page may have
const MANY = 103; // more than that
const SIZE = 40; // a page of these tests
const BEYOND = 999999999999; // no row has such an id

const by = {}; // who has none, one and many: { brand, creator, place, campaign, town }
const work = { none: 1, one: 3, many: 0 }; // which booking of the many has so much work
const crowd = []; // others: { user_id, creator_id, package_id, review_id }

// ---- the rows, each kind made by one statement ----

const make = {
  crowd: (place, count) => rows(`with u as (
      insert into users (email, password_hash, user_type)
      select lower(replace($1, ' ', '')) || n || '@example.com', repeat('x', 40), 'creator' from generate_series(1, $2::int) n returning id
    ), c as (
      insert into creator_profiles (user_id, location, rating_sum, rating_count)
      select id, $1, id % 3 + 1, id % 3 + 1 from u order by id returning id, user_id
    ), p as (
      insert into packages (creator_id, title, description, price_cents, duration_days, category)
      select id, 'A reel', 'One', 1000 + id % 4 * 100, 5, 'UGC' from c returning id, creator_id)
    select c.user_id, c.id as creator_id, p.id as package_id from c join p on p.creator_id = c.id order by c.id`, place, count),

  // in 40 places, of which 30 have one more
  towns: (town, creators) => rows(`update creator_profiles c set location = $1 || x.n % 40 + 10
    from unnest($2::bigint[]) with ordinality x (id, n) where c.id = x.id`, town, creators.slice(0, 70)),

  packages: (seller, count) => rows(`insert into packages (creator_id, title, description, price_cents, duration_days, category, is_active)
    select $1, 'A reel', 'One', 1000, 5, 'UGC', n % 2 = 0 from generate_series(1, $2::int) n`, seller.profile.id, count),

  saved: (buyer, creators) => rows(`insert into saved_creators (brand_id, creator_id, saved_at)
    select $1, c, now() - n / 3 * interval '1 h' from unnest($2::bigint[]) with ordinality x (c, n)`, buyer.profile.id, creators),

  accounts: (who) => rows(`select account_of(k, c, $1, null)
    from unnest(array['creator_payable', 'brand_balance', 'in_transit']) k, unnest(array['USD', 'ZWG']) c`, who.id),

  // of every ninth day: paid by the brand, and released to the creator
  days: (seller, booking) => rows(`with e as (
      insert into ledger_entries (key, act, booking_id, created_at)
      select $1 || a || n, a, $2, now() - n * interval '9 days' from unnest(array['hold', 'release']) a, generate_series(0, 40) n returning id, act)
    insert into ledger_postings (entry_id, account_id, currency, cents)
    select e.id, account_of(p.k, 'USD', case when p.k = 'creator_payable' then $3::bigint end, case when p.k = 'held' then $2::bigint end), 'USD', p.cents
      from e join (values ('hold', 'gateway', -100), ('hold', 'held', 100), ('release', 'held', -100), ('release', 'creator_payable', 100)) p (act, k, cents)
        on p.act = e.act`, unique('day'), booking, seller.id),

  views: (seller) => rows(`insert into analytics (user_id, entity_type, entity_id, counted_on, views)
    select $1, t, 1, house_day(now()) - n * 9, n + 1 from unnest(array['profile', 'package', 'campaign']) t, generate_series(0, 40) n`, seller.id),

  preferences: (who, types) => rows(`insert into notification_preferences (user_id, type, in_page, by_mail)
    select $1, t.name, t.name > 'c', t.name < 'p' from notification_types t where not t.is_fixed order by t.name limit $2`, who.id, types),

  log: (booking, count) => rows(`insert into booking_log (booking_id, act, actor, from_state, to_state, note)
    select $1, case when n % 10 = 0 then 'remind' else 'deliver' end, 'creator', 'accepted', 'delivered', n from generate_series(1, $2::int) n`, booking, count),

  pieces: (booking, count) => rows(`with d as (
      insert into deliverables (booking_id, title, url, state, approved_at)
      select $1, 'Reel ' || n, 'https://example.com', case when n % 2 = 0 then 'approved' else 'submitted' end, case when n % 2 = 0 then now() end
        from generate_series(1, $2::int) n returning id)
    insert into revision_requests (deliverable_id, booking_id, notes) select id, $1, 'Brighter' from d order by id`, booking, count),

  package: (seller, place) => rows(`with c as (update creator_profiles set location = $2 where id = $1 returning id)
    insert into packages (creator_id, title, description, price_cents, duration_days, category)
    select id, 'A reel', 'One', 1000, 5, 'UGC' from c returning id`, seller.profile.id, place),

  campaigns: (buyer, kind, count) => rows(`with k as (insert into categories (kind, name) values ('campaign', $2) returning name)
    insert into campaigns (brand_id, title, description, budget_cents, start_date, end_date, category, status, deleted_at)
    select $1, 'Campaign ' || n, 'One', 1000, now(), now() + interval '9 days', k.name,
           case when n = 1 then 'active' else (array['draft', 'active', 'active', 'paused'])[n % 4 + 1] end,
           case when n % 9 = 0 then now() end
      from k, generate_series(1, $3::int) n returning id`, buyer.profile.id, kind, count),

  // in states that hold no money; of what is asked for there may be one
  bookings: (buyer, seller, campaign, count) => rows(`
    insert into bookings (package_id, creator_id, brand_id, campaign_id, state, amount_cents, fee_bp, fee_cents,
      currency, duration_days, revisions_allowed, due_at, completion_date)
    select (select min(id) from packages where creator_id = $2), $2, $1, case when n % 3 = 0 then $3::bigint end, s, 1000, 1000, 100, 'USD', 5, 2,
           case when s = 'completed' or n % 2 = 0 then now() end, case when s = 'completed' then now() end
      from generate_series(1, $4::int) n,
           lateral (select case when n = 6 then 'requested'
                           else (array['completed', 'rejected', 'cancelled', 'expired', 'completed'])[(n - 1) % 5 + 1] end) x (s)
    returning id`, buyer.profile.id, seller.profile.id, campaign, count),

  reviews: (buyer) => rows(`with made as (
      insert into reviews (booking_id, side, brand_id, creator_id, rating, comment, visible_at)
      select b.id, s, b.brand_id, b.creator_id, 4, 'Good', case when b.id % 4 > 0 or s = 'creator' or $2 then now() end
        from bookings b, unnest(array['brand', 'creator']) s where b.brand_id = $1
      returning booking_id, side, brand_id, creator_id, visible_at
    ), p as (
      update packages p set rating_count = p.rating_count + x.n, rating_sum = p.rating_sum + 4 * x.n
        from (select b.package_id, count(*) as n from made m join bookings b on b.id = m.booking_id
               where m.side = 'brand' and m.visible_at is not null group by 1) x
       where x.package_id = p.id
    ), c as (
      update creator_profiles c set rating_count = x.n, rating_sum = 4 * x.n
        from (select creator_id, count(*) as n from made where side = 'brand' and visible_at is not null group by 1) x
       where x.creator_id = c.id)
    update brand_profiles b set rating_count = x.n, rating_sum = 4 * x.n
      from (select brand_id, count(*) as n from made where side = 'creator' group by 1) x where x.brand_id = b.id`, buyer.profile.id, buyer === by.one.brand),

  parts: (campaign, packages, bookings) => rows(`insert into campaign_packages (campaign_id, package_id, booking_id)
    select $1, p, b from unnest($2::bigint[], $3::bigint[]) with ordinality x (p, b, n) order by n`, campaign, packages, bookings),

  applications: (campaign, creators) => rows(`
    insert into campaign_applications (campaign_id, creator_id, status, proposed_price_cents, currency, deliverables)
    select $1, c, (array['pending', 'accepted', 'rejected'])[n % 3 + 1], 1000, 'USD', '{One}'
      from unnest($2::bigint[]) with ordinality x (c, n) order by n`, campaign, creators),

  applied: (seller, campaigns) => rows(`
    insert into campaign_applications (campaign_id, creator_id, status, proposed_price_cents, currency, deliverables)
    select k, $1, (array['pending', 'accepted', 'rejected'])[n % 3 + 1], 1000, 'USD', '{One}'
      from unnest($2::bigint[]) with ordinality x (k, n) order by n`, seller.profile.id, campaigns),

  messages: (who, others, bookings, times) => rows(`
    insert into messages (sender_id, receiver_id, booking_id, content)
    select case when n % 2 = 0 then $1 else o end, case when n % 2 = 0 then o else $1 end,
           ($3::bigint[])[n % 3 + 1], 'Hello'
      from unnest($2::bigint[]) with ordinality x (o, m), generate_series(1, $4::int) t, lateral (select m + t) y (n)
     where t = 1 or m <= 2 order by n`, who.id, others, bookings, times),

  notices: (who, count) => rows(`insert into notifications (user_id, type, title, message, is_read)
    select $1, 'booking', 'Title', 'Said', n % 2 = 0 from generate_series(1, $2::int) n`, who.id, count),

  // many stand for the same moment; one has ended, one is over
  sessions: (who, count) => rows(`insert into sessions (id, user_id, rotates, address, user_agent, last_used_at, created_at, expires_at, ended_at, end_reason)
    select gen_random_uuid(), $1, false, '127.0.0.1', 'x', date_trunc('hour', now()) - n / 20 * interval '1 h', now() - interval '2 d',
           now() + case when n = 1 then interval '-1 h' else interval '1 d' end,
           case when n = 2 then now() end, case when n = 2 then 'by_user' end
      from generate_series(1, $2::int) n`, who.id, count),

  // an entry may be of two accounts of one's own
  money: (who, kinds, booking, count) => rows(`with e as (
      insert into ledger_entries (key, act, booking_id) select $1 || n, 'to_balance', $2 from generate_series(1, $3::int) n returning id)
    insert into ledger_postings (entry_id, account_id, currency, cents)
    select e.id, a.id, 'USD', a.cents
      from e, (select account_of(k, 'USD', case when k = 'gateway' then null else $4::bigint end, null) as id,
                      case when k = 'gateway' then -$5::bigint else 100 end as cents
                 from unnest($6::text[]) k offset 0) a order by a.id desc`,
  unique('list'), booking, count, who.id, (kinds.length - 1) * 100, kinds),
};

const most = (name) => value('select setting($1)', name);

// What comes whole: as much as there may be, or more than is shown.
async function makeFull(who) {
  const more = (await make.crowd(unique('Elsewhere '), await most('saved_max'))).map((c) => c.creator_id);
  await make.saved(who.brand, more);
  await make.towns(who.town, more);
  await make.packages(who.creator, await most('packages_max') - 1); // one there is
  await make.accounts(who.brand);
  await make.days(who.creator, who.bookings[0]);
  await make.views(who.creator);
  await make.preferences(who.brand, 6);
  for (const [at, log, pieces] of [[work.many, 130, await most('deliverables_max')], [work.one, 1, 1]]) {
    await make.log(who.bookings[at], log);
    await make.pieces(who.bookings[at], pieces);
  }
}

before(async () => {
  const places = [];
  for (const [n, name] of ['none', 'one', 'many'].entries()) {
    const [b, c] = await Promise.all([brand(), creator()]);
    places.push(unique('Hamlet ').replace(/[0-9]/g, (digit) => 'ghijklmnop'[digit]));
    by[name] = { brand: b, creator: c, place: places[n], kind: unique('Kind '), town: name === 'many' ? `${unique('Town').replace(/[0-9]/g, 'q')} ` : places[n] };
  }
  const { none, one, many } = by;
  const open = await brand(); // whose campaigns the creators applied to
  crowd.push(...await make.crowd(many.place, MANY));
  await make.package(one.creator, one.place);
  await make.package(many.creator, unique('Elsewhere '));
  none.campaign = (await make.campaigns(none.brand, unique('Kind '), 1))[0].id;
  await rows(`insert into categories (kind, name) values ('campaign', $1)`, none.kind);
  for (const [who, count] of [[one, 1], [many, 250]]) {
    who.campaign = (await make.campaigns(who.brand, who.kind, count))[0].id;
    const times = count === 1 ? 1 : 3;
    who.bookings = (await make.bookings(who.brand, who.creator, who.campaign, count)).map(({ id }) => id);
    await make.reviews(who.brand);
    const others = crowd.slice(0, count);
    await make.parts(who.campaign, others.map((c) => c.package_id).reverse(), who.bookings.slice(0, others.length));
    await make.applications(who.campaign, others.map((c) => c.creator_id));
    who.open = (await make.campaigns(open, unique('Kind '), count)).map(({ id }) => id);
    await make.applied(who.creator, who.open);
    await make.messages(who.brand, others.map((c) => c.user_id), [who.bookings[0], who.bookings[1] ?? null, null], times);
    await make.notices(who.brand, Math.min(count, MANY));
    await make.money(who.brand, ['gateway', 'brand_balance'], who.bookings[0], Math.min(count, MANY));
    if (count > 1) {
      await makeFull(who);
      await make.sessions(who.brand, MANY + 2);
      await make.money(who.creator, ['gateway', 'creator_payable', 'brand_balance'], who.bookings[0], MANY);
    } else {
      await make.saved(who.brand, [crowd[0].creator_id]);
      await make.preferences(who.brand, 1);
      await make.money(who.creator, ['gateway', 'creator_payable'], who.bookings[0], 1);
    }
  }
});

// ---- the lists ----

const newest = (a, b) => b.id - a.id;
const ofBooking = (column) => (who) => rows(`select b.id, b.state, s.status, b.due_at, b.campaign_id from bookings b
  join booking_states s using (state) where b.${column}_id = $1`, who[column].profile.id);
const ofReviews = (where) => (column) => (who) => rows(`select id from reviews where ${where} and ${column}_id = $1`, who[column].profile.id);
const ofPostings = (kind) => (who) => rows(`select e.id, a.id as account_id, a.kind as account
  from ledger_entries e join ledger_postings p on p.entry_id = e.id join accounts a on a.id = p.account_id where a.user_id = $1`, who[kind].id);
const bookingFilters = { status: [['completed', 'cancelled', 'expired', 'pending', 'requested', 'nothing'], (b, v) => [b.state, b.status].includes(v)] };
const workFilters = {
  status: [['in_progress', 'completed', 'cancelled', 'rejected'], (b, v) => v === ({ accepted: 'in_progress', in_progress: 'in_progress', completed: 'completed' }[b.status] ?? 'cancelled')],
  type: [['package', 'campaign', 'nothing'], (b, v) => (b.campaign_id === null ? 'package' : 'campaign') === v],
};
const paid = (b) => b.due_at !== null;

/*
 * What is listed, in its order, of all `rows`: those that `keep`.  filters:
 * values to ask for, and which row each of them means.  `scope`: what parts
 * ours from everybody's.  `turned`: each page begins with its last.  onward:
 * parameters that go on from the last seen, and whether they go with a query.
 */
const lists = {
  listSessions: [{ as: 'brand', own: 1, order: (a, b) => b.last_used_at - a.last_used_at || (a.id < b.id ? -1 : 1),
    rows: (who) => rows('select id, last_used_at from sessions where user_id = $1 and ended_at is null and expires_at > now()', who.brand.id) }],
  listCreators: [{ scope: (who) => ({ location: who.place }), order: (a, b) => b.rating_count - a.rating_count || newest(a, b), cursor: true,
    sorts: { newest, reviews: (a, b) => b.rating_count - a.rating_count || newest(a, b), price: (a, b) => a.price - b.price || newest(a, b), '-price': (a, b) => b.price - a.price || newest(a, b) },
    rows: (who) => rows('select id, rating_count, cheapest_cents as price from creator_profiles where location = $1', who.place) }],
  listPackages: [{ scope: (who) => ({ location: who.place }), order: newest, cursor: true,
    sorts: { newest, price: (a, b) => a.price - b.price || newest(a, b), '-price': (a, b) => b.price - a.price || newest(a, b) },
    rows: (who) => rows('select p.id, p.price_cents as price from packages p join creator_profiles c on c.id = p.creator_id where c.location = $1', who.place) }],
  listCampaigns: [{ as: 'brand', own: 1, order: newest, keep: (k) => k.deleted_at === null,
    filters: { status: [['draft', 'active', 'paused', 'nothing'], (k, v) => k.status === v] },
    rows: (who) => rows('select id, status, deleted_at from campaigns where brand_id = $1', who.brand.profile.id) }],
  browseCampaigns: [{ as: 'creator', order: newest, scope: (who) => ({ category: who.kind }), keep: (k) => k.status === 'active' && k.deleted_at === null,
    filters: { category: [() => [by.many.kind, 'nothing'], (k, v) => k.category === v] },
    rows: (who) => rows('select id, status, category, deleted_at from campaigns where category = $1', who.kind) }],
  listCampaignPackages: [{ as: 'brand', path: (who) => ({ id: who.campaign }), order: (a, b) => a.place - b.place,
    rows: (who) => rows('select package_id as id, id as place from campaign_packages where campaign_id = $1', who.campaign) }],
  listApplications: [{ as: 'brand', path: (who) => ({ id: who.campaign }), order: newest,
    filters: { status: [['pending', 'accepted', 'rejected', 'nothing'], (a, v) => a.status === v] },
    rows: (who) => rows('select id, status from campaign_applications where campaign_id = $1', who.campaign) }],
  listOwnApplications: [{ as: 'creator', order: newest, keep: (a) => a.deleted_at === null,
    filters: {
      campaign_id: [() => [by.many.open[0], by.many.open[8], by.many.campaign], (a, v) => a.campaign_id === v],
      status: [['pending', 'accepted', 'rejected', 'nothing'], (a, v) => a.status === v],
    },
    rows: (who) => rows(`select a.id, a.campaign_id, a.status, k.deleted_at from campaign_applications a
      join campaigns k on k.id = a.campaign_id where a.creator_id = $1`, who.creator.profile.id) }],
  listBookings: ['brand', 'creator'].map((as) => ({ as, order: newest, filters: bookingFilters, rows: ofBooking(as) })),
  listCollaborations: ['brand', 'creator'].map((as) => ({ as, order: newest, filters: workFilters, keep: paid, rows: ofBooking(as) })),
  listCreatorReviews: [{ path: (who) => ({ id: who.creator.profile.id }), order: newest, rows: ofReviews(`side = 'brand' and visible_at is not null`)('creator') }],
  listOwnReviews: [{ as: 'brand', order: newest, rows: ofReviews(`side = 'brand'`)('brand') }],
  listBrandReviews: [{ path: (who) => ({ id: who.brand.profile.id }), order: newest, rows: ofReviews(`side = 'creator' and visible_at is not null`)('brand') }],
  listMessages: [{ as: 'brand', order: newest, turned: true,
    filters: {
      user_id: [() => [crowd[0].user_id, crowd[1].user_id, crowd[50].user_id, by.none.creator.id], (m, v) => [m.sender_id, m.receiver_id].includes(v)],
      booking_id: [() => by.many.bookings.slice(0, 3), (m, v) => m.booking_id === v],
    },
    onward: { before: () => true, after: (query) => query.user_id !== undefined },
    rows: (who) => rows('select id, sender_id, receiver_id, booking_id from messages where sender_id = $1 or receiver_id = $1', who.brand.id) }],
  listConversations: [{ as: 'brand', order: (a, b) => b.last - a.last,
    rows: (who) => rows(`select case when sender_id = $1 then receiver_id else sender_id end as id, max(id) as last
      from messages where sender_id = $1 or receiver_id = $1 group by 1`, who.brand.id) }],
  listNotifications: [{ as: 'brand', order: newest,
    filters: { unread_only: [['true', 'false'], (n, v) => v === 'false' || !n.is_read] }, onward: { before: () => true },
    rows: (who) => rows('select id, is_read from notifications where user_id = $1', who.brand.id) }],
  listLedger: ['brand', 'creator'].map((as) => ({ as, order: (a, b) => newest(a, b) || b.account_id - a.account_id, key: (e) => `${e.id} ${e.account}`, rows: ofPostings(as) })),
};

// ---- what comes whole ----

const ofMany = (name) => ({ brand: by.many.brand, booking: by.many.bookings[work[name]] });
const perDay = (as, what) => [1, 30, 365].map((days) => ({ as, query: { days }, least: days, key: ({ date, ...more }) => ({ date, ...more }),
  rows: (who) => rows(`select to_char(d, 'YYYY-MM-DD') as date, ${what}
    from generate_series(house_day(now()) - $2::int + 1, house_day(now()), '1 day') d order by d`, who[as].id, days) }));
const moneyOn = (view) => `coalesce((select sum(cents) from ${view} where user_id = $1 and currency = 'USD' and house_day(created_at) = d::date), 0) / 100.0 as amount`;
const viewsOn = ['profile', 'package', 'campaign']
  .map((type) => `coalesce((select sum(views) from analytics where user_id = $1 and entity_type = '${type}' and counted_on = d::date), 0) as ${type}`).join(', ');
const placesOf = (table) => [{ query: (who) => ({ location: who.town }), key: ({ value: place, count }) => `${place} ${count}`, sorted: true,
  rows: (who) => rows(`select c.location as value, count(*) as count from ${table} where c.location like $1 || '%' group by 1 order by 2 desc, 1 limit 30`, who.town) }];

/*
 * What comes whole, by the part of the answer that has it: all `rows` in their
 * order, `key` of each.  of: another than who has none, one and many.  least:
 * there are never fewer.
 */
const wholes = {
  'listSavedCreators creators': [{ as: 'brand', rows: (who) => rows(`select creator_id as id from saved_creators where brand_id = $1
    order by saved_at desc, creator_id desc`, who.brand.profile.id) }],
  'listPackages packages': [{ as: 'creator', query: { my_packages: true },
    rows: (who) => rows('select id from packages where creator_id = $1 and deleted_at is null order by id desc', who.creator.profile.id) }],
  'getCampaign packages': [{ as: 'brand', path: (who) => ({ id: who.campaign }),
    rows: (who) => rows('select package_id as id from campaign_packages x where campaign_id = $1 order by x.id limit 100', who.campaign) }],
  'getBookingTimeline entries': [{ as: 'brand', of: ofMany, path: (who) => ({ id: who.booking }), key: ({ note }) => note,
    rows: (who) => rows(`select * from (select id, note from booking_log where booking_id = $1 and act <> 'remind' order by id desc limit 100) x order by id`, who.booking) }],
  'getCollaboration submitted_deliverables': [{ as: 'brand', of: ofMany, path: (who) => ({ id: who.booking }),
    rows: (who) => rows('select id from deliverables where booking_id = $1 order by id', who.booking) }],
  'getCollaboration revision_requests': [{ as: 'brand', of: ofMany, path: (who) => ({ id: who.booking }), key: (one) => one.deliverable_id,
    rows: (who) => rows(`select * from (select id, deliverable_id from revision_requests where booking_id = $1 order by id desc limit 20) x order by id`, who.booking) }],
  'listBalances balances': [{ as: 'brand', key: ({ account, currency, amount }) => `${account} ${currency} ${Number(amount)}`,
    rows: (who) => rows(`select a.kind as account, a.currency, coalesce(sum(p.cents), 0) / 100.0 as amount
      from accounts a left join ledger_postings p on p.account_id = a.id where a.user_id = $1 group by a.id order by a.kind, a.currency`, who.brand.id) }],
  'listPreferences preferences': [{ as: 'brand', least: 7, key: ({ type, in_page: page, by_mail: mail }) => `${type} ${page} ${mail}`,
    rows: (who) => rows(`select t.name as type, coalesce(p.in_page, t.in_page) as in_page, coalesce(p.by_mail, t.by_mail) as by_mail
      from notification_types t left join notification_preferences p on p.type = t.name and p.user_id = $1 order by 1`, who.brand.id) }],
  'listEarnings earnings': perDay('creator', moneyOn('earned')),
  'listSpending spending': perDay('brand', moneyOn('spent')),
  'listViews views': perDay('creator', viewsOn),
  'countCreators places': placesOf('creator_profiles c'),
  'countPackages places': placesOf('creator_profiles c join packages p on p.creator_id = c.id and p.is_active'),
};

// ---- asking ----

const resolve = (thing) => (thing?.$ref ? resolve(thing.$ref.slice(2).split('/').reduce((at, step) => at[step], contract)) : thing);
function fieldsOf(schema) {
  const { properties = {}, allOf = [], anyOf = [], oneOf = [] } = resolve(schema) ?? {};
  return [...Object.keys(properties), ...[...allOf, ...anyOf, ...oneOf].flatMap(fieldsOf)];
}

async function ask(id, list, who, query = {}, options = { status: 200 }) {
  const { whole } = operationById(id);
  const path = whole.replace(/\{([a-z_]+)\}/g, (_, name) => list.path(who)[name]);
  const sent = new URLSearchParams({ ...list.scope?.(who), ...query });
  return (await get(`${path}?${sent}`, { as: list.as && who[list.as], ...options })).json;
}

const itemsOf = (json) => Object.values(json).find(Array.isArray);
const keysOf = (list, items) => items.map(list.key ?? (({ id }) => id));
const inOrder = (list, json) => keysOf(list, list.turned ? itemsOf(json).reverse() : itemsOf(json));
async function expected(list, who, wanted = () => true, order = list.order) {
  return keysOf(list, (await list.rows(who)).filter((row) => (list.keep ?? (() => true))(row) && wanted(row)).sort(order));
}

// Every page, by number: the rows, once each, each page telling the same.
async function walk(id, list, who, query = {}) {
  const all = [];
  const first = await ask(id, list, who, { ...query, per_page: SIZE });
  for (let page = 1; page <= Math.max(first.pages, 1); page += 1) {
    const json = page === 1 ? first : await ask(id, list, who, { ...query, per_page: SIZE, page });
    assert.deepEqual([json.total, json.pages, json.current_page], [first.total, Math.ceil(first.total / SIZE), page]);
    all.push(...inOrder(list, json));
  }
  assert.equal(all.length, first.total);
  return all;
}

const isPaged = (o) => o.method === 'GET' && fieldsOf(o.responses[200]?.content?.['application/json']?.schema).some((f) => ['pages', 'next_cursor'].includes(f));

test('each paged list of the contract, with each of its filters, is in the table here', () => {
  assert.deepEqual(Object.keys(lists).sort(), operations.filter(isPaged).map((o) => o.operationId).sort());
  const elsewhere = ['listCreators', 'listPackages']; // search.test.mjs
  for (const [id, [list]] of Object.entries(lists)) {
    const named = operationById(id).parameters.filter((p) => p.in === 'query').map((p) => p.name)
      .filter((name) => !['page', 'per_page', 'sort', 'cursor'].includes(name));
    if (!elsewhere.includes(id)) assert.deepEqual(Object.keys({ ...list.filters, ...list.onward }).sort(), named.sort(), id);
  }
});

for (const [id, variants] of Object.entries(lists)) {
  for (const list of variants) {
    const name = variants.length > 1 ? `${id} of a ${list.as}` : id;

    test(`${name}: none, one and many, each once and in order`, async () => {
      for (const [count, who] of Object.entries(by)) {
        const right = await expected(list, who);
        if (count === 'none') assert.equal(right.length, list.own ?? 0);
        if (count === 'one') assert.equal(right.length, 1);
        if (count === 'many') assert.ok(right.length > SIZE, `${right.length} are not many`);
        assert.deepEqual(await walk(id, list, who), right, count);
      }
    });

    test(`${name}: behind the last page are none, and what a page may have is all it has`, async () => {
      for (const who of Object.values(by)) {
        const { current_page: one, ...first } = await ask(id, list, who, { per_page: SIZE });
        assert.equal(one, 1);
        for (const page of [first.pages + 1, 1000000]) {
          const { current_page: said, ...beyond } = await ask(id, list, who, { per_page: SIZE, page });
          assert.deepEqual(itemsOf(beyond), []);
          assert.equal(said, page);
          const plural = Object.keys(first).find((key) => Array.isArray(first[key]));
          const ends = { next_cursor: null, has_more: false };
          assert.deepEqual({ ...beyond, ...ends }, { ...first, [plural]: [], ...ends });
        }
        const most = await ask(id, list, who, { per_page: MOST });
        assert.equal(itemsOf(most).length, Math.min(most.total, MOST));
        assert.deepEqual(await ask(id, list, who, { per_page: 10000 }), most);
      }
    });

    test(`${name}: what is no page is a bad field`, async () => {
      for (const field of ['page', 'per_page']) {
        for (const bad of ['0', '-1', 'x', '1.5', '1e2', '0x10', '9'.repeat(19), '9'.repeat(40), '1 2', ...(field === 'page' ? ['1000001'] : [])]) {
          const { fields } = await ask(id, list, by.one, { [field]: bad }, { status: 422 });
          assert.deepEqual(Object.keys(fields), [field], `${field}=${bad}`);
        }
      }
    });

    const valuesOf = (filter) => (typeof list.filters[filter][0] === 'function' ? list.filters[filter][0]() : list.filters[filter][0]);
    const names = Object.keys(list.filters ?? {});
    const sets = () => names.flatMap((one, n) => valuesOf(one).flatMap((v) => [{ [one]: v },
      ...names.slice(n + 1).flatMap((two) => valuesOf(two).map((w) => ({ [one]: v, [two]: w })))]));
    const meant = (query) => expected(list, by.many, (row) => Object.entries(query).every(([filter, v]) => list.filters[filter][1](row, v)));
    if (names.length > 0) {
      test(`${name}: every filter alone, and every pair`, async () => {
        for (const query of sets()) {
          assert.deepEqual(await walk(id, list, by.many, query), await meant(query), JSON.stringify(query));
        }
      });
    }

    for (const [way, goes] of Object.entries(list.onward ?? {})) {
      test(`${name}: on from the last seen with ${way}, with every filter`, async () => {
        for (const query of [{}, ...sets()].filter(goes)) {
          const seen = [];
          for (let more = true, last = way === 'before' ? BEYOND : 0; more;) {
            const json = await ask(id, list, by.many, { ...query, per_page: SIZE, [way]: last });
            const items = keysOf(list, itemsOf(json));
            seen.push(...(way === 'before' && list.turned ? items.reverse() : items));
            more = json.has_more;
            last = seen.at(-1);
          }
          assert.deepEqual(way === 'before' ? seen : seen.reverse(), await meant(query), JSON.stringify(query));
        }
      });
    }

    if (list.cursor) {
      test(`${name}: by cursor as by pages, in each order`, async () => {
        for (const sort of [...resolve(operationById(id).parameters.find((p) => p.name === 'sort').schema).enum]) {
          const pages = await walk(id, list, by.many, { sort });
          if (list.sorts[sort]) assert.deepEqual(pages, await expected(list, by.many, undefined, list.sorts[sort]), sort);
          const onward = [];
          for (let cursor = ''; cursor !== null;) {
            const json = await ask(id, list, by.many, { sort, per_page: SIZE, cursor });
            onward.push(...inOrder(list, json));
            cursor = json.next_cursor;
          }
          assert.deepEqual(onward, pages, sort);
        }
      });
    }
  }
}

// ---- what comes whole ----

const partsOf = (schema) => {
  const { properties = {}, allOf = [], anyOf = [], oneOf = [] } = resolve(schema) ?? {};
  return [...Object.entries(properties), ...[...allOf, ...anyOf, ...oneOf].flatMap(partsOf)];
};
const listsIn = (o) => partsOf(o.responses[200]?.content?.['application/json']?.schema)
  .map(([part, schema]) => [part, resolve(schema)]).filter(([, { items }]) => items && fieldsOf(items).length > 0);

test('each list that does not come in pages is in the table here, and the contract says how long it may be', () => {
  const there = operations.filter((o) => o.method === 'GET' && listsIn(o).length > 0);
  for (const o of there) for (const [part, { maxItems }] of listsIn(o)) assert.ok(maxItems > 0, `${o.operationId} ${part}`);
  const named = new Set(Object.keys(wholes).map((name) => name.split(' ')[0]));
  assert.deepEqual(there.filter((o) => !(o.operationId in lists) && !named.has(o.operationId)).map((o) => o.operationId), []);
});

for (const [name, variants] of Object.entries(wholes)) {
  const [id, part] = name.split(' ');
  const { maxItems } = Object.fromEntries(listsIn(operationById(id)))[part];
  for (const list of variants) {
    test(`${name}${list.least ? ` of ${list.least}` : ''}: none, one and as many as there may be`, async () => {
      const keys = (items) => (list.sorted ? keysOf(list, items).sort() : keysOf(list, items));
      const counts = {};
      for (const count of Object.keys(by)) {
        const who = (list.of ?? ((one) => by[one]))(count);
        const query = typeof list.query === 'function' ? list.query(who) : list.query;
        const answer = await ask(id, list, who, query, { status: 200, arena: 2 ** 23 });
        assert.deepEqual(keys(answer[part]), keys(await list.rows(who)), count);
        counts[count] = answer[part].length;
        if (answer.total !== undefined && !id.startsWith('count')) assert.equal(answer.total, counts[count]);
      }
      const { least } = list;
      assert.deepEqual(counts, { none: least ?? 0, one: least ?? 1, many: least ?? maxItems });
    });
  }
}
