import type { Edit, Tablet } from '#app/data/tablet.ts'
import { clientNumber } from '#domain/clients/number.ts'
import { enrollmentId, VISIT_OUTCOMES } from '#domain/enrollments/enrollment.ts'
import type { Fields } from '#domain/scalars.ts'
import type { Device } from './device.ts'
import { FACILITIES, PROGRAMS } from './world.ts'

const TEXTS = ['phone', 'address', 'givenName', 'familyName', 'notes', 'nationalId'] as const

/** What a doctor may do at a tablet, and how often, against each other. */
const WORK: readonly [times: number, (device: Device, tablet: Tablet) => Edit | null][] = [
  [10, editText],
  [4, editGroup],
  [3, register],
  [5, enrol],
  [5, goOnWithEnrollment],
  [3, agreeVisit],
  [4, move],
  [2, remove],
  [2, bringBack],
  [2, closeIssue],
]

/** One thing that a doctor does. */
export function work(device: Device): void {
  const { tablet, random } = device
  if (tablet === null) return
  const total = WORK.reduce((sum, [times]) => sum + times, 0)
  let left = random.below(total)
  for (const [times, make] of WORK) {
    left -= times
    if (left >= 0) continue
    const edit = make(device, tablet) ?? register(device, tablet)
    device.world.count('edits')
    device.save(edit)
    return
  }
}

/** Few people and many doctors, so that they get in each other's way. */
function someone(device: Device, tablet: Tablet) {
  const clients = tablet.records('clients')
  return clients.length === 0 ? null : device.random.pick([...clients].sort((a, b) => (a.record.id < b.record.id ? -1 : 1))).record
}

const edit = (collection: Edit['collection'], record: { id: string }, values: Fields, op: Edit['op'] = 'edit'): Edit => ({
  collection,
  recordId: record.id,
  op,
  values,
  seen: record as unknown as Fields,
})

function editText(device: Device, tablet: Tablet): Edit | null {
  const client = someone(device, tablet)
  return client && edit('clients', client, { [device.random.pick(TEXTS)]: device.world.value() })
}

function editGroup(device: Device, tablet: Tablet): Edit | null {
  const client = someone(device, tablet)
  const { random } = device
  if (client === null) return null
  if (random.chance(0.4)) return edit('clients', client, { sex: random.pick(['female', 'male', 'other']) })
  return edit('clients', client, { bornOn: `19${10 + random.below(89)}-01-01`, bornOnEstimated: random.chance(0.5) })
}

function register(device: Device): Edit
function register(device: Device, tablet: Tablet): Edit
function register({ random, world, account }: Device): Edit {
  const facilityId = random.pick(account.facilities.length > 0 ? account.facilities : FACILITIES)
  const values = { givenName: world.value(), familyName: 'Okoth', sex: 'unknown', bornOnEstimated: false, facilityId }
  return { collection: 'clients', recordId: clientNumber(random.bytes(12)), op: 'create', values, seen: null }
}

function enrol(device: Device, tablet: Tablet): Edit | null {
  const client = someone(device, tablet)
  if (client === null) return null
  const { random } = device
  const programId = random.pick(PROGRAMS)
  const recordId = enrollmentId(client.id, programId, 1)
  // Of an episode that is on the screen nobody makes a new one.
  if (tablet.record('enrollments', recordId)) return null
  const enrolledOn = `2026-0${1 + random.below(6)}-01`
  return {
    collection: 'enrollments',
    recordId,
    op: 'create',
    values: { clientId: client.id, programId, episode: 1, status: 'active', enrolledOn },
    seen: null,
  }
}

function goOnWithEnrollment(device: Device, tablet: Tablet): Edit | null {
  const enrollments = tablet.records('enrollments')
  if (enrollments.length === 0) return null
  const { random, world } = device
  const { record } = random.pick([...enrollments].sort((a, b) => (a.record.id < b.record.id ? -1 : 1)))
  if (record.status !== 'active' && random.chance(0.5))
    return edit('enrollments', record, { status: 'active', endedOn: null, reason: null })
  return edit('enrollments', record, { status: random.pick(['completed', 'lost']), endedOn: '2026-07-01', reason: world.value() })
}

function agreeVisit(device: Device, tablet: Tablet): Edit | null {
  const enrollments = tablet.records('enrollments')
  if (enrollments.length === 0) return null
  const { random } = device
  const { record } = random.pick([...enrollments].sort((a, b) => (a.record.id < b.record.id ? -1 : 1)))
  const nextVisitOn = `2026-0${1 + random.below(9)}-${10 + random.below(19)}`
  if (random.chance(0.5)) return edit('enrollments', record, { nextVisitOn })
  return edit('enrollments', record, { nextVisitOn, visitOutcome: random.pick(VISIT_OUTCOMES), visitOn: '2026-06-01' })
}

function move(device: Device, tablet: Tablet): Edit | null {
  const client = someone(device, tablet)
  const other = FACILITIES.filter((id) => id !== client?.facilityId)
  return client && edit('clients', client, { facilityId: device.random.pick(other) })
}

const removed = new WeakMap<Device, Fields[]>()

function remove(device: Device, tablet: Tablet): Edit | null {
  const client = someone(device, tablet)
  if (client === null) return null
  removed.set(device, [...(removed.get(device) ?? []), client as unknown as Fields])
  return edit('clients', client, {}, 'delete')
}

function bringBack(device: Device, tablet: Tablet): Edit | null {
  const gone = (removed.get(device) ?? []).filter(({ id }) => tablet.record('clients', String(id)) === undefined)
  if (gone.length === 0) return null
  return edit('clients', device.random.pick(gone) as unknown as { id: string }, {}, 'restore')
}

function closeIssue(device: Device, tablet: Tablet): Edit | null {
  const open = tablet.records('issues').filter(({ record }) => record.state === 'open')
  if (open.length === 0) return null
  const { record } = device.random.pick([...open].sort((a, b) => (a.record.id < b.record.id ? -1 : 1)))
  return edit('issues', record, { state: device.random.pick(['resolved', 'discarded']) })
}
