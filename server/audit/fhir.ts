import type { AuditAction } from '#domain/audit/event.ts'
import type { AuditRow } from './log.ts'

const HL7 = 'http://terminology.hl7.org/CodeSystem'
const TYPE = { system: `${HL7}/audit-event-type`, code: 'rest', display: 'RESTful Operation' }
/** Status codes from here on are the server's own failures: FHIR's "serious". */
const SERVER_FAILED = 500

/** FHIR R4 AuditEvent resources, one JSON text a line. `origin` names the systems that the identifiers are of. */
export function fhirLines(rows: readonly AuditRow[], origin: string): string {
  return rows.map((row) => `${JSON.stringify(auditEvent(row, origin))}\n`).join('')
}

export function auditEvent(row: AuditRow, origin: string) {
  return {
    resourceType: 'AuditEvent',
    id: String(row.seq),
    type: TYPE,
    subtype: [{ system: `${origin}/audit-actions`, code: row.action }],
    action: actionCode(row.action),
    ...(row.deviceTime === null ? {} : { period: { start: iso(row.deviceTime) } }),
    recorded: iso(row.at),
    outcome: row.outcome === 'success' ? '0' : (row.status ?? 0) >= SERVER_FAILED ? '8' : '4',
    agent: agents(row, origin),
    source: { observer: { display: 'HIMS', identifier: { value: origin } } },
    entity: entities(row, origin),
  }
}

/** Who asked, and the tablet it was asked on. Somebody who is not signed in is an agent without a name. */
function agents({ actorId, actorName, applicationId, applicationName, deviceId, ip }: AuditRow, origin: string) {
  const network = ip === null ? {} : { network: { address: ip, type: '2' } }
  const who =
    applicationId === null
      ? reference(origin, 'accounts', actorId, actorName)
      : reference(origin, 'applications', applicationId, applicationName)
  const asking = { ...who, requestor: true, ...network }
  return deviceId === null ? [asking] : [asking, { ...reference(origin, 'devices', deviceId, null), requestor: false }]
}

function reference(origin: string, kind: string, id: string | null, name: string | null) {
  if (id === null) return {}
  return { who: { identifier: { system: `${origin}/${kind}`, value: id }, ...(name === null ? {} : { display: name }) } }
}

/** What it was done to, and the links of the chain: the export can be checked against the log. */
function entities({ action, route, subject, requestId, previousHash, hash }: AuditRow, origin: string) {
  const isClient = action.startsWith('client.') || action === 'partner.client-read' || (action === 'record.changed' && route === 'clients')
  const type = isClient ? { code: '1', display: 'Person' } : { code: '2', display: 'System Object' }
  const role = isClient ? { role: { system: `${HL7}/object-role`, code: '1', display: 'Patient' } } : {}
  const what =
    subject === null ? {} : { what: { identifier: { system: `${origin}/${isClient ? 'clients' : 'subjects'}`, value: subject } } }
  const details = Object.entries({ route, requestId, previousHash, hash }).filter(([, value]) => value !== null && value !== '')
  const detail = details.map(([name, value]) => ({ type: name, valueString: value }))
  return [{ ...what, type: { system: `${HL7}/audit-entity-type`, ...type }, ...role, detail }]
}

/** Create, read, update, delete or execute. */
function actionCode(action: AuditAction): 'C' | 'R' | 'U' | 'D' | 'E' {
  if (/\.(created|invited|setup-link|secret)$/.test(action)) return 'C'
  if (/\.(viewed|history-read|client-read|exported|verified|looked-up)$/.test(action)) return 'R'
  if (/\.(changed|recovered|facilities|disabled|enabled|revoked|shared|unshared)$/.test(action)) return 'U'
  return /\.(wiped|pruned)$/.test(action) ? 'D' : 'E'
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
