import { afterAll, beforeAll, expect, test } from 'vitest'
import { audit } from '#server/audit/audit.ts'
import { NOW, type PartnerServer, startPartnerServer } from '#tests/contract/partnerServer.ts'
import { usageOf } from './usage.ts'

const HOUR = 3_600_000
const APPLICATION = 'hims_one'

let server: PartnerServer
beforeAll(async () => {
  server = await startPartnerServer()
  const read = (at: number, subject: string | undefined, outcome: 'success' | 'failure' = 'success', applicationId = APPLICATION) =>
    ({ at, action: 'partner.client-read', outcome, applicationId, subject }) as const
  await server.database.write((sql) =>
    audit(
      sql,
      // 31 days ago: before what is looked at.
      read(NOW - 31 * 24 * HOUR, 'old'),
      read(NOW - 48 * HOUR, 'a'),
      read(NOW - 10 * HOUR, 'a'),
      // Now is 9:30, so midnight was after the one before and is before this one.
      read(NOW - 9 * HOUR, 'a'),
      read(NOW - 1 * HOUR, 'a'),
      { ...read(NOW - 1 * HOUR, 'b'), action: 'partner.client-told' },
      read(NOW, undefined, 'failure'),
      read(NOW, 'z', 'success', 'hims_other'),
    ),
  )
})
afterAll(() => server.stop())

test('requests are counted by day, clients once a day, and what was told with a list is no request of its own', async () => {
  const { days, clientsToday, usual, isUnusual } = await usageOf(server.dependencies, APPLICATION)
  expect(days).toHaveLength(30)
  expect(days.slice(-3)).toEqual([
    { day: '2026-11-21', requests: 1, refused: 0, clients: 1 },
    { day: '2026-11-22', requests: 1, refused: 0, clients: 1 },
    { day: '2026-11-23', requests: 3, refused: 1, clients: 2 },
  ])
  expect(days.slice(0, -3).every(({ requests }) => requests === 0)).toBe(true)
  expect([clientsToday, usual, isUnusual]).toEqual([2, 0, false])
})

test('many more clients than on other days are unusual', async () => {
  const many = Array.from(
    { length: 60 },
    (_, index) =>
      ({ at: NOW, action: 'partner.client-told', outcome: 'success', applicationId: APPLICATION, subject: `c${index}` }) as const,
  )
  await server.database.write((sql) => audit(sql, ...many))
  expect(await usageOf(server.dependencies, APPLICATION)).toMatchObject({ clientsToday: 62, isUnusual: true })
})
