/** Values that go into and come out of a statement. Booleans are 0 and 1 on SQLite. */
export type SqlValue = string | number | null | Uint8Array

/**
 * Prepared SQL with `?` for each value, the same text on SQLite and PostgreSQL.
 * It answers with promises on both, so that nothing above knows which one it is.
 */
export interface Sql {
  all<Row>(text: string, ...values: SqlValue[]): Promise<Row[]>
  get<Row>(text: string, ...values: SqlValue[]): Promise<Row | undefined>
  /** The number of rows it changed. */
  run(text: string, ...values: SqlValue[]): Promise<number>
  /**
   * The same for each of many rows of values; `text` has one `VALUES (?, ...)`. On PostgreSQL some rows travel in one
   * statement, so that a batch does not wait for the network once for each of its rows.
   */
  runEach(text: string, rows: readonly SqlValue[][]): Promise<void>
}

/** `?, ?, ?` for a list of `count` values. */
export function placeholders(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ')
}
