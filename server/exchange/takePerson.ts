import { randomBytes, randomUUID } from 'node:crypto'
import { clientNumber } from '#domain/clients/number.ts'
import { type CollectionName, collections } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import { type Change, SCHEMA_VERSION } from '#domain/sync/change.ts'
import { applyChange } from '#server/sync/apply.ts'
import type { Author, Batch } from '#server/sync/batch.ts'
import { enrollmentDrafts, episodeDrafts, programFor } from './enrollmentChanges.ts'
import { difference, lastImported } from './lastImported.ts'
import type { Person } from './person.ts'
import { isSomebodyElse } from './somebodyElse.ts'

/** A change that has yet to be numbered. */
export type Draft = Pick<Change, 'op' | 'recordId' | 'fields'> & { collection: CollectionName }

export interface Taken {
  outcome: 'created' | 'updated' | 'unchanged'
  conflicts: number
  enrolled: number
}

/** The person cannot be taken; nothing of theirs stays. */
export class NotTaken extends Error {}

const UNCHANGED: Taken = { outcome: 'unchanged', conflicts: 0, enrolled: 0 }

/** One person with all enrollments into the batch, or nothing: throws `NotTaken` with the reason. @param facilityId of new clients */
export async function takePerson(batch: Batch, person: Person, facilityId: string): Promise<Taken> {
  const author: Author = { accountId: 'import', deviceId: `import:${person.source}`, facilities: 'all' }
  const known = await batch.sql.get<{ clientId: string; contentHash: string }>(
    'SELECT "clientId", "contentHash" FROM "ExternalIdentity" WHERE source = ? AND "externalId" = ?',
    person.source,
    person.externalId,
  )
  if (known?.contentHash === person.contentHash) return UNCHANGED
  const recordId = person.clientNumber ?? known?.clientId ?? clientNumber(randomBytes(12))
  const current = await batch.load(collections.clients, recordId)
  if (known && current === null) throw new NotTaken('the client it was taken over to is no longer here')
  if (current && isSomebodyElse(current.fields, person.fields)) {
    throw new NotTaken(
      'the same identifier belongs to somebody else here: if the file is from another system, give it a name with --source',
    )
  }
  const drafts = await draftsOf(batch, author, person, recordId, current === null ? facilityId : null)
  const conflicts = await applyAll(batch, author, drafts)
  await remember(batch, person, recordId)
  if (drafts.length === 0) return UNCHANGED
  const enrolled = drafts.filter(({ collection, op }) => collection === 'enrollments' && op === 'create').length
  return { outcome: current === null ? 'created' : 'updated', conflicts, enrolled }
}

async function draftsOf(batch: Batch, author: Author, person: Person, clientId: string, newAt: string | null): Promise<Draft[]> {
  const drafts = await clientDrafts(batch, author, person, clientId, newAt)
  for (const category of new Set(person.enrollments.map((enrollment) => enrollment.category))) {
    const { id, draft } = await programFor(batch, category)
    if (draft) drafts.push(draft)
    const own = person.enrollments.filter((enrollment) => enrollment.category === category)
    drafts.push(...(await enrollmentDrafts(batch, author, clientId, id, own)))
  }
  return [...drafts, ...(await episodeDrafts(batch, author, clientId, person.episodes, drafts))]
}

async function clientDrafts(batch: Batch, author: Author, person: Person, recordId: string, newAt: string | null): Promise<Draft[]> {
  const collection = collections.clients
  const { facilityId = null, ...values } = person.fields
  const room = facilityId !== null && (await batch.load(collections.facilities, facilityId)) ? facilityId : newAt
  const to: Fields = room === null ? values : { ...values, facilityId: room }
  if (newAt !== null) return [{ collection: 'clients', recordId, op: 'create', fields: difference(collection, collection.absent, to) }]
  const from = await lastImported(batch, author, collection, recordId)
  const current = (await batch.load(collection, recordId))?.fields ?? {}
  const named = difference(collection, from, to)
  const differs = Object.entries(named).some(([name, change]) => change.to !== current[name])
  return differs ? [{ collection: 'clients', recordId, op: 'edit', fields: named }] : []
}

/** @returns how many of them met another person's edit */
async function applyAll(batch: Batch, author: Author, drafts: readonly Draft[]): Promise<number> {
  let conflicts = 0
  for (const [index, draft] of drafts.entries()) {
    const { outcome, reason } = await applyChange(batch, author, changeOf(draft, index, author, batch.now), {
      pushed: false,
      parkedBefore: false,
    })
    if (outcome === 'rejected' || outcome === 'parked') throw new NotTaken(`it does not fit: ${draft.collection} ${reason ?? outcome}`)
    if (outcome === 'conflict') conflicts += 1
  }
  return conflicts
}

/** `base` is 0: what anybody wrote since the record began counts, so that no edit is taken for one the import had seen. */
export function changeOf(draft: Draft, index: number, author: Author, now: number): Change {
  return {
    ...draft,
    deviceId: author.deviceId,
    n: index + 1,
    changeId: randomUUID(),
    base: 0,
    actor: author.accountId,
    deviceTime: now,
    schemaVersion: SCHEMA_VERSION,
  }
}

async function remember({ sql }: Batch, { source, externalId, contentHash }: Person, clientId: string): Promise<void> {
  await sql.run(
    `INSERT INTO "ExternalIdentity" (source, "externalId", "clientId", "contentHash") VALUES (?, ?, ?, ?)
     ON CONFLICT (source, "externalId") DO UPDATE SET "clientId" = excluded."clientId", "contentHash" = excluded."contentHash"`,
    source,
    externalId,
    clientId,
    contentHash,
  )
}
