import type { ClientFields } from '#domain/clients/client.ts'
import { duplicateIssueId, LIKELY, type Resemblance, resemblance } from '#domain/clients/duplicates.ts'
import { IDENTITY_FIELDS, keysToLookUnder, matchKeys } from '#domain/clients/matchKeys.ts'
import { collections } from '#domain/collections.ts'
import { duplicateDetail } from '#domain/sync/issue.ts'
import type { StoredRecord } from '#server/database/records.ts'
import { type Batch, recordKey, type StagedRecord } from './batch.ts'
import { lookalikes } from './lookalikes.ts'
import { placeOf } from './place.ts'

/** Only who is new, comes back, or is called otherwise can look like somebody else. */
export function mayResemble(staged: StagedRecord): boolean {
  return staged.collection === collections.clients && identityChanged(staged)
}

/** Looks for people who may be the same as one that the batch registers or corrects; opens issues, joins nobody. */
export async function noteDuplicatesOf(batch: Batch, staged: StagedRecord): Promise<void> {
  const { after } = staged
  const keys = isPresent(after) ? matchKeys(person(after)) : []
  if (!contactChanged(staged)) {
    await writeKeys(batch, staged, keys)
    if (isPresent(after)) await compareWithOthers(batch, after, keysToLookUnder(person(after)))
    return
  }
  await exchangeKeys(batch, after.id, keysBefore(staged), keys)
  await compareWithOthers(batch, after, keys.filter(isContact))
}

const CONTACT: readonly string[] = ['phone', 'email']
const isContact = (key: string) => key.startsWith('p:') || key.startsWith('e:')

/**
 * Most corrections are of a phone. It speaks for somebody who has it too and against nobody, so everybody else is as
 * like or unlike as before: only those who share it are looked at (a search by all keys took half of a change's time).
 */
function contactChanged({ before, after }: StagedRecord): boolean {
  if (before === null || !isPresent(before) || !isPresent(after)) return false
  return IDENTITY_FIELDS.every((name) => CONTACT.includes(name) || before.fields[name] === after.fields[name])
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
  const rows = keys.map((key) => [key, after.id])
  await sql.runEach('INSERT INTO "MatchKey" (key, "clientId") VALUES (?, ?)', rows)
}

async function exchangeKeys({ sql }: Batch, id: string, old: readonly string[], keys: readonly string[]): Promise<void> {
  for (const key of old) if (!keys.includes(key)) await sql.run('DELETE FROM "MatchKey" WHERE key = ? AND "clientId" = ?', key, id)
  for (const key of keys)
    if (!old.includes(key)) await sql.run('INSERT INTO "MatchKey" (key, "clientId") VALUES (?, ?) ON CONFLICT DO NOTHING', key, id)
}

function keysBefore({ before }: StagedRecord): string[] {
  return before === null ? [] : matchKeys(person(before))
}

async function compareWithOthers(batch: Batch, client: StoredRecord, keys: readonly string[]): Promise<void> {
  for (const other of await batch.loadAll(collections.clients, await lookalikes(batch, client, keys))) {
    if (!isPresent(other)) continue
    const found = resemblance(person(client), person(other))
    if (found.score >= LIKELY) await openIssue(batch, client, other, found)
  }
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
      ...placeOf(newer),
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
