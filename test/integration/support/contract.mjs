// The contract as a judge: which operation a request is, and whether what was
// sent and what came back are as app/openapi.yaml says.
import fs from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

export const contract = parse(
  fs.readFileSync(new URL('../../../app/openapi.yaml', import.meta.url), 'utf8'),
  { strict: true },
);

const ajv = new Ajv2020.default({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
addFormats.default(ajv);
// Not by multipleOf: 0.29 is no multiple of 0.01 in binary floats.
ajv.addFormat('money', {
  type: 'number',
  validate: (value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-4,
});
ajv.addKeyword('example');
ajv.addKeyword('x-rule');
ajv.addFormat('password', true);
ajv.addKeyword('components');
ajv.addSchema({ $id: 'contract', components: contract.components });

const compiled = new Map();

function validator(schema) {
  const text = JSON.stringify(schema).replaceAll('"#/', '"contract#/');
  if (!compiled.has(text)) compiled.set(text, ajv.compile(JSON.parse(text)));
  return compiled.get(text);
}

function resolve(thing) {
  let found = thing;
  while (found?.$ref) {
    found = found.$ref.slice(2).split('/').reduce((at, step) => at[step], contract);
  }
  return found;
}

function faults(schema, value, what) {
  const check = validator(schema);
  if (check(value)) return [];
  return check.errors.map(({ instancePath, message, params }) =>
    `${what}${instancePath}: ${message} ${JSON.stringify(params)}`);
}

export const operations = Object.entries(contract.paths).flatMap(([path, item]) => {
  const base = contract.servers[0].url;
  return METHODS.filter((method) => item[method]).map((method) => ({
    ...item[method],
    method: method.toUpperCase(),
    path,
    whole: base + path,
    parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map(resolve),
    requestBody: resolve(item[method].requestBody),
  }));
});

for (const operation of operations) {
  const literal = operation.whole.split('/').map((part) => {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (!name) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const schema = resolve(operation.parameters.find((p) => p.in === 'path' && p.name === name).schema);
    return schema.type === 'integer' ? '[1-9][0-9]*' : '[^/]+';
  });
  operation.pattern = new RegExp(`^${literal.join('/')}/?$`);
  operation.openness = literal.filter((part) => part.startsWith('[')).length;
}

// The operation that a request is, or undefined; a literal segment goes before
// a parameter.
export function operationOf(method, target) {
  const path = target.split('?')[0];
  return operations
    .filter((o) => o.method === method && o.pattern.test(path))
    .sort((a, b) => a.openness - b.openness)[0];
}

export function operationById(id) {
  return operations.find((o) => o.operationId === id);
}

function coerce(text, schema) {
  const { type } = resolve(schema);
  if ((type === 'integer' || type === 'number') && text.trim() !== '' && !Number.isNaN(Number(text))) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

// An optional field that is null counts as left out.
function withoutNulls(schema, json) {
  return Object.fromEntries(Object.entries(json).filter(([name, value]) =>
    value !== null || schema.required?.includes(name) || !Object.hasOwn(schema.properties, name)));
}

// What the contract finds wrong with a request: nothing of it may be accepted.
export function requestFaults(operation, target, json) {
  const query = new URL(target, 'http://any').searchParams;
  const found = operation.parameters
    .filter((p) => p.in === 'query' && (query.get(p.name) ?? '') !== '')
    .flatMap((p) => faults(p.schema, coerce(query.get(p.name), p.schema), `?${p.name}`));
  const schema = resolve(operation.requestBody?.content?.['application/json']?.schema);
  if (schema && json !== undefined) found.push(...faults(schema, withoutNulls(schema, json), 'body'));
  return found;
}

// What the contract finds wrong with an answer.
export function answerFaults(operation, { status, headers, text, json }) {
  const described = resolve(operation.responses[status]);
  if (!described) return [`${status} is not an answer of ${operation.operationId}`];
  const found = [];
  for (const [name, { schema, required }] of Object.entries(described.headers ?? {})) {
    const value = headers[name.toLowerCase()];
    if (value === undefined && required) found.push(`header ${name} is missing`);
    for (const one of value === undefined ? [] : [value].flat()) found.push(...faults(schema, coerce(one, schema), name));
  }
  if (!described.content) return text === '' ? found : [...found, 'a body where none belongs'];
  const type = String(headers['content-type'] ?? '').split(';')[0].trim();
  const media = described.content[type];
  if (!media) return [...found, `content type ${type || 'missing'} with ${status} of ${operation.operationId}`];
  if (type.endsWith('json')) found.push(...faults(media.schema, json, 'answer'), ...moneyFaults(text));
  if (status >= 400 && json?.status !== 'failed' && json?.status !== status) found.push(`"status" ${json?.status} in a ${status}`);
  return found;
}

// ---- examples ----

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

// What a body by the schema looks like, of the examples that stand in it, as the
// page that shows the contract puts them together.
function exampleOf(schema, where) {
  if (schema.examples) return schema.examples[0];
  if ('const' in schema) return schema.const;
  if (schema.type === 'null') return null;
  if (schema.items) return [exampleOf(schema.items, `${where}[]`)];
  const { $ref, allOf = [], anyOf, oneOf, properties } = schema;
  const parts = [...($ref ? [resolve(schema)] : []), ...allOf, ...(anyOf ?? oneOf ?? []).slice(0, 1)].map((part) => exampleOf(part, where));
  if (properties) parts.push(Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, exampleOf(field, `${where}.${name}`)])));
  if (parts.length === 0) throw new Error(`${where} has no example`);
  return parts.every(isObject) ? Object.assign({}, ...parts) : parts[0];
}

// Every JSON body that the contract knows, each with its example.
export function* bodies() {
  for (const { operationId, requestBody, responses } of operations) {
    const all = [['body', requestBody], ...Object.entries(responses).map(([status, response]) => [status, resolve(response)])];
    for (const [status, { content = {} } = {}] of all) {
      for (const [type, { schema, example }] of Object.entries(content)) {
        if (type.endsWith('json')) yield { what: `${operationId} ${status}`, status, schema, example: example ?? exampleOf(schema, `${operationId} ${status}`) };
      }
    }
  }
}

export const exampleFaults = ({ schema, example, what }) => faults(schema, example, what);

// Any refusal, of whatever path.
export function problemFaults({ status, headers, json, text }) {
  const type = String(headers['content-type'] ?? '').split(';')[0].trim();
  if (type !== 'application/problem+json') return [`content type ${type} with a ${status}: ${text.slice(0, 200)}`];
  const found = faults({ $ref: '#/components/schemas/Problem' }, json, 'answer');
  if (json?.status !== status) found.push(`"status" ${json?.status} in a ${status}`);
  return found;
}

const MONEY = ['amount', 'price', 'fee', 'payout', 'revision_fee', 'cheapest_package_price', 'budget', 'proposed_price'];

// Money is written with two decimals, which parsed JSON cannot show.
function moneyFaults(text) {
  return [...text.matchAll(/"([a-z_]+)"\s*:\s*(-?[0-9][0-9.eE+-]*)/g)]
    .filter(([, name, number]) => MONEY.includes(name) && !/^-?(0|[1-9][0-9]*)\.[0-9]{2}$/.test(number))
    .map(([, name, number]) => `${name} is written ${number}`);
}
