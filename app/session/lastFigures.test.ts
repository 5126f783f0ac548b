import { beforeEach, expect, test, vi } from 'vitest'
import type { Overview } from '#domain/statistics/overview.ts'
import { forgetAccount, forgetWork } from './account.ts'
import { keepFigures, lastFigures } from './lastFigures.ts'

const FIGURES: Overview = {
  asOf: 7,
  clients: 300,
  programsActive: 3,
  registeredThisWeek: null,
  enrolledNow: { count: 12, isMore: true },
  enrollments: [],
}

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
})

test('the last figures are whose they were, and go with the account', () => {
  expect(lastFigures('amina')).toBeNull()
  keepFigures('amina', FIGURES)
  expect(lastFigures('amina')).toEqual(FIGURES)
  expect(lastFigures('juma')).toBeNull()
  forgetAccount()
  expect(lastFigures('amina')).toBeNull()
  // Of an account that leaves the device while somebody else works here, too.
  keepFigures('juma', FIGURES)
  forgetWork('amina')
  expect(lastFigures('juma')).toEqual(FIGURES)
  forgetWork('juma')
  expect(lastFigures('juma')).toBeNull()
})

test('what is no picture is none, and a browser without room for it goes on', () => {
  for (const text of ['', 'x', '{}', '{"account":"amina"}', '{"account":"amina","overview":{"asOf":"x"}}']) {
    localStorage.setItem('hims.figures', text)
    expect(lastFigures('amina'), text).toBeNull()
  }
  vi.stubGlobal('localStorage', {
    setItem: () => {
      throw new Error('full')
    },
  })
  expect(() => keepFigures('amina', FIGURES)).not.toThrow()
})
