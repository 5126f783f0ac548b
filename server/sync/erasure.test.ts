import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { SignedInAccount } from '#domain/accounts/account.ts'
import { collections } from '#domain/collections.ts'
import type { Change } from '#domain/sync/change.ts'
import { tablesOfThisVersion } from '#server/database/copy.ts'
import { onPostgresql } from '#server/database/database.fixture.ts'
import { recountCells } from '#server/database/manifestCells.ts'
import { readPeople } from '#server/exchange/readPeople.ts'
import { takePeople } from '#server/exchange/slices.ts'
import { backupCommand } from '#server/operations/backupCommand.ts'
import { restoreCommand } from '#server/operations/restoreCommand.ts'
import { erasedListFile, readErasedList } from './erasedList.ts'
import { begin } from './outcome.ts'
import { recordKey } from './recordKey.ts'
import { aClientId, clientChange, helloOf, NOON, openSite, type Site } from './sync.fixture.ts'

let site: Site
let amina: SignedInAccount
const DEVICE = 'device-amina'
const JUMA = 'device-juma'
const AMINA = { accountId: 'amina', deviceId: DEVICE, facilities: ['main'] }
const admin = { accountId: 'boss', deviceId: 'office', facilities: 'all' as const }
const from = null
let n: Record<string, number>

beforeEach(async () => {
  n = {}
  site = await openSite()
  amina = await site.addDoctor('amina')
  await site.addDoctor('juma')
  await site.services.records.apply(admin, [
    made('programs', 'HIV-001', { name: 'HIV', category: 'hiv', active: true }),
    made('programs', 'TB-001', { name: 'TB', category: 'tuberculosis', active: true }),
  ])
})
afterEach(async () => {
  vi.restoreAllMocks()
  await site.close()
})

function made(collection: Change['collection'], recordId: string, values: Record<string, unknown>): Change {
  const fields = Object.fromEntries(Object.entries(values).map(([name, to]) => [name, { from, to }])) as Change['fields']
  return clientChange('office-device', 'boss', 1, { collection, recordId, fields })
}

/** One change of a device, under its next number. */
function by(deviceId: string, more: Partial<Change> = {}): Change {
  n[deviceId] = (n[deviceId] ?? 0) + 1
  return clientChange(deviceId, accountOf(deviceId), n[deviceId], more)
}
const accountOf = (deviceId: string) => deviceId.replace('device-', '')
const push = async (...changes: Change[]) => {
  const [{ deviceId, actor } = { deviceId: '', actor: '' }] = changes
  return (await site.services.records.push({ accountId: actor, deviceId, facilities: ['main'] }, changes)).results
}
const edit = (recordId: string, field: string, to: string | null, more: Partial<Change> = {}): Partial<Change> => ({
  recordId,
  op: 'edit',
  fields: { [field]: { from: null, to } },
  ...more,
})
const enrol = (clientId: string, programId = 'HIV-001', more: Record<string, string> = {}): Partial<Change> => {
  const to = { clientId, programId, episode: 1, status: 'active', enrolledOn: '2026-01-01', ...more }
  const fields = Object.fromEntries(Object.entries(to).map(([name, value]) => [name, { from, to: value }]))
  return { collection: 'enrollments', recordId: `${clientId}.${programId}.1`, fields }
}
async function register(deviceId = DEVICE, more: Partial<Change> = {}): Promise<string> {
  const change = by(deviceId, more)
  expect((await push(change))[0]).toMatchObject({ outcome: 'applied' })
  return change.recordId
}
const erase = (id: string) => site.services.records.erase(admin, id)
const count = async (text: string, ...values: string[]) => (await site.row(`SELECT count(*) AS n FROM ${text}`, ...values))?.n
const client = (id: string) => site.row('SELECT * FROM "Client" WHERE id = ?', id)

