import { afterEach, beforeEach, expect, test } from 'vitest'
import { enrollmentId } from '#domain/enrollments/enrollment.ts'
import type { Scalar } from '#domain/scalars.ts'
import { type Clinic, openClinic, person } from '#tests/sync/clinic.ts'
import { Seeded } from '#tests/sync/seeded.ts'
import type { Sender } from '#tests/sync/sender.ts'
import { areCountersOfToday, counterFaults, rebuildCounters } from './counters.ts'

const HISTORIES = process.env.HIMS_FULL === '1' ? 200 : 12
const SEED = Number(process.env.HIMS_SEED ?? 41)
const STEPS = 60

let clinic: Clinic
let doctor: Sender
beforeEach(async () => {
  clinic = await openClinic()
  doctor = await clinic.doctor('amina', [clinic.main, clinic.north])
})
afterEach(() => clinic.close())

const faults = () => counterFaults(clinic.server.database.read, 'UTC')
const SEEN = 1_000_000

/** One thing that happens to the records, of those that move a total. */
async function step(random: Seeded, clients: string[], enrollments: string[]): Promise<void> {
  const { server, main, north } = clinic
  const facility = () => random.pick([main, north])
  const by = { accountId: doctor.accountId, deviceId: doctor.deviceId, facilities: doctor.facilities }
  const edit = (collection: 'clients' | 'enrollments', id: string, fields: Record<string, Scalar>) =>
    doctor.push(doctor.edit(collection, id, Object.fromEntries(Object.entries(fields).map(([name, to]) => [name, [null, to]])), SEEN))
  const client = random.pick(clients)
  const enrollment = random.pick(enrollments)
  const kinds: (() => Promise<unknown>)[] = [
    async () => {
      const id = clinic.aClientId()
      clients.push(id)
      const bornOn = random.chance(0.3) ? null : `${1950 + random.below(70)}-03-04`
      await doctor.push(doctor.create('clients', id, { ...person(facility()), sex: random.pick(['female', 'male', 'unknown']), bornOn }))
    },
    async () => {
      const episode = 1 + random.below(2)
      const id = enrollmentId(client, 'HIV-001', episode)
      enrollments.push(id)
      const nextVisitOn = random.chance(0.5) ? '2026-06-01' : null
      const values = { clientId: client, programId: 'HIV-001', episode, status: 'active', enrolledOn: '2026-01-15', nextVisitOn }
      await doctor.push(doctor.create('enrollments', id, values))
    },
    () => edit('clients', client, { sex: random.pick(['female', 'male', 'other']) }),
    () => edit('clients', client, { bornOn: random.pick([null, '1999-01-01', '1999-12-31', '2001-05-05']), bornOnEstimated: false }),
    () => edit('clients', client, { facilityId: facility() }),
    () => edit('enrollments', enrollment, { status: random.pick(['completed', 'lost', 'withdrawn', 'died']), endedOn: '2026-04-20' }),
    () => edit('enrollments', enrollment, { status: 'active', endedOn: null }),
    () => edit('enrollments', enrollment, { status: 'entered-in-error' }),
    () => edit('enrollments', enrollment, { nextVisitOn: random.pick([null, '2026-05-05']) }),
    () => doctor.push({ ...doctor.edit('clients', client, {}, SEEN), op: random.pick(['delete', 'restore'] as const) }),
    () => doctor.push({ ...doctor.edit('enrollments', enrollment, {}, SEEN), op: random.pick(['delete', 'restore'] as const) }),
    () => server.records.join(by, { from: client, into: random.pick(clients) }),
    () => server.records.part(by, { id: client }),
    // In one transaction: the client is another in the middle of it.
    () =>
      doctor.push(
        doctor.edit('clients', client, { sex: ['female', 'male'] }, SEEN),
        doctor.edit('enrollments', enrollment, { nextVisitOn: [null, '2026-07-07'] }, SEEN),
      ),
    () => (random.chance(0.2) ? server.records.erase({ ...by, facilities: 'all' }, client) : Promise.resolve()),
  ]
  // What is not possible, such as a join of somebody with himself, moves nothing.
  await random
    .pick(kinds)()
    .catch(() => undefined)
}

test('the totals equal a recount after any history of edits, moves, removals, joins and erasures', async () => {
  let moved = 0
  for (let history = 0; history < HISTORIES; history += 1) {
    const random = new Seeded(SEED + history)
    const [clients, enrollments]: [string[], string[]] = [[clinic.aClientId()], ['none.HIV-001.1']]
    for (let count = 0; count < STEPS; count += 1) await step(random, clients, enrollments)
    expect(await faults(), `seed ${SEED + history}`).toEqual([])
    moved += enrollments.length
  }
  const kept = await clinic.server.database.read.all<{ key: string }>('SELECT key FROM "Counter" WHERE value <> 0')
  const names = new Set(kept.map(({ key }) => key.split('|')[0]))
  expect([...names].sort()).toEqual([
    'begun',
    'clients',
    'ended',
    'enrolled',
    'enrollments',
    'issues',
    'left',
    'persons',
    'programs',
    'registered',
    'stayed',
    'visits',
  ])
  expect(moved).toBeGreaterThan(HISTORIES * 2)
}, 600_000)

test('totals that are wrong, or of before, are found and counted anew', async () => {
  const { database } = clinic.server
  const { id } = await clinic.registered(doctor, { sex: 'male', bornOn: '1990-01-01' })
  await database.write((sql) => sql.run('UPDATE "Counter" SET value = value + 3 WHERE key = ?', `clients|${clinic.main}`))
  await database.write((sql) => sql.run('DELETE FROM "Counter" WHERE key = ?', `persons|${clinic.main}|male|1990`))
  expect(await faults()).toEqual([
    { key: `clients|${clinic.main}`, kept: 4, counted: 1 },
    { key: `persons|${clinic.main}|male|1990`, kept: 0, counted: 1 },
  ])
  expect(await areCountersOfToday(database.read)).toBe(false)
  await database.write((sql) => rebuildCounters(sql, 'UTC'))
  expect(await faults()).toEqual([])
  expect(await areCountersOfToday(database.read)).toBe(true)
  await doctor.push(doctor.edit('clients', id, { sex: ['male', 'female'] }, SEEN))
  expect(await faults()).toEqual([])
})
