// With what each statement that reads is asked: the typical, the worst, deep
// pages.  An argument that is left out is null.
const PAGE = { size: 12, start: 0 };
const DEEP = { size: 12, start: 4980 }; // page 416
const SESSION = '00000000-0000-4000-8000-000000000000';

// Lists by word and filter: cases that creators and packages share.
function searches(deepKey) {
  const newest = { sort: 'newest', ...PAGE };
  const relevant = { sort: 'relevance', ...PAGE };
  return {
    'all, newest': newest,
    'all, newest, page 416': { ...newest, ...DEEP },
    'all, newest, deep by cursor': { ...newest, after_key: deepKey, after_id: deepKey },
    'all, cheapest': { ...newest, sort: 'price' },
    'all, dearest': { ...newest, sort: '-price' },
    'all, by rating': { ...newest, sort: 'rating' },
    'all, most booked': { ...newest, sort: 'popular' },
    'place': { ...newest, location: 'mutare' },
    'platform, language, place': { ...newest, platform: 'tiktok', language: 'Shona', location: 'harare' },
    'followers, by rating': { ...newest, min_followers: 1000, max_followers: 9000, sort: 'rating' },
    'few followers, cheapest': { ...newest, max_followers: 1200, sort: 'price' },
    'stars, cheapest': { ...newest, min_rating: 450, sort: 'price' },
    'price and days, most booked': { ...newest, min_price: 5000, max_price: 9000, max_days: 2, sort: 'popular' },
    'one cent and a day: none': { ...newest, max_price: 1, max_days: 1, sort: 'rating' },
    'every filter': { ...newest, platform: 'tiktok', location: 'gweru', language: 'English', min_followers: 5000,
      max_followers: 500000, min_price: 2000, max_price: 150000, min_rating: 350, max_days: 10, sort: 'rating' },
    'word of all': { ...relevant, search: 'number' },
    'word of few': { ...relevant, search: 'tiktok' },
    'two words': { ...relevant, search: 'honest fashion' },
    'word begun': { ...relevant, search: 'cab' },
    'mistyped place': { ...relevant, search: 'bulawyo' },
    'mistyped place, deep': { ...relevant, search: 'bulawyo', start: 1500 },
    'mistyped place, cheapest': { ...relevant, search: 'bulawyo', sort: 'price' },
    'mistyped name': { ...relevant, search: 'cabebl' },
    'two mistyped words': { ...relevant, search: 'bulawyo fashoin' },
    'three mistyped words': { ...relevant, search: 'instagrm vidoe bulawyo' },
    'no such words': { ...relevant, search: 'xylophonist quartetto wyvernly' },
  };
}

function facets(cases) {
  const wanted = ['place', 'platform, language, place', 'price and days, most booked', 'every filter', 'word of all',
    'mistyped place', 'three mistyped words', 'no such words'];
  const asked = Object.entries(cases).filter(([about]) => wanted.includes(about));
  return { 'all': {}, ...Object.fromEntries(asked.map(([about, { size, start, sort, ...filters }]) => [about, filters])) };
}

// The typical user, and the busy one.
const both = (typical, busy, more) => ({ 'typical': { ...more, user_id: typical }, 'busy': { ...more, user_id: busy } });

function ownList(typical, busy, filters = {}) {
  return {
    ...both(typical, busy, PAGE),
    'busy, deep': { user_id: busy, size: 12, start: 1800 },
    ...Object.fromEntries(Object.entries(filters).map(([about, filter]) => [`busy, ${about}`, { user_id: busy, ...PAGE, ...filter }])),
  };
}

