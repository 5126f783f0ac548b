import { randomBytes } from 'node:crypto'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaClient } from '#prisma/sqlite/client.ts'
import { StartProblem } from '#server/config.ts'
import { vacuum } from './compact.ts'
import type { Database } from './database.ts'
import { fillManifest } from './manifestCells.ts'
import { migrateSqlite, readMigrations } from './migrate.ts'
import { sqlOfPrisma } from './prismaSql.ts'
import { WriterQueue } from './queue.ts'
import { connect, emptyLog, sqlOf, transaction } from './sqlite.ts'

const BUSY_TIMEOUT_MS = 5_000

/** One file, one process that serves, and commands beside it. */
export async function openSqlite(url: string, migrationsFolder = 'prisma/sqlite/migrations'): Promise<Database> {
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
    dialect: 'sqlite',
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
    write: (work, afterCommit) => queue.run(() => transaction(writer, () => work(writerSql)), afterCommit),
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
    copyTo: async (to) => void (await readerSql.run('VACUUM INTO ?', to)),
    alone: async (_name, work) => void (await work()),
    tell: async () => undefined,
    onTold: () => () => undefined,
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
