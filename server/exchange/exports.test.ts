import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ExportKind } from '#domain/exchange.ts'
import { type Clinic, openClinic } from './exchange.fixture.ts'

const clinics: Clinic[] = []
let clinic: Clinic
const another = async () => {
  const opened = await openClinic()
  clinics.push(opened)
  return opened
}
beforeEach(async () => {
  clinic = await another()
})
afterEach(async () => {
  for (const one of clinics.splice(0)) await one.close()
})

const PEOPLE = [
  'given_name,surname,sex,dob,phone,address,national_id,notes,email',
  'Amina,Odhiambo,f,1990-03-04,+254 700 000 001,"Main street, Siaya",A-1,"likes ""tea""\nand quiet",amina@example.org',
  '=HYPERLINK(1),Otieno,m,1985,0700 000 002,,,,',
  'محمد,علي,m,,,,,,',
].join('\n')

async function exported(from: Clinic, kind: ExportKind, facilities = ['main']): Promise<string> {
  const order = { kind, reason: 'check', facilities } as const
  let text = ''
  for await (const part of await from.services.exports.exportFor({ accountId: 'amina', route: '/exchange/file' }, order)) text += part
  return text
}
const withoutNumbers = (csv: string) => csv.replace(/^[0-9A-Z]{13},/gm, '')

test('people who are exported and imported elsewhere are the same people, under the same numbers', async () => {
  await clinic.import(clinic.file('people.csv', PEOPLE))
  const csv = await exported(clinic, 'clients-csv')
  const other = await another()
  expect(await other.import(other.file('export.csv', csv))).toMatchObject({ people: 3, created: 3, rejected: 0, warnings: 0, lines: [] })
  expect(await exported(other, 'clients-csv')).toBe(csv)
  expect(withoutNumbers(csv)).toContain(`"'=HYPERLINK(1)"`.replaceAll('"', ''))
  expect(await other.rows(`SELECT "givenName" FROM "Client" WHERE "familyName" = 'Otieno'`)).toEqual([{ givenName: '=HYPERLINK(1)' }])
})

test('what comes back to where it was exported changes nothing', async () => {
  await clinic.import(clinic.file('people.csv', PEOPLE))
  const head = await clinic.services.records.head()
  for (const kind of ['clients-csv', 'fhir'] as const) {
    const file = clinic.file(`export.${kind === 'fhir' ? 'ndjson' : 'csv'}`, await exported(clinic, kind))
    expect(await clinic.import(file)).toMatchObject({ people: 3, created: 0, updated: 0, unchanged: 3, rejected: 0 })
  }
  expect((await clinic.services.records.head()).seq).toBe(head.seq)
})

test('FHIR keeps everything of a client but the notes, an estimated birth too', async () => {
  await clinic.import(clinic.file('people.csv', PEOPLE))
  const [fhir, csv] = [await exported(clinic, 'fhir'), await exported(clinic, 'clients-csv')]
  const resources = fhir
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)) // one a line
  expect(resources.map(({ resourceType }) => resourceType)).toEqual(['Patient', 'Patient', 'Patient'])
  const other = await another()
  expect(await other.import(other.file('export.ndjson', fhir))).toMatchObject({ created: 3, rejected: 0, warnings: 0 })
  const notes = /"likes ""tea""\s+and quiet"/
  expect(csv).toMatch(notes)
  expect(await exported(other, 'clients-csv')).toBe(csv.replace(notes, ''))
})

/** Two people of another system, one with two illnesses, one of which came back. */
const ILL = JSON.stringify({
  resourceType: 'Bundle',
  entry: [
    { resource: { resourceType: 'Patient', id: 'p1', name: [{ family: 'Odhiambo', given: ['Amina'] }], gender: 'female' } },
    { resource: { resourceType: 'Patient', id: 'p2', name: [{ family: 'Otieno', given: ['Juma'] }], gender: 'male' } },
    ...[
      ['p1', 'HIV', '2020-01-02', undefined],
      ['p1', 'Tuberculosis', '2021-03-04', '2021-09-01'],
      ['p1', 'Tuberculosis', '2023-03-04', undefined],
      ['p2', 'Tuberculosis', '2022-05-06', '2022-11-01'],
    ].map(([id, text, onsetDateTime, abatementDateTime]) => ({
      resource: { resourceType: 'Condition', subject: { reference: `Patient/${id}` }, code: { text }, onsetDateTime, abatementDateTime },
    })),
  ],
})

