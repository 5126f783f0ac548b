import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { changeList, clientList, enrollmentList, programList, statisticsAnswer } from '#domain/partners/api.ts'
import { Seeded } from '../sync/seeded.ts'
import { type Application, addKey, events, get, makeApplication, setTail, tokenOf } from './asking.ts'
import { addClient, addEnrollment, addProgram, insert, NOW, type PartnerServer, startPartnerServer } from './partnerServer.ts'

/** What a partner may ask for besides one client. */

const [JANE, JOHN, TWIN, HIDDEN] = ['7K2M9QXA41RTC', 'JOHN000000000', 'TWIN000000000', 'HIDDEN0000000']

let server: PartnerServer
let all: Application
let token: string
let tbToken: string
let eastToken: string

beforeAll(async () => {
  server = await startPartnerServer()
  all = await makeApplication(server, { scopes: ['clients.read', 'statistics.read'] })
  token = await tokenOf(server, all)
  tbToken = await tokenOf(server, await makeApplication(server, { programs: ['TB-001'] }))
  eastToken = await tokenOf(server, await makeApplication(server, { facilities: ['east'] }))
  await addProgram(server, 'HIV-001', 'HIV Care')
  await addProgram(server, 'TB-001', 'Tuberculosis')
  await addClient(server, JANE, { seq: 10, nationalId: 'AB-123', phone: '+254 712 345 678' })
  await addClient(server, JOHN, { seq: 12, facilityId: 'east' })
  await addClient(server, TWIN, { seq: 13, mergedInto: JANE })
  await addClient(server, HIDDEN, { seq: 14, shareWithPartners: 0 })
  await addEnrollment(server, JANE, 'HIV-001', { seq: 11, nextVisitOn: '2026-12-01' })
  await addEnrollment(server, JOHN, 'TB-001', { seq: 15, status: 'completed', endedOn: '2024-02-01' })
  await addEnrollment(server, JOHN, 'HIV-001', { seq: 16, status: 'entered-in-error' })
  for (const id of [JANE, TWIN, HIDDEN]) await addKey(server, 'i:AB123', id)
  await addKey(server, 'p:712345678', JANE)
  await setTail(server, 20)
})
afterAll(() => server.stop())

describe('clients by what is known of them', () => {
  const found = async (query: string, bearer = token) => {
    const response = await get(server, `/api/external/clients/?${query}`, bearer)
    expect(response.status).toBe(200)
    return clientList.parse(await response.json()).clients.map(({ id }) => id)
  }

  test('number, national id and phone find them, however they are typed; who was joined is the survivor, once', async () => {
    expect(await found('number=7k2m 9qxa 41rt c')).toEqual([JANE])
    expect(await found(`number=${TWIN}`)).toEqual([JANE])
    expect(await found('national_id=ab 123')).toEqual([JANE])
    expect(await found('phone=0712345678')).toEqual([JANE])
  })

  test('who may not be seen is not found', async () => {
    expect(await found(`number=${HIDDEN}`)).toEqual([])
    expect(await found(`number=${JANE}`, tbToken)).toEqual([])
    expect(await found(`number=${JOHN}`, tbToken)).toEqual([JOHN])
    expect(await found(`number=${JANE}`, eastToken)).toEqual([])
    expect(await found('national_id=nobody')).toEqual([])
  })

  test.each(['', 'number=a&phone=1', 'name=Jane', 'number=a&number=b', 'number='])('%j is a bad request, in words', async (query) => {
    const response = await get(server, `/api/external/clients/?${query}`, token)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  })

  test('each client whose data went out has a row in the log', async () => {
    const before = (await events(server)).length
    await found('national_id=AB123')
    expect((await events(server)).slice(before)).toEqual([
      { action: 'partner.list-read', status: 200, subject: null },
      { action: 'partner.client-told', status: null, subject: JANE },
    ])
  })
})

