// What a request may cost: one statement and 64 KiB of arena, but for these,
// each with its reason.  Debug builds tell the cost in answer headers.
const PAGE = { arena: 262144, why: 'a page may have a hundred rows' };

export const STATEMENTS = 1;
export const ARENA_BYTES = 65536;

export const exceptions = {
  listCreators: PAGE,
  listPackages: PAGE,
  listBookings: PAGE,
  listNotifications: PAGE,
  listLedger: PAGE,
  login: { statements: 2, why: 'the password is checked between reading its hash and opening the session' },
  receivePayment: { statements: 2, why: 'the reference says which key verifies the message that is then stored' },
  receivePaymentOld: { statements: 2, why: 'as receivePayment' },
  createBooking: { statements: 4, why: 'the rows are committed, the order read, the gateway called, its answer stored, and the whole read' },
  payBooking: { statements: 4, why: 'as createBooking' },
};
