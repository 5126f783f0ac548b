import type { Sql } from '#server/database/sql.ts'
import type { World } from '../world.ts'

/** `lost`, `twice` and `diverged` are what the issue counts; the others say in which way the books do not fit. */
export type Wrong = 'lost' | 'twice' | 'diverged' | 'history' | 'sums' | 'left behind' | 'overlay' | 'repaired' | 'untold' | 'order'

export interface Finding {
  wrong: Wrong
  text: string
}

/** Something that must hold when everything has come to rest. */
export type Proof = (world: World, sql: Sql) => Promise<Finding[]>

export const found = (wrong: Wrong, texts: readonly string[]): Finding[] => texts.map((text) => ({ wrong, text }))
