import { daysOfWeek, mondayOf } from '#domain/calendar.ts'
import { count, rows } from './database.ts'
import type { HimsServer } from './server.ts'
import { demoPerson, signIn } from './steps/accounts.ts'
import { registerClient } from './steps/clients.ts'
import { expectEnrolledNow, expectTile, tile, told } from './steps/dashboard.ts'
import { officeOf } from './steps/office.ts'
import { expectGoodScreen } from './steps/screens.ts'
import { readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

/** The figures as they follow from the records themselves, and not from the server's running totals. */
function figures(server: HimsServer) {
  const monday = Date.parse(`${daysOfWeek(mondayOf(new Date().toISOString().slice(0, 10)))[0]}T00:00:00Z`)
  return {
    clients: count(server, '"Client" WHERE deleted = 0 AND "mergedInto" IS NULL'),
    registeredThisWeek: count(server, '"Client" WHERE deleted = 0 AND "mergedInto" IS NULL AND "createdAt" >= ?', monday),
    programsActive: count(server, '"Program" WHERE deleted = 0 AND active = 1'),
  }
}

/** Of every program that there is, those of nobody too. */
function activeByProgram(server: HimsServer): number[] {
  const active = `SELECT count(*) FROM "Enrollment" e WHERE e."programId" = p.id AND e.deleted = 0 AND e.status = 'active'`
  return rows<{ active: number }>(server, `SELECT (${active}) AS active FROM "Program" p WHERE p.deleted = 0`).map((row) => row.active)
}

test('a viewer sees the figures that follow from the records, each program with its own', async ({ clinic, browserOf }) => {
  const page = await (await browserOf(clinic)).newPage()
  await signIn(page, demoPerson(clinic, 'viewer'), t('dashboard.title'))
  for (const [name, value] of Object.entries(figures(clinic))) await expectTile(page, name as keyof ReturnType<typeof figures>, value)
  await expectEnrolledNow(page, activeByProgram(clinic))
  const programs = rows<{ name: string; active: number; ever: number }>(
    clinic,
    `SELECT p.name, sum(e.status = 'active') AS active, sum(e.status <> 'entered-in-error') AS ever
     FROM "Program" p JOIN "Enrollment" e ON e."programId" = p.id WHERE e.deleted = 0 GROUP BY p.id`,
  )
  expect(programs.length).toBeGreaterThan(2)
  for (const { name, active, ever } of programs) {
    const row = page.getByRole('table', { name: t('dashboard.byProgram') }).getByRole('row', { name })
    await expect(row.getByRole('cell')).toHaveText([told(active), told(ever)])
  }
})

test('no word of the dashboard, and none of the pages a viewer may ask for, names a client', async ({ clinic, browserOf, watch }) => {
  watch(clinic).expectError(/status of 403/)
  const page = await (await browserOf(clinic)).newPage()
  await signIn(page, demoPerson(clinic, 'viewer'), t('dashboard.title'))
  const source = await (await page.request.get('/dashboard')).text()
  const clients = rows<{ id: string; familyName: string; phone: string | null }>(clinic, 'SELECT id, "familyName", phone FROM "Client"')
  for (const { id, familyName, phone } of clients) {
    expect(source).not.toContain(id)
    if (phone !== null) expect(source).not.toContain(phone)
    expect(source).not.toMatch(new RegExp(`\\b${familyName}\\b`))
  }
  await page.goto('/people')
  await expect(page.getByText(t('shell.failure.notPermitted'))).toBeVisible()
  await page.goto('/')
  await expect(page).toHaveURL(/\/dashboard$/)
})

test('without a server the last figures stay, with their age', async ({ district, browserOf }) => {
  const page = await (await browserOf(district)).newPage()
  await signIn(page, demoPerson(district, 'viewer'), t('dashboard.title'))
  await readyOffline(page)
  const { clients } = figures(district)
  await expectTile(page, 'clients', clients)
  await expect.poll(() => page.evaluate(() => localStorage.getItem('hims.figures'))).not.toBeNull()
  await district.stop()
  await page.goto('/dashboard')
  await expect(page.getByRole('heading', { name: t('shell.failure.needsServer') })).toBeVisible()
  await expect(page.getByRole('heading', { name: /^The last figures, as of / })).toBeVisible()
  await expectTile(page, 'clients', clients)
  await expectGoodScreen(page, 'the last figures')
  await district.start()
  await page.getByRole('button', { name: t('shell.failure.tryAgain') }).click()
  await expect(page.getByRole('heading', { level: 1, name: t('dashboard.title') })).toBeVisible()
})

test('the figures are there without JavaScript', async ({ clinic, browserOf, browser }) => {
  const context = await browserOf(clinic)
  await signIn(await context.newPage(), demoPerson(clinic, 'viewer'), t('dashboard.title'))
  const plain = await browser.newContext({ baseURL: clinic.origin, javaScriptEnabled: false, storageState: await context.storageState() })
  const page = await plain.newPage()
  await page.goto('/dashboard')
  await expectTile(page, 'clients', figures(clinic).clients)
  await expectEnrolledNow(page, activeByProgram(clinic))
  await plain.close()
})

test('a registration moves the tile by itself, and a paused dashboard holds still until it goes on', async ({ clinic, browserOf }) => {
  const wall = await (await browserOf(clinic)).newPage()
  await signIn(wall, demoPerson(clinic, 'viewer'), t('dashboard.title'))
  await expect(wall.getByText(t('dashboard.live'), { exact: true })).toBeVisible()
  const before = figures(clinic).clients
  const tablet = await (await browserOf(clinic)).newPage()
  await signIn(tablet, demoPerson(clinic, 'doctor'))

  await registerClient(tablet, { givenName: 'Zawadi', familyName: 'Tumaini', age: 31 })
  await expectTile(wall, 'clients', before + 1)
  await expectTile(wall, 'registeredThisWeek', figures(clinic).registeredThisWeek)

  await wall.getByRole('button', { name: t('dashboard.pause') }).click()
  await registerClient(tablet, { givenName: 'Baraka', familyName: 'Subira', age: 52 })
  await expect.poll(() => figures(clinic).clients).toBe(before + 2)
  // Long enough for four pictures of the figures.
  await wall.waitForTimeout(2_500)
  await expect(tile(wall, 'clients')).toHaveText(String(before + 1))
  await wall.getByRole('button', { name: t('dashboard.resume') }).click()
  await expectTile(wall, 'clients', before + 2)
})

test('on a wall screen the figures stand alone, as anybody may see them, with a clock that goes on, and move by themselves', async ({
  clinic,
  browserOf,
}) => {
  const office = await officeOf(clinic, browserOf)
  await office.goto('/dashboard')
  await office.getByRole('button', { name: t('dashboard.wall.open') }).click()
  await expect(office.getByRole('button', { name: t('dashboard.wall.close') })).toBeVisible()
  expect(await office.evaluate(() => document.fullscreenElement?.textContent?.includes('HIMS'))).toBe(false)
  await expectEnrolledNow(office, activeByProgram(clinic))
  const clock = () =>
    office
      .locator(':fullscreen')
      .getByText(/\d:\d\d:\d\d/)
      .textContent()
  const first = await clock()
  await expect.poll(clock).not.toBe(first)
  const before = figures(clinic).clients
  const tablet = await (await browserOf(clinic)).newPage()
  await signIn(tablet, demoPerson(clinic, 'doctor'))
  await registerClient(tablet, { givenName: 'Walli', familyName: 'Screenson', age: 20 })
  await expectTile(office, 'clients', before + 1)
  await office.getByRole('button', { name: t('dashboard.wall.close') }).click()
  await expect(office.getByRole('button', { name: t('dashboard.wall.close') })).toBeHidden()
})

test('from the dashboard a doctor is back at work with one press; a viewer has nothing to press', async ({ clinic, browserOf }) => {
  const doctor = await (await browserOf(clinic)).newPage()
  await signIn(doctor, demoPerson(clinic, 'doctor'))
  await doctor.goto('/dashboard')
  await doctor
    .getByRole('navigation', { name: t('dashboard.quick') })
    .getByRole('link', { name: t('shell.nav.register') })
    .click()
  await expect(doctor.getByLabel(t('clients.givenName'))).toBeVisible()
  const viewer = await (await browserOf(clinic)).newPage()
  await signIn(viewer, demoPerson(clinic, 'viewer'), t('dashboard.title'))
  await expect(viewer.getByRole('navigation', { name: t('dashboard.quick') })).toBeHidden()
})
