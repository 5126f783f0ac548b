import { expect, test } from 'vitest'
import { dataValueSet, dhis2Mapping } from './dhis2.ts'
import { report } from './measures.ts'

const MAPPING = dhis2Mapping.parse({
  dataSet: 'BfMAe6Itzgt',
  orgUnits: { north: 'DiszpKrYNg8', south: 'g8upMTyEZGZ' },
  values: [
    { measure: 'begun', program: 'TB-001', dataElement: 'fbfJHSPpUQD', categoryOptionCombo: 'pq2XI5kz2BY' },
    { measure: 'active', dataElement: 'cYeuwXTCPkU' },
  ],
})
const COUNTERS = [
  ['begun|north|TB-001|2026-04', 3],
  ['begun|north|HIV-001|2026-04', 9],
  ['begun|north|TB-001|2026-05', 1],
  ['enrollments|north|TB-001|active', 4],
  ['enrollments|south|HIV-001|active', 2],
] as const

const made = (month: string) =>
  dataValueSet({
    mapping: MAPPING,
    month,
    today: '2026-05-06',
    reportOf: (facility, program) =>
      report({ counters: COUNTERS, programs: [], filter: { facility, program, from: month, to: month }, today: '2026-05-06', asOf: 0 }),
  })

test('each figure of the mapping, for each facility, in the words of DHIS2', () => {
  expect(made('2026-05')).toEqual({
    dataSet: 'BfMAe6Itzgt',
    dataValues: [
      { dataElement: 'fbfJHSPpUQD', categoryOptionCombo: 'pq2XI5kz2BY', period: '202605', orgUnit: 'DiszpKrYNg8', value: '1' },
      { dataElement: 'cYeuwXTCPkU', period: '202605', orgUnit: 'DiszpKrYNg8', value: '4' },
      { dataElement: 'fbfJHSPpUQD', categoryOptionCombo: 'pq2XI5kz2BY', period: '202605', orgUnit: 'g8upMTyEZGZ', value: '0' },
      { dataElement: 'cYeuwXTCPkU', period: '202605', orgUnit: 'g8upMTyEZGZ', value: '2' },
    ],
  })
})

test('what is known only as of today is not said of a month that is over', () => {
  expect(made('2026-04').dataValues.map(({ dataElement, value }) => [dataElement, value])).toEqual([
    ['fbfJHSPpUQD', '3'],
    ['fbfJHSPpUQD', '0'],
  ])
})

test('a mapping with an id that is none, or a measure that there is not, is refused', () => {
  expect(dhis2Mapping.safeParse({ ...MAPPING, orgUnits: { north: 'x' } }).success).toBe(false)
  expect(dhis2Mapping.safeParse({ ...MAPPING, values: [{ measure: 'happy', dataElement: 'cYeuwXTCPkU' }] }).success).toBe(false)
})