/** What lies on the disk: the database and its log. Of PostgreSQL every row: its files are its own. */
async function bytes(): Promise<string> {
  if (onPostgresql) {
    const tables = tablesOfThisVersion().map(({ name }) => site.database.read.all(`SELECT * FROM "${name}"`))
    return JSON.stringify(await Promise.all(tables))
  }
  const files = ['hims.sqlite', 'hims.sqlite-wal'].map((name) => join(site.folder, name)).filter((file) => existsSync(file))
  return files.map((file) => readFileSync(file).toString('latin1')).join('')
}

describe('bytes', () => {
  test('X1 X4: of 40 texts about a person, in every table that can hold one, none is left in the files of the database', async () => {
    const canaries: string[] = []
    const canary = (what: string) => {
      canaries.push(`kanari${canaries.length}${what}`)
      return canaries.at(-1) ?? ''
    }
    // Enough neighbours for the pages of every table and index to part.
    for (let times = 0; times < 8; times += 1) await push(...Array.from({ length: 40 }, () => by(DEVICE)))
    const id = await register(DEVICE, person(canary))
    const joined = await register(DEVICE, person(canary))
    await push(by(DEVICE, enrol(id, 'HIV-001', { reason: canary('why') })))
    // History, and questions about the client and an enrollment, with both values.
    await push(by(DEVICE, edit(id, 'phone', canary('old'))), by(DEVICE, edit(id, 'notes', null)))
    await push(by(JUMA, edit(id, 'familyName', canary('other'))), by(JUMA, edit(id, 'address', canary('where'))))
    await push(by(JUMA, ended(`${id}.HIV-001.1`, canary('episode'))))
    // Refused, and parked.
    await push(by(DEVICE, edit(id, 'unknown', canary('refused'))), by(DEVICE, enrol(id, 'NO-001', { reason: canary('parked') })))
    // From a tablet after a restore; from another system; handed in by a revoked device.
    const records = [{ ...recovered(id), seq: 999, givenName: canary('recovered') }]
    await site.services.records.recover(AMINA, { epoch: 'lost-epoch', collection: 'clients', records })
    const imported = ['csv', canary('external'), id, canary('hash')]
    await site.database.write((sql) => sql.run('INSERT INTO "ExternalIdentity" VALUES (?, ?, ?, ?)', ...imported))
    await revoke(JUMA)
    const handedIn = [by(JUMA, edit(id, 'phone', canary('handed'))), by(JUMA, enrol(id, 'TB-001', { reason: canary('in') }))]
    await site.services.records.quarantine({ account: { id: 'juma' }, device: null }, handedIn)
    await joinInto(joined, id)
    while (canaries.length < 40) await push(by(DEVICE, edit(id, 'notes', canary('again'))))

    const before = await bytes()
    expect(canaries.filter((text) => !before.includes(text))).toEqual([])
    const keys = await keysOfNobodyElse(id, joined)
    expect(keys.length).toBeGreaterThan(3)
    await erase(id)

    const after = await bytes()
    expect(canaries.filter((text) => after.includes(text))).toEqual([])
    expect(keys.filter((key) => after.includes(key))).toEqual([])
    expect(await count('"Erased" WHERE "purgedAt" IS NOT NULL')).toBe(2)
    expect(await count('"Client" WHERE deleted = 0')).toBe(320)
  })
  test('X1: of two who looked alike the other stays, and the question about both goes', async () => {
    const same = { familyName: { from, to: 'Mushi' }, bornOn: { from, to: '1990-01-02' }, nationalId: { from, to: 'A-77' } }
    const twin = { fields: { ...clientChange('', '', 1).fields, ...same } }
    const [one, other] = [await register(DEVICE, twin), await register(DEVICE, twin)]
    expect(await site.row('SELECT "recordId", deleted FROM "Issue"')).toEqual({ recordId: other, deleted: 0 })
    await erase(one)
    expect(await client(other)).toMatchObject({ nationalId: 'A-77', deleted: 0 })
    expect(await site.row('SELECT detail, deleted FROM "Issue"')).toEqual({ detail: '{}', deleted: 1 })
  })
})

