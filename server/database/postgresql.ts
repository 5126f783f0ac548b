import pg from 'pg'
import { toPostgresql } from './dialect.ts'
import { PostgresqlFailure } from './failure.ts'
import type { Sql, SqlValue } from './sql.ts'

/** Whoever waits longer than this for an answer, a lock or the next statement of a transaction is given up. */
const STATEMENT_MS = 60_000
const CONNECT_MS = 10_000
const CONNECTIONS = 12
/** Of one statement. */
const ROWS_AT_ONCE = 64

/** By the oid of a type: values as SQLite gives them, so that nothing above knows which database it is. */
const BOOLEAN = 16
const BIGINT = 20
const JSON_TEXT = 114
const TIMESTAMP = 1114
const NUMERIC = 1700
const PARSERS: Record<number, (text: string) => unknown> = {
  [BOOLEAN]: (text) => (text === 't' ? 1 : 0),
  [BIGINT]: Number,
  [JSON_TEXT]: (text) => text,
  // Prisma's columns, in UTC: as it writes them on SQLite.
  [TIMESTAMP]: (text) => `${text.replace(' ', 'T')}${text.includes('.') ? '' : '.000'}+00:00`,
  [NUMERIC]: Number,
}
const types = { getTypeParser: (oid: number, format?: 'text' | 'binary') => PARSERS[oid] ?? pg.types.getTypeParser(oid, format) }

export const BEGIN_SNAPSHOT = 'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY'
/** A pass over everything may take longer than an answer may. */
export const BEGIN_LONG_SNAPSHOT = `${BEGIN_SNAPSHOT}; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0`

type Asked = Pick<pg.ClientBase, 'query'>

/** Connections to the database of `url`. Each keeps what it has answered for: a setting that could lose it is refused. */
export function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    lock_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    application_name: 'hims',
    keepAlive: true,
    options: '-c synchronous_commit=on -c timezone=UTC',
  })
  // A connection that breaks while nobody uses it is replaced by the next one that is needed.
  pool.on('error', () => undefined)
  return pool
}

interface Statement {
  name: string
  text: string
}
const statements = new Map<string, Statement>()

/** Prepared once on each connection; planned by the server. */
function prepared(text: string): Statement {
  const known = statements.get(text)
  if (known) return known
  const statement = { name: `hims${statements.size}`, text: toPostgresql(text) }
  statements.set(text, statement)
  return statement
}

export function sqlOfPostgresql(client: Asked): Sql {
  const query = async (text: string, values: SqlValue[]) => {
    try {
      return await client.query({ ...prepared(text), values: values.map(storable), types })
    } catch (error) {
      throw new PostgresqlFailure(error)
    }
  }
  return {
    all: async <Row>(text: string, ...values: SqlValue[]) => (await query(text, values)).rows as Row[],
    get: async <Row>(text: string, ...values: SqlValue[]) => (await query(text, values)).rows[0] as Row | undefined,
    run: async (text, ...values) => (await query(text, values)).rowCount ?? 0,
    async runEach(text, rows) {
      for (let start = 0; start < rows.length; ) {
        const some = rows.slice(start, start + sizeOfNext(rows.length - start))
        await query(withRows(text, some.length), some.flat())
        start += some.length
      }
    },
  }
}

/** A power of two, so that of each statement there are only a few to be prepared. */
function sizeOfNext(left: number): number {
  return 2 ** Math.floor(Math.log2(Math.min(left, ROWS_AT_ONCE)))
}

/** `VALUES (?, ?)` for so many rows. */
export function withRows(text: string, rows: number): string {
  return text.replace(/VALUES (\([?, ]+\))/, (_whole, row) => `VALUES ${Array.from({ length: rows }, () => row).join(', ')}`)
}

/** The one character that no text of PostgreSQL can hold shows as the sign for what cannot be shown. */
export function storable(value: SqlValue): SqlValue {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value
}

/** `begin` ... `end`, on a connection of its own. What fails is taken back whole. */
export async function inTransaction<T>(pool: pg.Pool, begin: string, work: (sql: Sql) => Promise<T>, end = 'COMMIT'): Promise<T> {
  const client = await pool.connect().catch((error) => {
    throw new PostgresqlFailure(error)
  })
  let lost: Error | undefined
  const note = (error: Error) => {
    lost = error
  }
  client.on('error', note)
  try {
    await said(client, begin)
    const result = await work(sqlOfPostgresql(oneAtATime(client)))
    const last = [await said(client, end)].flat().at(-1)
    // PostgreSQL answers COMMIT with ROLLBACK, and no error, when a statement before it had failed.
    if (last?.command !== 'COMMIT') throw new PostgresqlFailure('the transaction was taken back')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(note)
    throw error
  } finally {
    client.off('error', note)
    client.release(lost)
  }
}

/** One connection answers one question at a time; whoever asks several at once need not know. */
function oneAtATime(client: Asked): Asked {
  let last: Promise<unknown> = Promise.resolve()
  const query = (...asked: Parameters<Asked['query']>) => {
    const answer = last.then(() => client.query(...asked))
    last = answer.catch(() => undefined)
    return answer
  }
  return { query: query as Asked['query'] }
}

async function said(client: Asked, text: string): Promise<pg.QueryResult | pg.QueryResult[]> {
  return client.query(text).catch((error) => {
    throw new PostgresqlFailure(error)
  })
}

/** For messages: nobody writes a password into a log. */
export function withoutPassword(url: string): string {
  const shown = new URL(url)
  if (shown.password !== '') shown.password = '***'
  return shown.href
}