// { statement: { case: { argument: value } } }
export async function allReads({ creators, brands, packages }, value) {
  const creator = Math.round(creators / 2); // a typical one, and user
  const brand = Math.round(brands / 2) - 1;
  const brandUser = creators + brand;
  const busyCreator = creators;
  const busyBrand = creators + brands;
  const campaign = brands + Math.floor(brands / 20); // the busy brand's last
  const booking = await value('select max(id) from bookings where brand_id = $1 and due_at is not null', brand);
  const payment = await value('select max(id) from payments where booking_id = $1', booking);
  const reviewed = await value("select max(id) from reviews where visible_at is not null and side = 'brand'");
  const category = await value("select min(name) from categories where kind = 'package'");
  const campaignCategory = await value("select min(name) from categories where kind = 'campaign'");
  const creatorSearches = { ...searches(creator), 'category': { category: 'Travel', sort: 'newest', ...PAGE } };
  const packageSearches = {
    ...searches(Math.round(packages / 2)),
    'category': { category, sort: 'newest', ...PAGE },
    'category, page 416': { category, sort: 'newest', ...DEEP },
    'category, price, currency': { category, currency: 'USD', max_price: 60000, sort: 'price', ...PAGE },
    'of one creator': { creator_id: creator, sort: 'newest', ...PAGE },
    'of the busy creator': { creator_id: busyCreator, sort: 'newest', ...PAGE },
  };
  const newest = { xid: await value('select coalesce(max(xid), \'0\')::text from events'), id: await value('select coalesce(max(id), 0) from events') };
  const days = { days: 30, currency: 'USD' };
  const year = { days: 365, currency: 'USD' };

  return {
    creator_find: creatorSearches,
    creator_facets: facets(creatorSearches),
    creator_get: { 'by id': { id: creator } },
    creator_own: { 'own': { user_id: creator } },
    creator_saved: both(brandUser, busyBrand),
    package_find: packageSearches,
    package_facets: { ...facets(packageSearches), 'category': { category } },
    package_own: both(creator, busyCreator),
    sitemap_files: { 'all': { ids: 20000 } },
    sitemap_creators: { 'a file': { ids: 20000, number: 1 } },
    sitemap_packages: { 'a file': { ids: 20000, number: 1 } },
    package_get: { 'by id': { id: creator + 1, user_id: 0 } },
    package_quote: { 'by id': { id: creator + 1 } },
    category_list: { 'all': {} },
    rule_list: { 'all': {} },
    brand_get: { 'by id': { id: brand } },
    brand_own: { 'own': { user_id: brandUser } },
    booking_of_brand: ownList(brandUser, busyBrand, { 'completed': { status: 'completed' }, 'rejected: none': { status: 'rejected' } }),
    booking_of_creator: ownList(creator, busyCreator, { 'completed': { status: 'completed' }, 'rejected: none': { status: 'rejected' } }),
    booking_get: { 'by id': { user_id: brandUser, id: booking } },
    booking_timeline: { 'by id': { user_id: brandUser, id: booking } },
    booking_answer: { 'by id': { user_id: brandUser, booking_id: booking } },
    collaboration_of_brand: ownList(brandUser, busyBrand, { 'completed': { status: 'completed' }, 'of campaigns': { type: 'campaign' } }),
    collaboration_of_creator: ownList(creator, busyCreator, { 'completed': { status: 'completed' }, 'of campaigns': { type: 'campaign' } }),
    collaboration_get: { 'by id': { user_id: brandUser, id: booking } },
    campaign_of_brand: ownList(brandUser, busyBrand, { 'paused: none': { status: 'paused' } }),
    campaign_browse: {
      'all': { user_id: creator, ...PAGE }, 'all, deep': { user_id: creator, size: 12, start: 1800 },
      'category': { user_id: creator, category: campaignCategory, ...PAGE },
    },
    campaign_get: { 'by id': { user_id: creator, id: brand }, 'busy': { user_id: busyBrand, id: campaign } },
    campaign_packages: {
      'typical': { user_id: brandUser, id: brand, ...PAGE }, 'busy': { user_id: busyBrand, id: campaign, ...PAGE },
      'busy, deep': { user_id: busyBrand, id: campaign, size: 12, start: 400 },
    },
    application_list: {
      'typical': { user_id: brandUser, campaign_id: brand, ...PAGE },
      'busy': { user_id: busyBrand, campaign_id: campaign, ...PAGE },
      'busy, deep': { user_id: busyBrand, campaign_id: campaign, size: 12, start: 1800 },
      'busy, accepted: none': { user_id: busyBrand, campaign_id: campaign, status: 'accepted', ...PAGE },
    },
    application_get: { 'by id': { user_id: brandUser, campaign_id: brand, id: brand * 5 } },
    application_own: {
      ...both(creator, busyCreator, PAGE), 'busy, deep': { user_id: busyCreator, size: 12, start: 1800 },
      'busy, accepted': { user_id: busyCreator, status: 'accepted', ...PAGE },
    },
    session_list: both(creator, busyCreator, { session: SESSION, ...PAGE }),
    sessions_ended: { 'all': {} },
    account_creator: { 'own': { user_id: creator } },
    account_brand: { 'own': { user_id: brandUser } },
    account_admin: { 'none': { user_id: creator } },
    dashboard_of_creator: both(creator, busyCreator, days),
    dashboard_of_brand: both(brandUser, busyBrand, days),
    earnings_by_day: { ...both(creator, busyCreator, days), 'busy, a year': { user_id: busyCreator, ...year } },
    spending_by_day: { ...both(brandUser, busyBrand, days), 'busy, a year': { user_id: busyBrand, ...year } },
    views_by_day: { ...both(creator, busyCreator, { days: 30 }), 'busy, a year': { user_id: busyCreator, days: 365 } },
    balance_list: both(creator, busyCreator),
    ledger_list: ownList(creator, busyCreator),
    message_list: {
      'typical, all': { user_id: creator, ...PAGE },
      'typical, of one': { user_id: creator, other_id: brandUser, ...PAGE },
      'busy, all': { user_id: busyBrand, ...PAGE },
      'busy, all, deep': { user_id: busyBrand, size: 12, start: 4980 },
      'busy, of the busy': { user_id: busyBrand, other_id: busyCreator, ...PAGE },
      'busy, of the busy, deep': { user_id: busyBrand, other_id: busyCreator, size: 12, start: 4980 },
      'busy, below': { user_id: busyBrand, other_id: busyCreator, below: brands * 21, ...PAGE },
      'busy, of one': { user_id: busyBrand, other_id: creator, ...PAGE },
      'of a booking': { user_id: brandUser, booking_id: booking, ...PAGE },
    },
    conversation_list: ownList(creator, busyBrand),
    notification_list: {
      ...both(creator, busyCreator, { unread_only: false, ...PAGE }),
      'busy, unread': { user_id: busyCreator, unread_only: true, ...PAGE },
      'busy, deep': { user_id: busyCreator, unread_only: false, size: 12, start: 1800 },
    },
    preference_list: both(creator, busyCreator),
    person_get: { 'known': { user_id: busyBrand, id: busyCreator }, 'by id': { user_id: brandUser, id: creator } },
    events_end: { 'all': {} },
    events_read: { 'from the beginning': { xid: 0, id: 0, most: 500 } },
    events_replay: both(creator, busyCreator, { xid: 0, id: 0, last_xid: newest.xid, last_id: newest.id, most: 200 }),
    socket_join: both(creator, busyBrand, { session: SESSION, xid: 0, id: 0 }),
    payment_status: { 'by booking': { user_id: brandUser, booking_id: booking } },
    payment_integration: { 'by reference': { reference: `BB${String(payment).padStart(12, '0')}` } },
    review_get: { 'by id': { id: reviewed, user_id: 0 } },
    review_of_creator: {
      'typical': { id: creator, ...PAGE }, 'busy': { id: creators, ...PAGE }, 'busy, deep': { id: creators, size: 12, start: 900 },
    },
    review_of_brand: {
      'typical': { id: brand, ...PAGE }, 'busy': { id: brands, ...PAGE }, 'busy, deep': { id: brands, size: 12, start: 400 },
    },
    review_by_brand: ownList(brandUser, busyBrand),
    upload_read: { 'by name': { user_id: brandUser, name: await value("select name from uploads where kind = 'attachment' limit 1") } },
  };
}
