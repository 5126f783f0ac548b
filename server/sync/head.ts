import type { Sql } from '#server/database/sql.ts'

/** Where the numbers stand. */
export interface Head {
  epoch: string
  seq: number
}

export async function readHead(sql: Sql): Promise<Head> {
  const tail = await sql.get<Head>('SELECT epoch, seq FROM "Tail" WHERE id = 1')
  if (tail === undefined) throw new Error('the Tail row is missing')
  return tail
}