function person(canary: (what: string) => string): Partial<Change> {
  const { givenName: _, ...plain } = clientChange('', '', 1).fields
  const names = ['givenName', 'middleName', 'familyName', 'phone', 'address', 'nationalId', 'notes']
  const texts = names.map((name) => [name, { from, to: canary(name) }])
  return { fields: { ...plain, ...Object.fromEntries(texts), email: { from, to: `${canary('email')}@example.org` } } }
}

/** An end that does not know of the other status: both are kept in a question. */
function ended(recordId: string, reason: string): Partial<Change> {
  const fields = {
    status: { from: 'completed', to: 'lost' },
    enrolledOn: { from: '2026-02-02', to: '2026-02-03' },
    endedOn: { from, to: '2026-03-03' },
    reason: { from, to: reason },
  }
  return { collection: 'enrollments', recordId, op: 'edit', fields }
}

const revoke = (deviceId: string) => site.database.write((sql) => sql.run('UPDATE "Device" SET "revokedAt" = 1 WHERE id = ?', deviceId))

async function keysOfNobodyElse(...ids: [string, string]): Promise<string[]> {
  const rows = await site.database.read.all<{ key: string }>(
    `SELECT DISTINCT key FROM "MatchKey" m WHERE "clientId" IN (?, ?)
     AND NOT EXISTS (SELECT 1 FROM "MatchKey" o WHERE o.key = m.key AND o."clientId" NOT IN (?, ?))`,
    ...ids,
    ...ids,
  )
  return rows.map(({ key }) => key)
}

/** One was found to be the other: the operation of a later issue. */
async function joinInto(one: string, into: string): Promise<void> {
  const { clients } = collections
  await site.services.records.inBatch(async (batch) => {
    const before = await batch.load(clients, one)
    if (before === null) throw new Error('nobody to join')
    const step = begin(batch, admin, by('device-boss', { recordId: one, op: 'edit' }), { pushed: false, parkedBefore: false })
    batch.stage(clients, { ...before, fields: { ...before.fields, mergedInto: into } }, before)
    step.touched.add(recordKey(clients, one))
    batch.steps.push(step)
  })
}

function recovered(id: string) {
  const header = { createdAt: NOON, createdBy: 'amina', updatedAt: NOON, updatedBy: 'amina' }
  return { id, ...header, ...collections.clients.absent, facilityId: 'main' }
}

