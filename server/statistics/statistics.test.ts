import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clinic, openClinic } from '#server/exchange/exchange.fixture.ts'
import { areCountersOfToday } from './counters.ts'

let clinic: Clinic
beforeEach(async () => {
  clinic = await openClinic()
})
afterEach(() => clinic.close())

const THIS_MONTH = new Date().toISOString().slice(0, 7)
const FILTER = { facility: null, program: null, from: THIS_MONTH, to: THIS_MONTH }

test('a database whose totals were counted by other words gets those of today at the start, once', async () => {
  const { database, statistics } = clinic.services
  await clinic.import(clinic.file('a.csv', 'given_name,surname,sex,dob\nAmina,Odhiambo,f,1990-01-01\nJuma,Otieno,m,\n'))
  // As version 1 wrote it: the facility before the day, and nothing of the persons.
  await database.write(async (sql) => {
    await sql.run(`DELETE FROM "Counter" WHERE key LIKE 'registered|%' OR key LIKE 'persons|%' OR key = 'version'`)
    await sql.run(`INSERT INTO "Counter" (key, value) VALUES ('registered|main|2020-01-01', 2)`)
  })
  await statistics.ensure()
  expect(await areCountersOfToday(database.read)).toBe(true)
  const { months, ages } = await statistics.report(FILTER)
  expect(months).toMatchObject([{ month: THIS_MONTH, registered: 2 }])
  expect(ages.flatMap(({ bySex }) => bySex).reduce((sum, count) => sum + count, 0)).toBe(2)
  expect(await database.read.all(`SELECT key FROM "Counter" WHERE key = 'registered|main|2020-01-01'`)).toEqual([])
  await database.write((sql) => sql.run(`UPDATE "Counter" SET value = 7 WHERE key = 'clients|main'`))
  await statistics.ensure()
  expect((await statistics.overview()).clients).toBe(7)
  expect(await statistics.rebuild()).toEqual([{ key: 'clients|main', kept: 7, counted: 2 }])
  expect((await statistics.overview()).clients).toBe(2)
})

test('who may not see people is shown nothing of fewer than five', async () => {
  await clinic.import(clinic.file('a.csv', 'given_name,surname\nAmina,Odhiambo\nJuma,Otieno\n'))
  const { statistics } = clinic.services
  expect((await statistics.overviewFor(['viewer'])).clients).toBeNull()
  for (const roles of [['admin'], ['doctor'], ['viewer', 'doctor']] as const) {
    expect((await statistics.overviewFor(roles)).clients).toBe(2)
  }
})
