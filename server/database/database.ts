import { randomBytes } from 'node:crypto'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { type Prisma, PrismaClient } from '#prisma/sqlite/client.ts'
import { StartProblem } from '#server/config.ts'
import { vacuum } from './compact.ts'
import { fillManifest } from './manifestCells.ts'
import { migrateSqlite, readMigrations } from './migrate.ts'
import { WriterQueue } from './queue.ts'
import type { Sql, SqlValue } from './sql.ts'
import { connect, emptyLog, sqlOf, transaction } from './sqlite.ts'

export type PrismaTransaction = Prisma.TransactionClient

/** The one door to the data. Writes go one after the other, whoever asks. */
export interface Database {
  /** Reads only; a write through it would miss the queue. */
  readonly prisma: PrismaClient
  /** Reads, each statement on the newest committed state. */
  readonly read: Sql
  /** Several reads on one state. */
  snapshot<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  /** The same on a connection of its own, for reads that take seconds: nobody waits behind them. */
  aside<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  /**
   * A transaction of prepared SQL: the hot paths. `afterCommit` runs before the next transaction begins, so that news
   * go out in the order of the commits.
   */
  write<T>(work: (sql: Sql) => Promise<T>, afterCommit?: (result: T) => void): Promise<T>
  /** A transaction of Prisma, with prepared SQL inside the same one: everything else. */
  writePrisma<T>(work: (prisma: PrismaTransaction, sql: Sql) => Promise<T>): Promise<T>
  /**
   * Leaves no byte of what was deleted or changed in the file and its log. Writes wait meanwhile: 5 s for 215 MB.
   * @returns false when another process has the database in use, or the disk is full: to be tried again
   */
  compact(): Promise<boolean>
  /** Writes that have not ended. */
  waiting(): number
  close(): Promise<void>
}

const BUSY_TIMEOUT_MS = 5_000

/** Opens, migrates and checks the database. Throws `StartProblem` with a sentence when it cannot be used. */
export async function openDatabase(url: string, migrationsFolder = 'prisma/sqlite/migrations'): Promise<Database> {
  if (!url.startsWith('file:')) {
    throw new StartProblem(
      'DATABASE_URL must start with file: until PostgreSQL is supported (issue 8); leave it out for SQLite in DATA_DIR.',
    )
  }
  const file = url.slice('file:'.length)
  const { writer, reader, snapshotReader } = openFile(file, migrationsFolder)
  const prisma = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url, timeout: BUSY_TIMEOUT_MS }) })
  await prisma.$queryRawUnsafe('PRAGMA synchronous = FULL')
  await prisma.$queryRawUnsafe('PRAGMA foreign_keys = ON')
  await prisma.$queryRawUnsafe('PRAGMA secure_delete = ON')
  const [kept] = await prisma.$queryRawUnsafe<{ synchronous: bigint }[]>('PRAGMA synchronous')
  if (Number(kept?.synchronous) !== 2) throw new Error('the Prisma connection does not run at synchronous=FULL')

  const queue = new WriterQueue()
  const snapshots = new WriterQueue()
  const writerSql = sqlOf(writer)
  const readerSql = sqlOf(reader)
  const snapshotSql = sqlOf(snapshotReader)
  await transaction(writer, () => fillManifest(writerSql))
  return {
    prisma,
    read: readerSql,
    snapshot: (work) => snapshots.run(() => inSnapshot(snapshotReader, () => work(snapshotSql))),
    async aside(work) {
      const own = connect(file, { readonly: true })
      try {
        return await inSnapshot(own, () => work(sqlOf(own)))
      } finally {
        own.close()
      }
    },
    write: (work, afterCommit) =>
      queue.run(async () => {
        const result = await transaction(writer, () => work(writerSql))
        afterCommit?.(result)
        return result
      }),
    writePrisma: (work) =>
      queue.run(() =>
        prisma.$transaction(
          async (tx) => {
            // A write first takes the lock: BEGIN alone is deferred, and a read before it would pin a state that another process outdates.
            await tx.$executeRawUnsafe('UPDATE "Tail" SET id = 1 WHERE id = 1')
            return work(tx, sqlOfPrisma(tx))
          },
          { timeout: 30_000 },
        ),
      ),
    waiting: () => queue.waiting,
    compact: () => queue.run(async () => (await vacuum(file)) && snapshots.run(async () => emptyLog(writer))),
    async close() {
      await Promise.all([queue.idle(), snapshots.idle()])
      await prisma.$disconnect()
      reader.close()
      snapshotReader.close()
      writer.close()
    },
  }
}

function openFile(file: string, migrationsFolder: string) {
  try {
    const writer = connect(file)
    writer.pragma('busy_timeout = 10000')
    migrateSqlite(writer, readMigrations(migrationsFolder))
    writer.pragma('busy_timeout = 0')
    writer.prepare('INSERT OR IGNORE INTO "Tail" VALUES (1, ?, 0, 0, ?)').run(randomBytes(12).toString('base64url'), '')
    writer
      .prepare(`INSERT INTO "Deployment" (id, "createdAt") SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM "Deployment")`)
      .run(randomBytes(6).toString('hex'), Date.now())
    return { writer, reader: connect(file, { readonly: true }), snapshotReader: connect(file, { readonly: true }) }
  } catch (error) {
    if (error instanceof StartProblem) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartProblem(`The database ${file} cannot be used (${reason}): check the file and its permissions, or bring back a backup.`)
  }
}

/** Statements of `reader` see one state of the database until `work` ends. */
async function inSnapshot<T>(reader: ReturnType<typeof connect>, work: () => Promise<T>): Promise<T> {
  reader.exec('BEGIN')
  try {
    return await work()
  } finally {
    reader.exec('COMMIT')
  }
}

function sqlOfPrisma(tx: PrismaTransaction): Sql {
  const all = async <Row>(text: string, ...values: SqlValue[]) => (await tx.$queryRawUnsafe<Row[]>(text, ...values)).map(plainNumbers)
  return {
    all,
    get: async <Row>(text: string, ...values: SqlValue[]) => (await all<Row>(text, ...values))[0],
    run: (text, ...values) => tx.$executeRawUnsafe(text, ...values),
  }
}

/** Prisma gives BigInt where prepared SQL gives numbers; every number here is below 2^53. */
function plainNumbers<Row>(row: Row): Row {
  const entries = Object.entries(row as Record<string, unknown>)
  return Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value])) as Row
}
