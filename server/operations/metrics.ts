import { statfs } from 'node:fs/promises'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { EVENT_DOORS } from '#domain/access/doors.ts'
import { EVENTS } from '#domain/sync/protocol.ts'
import type { Dependencies } from '#server/services.ts'

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/**
 * What a Prometheus reads (docs/operations.md says what each means and what to do). Counts and times only: no label
 * names a person, an account, a device or an application.
 */
export function createMetrics({ config, database }: Dependencies) {
  const registry = new Registry()
  const registers = [registry]
  const events = new Histogram({
    name: 'hims_event_seconds',
    help: 'Time to answer an event of a connection',
    labelNames: ['event', 'outcome'],
    buckets: SECONDS,
    registers,
  })
  const requests = new Histogram({
    name: 'hims_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['kind', 'status'],
    buckets: SECONDS,
    registers,
  })
  const changes = new Counter({
    name: 'hims_changes_total',
    help: 'Changes that tablets sent, by what became of them',
    labelNames: ['outcome'],
    registers,
  })
  const gauge = (name: string, help: string, read: () => Promise<number> | number) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        // What cannot be read now is no number: the other figures are what somebody needs then.
        this.set(await Promise.resolve(read()).catch(() => Number.NaN))
      },
    })
  const one = async (text: string) => Number((await database.read.get<{ n: number | null }>(text))?.n ?? 0)
  const sources = { connections: () => 0, isOver: () => false }

  return {
    registry,
    /** From the start of serving on: process, memory and the delay of the event loop too. */
    start({ connections, isOver }: { connections(): number; isOver(): boolean }): void {
      Object.assign(sources, { connections, isOver })
      collectDefaultMetrics({ register: registry })
      gauge('hims_connections', 'Open connections of tablets and dashboards', () => sources.connections())
      gauge('hims_overloaded', '1 while dashboards wait because tablets go first', () => Number(sources.isOver()))
      gauge('hims_sequence', 'Number of the newest change', () => one('SELECT seq AS n FROM "Tail" WHERE id = 1'))
      gauge('hims_audit_events', 'Number of the newest event of the audit log', () =>
        one('SELECT "auditSeq" AS n FROM "Tail" WHERE id = 1'),
      )
      gauge('hims_questions_waiting', 'Conflicts and possible duplicates that wait for a doctor', () =>
        one(`SELECT SUM(value) AS n FROM "Counter" WHERE key >= 'issues|' AND key < 'issues}'`),
      )
      gauge('hims_changes_unsent', 'Changes that tablets said they have not sent', () => one('SELECT SUM(unsent) AS n FROM "Device"'))
      gauge('hims_backup_at_seconds', 'When the newest backup was made; 0: never', async () =>
        Math.floor((await one('SELECT MAX(at) AS n FROM "Backup"')) / 1000),
      )
      gauge('hims_writes_waiting', 'Writes that wait for the one before', () => database.waiting())
      gauge('hims_disk_free_bytes', 'Room on the disk of DATA_DIR', async () => {
        const { bavail, bsize } = await statfs(config.dataDir)
        return bavail * bsize
      })
    },
    /** @param answer to an event: of a push, each of its results is counted */
    event(event: string, answer: { ok: boolean }, ms: number): void {
      // Anybody may say anything: only events that there are have a line of their own.
      const name = Object.hasOwn(EVENT_DOORS, event) ? event : 'unknown'
      events.observe({ event: name, outcome: answer.ok ? 'ok' : 'refused' }, ms / 1000)
      if (event !== EVENTS.push || !('results' in answer) || !Array.isArray(answer.results)) return
      for (const { outcome } of answer.results as { outcome: string }[]) changes.inc({ outcome })
    },
    request: (kind: string, status: number, ms: number) => requests.observe({ kind, status: String(status) }, ms / 1000),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
