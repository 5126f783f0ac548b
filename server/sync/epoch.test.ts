import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { keptCheckpoint } from '#server/audit/kept.ts'
import { clientChange, helloOf, openSite, type Site } from './sync.fixture.ts'
import { readWitness, sealWitness } from './witness.ts'

let site: Site
let amina: SignedInAccount
const DEVICE = 'device-amina'
let n = 0

beforeEach(async () => {
  site = await openSite()
  amina = await site.addDoctor('amina')
  n = 0
})
afterEach(() => site.close())

const greet = (said: Parameters<typeof helloOf>[1] = {}, deviceId = DEVICE) =>
  site.services.records.welcome({ account: amina, shown: null }, helloOf(deviceId, said))
const pastEpochs = () => site.database.read.all('SELECT epoch, "endSeq" FROM "PastEpoch" ORDER BY "endedAt"')
const renewals = () => site.row(`SELECT count(*) AS n FROM "AuditEvent" WHERE action = 'server.epoch-renewed'`)

async function register(more: Parameters<typeof clientChange>[3] = {}, deviceId = DEVICE) {
  n += 1
  const change = clientChange(deviceId, 'amina', n, more)
  const author = { accountId: 'amina', deviceId, facilities: [site.facilityId] }
  const { results } = await site.services.records.push(author, [change])
  return { change, result: results[0], seq: results[0]?.seq ?? 0 }
}

describe('a database that was put back', () => {
  test('R1: is noticed by the first tablet with a witness of what is missing, and the epoch is renewed once', async () => {
    const { seq } = await register()
    await site.copyAway('yesterday')
    const before = await greet()
    await register()
    const { witness } = await greet()
    await site.copyBack('yesterday')
    const renewed: string[] = []
    site.services.records.onRenewed((epoch) => renewed.push(epoch))

    const said = { witness, epoch: before.epoch }
    const [first, second] = await Promise.all([greet(said), greet(said, 'device-other')])
    expect(first.epoch).not.toBe(before.epoch)
    expect(second.epoch).toBe(first.epoch)
    // The other one was never heard of before: when it comes first, nobody knows how far the two histories are the same.
    expect([seq, 0]).toContain(first.epochSeq)
    expect(await pastEpochs()).toEqual([{ epoch: before.epoch, endSeq: first.epochSeq }])
    expect(await renewals()).toEqual({ n: 1 })
    expect(renewed).toEqual([first.epoch])
    expect((await greet(said)).epoch).toBe(first.epoch)
  })
  test('R1: is noticed by a tablet that holds nothing but a signed checkpoint of what is missing', async () => {
    await site.services.auditKeys.signer()
    await register()
    await site.copyAway('yesterday')
    await register()
    await site.services.checkpoints.look()
    const { auditCheckpoint, epoch } = await greet()
    expect((await greet({ auditCheckpoint })).epoch).toBe(epoch)
    await site.copyBack('yesterday')
    const forged = auditCheckpoint?.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    expect((await greet({ auditCheckpoint: forged })).epoch).toBe(epoch)
    expect(await renewals()).toEqual({ n: 0 })
    // The key came back with the database: it was made before the copy.
    expect((await greet({ auditCheckpoint })).epoch).not.toBe(epoch)
    expect(await renewals()).toEqual({ n: 1 })
    expect((await greet({ auditCheckpoint })).epoch).not.toBe(epoch)
    expect(await renewals()).toEqual({ n: 1 })
  })
  test('R1: is noticed at the start by the checkpoint that is kept beside it, once', async () => {
    await site.services.auditKeys.signer()
    await register()
    await site.copyAway('yesterday')
    await register()
    await site.services.checkpoints.look()
    const atStart = () => site.services.records.believeCheckpoint(keptCheckpoint(site.config.dataDir))
    await atStart()
    expect(await renewals()).toEqual({ n: 0 })
    await site.copyBack('yesterday')
    for (let starts = 0; starts < 2; starts += 1) await atStart()
    expect(await renewals()).toEqual({ n: 1 })
  })
  test('R1: another history of the same length is noticed too', async () => {
    await site.copyAway('yesterday')
    const { epoch } = await greet()
    await register()
    const { witness } = await greet()
    await site.copyBack('yesterday')
    n = 0
    await register()
    expect((await greet({ witness, epoch })).epoch).not.toBe(epoch)
    // What was taken before anybody noticed was taken of the new history: it was found at the number of the copy.
    expect(await pastEpochs()).toEqual([{ epoch, endSeq: 1 }])
  })
  test('R1: a witness of a database that is gone, epoch and all, is believed once', async () => {
    await register()
    await site.copyAway('first')
    const { epoch: old, witness: ofOld } = await greet()
    await register()
    const { witness } = await greet()
    await site.copyBack('first')
    const { epoch: lost, witness: ofLost } = await greet({ witness })
    await site.copyBack('first')
    expect((await greet({ witness: ofOld, epoch: old })).epoch).toBe(old)
    const now = await greet({ witness: ofLost, epoch: lost })
    expect([old, lost]).not.toContain(now.epoch)
    expect(now.epochSeq).toBe(0)
    expect((await greet({ witness: ofLost, epoch: lost })).epoch).toBe(now.epoch)
    expect((await greet({ epoch: old })).epochSeq).toBeGreaterThan(0)
  })
  test('R1: nothing is believed that this installation did not write', async () => {
    await register()
    const { epoch, witness } = await greet()
    const ahead = { auditSeq: 1000, auditHash: 'x', epoch }
    const foreign = sealWitness(ahead, 'another secret of thirty-two characters')
    for (const text of [foreign, witness?.replace(/^\d+/, '1000') ?? '', 'nonsense', '1.2.3', `${witness}.x`])
      expect((await greet({ witness: text })).epoch).toBe(epoch)
    expect(readWitness(sealWitness(ahead, site.config.secret), site.config.secret)).toEqual(ahead)
  })
  test('R1: a tablet that greets from a past epoch is written down only up to where that epoch ended', async () => {
    const { seq } = await register()
    await site.copyAway('yesterday')
    for (let more = 0; more < 3; more += 1) await register()
    const { epoch, witness } = await greet()
    await site.copyBack('yesterday')
    const cursor = () => site.row('SELECT cursor FROM "Device" WHERE id = ?', DEVICE)
    await greet({ epoch, witness, cursor: seq + 3 })
    expect(await cursor()).toEqual({ cursor: seq })
    const { epoch: now } = await greet()
    for (let more = 0; more < 3; more += 1) await register()
    await greet({ epoch: now, cursor: seq + 3, unsent: [{ account: 'amina', count: 1 }] })
    expect(await cursor()).toEqual({ cursor: seq + 3 })
  })
  test('R1: a restart and a running server change nothing', async () => {
    await register()
    const { epoch, witness } = await greet()
    await register()
    await site.restart()
    expect(await greet({ witness, epoch })).toMatchObject({ epoch, epochSeq: 0 })
  })
})

