import { expect, test } from 'vitest'
import { collections } from '#domain/collections.ts'
import { readModels } from '../../tests/house/models.ts'
import { BLANK_RECORDS, BLANK_ROWS, KEPT_OF_RECORDS, NOBODY, REFERENCES, REMOVED_ROWS } from './personalColumns.ts'

const HEADER = ['id', 'seq', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'deleted']
const records = Object.keys(BLANK_RECORDS) as (keyof typeof BLANK_RECORDS)[]

test('X2: every text column of the models is known to the erasure: blanked, removed, a reference, or of nobody', () => {
  const blanked: Record<string, readonly string[]> = Object.fromEntries(
    Object.entries(BLANK_ROWS).map(([table, { blank }]) => [table, [...blank]]),
  )
  for (const name of records) blanked[collections[name].table] = [...HEADER, ...Object.keys(BLANK_RECORDS[name]), ...KEPT_OF_RECORDS[name]]
  const unknown: string[] = []
  for (const [table, columns] of readModels()) {
    if (NOBODY.includes(table) || table in REMOVED_ROWS) continue
    const known = [...(blanked[table] ?? []), ...(REFERENCES[table] ?? [])]
    unknown.push(...columns.filter(({ name, type }) => type === 'String' && !known.includes(name)).map(({ name }) => `${table}.${name}`))
  }
  expect(unknown, 'say in server/sync/personalColumns.ts what an erasure does with it').toEqual([])
})

test('X2: of a record every field has its treatment, whatever its type, and none has two', () => {
  for (const name of records) {
    const treated = [...Object.keys(BLANK_RECORDS[name]), ...KEPT_OF_RECORDS[name]].sort()
    expect(treated, name).toEqual(Object.keys(collections[name].fields.shape).sort())
  }
})

test('X2: the registry names no table and no column that does not exist', () => {
  const models = readModels()
  const named = [...NOBODY, ...Object.keys(REFERENCES), ...Object.keys(BLANK_ROWS), ...Object.keys(REMOVED_ROWS)]
  expect(named.filter((table) => !models.has(table))).toEqual([])
  for (const [table, columns] of Object.entries({ ...REFERENCES, ...rowColumns() })) {
    const there = models.get(table)?.map(({ name }) => name) ?? []
    expect(
      columns.filter((name) => !there.includes(name)),
      table,
    ).toEqual([])
  }
})

function rowColumns(): Record<string, readonly string[]> {
  const blank = Object.entries(BLANK_ROWS).map(([table, { column, blank }]) => [table, [column, ...blank]])
  const removed = Object.entries(REMOVED_ROWS).map(([table, column]) => [table, [column]])
  return Object.fromEntries([...blank, ...removed])
}
