import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { giveUpDeliveries, rows, takeScopes } from './database.ts'
import { HimsServer } from './server.ts'
import { demoPerson, signIn } from './steps/accounts.ts'
import { askToken, createApplication, partnerToken, readClient } from './steps/applications.ts'
import { auditLines } from './steps/audit.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

/** A client with a program, whose profile is worth reading. */
function someClient(server: HimsServer) {
  const [client] = rows<{ id: string; name: string; programId: string }>(
    server,
    `SELECT c.id, c."givenName" || ' ' || c."familyName" AS name, e."programId"
     FROM "Client" c JOIN "Enrollment" e ON e."clientId" = c.id WHERE c."middleName" IS NULL AND e.status = 'active' LIMIT 1`,
  )
  if (client === undefined) throw new Error('the demo has no such client')
  return client
}

/** A command as an operator types it, beside the running server. */
function npmRun(server: HimsServer, ...args: string[]): unknown {
  return JSON.parse(execFileSync('npm', ['run', '-s', ...args], { env: server.environment, encoding: 'utf8' }))
}

test('an application made on the page reads a client, and its secret is shown once', async ({ clinic, browserOf }) => {
  const page = await (await browserOf(clinic)).newPage()
  await signIn(page, demoPerson(clinic, 'admin'), t('administration.people.title'))
  const credentials = await createApplication(page, 'National HIV register')
  await page.reload()
  await expect(page.getByRole('table', { name: t('applications.table') })).toContainText(credentials.client_id)
  await expect(page.locator('body')).not.toContainText(credentials.client_secret)

  const token = await partnerToken(clinic, credentials)
  const client = someClient(clinic)
  const answer = await readClient(clinic, client.id, token)
  expect(answer.status).toBe(200)
  const profile = await answer.json()
  expect(Object.keys(profile)).toEqual(['id', 'name', 'email', 'age', 'address', 'programs', 'metadata'])
  expect(profile).toMatchObject({ id: client.id, name: client.name })
  expect(profile.programs.map((program: { program_id: string }) => program.program_id)).toContain(client.programId)

  const lines = await auditLines(page, 'partner.client-read')
  await expect(lines.first()).toContainText('National HIV register')
  await expect(lines.first()).toContainText(client.id)
  await expect(lines.first()).toContainText(/127\.0\.0\.1|::1/)
})

test('the token answers as the contract says, and a wrong secret gets none', async ({ clinic }) => {
  const { application } = clinic.demo
  const answer = await askToken(clinic, application)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({
    access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    token_type: 'Bearer',
    expires_in: 3600,
  })
  expect((await askToken(clinic, { ...application, client_secret: 'hims_cs_wrong' })).status).toBe(401)
})

test('401 comes before 403 and 403 before 404, so that nobody learns which clients exist', async ({ clinic, browserOf }) => {
  const page = await (await browserOf(clinic)).newPage()
  await signIn(page, demoPerson(clinic, 'admin'), t('administration.people.title'))
  const credentials = await createApplication(page, 'Visitors register')
  const token = await partnerToken(clinic, credentials)
  const { id } = someClient(clinic)
  for (const number of [id, 'NOBODY']) {
    expect((await readClient(clinic, number)).status, 'without a token').toBe(401)
    expect((await readClient(clinic, number, `${token}x`)).status, 'with a spoilt token').toBe(401)
  }
  expect((await readClient(clinic, 'NOBODY', token)).status).toBe(404)
  takeScopes(clinic, credentials.client_id)
  for (const number of [id, 'NOBODY']) expect((await readClient(clinic, number, token)).status, 'without the scope').toBe(403)
})

test('a disabled application is refused at once, with the token it holds and for a new one', async ({ clinic, browserOf }) => {
  const page = await (await browserOf(clinic)).newPage()
  await signIn(page, demoPerson(clinic, 'admin'), t('administration.people.title'))
  const credentials = await createApplication(page, 'Old register')
  const token = await partnerToken(clinic, credentials)
  await page.getByRole('button', { name: t('applications.disableLabel', { name: 'Old register' }) }).click()
  await expect(page.getByRole('button', { name: t('applications.enableLabel', { name: 'Old register' }) })).toBeVisible()
  expect((await readClient(clinic, someClient(clinic).id, token)).status).toBe(401)
  expect((await askToken(clinic, credentials)).status).toBe(401)
})