describe('an erased client', () => {
  test('X1: is a deleted record with nothing in it, and so are the enrollments and every question about them', async () => {
    const id = await register()
    await push(by(DEVICE, enrol(id)))
    await push(by(JUMA, edit(id, 'givenName', 'Rehema')))
    expect(await count('"Issue" WHERE deleted = 0')).toBe(1)
    await erase(id)
    expect(await client(id)).toMatchObject({ givenName: null, sex: 'unknown', facilityId: 'main', deleted: 1, updatedBy: 'boss' })
    expect(await site.row('SELECT * FROM "Enrollment"')).toMatchObject({
      clientId: id,
      status: 'entered-in-error',
      reason: null,
      deleted: 1,
    })
    expect(await count('"Issue" WHERE deleted = 0')).toBe(0)
    expect(await count('"Change" WHERE "recordId" = ? AND COALESCE("from", old, "to") IS NOT NULL AND field <> ?', id, 'deleted')).toBe(0)
    // The history still says that there was something, and who ended it.
    const rows = await site.services.records.history(['*', 'main'], { collection: 'clients', recordId: id, before: null })
    expect(rows.rows.some(({ field, to, actorId }) => field === 'deleted' && to === true && actorId === 'boss')).toBe(true)
  })
  test('X1: of several who were joined into one, every record goes, whichever is named', async () => {
    const [one, two, three] = [await register(), await register(), await register()]
    await joinInto(one, two)
    await joinInto(two, three)
    await erase(two)
    expect(await count('"Client" WHERE deleted = 0')).toBe(0)
    expect(await count('"Erased"')).toBe(3)
    expect(readErasedList(erasedListFile(site.config)).map(({ id }) => id)).toEqual(expect.arrayContaining([one, two, three]))
  })
  test('X1: figures and sums equal a recount, the chain of the audit log is whole, and the erasure is in it', async () => {
    const [id] = [await register(), await register()]
    await push(by(DEVICE, enrol(id)))
    await erase(id)
    const counters = await site.database.read.all<{ key: string; value: number }>('SELECT key, value FROM "Counter" WHERE value <> 0')
    expect(counters.filter(({ key }) => key === 'clients|main').map(({ value }) => value)).toEqual([1])
    expect(counters.filter(({ key }) => key.startsWith('enrollments'))).toEqual([])
    const kept = await site.database.read.all('SELECT collection, room, cell, count, low, high FROM "ManifestCell" WHERE count <> 0')
    const counted = [...(await recountCells(site.database.read)).all()].map(({ seq: _, ...cell }) => cell)
    expect(kept).toHaveLength(counted.length)
    expect(kept).toEqual(expect.arrayContaining(counted))
    expect(await site.services.auditLog.verify()).toMatchObject({ kind: 'whole' })
    expect(await site.row(`SELECT "actorId", subject FROM "AuditEvent" WHERE action = 'client.erased'`)).toEqual({
      actorId: 'boss',
      subject: id,
    })
  })
  test('X1: leaves the tablets of its room by a live message and by the next pull, as a record that is gone', async () => {
    const id = await register()
    const heard: unknown[] = []
    await site.services.records.look()
    site.services.records.onMoved(({ events }) =>
      heard.push(...events.flatMap(({ room, records }) => records?.map((r) => ({ room, ...r })) ?? [])),
    )
    const checkpoint = { epoch: (await site.services.records.head()).epoch, facilities: { main: (await site.services.records.head()).seq } }
    await erase(id)
    const { seq } = (await client(id)) ?? {}
    expect(heard).toEqual([{ room: 'main', id, seq, _deleted: true }])
    const { documents } = await site.services.records.pull(['*', 'main'], { collection: 'clients', checkpoint, limit: 100 })
    expect(documents).toEqual([{ id, seq, _deleted: true }])
  })
  test('X1 X3: the text of a row that nobody could read goes too when it names them, before the erasure and after it', async () => {
    const [id, other] = [await register(), await register()]
    const unreadable = (about: string) => {
      n[DEVICE] = (n[DEVICE] ?? 0) + 1
      const text = `{"recordId":"${about}","fields":{"givenName":{"to":"Zawadi${about}"`
      return { deviceId: DEVICE, n: n[DEVICE], changeId: crypto.randomUUID(), op: 'void' as const, reason: 'unreadable', text }
    }
    const texts = async () =>
      (await site.database.read.all<{ body: string | null }>(`SELECT body FROM "Push"`)).map(({ body }) => body ?? '')
    await site.services.records.push(AMINA, [unreadable(id), unreadable(other)])
    expect((await texts()).filter((body) => body.includes('Zawadi'))).toHaveLength(2)
    await erase(id)
    expect((await texts()).filter((body) => body.includes('Zawadi'))).toEqual([expect.stringContaining(other)])
    const [answer] = (await site.services.records.push(AMINA, [unreadable(id)])).results
    expect(answer).toMatchObject({ outcome: 'rejected', reason: 'unreadable' })
    await revoke(DEVICE)
    await site.services.records.quarantine({ account: amina, device: null }, [unreadable(id), unreadable(other)])
    expect((await texts()).some((body) => body.includes(`Zawadi${id}`))).toBe(false)
    expect((await texts()).filter((body) => body.includes(`Zawadi${other}`))).toHaveLength(2)
    await erase(other)
    expect(await site.services.fleet.handedIn()).toHaveLength(2)
  })
  test('X1: nobody is erased twice, nor whom there is not', async () => {
    const id = await register()
    await erase(id)
    await expect(erase(id)).rejects.toMatchObject({ problem: { code: 'not-found' } })
    await expect(erase(aClientId())).rejects.toMatchObject({ problem: { code: 'not-found' } })
  })
})