test('enrollments are those that the application may see, without mistakes', async () => {
  const of = async (id: string, bearer: string) => (await get(server, `/api/external/clients/${id}/enrollments`, bearer)).json()
  expect(enrollmentList.parse(await of(TWIN, token)).enrollments).toMatchObject([
    { program_id: 'HIV-001', program_name: 'HIV Care', episode: 1, status: 'active', end_date: null, next_visit_date: '2026-12-01' },
  ])
  expect(enrollmentList.parse(await of(JOHN, token)).enrollments).toMatchObject([{ program_id: 'TB-001', end_date: '2024-02-01' }])
  expect((await get(server, `/api/external/clients/${JANE}/enrollments/`, tbToken)).status).toBe(404)
  expect((await get(server, `/api/external/clients/${JANE}/enrollments/`, eastToken)).status).toBe(404)
})

test('programs are those that the application may see', async () => {
  const of = async (bearer: string) => programList.parse(await (await get(server, '/api/external/programs/', bearer)).json()).programs
  expect((await of(token)).map(({ program_id, status }) => `${program_id} ${status}`)).toEqual(['HIV-001 active', 'TB-001 active'])
  expect((await of(tbToken)).map(({ program_id }) => program_id)).toEqual(['TB-001'])
})

describe('changes', () => {
  const follow = async (bearer: string, query = '') => {
    const response = await get(server, `/api/external/changes/${query}`, bearer)
    expect(response.status).toBe(200)
    return changeList.parse(await response.json())
  }

  test('page by page, in the order of the changes; then nothing until something changes', async () => {
    const ids: string[] = []
    let page = await follow(token, '?limit=1')
    for (let asked = 1; page.more; asked += 1) {
      expect(asked).toBeLessThan(10)
      ids.push(...page.changes.map(({ id }) => id))
      page = await follow(token, `?limit=1&cursor=${page.next}`)
    }
    ids.push(...page.changes.map(({ id }) => id))
    // A client stands again in a later page for what was changed later.
    expect([...new Set(ids)]).toEqual([JANE, JOHN])
    expect(ids.length).toBeGreaterThan(2)
    const idle = await follow(token, `?cursor=${page.next}`)
    expect(idle).toMatchObject({ changes: [], more: false })

    await server.database.write((sql) => sql.run('UPDATE "Client" SET "shareWithPartners" = false, seq = 21 WHERE id = ?', JOHN))
    await server.database.write((sql) => sql.run('UPDATE "Client" SET "familyName" = ?, seq = 22 WHERE id = ?', 'Newname', JANE))
    await setTail(server, 22)
    const news = await follow(token, `?cursor=${idle.next}`)
    expect(news.changes).toMatchObject([
      { id: JOHN, client: null },
      { id: JANE, client: { name: 'Jane Newname' } },
    ])
    // Nobody who was never told of somebody learns that there is nothing to tell any more.
    expect((await follow(eastToken)).changes).toEqual([])
    await server.database.write((sql) => sql.run('UPDATE "Client" SET "shareWithPartners" = true WHERE id = ?', JOHN))
  })

  test('a cursor of another epoch, or of nobody, is gone: the mirror begins anew', async () => {
    for (const cursor of ['other.12', 'x', '.', '1'])
      expect((await get(server, `/api/external/changes/?cursor=${cursor}`, token)).status).toBe(410)
    expect((await get(server, '/api/external/changes/?limit=0', token)).status).toBe(400)
  })
})

