import { expect, test } from 'vitest'
import { isNestedDeeper } from './nesting.ts'

const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)

test('32 levels are read, 33 are not, and 100,000 harm nobody', () => {
  expect(isNestedDeeper(nested(32))).toBe(false)
  expect(isNestedDeeper(nested(33))).toBe(true)
  expect(isNestedDeeper(nested(100_000))).toBe(true)
  expect(isNestedDeeper({ changes: [{ fields: { name: { to: 'x' } } }] })).toBe(false)
})

test('what is no object has no levels', () => {
  for (const value of [undefined, null, '[[[', 7, '']) expect(isNestedDeeper(value, 0)).toBe(false)
})
