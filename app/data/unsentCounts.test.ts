import { beforeEach, expect, test, vi } from 'vitest'
import { noteUnsent, readUnsentCounts } from './unsentCounts.ts'

const amina = { id: 'a', name: 'Amina' }
let stored: Map<string, string>

beforeEach(() => {
  stored = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  })
})

test('O13: what each account has unsent is known side by side, and an account with nothing is not named', () => {
  noteUnsent(amina, 3)
  noteUnsent({ id: 'b', name: 'Joseph' }, 1)
  expect(readUnsentCounts()).toEqual({ a: { name: 'Amina', count: 3 }, b: { name: 'Joseph', count: 1 } })
  noteUnsent(amina, 0)
  expect(readUnsentCounts()).toEqual({ b: { name: 'Joseph', count: 1 } })
})

test('O13: a text that cannot be read counts as nothing, and is written anew', () => {
  stored.set('hims.unsent', '{"a":')
  expect(readUnsentCounts()).toEqual({})
  noteUnsent(amina, 2)
  expect(readUnsentCounts()).toEqual({ a: { name: 'Amina', count: 2 } })
})