describe('after a restore', () => {
  /** Two doctors’ tablets, a client that both hold, and the server back at the number they all share. */
  async function restored() {
    const { change, seq } = await register()
    await site.copyAway('yesterday')
    const { epoch } = await greet()
    await register()
    const { witness } = await greet()
    await site.copyBack('yesterday')
    await greet({ witness, epoch })
    return { id: change.recordId, seq, epoch }
  }
  const edit = (deviceId: string, id: string, fields: Record<string, [string | null, string]>, more: object) => {
    const named = Object.entries(fields).map(([name, [from, to]]) => [name, { from, to }])
    n = deviceId === DEVICE ? 1 : 0
    return register({ recordId: id, op: 'edit', fields: Object.fromEntries(named), ...more }, deviceId)
  }

  test('R5: a base of an earlier epoch hides nothing that came after its end', async () => {
    const { id, epoch, seq } = await restored()
    await edit('device-other', id, { givenName: ['Neema', 'Asha'] }, { base: seq })
    const late = await edit(DEVICE, id, { givenName: ['Neema', 'Zuhura'] }, { base: seq + 100, epoch })
    expect(late.result).toMatchObject({ outcome: 'conflict' })
    expect(await site.row('SELECT "givenName" FROM "Client" WHERE id = ?', id)).toEqual({ givenName: 'Asha' })
  })
  test('R5: a base of an epoch that nobody knows hides nothing at all', async () => {
    const { id, seq } = await restored()
    const first = await edit('device-other', id, { givenName: ['Neema', 'Asha'] }, { base: seq })
    const late = await edit(DEVICE, id, { givenName: ['Neema', 'Zuhura'] }, { base: first.seq, epoch: 'never-heard-of' })
    expect(late.result).toMatchObject({ outcome: 'conflict' })
  })
  test('R4: of two resent changes of one field the later of then stands, in silence, in either order', async () => {
    for (const laterFirst of [true, false]) {
      const { id, epoch, seq } = await restored()
      const early = () => edit(DEVICE, id, { givenName: ['Neema', 'Asha'] }, { base: seq, epoch, resent: { epoch, seq: seq + 5 } })
      const later = () => edit('device-other', id, { givenName: ['Asha', 'Zuhura'] }, { base: seq, epoch, resent: { epoch, seq: seq + 9 } })
      const results = laterFirst ? [await later(), await early()] : [await early(), await later()]
      expect(results.map(({ result }) => result?.outcome)).not.toContain('conflict')
      expect(await site.row('SELECT "givenName" FROM "Client" WHERE id = ?', id)).toEqual({ givenName: 'Zuhura' })
      expect(await site.row('SELECT count(*) AS n FROM "Issue"')).toEqual({ n: 0 })
      await site.close()
      site = await openSite()
      amina = await site.addDoctor('amina')
      n = 0
    }
  })
})
