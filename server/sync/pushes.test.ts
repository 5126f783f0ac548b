import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clientNumber } from '#domain/clients/number.ts'
import type { Change } from '#domain/sync/change.ts'
import { Seeded } from '#tests/sync/seeded.ts'
import { Sender } from '#tests/sync/sender.ts'
import { type SimulatedServer, startServer } from '#tests/sync/server.ts'
import type { Batch } from './batch.ts'
import { createPushes, GROUP_CHANGES } from './pushes.ts'

let server: SimulatedServer
const random = new Seeded(5)

beforeEach(async () => {
  server = await startServer(Date.now)
})
afterEach(() => server.close())

const sender = (name: string) => new Sender(server, name, `device-${name}`, [server.facilityId])
const aChange = (by: Sender): Change =>
  by.create('clients', clientNumber(random.bytes(12)), {
    givenName: 'Neema',
    sex: 'female',
    bornOnEstimated: false,
    facilityId: server.facilityId,
  })
const count = async (table: string) => (await server.database.read.get<{ n: number }>(`SELECT count(*) AS n FROM "${table}"`))?.n

/** How many transactions moved something, and how many numbers each took. */
function transactions(): number[] {
  const taken: number[] = []
  server.records.onMoved(({ first, last }) => void taken.push(last - first + 1))
  return taken
}

describe('pushes that come together', () => {
  test('P15: share a transaction, and each device gets its own answer', async () => {
    const taken = transactions()
    const devices = ['a', 'b', 'c'].map(sender)
    const answers = await Promise.all(devices.map((by) => by.push(aChange(by), aChange(by))))
    expect(taken).toEqual([6])
    expect(answers.map((results) => results.map(({ n, outcome }) => `${n} ${outcome}`))).toEqual(
      devices.map(() => ['1 applied', '2 applied']),
    )
    expect(new Set(answers.flat().map(({ seq }) => seq)).size).toBe(6)
  })
  test('P15: a group has no more changes than are taken in a moment, so that a change never waits for all of them', async () => {
    const taken = transactions()
    const devices = Array.from({ length: 5 }, (_, index) => sender(`d${index}`))
    await Promise.all(devices.map((by) => by.push(...Array.from({ length: 50 }, () => aChange(by)))))
    expect(taken).toEqual([GROUP_CHANGES, 50])
  })
  test('P15: one that is refused harms no other, and nothing of it is written', async () => {
    const [good, bad] = [sender('good'), sender('bad')]
    const forged = { ...aChange(bad), actor: 'somebody-else' }
    const [refused, taken] = await Promise.allSettled([bad.push(aChange(bad), forged), good.push(aChange(good))])
    expect(refused.status).toBe('rejected')
    expect(taken).toMatchObject({ status: 'fulfilled', value: [{ outcome: 'applied' }] })
    expect([await count('Client'), await count('Push'), await count('Device')]).toEqual([1, 1, 1])
  })
  test('P15: two pushes of one device keep their order', async () => {
    const by = sender('a')
    const changes = [aChange(by), aChange(by)]
    const [first, second] = await Promise.all(changes.map((change) => by.push(change)))
    expect([first?.[0]?.outcome, second?.[0]?.outcome]).toEqual(['applied', 'applied'])
  })
})

describe('when something breaks', () => {
  test('P15: a failure nobody foresaw in one push undoes that push alone, also what it wrote', async () => {
    const [good, bad] = [sender('good'), sender('bad')]
    await server.database.write((sql) =>
      sql.run(
        `INSERT INTO "Device" (id, "accountId", "lastN", "createdAt", "lastSeenAt", "revokedAt") VALUES ('device-bad', 'bad', 0, 1, 1, NULL)`,
      ),
    )
    const broken = { ...aChange(bad) }
    Object.defineProperty(broken, 'deviceTime', {
      enumerable: true,
      get: () => {
        throw new Error('nobody foresaw this')
      },
    })
    const [failed, taken] = await Promise.allSettled([bad.push(aChange(bad), broken), good.push(aChange(good))])
    expect(failed.status).toBe('rejected')
    expect(taken.status).toBe('fulfilled')
    expect([await count('Client'), await count('Push')]).toEqual([1, 1])
    const device = await server.database.read.get(`SELECT "lastN" FROM "Device" WHERE id = 'device-bad'`)
    expect(device).toEqual({ lastN: 0 })
  })
  test('P15: when the database refuses a group, each push is tried alone', async () => {
    let groups = 0
    const pushes = createPushes(<T>(work: (batch: Batch) => Promise<T>) =>
      server.records.inBatch(async (batch) => {
        groups += 1
        const result = await work(batch)
        // As a full disk would: the first group, and then only what the second device sent.
        if (groups === 1 || batch.steps.some(({ author }) => author.deviceId === 'device-b'))
          await batch.sql.run('INSERT INTO "Device" (id) VALUES (NULL)')
        return result
      }),
    )
    const devices = ['a', 'b', 'c'].map(sender)
    const ends = await Promise.allSettled(
      devices.map((by) => pushes.push({ accountId: by.accountId, deviceId: by.deviceId, facilities: by.facilities }, [aChange(by)])),
    )
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(groups).toBe(4)
    expect(await count('Client')).toBe(2)
  })
  test('P15: an issue that cannot be read hinders the search for duplicates, not the change', async () => {
    const by = sender('a')
    const twin = { givenName: 'Neema', familyName: 'Otieno', sex: 'female', bornOn: '1990-01-02', bornOnEstimated: false }
    const create = () => by.create('clients', clientNumber(random.bytes(12)), { ...twin, facilityId: server.facilityId })
    const [first, second] = [create(), create()]
    await by.push(first, second)
    await server.database.write((sql) => sql.run(`UPDATE "Issue" SET detail = 'not json' WHERE kind = 'possible-duplicate'`))
    const [result] = await by.push(by.edit('clients', second.recordId, { phone: [null, '0700 000 001'] }, 1_000_000))
    expect(result?.outcome).toBe('applied')
    expect(await server.database.read.get('SELECT phone FROM "Client" WHERE id = ?', second.recordId)).toEqual({ phone: '0700 000 001' })
  })
})
