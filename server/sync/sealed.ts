import { mayPush, readRoles } from '#domain/access/access.ts'
import { refuse } from '#domain/problem.ts'
import { type Change, changeSchema, type VoidChange } from '#domain/sync/change.ts'
import { type SealedAnswer, type SealedRow, sealedContext } from '#domain/sync/sealed.ts'
import { isNewer, upgradeChange } from '#domain/sync/upgrade.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Author, Batch } from './batch.ts'
import { isDisabled, type KnownDevice, readDevice } from './devices.ts'
import { pushChanges } from './push.ts'
import { type HandingIn, quarantineChanges } from './quarantine.ts'
import type { Sealing } from './sealing.ts'
import { facilitiesOf } from './waiting.ts'

type Opened = Change | { n: number; changeId: string; op: 'closed' }

/** What the boxes hold. One that does not open, or holds another change than its row names, stays closed. */
export async function openRows(sealing: Pick<Sealing, 'open'>, rows: readonly SealedRow[]): Promise<Opened[]> {
  const opened: Opened[] = []
  for (const { n, changeId, box } of rows) {
    const text = await sealing.open(box, sealedContext(changeId))
    opened.push(readChange(text, n, changeId) ?? { n, changeId, op: 'closed' })
  }
  return opened
}

function readChange(text: string | null, n: number, changeId: string): Change | null {
  const raw = upgradeChange(parsed(text))
  if (isNewer(raw)) refuse('unavailable', 'the app is newer than the server')
  const change = changeSchema.safeParse(raw)
  return change.success && change.data.n === n && change.data.changeId === changeId ? change.data : null
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

/**
 * K1, K2: a device without its data key hands in what it sealed. While its account may write, that is a push like every
 * other; of a device that is to be wiped it is quarantine, and what does not open is noted as void.
 */
export async function takeSealed(batch: Batch, caller: HandingIn, deviceId: string, opened: readonly Opened[]): Promise<SealedAnswer> {
  const device = await ownDevice(batch.sql, caller, deviceId)
  if (device.revokedAt !== null || (await isDisabled(batch.sql, device.accountId))) {
    const changes = opened.map((change) => (change.op === 'closed' ? voidOf(change, deviceId) : { ...change, deviceId }))
    const { received } = await quarantineChanges(batch, { ...caller, device }, changes)
    return { results: [], received }
  }
  return { results: await pushOpened(batch, device, caller, opened), received: 0 }
}

async function pushOpened(batch: Batch, { id: deviceId, accountId }: KnownDevice, { ip }: HandingIn, opened: readonly Opened[]) {
  const roles = await rolesOf(batch.sql, accountId)
  // Up to the first that does not open: the device still has it, and sends it when it is unlocked.
  const end = opened.findIndex(({ op }) => op === 'closed')
  const readable = (end === -1 ? opened : opened.slice(0, end)) as Change[]
  if (readable.some(({ collection }) => !mayPush(roles, collection))) refuse('not-permitted')
  if (readable.length === 0) return []
  const author: Author = { accountId, deviceId, facilities: await facilitiesOf(batch, accountId), ip }
  const changes = readable.map((change) => ({ ...change, deviceId }))
  return (await pushChanges(batch, author, changes)).results
}

async function ownDevice(sql: Sql, { account, device }: HandingIn, deviceId: string): Promise<KnownDevice> {
  const known = device ?? (await readDevice(sql, deviceId))
  if (known === null || known.id !== deviceId) refuse('not-permitted', 'another device')
  if (account !== null && known.accountId !== account.id) refuse('not-permitted', 'the device belongs to another account')
  return known
}

async function rolesOf(sql: Sql, accountId: string) {
  const row = await sql.get<{ roles: string }>('SELECT roles FROM "Account" WHERE id = ?', accountId)
  return readRoles(row?.roles ?? '')
}

function voidOf({ n, changeId }: { n: number; changeId: string }, deviceId: string): VoidChange {
  return { deviceId, n, changeId, op: 'void', reason: 'its sealed copy could not be opened' }
}
