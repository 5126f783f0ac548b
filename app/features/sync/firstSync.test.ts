import { expect, test } from 'vitest'
import { NO_CONTACT, type SyncState } from '#app/data/tablet.ts'
import { firstSyncView } from './firstSync.ts'

const STATE: SyncState = {
  ...NO_CONTACT,
  loaded: true,
  firstSync: { received: 12_000, total: 50_000, msLeft: 90_000, arriving: ['clients', 'enrollments'] },
  connection: 'online',
}

test('a first sync that is done is not spoken of', () => {
  expect(firstSyncView({ ...STATE, firstSync: 'done' })).toBeNull()
})

test('while it runs it says what, how many of how many and how long still', () => {
  const progress = { received: 12_000, total: 50_000, msLeft: 90_000, arriving: ['clients', 'enrollments'] }
  expect(firstSyncView(STATE)).toEqual({ progress, hint: 'meanwhile', problem: null })
})

test('without a network it keeps its place and promises no time', () => {
  expect(firstSyncView({ ...STATE, connection: 'offline' })).toEqual({
    progress: { received: 12_000, total: 50_000, msLeft: null, arriving: ['clients', 'enrollments'] },
    hint: 'offline',
    problem: null,
  })
})

test('before anything has come it says what is needed', () => {
  const hintAt = (connection: SyncState['connection']) => firstSyncView({ ...STATE, firstSync: 'waiting', connection })?.hint
  expect([hintAt('offline'), hintAt('connecting'), hintAt('online'), hintAt('signed-out')]).toEqual([
    'offlineFirst',
    'starting',
    'starting',
    'signed-out',
  ])
})

test('a full storage is the reason it gives, and no time is promised', () => {
  expect(firstSyncView({ ...STATE, problem: 'storage' })).toMatchObject({ problem: 'storage', progress: { msLeft: null } })
})
