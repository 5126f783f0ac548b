import { beforeEach, expect, test, vi } from 'vitest'
import { begunDrafts, keepDraft } from './draft.ts'
import { emptyClient } from './typedClient.ts'

beforeEach(() => {
  vi.stubGlobal('localStorage', { setItem: () => undefined, removeItem: () => undefined, getItem: () => null })
})

test('what was begun and not saved is listed with where it goes on, and only to its account', () => {
  const typed = (givenName: string) => ({ typed: { ...emptyClient, givenName, familyName: 'Otieno' }, seen: null, notes: {} })
  keepDraft('hims.draft.amina.new', typed('Neema'))
  keepDraft('hims.draft.amina.7K2M9QXA41RTB', typed('Juma'))
  keepDraft('hims.draft.amina.rejected.abc', typed('Zuhura'))
  keepDraft('hims.draft.juma.new', typed('Other'))
  expect(begunDrafts('amina')).toEqual([
    { subject: 'new', name: 'Neema Otieno', address: '/clients/new' },
    { subject: '7K2M9QXA41RTB', name: 'Juma Otieno', address: '/clients/7K2M9QXA41RTB/edit' },
    { subject: 'rejected.abc', name: 'Zuhura Otieno', address: '/review/rejected.abc' },
  ])
})
