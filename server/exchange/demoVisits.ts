import { addDays, dayOf, mondayOf } from '#domain/calendar.ts'
import type { ClientFields } from '#domain/clients/client.ts'
import { clientNumber } from '#domain/clients/number.ts'
import { type CollectionName, collections } from '#domain/collections.ts'
import { enrollmentId } from '#domain/enrollments/enrollment.ts'
import type { Fields } from '#domain/scalars.ts'
import { CLOSED_PROGRAM, DEMO_FACILITIES, DEMO_PROGRAMS, type DemoProgram } from './demoClinic.ts'
import { demoPerson, withEstimate } from './demoPeople.ts'
import { difference } from './lastImported.ts'
import { type Chance, seeded } from './seeded.ts'
import type { Draft } from './takePerson.ts'

/** Something that a doctor of a facility wrote down at one moment. */
export interface Visit {
  /** UTC ms */
  at: number
  facilityId: string
  /** Of each change, the same in every run: what was written before an interruption is not written twice. */
  changeIds: string[]
  drafts: Draft[]
}

const PEOPLE = 297
const RECENT = 9
/** Registered a second time elsewhere, so that the review list has something to show. */
const TWICE = [40, 110, 200]
const DAY_MS = 86_400_000
const SPAN_DAYS = 720

/** Two years of a small clinic up to `until` (UTC ms), in the order of time. Invented people; the same for the same arguments. */
export function demoVisits(until: number, timeZone: string): Visit[] {
  const chance = seeded(20_240_229)
  // Of its own, so that what is agreed changes nothing of the rest.
  const agreed = seeded(20_251_125)
  const visits = programVisits(chance, until)
  for (let index = 0; index < PEOPLE; index += 1) {
    const facilityId = chance.pick(DEMO_FACILITIES).id
    const at =
      index < PEOPLE - RECENT
        ? openingHours(chance, until - (1 - index / (PEOPLE - RECENT)) * SPAN_DAYS * DAY_MS)
        : thisWeek(chance, until, timeZone)
    const person = withEstimate(demoPerson(chance, facilityId, dayOf(at, timeZone)), chance)
    visits.push(...story(chance, person, { at, until, timeZone, agreed }))
    if (TWICE.includes(index)) visits.push(...story(chance, secondCard(person, chance), { at: at + 40 * DAY_MS, until, timeZone, agreed }))
  }
  return visits.sort((a, b) => a.at - b.at)
}

function programVisits(chance: Chance, until: number): Visit[] {
  const [first] = DEMO_FACILITIES
  const begin = until - (SPAN_DAYS + 10) * DAY_MS
  const made = DEMO_PROGRAMS.map(({ id, name, category, plannedDays, description }) =>
    create('programs', id, { name, category, plannedDays, description, active: true }),
  )
  const closed: Draft = { collection: 'programs', recordId: CLOSED_PROGRAM, op: 'edit', fields: { active: { from: true, to: false } } }
  return [visit(chance, begin, first.id, made), visit(chance, until - 200 * DAY_MS, first.id, [closed])]
}

interface Time {
  /** When the client is registered, UTC ms. */
  at: number
  until: number
  timeZone: string
  /** Who comes back, and when. */
  agreed: Chance
}

/** The registration with first enrollments, and how each of these ended, if it did. */
function story(chance: Chance, person: ClientFields, time: Time): Visit[] {
  const id = clientNumber(chance.bytes(12))
  const programs = DEMO_PROGRAMS.filter((program) => takesIn(program, person, time) && chance.happens(program.share))
  const enrolledOn = dayOf(time.at, time.timeZone)
  const drafts = [create('clients', id, person), ...programs.map((program) => enroll(id, program.id, enrolledOn))]
  const endings = programs.flatMap((program) => ending(chance, id, program, person.facilityId, { ...time, enrolledOn }))
  return [visit(chance, time.at, person.facilityId, drafts), ...endings]
}

