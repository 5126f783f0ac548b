import { afterEach, describe, expect, test } from 'vitest'
import { clientNumber } from '#domain/clients/number.ts'
import type { ErasedRequest } from '#domain/sync/asking.ts'
import { EVENTS, type PushAnswer } from '#domain/sync/protocol.ts'
import { rowsOfErased } from './erasures.ts'
import { openTestTablet, ScriptedServer } from './tablet.fixture.ts'
import type { Tablet } from './tablet.ts'

const ID = clientNumber(new Uint8Array(12).fill(3))
const OTHER = clientNumber(new Uint8Array(12).fill(4))
let opened = 0
const values = { givenName: 'Neema-on-the-disk', facilityId: 'north' }
const create = (recordId = ID) => ({ collection: 'clients' as const, recordId, op: 'create' as const, values, seen: null })
const phone = (recordId = ID) => ({ ...create(recordId), op: 'edit' as const, values: { phone: 'on-the-disk' }, seen: { seq: 101 } })

/** Answers each change with an outcome, and knows who was erased. */
function scripted(outcomes: string[], erased: string[]) {
  const server = new ScriptedServer()
  server.script = (event, body) => {
    if (event === EVENTS.erased) return Promise.resolve({ ok: true, ids: (body as ErasedRequest).ids.filter((id) => erased.includes(id)) })
    if (event !== EVENTS.push) return null
    const { changes } = body as { changes: { n: number; changeId: string }[] }
    const result = { reason: null, newId: null, repeated: false }
    const results = changes.map(({ n, changeId }) => {
      server.head += 1
      const outcome = outcomes.shift() ?? 'applied'
      return { ...result, n, changeId, outcome, seq: server.head, ...(outcome === 'rejected' ? { reason: 'invalid' } : {}) }
    })
    return Promise.resolve({ ok: true, results, lastN: changes.at(-1)?.n ?? 0, witness: null } as { ok: true } & PushAnswer)
  }
  return server
}

async function open(server: ScriptedServer, options: Parameters<typeof openTestTablet>[3] = {}) {
  opened += 1
  const name = `erasures-${opened}`
  const tablet = await openTestTablet(server, name, new Set(), options)
  tablets.push(tablet)
  return { name, tablet }
}

const tablets: Tablet[] = []
afterEach(() => Promise.all(tablets.splice(0).map((tablet) => tablet.close())))

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries === 400) throw new Error('it never came to that')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('an erased client', () => {
  test('X7: a change that was not kept goes from this tablet, and its author is told until they have read it', async () => {
    const server = scripted(['erased', 'erased', 'applied'], [ID])
    const gone: string[] = []
    const { tablet } = await open(server, { onGone: (_, id) => gone.push(id) })
    await tablet.save(create())
    await tablet.save(phone())
    await tablet.save(create(OTHER))
    server.connect()
    await until(() => tablet.sync().unsent === 0 && tablet.sync().erased.length === 1)
    await until(() => tablet.outbox().every(({ recordId }) => recordId !== ID))
    expect(tablet.sync().erased).toEqual([{ id: ID, at: 1_000 }])
    expect(tablet.record('clients', ID)).toBeUndefined()
    expect(gone).toContain(ID)
    await tablet.noteErasedRead()
    expect(tablet.sync().erased).toEqual([])
  })
  test('X7: rows that were answered long ago, refused or set aside go too, at the first contact, whatever mirror is here', async () => {
    const erased: string[] = []
    const server = scripted(['applied', 'rejected', 'parked', 'parked'], erased)
    const { tablet, name } = await open(server)
    await tablet.save(create())
    await tablet.save(phone())
    await tablet.save(phone())
    // Its question is still at this facility, so the refused row stays (rule S20).
    const refusedId = tablet.outbox().find(({ n }) => n === 2)?.changeId
    server.put('issues', {
      id: `rejected.${refusedId}`,
      kind: 'rejected',
      state: 'open',
      collection: 'clients',
      recordId: ID,
      detail: '{}',
    })
    server.connect()
    await until(() => tablet.sync().unsent === 0 && tablet.sync().firstSync === 'done')
    await until(() => server.asked.includes(EVENTS.erased))
    await until(() => tablet.outbox().length === 2)
    expect(tablet.outbox().map(({ state }) => state)).toEqual(['parked', 'rejected'])
    erased.push(ID)
    await tablet.close()
    const again = await openTestTablet(server, name)
    tablets.push(again)
    server.connect()
    await until(() => again.outbox().length === 0)
    expect(again.sync().erased).toEqual([])
  })
  test('X7: of somebody else under a number that was taken, nothing goes; what was said first of an erased one does', async () => {
    const row = (n: number, recordId: string, more: object = {}, extra: object = {}) => ({
      n,
      row: { id: `${n}`, changeId: `change-${n}`, state: 'settled', reason: '', ...more },
      change: { collection: 'clients', recordId },
      extra,
    })
    const taken = row(1, ID, { reason: 'id-taken' })
    const again = row(2, OTHER, {}, { insteadOf: 'change-1' })
    const unsent = row(3, OTHER, { state: 'pending' })
    const rows = [taken, again, unsent] as unknown as Parameters<typeof rowsOfErased>[0]
    expect(rowsOfErased(rows, new Set([ID]))).toEqual([])
    expect(rowsOfErased(rows, new Set([OTHER])).map(({ n }) => n)).toEqual([2, 1])
  })
  test('X7: a draft about somebody who is not here is asked about, and goes', async () => {
    const server = scripted([], [ID])
    const gone: string[] = []
    const drafts = () => (gone.includes(ID) ? ['new'] : [ID, 'new'])
    await open(server, { drafts, onGone: (_, id) => gone.push(id) })
    server.connect()
    await until(() => gone.includes(ID))
    expect(server.asked.filter((event) => event === EVENTS.erased)).toHaveLength(1)
  })
})
