import { expect, test } from 'vitest'
import type { SyncState } from '#app/data/tablet.ts'
import { chipAside, chipSentence, chipTone } from './chipWords.ts'

const STATE: SyncState = {
  loaded: true,
  firstSync: 'done',
  connection: 'online',
  unsent: 0,
  sending: false,
  lastReceivedAt: 1_000,
  lastSentAt: null,
  problem: null,
  clockOffset: 0,
  repairs: 0,
  restoring: false,
  erased: [],
  wiped: false,
  lease: { kind: 'good' },
}
const FIRST = { received: 12_000, total: 50_000, msLeft: 60_000, arriving: ['clients' as const] }

test('to send and received are two things', () => {
  const sync = { ...STATE, unsent: 3 }
  expect(chipSentence(sync)).toEqual({ key: 'waiting', count: 3 })
  expect(chipAside(sync)).toEqual({ key: 'received', at: 1_000 })
})

test('offline is calm, and what is to send is said before it', () => {
  expect(chipSentence({ ...STATE, connection: 'offline' })).toEqual({ key: 'offline' })
  expect(chipSentence({ ...STATE, connection: 'offline', unsent: 1 })).toEqual({ key: 'waiting', count: 1 })
  expect(chipTone({ ...STATE, connection: 'offline', unsent: 1 })).toBe('calm')
})

test('the true reason comes first', () => {
  const sync: SyncState = { ...STATE, unsent: 3, problem: 'storage', firstSync: FIRST }
  expect(chipSentence(sync)).toEqual({ key: 'storage' })
  expect(chipTone(sync)).toBe('warn')
  expect(chipSentence({ ...STATE, unsent: 3, connection: 'signed-out' })).toEqual({ key: 'signedOut' })
})

test('a first sync counts, and without a network says how far it came', () => {
  expect(chipSentence({ ...STATE, firstSync: FIRST })).toEqual({ key: 'firstSync', received: 12_000, total: 50_000 })
  expect(chipSentence({ ...STATE, firstSync: { ...FIRST, total: null } })).toEqual({ key: 'firstSyncSoFar', received: 12_000 })
  const offline: SyncState = { ...STATE, firstSync: FIRST, connection: 'offline' }
  expect([chipSentence(offline).key, chipAside(offline).key]).toEqual(['offline', 'firstSyncSoFar'])
})

test('more than was announced never reads as more than all', () => {
  expect(chipSentence({ ...STATE, firstSync: { ...FIRST, received: 50_010 } })).toEqual({
    key: 'firstSync',
    received: 50_000,
    total: 50_000,
  })
})

test('a wrong clock stands beside, so that what is to send is still seen', () => {
  const sync = { ...STATE, unsent: 2, clockOffset: 3 * 3_600_000 }
  expect([chipSentence(sync).key, chipAside(sync).key, chipTone(sync)]).toEqual(['waiting', 'clock', 'warn'])
})

test('a server that was put back is said while this tablet helps it', () => {
  expect(chipSentence({ ...STATE, restoring: true, unsent: 4, sending: true })).toEqual({ key: 'restoring' })
  expect(chipTone({ ...STATE, restoring: true })).toBe('calm')
})
