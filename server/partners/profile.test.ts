import { expect, test } from 'vitest'
import type { ClientRow, EnrollmentRow } from './clientRows.ts'
import { profileOf as profileIn, type Sight } from './profile.ts'

const TODAY = '2026-11-23'

function client(fields: Partial<ClientRow> = {}): ClientRow {
  const nothing = { givenName: null, middleName: null, familyName: 'Doe', bornOn: null, email: null, address: null, mergedInto: null }
  return { id: 'C1', ...nothing, facilityId: 'main', shareWithPartners: 1, createdAt: 1_000, updatedAt: 2_999, deleted: 0, ...fields }
}

function enrollment(programId: string, fields: Partial<EnrollmentRow> = {}): EnrollmentRow {
  return {
    programId,
    programName: `Program ${programId}`,
    episode: 1,
    status: 'active',
    enrolledOn: '2024-01-01',
    endedOn: null,
    nextVisitOn: null,
    updatedAt: 0,
    deleted: 0,
    ...fields,
  }
}

const profileOf = (who: ClientRow, enrollments: EnrollmentRow[], programs: Sight['programs'], today: string) =>
  profileIn(who, enrollments, { programs, facilities: 'all' }, today)

const programIds = (enrollments: EnrollmentRow[], programs: string[] | 'all' = 'all') =>
  profileOf(client(), enrollments, programs, TODAY)?.programs.map(({ program_id, enrollment_date }) => `${program_id} ${enrollment_date}`)

test('what is unknown is null, and no program is an empty list', () => {
  expect(profileOf(client(), [], 'all', TODAY)).toEqual({
    id: 'C1',
    name: 'Doe',
    email: null,
    age: null,
    address: null,
    programs: [],
    metadata: { created_at: '1970-01-01T00:00:01Z', last_updated: '1970-01-01T00:00:02Z' },
  })
})

test('the name is the known parts joined by one space', () => {
  expect(profileOf(client({ givenName: 'Jane', middleName: 'A.' }), [], 'all', TODAY)?.name).toBe('Jane A. Doe')
})

test('the age is in whole years today', () => {
  expect(profileOf(client({ bornOn: '1998-11-24' }), [], 'all', TODAY)?.age).toBe(27)
  expect(profileOf(client({ bornOn: '1998-11-23' }), [], 'all', TODAY)?.age).toBe(28)
})

test('a program shows its latest episode whatever its status, but none entered in error or deleted', () => {
  const episodes = [
    enrollment('HIV-001', { episode: 1, enrolledOn: '2020-01-01', status: 'completed' }),
    enrollment('HIV-001', { episode: 3, enrolledOn: '2023-01-01', status: 'entered-in-error' }),
    enrollment('HIV-001', { episode: 2, enrolledOn: '2022-01-01', status: 'withdrawn' }),
    enrollment('TB-001', { status: 'entered-in-error' }),
    enrollment('MAL-001', { deleted: 1 }),
  ]
  expect(programIds(episodes)).toEqual(['HIV-001 2022-01-01'])
})

test('programs stand by enrollment date, then id', () => {
  const enrollments = [enrollment('TB-001', { enrolledOn: '2024-01-02' }), enrollment('MAL-001'), enrollment('HIV-001')]
  expect(programIds(enrollments)).toEqual(['HIV-001 2024-01-01', 'MAL-001 2024-01-01', 'TB-001 2024-01-02'])
})

test('an application sees its programs only, and no client without one of them', () => {
  const enrollments = [enrollment('HIV-001', { updatedAt: 9_000 }), enrollment('TB-001', { updatedAt: 5_000 })]
  expect(programIds(enrollments, ['TB-001'])).toEqual(['TB-001 2024-01-01'])
  expect(profileOf(client(), enrollments, ['TB-001'], TODAY)?.metadata.last_updated).toBe('1970-01-01T00:00:05Z')
  expect(profileOf(client(), enrollments, ['MAL-001'], TODAY)).toBeNull()
  expect(profileOf(client(), [enrollment('TB-001', { status: 'entered-in-error' })], ['TB-001'], TODAY)).toBeNull()
})

test('X8: a client who does not want to be shared is nobody', () => {
  expect(profileOf(client({ shareWithPartners: 0 }), [], 'all', TODAY)).toBeNull()
})

test('a deleted client is nobody', () => {
  expect(profileOf(client({ deleted: 1 }), [], 'all', TODAY)).toBeNull()
})

test('an application of some facilities sees their clients only', () => {
  const seenBy = (facilities: Sight['facilities']) => profileIn(client(), [], { programs: 'all', facilities }, TODAY)
  expect(seenBy(['elsewhere'])).toBeNull()
  expect(seenBy(['elsewhere', 'main'])).not.toBeNull()
})
