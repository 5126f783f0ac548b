import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Clinic, openClinic } from '#server/exchange/exchange.fixture.ts'

let clinic: Clinic
beforeEach(async () => {
  clinic = await openClinic()
})
afterEach(() => clinic.close())

const write = (text: string) => writeFileSync(join(clinic.config.dataDir, 'dhis2.json'), text)
const MONTH = new Date().toISOString().slice(0, 7)

test('figures go to DHIS2 as the operator’s file says, and without one there are none', async () => {
  const { statistics } = clinic.services
  expect([await statistics.hasDhis2(), await statistics.dhis2(MONTH)]).toEqual([false, null])
  await clinic.import(clinic.file('a.csv', 'given_name,surname\nAmina,Odhiambo\nJuma,Otieno\n'))
  write(JSON.stringify({ orgUnits: { main: 'DiszpKrYNg8' }, values: [{ measure: 'registered', dataElement: 'fbfJHSPpUQD' }] }))
  expect(await statistics.hasDhis2()).toBe(true)
  expect(await statistics.dhis2(MONTH)).toEqual({
    dataValues: [{ dataElement: 'fbfJHSPpUQD', period: MONTH.replace('-', ''), orgUnit: 'DiszpKrYNg8', value: '2' }],
  })
})

test.each([
  ['no JSON', 'orgUnits: main', 'dhis2.json is not JSON'],
  [
    'an id that is none',
    '{"orgUnits":{"main":"x"},"values":[{"measure":"begun","dataElement":"fbfJHSPpUQD"}]}',
    'dhis2.json: orgUnits.main: a DHIS2 id',
  ],
  ['nothing in it', '{"orgUnits":{},"values":[]}', 'dhis2.json: values'],
])('a file with %s is told in words', async (_, text, words) => {
  write(text)
  await expect(clinic.services.statistics.dhis2(MONTH)).rejects.toMatchObject({
    problem: { code: 'invalid', detail: expect.stringContaining(words) },
  })
})
