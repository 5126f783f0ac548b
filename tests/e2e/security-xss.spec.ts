import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { clientNumber } from '#domain/clients/number.ts'
import { SCHEMA_VERSION } from '#domain/sync/change.ts'
import { PROTOCOL, PUSH_CHANGES } from '#domain/sync/protocol.ts'
import type { HimsServer } from './server.ts'
import { acceptInvitation, CHIEF, invite, setUp } from './steps/accounts.ts'
import { PAYLOADS, type Payload } from './steps/payloads.ts'
import { openSocket } from './steps/socket.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

test.setTimeout(600_000)

test('200 stored payloads in every text field, by sync, import and forms: none runs, and no policy is violated', async ({
  fresh,
  browserOf,
}) => {
  expect(PAYLOADS.length).toBe(200)
  for (const { text } of PAYLOADS) expect(text.length).toBeLessThanOrEqual(100)
  const context = await browserOf(fresh)
  const page = await context.newPage()
  const ran: string[] = []
  context.on('dialog', (dialog) => {
    ran.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await setUp(page, await fresh.setupLink(), CHIEF)
  await expect(page).not.toHaveURL(/setup/)
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1, name: t('home.title') })).toBeVisible()
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')

  const clients = await pushAll(fresh, cookie)
  await importAll(fresh)
  await fillForms(fresh, page)

  for (const [number, { mark }] of clients) {
    await go(page, `/clients/${number}`)
    await expect(page.getByRole('heading', { level: 1 }).filter({ hasText: mark })).toBeVisible()
    if (await hasRun(page)) ran.push(mark)
  }
  for (const { mark } of PAYLOADS.slice(0, 20)) {
    await go(page, `/programs/${programOf(mark)}`)
    await expect(page.getByRole('heading', { level: 1 }).filter({ hasText: mark })).toBeVisible()
  }
  // Everything that shows names, in a list, in a form, or as a question about likeness.
  const [[someone = ''] = []] = clients
  for (const path of [
    '/',
    '/clients',
    '/programs',
    '/review',
    '/sync',
    `/clients/${someone}/edit`,
    `/programs/${programOf(PAYLOADS[0]?.mark ?? '')}/edit`,
  ]) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    if (await hasRun(page)) ran.push(path)
  }
  await page.goto('/')
  for (const typed of ['<script>', '"><img', 'javascript:', 'xss=1042']) {
    await page.getByRole('searchbox', { name: t('home.search') }).fill(typed)
    await expect(page.getByRole('main').getByRole('status').first()).toBeVisible()
  }
  for (const path of ['/people', '/facilities', '/applications', '/devices', '/audit', '/dashboard']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    if (await hasRun(page)) ran.push(path)
  }
  for (const path of ['/people', '/facilities', '/applications']) {
    await page.goto(path)
    await expect(page.getByText(PAYLOADS[0]?.mark ?? '').first(), `${path} shows what was stored`).toBeVisible()
  }
  // The last of the three is open still: one application with all that was said of it.
  await page.goto((await page.locator('a[href^="/applications/hims_"]').first().getAttribute('href')) ?? '')
  await expect(page.getByLabel(t('applications.form.purpose'))).toHaveValue(/xss=/)
  if (await hasRun(page)) ran.push('an application')
  expect(ran).toEqual([])
})

