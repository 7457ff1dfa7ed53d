// Every operation x every role x somebody else's row.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { call } from './support/client.mjs';
import { operations } from './support/contract.mjs';
import { row, rows, value } from './support/db.mjs';
import { PASSWORD, address, book, brand, creator, login, makePackage } from './support/people.mjs';

const callers = {};
const foreign = {}; // the id of somebody else's row, by the path it belongs to

before(async () => {
  const owner = await creator();
  const buyer = await brand();
  Object.assign(callers, { nobody: undefined, creator: await creator(), brand: await brand(), admin: await admin() });
  const bought = await makePackage(owner);
  const { booking } = await book(buyer, bought);
  foreign['/packages/{id}'] = bought.id;
  foreign['/bookings/{id}'] = booking.id;
  // as paid as a collaboration has to be
  await rows(`update bookings set due_at = now() + interval '7 d' where id = $1`, booking.id);
  foreign['/collaborations/{id}'] = booking.id;
  // a draft: to others it is not there at all
  foreign['/campaigns/{id}'] = await value(`insert into campaigns (brand_id, title, description, budget_cents, start_date, end_date, category)
    values ($1, 'Winter', 'Warm drinks', 100000, now(), now() + interval '30 d', 'Other') returning id`, buyer.profile.id);
  foreign['/notifications/{id}'] = await value('select id from notifications where user_id = $1 limit 1', owner.id);
  foreign['/messages/{id}'] = await value(`insert into messages (sender_id, receiver_id, content)
    values ($1, $2, 'Between us') returning id`, buyer.id, owner.id);
  foreign['/reviews/{id}'] = await value(`insert into reviews (booking_id, side, brand_id, creator_id, rating, comment)
    values ($1, 'brand', $2, $3, 5, 'Fine work') returning id`, booking.id, buyer.profile.id, owner.profile.id);
  await rows('select review_show(array[$1::bigint])', booking.id);
  foreign['/brands/saved-creators/{id}'] = await value(`insert into saved_creators (brand_id, creator_id)
    values ($1, $2) returning creator_id`, buyer.profile.id, owner.profile.id);
  foreign['/creators/{id}'] = owner.profile.id;
  foreign['/brands/{id}'] = buyer.profile.id;
});

// Admins are made by hand; no call makes one.
async function admin() {
  const person = { email: address('admin'), password: PASSWORD };
  await rows(`insert into users (email, password_hash, user_type)
    select $1, u.password_hash, 'admin' from users u where u.id = $2`, person.email, (await creator()).id);
  await login(person);
  assert.equal(person.profile, null);
  return person;
}

const BODIES = {
  updatePackage: { title: 'Taken' },
  updateCampaign: { title: 'Taken' },
  addCampaignPackage: { package_id: 1 },
  applyToCampaign: { proposed_price: 10, deliverables: ['x'] },
  decideApplication: { status: 'accepted' },
  setBookingStatus: { status: 'cancelled' },
  actOnBooking: { act: 'withdraw' },
  payBooking: { payment_method: 'paynow' },
  setCollaborationProgress: { progress_percentage: 50 },
  addDeliverable: { title: 'Taken', url: 'https://example.com/' },
  addDeliverableDraft: { title: 'Taken', url: 'https://example.com/' },
  reviseDeliverable: { notes: 'Taken' },
  requestCancellation: { reason: 'Taken' },
  respondToReview: { response: 'Taken' },
};

// Where a path does not name the table and its key.
const ROWS = { '/collaborations/{id}': ['bookings', 'id'], '/brands/saved-creators/{id}': ['saved_creators', 'creator_id'] };

// What is public has no owner to be kept from.
const PUBLIC = ['getPackage', 'getCreator', 'getBrand', 'saveCreator', 'showPaymentReturn'];

for (const operation of operations) {
  const { operationId, method, whole, path } = operation;
  const roles = operation['x-roles'];
  const open = roles.includes('any') || roles.includes('guest');
  if (open) continue;

  test(`${operationId} is for ${roles.join(' and ')} and nobody else`, async () => {
    const target = whole.replaceAll(/\{[a-z_]*id\}/g, '999999999');
    for (const [role, as] of Object.entries(callers)) {
      if (roles.includes(role)) continue;
      const answer = await call(method, target, { as, body: BODIES[operationId] });
      assert.equal(answer.status, role === 'nobody' ? 401 : 403, `${operationId} by ${role}: ${answer.text}`);
    }
  });

  if (!path.includes('{id}') || PUBLIC.includes(operationId)) continue;

  test(`${operationId} of somebody else's row is 404 and changes nothing`, async () => {
    const room = Object.keys(foreign).find((key) => path.startsWith(key));
    assert.ok(room, `no foreign row for ${path}: add one to this test`);
    const [table, key] = ROWS[room] ?? [room.split('/')[1], 'id'];
    const id = foreign[room];
    const before = await row(`select * from ${table} where ${key} = $1`, id);
    for (const role of roles) {
      const answer = await call(method, whole.replace('{id}', id).replaceAll(/\{[a-z_]*id\}/g, '1'), { as: callers[role], body: BODIES[operationId] });
      assert.equal(answer.status, 404, `${operationId} by another ${role}: ${answer.text}`);
    }
    assert.deepEqual(await row(`select * from ${table} where ${key} = $1`, id), before);
  });
}