test('enrollments leave as episodes of care, and come in elsewhere as the same; where they come from they change nothing', async () => {
  await clinic.import(clinic.file('ill.json', ILL))
  await clinic.services.database.write((sql) =>
    sql.run(
      `UPDATE "Enrollment" SET status = 'died' WHERE status = 'completed' AND "clientId" IN (SELECT id FROM "Client" WHERE "familyName" = 'Otieno')`,
    ),
  )
  const [fhir, csv] = [await exported(clinic, 'fhir'), await exported(clinic, 'enrollments-csv')]
  expect(csv.trim().split('\n')).toHaveLength(5)
  expect(csv).toContain('died')
  const other = await another()
  expect(await other.import(other.file('export.ndjson', fhir))).toMatchObject({ created: 2, enrolled: 4, rejected: 0, warnings: 0 })
  expect(await exported(other, 'enrollments-csv')).toBe(csv)
  const undated = (text: string) => text.replaceAll(/"lastUpdated":"[^"]+"/g, '')
  expect(undated(await exported(other, 'fhir'))).toBe(undated(fhir))
  const head = await clinic.services.records.head()
  expect(await clinic.import(clinic.file('again.ndjson', fhir))).toMatchObject({
    people: 2,
    created: 0,
    updated: 0,
    unchanged: 2,
    enrolled: 0,
  })
  expect((await clinic.services.records.head()).seq).toBe(head.seq)
})

test('an episode of another system is enrolled by its code, once; one without a code or a date is told of', async () => {
  const episode = (id: string, type: object[], period: object | undefined, status = 'finished') => ({
    resource: { resourceType: 'EpisodeOfCare', id, status, type, patient: { reference: 'Patient/p1' }, period },
  })
  const bundle = (...episodes: object[]) =>
    JSON.stringify({
      resourceType: 'Bundle',
      entry: [{ resource: { resourceType: 'Patient', id: 'p1', name: [{ family: 'Odhiambo' }] } }, ...episodes],
    })
  const care = [{ coding: [{ code: 'ANC-1', display: 'Antenatal care' }] }]
  const first = episode('e1', care, { start: '2023-01-01', end: '2023-06-01' })
  const open = episode('e2', care, { start: '2024-01-01' }, 'active')
  const text = bundle(
    first,
    open,
    episode('e3', [{ text: 'care' }], { start: '2023-01-01' }),
    episode('e4', care, undefined),
    episode('e5', care, { start: '2023-02-01' }, 'planned'),
  )
  const taken = await clinic.import(clinic.file('care.json', text))
  expect(taken).toMatchObject({ created: 1, enrolled: 2, rejected: 0, warnings: 2 })
  const enrollments = () => clinic.rows(`SELECT "programId", episode, status, "enrolledOn", "endedOn" FROM "Enrollment" ORDER BY episode`)
  const rows = [
    { programId: 'ANC-1', episode: 1, status: 'completed', enrolledOn: '2023-01-01', endedOn: '2023-06-01' },
    { programId: 'ANC-1', episode: 2, status: 'active', enrolledOn: '2024-01-01', endedOn: null },
  ]
  expect(await enrollments()).toEqual(rows)
  expect(await clinic.rows('SELECT id, name, category FROM "Program"')).toEqual([
    { id: 'ANC-1', name: 'Antenatal care', category: 'other' },
  ])
  // Told again with an end, the one of the same day ends; nothing is made anew.
  const ended = episode('e2', care, { start: '2024-01-01', end: '2024-05-01' })
  expect(await clinic.import(clinic.file('care2.json', bundle(first, ended)))).toMatchObject({ updated: 1, enrolled: 0 })
  expect(await enrollments()).toEqual([rows[0], { ...rows[1], status: 'completed', endedOn: '2024-05-01' }])
})

test('only those of the facilities that were asked for leave, no deleted one and none who stands for nobody any more', async () => {
  await clinic.import(clinic.file('people.csv', PEOPLE))
  expect(await exported(clinic, 'fhir', ['elsewhere'])).toBe('')
  expect(await exported(clinic, 'fhir', [])).toBe('')
  await clinic.services.database.write((sql) => sql.run(`UPDATE "Client" SET deleted = true WHERE "familyName" = 'Otieno'`))
  await clinic.services.database.write((sql) => sql.run(`UPDATE "Client" SET "mergedInto" = 'X' WHERE "familyName" = 'Odhiambo'`))
  expect((await exported(clinic, 'fhir')).trim().split('\n')).toHaveLength(1)
})

test('that it was exported is written down before the first byte leaves, for each facility', async () => {
  const order = { kind: 'fhir', reason: 'research', facilities: ['main', 'north'] } as const
  await clinic.services.exports.exportFor({ accountId: 'amina', route: '/exchange/file' }, order)
  expect(await clinic.rows(`SELECT "actorId", subject, route FROM "AuditEvent" WHERE action = 'exchange.export' ORDER BY seq`)).toEqual([
    { actorId: 'amina', subject: 'main', route: '/exchange/file fhir research' },
    { actorId: 'amina', subject: 'north', route: '/exchange/file fhir research' },
  ])
})
