import { expect, test } from 'vitest'
import { readExport } from './exportForm.ts'
import { fileNames, readSettings } from './importForm.ts'

function form(values: readonly (readonly [string, string])[]): FormData {
  const data = new FormData()
  for (const [name, value] of values) data.append(name, value)
  return data
}

test('an export is of one’s own facilities, with a reason of the list', () => {
  const own = ['north', 'south']
  const good = [
    ['kind', 'fhir'],
    ['reason', 'report'],
  ] as const // the least
  expect(readExport(form(good), own)).toEqual({ kind: 'fhir', reason: 'report', facilities: own })
  expect(readExport(form([...good, ['facility', 'south']]), own)).toMatchObject({ facilities: ['south'] })
  expect(readExport(form([...good, ['facility', 'east']]), own)).toBeNull()
  expect(readExport(form(good), [])).toBeNull()
  expect(
    readExport(
      form([
        ['kind', 'fhir'],
        ['reason', 'because'],
      ]),
      own,
    ),
  ).toBeNull()
  expect(
    readExport(
      form([
        ['kind', 'all'],
        ['reason', 'report'],
      ]),
      own,
    ),
  ).toBeNull()
})

test('each column has its meaning or none, also two with one heading and one that is called as objects are', () => {
  const columns = [
    ['header', 'Jina'],
    ['meaning', 'fullName'],
    ['header', '__proto__'],
    ['meaning', ''],
    ['facilityId', ''],
    ['system', ' Old '],
  ] as const
  const read = readSettings(form(columns))
  expect(read).toMatchObject({ facilityId: null, system: 'Old' })
  expect(Object.entries(read.columns)).toEqual([
    ['Jina', 'fullName'],
    ['__proto__', null],
  ])
})

test('files are shown as people called them', () => {
  expect(fileNames(['1-2024-people.csv', '2-b.json'])).toBe('2024-people.csv, b.json')
})