test('what an application may read is narrowed on its page, and its page shows what it asked', async ({ clinic, browserOf, watch }) => {
  watch(clinic).expectError(/status of 400/)
  const page = await (await browserOf(clinic)).newPage()
  await signIn(page, demoPerson(clinic, 'admin'), t('administration.people.title'))
  const credentials = await createApplication(page, 'Regional register')
  const token = await partnerToken(clinic, credentials)
  const client = someClient(clinic)
  expect((await readClient(clinic, client.id, token)).status).toBe(200)

  await page.getByRole('link', { name: 'Regional register' }).click()
  await expect(page.getByRole('heading', { name: t('applications.usage.title') })).toBeVisible()
  await page.getByText(t('reports.figures')).click()
  await expect(page.getByRole('table', { name: t('applications.usage.title') })).toContainText('2')
  await page.getByLabel(t('applications.form.purpose')).fill('Counts of the region')
  await page.getByLabel(t('applications.form.rate')).fill('0')
  await page.getByRole('button', { name: t('applications.save') }).click()
  await expect(page.getByText(t('problems.requests-per-minute')).first()).toBeVisible()
  await page.getByLabel(t('applications.form.rate')).fill('60')
  await page.getByLabel(t('applications.form.chosenPlaces')).check()
  const places = page.getByRole('group', { name: t('applications.facilities') })
  const elsewhere = rows<{ name: string }>(
    clinic,
    `SELECT name FROM "Facility" WHERE id <> (SELECT "facilityId" FROM "Client" WHERE id = '${client.id}') LIMIT 1`,
  )[0]?.name as string
  await places.getByLabel(elsewhere).check()
  await page.getByRole('button', { name: t('applications.save') }).click()
  await expect(page.getByText(t('applications.saved'), { exact: true })).toBeVisible()
  await expect(page.getByLabel(t('applications.form.purpose'))).toHaveValue('Counts of the region')
  expect((await readClient(clinic, client.id, token)).status).toBe(404)

  await page.getByRole('button', { name: t('applications.endTokensLabel', { name: 'Regional register' }) }).click()
  await expect(page.getByText(t('applications.tokensEnded'))).toBeVisible()
  expect((await readClient(clinic, client.id, token)).status).toBe(401)
  await page.getByRole('link', { name: t('applications.usage.requestLog') }).click()
  await expect(page.getByRole('table')).toContainText(client.id)
})

test('the application of the demo reads figures, FHIR and everybody at once', async ({ clinic }) => {
  const token = await partnerToken(clinic, clinic.demo.application as Parameters<typeof partnerToken>[1])
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(clinic.origin + path, { headers: { Authorization: `Bearer ${token}`, ...headers } })
  expect(await (await get('/api/external/statistics/')).json()).toMatchObject({ clients: expect.any(Number) })
  const bundle = await (await get('/fhir/Patient?_count=5')).json()
  expect(bundle).toMatchObject({ resourceType: 'Bundle', entry: { length: 5 } })
  const begun = await get('/fhir/$export', { Prefer: 'respond-async' })
  const manifest = await (await get((begun.headers.get('content-location') ?? '').replace(clinic.origin, ''))).json()
  const file = await get(new URL(manifest.output[0].url).pathname)
  const [{ count }] = rows<{ count: number }>(
    clinic,
    'SELECT count(*) AS count FROM "Client" WHERE deleted = 0 AND "mergedInto" IS NULL AND "shareWithPartners" = 1',
  ) as [{ count: number }]
  expect((await file.text()).trim().split('\n')).toHaveLength(count)
})

