import type { ClientFields } from '#domain/clients/client.ts'
import { duplicateIssueId, LIKELY, type Resemblance, resemblance } from '#domain/clients/duplicates.ts'
import { IDENTITY_FIELDS, keysToLookUnder, matchKeys } from '#domain/clients/matchKeys.ts'
import { collections } from '#domain/collections.ts'
import { duplicateDetail } from '#domain/sync/issue.ts'
import type { StoredRecord } from '#server/database/records.ts'
import { type Batch, recordKey, type StagedRecord } from './batch.ts'

/**
 * Most clients under one key that are compared. A larger block (a common pair of names, the 1 January of a year)
 * is left out: those who are the same share a rarer key as well, and comparing 50 costs under a millisecond.
 */
const BLOCK = 50

/** Looks for people who may be the same as those the batch registers or corrects; opens issues, joins nobody. */
export async function noteDuplicates(batch: Batch): Promise<void> {
  for (const staged of [...batch.records.values()]) {
    if (staged.collection !== collections.clients || !identityChanged(staged)) continue
    const present = isPresent(staged.after)
    await writeKeys(batch, staged, present ? matchKeys(person(staged.after)) : [])
    if (present) await compareWithOthers(batch, staged.after)
  }
}

function identityChanged({ before, after }: StagedRecord): boolean {
  if (before === null) return true
  if (isPresent(before) !== isPresent(after)) return true
  return IDENTITY_FIELDS.some((name) => before.fields[name] !== after.fields[name])
}

/** Neither deleted nor joined into another. */
function isPresent({ deleted, fields }: StoredRecord): boolean {
  return !deleted && (fields.mergedInto ?? null) === null
}

function person({ fields }: StoredRecord): ClientFields {
  return fields as ClientFields
}

async function writeKeys({ sql }: Batch, { before, after }: StagedRecord, keys: readonly string[]): Promise<void> {
  if (before !== null) await sql.run('DELETE FROM "MatchKey" WHERE "clientId" = ?', after.id)
  for (const key of keys) await sql.run('INSERT INTO "MatchKey" (key, "clientId") VALUES (?, ?)', key, after.id)
}

async function compareWithOthers(batch: Batch, client: StoredRecord): Promise<void> {
  for (const id of await candidates(batch, client)) {
    const other = await batch.load(collections.clients, id)
    if (other === null || !isPresent(other)) continue
    const found = resemblance(person(client), person(other))
    if (found.score >= LIKELY) await openIssue(batch, client, other, found)
  }
}

async function candidates({ sql }: Batch, client: StoredRecord): Promise<Set<string>> {
  const ids = new Set<string>()
  for (const key of keysToLookUnder(person(client))) {
    const rows = await sql.all<{ clientId: string }>('SELECT "clientId" FROM "MatchKey" WHERE key = ? LIMIT ?', key, BLOCK + 1)
    if (rows.length <= BLOCK) for (const row of rows) ids.add(row.clientId)
  }
  ids.delete(client.id)
  return ids
}

/** One issue for a pair, at the newer record. It holds ids only, since the other may be of another facility. */
async function openIssue(batch: Batch, client: StoredRecord, other: StoredRecord, { score, reasons }: Resemblance): Promise<void> {
  const id = duplicateIssueId(client.id, other.id)
  if (await sameEvidence(batch, id, reasons)) return
  const [newer, older] = other.createdAt > client.createdAt ? [other, client] : [client, other]
  const step = batch.steps.findLast(({ touched }) => touched.has(recordKey(collections.clients, client.id)))
  const actorId = step?.author.accountId ?? client.updatedBy
  await batch.stageIssue(
    id,
    {
      kind: 'possible-duplicate',
      state: 'open',
      collection: 'clients',
      recordId: newer.id,
      facilityId: String(newer.fields.facilityId),
      actorId,
      reason: null,
      detail: JSON.stringify({ otherId: older.id, score, reasons }),
    },
    actorId,
  )
  step?.touched.add(recordKey(collections.issues, id))
}

/** Somebody has looked, or will: only a reason that was not there before asks again. */
async function sameEvidence(batch: Batch, id: string, reasons: readonly string[]): Promise<boolean> {
  const known = await batch.load(collections.issues, id)
  if (known === null) return false
  const before = duplicateDetail.parse(JSON.parse(String(known.fields.detail)))
  return reasons.every((reason) => before.reasons.includes(reason))
}
