import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PAGE_DOORS, PATH_DOORS } from '#domain/access/doors.ts'
import { DEVICE_HEADER, SNAPSHOT_PATH } from '#domain/sync/protocol.ts'
import { type Actor, type Cast, castOf, shownBy } from './actors.ts'
import { type Answered, type Asked, ask, FORM, ownSite } from './ask.ts'
import { expectOurHeaders } from './headers.ts'
import { CANARY, type Hospital, openHospital } from './hospital.ts'
import { builtPages, type Outcome, outcomeOf, type Page, promised } from './pages.ts'

/** Every route and address, with every method, as every kind of caller: what the table promises is what happens. */

let hospital: Hospital
let cast: Cast
let pages: Page[]

beforeAll(async () => {
  // One address asks for everything here: its wrong tries would be counted.
  hospital = await openHospital({ TRIES_PER_IP_AND_MINUTE: '100000' })
  cast = await castOf(hospital)
  // A machine that is busy with other tests would refuse the dashboard.
  hospital.services.load.isOver = () => false
  // It ends the session it is asked with, so it comes last.
  pages = (await builtPages()).filter(({ name }) => name !== 'sign-out')
})
afterAll(async () => {
  expect(hospital.defects).toEqual([])
  await hospital.close()
})

test('twelve kinds of caller walk through every route of the build', () => {
  expect(cast.actors.length).toBe(12)
  expect([...pages.map(({ name }) => name), 'sign-out'].sort()).toEqual(Object.keys(PAGE_DOORS).sort())
})

describe('pages', () => {
  test('GET and HEAD open what the table says, and the layout around a page closes it too', async () => {
    await forEach(withAddress(), async (page, actor) => {
      const chain = [...page.around, page.door].map(({ loader }) => promised(loader, actor.roles, page.path))
      const expected = chain.find((outcome) => outcome !== 'open') ?? 'open'
      for (const method of ['GET', 'HEAD']) await expectOutcome(actor, { method, path: page.path }, [expected])
    })
  })

  test("a page's data alone, asked for past its layout, opens what its own row says", async () => {
    // What has no screen has no data beside it.
    const loading = pages.filter(({ name, door }) => door.loader !== null && name !== 'api.session')
    await forEach(loading, async (page, actor) => {
      const path = `${page.path}.data?_routes=${encodeURIComponent(`routes/${page.name}`)}`
      await expectOutcome(actor, { path }, [promised(page.door.loader, actor.roles, page.path)])
    })
  })

  test('POST of our own pages opens what the table says; where there is no action it does nothing', async () => {
    await forEach(withAddress(), async ({ door, path }, actor) => {
      const { action } = door
      const expected: Outcome[] = action === null ? ['no such method', 'sign-in', 'refused'] : [promised(action, actor.roles, path)]
      // Of what is missing in a form a page says the same with whatever link; so here nothing is.
      const asked = { ...post(path, ownSite(hospital)), ...(action === 'link' ? { body: WHOLE_FORM } : {}) }
      await expectOutcome(actor, asked, expected)
      if (action !== null) await expectOutcome(actor, { ...asked, path: `${path}.data` }, expected)
    })
  })

  test('POST from another site, or from nobody knows where, is refused whoever the cookie is of', async () => {
    const others: Record<string, string>[] = [
      { 'Sec-Fetch-Site': 'cross-site', Origin: hospital.origin },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://elsewhere.example.org' },
      { Origin: 'null' },
      {},
    ]
    await forEach(withAddress(), async ({ path }, actor) => {
      for (const headers of others) await expectOutcome(actor, post(path, headers), ['refused'])
    })
  })

  test('PUT, DELETE and PATCH do nothing anywhere', async () => {
    await forEach(withAddress(), async ({ path }, actor) => {
      for (const method of ['PUT', 'DELETE', 'PATCH'])
        await expectOutcome(actor, { ...post(path, ownSite(hospital)), method }, ['no such method'])
    })
  })
})

