import { mayPush, readRoles } from '#domain/access/access.ts'
import { refuse } from '#domain/problem.ts'
import type { UnsentFile } from '#domain/sync/unsentFile.ts'
import { applySafely } from './applySafely.ts'
import type { Author, Batch } from './batch.ts'
import { addDevice, readDevice } from './devices.ts'
import { ownStepOf } from './outcome.ts'
import { applyParked } from './parked.ts'
import { repeatedInBatch, type Sent, seenBefore, takeVoid } from './push.ts'
import { numberInOrder, quarantineOne } from './quarantine.ts'
import { facilitiesOf } from './waiting.ts'

/** A change of the file and what became of it. Never what is in it. */
export interface BroughtIn {
  n: number
  /** UTC ms by the device's clock; null for a row that could not be read. */
  deviceTime: number | null
  collection: string | null
  recordId: string | null
  /** `known`: it had arrived by itself. */
  outcome: 'taken' | 'parked' | 'conflict' | 'rejected' | 'quarantined' | 'erased' | 'known'
}

/**
 * W3: a slice of a file of unsent changes, in the name of the account and the device that wrote them: applied when the
 * account may still write, else set aside. The order of numbers is the file's; what a tablet sends by itself later is
 * known by its changeId.
 * @param by the administrator
 */
export async function bringIn(batch: Batch, by: Author, file: UnsentFile): Promise<BroughtIn[]> {
  const author = await authorOf(batch, file)
  for (const change of file.changes) checkOwn(file, change)
  const known = await seenBefore(batch, author, file.changes)
  ownStepOf(batch, { ...by, deviceId: file.deviceId }, 'device.unsent-file')
  const brought: BroughtIn[] = []
  for (const change of file.changes) {
    const before = known(change) ?? repeatedInBatch(batch, author, change)
    brought.push(told(change, before ? 'known' : await take(batch, author, change)))
  }
  return brought
}

interface FileAuthor extends Author {
  mayStillWrite: boolean
}

async function authorOf(batch: Batch, { account, deviceId, changes }: UnsentFile): Promise<FileAuthor> {
  const known = await batch.sql.get<{ roles: string; disabledAt: unknown }>(
    'SELECT roles, "disabledAt" FROM "Account" WHERE id = ?',
    account,
  )
  if (known === undefined) refuse('not-found', 'the file is of an account that is not here')
  const device = await readDevice(batch.sql, deviceId)
  if (device !== null && device.accountId !== account) refuse('not-permitted', 'the device belongs to another account')
  const lastN = Math.min(...changes.map(({ n }) => n)) - 1
  if (device === null) await addDevice(batch.sql, { id: deviceId, accountId: account, lastN: Math.max(lastN, 0), at: batch.now })
  const mayStillWrite = known.disabledAt === null && mayPush(readRoles(known.roles), 'clients')
  return { accountId: account, deviceId, facilities: await facilitiesOf(batch, account), mayStillWrite }
}

function checkOwn({ deviceId, account }: UnsentFile, change: Sent): void {
  if (change.deviceId !== deviceId) refuse('invalid', 'a change of another device')
  if (change.op !== 'void' && change.actor !== account) refuse('invalid', 'a change of another account')
}

async function take(batch: Batch, author: FileAuthor, change: Sent): Promise<BroughtIn['outcome']> {
  if (!author.mayStillWrite) {
    await quarantineOne(batch, author, change)
    return 'quarantined'
  }
  const n = await numberInOrder(batch, author, change.n)
  if (change.op === 'void') await takeVoid(batch, author, { ...change, n })
  else {
    const { outcome } = await applySafely(batch, author, { ...change, n })
    if (outcome !== 'parked' && outcome !== 'rejected') await applyParked(batch, change.recordId)
    if (outcome === 'parked' || outcome === 'rejected' || outcome === 'conflict' || outcome === 'erased') return outcome
  }
  return change.op === 'void' ? 'rejected' : 'taken'
}

function told(change: Sent, outcome: BroughtIn['outcome']): BroughtIn {
  if (change.op === 'void') return { n: change.n, deviceTime: null, collection: null, recordId: null, outcome }
  const { n, deviceTime, collection, recordId } = change
  return { n, deviceTime, collection, recordId, outcome }
}