test('the same work from a terminal: partner:create and admin:invite print JSON that works', async ({ clinic, browserOf }) => {
  const credentials = npmRun(clinic, 'partner:create', '--', '--name', 'Nightly report', '--scope', 'clients.read', '--json')
  expect(credentials).toEqual({ client_id: expect.any(String), client_secret: expect.stringMatching(/^hims_cs_/) })
  const answer = await askToken(clinic, credentials)
  expect(answer.status).toBe(200)

  const invitation = npmRun(
    clinic,
    'admin:invite',
    '--',
    '--email',
    'a@example.org',
    '--role',
    'doctor',
    '--facility',
    facility(clinic),
    '--json',
  )
  expect(invitation).toMatchObject({
    link: expect.stringContaining(`${clinic.origin}/invitation/`),
    email: 'a@example.org',
    role: 'doctor',
  })
  const page = await (await browserOf(clinic)).newPage()
  await page.goto((invitation as { link: string }).link)
  await expect(page.getByLabel(t('fields.email'), { exact: true })).toHaveValue('a@example.org')
})

function facility(server: HimsServer): string {
  return rows<{ id: string }>(server, 'SELECT id FROM "Facility" LIMIT 1')[0]?.id ?? ''
}

test('an application is told that something has changed: signed, shown on its page, and given up ones are sent again', async ({
  browserOf,
  watch,
}) => {
  const told: { headers: Record<string, string>; body: string }[] = []
  let status = 500
  const receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (text) => {
      body += text
    })
    request.on('end', () => {
      told.push({ headers: request.headers as Record<string, string>, body })
      response.writeHead(status).end()
    })
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const { port } = receiver.address() as AddressInfo
  const server = await HimsServer.started({ DEMO: '1', WEBHOOK_HOSTS: `127.0.0.1:${port}` })
  try {
    const page = await (await browserOf(server)).newPage()
    await signIn(page, demoPerson(server, 'admin'), t('administration.people.title'))
    await page.goto(`/applications/${server.demo.application.client_id}`)
    watch(server).expectError(/status of 400/)
    const card = page
      .locator('section, div')
      .filter({ has: page.getByRole('heading', { name: t('applications.webhook.title') }) })
      .last()
    await card.getByLabel(t('applications.webhook.url')).fill('http://10.0.0.1/hook')
    await card.getByRole('button', { name: t('applications.webhook.begin') }).click()
    await expect(card.getByText(t('applications.webhook.urlMistaken'))).toBeVisible()
    await card.getByLabel(t('applications.webhook.url')).fill(`http://127.0.0.1:${port}/hook`)
    await card.getByRole('button', { name: t('applications.webhook.begin') }).click()
    const shown = page.getByRole('region', { name: t('applications.webhook.secret') })
    const secret = (await shown.locator('code').textContent()) ?? ''
    expect(secret).toMatch(/^whsec_/)
    await expect(card.getByText(t('applications.webhook.nothing'))).toBeVisible()

    const file = join(server.folder, 'one.csv')
    writeFileSync(file, 'given name,family name,sex,date of birth\nZawadi,Kanari,female,1990-01-02\n')
    npmRun(server, 'import', '--', file, '--facility', 'demo-hilltop', '--json')
    await expect.poll(() => told.length, { timeout: 20_000 }).toBeGreaterThan(0)
    const [{ headers, body } = { headers: {}, body: '' }] = told
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'changes.available', data: {} })
    await page.reload()
    await expect(page.locator('body')).not.toContainText(secret)
    const sent = page.getByRole('table', { name: t('applications.webhook.table') })
    await expect(sent.getByRole('row').nth(1)).toContainText('500')
    status = 204
    await expect.poll(() => told.length, { timeout: 30_000 }).toBeGreaterThan(1)
    await page.reload()
    await expect(sent.getByText(t('applications.webhook.states.delivered'))).toBeVisible()
    giveUpDeliveries(server)
    await page.reload()
    const before = told.length
    await sent.getByRole('button').click()
    await expect.poll(() => told.length, { timeout: 20_000 }).toBeGreaterThan(before)
    expect(told.at(-1)?.headers['webhook-id']).toBe(told[0]?.headers['webhook-id'])
    await page.reload()
    await expect(sent.getByText(t('applications.webhook.states.delivered'))).toBeVisible()
  } finally {
    await server.remove()
    receiver.close()
  }
})