function takesIn({ id }: DemoProgram, { sex, bornOn }: ClientFields, { at, until }: Time): boolean {
  if (id !== CLOSED_PROGRAM) return true
  const year = Number(bornOn?.slice(0, 4) ?? 0)
  return sex === 'female' && year > 1978 && year < 2007 && at < until - 210 * DAY_MS
}

function enroll(clientId: string, programId: string, enrolledOn: string): Draft {
  return create('enrollments', enrollmentId(clientId, programId, 1), { clientId, programId, episode: 1, status: 'active', enrolledOn })
}

function ending(chance: Chance, clientId: string, program: DemoProgram, facilityId: string, time: Time & { enrolledOn: string }): Visit[] {
  const days = program.plannedDays === null ? chance.between(30, 2_500) : Math.round(program.plannedDays * (0.7 + chance.next() * 0.5))
  const way = weighted(chance, program)
  const at = time.at + days * DAY_MS
  if (at > time.until) return nextVisit(enrollmentId(clientId, program.id, 1), facilityId, time)
  const endedOn = addDays(time.enrolledOn, days)
  const fields = {
    status: { from: 'active', to: way.status },
    endedOn: { from: null, to: endedOn },
    ...(way.reason === null ? {} : { reason: { from: null, to: way.reason } }),
  }
  return [
    visit(chance, at, facilityId, [{ collection: 'enrollments', recordId: enrollmentId(clientId, program.id, 1), op: 'edit', fields }]),
  ]
}

/** Some of those who stay are expected: a few are late, a few come today. */
function nextVisit(recordId: string, facilityId: string, { at, until, timeZone, agreed }: Time): Visit[] {
  const writtenAt = openingHours(agreed, until - agreed.between(3, 25) * DAY_MS)
  const nextVisitOn = addDays(dayOf(until, timeZone), agreed.between(-2, 18))
  if (!agreed.happens(0.4) || writtenAt < at) return []
  const fields = { nextVisitOn: { from: null, to: nextVisitOn } }
  return [visit(agreed, writtenAt, facilityId, [{ collection: 'enrollments', recordId, op: 'edit', fields }])]
}

function weighted(chance: Chance, { endings }: DemoProgram): DemoProgram['endings'][number] {
  return chance.pick(endings.flatMap((way) => Array.from({ length: way.weight }, () => way)))
}

/** The same person, written down by somebody who heard the name. */
function secondCard(person: ClientFields, chance: Chance): ClientFields {
  const other = DEMO_FACILITIES.find(({ id }) => id !== person.facilityId) ?? DEMO_FACILITIES[0]
  const name = person.givenName ?? ''
  const phone = person.phone ?? `+254 0${chance.digits(2)} ${chance.digits(3)} ${chance.digits(3)}`
  return { ...person, givenName: name.replace(/(.)$/, '$1$1'), middleName: null, nationalId: null, phone, facilityId: other.id }
}

/** Between nine and five in East Africa, of the day before. */
function openingHours(chance: Chance, at: number): number {
  return (Math.floor(at / DAY_MS) - 1) * DAY_MS + chance.between(6 * 60, 14 * 60) * 60_000
}

/** Nearer and nearer to now until it is after Monday. */
function thisWeek(chance: Chance, until: number, timeZone: string): number {
  const monday = mondayOf(dayOf(until, timeZone))
  let before = Math.floor(chance.next() * 3 * DAY_MS)
  while (mondayOf(dayOf(until - before, timeZone)) !== monday) before = Math.floor(before / 2)
  return until - before
}

function create(collection: CollectionName, recordId: string, values: object): Draft {
  const { mergedInto: _, ...named } = values as Fields
  return { collection, recordId, op: 'create', fields: difference(collections[collection], collections[collection].absent, named) }
}

function visit(chance: Chance, at: number, facilityId: string, drafts: Draft[]): Visit {
  return { at, facilityId, drafts, changeIds: drafts.map(() => chance.uuid()) }
}
