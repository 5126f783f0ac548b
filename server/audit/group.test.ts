import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AuditEntry } from '#domain/audit/event.ts'
import type { Database } from '#server/database/database.ts'
import { type PartnerServer, startPartnerServer } from '#tests/contract/partnerServer.ts'
import { createAuditGroup } from './group.ts'

let server: PartnerServer
beforeEach(async () => {
  server = await startPartnerServer()
})
afterEach(() => server.stop())

const entry = (at: number): AuditEntry => ({ at, action: 'partner.client-read', outcome: 'success' })

test('200 events of one turn take 4 commits, and each is written when its promise resolves', async () => {
  let commits = 0
  const write: Database['write'] = (work) => {
    commits += 1
    return server.database.write(work)
  }
  const record = createAuditGroup({ write })
  const count = async (at: number) =>
    (await server.database.read.get<{ n: number }>('SELECT COUNT(*) AS n FROM "AuditEvent" WHERE at = ?', at))?.n
  const written = await Promise.all(Array.from({ length: 200 }, (_, at) => record(entry(at)).then(() => count(at))))
  expect(written.every((n) => n === 1)).toBe(true)
  expect(commits).toBe(4)
})

test('a group that cannot be written fails for each of its requests, and the next is written', async () => {
  let broken = true
  const write: Database['write'] = (work) => (broken ? Promise.reject(new Error('disk full')) : server.database.write(work))
  const record = createAuditGroup({ write })
  const results = await Promise.allSettled([record(entry(1)), record(entry(2))])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  broken = false
  await record(entry(3))
  expect(await server.database.read.all('SELECT at FROM "AuditEvent"')).toEqual([{ at: 3 }])
})
