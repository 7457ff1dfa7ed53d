// What forms ask for, and by which rules the worker takes it: made of
// ../app/openapi.yaml by `npm run api`, so that page and worker refuse the
// same things.  With --check it only tells whether that was done.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const contract = parse(fs.readFileSync(path('../../app/openapi.yaml'), 'utf8'));

// By the contract's operation; choices and ticks cannot be wrong.  Those of
// paying have a file of their own, for whoever pays needs no other.
const MONEY = {
  createBooking: 'notes phone',
  payBooking: 'phone',
};
const FORMS = {
  login: 'email password',
  registerCreator: 'email password',
  registerBrand: 'email password company_name',
  verifyCode: 'email code',
  forgotPassword: 'email',
  resetPassword: 'password',
  changePassword: 'current_password password',
  updateOwnProfile: 'email current_password',
  confirmEmail: 'code',
  updateCreatorProfile:
    'username bio location categories languages follower_count engagement_rate portfolio_url success_stories ' +
    'free_revisions revision_fee social_links',
  updateBrandProfile: 'company_name description industry location website social_links',
  createPackage: 'title description category price duration_days revisions deliverables',
  createCampaign: 'title description objectives budget start_date end_date category',
  applyToCampaign: 'proposed_price duration_days deliverables message',
  actOnBooking: 'note creator_share',
  addDeliverable: 'title url description',
  reviseDeliverable: 'notes',
  createReview:
    'rating title comment communication_rating quality_rating professionalism_rating timeliness_rating',
  respondToReview: 'response',
};

const resolve = (schema) =>
  schema?.$ref
    ? resolve(
        schema.$ref
          .slice(2)
          .split('/')
          .reduce((at, step) => at[step], contract),
      )
    : schema;
const operations = Object.fromEntries(
  Object.values(contract.paths).flatMap((item) =>
    Object.values(item)
      .filter((one) => one.operationId)
      .map((one) => [one.operationId, one]),
  ),
);

// The name of a pattern in the file, and its reason.
function named(patterns, schema) {
  const word = schema['x-rule'];
  if (!word) throw new Error(`a pattern without x-rule: ${schema.pattern}`);
  if (patterns[word] && patterns[word] !== schema.pattern) throw new Error(`x-rule ${word} has two patterns`);
  patterns[word] = schema.pattern;
  return word;
}

function rule(patterns, given, needed) {
  const schema = resolve(given);
  // An amount: the number among its forms says how much.
  const amount = schema.oneOf?.map(resolve);
  const main = amount?.find(({ format }) => format === 'money') ?? schema;
  const types = amount ? amount.map(({ type }) => type) : [schema.type].flat();
  const kind =
    amount || types.includes('number') ? 'decimals' : types.includes('integer') ? 'whole' : types[0];
  // One that may be left out, yet not be empty.
  const required = needed || (schema.minLength > 0 && !types.includes('null'));
  const said = {
    string: () => ({
      kind: schema.format === 'password' ? 'secret' : undefined,
      min: schema.minLength > 1 ? schema.minLength : undefined,
      max: schema.maxLength,
      fit: schema.pattern && named(patterns, schema),
    }),
    array: () => ({ kind: 'list', max: schema.maxItems, each: resolve(schema.items).maxLength }),
    object: () => ({ kind: 'texts', each: resolve(schema.additionalProperties).maxLength }),
    whole: () => ({ kind, min: schema.minimum, max: schema.maximum }),
    decimals: () => ({ kind, min: main.minimum, max: main.maximum }),
  }[kind]();
  const parts = Object.entries({ required: required || undefined, ...said }).filter(
    ([, value]) => value !== undefined,
  );
  const written = parts.map(([key, value]) => `${key}: ${key === 'kind' ? `'${value}'` : value}`);
  return `{ ${written.join(', ')} }`;
}

function fileOf(wanted) {
  const patterns = {};
  const forms = Object.entries(wanted).map(([operation, names]) => {
    const body = resolve(operations[operation].requestBody.content['application/json'].schema);
    const fields = names.split(' ').map((name) => {
      if (!body.properties[name]) throw new Error(`${operation} has no ${name}`);
      return `  ${name}: ${rule(patterns, body.properties[name], body.required?.includes(name) ?? false)},\n`;
    });
    return `\nexport const ${operation} = {\n${fields.join('')}} as const satisfies Rules;\n`;
  });
  const consts = Object.entries(patterns).map(
    ([word, pattern]) => `const ${word} = { word: '${word}', pattern: ${new RegExp(pattern)} } as const;\n`,
  );
  return `// What the fields of forms must be, by the contract; \`npm run api\` writes it.
import type { Rules } from '@/lib/check';

${consts.join('')}${forms.join('')}`;
}

const files = { 'rules.ts': fileOf(FORMS), 'rules.money.ts': fileOf(MONEY) };
const check = process.argv.includes('--check');
for (const [name, text] of Object.entries(files)) {
  const file = path(`../src/services/${name}`);
  if (!check) fs.writeFileSync(file, text);
  else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) {
    console.error(`src/services/${name} is not what app/openapi.yaml says: npm run api`);
    process.exit(1);
  }
}