describe('addresses beside the pages', () => {
  const addressOf: Record<string, () => string> = {
    '/api/external/clients/:id/': () => `/api/external/clients/${cast.clientHere.id}/`,
    '/api/external/clients/': () => `/api/external/clients/?number=${cast.clientHere.id}`,
    '/api/external/clients/:id/enrollments/': () => `/api/external/clients/${cast.clientHere.id}/enrollments/`,
    '/fhir/Patient/:id': () => `/fhir/Patient/${cast.clientHere.id}`,
    '/fhir/EpisodeOfCare/:id': () => '/fhir/EpisodeOfCare/no-such-id',
    '/fhir/EpisodeOfCare': () => `/fhir/EpisodeOfCare?patient=${cast.clientHere.id}`,
    '/fhir/AuditEvent/:id': () => '/fhir/AuditEvent/999999999',
    '/fhir/AuditEvent': () => '/fhir/AuditEvent?_count=1',
    '/fhir/export/:id': () => '/fhir/export/no-such-id',
    '/fhir/export/:id/:file': () => '/fhir/export/no-such-id/Patient.ndjson',
    '/sync/snapshot': () => `${SNAPSHOT_PATH}?collection=clients&room=${cast.here}`,
    '/socket': () => '/socket/?EIO=4&transport=polling',
    '/assets': () => '/assets/no-such-file.js',
  }

  /** What no caller of this test has: to be let in is to be told that. */
  const NOWHERE = ['/api/external/:other', '/fhir/:other', '/fhir/EpisodeOfCare/:id', '/fhir/export/:id', '/fhir/export/:id/:file']

  /** The partner is kept to one facility, and an event of the log does not say of which it is. */
  const WITHHELD = ['/fhir/AuditEvent/:id', '/fhir/AuditEvent']

  function expectedAt(path: string, actor: Actor): Outcome {
    const { policy } = PATH_DOORS[path as keyof typeof PATH_DOORS]
    if (policy === 'public') return path === '/assets' ? 'nothing' : 'open'
    if (policy === 'partner' && WITHHELD.includes(path)) return 'refused'
    if (policy === 'partner' && actor.token === 'good') return NOWHERE.includes(path) ? 'nothing' : 'open'
    if (policy === 'partner') return 'refused'
    // No token is set, so there is nothing.
    if (policy === 'operator') return 'nothing'
    // Only websockets, from our own pages.
    if (policy === 'socket') return 'refused'
    // The credential is the doctor's device's.
    return actor.name === 'doctor' ? 'open' : 'refused'
  }

  test('open what the table says with its own methods', async () => {
    await forEach(Object.entries(PATH_DOORS), async ([path, { methods }], actor) => {
      const address = addressOf[path]?.() ?? path
      const headers = path === '/sync/snapshot' ? deviceHeader() : {}
      for (const method of methods.filter((method) => method !== 'POST')) {
        const answer = await askAs(actor, { method, path: address, headers })
        const seen = path === '/socket' && answer.status === 400 ? 'refused' : outcomeOf(answer)
        expect(seen, `${actor.name}: ${method} ${path} -> ${answer.status}`).toBe(expectedAt(path, actor))
        if (method === 'GET') expectNoOtherClient(actor, answer, path)
      }
    })
  })

  test('answer no other method', async () => {
    await forEach(Object.entries(PATH_DOORS), async ([path, { methods }], actor) => {
      const others = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].filter((method) => !(methods as readonly string[]).includes(method))
      for (const method of others) {
        const asked = { ...post(addressOf[path]?.() ?? path, ownSite(hospital)), method }
        const answer = await askAs(actor, asked)
        expect(answer.status, `${actor.name}: ${method} ${path}`).toBeGreaterThanOrEqual(400)
        expect(answer.status, `${actor.name}: ${method} ${path}`).toBeLessThan(500)
      }
    })
  })

  test('a token is given for credentials only, whatever else is shown', async () => {
    for (const actor of cast.actors) {
      const headers = { 'Content-Type': 'application/json', ...(actor.cookie === null ? {} : { Cookie: actor.cookie }) }
      const body = JSON.stringify({ client_id: 'nobody', client_secret: 'nothing' })
      const answer = await ask(hospital, { method: 'POST', path: '/api/auth/token/', headers, body })
      expect(answer.status, actor.name).toBe(401)
    }
  })

  test("a doctor's own device gets no page of a facility that is not the doctor's", async () => {
    const { elsewhere, clientThere, here } = cast
    const headers = { Cookie: elsewhere.cookie, [DEVICE_HEADER]: `${clientThere.deviceId}.${clientThere.credential}` }
    const page = (room: string) => ask(hospital, { path: `${SNAPSHOT_PATH}?collection=clients&room=${room}`, headers })
    expect((await page(cast.there)).text).toContain(CANARY.elsewhere)
    const refused = await page(here)
    expect(refused.status).toBe(403)
    expect(refused.text).not.toContain(CANARY.here)
  })
})

