import { expect, test } from 'vitest'
import { toPostgresql } from './dialect.ts'
import { withRows } from './postgresql.ts'

test.each([
  [
    'SELECT id FROM "T" WHERE id IN (SELECT value FROM json_each(?)) AND n > ?',
    'SELECT id FROM "T" WHERE id IN (SELECT value FROM jsonb_array_elements_text($1::jsonb)) AND n > $2',
  ],
  [`SELECT json_object('id', id, 'gone', json('true')) AS json`, `SELECT json_build_object('id', id, 'gone', json('true')) AS json`],
  ['SELECT json_group_array(json_array(id, sex)) AS all', 'SELECT json_agg(json_build_array(id, sex)) AS all'],
  [`SELECT group_concat(id, ' ') FROM "T"`, `SELECT string_agg(id, ' ') FROM "T"`],
  ['SELECT id FROM "T" WHERE deleted = 0 AND r.deleted = 1', 'SELECT id FROM "T" WHERE NOT deleted AND r.deleted'],
  ['SELECT id FROM "T" WHERE deleted = ? AND id IN ()', 'SELECT id FROM "T" WHERE deleted = $1 AND id IN (NULL)'],
])(
  // biome-ignore format: pairs
  '%s',
  (text, said) => {
    expect(toPostgresql(text)).toBe(said)
  },
)

test('a statement for one row becomes one for several, and what stands behind the values stays', () => {
  const text = 'INSERT INTO "T" (a, b) VALUES (?, ?) ON CONFLICT (a) DO UPDATE SET b = excluded.b'
  expect(withRows(text, 3)).toBe('INSERT INTO "T" (a, b) VALUES (?, ?), (?, ?), (?, ?) ON CONFLICT (a) DO UPDATE SET b = excluded.b')
  expect(withRows(text, 1)).toBe(text)
})
