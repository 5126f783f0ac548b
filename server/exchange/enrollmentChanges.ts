import { collections } from '#domain/collections.ts'
import { enrollmentId } from '#domain/enrollments/enrollment.ts'
import { PROGRAM_CATEGORIES, programFields } from '#domain/programs/program.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Author, Batch } from '#server/sync/batch.ts'
import { difference, lastImported } from './lastImported.ts'
import type { ImportedEnrollment, ImportedEpisode } from './person.ts'
import type { Draft } from './takePerson.ts'

type Category = ImportedEnrollment['category']

const NEW_PROGRAMS: Record<Category, { id: string; name: string }> = {
  hiv: { id: 'HIV-001', name: 'HIV Care' },
  tuberculosis: { id: 'TB-001', name: 'Tuberculosis Treatment' },
}

/** The program of a category: an active one if there is one, else the import makes it. */
export async function programFor(batch: Batch, category: Category): Promise<{ id: string; draft: Draft | null }> {
  const staged = [...batch.records.values()].find(
    ({ collection, after }) => collection === collections.programs && after.fields.category === category,
  )
  if (staged) return { id: staged.after.id, draft: null }
  const { id, name } = NEW_PROGRAMS[category]
  const known = await batch.sql.get<{ id: string }>(
    'SELECT id FROM "Program" WHERE deleted = ? AND (category = ? OR id = ?) ORDER BY active DESC, category = ? DESC, seq LIMIT 1',
    0,
    category,
    id,
    category,
  )
  if (known) return { id: known.id, draft: null }
  const values: Fields = { name, category: PROGRAM_CATEGORIES.find((one) => one === category) ?? 'other', active: true }
  return { id, draft: { collection: 'programs', recordId: id, op: 'create', fields: difference(collections.programs, {}, values) } }
}

/** Each episode is the one this import made for it before, else a new one. @param episodes of one program, oldest first */
export async function enrollmentDrafts(
  batch: Batch,
  author: Author,
  clientId: string,
  programId: string,
  episodes: readonly ImportedEnrollment[],
): Promise<Draft[]> {
  const own = await ownEnrollments(batch, author, `${clientId}.${programId}.`)
  const free = new Map(own)
  const matched = episodes.map(({ enrolledOn }) => claim(free, (day) => day === enrolledOn))
  const drafts: Draft[] = []
  for (const [index, { status, enrolledOn, endedOn }] of episodes.entries()) {
    const values: Fields = { status, enrolledOn, endedOn }
    const recordId = matched[index] ?? claim(free, () => true)
    drafts.push(recordId === null ? create(clientId, programId, index + 1, own, values) : await edit(batch, author, recordId, values))
  }
  return drafts.filter(({ fields }) => Object.keys(fields).length > 0)
}

/**
 * Episodes that name their program: each is the enrollment of its number, which may be one of ours that came back; what it
 * says of that one is merged as any edit. Without a number it is the one of the same day, or a new one.
 * @param before what else of this person is to be written
 */
export async function episodeDrafts(
  batch: Batch,
  author: Author,
  clientId: string,
  episodes: readonly ImportedEpisode[],
  before: readonly Draft[],
): Promise<Draft[]> {
  const drafts: Draft[] = []
  // Enrollments of the same file's conditions, and a program that they need, are not in the batch yet.
  const taken = new Set(before.map(({ recordId }) => recordId))
  for (const { program, episode, status, enrolledOn, endedOn } of [...episodes].sort(byDay)) {
    if (!taken.has(program.id) && (await batch.load(collections.programs, program.id)) === null) {
      const values: Fields = { name: programFields.shape.name.safeParse(program.name).data ?? program.id, category: 'other', active: true }
      drafts.push({ collection: 'programs', recordId: program.id, op: 'create', fields: difference(collections.programs, {}, values) })
      taken.add(program.id)
    }
    const values: Fields = { status, enrolledOn, endedOn }
    let number = episode ?? 1
    const idOf = () => enrollmentId(clientId, program.id, number)
    const isAnother = async () => {
      const known = (await batch.load(collections.enrollments, idOf()))?.fields
      return taken.has(idOf()) || (episode === null && known !== undefined && known.enrolledOn !== enrolledOn)
    }
    while (await isAnother()) number += 1
    taken.add(idOf())
    const current = (await batch.load(collections.enrollments, idOf()))?.fields
    if (current === undefined) {
      const fields = difference(collections.enrollments, {}, { clientId, programId: program.id, episode: number, ...values })
      drafts.push({ collection: 'enrollments', recordId: idOf(), op: 'create', fields })
    } else if (Object.entries(values).some(([name, value]) => current[name] !== value)) {
      drafts.push(await edit(batch, author, idOf(), values))
    }
  }
  return drafts.filter(({ fields }) => Object.keys(fields).length > 0)
}

function byDay(a: ImportedEpisode, b: ImportedEpisode): number {
  return a.enrolledOn.localeCompare(b.enrolledOn) || (a.episode ?? 0) - (b.episode ?? 0)
}

/** Enrollments that this import made, with the day it gave them last. */
async function ownEnrollments({ sql }: Batch, author: Author, idStart: string): Promise<Map<string, string>> {
  const rows = await sql.all<{ recordId: string; day: string }>(
    `SELECT "recordId", "to" AS day FROM "Change" WHERE collection = 'enrollments' AND field = 'enrolledOn'
     AND "recordId" >= ? AND "recordId" < ? AND "actorId" = ? AND "deviceId" = ? ORDER BY seq`,
    idStart,
    `${idStart}~`,
    author.accountId,
    author.deviceId,
  )
  return new Map(rows.map(({ recordId, day }) => [recordId, JSON.parse(day)]))
}

function claim(free: Map<string, string>, wanted: (day: string) => boolean): string | null {
  const [recordId] = [...free].find(([, day]) => wanted(day)) ?? [null]
  if (recordId !== null) free.delete(recordId)
  return recordId
}

function create(clientId: string, programId: string, first: number, own: ReadonlyMap<string, string>, values: Fields): Draft {
  let episode = first
  while (own.has(enrollmentId(clientId, programId, episode))) episode += 1
  const fields = difference(collections.enrollments, {}, { clientId, programId, episode, ...values })
  return { collection: 'enrollments', recordId: enrollmentId(clientId, programId, episode), op: 'create', fields }
}

async function edit(batch: Batch, author: Author, recordId: string, values: Fields): Promise<Draft> {
  const from = await lastImported(batch, author, collections.enrollments, recordId)
  return { collection: 'enrollments', recordId, op: 'edit', fields: difference(collections.enrollments, from, values) }
}