test('signing out is a form of our own pages, and ends that session only', async () => {
  for (const actor of cast.actors) {
    expect((await askAs(actor, post('/sign-out', { Origin: 'https://elsewhere.example.org' }))).status, actor.name).toBe(403)
    await expectOutcome(actor, { path: '/sign-out' }, ['open'])
  }
  const viewer = cast.actors.find(({ name }) => name === 'viewer') as Actor
  const admin = cast.actors.find(({ name }) => name === 'admin') as Actor
  await expectOutcome(viewer, post('/sign-out', ownSite(hospital)), ['open'])
  await expectOutcome(viewer, { path: '/dashboard' }, ['sign-in'])
  await expectOutcome(admin, { path: '/dashboard' }, ['open'])
})

const WHOLE_FORM = new URLSearchParams({ name: 'Juma', email: 'juma@example.org', password: 'seven green mangoes fell' }).toString()

/** A layout is walked through by its own data alone. */
const withAddress = () => pages.filter(({ layout }) => !layout)

async function forEach<Row>(rows: readonly Row[], work: (row: Row, actor: Actor) => Promise<void>): Promise<void> {
  expect(rows.length).toBeGreaterThan(0)
  for (const actor of cast.actors) for (const row of rows) await work(row, actor)
}

function post(path: string, headers: Record<string, string>): Asked {
  return { method: 'POST', path, headers: { ...FORM, ...headers } }
}

const deviceHeader = () => ({ [DEVICE_HEADER]: `${cast.clientHere.deviceId}.${cast.clientHere.credential}` })

async function askAs(actor: Actor, asked: Asked): Promise<Answered> {
  const answer = await ask(hospital, { ...asked, headers: { ...shownBy(actor), ...asked.headers } })
  // The words of socket.io's own refusals are fixed, and hold nothing.
  if (!asked.path.startsWith('/socket/')) expectOurHeaders(answer, `${asked.method ?? 'GET'} ${asked.path}`)
  return answer
}

async function expectOutcome(actor: Actor, asked: Asked, expected: readonly Outcome[]): Promise<void> {
  const answer = await askAs(actor, asked)
  const told = `${actor.name}: ${asked.method ?? 'GET'} ${asked.path} -> ${answer.status}`
  expect(expected, told).toContain(outcomeOf(answer))
  // No page holds a client: those are on tablets, and in the partner API.
  for (const name of Object.values(CANARY)) expect(answer.text, told).not.toContain(name)
}

/** Where a partner with every scope reads of the client. */
const TELLING = ['/api/external/clients/:id/', '/api/external/clients/', '/api/external/changes/', '/fhir/Patient', '/fhir/Patient/:id']

function expectNoOtherClient(actor: Actor, { text }: Answered, path: string): void {
  const tells = TELLING.includes(path) && actor.token === 'good'
  if (tells) expect(text).toContain(CANARY.here)
  else if (actor.name !== 'doctor') expect(text).not.toContain(CANARY.here)
  expect(text, `${actor.name} ${path}`).not.toContain(CANARY.elsewhere)
}
