// Page and worker refuse the same things in the same words: each rule of each
// form is broken, once by the form's own check and once over the wire.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { createServer } from '../../web/node_modules/vite/dist/node/index.js';
import { call, get } from './support/client.mjs';
import { contract, operations } from './support/contract.mjs';
import { rows } from './support/db.mjs';
import { brand, creator, PASSWORD } from './support/people.mjs';

const root = new URL('../../', import.meta.url).pathname;
const people = {};
let vite;
const load = (file) => vite.ssrLoadModule(`/src/${file}.ts`);
const pages = {};

before(async () => {
  vite = await createServer({
    root: `${root}web`,
    configFile: `${root}web/vite.config.ts`,
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    appType: 'custom',
    logLevel: 'error',
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  [people.creator, people.brand] = await Promise.all([creator(), brand()]);
  pages.rules = { ...(await load('services/rules')), ...(await load('services/rules.money')) };
  pages.forms = { ...(await load('lib/schemas')), ...(await load('lib/schemas.money')) };
  pages.linesOf = (await load('lib/lines')).linesOf;
  pages.reasonOf = (await load('hooks/useReasons')).reasonOf;
  pages.fill = (await load('i18n/index')).fill;
  pages.en = (await load('i18n/en/rules')).default;
  for (const language of ['sn', 'nd']) {
    pages[language] = {};
    for (const area of ['rules', 'refusals', 'names', 'notices']) pages[language][area] = (await load(`i18n/${language}/${area}`)).default.texts;
  }
});
after(() => vite.close());

const links = (names) => Object.fromEntries(names.map((name) => [name, '']));
const password = PASSWORD;
const email = 'words@example.com';
const campaign = { title: 'x', description: 'x', objectives: '', budget: '100', start_date: '2027-01-01', end_date: '2027-02-01', category: 'Other', currency: 'USD' };

// Each call with its form, what is typed into it where it is good, and what the
// page sends besides.
const FORMS = {
  login: { typed: { email, password } },
  registerCreator: { typed: { email, password } },
  registerBrand: { typed: { email, password, company_name: 'x' } },
  verifyCode: { form: 'verify', typed: { email, code: '000000' } },
  forgotPassword: { form: 'forgot', typed: { email } },
  resetPassword: { form: 'reset', typed: { password } },
  changePassword: { typed: { current_password: password, password } },
  updateOwnProfile: { form: 'changeEmail', typed: { email, current_password: password } },
  confirmEmail: { typed: { code: '000000' } },
  updateCreatorProfile: {
    form: 'profileForm',
    typed: {
      username: '', bio: '', location: '', categories: [], languages: [], follower_count: '0', engagement_rate: '0', portfolio_url: '', success_stories: '',
      free_revisions: '0', revision_fee: '0', availability_status: 'available', social_links: links(['instagram', 'tiktok']),
    },
    numbers: ['engagement_rate'],
  },
  updateBrandProfile: {
    form: 'brandForm',
    typed: { company_name: 'x', description: '', industry: '', location: '', website: '', company_size: '', social_links: links(['instagram', 'website']) },
  },
  createPackage: {
    form: 'packageForm',
    typed: { title: 'x', description: 'x', category: 'Other', price: '10', duration_days: '5', revisions: '2', deliverables: 'x', currency: 'USD', instant: false },
  },
  createCampaign: { form: 'campaign', typed: campaign },
  applyToCampaign: { form: 'applicationForm', typed: { proposed_price: '10', duration_days: '', deliverables: 'x', message: '' } },
  createBooking: { form: 'checkout', typed: { notes: '', phone: '0771234567', payment_method: 'ecocash' }, more: { package_id: 1 } },
  payBooking: { form: 'way', typed: { phone: '0771234567', payment_method: 'ecocash' } },
  actOnBooking: { form: ['askForm', true], typed: { note: 'x', creator_share: '0' }, more: { act: 'ask_cancel' } },
  addDeliverable: { form: ['pieceForm', false], typed: { title: 'x', url: 'https://example.com/x', description: '' } },
  reviseDeliverable: { form: 'changeForm', typed: { notes: 'x' } },
  createReview: {
    form: 'reviewForm',
    typed: {
      rating: '5', title: '', comment: 'x', communication_rating: '', quality_rating: '', professionalism_rating: '', timeliness_rating: '', would_recommend: true,
    },
    more: { collaboration_id: 1 },
  },
  respondToReview: { form: 'answerForm', typed: { response: 'x' } },
};

const WRONG = {
  email: ['nobody', 'a@b', 'a@b..co', '@b.co', 'a b@c.co', 'a@@b.co', 'a@b.', 'a@.co', '<a@b.co>', 'é@b.co'],
  code: ['12345', '1234567', 'abcdef', '12 345'],
  username: ['a-b', 'é\u00e9é', 'tari cooks'],
  link: ['www.example.com', 'javascript:alert(1)', 'https://', 'https://a@b.co', '/etc/passwd', '/uploads/../x', 'ftp://b.co', 'https://b.co/ x', 'https://b.co/"'],
  phone: ['123', '0871234567', '+44 7712 345678', '07712345678', 'none'],
};

// What breaks a rule, as it may be typed.
function broken(rule, name, typed) {
  const { kind, required, min, max, each, fit } = rule;
  if (kind === 'texts') return [{ ...typed[name], [Object.keys(typed[name])[0]]: 'é'.repeat(each + 1) }];
  if (kind === 'list') {
    const lists = [Array(max + 1).fill('x'), ['x', 'é'.repeat(each + 1)], ...(required ? [[]] : [])];
    return Array.isArray(typed[name]) ? lists : lists.map((list) => list.join('\n'));
  }
  const none = required ? ['', ...(kind ? [] : ['  '])] : [];
  if (kind === 'whole') return [...none, '2.5', ...(min > 0 ? [min - 1] : []), max + 1].map(String);
  if (kind === 'decimals') return [...none, '1.234', ...(min > 0 ? [min - 0.01] : []), max + 0.01].map(String);
  return [...none, ...(kind === 'secret' ? ['long enough\0'] : ['a\u0007b', 'a\u007fb']), ...(min > 1 ? ['😀'.repeat(min - 1)] : []), ...(max ? ['😀'.repeat(max + 1)] : []),
    ...(WRONG[fit?.word] ?? [])];
}

const flat = (at, before = '') => Object.entries(at).flatMap(([name, error]) =>
  (typeof error.type === 'string' ? [[before + name, error]] : flat(error, `${before}${name}.`)));

// Numbers go as numbers, lines as a list; amounts as they were typed.
function sent(operationId, values) {
  const { more, numbers = [] } = FORMS[operationId];
  const fields = Object.entries(values).map(([name, value]) => {
    const kind = pages.rules[operationId][name]?.kind;
    if (kind === 'whole' || numbers.includes(name)) return [name, value === '' ? null : Number(value)];
    if (kind === 'list' && typeof value === 'string') return [name, pages.linesOf(value)];
    return [name, value === '' && ['username', 'company_size', 'title'].includes(name) && !pages.rules[operationId][name]?.required ? null : value];
  });
  return { ...Object.fromEntries(fields), ...more };
}

for (const operation of operations.filter(({ operationId }) => FORMS[operationId])) {
  const { operationId, method } = operation;
  const { form = operationId, typed } = FORMS[operationId];
  const roles = operation['x-roles'];
  const as = () => (roles.includes('creator') ? people.creator : roles.includes('brand') ? people.brand : undefined);
  const path = operation.whole.replace('{token}', '0'.repeat(64)).replaceAll(/\{[a-z_]*\}/g, '1');
  const check = async (values) => {
    const made = Array.isArray(form) ? pages.forms[form[0]](form[1]) : pages.forms[form];
    return flat((await made(values, undefined, { fields: {}, shouldUseNativeValidation: false })).errors);
  };

  test(`${operationId}: what breaks a rule is refused by both, in the same words`, async () => {
    assert.deepEqual(await check(typed), [], 'what is good is taken');
    let count = 0;
    for (const [name, rule] of Object.entries(pages.rules[operationId])) {
      for (const wrong of broken(rule, name, typed)) {
        const values = { ...typed, [name]: wrong };
        const what = `${name} = ${JSON.stringify(wrong).slice(0, 60)}`;
        const errors = await check(values);
        assert.equal(errors.length, 1, `${what}: ${JSON.stringify(errors)}`);
        const [at, error] = errors[0];
        const said = pages.reasonOf(error, (key, slots) => pages.fill(pages.en[key], slots), () => undefined);
        const { json, text } = await call(method, path, { as: as(), body: sent(operationId, values), status: 422 });
        assert.equal(json.fields[at], said, `${what}: ${text}`);
        const { code, min, max } = json.reasons[at];
        assert.equal([code, min, max].filter((part) => part !== undefined).join(':'), error.type, what);
        for (const language of ['sn', 'nd']) assert.ok(pages[language].rules[code], `${code} in ${language}`);
        count += 1;
      }
    }
    assert.ok(count > 0);
  });
}

test('a campaign that ends before it starts is refused by both, in the same words', async () => {
  const values = { ...campaign, end_date: '2026-12-31' };
  const { errors } = await pages.forms.campaign(values, undefined, {});
  const { json } = await call('POST', '/api/campaigns', { as: people.brand, body: values, status: 422 });
  assert.deepEqual([json.fields, json.reasons], [{ end_date: pages.en.dates_wrong }, { end_date: { code: errors.end_date.type } }]);
});

test('every form is held here', () => {
  assert.deepEqual(Object.keys(pages.rules).sort(), Object.keys(FORMS).sort());
});

describe('words for what the worker says', () => {
  const read = (folder, end) => fs.readdirSync(`${root}${folder}`).filter((name) => name.endsWith(end)).map((name) => fs.readFileSync(`${root}${folder}/${name}`, 'utf8')).join('\n');
  const all = (text, pattern) => [...text.matchAll(pattern)].map(([, word]) => word);

  test('the contract knows every refusal', () => {
    const c = read('app', '.c') + read('lib', '.c');
    const sql = read('sql/schema/deploy', '.sql') + read('sql/queries', '.sql');
    const nginx = fs.readFileSync(`${root}nginx/bantubuzz.conf`, 'utf8');
    const said = new Set([
      ...all(c, /\b[45][0-9]{2},\s*"([a-z_]+)"/g),
      ...all(c, /refuse_(?:token|refresh)\(\s*(?:req,)?\s*"([a-z_]+)"/g),
      ...all(c, /reply_(?:one|done|named)\([^;]*sql_[a-z_]+\(req, q\), "([a-z_]+)"\);/g),
      ...all(sql, /refuse\([0-9]+, *'([a-z_]+)'/g),
      ...all(sql, /errcode = 'BB[45][0-9]{2}', message = '([a-z_]+)'/g),
      ...all(/map \$status \$problem_code \{([^}]*)\}/.exec(nginx)[1], /([a-z_]+);/g),
    ]);
    const known = new Set(contract.components.schemas.RefusalCode.enum);
    assert.deepEqual([...said].filter((word) => !known.has(word)), []);
  });

  test('categories have names in the other languages', async () => {
    const kinds = (await get('/api/categories', { status: 200 })).json;
    // Other tests make kinds of their own.
    const names = [...new Set(Object.values(kinds).flat())].filter((name) => !/^Kind [0-9a-f]{12}$/.test(name));
    assert.ok(names.length > 10);
    for (const language of ['sn', 'nd']) {
      const { names: known } = pages[language];
      assert.deepEqual(names.filter((name) => !known[name]), [], language);
    }
  });

  test('notices are said in the other languages, of the same parts', async () => {
    const slots = (text) => [...new Set(text.match(/\{[a-z_]+\}/g))].sort();
    const notices = await rows('select name, title, message from notices where title is not null order by name');
    for (const language of ['sn', 'nd']) {
      const { notices: known } = pages[language];
      assert.deepEqual(Object.keys(known).filter((name) => !name.endsWith(':')).sort(), notices.map(({ name }) => name), language);
      for (const { name, title, message } of notices) {
        assert.deepEqual([slots(known[name]), slots(known[`${name}:`])], [slots(title), slots(message)], `${name} in ${language}`);
      }
    }
  });

  test('the contract knows every rule', () => {
    const c = read('app', '.c') + read('lib', '.c');
    const said = [...all(c, /body_bad\(\s*[a-z>.-]+,\s*[^,]+,\s*"([a-z_]+)"/g), ...all(c, /bad_limit\(\s*req, name, "([a-z_]+)"/g)];
    const known = new Set(contract.components.schemas.Reason.properties.code.enum);
    assert.ok(said.length > 30);
    assert.deepEqual(said.filter((word) => !known.has(word)), []);
  });
});
