import { fold } from '#domain/clients/nameSound.ts'
import type { RecordOf } from '#domain/collections.ts'

export type StatusFilter = 'any' | 'active' | 'inactive'

/** Active ones first, then by name. Every typed word has to stand in the name or the code. */
export function listPrograms(programs: readonly RecordOf<'programs'>[], typed: string, filter: StatusFilter): RecordOf<'programs'>[] {
  const words = fold(typed)
    .split(/\s+/)
    .filter((word) => word !== '')
  return programs
    .filter(({ active }) => filter === 'any' || active === (filter === 'active'))
    .filter(({ id, name }) => words.every((word) => fold(`${id} ${name}`).includes(word)))
    .sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name))
}
