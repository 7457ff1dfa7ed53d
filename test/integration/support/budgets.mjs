// What a request may cost: one statement and 64 KiB of arena, but for these,
// each with its reason.  Debug builds tell the cost in answer headers.
const PAGE = { arena: 262144, why: 'a page may have a hundred rows' };
const WIDE = { arena: 786432, why: 'a page may have a hundred rows of a kilobyte and more, written to what doubles as it grows' };
const WORK = { arena: 131072, why: 'it carries both sides, the booking and every piece of the work' };

// With a key: its claim, the two, and its answer.
const STEPS = { statements: 2, keyed: 4 };
const UPLOAD = { ...STEPS, refused: 3, why: 'no file may be without a row: it comes before and is finished after, or dropped where they were refused' };

export const STATEMENTS = 1;
export const KEYED = 3; // with an Idempotency-Key: it is claimed before, its answer kept after
export const ARENA_BYTES = 65536;
export const PACKING = 49152; // more of them where the worker packs an answer of up to 3.5 KB

export const exceptions = {
  listCreators: PAGE,
  listPackages: WIDE,
  listBookings: WIDE,
  listCollaborations: WIDE,
  getCollaboration: WORK,
  setCollaborationProgress: WORK,
  addDeliverable: WORK,
  addDeliverableDraft: WORK,
  approveDeliverable: WORK,
  reviseDeliverable: WORK,
  completeCollaboration: WORK,
  cancelCollaboration: WORK,
  requestCancellation: WORK,
  listCampaigns: WIDE,
  browseCampaigns: WIDE,
  listCampaignPackages: WIDE,
  listApplications: WIDE,
  listOwnApplications: WIDE,
  getCampaign: { statements: 2, arena: 262144, why: 'the campaign is one row, its packages are many' },
  listNotifications: PAGE,
  listLedger: PAGE,
  listSavedCreators: PAGE,
  listMessages: PAGE,
  listConversations: PAGE,
  listCreatorReviews: WIDE,
  listBrandReviews: WIDE,
  listOwnReviews: WIDE,
  listSessions: PAGE,
  login: { statements: 2, again: 4, why: 'the password is checked between reading its hash and opening the session; both again, once, where another hash was written meanwhile' },
  registerCreator: { ...STEPS, why: 'the try is counted before the password is hashed' },
  registerBrand: { ...STEPS, why: 'as registerCreator' },
  resetPassword: { statements: 2, why: 'the link is looked at before the new password is hashed' },
  changePassword: { statements: 2, why: 'the current password is checked between reading its hash and writing the new one' },
  updateOwnProfile: { statements: 2, why: 'as changePassword, where another address is asked for' },
  receivePayment: { statements: 2, why: 'the reference says which key verifies the message that is then stored' },
  receivePaymentOld: { statements: 2, why: 'as receivePayment' },
  createBooking: { ...STEPS, why: 'the rows are committed before the gateway is called, its answer after' },
  payBooking: { ...STEPS, why: 'as createBooking' },
  sendProfilePicture: UPLOAD,
  putProfilePicture: UPLOAD,
  sendGalleryPicture: UPLOAD,
  putGalleryPicture: UPLOAD,
  sendLogo: UPLOAD,
  getAttachment: { untold: true, why: 'nginx sends the file, and none of the worker’s headers' },
  addAttachment: UPLOAD,
  putAttachment: UPLOAD,
  putLogo: UPLOAD,
};