describe('a late change', () => {
  test('X3: is answered erased, whatever it wants, and nothing of it is kept', async () => {
    const id = await register()
    await push(by(DEVICE, enrol(id)))
    await erase(id)
    const late = [
      by(JUMA, edit(id, 'phone', 'late-value')),
      by(JUMA, enrol(id, 'TB-001', { reason: 'late-value' })),
      by(JUMA, edit(`${id}.HIV-001.1`, 'reason', 'late-value', { collection: 'enrollments' })),
      by(JUMA, { recordId: id, op: 'delete', fields: { phone: { from: 'late-value', to: 'late-value' } } }),
      by(JUMA, { recordId: id, op: 'restore', fields: { phone: { from: 'late-value', to: 'late-value' } } }),
      by(JUMA, edit(id, 'nonsense', 'late-value')),
    ]
    expect((await push(...late)).map(({ outcome }) => outcome)).toEqual(late.map(() => 'erased'))
    expect((await push(...late)).map(({ outcome, repeated }) => [outcome, repeated])).toEqual(late.map(() => ['erased', true]))
    expect(await bytes()).not.toContain('late-value')
    expect(await client(id)).toMatchObject({ deleted: 1, phone: null })
    // The device goes on behind it.
    expect((await push(by(JUMA)))[0]).toMatchObject({ outcome: 'applied' })
  })
  test('X3: one that was parked or refused before is answered erased when its device asks again', async () => {
    const id = await register()
    const waiting = by(DEVICE, enrol(id, 'NO-001', { reason: 'parked-value' }))
    const refused = by(DEVICE, edit(id, 'nonsense', 'refused-value'))
    expect((await push(waiting, refused)).map(({ outcome }) => outcome)).toEqual(['parked', 'rejected'])
    await erase(id)
    expect((await push(waiting, refused)).map(({ outcome }) => outcome)).toEqual(['erased', 'erased'])
    await site.services.records.apply(admin, [made('programs', 'NO-001', { name: 'New', category: 'other', active: true })])
    await site.services.records.lookAfterParked()
    expect(await count('"Enrollment" WHERE deleted = 0')).toBe(0)
  })
  test('X3: is not kept either when a revoked device hands it in, or a file brings it, or a tablet recovers it', async () => {
    const id = await register()
    await push(by(JUMA))
    await erase(id)
    const file = by(DEVICE, edit(id, 'phone', 'file-value'))
    const unsent = { kind: 'hims-unsent-changes', version: 1, deviceId: DEVICE, account: 'amina', savedAt: NOON, changes: [file] } as const
    expect(await site.services.records.bringIn(admin, { ...unsent, changes: [file] })).toMatchObject([{ outcome: 'erased' }])
    await revoke(JUMA)
    await site.services.records.quarantine({ account: { id: 'juma' }, device: null }, [by(JUMA, edit(id, 'phone', 'handed-value'))])
    const request = { epoch: 'lost', collection: 'clients' as const, records: [{ ...recovered(id), seq: 9, givenName: 'recovered-value' }] }
    expect(await site.services.records.recover(AMINA, request)).toEqual({
      kept: 0,
    })
    expect(await bytes()).not.toMatch(/(file|handed|recovered)-value/)
    expect(await count('"Issue"')).toBe(0)
  })
  test('X3: somebody else, registered under the same number, is told to take another, as ever', async () => {
    const id = await register()
    await erase(id)
    const [taken] = await push(by(JUMA, { recordId: id }), by(JUMA, edit(id, 'phone', '1')))
    expect(taken).toMatchObject({ outcome: 'rejected', reason: 'id-taken' })
    expect(await count(`"Push" WHERE reason = 'id-taken' AND body IS NOT NULL`)).toBe(2)
  })
  test('X1: what a device had said of them under a number that was taken goes too, once it is said again', async () => {
    const other = await register(JUMA)
    const taken = by(DEVICE, { recordId: other, fields: { ...clientChange('', '', 1).fields, notes: { from, to: 'said-first' } } })
    expect((await push(taken))[0]).toMatchObject({ reason: 'id-taken' })
    const id = await register(DEVICE)
    await push(by(DEVICE, { collection: 'issues', recordId: `rejected.${taken.changeId}`, op: 'edit', fields: { state: { from: 'open', to: 'resolved' } } })) // biome-ignore format: one change
    await erase(id)
    expect(await bytes()).not.toContain('said-first')
    expect(await client(other)).toMatchObject({ givenName: 'Neema', deleted: 0 })
  })
})