/** As a client that is not our app would send them. @returns number of each client, with its payload */
async function pushAll(server: HimsServer, cookie: string): Promise<[string, Payload][]> {
  const socket = await openSocket(server, cookie)
  const { account } = (await (await fetch(`${server.origin}/api/session`, { headers: { Cookie: cookie } })).json()) as {
    account: { id: string; facilities: string[] }
  }
  const deviceId = 'device-of-payloads'
  const hello = { protocol: PROTOCOL, app: 'test', schema: SCHEMA_VERSION, deviceId, epoch: null, lastN: 0, time: Date.now(), unsent: [] }
  expect(await socket.emitWithAck('hello', hello)).toMatchObject({ ok: true, verdict: 'ok' })
  let n = 0
  const create = (collection: string, recordId: string, values: Record<string, unknown>) => {
    n += 1
    const fields = Object.fromEntries(Object.entries(values).map(([name, to]) => [name, { from: null, to }]))
    return {
      deviceId,
      n,
      changeId: crypto.randomUUID(),
      actor: account.id,
      collection,
      recordId,
      op: 'create',
      fields,
      base: 0,
      deviceTime: Date.now(),
      schemaVersion: SCHEMA_VERSION,
    }
  }
  const numbers = PAYLOADS.map((payload, index): [string, Payload] => [numberOf(index), payload])
  const changes = [
    ...PAYLOADS.map(({ mark, text }) =>
      create('programs', programOf(mark), { name: text, description: text, category: 'other', plannedDays: null, active: true }),
    ),
    ...numbers.map(([number, payload]) => create('clients', number, valuesOf(payload, account.facilities[0] ?? ''))),
  ]
  for (let from = 0; from < changes.length; from += PUSH_CHANGES) {
    const answer = await socket.emitWithAck('push', { changes: changes.slice(from, from + PUSH_CHANGES) })
    expect(answer.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(answer.results.map(() => 'applied'))
  }
  socket.disconnect()
  return numbers
}

function valuesOf({ text }: Payload, facilityId: string): Record<string, unknown> {
  const short = text.slice(-40).trim()
  const email = `${text.replace(/[\s@]/g, '/')}@x`
  const names = { givenName: text, middleName: text, familyName: text }
  return {
    ...names,
    sex: 'female',
    bornOn: null,
    bornOnEstimated: false,
    phone: short,
    email,
    address: text,
    nationalId: text.slice(-60).trim(),
    notes: text,
    facilityId,
  }
}

/** The same texts as a hospital's files would bring them. */
async function importAll(server: HimsServer): Promise<void> {
  const folder = join(server.folder, 'files')
  mkdirSync(folder)
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const rows = PAYLOADS.map(({ text }, index) => ['csv', index, text, text, text, text, text].map((cell) => quoted(String(cell))).join(','))
  writeFileSync(join(folder, 'people.csv'), ['source,patientid,given name,surname,address,notes,phone', ...rows].join('\n'))
  const entry = PAYLOADS.map(({ text }, index) => ({
    resource: {
      resourceType: 'Patient',
      id: `p${index}`,
      name: [{ family: text, given: [text] }],
      address: [{ text, city: text }],
      telecom: [{ system: 'phone', value: text }],
    },
  }))
  writeFileSync(join(folder, 'people.json'), JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }))
  for (const file of ['people.csv', 'people.json']) {
    const { created } = JSON.parse(await server.command('import', join(folder, file), '--source', file, '--json')) as { created?: number }
    expect(created, file).not.toBe(0)
  }
}

/** What only an administrator writes. Ten of each: each invitation costs a password's hashing. */
async function fillForms(server: HimsServer, page: Page): Promise<void> {
  const headers = { Origin: server.origin, 'Sec-Fetch-Site': 'same-origin' }
  for (const { text } of PAYLOADS) {
    const facility = await page.request.post('/facilities', { headers, form: { name: text, code: '' } })
    expect(facility.status(), text).toBe(200)
    const application = await page.request.post('/applications', {
      headers,
      form: { intent: 'create', name: text.slice(0, 80), scope: 'clients.read', access: 'all', purpose: text, contact: text.slice(0, 80) },
    })
    expect(application.status(), text).toBe(200)
  }
  const [first] = PAYLOADS
  const link = await invite(page, 'named@clinic.example.org', first?.text)
  const guest = await (await page.context().browser())?.newContext({ baseURL: server.origin })
  const other = await guest?.newPage()
  if (other && first) await acceptInvitation(other, link, { name: first.text, email: '', password: 'seven quiet rivers run' })
  await expect(other?.getByRole('heading', { level: 1, name: t('home.title') }) ?? page.getByText('no page')).toBeVisible()
  await guest?.close()
}

/** As the app's own links do, without a new document each time. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }, path)
}

function hasRun(page: Page): Promise<boolean> {
  return page.evaluate(() => 'xss' in window || document.querySelector('iframe, object') !== null)
}

const programOf = (mark: string) => `X-${mark.slice('xss='.length)}`
/** Five bits make a character of a number. */
const numberOf = (index: number) => clientNumber(Uint8Array.from({ length: 12 }, (_, place) => ((index + 1) >> (5 * place)) % 32))
