import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clinic, openClinic } from './exchange.fixture.ts'

let clinic: Clinic
beforeEach(async () => {
  clinic = await openClinic()
})
afterEach(() => clinic.close())

const patient = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [
    { system: 'http://hl7.org/fhir/sid/us-ssn', value: '999-00-0001', type: { coding: [{ code: 'SS' }] } },
    { system: 'http://hospital.example', value: '42', type: { coding: [{ code: 'MR' }] } },
  ],
  name: [
    { use: 'maiden', family: 'Mushi', given: ['Grace'] },
    { use: 'official', family: 'Otieno', given: ['Grace', 'Akinyi'], prefix: ['Mrs.'] },
  ],
  gender: 'female',
  birthDate: '1985-06',
  telecom: [
    { system: 'phone', value: '0700000003' },
    { system: 'email', value: 'grace@example.org' },
  ],
  address: [{ line: ['Plot 3'], city: 'Kisii', country: 'KE' }],
  deceasedDateTime: '2020-01-02',
}
const condition = (code: object, rest: object) => ({ resourceType: 'Condition', code, subject: { reference: 'urn:uuid:p1' }, ...rest })
const snomed = (code: string) => ({ coding: [{ system: 'http://snomed.info/sct', code }] })
const bundle = (...resources: object[]) =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map((resource, index) => ({ fullUrl: `urn:uuid:${index === 0 ? 'p1' : index}`, resource })),
  })

const enrollments = () =>
  clinic.rows('SELECT "programId", status, "enrolledOn", "endedOn", episode FROM "Enrollment" ORDER BY "programId", episode')

describe('import of FHIR R4', () => {
  it('makes a Patient a client', async () => {
    await clinic.import(clinic.file('a.json', bundle(patient)))
    expect(await clinic.rows('SELECT * FROM "Client"')).toMatchObject([
      {
        givenName: 'Grace',
        middleName: 'Akinyi',
        familyName: 'Otieno',
        sex: 'female',
        bornOn: '1985-06-15',
        bornOnEstimated: 1,
        phone: '0700000003',
        email: 'grace@example.org',
        address: 'Plot 3, Kisii, KE',
        nationalId: '999-00-0001',
        notes: 'Deceased 2020-01-02 (from the imported record)',
      },
    ])
    expect(await clinic.rows('SELECT source, "externalId" FROM "ExternalIdentity"')).toEqual([
      { source: 'fhir:http://hospital.example', externalId: '42' },
    ])
  })

  it('makes HIV and tuberculosis enrollments in their programs, and others none', async () => {
    const file = bundle(
      patient,
      condition(snomed('86406008'), { onsetDateTime: '2015-03-23T16:19:09+00:00' }),
      condition({ coding: [{ code: 'A15.0' }] }, { recordedDate: '2010-01-05', abatementDateTime: '2010-07-05' }),
      condition({ text: 'Tuberculosis' }, { onsetDateTime: '2018-02', clinicalStatus: { coding: [{ code: 'active' }] } }),
      condition({ text: 'Exposure to tuberculosis' }, { onsetDateTime: '2019-01-01' }),
      condition(snomed('56717001'), { onsetDateTime: '2020-01-01', verificationStatus: { coding: [{ code: 'refuted' }] } }),
      condition(snomed('38341003'), { onsetDateTime: '2020-01-01' }),
    )
    expect(await clinic.import(clinic.file('a.json', file))).toMatchObject({ created: 1, enrolled: 3 })
    expect(await enrollments()).toEqual([
      { programId: 'HIV-001', status: 'active', enrolledOn: '2015-03-23', endedOn: null, episode: 1 },
      { programId: 'TB-001', status: 'completed', enrolledOn: '2010-01-05', endedOn: '2010-07-05', episode: 1 },
      { programId: 'TB-001', status: 'active', enrolledOn: '2018-02-01', endedOn: null, episode: 2 },
    ])
  })

  it('keeps what was entered in error as that', async () => {
    const wrong = condition(snomed('56717001'), {
      onsetDateTime: '2020-01-01',
      verificationStatus: { coding: [{ code: 'entered-in-error' }] },
    })
    await clinic.import(clinic.file('a.json', bundle(patient, wrong)))
    expect(await enrollments()).toMatchObject([{ status: 'entered-in-error' }])
  })

  it('changes nothing the second time, and closes the enrollment when the condition has ended', async () => {
    const open = condition(snomed('56717001'), { onsetDateTime: '2020-01-01' })
    await clinic.import(clinic.file('a.json', bundle(patient, open)))
    expect(await clinic.import(clinic.file('b.json', bundle(patient, open)))).toMatchObject({ unchanged: 1 })
    const ended = { ...open, abatementDateTime: '2020-07-01' }
    expect(await clinic.import(clinic.file('a.json', bundle(patient, ended)))).toMatchObject({ updated: 1, enrolled: 0, conflicts: 0 })
    expect(await enrollments()).toEqual([
      { programId: 'TB-001', status: 'completed', enrolledOn: '2020-01-01', endedOn: '2020-07-01', episode: 1 },
    ])
  })

  it('finds the program by its category', async () => {
    await clinic.rows(`SELECT 1`)
    await clinic.services.database.write((sql) =>
      sql.run(
        `INSERT INTO "Program" (id, name, category, active, seq, "createdAt", "createdBy", "updatedAt", "updatedBy", deleted) VALUES ('TB-KISII', 'TB', 'tuberculosis', true, 0, 0, 'x', 0, 'x', false)`,
      ),
    )
    await clinic.import(clinic.file('a.json', bundle(patient, condition(snomed('56717001'), { onsetDateTime: '2020-01-01' }))))
    expect(await enrollments()).toMatchObject([{ programId: 'TB-KISII' }])
  })

  it('joins patients and conditions of an NDJSON export in files of their own, and passes over a broken line', async () => {
    const conditions = clinic.file(
      'Condition.ndjson',
      `${JSON.stringify({ ...condition(snomed('86406008'), { recordedDate: '2021-01-01' }), subject: { reference: 'Patient/p1' } })}\n`,
    )
    const patients = clinic.file(
      'Patient.ndjson',
      `${JSON.stringify(patient)}\n{"resourceType":\n${JSON.stringify({ resourceType: 'Patient', id: 'p2' })}\n`,
    )
    const summary = await clinic.import(conditions, patients)
    expect(summary).toMatchObject({ created: 1, enrolled: 1, rejected: 2 })
    expect(summary.lines.map((line) => line.text)).toEqual(['the line is not JSON', 'it has no name'])
  })

  it('takes a person whole or not at all', async () => {
    const future = condition(snomed('56717001'), { onsetDateTime: '2020-01-01' })
    await clinic.services.database.write((sql) => sql.run('ALTER TABLE "Enrollment" RENAME COLUMN reason TO gone'))
    await expect(clinic.import(clinic.file('a.json', bundle(patient, future)))).rejects.toThrow('reason')
    expect(await clinic.rows('SELECT * FROM "Client"')).toEqual([])
    expect(await clinic.rows('SELECT * FROM "ExternalIdentity"')).toEqual([])
  })
})
