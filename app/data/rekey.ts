import { clientNumber } from '#domain/clients/number.ts'
import { enrollmentId } from '#domain/enrollments/enrollment.ts'
import type { Change } from '#domain/sync/change.ts'
import type { NewChange, Outbox, OutboxEntry } from './outbox.ts'

const TAKEN = 'id-taken'

export interface RekeyOptions {
  outbox: Outbox
  newId: () => string
  randomBytes: (count: number) => Uint8Array
}

const running = new WeakMap<Outbox, Promise<void>>()

/**
 * A client's number was given to somebody else's client (rule O8): what this tablet wrote about it is said again under a
 * new one, with everything that hangs on it. May be killed anywhere: what was said again already is found by `insteadOf`.
 * One run after the other: two at once would each choose a number.
 */
export function sayAgainUnderNewId(options: RekeyOptions): Promise<void> {
  const before = running.get(options.outbox)?.catch(() => undefined) ?? Promise.resolve()
  const run = before.then(() => sayEach(options))
  running.set(options.outbox, run)
  return run
}

async function sayEach(options: RekeyOptions): Promise<void> {
  const { outbox } = options
  for (const create of outbox.inState('rejected')) {
    if (create.row.reason !== TAKEN || create.change?.op !== 'create' || create.change.collection !== 'clients') continue
    const old = create.change.recordId
    const concerned = outbox.entries().filter(({ change, extra }) => change !== null && isAbout(change, old) && !extra.insteadOf)
    // Those behind it have to be answered first: their numbers are in the queue.
    if (concerned.some(({ row }) => row.state === 'pending')) continue
    const taken = concerned.filter(({ row }) => row.reason === TAKEN)
    await sayAll(options, taken, old)
    await outbox.change(taken, (row) => (row.state === 'rejected' ? { state: 'settled' } : null))
  }
}

async function sayAll({ outbox, newId, randomBytes }: RekeyOptions, taken: OutboxEntry[], old: string): Promise<void> {
  const said = new Map(outbox.entries().flatMap((entry) => (entry.extra.insteadOf ? [[entry.extra.insteadOf, entry] as const] : [])))
  const begun = taken.map(({ row }) => said.get(row.changeId)?.change).find((change) => change?.collection === 'clients')
  const fresh = begun?.recordId ?? clientNumber(randomBytes(12))
  for (const { row, change } of taken) {
    if (change === null || said.has(row.changeId)) continue
    await outbox.add(underNewId(change, old, fresh, newId()), { insteadOf: row.changeId })
  }
  const [create] = taken
  if (create?.change && !said.has(`issue.${create.row.changeId}`)) {
    await outbox.add(closing(create.change, newId()), { insteadOf: `issue.${create.row.changeId}` })
  }
}

function isAbout({ collection, recordId }: Change, client: string): boolean {
  return (collection === 'clients' && recordId === client) || (collection === 'enrollments' && recordId.startsWith(`${client}.`))
}

function underNewId({ n: _, resent: _resent, ...change }: Change, old: string, fresh: string, changeId: string): NewChange {
  if (change.collection === 'clients') return { ...change, changeId, recordId: fresh, base: 0 }
  const [, programId = '', episode = '1'] = change.recordId.split('.')
  const { clientId } = change.fields
  const fields = clientId?.to === old ? { ...change.fields, clientId: { ...clientId, to: fresh } } : change.fields
  return { ...change, changeId, recordId: enrollmentId(fresh, programId, Number(episode)), base: 0, fields }
}

/** The tablet has answered the question itself: the rejection need not be shown as open. */
function closing(create: Change, changeId: string): NewChange {
  const { deviceId, actor, deviceTime, schemaVersion, epoch } = create
  const fields = { state: { from: 'open', to: 'resolved' } }
  const recordId = `rejected.${create.changeId}`
  return { deviceId, changeId, collection: 'issues', recordId, op: 'edit', fields, base: 0, actor, deviceTime, schemaVersion, epoch }
}