describe('a database from before', () => {
  const silently = () => vi.spyOn(process.stdout, 'write').mockReturnValue(true)

  test('X5: a backup that is restored is erased again before it takes the place of the file', async () => {
    silently()
    const id = await register(DEVICE, { fields: { ...clientChange('', '', 1).fields, notes: { from, to: 'in-the-backup' } } })
    await backupCommand({ database: site.database }, site.config, [join(site.folder, 'before.sqlite')])
    await erase(id)
    await site.database.close()
    await restoreCommand(site.config, [join(site.folder, 'before.sqlite')])
    if (!onPostgresql) expect(readFileSync(join(site.folder, 'hims.sqlite')).toString('latin1')).not.toContain('in-the-backup')
    await site.reopen()
    expect(await bytes()).not.toContain('in-the-backup')
    expect(await client(id)).toMatchObject({ notes: null, deleted: 1 })
    expect(await count(`"AuditEvent" WHERE action = 'client.erased'`)).toBe(1)
    expect(await site.services.auditLog.verify()).toMatchObject({ kind: 'whole' })
  })
  test('X5: a file that is copied back is erased again at the start, once, also of whom it did not know', async () => {
    await site.copyAway('yesterday')
    const unknown = await register()
    await site.copyBack('yesterday')
    n = {}
    const known = await register()
    await site.copyAway('yesterday')
    await erase(known)
    appendFileSync(erasedListFile(site.config), `${unknown} 2026-05-04T12:00:00.000Z\nno line of ours\n${unknown.slice(0, 5)}`)
    await site.copyBack('yesterday')
    expect(await client(known)).toMatchObject({ givenName: null, deleted: 1 })
    expect((await push(by(JUMA, edit(unknown, 'phone', '1'))))[0]).toMatchObject({ outcome: 'erased' })
    await site.restart()
    expect(await count(`"AuditEvent" WHERE action = 'client.erased'`)).toBe(2)
  })
  test('X5: a file that is put back under a running server is noticed, and erased again before anybody hears of it', async () => {
    const id = await register()
    await site.services.records.look()
    await site.database.write(async (sql) => {
      await sql.run('DELETE FROM "Erased"')
      await sql.run('UPDATE "Tail" SET seq = 1')
    })
    appendFileSync(erasedListFile(site.config), `${id} 2026-05-04T12:00:00.000Z\n`)
    let seen: unknown = null
    site.services.records.onRenewed(() => {
      seen = client(id)
    })
    await site.services.records.look()
    expect(await seen).toMatchObject({ givenName: null, deleted: 1 })
  })
  test('X5: the list is on the disk before the commit, and one that was lost is written anew from the database', async () => {
    const id = await register()
    const file = erasedListFile(site.config)
    const write = vi.spyOn(site.database, 'compact').mockRejectedValueOnce(new Error('the power went'))
    await expect(erase(id)).rejects.toThrow('the power went')
    expect(write).toHaveBeenCalled()
    expect(readErasedList(file)).toMatchObject([{ id, erasedAt: NOON }])
    rmSync(file)
    await site.restart()
    expect(readErasedList(file)).toMatchObject([{ id, erasedAt: NOON }])
    // What the power kept from being purged is purged at the start.
    expect(await count('"Erased" WHERE "purgedAt" IS NULL')).toBe(0)
  })
  test('X5: where the list cannot be written nobody is erased', async () => {
    const id = await register()
    rmSync(erasedListFile(site.config), { force: true })
    mkdirSync(erasedListFile(site.config))
    await expect(erase(id)).rejects.toThrow()
    expect(await client(id)).toMatchObject({ givenName: 'Neema', deleted: 0 })
  })
})

