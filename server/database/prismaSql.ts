import type { PrismaTransaction } from './database.ts'
import type { Sql, SqlValue } from './sql.ts'

/** Prepared SQL inside a transaction of Prisma. @param said how the database says it */
export function sqlOfPrisma(tx: PrismaTransaction, said = (text: string) => text): Sql {
  const all = async <Row>(text: string, ...values: SqlValue[]) => (await tx.$queryRawUnsafe<Row[]>(said(text), ...values)).map(plainNumbers)
  return {
    all,
    get: async <Row>(text: string, ...values: SqlValue[]) => (await all<Row>(text, ...values))[0],
    run: (text, ...values) => tx.$executeRawUnsafe(said(text), ...values),
    async runEach(text, rows) {
      for (const values of rows) await tx.$executeRawUnsafe(said(text), ...values)
    },
  }
}

/** Prisma gives BigInt and booleans where prepared SQL gives numbers; every number here is below 2^53. */
function plainNumbers<Row>(row: Row): Row {
  const entries = Object.entries(row as Record<string, unknown>)
  const isNumber = (value: unknown) => typeof value === 'bigint' || typeof value === 'boolean'
  return Object.fromEntries(entries.map(([name, value]) => [name, isNumber(value) ? Number(value) : value])) as Row
}
