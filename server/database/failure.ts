import BetterSqlite3 from 'better-sqlite3'

/** PostgreSQL or the way to it failed. `code` is an SQLSTATE or what the system says of the connection. */
export class PostgresqlFailure extends Error {
  readonly code: string | undefined

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'PostgresqlFailure'
    this.code = (cause as { code?: string } | null)?.code
  }
}

/** The database itself failed, not what was asked of it. */
export function isDatabaseError(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError || error instanceof PostgresqlFailure
}
