import { COLLECTION_NAMES, type CollectionName } from '#domain/collections.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Sql } from '#server/database/sql.ts'
import type { Device } from '../device.ts'
import type { Row } from '../disk.ts'
import type { World } from '../world.ts'
import { type Finding, found } from './proof.ts'
import { facilitiesOf, scopeOf } from './served.ts'

/** Every tablet shows what the server holds for its doctor, in every tab, and holds the same on its disk. */
export async function everyTabletEqualsTheServer(world: World, sql: Sql): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const device of world.devices.filter(({ isGone }) => !isGone)) {
    const scope = await scopeOf(sql, await facilitiesOf(sql, device.account.id))
    for (const [name, expected] of scope) {
      const onDisk = device.disk.documents(name, '-mirror').filter(({ _deleted }) => !_deleted)
      findings.push(...differences(`${device.name} disk ${name}`, expected, onDisk as Fields[]))
      for (const [index, { tablet }] of device.tabs.entries()) {
        const shown = (tablet?.records(name) ?? []).map(({ record }) => record as unknown as Fields)
        findings.push(...differences(`${device.name} tab ${index} ${name}`, withPending(device, name, expected, shown), shown))
      }
    }
  }
  return findings
}

/** A change that waits for a record that has not come is shown on top; the rest of the record is the server's. */
function withPending(device: Device, name: CollectionName, expected: Map<string, Fields>, shown: Fields[]): Map<string, Fields> {
  const waiting = parkedRecords(device)
  const also = shown.filter(({ id }) => waiting.has(`${name}/${id}`))
  return new Map([...expected, ...also.map((record) => [String(record.id), record] as const)])
}

/** Records that a change waits for. A row may have lost what it said (rule O10), or be one that the tester spoiled. */
function parkedRecords({ disk }: Device): Set<string> {
  const rows = disk.documents('outbox').filter(({ _deleted, state }) => !_deleted && state === 'parked')
  return new Set(rows.flatMap((row) => recordOf(row) ?? []))
}

function recordOf({ body }: Row): string | null {
  try {
    const { collection, recordId } = JSON.parse(String(body))
    return `${collection}/${recordId}`
  } catch {
    return null
  }
}

function differences(where: string, expected: ReadonlyMap<string, Fields>, records: readonly Fields[]): Finding[] {
  const wrong: string[] = []
  const seen = new Set<string>()
  for (const record of records) {
    const id = String(record.id)
    seen.add(id)
    const wanted = expected.get(id)
    if (wanted === undefined) wrong.push(`${where}: ${id} should not be there`)
    else {
      const differing = Object.keys(wanted).filter((field) => (record[field] ?? null) !== (wanted[field] ?? null))
      for (const field of differing) wrong.push(`${where}: ${id}.${field} is ${record[field]}, the server has ${wanted[field]}`)
    }
  }
  for (const id of expected.keys()) if (!seen.has(id)) wrong.push(`${where}: ${id} is missing`)
  return found('diverged', wrong)
}

/** At rest nothing of one's own lies on top of the mirror but what is parked. */
export async function nothingWaitsInAnOverlay(world: World): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const device of world.devices.filter(({ isGone }) => !isGone)) {
    const rows = device.disk
      .documents('outbox')
      .filter(({ _deleted, state }) => !_deleted && (state === 'pending' || state === 'acknowledged'))
    findings.push(
      ...found(
        'overlay',
        rows.map(({ id, state }) => `${device.name}: row ${Number(id)} is still ${state}`),
      ),
    )
    const parked = parkedRecords(device)
    for (const { tablet } of device.tabs) {
      for (const name of COLLECTION_NAMES) {
        const waiting = (tablet?.records(name) ?? []).filter(({ record, state }) => state !== 'sent' && !parked.has(`${name}/${record.id}`))
        findings.push(
          ...found(
            'overlay',
            waiting.map(({ record }) => `${device.name}: ${name}/${record.id} is shown as unsent`),
          ),
        )
      }
    }
  }
  return findings
}

/** A tablet that was wiped holds nothing. */
export async function wipedTabletsAreEmpty(world: World): Promise<Finding[]> {
  const wiped = world.devices.filter(({ isGone }) => isGone)
  const kept = wiped.filter(({ disk }) => [...COLLECTION_NAMES, 'outbox'].some((name) => disk.documents(name).length > 0))
  return found(
    'left behind',
    kept.map(({ name }) => `${name} was wiped and still holds something`),
  )
}

/** No byte of what is not of the doctor's facilities: not deleted, not in an answered change. */
export async function nothingIsLeftBehind(world: World, sql: Sql): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const device of world.devices.filter(({ isGone }) => !isGone)) {
    const scope = await scopeOf(sql, await facilitiesOf(sql, device.account.id))
    for (const [name, expected] of scope) {
      const kept = device.disk.documents(name, '-mirror').filter(({ id }) => !expected.has(String(id)))
      findings.push(
        ...found(
          'left behind',
          kept.map(({ id, _deleted }) => `${device.name}: ${name}/${id}${_deleted ? ' (deleted)' : ''}`),
        ),
      )
    }
    const gone = device.disk.documents('outbox').filter(({ _deleted }) => _deleted)
    findings.push(
      ...found(
        'left behind',
        gone.map(({ id }) => `${device.name}: a forgotten row of the outbox, ${Number(id)}`),
      ),
    )
    const answered = device.disk
      .documents('outbox')
      .filter((row) => !row._deleted && (row.state === 'settled' || row.state === 'rejected') && row.body !== '')
    for (const row of answered) {
      const { collection, recordId, n } = readBody(row)
      if (collection !== 'clients' && collection !== 'enrollments') continue
      const [clientId = ''] = recordId.split('.')
      if (
        scope.get('clients')?.has(clientId) ||
        scope.get(collection)?.has(recordId) ||
        scope.get('issues')?.has(`rejected.${row.changeId}`)
      )
        continue
      const departed = await sql.get('SELECT 1 FROM "Client" WHERE id = ? AND deleted = 0', clientId)
      if (departed)
        findings.push({ wrong: 'left behind', text: `${device.name}: the ${row.state} change ${n} of ${collection}/${recordId}` })
    }
  }
  return findings
}

function readBody(row: Row): { collection: CollectionName | null; recordId: string; n: number } {
  try {
    return JSON.parse(String(row.body))
  } catch {
    return { collection: null, recordId: '', n: Number(row.id) }
  }
}
