import { randomBytes } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { PrismaClient } from '#prisma/postgresql/client.ts'
import { StartProblem } from '#server/config.ts'
import { copyToFile } from './copy.ts'
import type { Database, PrismaTransaction } from './database.ts'
import { toPostgresql } from './dialect.ts'
import { PostgresqlFailure } from './failure.ts'
import { fillManifest } from './manifestCells.ts'
import { commitAndTell, Messages, WRITTEN } from './messages.ts'
import { readMigrations } from './migrate.ts'
import { migratePostgresql } from './migratePostgresql.ts'
import { BEGIN_LONG_SNAPSHOT, BEGIN_SNAPSHOT, inTransaction, openPool, sqlOfPostgresql, withoutPassword } from './postgresql.ts'
import { sqlOfPrisma } from './prismaSql.ts'
import { WriterQueue } from './queue.ts'
import type { Sql } from './sql.ts'

/**
 * Whoever writes holds this lock until the commit, whichever process it is. So numbers are given without gaps, and are seen
 * in their order: what SQLite does by having one writer. Readers wait for nobody.
 */
const WRITER = 7_160_001
/** Jobs that one process at a time does have locks by name beside it. */
const JOBS = 7_160_002

const BEGIN_WRITE = `BEGIN; SELECT pg_advisory_xact_lock(${WRITER})`
/** As long as Prisma's own statements may wait for other writers. */
const PRISMA_MS = 60_000

/** Any number of processes on one database. Throws `StartProblem`. */
export async function openPostgresql(url: string, migrationsFolder = 'prisma/postgresql/migrations'): Promise<Database> {
  const pool = openPool(url)
  const messages = new Messages(url, pool)
  await prepare(pool, messages, migrationsFolder).catch(async (error) => {
    await Promise.all([messages.close(), pool.end()])
    if (error instanceof StartProblem) throw error
    const reason = error instanceof Error && error.message !== '' ? error.message : String((error as { code?: string }).code ?? error)
    throw new StartProblem(`PostgreSQL at ${withoutPassword(url)} cannot be used (${reason}): look at DATABASE_URL, and whether it runs.`)
  })
  // Both clients are made of the same models: what the server asks of one, the other answers.
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) }) as unknown as Database['prisma']
  const queue = new WriterQueue()
  const ending = commitAndTell(messages.from, { about: WRITTEN, text: '' })
  return {
    dialect: 'postgresql',
    prisma,
    read: sqlOfPostgresql(pool),
    snapshot: (work) => inTransaction(pool, BEGIN_SNAPSHOT, work),
    aside: (work) => inTransaction(pool, BEGIN_LONG_SNAPSHOT, work),
    write: (work, afterCommit) => queue.run(() => inTransaction(pool, BEGIN_WRITE, work, ending), afterCommit),
    writePrisma: (work) =>
      queue.run(() =>
        prisma.$transaction(
          async (tx) => {
            await tx.$executeRawUnsafe(`SELECT pg_advisory_xact_lock(${WRITER})`)
            return work(tx, sqlOfPrisma(tx as PrismaTransaction, toPostgresql))
          },
          { timeout: PRISMA_MS, maxWait: PRISMA_MS },
        ),
      ),
    compact: () => queue.run(() => rewrite(pool)),
    copyTo: (file) => inTransaction(pool, BEGIN_LONG_SNAPSHOT, (sql) => copyToFile(sql, file)),
    alone: (name, work) => alone(pool, name, work),
    tell: (message) => messages.tell(message),
    onTold: (listener) => messages.listen(listener),
    waiting: () => queue.waiting,
    async close() {
      await queue.idle()
      await prisma.$disconnect()
      await messages.close()
      await pool.end()
    },
  }
}

async function prepare(pool: pg.Pool, messages: Messages, migrationsFolder: string): Promise<void> {
  await migratePostgresql(pool, readMigrations(migrationsFolder))
  await inTransaction(pool, BEGIN_WRITE, async (sql) => {
    await sql.run(
      'INSERT INTO "Tail" (id, epoch, seq, "auditSeq", "auditHash") VALUES (1, ?, 0, 0, ?) ON CONFLICT DO NOTHING',
      randomBytes(12).toString('base64url'),
      '',
    )
    await sql.run(
      'INSERT INTO "Deployment" (id, "createdAt") SELECT ?, ?::bigint WHERE NOT EXISTS (SELECT 1 FROM "Deployment")',
      randomBytes(6).toString('hex'),
      Date.now(),
    )
    await refuseUnsafe(sql)
    await fillManifest(sql)
  })
  await messages.start()
}

/** What is answered for is on the disk, and texts are whole: neither is hoped for. */
async function refuseUnsafe(sql: Sql): Promise<void> {
  for (const [name, wanted] of Object.entries({ fsync: 'on', full_page_writes: 'on', server_encoding: 'UTF8' })) {
    const found = await sql.get<{ value: string }>('SELECT current_setting(?) AS value', name)
    if (found?.value !== wanted)
      throw new StartProblem(
        `PostgreSQL runs with ${name} = ${found?.value}, and a power cut would lose what was saved: set it to ${wanted}.`,
      )
  }
}

/** SQLSTATEs: somebody else holds a table (a lock that was waited for, a deadlock), or there is no room for a second copy. */
const AGAIN_LATER: ReadonlySet<string> = new Set(['55P03', '40P01', '53100'])

/** Leaves no byte of what was deleted in the tables. Its log keeps some until it is written over, and an archive of it for good. */
async function rewrite(pool: pg.Pool): Promise<boolean> {
  const client = await pool.connect()
  try {
    await client.query('SET statement_timeout = 0')
    await client.query('VACUUM FULL')
    return true
  } catch (error) {
    const failure = new PostgresqlFailure(error)
    if (AGAIN_LATER.has(failure.code ?? '')) return false
    throw failure
  } finally {
    // Its settings are nobody else's.
    client.release(true)
  }
}

/** The lock is this connection's: it ends with its process, however that ended. */
async function alone(pool: pg.Pool, name: string, work: () => Promise<unknown>): Promise<void> {
  const client = await pool.connect()
  let lost: Error | undefined
  const note = (error: Error) => {
    lost = error
  }
  client.on('error', note)
  try {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, hashtext($2)) AS taken', [JOBS, name])
    if (rows[0]?.taken !== true) return
    try {
      await work()
    } finally {
      await client.query('SELECT pg_advisory_unlock($1, hashtext($2))', [JOBS, name]).catch(note)
    }
  } finally {
    client.off('error', note)
    client.release(lost)
  }
}
