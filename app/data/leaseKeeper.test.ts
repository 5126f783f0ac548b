import { expect, test, vi } from 'vitest'
import { openTestTablet, ScriptedServer } from './tablet.fixture.ts'

const DAY = 86_400_000

test('after the lease old records are closed and unsent ones stay; contact with the server opens them again', async () => {
  const server = new ScriptedServer()
  server.put('clients', { id: 'a', givenName: 'Neema' })
  server.put('programs', { id: 'HIV-001', name: 'HIV Care' })
  let now = Date.UTC(2026, 0, 1)
  const minutes = new Set<() => void>()
  const minute = () => {
    for (const work of minutes) work()
  }
  const options = {
    now: () => now,
    uptime: () => now,
    everyMinute: (work: () => void) => {
      minutes.add(work)
      return () => minutes.delete(work)
    },
  }
  const tablet = await openTestTablet(server, 'leased', new Set(), options)
  server.reconnect()
  await vi.waitFor(() => expect(tablet.records('clients')).toHaveLength(1))
  await vi.waitFor(() => expect(tablet.sync().connection).toBe('online'))
  minute()
  await tablet.close()

  const silent = new ScriptedServer()
  minutes.clear()
  now += 12 * DAY
  const later = await openTestTablet(silent, 'leased', new Set(), options)
  expect(later.sync().lease).toMatchObject({ kind: 'ending' })
  expect(later.record('clients', 'a')?.record).toMatchObject({ givenName: 'Neema' })
  await later.save({ collection: 'clients', recordId: 'b', op: 'create', values: { givenName: 'Juma' }, seen: null })
  now += 4 * DAY
  minute()
  await vi.waitFor(() => expect(later.sync().lease).toEqual({ kind: 'over' }))
  expect(later.record('clients', 'a')).toBeUndefined()
  expect(later.records('clients').map(({ record }) => record.id)).toEqual(['b'])
  expect(later.records('clients')).toBe(later.records('clients'))
  expect(later.records('programs')).toHaveLength(1)
  expect(later.exportUnsent().changes).toHaveLength(1)
  await later.close()

  minutes.clear()
  const back = await openTestTablet(server, 'leased', new Set(), options)
  expect(back.sync().lease).toEqual({ kind: 'over' })
  server.reconnect()
  await vi.waitFor(() => expect(back.sync().lease).toEqual({ kind: 'good' }))
  expect(back.record('clients', 'a')).toBeDefined()
  await back.close()
})