test('a mirror that follows page by page misses nobody, whatever stands where', { timeout: 60_000 }, async () => {
  const many = await startPartnerServer()
  const random = new Seeded(11)
  const seqs = Array.from({ length: 120 }, (_, index) => index + 1).sort(() => random.next() - 0.5)
  await addProgram(many, 'HIV-001', 'HIV Care')
  const ids = Array.from({ length: 40 }, (_, index) => `CLIENT${String(index).padStart(7, '0')}`)
  for (const id of ids) await addClient(many, id, { seq: seqs.pop() as number })
  for (let episode = 1; episode <= 2; episode += 1)
    for (const id of ids) if (random.chance(0.9)) await addEnrollment(many, id, 'HIV-001', { episode, seq: seqs.pop() as number })
  await setTail(many, 120)
  const bearer = await tokenOf(many, await makeApplication(many, { requestsPerMinute: 100_000 }))
  for (const limit of [1, 2, 3, 7, 39, 40, 200]) {
    const seen = new Set<string>()
    for (let cursor = '', pages = 0; ; pages += 1) {
      expect(pages).toBeLessThan(200)
      const response = await get(many, `/api/external/changes/?limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`, bearer)
      const page = changeList.parse(await response.json())
      expect(page.changes.length).toBeLessThanOrEqual(limit)
      for (const { id } of page.changes) seen.add(id)
      cursor = page.next
      if (!page.more) break
    }
    expect([...seen].sort()).toEqual(ids)
  }
  await many.stop()
})

describe('statistics', () => {
  beforeEach(async () => {
    await server.database.write((sql) => sql.run('DELETE FROM "Counter"'))
    await insert(server.database, 'Counter', { key: 'clients|main|', value: 12 })
    await insert(server.database, 'Counter', { key: 'enrollments|main|HIV-001|active', value: 3 })
    await insert(server.database, 'Counter', { key: 'enrollments|main|TB-001|active', value: 7 })
  })

  test('need their own scope, and tell nothing of fewer than five people', async () => {
    const response = await get(server, '/api/external/statistics/', token)
    const { programs, ...figures } = statisticsAnswer.parse(await response.json())
    expect(figures).toMatchObject({ clients: 12, registered_this_week: null })
    expect(programs.map(({ program_id, active }) => [program_id, active])).toEqual([
      ['TB-001', 7],
      ['HIV-001', null],
    ])
    expect((await get(server, '/api/external/statistics/', eastToken)).status).toBe(403)
    expect((await get(server, '/api/external/statistics/?by=sex', token)).status).toBe(400)
  })
})

describe('the rate of an application', () => {
  test('is told with each answer; beyond it 429, with a row each, until the minute is over', async () => {
    const slow = await makeApplication(server, { requestsPerMinute: 3 })
    const slowToken = await tokenOf(server, slow)
    const before = (await events(server)).length
    const answers = []
    for (let asked = 0; asked < 4; asked += 1) answers.push(await get(server, `/api/external/clients/${JANE}/`, slowToken))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 429])
    expect(answers.map(({ headers }) => headers.get('ratelimit'))).toEqual([
      '"application";r=1;t=60',
      '"application";r=0;t=60',
      '"application";r=0;t=60',
      '"application";r=0;t=60',
    ])
    expect(answers[2]?.headers.get('ratelimit-policy')).toBe('"application";q=3;w=60')
    expect(answers[2]?.headers.get('retry-after')).toBe('60')
    expect(await answers[2]?.json()).toMatchObject({ title: 'Too Many Requests', status: 429 })
    expect((await events(server)).slice(before).map(({ status }) => status)).toEqual([200, 200, 429, 429])
    // Nobody else waits for it.
    expect((await get(server, `/api/external/clients/${JANE}/`, token)).status).toBe(200)
    server.clock.now += 60_000
    expect((await get(server, `/api/external/clients/${JANE}/`, slowToken)).status).toBe(200)
    server.clock.now = NOW
  })
})

test('refusals of one address have a row each up to a number, and the others of the minute one together', async () => {
  const flooded = await startPartnerServer({ API_REFUSALS: '5' })
  for (let asked = 0; asked < 12; asked += 1) expect((await get(flooded, '/api/external/clients/x/', 'no.such.token')).status).toBe(401)
  expect(await events(flooded)).toHaveLength(5)
  await flooded.api.close()
  const rows = await flooded.database.read.all<{ route: string }>(
    `SELECT route, status FROM "AuditEvent" WHERE action = 'partner.refusals'`,
  )
  expect(rows).toEqual([{ route: '7 more in a minute', status: 401 }])
  await flooded.stop()
})
