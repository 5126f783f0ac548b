import type { Prisma, PrismaClient } from '#prisma/sqlite/client.ts'
import { isPostgresql } from '#server/config.ts'
import type { Dialect } from './dialect.ts'
import type { Message } from './messages.ts'
import { openPostgresql } from './postgresqlDatabase.ts'
import type { Sql } from './sql.ts'
import { openSqlite } from './sqliteDatabase.ts'

export type PrismaTransaction = Prisma.TransactionClient

/** The one door to the data. Writes go one after the other, whoever asks. */
export interface Database {
  readonly dialect: Dialect
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
  /** One state of all of it, in a new SQLite file: what a backup and the trial of an import are. */
  copyTo(file: string): Promise<void>
  /** Work that one process at a time may do. Another one that is at it already is enough: then nothing is done. */
  alone(name: string, work: () => Promise<unknown>): Promise<void>
  /** To the other processes of this server; on SQLite there are none. */
  tell(message: Message): Promise<void>
  /** What other processes tell, and that they wrote something (`about` is "written"). @returns the way to stop */
  onTold(listener: (message: Message) => void): () => void
  /** Writes that have not ended. */
  waiting(): number
  close(): Promise<void>
}

/** Opens, migrates and checks the database. Throws `StartProblem` with a sentence when it cannot be used. */
export function openDatabase(url: string, migrationsFolder?: string): Promise<Database> {
  return isPostgresql(url) ? openPostgresql(url, migrationsFolder) : openSqlite(url, migrationsFolder)
}
