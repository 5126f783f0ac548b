import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { AuditEntry } from '#domain/audit/event.ts'
import { audit } from '#server/audit/audit.ts'
import { readConfig } from '#server/config.ts'
import { openDatabase } from '#server/database/database.ts'
import { createServices } from '#server/services.ts'
import { Seeded } from '../../tests/sync/seeded.ts'
import { cpuMs } from '../cpu.ts'
import { atMost, conclude, format, machine, say } from '../figures.ts'

/** Issue 4: seconds for 1,000,000 events, each with its hash computed anew, and a signed checkpoint for every 1,000. */
const LIMIT_S = 60
const AT_ONCE = 1_000

const { values } = parseArgs({ options: { events: { type: 'string', default: '1000000' } } })
const events = Number(values.events)
if (!(events >= 1)) throw new RangeError('--events is a number from 1')

say(`Verifying the audit log: ${events} events, a checkpoint every ${AT_ONCE}`)
say(machine())
const folder = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'hims-bench-audit-'))
const config = readConfig({ DATA_DIR: folder })
const database = await openDatabase(config.databaseUrl)
try {
  const services = createServices(config, database)
  const random = new Seeded(1)
  const filling = performance.now()
  for (let written = 0; written < events; written += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, events - written) }, () => anEvent(random))
    await database.write((sql) => audit(sql, ...some))
    await services.checkpoints.look()
  }
  say(`filled in ${format((performance.now() - filling) / 1000)} s`)
  const [began, cpuBefore] = [performance.now(), cpuMs(process.pid)]
  let longest = 0
  const watch = watchLoop((ms) => {
    longest = Math.max(longest, ms)
  })
  const verdict = await services.auditLog.verify()
  watch()
  const seconds = (performance.now() - began) / 1000
  say(JSON.stringify(verdict))
  say(
    `${format(seconds)} s, of CPU ${format((cpuMs(process.pid) - cpuBefore) / 1000)} s; the event loop waited ${format(longest)} ms at most`,
  )
  say(`ratio to the limit: ${format(seconds / ((LIMIT_S * events) / 1_000_000))}`)
  say('')
  if (verdict.kind !== 'whole' || verdict.events !== events) throw new Error('the log that was written is not whole')
  conclude([
    atMost(`1,000,000 events are verified in under ${LIMIT_S} s`, (seconds * 1_000_000) / events, LIMIT_S, ' s'),
    atMost('the event loop is free again within 250 ms', longest, 250, ' ms'),
  ])
} finally {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
}

/** As a tablet's change makes it. */
function anEvent(random: Seeded): AuditEntry {
  return {
    at: 1_767_225_600_000,
    action: 'record.changed',
    outcome: 'success',
    actorId: 'a-doctor-of-the-bench',
    deviceId: `device-${random.below(200)}`,
    ip: `10.0.0.${random.below(250)}`,
    route: 'clients',
    subject: random.uuid().slice(0, 13),
    requestId: random.uuid(),
  }
}

/** Tells how late a timer of 5 ms is. @returns the way to stop */
function watchLoop(late: (ms: number) => void): () => void {
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    late(now - last - 5)
    last = now
  }, 5)
  return () => clearInterval(timer)
}
