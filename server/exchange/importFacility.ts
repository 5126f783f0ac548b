import { StartProblem } from '#server/config.ts'
import { ensureFirstFacility } from '#server/sync/facilities.ts'
import type { Into } from './trialCopy.ts'

/** Where new clients are at home: the only facility, or the one that was named. Throws `StartProblem`. */
export async function importFacility({ database, records }: Into, wanted: string | null, at: number): Promise<string> {
  const facilities = await records.facilities()
  const [first, ...others] = facilities
  if (wanted !== null) {
    const found =
      facilities.find(({ id }) => id === wanted) ?? facilities.find(({ name }) => name.toLowerCase() === wanted.trim().toLowerCase())
    return found?.id ?? refuse(`There is no facility "${wanted}"`, facilities)
  }
  if (first === undefined) return database.write((sql) => ensureFirstFacility(sql, { at, actorId: 'import' }))
  return others.length === 0 ? first.id : refuse('There are several facilities', facilities)
}

function refuse(what: string, facilities: readonly { id: string; name: string }[]): never {
  const list = facilities.map(({ id, name }) => `${name} (${id})`).join(', ')
  throw new StartProblem(`${what}: say where the people belong with --facility and one of ${list || 'none'}.`)
}
