import { Fhir } from 'fhir/fhir.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addKey, events, get, makeApplication, tokenOf } from './asking.ts'
import { addClient, addEnrollment, addProgram, type PartnerServer, startPartnerServer } from './partnerServer.ts'

/** FHIR R4: every resource that goes out is valid against the definitions of R4, and what is found is what was asked for. */

const [ANNA, BEN, CORA, DAN] = ['ANNA000000000', 'BEN0000000000', 'CORA000000000', 'DAN0000000000']
const validator = new Fhir()

let server: PartnerServer
let token: string
let tbToken: string

beforeAll(async () => {
  server = await startPartnerServer()
  token = await tokenOf(server, await makeApplication(server, { scopes: ['fhir.read'] }))
  tbToken = await tokenOf(server, await makeApplication(server, { scopes: ['fhir.read'], programs: ['TB-001'], facilities: ['main'] }))
  await addProgram(server, 'HIV-001', 'HIV Care')
  await addProgram(server, 'TB-001', 'Tuberculosis')
  const jan = (day: number) => Date.UTC(2024, 0, day)
  await addClient(server, ANNA, {
    givenName: 'Anna Maria',
    familyName: 'Åkesson',
    bornOn: '1990-05-05',
    nationalId: 'A-9876',
    phone: '0712',
    email: 'a@example.org',
    updatedAt: jan(1),
  })
  await addClient(server, BEN, {
    givenName: null,
    familyName: 'Otieno',
    sex: 'male',
    bornOn: '1990-01-01',
    bornOnEstimated: 1,
    updatedAt: jan(2),
  })
  await addClient(server, CORA, { givenName: 'Cora', sex: 'unknown', shareWithPartners: 0, updatedAt: jan(3) })
  await addClient(server, DAN, { givenName: 'Dan', sex: 'other', facilityId: 'east', address: 'Hill Rd', updatedAt: jan(4) })
  await addEnrollment(server, ANNA, 'HIV-001', { updatedAt: jan(1) })
  await addEnrollment(server, ANNA, 'TB-001', { status: 'lost', endedOn: '2024-01-01', updatedAt: jan(5) })
  await addEnrollment(server, BEN, 'HIV-001', { status: 'died', endedOn: '2024-01-02' })
  await addEnrollment(server, DAN, 'TB-001', { status: 'entered-in-error' })
  await addKey(server, 'i:A9876', ANNA)
})
afterAll(() => server.stop())

interface Resource {
  resourceType: string
  id: string
  link?: { relation: string; url: string }[]
  entry?: { fullUrl: string; resource: Resource }[]
}

async function read(path: string, bearer = token): Promise<Resource> {
  const response = await get(server, path, bearer)
  expect(response.status, path).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/fhir+json')
  const resource = (await response.json()) as Resource
  expectValid(resource)
  return resource
}

