import { setImmediate as turn } from 'node:timers/promises'
import { AUDIT_ACTIONS } from '#domain/audit/event.ts'
import { AUDIT_EVENT_PARAMETERS } from '#domain/partners/capability.ts'
import { auditEvent } from '#server/audit/fhir.ts'
import { type AuditFilter, conditions } from '#server/audit/filter.ts'
import type { StoredEvent } from '#server/audit/log.ts'
import { withNames } from '#server/audit/names.ts'
import type { Dependencies } from '#server/services.ts'
import { bundleOf } from './fhirBundle.ts'
import { fhirFailure, fhirJson } from './fhirReply.ts'
import { dateTest, orMistake, readParameters, SearchMistake } from './fhirSearch.ts'
import type { Permission } from './permission.ts'
import type { Reply } from './reply.ts'

/** Events that are looked at between two turns of the event loop. */
const SLICE = 2_000
const OUTCOMES: Record<string, (event: StoredEvent) => boolean> = {
  '0': ({ outcome }) => outcome === 'success',
  '4': ({ outcome, status }) => outcome !== 'success' && (status ?? 0) < 500,
  '8': ({ outcome, status }) => outcome !== 'success' && (status ?? 0) >= 500,
}

type Test = (event: StoredEvent) => boolean

/**
 * The audit log as FHIR R4 AuditEvents, for a system that an administrator has given `audit.read`, such as the hospital's own
 * watch over logs. Ids only, as the log itself; oldest first, so that who asks goes on where it was. An application that is
 * kept to some programs or facilities gets nothing of it: an event does not say of which it is.
 */
export function createFhirAudit({ config, database }: Dependencies) {
  const { origin } = config
  const read = database.read
  const mayRead = ({ programs, facilities }: Permission) => programs === 'all' && facilities === 'all'
  const refused = () => fhirFailure(403, 'The audit log is for applications of all programs and all facilities.')

  async function resources(events: readonly StoredEvent[]) {
    return (await withNames(database.prisma, events)).map((row) => auditEvent(row, origin))
  }

  /** What the database's indexes can find is asked of it; the rest of a search is looked at row by row. */
  async function* after(seq: number, filter: AuditFilter): AsyncGenerator<StoredEvent[]> {
    for (let last = seq; ; ) {
      const { where, values } = conditions(filter, config.timeZone, { above: last })
      const rows = await read.all<StoredEvent>(`SELECT * FROM "AuditEvent" ${where} ORDER BY seq LIMIT ?`, ...values, SLICE)
      if (rows.length === 0) return
      yield rows
      last = rows.at(-1)?.seq ?? last
      await turn()
    }
  }

  return {
    async readEvent(permission: Permission, id: string): Promise<Reply> {
      if (!mayRead(permission)) return refused()
      const event = /^\d{1,15}$/.test(id) ? await read.get<StoredEvent>('SELECT * FROM "AuditEvent" WHERE seq = ?', Number(id)) : undefined
      const [resource] = event === undefined ? [] : await resources([event])
      return resource === undefined ? fhirFailure(404, 'There is no such AuditEvent.') : fhirJson(200, resource)
    },

    searchEvents: (permission: Permission, query: string): Promise<Reply> =>
      orMistake(async () => {
        if (!mayRead(permission)) return refused()
        const { page, asked } = readParameters(query, Object.keys(AUDIT_EVENT_PARAMETERS))
        const tests = asked.map(([name, value]) => eventTest(name, value))
        if (!/^\d{0,15}$/.test(page.after)) throw new SearchMistake('This _cursor is none of ours.')
        const found: StoredEvent[] = []
        search: for await (const rows of after(Number(page.after), filterOf(asked))) {
          for (const row of rows) {
            if (tests.every((test) => test(row))) found.push(row)
            if (found.length > page.count) break search
          }
        }
        const shown = await resources(found.slice(0, page.count))
        return fhirJson(200, bundleOf({ origin, kind: 'AuditEvent', query, page, resources: shown, hasMore: found.length > page.count }))
      }),
  }
}

/** One client or one action; several of either are left to `eventTest`. */
function filterOf(asked: readonly [string, string][]): AuditFilter {
  const only = (name: string) => {
    const values = valuesOf(asked.find(([one]) => one === name)?.[1] ?? '')
    return values.length === 1 && values[0] !== '' ? values[0] : undefined
  }
  const action = AUDIT_ACTIONS.find((one) => one === only('subtype'))
  return { action, client: only('patient')?.replace(PATIENT, '') }
}

const PATIENT = /^.*Patient\//

/** Of `system|value` the value: all systems are ours. */
function valuesOf(text: string): string[] {
  return text.split(',').map((one) => one.slice(one.lastIndexOf('|') + 1))
}

/** Throws `SearchMistake`. */
function eventTest(name: string, value: string): Test {
  const values = valuesOf(value)
  if (name === 'date') {
    const test = dateTest(value)
    return ({ at }) => test(at, at + 1)
  }
  if (name === 'outcome') {
    const wanted = values.flatMap((one) => OUTCOMES[one] ?? [])
    return (event) => wanted.some((test) => test(event))
  }
  if (name === 'subtype') return ({ action }) => values.includes(action)
  if (name === '_id') return ({ seq }) => values.includes(String(seq))
  const people = values.map((one) => one.replace(PATIENT, ''))
  // An enrollment's id begins with its client's.
  return ({ subject }) => subject !== null && people.some((id) => subject === id || subject.startsWith(`${id}.`))
}