describe('an import', () => {
  test('X6: does not bring back who was erased, under the number of the other system or under ours', async () => {
    const file = join(site.folder, 'people.csv')
    const HEADER = 'rec_id,given_name,surname\n'
    const bring = async (text: string) => {
      writeFileSync(file, HEADER + text)
      const lines: string[] = []
      const people = readPeople({ files: [file], system: null, at: NOON, timeZone: 'UTC', onBytes: () => undefined })
      const told = (line: { text: string }) => void lines.push(line.text)
      const summary = await takePeople(site.services.records, people, 'main', told, () => undefined)
      return { ...summary, lines }
    }
    expect(await bring('r1,Rehema,Odhiambo\n')).toMatchObject({ created: 1 })
    const id = String((await site.row('SELECT id FROM "Client"'))?.id)
    await erase(id)
    const again = await bring('r1,Rehema,Odhiambo\nr2,Zuri,Odhiambo\n')
    expect(again).toMatchObject({ created: 1, updated: 0, rejected: 1, lines: ['this person was erased here, and does not come back'] })
    expect(await count('"Client" WHERE deleted = 0')).toBe(1)
    const person = { source: 'other', externalId: 'unheard-of', clientNumber: id }
    expect(await site.services.records.inBatch((batch) => site.services.records.wasErased(batch, person))).toBe(true)
    // Whose number it was cannot be read, not even by trying all numbers there are: that takes the secret.
    expect(readFileSync(erasedListFile(site.config), 'utf8')).toMatch(new RegExp(`^${id} 2026-05-04T12:00:00.000Z [\\w-]{43}\n$`))
    expect(await bytes()).not.toContain('Rehema')
  })
  test('X6: after a restore to before the import the person does not come back either', async () => {
    const people = { source: 'csv', externalId: 'r1', clientNumber: null }
    await site.copyAway('before')
    const id = await register()
    await site.database.write((sql) => sql.run('INSERT INTO "ExternalIdentity" VALUES (?, ?, ?, ?)', 'csv', 'r1', id, 'hash'))
    await erase(id)
    await site.copyBack('before')
    expect(await site.services.records.inBatch((batch) => site.services.records.wasErased(batch, people))).toBe(true)
  })
})

describe('an epoch', () => {
  test('X3: a change that is sent again after a restore is answered erased, and its record is not handed in', async () => {
    await site.copyAway('before')
    const { epoch } = await site.services.records.head()
    const create = by(DEVICE, { fields: { ...clientChange('', '', 1).fields, notes: { from, to: 'sent-again' } } })
    const [first] = await push(create)
    await erase(create.recordId)
    await site.copyBack('before')
    await site.services.records.welcome({ account: amina, shown: null }, helloOf(DEVICE))
    const resent = { ...create, resent: { epoch, seq: first?.seq ?? 0 } }
    expect((await push(resent))[0]).toMatchObject({ outcome: 'erased' })
    expect(await bytes()).not.toContain('sent-again')
  })
})
