// The database behind the system, as its owner: to look, and to let time pass.
import pg from 'pg';
import { env } from './env.mjs';

// bigint and numeric as numbers: no id or sum of a test is beyond 2^53.
pg.types.setTypeParser(20, Number);
pg.types.setTypeParser(1700, Number);

const pools = new Map();

// libpq's URLs may have no host but name a socket's folder by ?host=.
export function settingsOf(text) {
  const url = new URL(text.replace(/^([a-z]+:\/\/([^/@]*@)?)\//, '$1localhost/'));
  const q = url.searchParams;
  return {
    host: q.get('host') ?? url.hostname,
    port: Number(q.get('port') ?? (url.port || 5432)),
    user: q.get('user') ?? (decodeURIComponent(url.username) || undefined),
    password: decodeURIComponent(url.password) || undefined,
    database: q.get('dbname') ?? url.pathname.slice(1),
  };
}

function pool(name) {
  if (!pools.has(name)) {
    const made = new pg.Pool({ ...settingsOf(env[name]), max: 4, idleTimeoutMillis: 500, allowExitOnIdle: true });
    made.on('error', () => {}); // an idle link may die with its server
    pools.set(name, made);
  }
  return pools.get(name);
}

async function ask(name, text, values) {
  return (await pool(name).query(text, values)).rows;
}

export const rows = (text, ...values) => ask('DATABASE_OWNER_URL', text, values);
export const row = async (text, ...values) => (await rows(text, ...values))[0];
export const value = async (text, ...values) => Object.values((await row(text, ...values)) ?? { none: undefined })[0];
export const rowsAsWorker = (text, ...values) => ask('DATABASE_URL', text, values);
export const rowsAsReader = (text, ...values) => ask('DATABASE_READER_URL', text, values);

// fn(query) inside a transaction that is rolled back.
export async function scratch(fn) {
  const client = await pool('DATABASE_OWNER_URL').connect();
  try {
    await client.query('begin');
    return await fn(async (text, ...values) => (await client.query(text, values)).rows, client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}