function expectValid(resource: Resource): void {
  const { valid, messages } = validator.validate(resource, { errorOnUnexpected: true })
  expect(messages.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(valid).toBe(true)
}

const found = async (query: string, bearer = token) =>
  (await read(`/fhir/${query}`, bearer)).entry?.map(({ resource }) => resource.id) ?? []

test('the validator finds what is wrong', () => {
  expect(validator.validate({ resourceType: 'Patient', gender: 'woman' }, { errorOnUnexpected: true }).valid).toBe(false)
})

test('the capability statement is for everybody, and valid', async () => {
  const response = await get(server, '/fhir/metadata')
  const statement = (await response.json()) as Resource & { fhirVersion: string }
  expectValid(statement)
  expect(statement.fhirVersion).toBe('4.0.1')
})

test('each patient and each episode that may be seen is valid', async () => {
  for (const id of [ANNA, BEN, DAN]) expect(await read(`/fhir/Patient/${id}`)).toMatchObject({ resourceType: 'Patient', id })
  expect(await read(`/fhir/EpisodeOfCare/${ANNA}.TB-001.1`)).toMatchObject({ status: 'cancelled', period: { end: '2024-01-01' } })
  expect(await read(`/fhir/EpisodeOfCare/${BEN}.HIV-001.1`)).toMatchObject({ status: 'finished' })
})

test('refusals are OperationOutcomes: 401, then 403, then 404', async () => {
  const noScope = await tokenOf(server, await makeApplication(server))
  const answers = [
    await get(server, `/fhir/Patient/${ANNA}`),
    await get(server, `/fhir/Patient/${ANNA}`, noScope),
    await get(server, '/fhir/Patient/NOBODY', token),
    await get(server, `/fhir/Patient/${CORA}`, token),
    await get(server, `/fhir/Patient/${BEN}`, tbToken),
    await get(server, `/fhir/Patient/${DAN}`, tbToken),
    await get(server, `/fhir/EpisodeOfCare/${ANNA}.HIV-001.1`, tbToken),
  ]
  expect(answers.map(({ status }) => status)).toEqual([401, 403, 404, 404, 404, 404, 404])
  for (const answer of answers) {
    const outcome = (await answer.json()) as Resource
    expect(outcome.resourceType).toBe('OperationOutcome')
    expectValid(outcome)
  }
})

describe('search', () => {
  test.each<[string, string[]]>([
    ['Patient', [ANNA, BEN, DAN]],
    [`Patient?_id=${ANNA},${DAN},${CORA}`, [ANNA, DAN]],
    ['Patient?identifier=a9876', [ANNA]],
    ['Patient?identifier=https://clinic.example.org/fhir/identifier/national-id|A-9876', [ANNA]],
    [`Patient?identifier=https://clinic.example.org/fhir/identifier/client-number|${BEN}`, [BEN]],
    ['Patient?identifier=urn:elsewhere|A-9876', []],
    ['Patient?name=akes', [ANNA]],
    ['Patient?name=maria', [ANNA]],
    ['Patient?family=OTIENO', [BEN]],
    ['Patient?given=dan,anna', [ANNA, DAN]],
    ['Patient?gender=male,other', [BEN, DAN]],
    ['Patient?birthdate=1990', [ANNA, BEN]],
    ['Patient?birthdate=gt1990-01-01&birthdate=lt1991', [ANNA]],
    ['Patient?birthdate=1990-01-01', [BEN]],
    ['Patient?_lastUpdated=ge2024-01-02', [BEN, DAN]],
    ['Patient?_lastUpdated=lt2024-01-02T00:00:00Z', [ANNA]],
    [`EpisodeOfCare?patient=${ANNA}`, [`${ANNA}.HIV-001.1`, `${ANNA}.TB-001.1`]],
    [`EpisodeOfCare?patient=Patient/${ANNA}&status=active`, [`${ANNA}.HIV-001.1`]],
    [`EpisodeOfCare?patient=${ANNA}&status=cancelled,finished`, [`${ANNA}.TB-001.1`]],
    [`EpisodeOfCare?patient=${ANNA}&_lastUpdated=ge2024-01-03`, [`${ANNA}.TB-001.1`]],
    [`EpisodeOfCare?_id=${BEN}.HIV-001.1`, [`${BEN}.HIV-001.1`]],
    [`EpisodeOfCare?patient=${CORA}`, []],
  ])('%s', async (query, ids) => {
    expect(await found(query)).toEqual(ids)
  })

  test('an application finds whom it may see only', async () => {
    expect(await found('Patient', tbToken)).toEqual([ANNA])
    expect(await found(`EpisodeOfCare?patient=${ANNA},${BEN},${DAN}`, tbToken)).toEqual([`${ANNA}.TB-001.1`])
  })

  test.each([
    'Patient?nonsense=1',
    'Patient?birthdate=yesterday',
    'Patient?birthdate=2024-02-31',
    'Patient?_count=x',
    'Patient?_sort=-birthdate',
    'EpisodeOfCare',
    'EpisodeOfCare?status=active',
  ])('%s is a bad request in words', async (query) => {
    const response = await get(server, `/fhir/${query}`, token)
    expect(response.status).toBe(400)
    expectValid((await response.json()) as Resource)
  })

  test('pages follow one another by their links, and nobody is missing or twice', async () => {
    const ids: string[] = []
    let next: string | undefined = '/fhir/Patient?_count=1'
    for (let pages = 0; next !== undefined; pages += 1) {
      expect(pages).toBeLessThan(10)
      const bundle: Resource = await read(next)
      ids.push(...(bundle.entry?.map(({ resource }) => resource.id) ?? []))
      next = bundle.link?.find(({ relation }) => relation === 'next')?.url.replace(server.config.origin, '')
    }
    expect(ids).toEqual([ANNA, BEN, DAN])
  })

  test('each patient in an answer has a row in the log', async () => {
    const before = (await events(server)).length
    await found('Patient?gender=male,other')
    expect((await events(server)).slice(before)).toEqual([
      { action: 'partner.list-read', status: 200, subject: null },
      { action: 'partner.client-told', status: null, subject: BEN },
      { action: 'partner.client-told', status: null, subject: DAN },
    ])
  })
})

describe('$export', () => {
  const begin = (query = '', headers: Record<string, string> = { Prefer: 'respond-async' }, bearer = token) =>
    get(server, `/fhir/$export${query}`, bearer, headers)
  const local = (url: string | null) => (url ?? '').replace(server.config.origin, '')

  interface Manifest {
    request: string
    requiresAccessToken: boolean
    output: { type: string; url: string }[]
  }

  async function exported(query: string, bearer = token): Promise<Record<string, string[]>> {
    const begun = await begin(query, undefined, bearer)
    expect(begun.status).toBe(202)
    const manifest = (await (await get(server, local(begun.headers.get('content-location')), bearer)).json()) as Manifest
    expect(manifest.requiresAccessToken).toBe(true)
    const files: Record<string, string[]> = {}
    for (const { type, url } of manifest.output) {
      const file = await get(server, local(url), bearer)
      expect(file.headers.get('content-type')).toBe('application/fhir+ndjson')
      const resources = (await file.text()).split('\n').filter((line) => line !== '')
      files[type] = resources.map((line) => {
        const resource = JSON.parse(line) as Resource
        expectValid(resource)
        expect(resource.resourceType).toBe(type)
        return resource.id
      })
    }
    return files
  }

  test('gives everybody whom the application may see, and nobody else', async () => {
    expect(await exported('')).toEqual({
      Patient: [ANNA, BEN, DAN],
      EpisodeOfCare: [`${ANNA}.HIV-001.1`, `${ANNA}.TB-001.1`, `${BEN}.HIV-001.1`, `${DAN}.TB-001.1`],
    })
    expect(await exported('?_type=Patient', tbToken)).toEqual({ Patient: [ANNA] })
    expect(await exported('?_type=Patient&_since=2024-01-02T00:00:00Z')).toEqual({ Patient: [BEN, DAN] })
  })

  test('asks for what Bulk Data asks for, in words', async () => {
    expect((await begin('', {})).status).toBe(400)
    for (const query of ['?_type=Observation', '?_since=x', '?_outputFormat=text/csv', '?patient=1'])
      expect((await begin(query)).status, query).toBe(400)
  })

  test('is only for who began it, until it is called off', async () => {
    const location = local((await begin()).headers.get('content-location'))
    expect((await get(server, location, tbToken)).status).toBe(404)
    expect((await get(server, `${location}/Patient.ndjson`, tbToken)).status).toBe(404)
    expect((await get(server, `${location}/Observation.ndjson`, token)).status).toBe(404)
    const cancel = await fetch(server.url + location, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } })
    expect(cancel.status).toBe(202)
    expect((await get(server, location, token)).status).toBe(404)
    expect((await get(server, '/fhir/export/x', token)).status).toBe(404)
  })

  test('is over after a day', async () => {
    const location = local((await begin()).headers.get('content-location'))
    server.clock.now += 24 * 3_600_000
    const later = await tokenOf(server, await makeApplication(server, { scopes: ['fhir.read'] }))
    expect((await get(server, location, later)).status).toBe(404)
    server.clock.now -= 24 * 3_600_000
  })
})
