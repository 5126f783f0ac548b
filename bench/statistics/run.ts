import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { clientNumber } from '#domain/clients/number.ts'
import { ENROLLMENT_STATUSES } from '#domain/enrollments/enrollment.ts'
import { readConfig } from '#server/config.ts'
import { type Database, openDatabase } from '#server/database/database.ts'
import type { Sql } from '#server/database/sql.ts'
import { createServices } from '#server/services.ts'
import { Seeded } from '../../tests/sync/seeded.ts'
import { atMost, conclude, format, machine, median, say, table } from '../figures.ts'

/** `npm run bench:statistics`: what the figures cost, by the totals and by counting, in a small and in a large installation. */

const FACILITIES = 10
const PROGRAMS = 5
/** Issue 6: reading all statistics costs the same at 1,000 and at 1,000,000 clients. */
const SAME = 1
const FILTER = { facility: null, program: null, from: '2025-06', to: '2026-05' }

const { values } = parseArgs({
  options: { clients: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '7' } },
})
const [clients, rounds] = [Number(values.clients), Number(values.rounds)]
if (!(clients >= 1000 && rounds >= 1)) throw new RangeError('--clients is a number from 1000, --rounds from 1')

say(
  `Figures of 1,000 and of ${clients} clients, as many enrollments, ${FACILITIES} facilities, ${PROGRAMS} programs; ${rounds} interleaved rounds`,
)
say(machine())
const folder = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'hims-bench-statistics-'))
const open: Database[] = []
try {
  const [small, large] = [await installation('small', 1_000), await installation('large', clients)]
  const times: Record<string, number[]> = {}
  const measure = async (name: string, work: () => Promise<unknown>) => {
    const began = performance.now()
    await work()
    times[name] = [...(times[name] ?? []), performance.now() - began]
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [size, { services, database }] of [['1,000', small] as const, [`${clients}`, large] as const]) {
      await measure(`tiles ${size}`, () => services.statistics.overview())
      await measure(`report ${size}`, () => services.statistics.report(FILTER))
      await measure(`counted ${size}`, () => database.snapshot(counted))
    }
  }
  const of = (name: string) => median(times[name] ?? [])
  for (const line of table([['', 'median ms'], ...Object.keys(times).map((name) => [name, of(name)])])) say(line)
  say(`by counting, the same figures take ${format(of(`counted ${clients}`) / of(`report ${clients}`))} times as long as the report`)
  say('')
  conclude([
    atMost(`tiles at ${clients} clients, of those at 1,000`, of(`tiles ${clients}`) / of('tiles 1,000'), SAME, 'x'),
    atMost('a report, of the same figures by counting', of(`report ${clients}`) / of(`counted ${clients}`), 1, 'x'),
  ])
} finally {
  for (const database of open) await database.close()
  rmSync(folder, { recursive: true, force: true })
}

async function installation(name: string, count: number) {
  const config = readConfig({ DATA_DIR: join(folder, name) })
  const database = await openDatabase(config.databaseUrl)
  open.push(database)
  const services = createServices(config, database)
  const random = new Seeded(1)
  for (let made = 0; made < count; made += 10_000) await database.write((sql) => fill(sql, random, Math.min(10_000, count - made)))
  await services.statistics.ensure()
  return { services, database }
}

async function fill(sql: Sql, random: Seeded, count: number): Promise<void> {
  const two = (value: number) => String(value).padStart(2, '0')
  const header = '"id", seq, "createdAt", "createdBy", "updatedAt", "updatedBy", deleted'
  for (let program = 0; program < PROGRAMS; program += 1)
    await sql.run(
      `INSERT OR IGNORE INTO "Program" (${header}, name, category, active) VALUES (?, 1, 1, 'a', 1, 'a', 0, ?, 'other', 1)`,
      `P-${program}`,
      `Program ${program}`,
    )
  for (let made = 0; made < count; made += 1) {
    const id = clientNumber(random.bytes(12))
    const facility = `f${random.below(FACILITIES)}`
    const registered = Date.UTC(2021, random.below(64), 1 + random.below(28))
    await sql.run(
      `INSERT INTO "Client" (${header}, "givenName", sex, "bornOn", "bornOnEstimated", "facilityId") VALUES (?, 1, ?, 'a', 1, 'a', 0, 'Neema', ?, ?, 0, ?)`,
      id,
      registered,
      random.pick(['female', 'male']),
      `${1940 + random.below(86)}-01-01`,
      facility,
    )
    const status = random.pick(ENROLLMENT_STATUSES)
    const [year, month] = [2021 + random.below(5), random.below(12)]
    const program = `P-${random.below(PROGRAMS)}`
    await sql.run(
      `INSERT INTO "Enrollment" (${header}, "clientId", "programId", episode, status, "enrolledOn", "endedOn", "facilityId") VALUES (?, 1, 1, 'a', 1, 'a', 0, ?, ?, 1, ?, ?, ?, ?)`,
      `${id}.${program}.1`,
      id,
      program,
      status,
      `${year}-${two(month + 1)}-10`,
      status === 'active' || status === 'entered-in-error' ? null : `${year + 1}-${two(1 + random.below(12))}-20`,
      facility,
    )
  }
}

/** As anybody would who keeps no totals. */
async function counted(sql: Sql): Promise<void> {
  await sql.all('SELECT count(*) FROM "Client" WHERE deleted = 0 AND "mergedInto" IS NULL')
  await sql.all('SELECT "programId", status, count(*) FROM "Enrollment" WHERE deleted = 0 GROUP BY 1, 2')
  await sql.all('SELECT "programId", substr("enrolledOn", 1, 7), count(*) FROM "Enrollment" WHERE deleted = 0 GROUP BY 1, 2')
  await sql.all('SELECT "programId", status, substr("endedOn", 1, 7), count(*) FROM "Enrollment" WHERE deleted = 0 GROUP BY 1, 2, 3')
  await sql.all('SELECT sex, substr("bornOn", 1, 4), count(*) FROM "Client" WHERE deleted = 0 AND "mergedInto" IS NULL GROUP BY 1, 2')
}
