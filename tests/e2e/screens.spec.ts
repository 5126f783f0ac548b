import type { Page } from '@playwright/test'
import { rows } from './database.ts'
import type { HimsServer } from './server.ts'
import { ACHIENG, demoPerson, invite, signIn, tryToSignIn } from './steps/accounts.ts'
import { createApplication } from './steps/applications.ts'
import { clientHeading, search } from './steps/clients.ts'
import { expectGoodScreen, expectToFit, narrow } from './steps/screens.ts'
import { expectAllSent, readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { swahili, t } from './words.ts'

test('the pages before signing in are accessible and fit a narrow screen', async ({ fresh, browserOf, watch }) => {
  watch(fresh).expectError(/status of 4(00|01|04)/)
  const page = await (await browserOf(fresh)).newPage()
  await page.goto('/sign-in')
  await expectGoodScreen(page, 'sign-in')
  await tryToSignIn(page, { ...ACHIENG, email: '' })
  await expect(page.getByRole('alert')).toBeVisible()
  await expectGoodScreen(page, 'sign-in with errors')
  await page.goto(await fresh.setupLink())
  await expectGoodScreen(page, 'set-up')
  await page.getByRole('button', { name: t('accounts.setup.submit') }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expectGoodScreen(page, 'set-up with errors')
  await page.goto('/setup/nothing')
  await expectGoodScreen(page, 'a link that does not work')
  await page.goto('/api/docs')
  await expectGoodScreen(page, 'documentation of the partner API')
  await page.goto('/no/such/page')
  await expectGoodScreen(page, 'no such page')
})

test('the pages of an administrator are accessible and fit a narrow screen', async ({ clinic, browserOf }) => {
  const page = await (await browserOf(clinic)).newPage()
  await signIn(page, demoPerson(clinic, 'admin'), t('administration.people.title'))
  await expectGoodScreen(page, 'people')
  const [facility] = rows<{ name: string }>(clinic, 'SELECT name FROM "Facility"')
  const link = await invite(page, `${test.info().project.name}@example.org`, facility?.name)
  await expectGoodScreen(page, 'invitation ready')
  await createApplication(page, 'National register')
  await expectGoodScreen(page, 'applications with a secret')
  await page.goto('/devices')
  await expect(page.getByRole('heading', { level: 1, name: t('devices.title') })).toBeVisible()
  await expectGoodScreen(page, 'devices')
  await page.goto('/facilities')
  await expectGoodScreen(page, 'facilities')
  await page.goto('/audit')
  await expectGoodScreen(page, 'audit')
  await page.goto('/dashboard')
  await expect(page.getByText(t('dashboard.live'), { exact: true })).toBeVisible()
  await expectGoodScreen(page, 'dashboard')
  const guest = await (await browserOf(clinic)).newPage()
  await guest.goto(link)
  await expectGoodScreen(guest, 'invitation')
})

test('the clients’ pages are accessible and fit a narrow screen', async ({ clinic, browserOf }) => {
  const page = await atWork(clinic, await browserOf(clinic).then((context) => context.newPage()))
  const client = enrolledClient(clinic)
  await expectGoodScreen(page, 'home')
  await search(page, 'a')
  await expect(page.getByRole('main').getByRole('status').first()).toBeVisible()
  await expectGoodScreen(page, 'home with results')
  await search(page, 'Nobody Xyz')
  await expect(page.getByText(t('home.nothing', { typed: 'Nobody Xyz' }))).toBeVisible()
  await expectGoodScreen(page, 'home, nobody found')
  await page.goto('/clients/new')
  await page.getByText(t('clients.more')).click()
  await page.getByLabel(t('clients.year')).fill('3')
  await page.getByRole('button', { name: t('clients.register'), exact: true }).click()
  await expect(page.getByRole('alert')).toBeFocused()
  await expectGoodScreen(page, 'register with errors')
  await page.goto(`/clients/${client.id}`)
  await expect(page.getByRole('heading', { name: t('clients.details') })).toBeVisible()
  await expectGoodScreen(page, 'client')
  await page.getByRole('button', { name: t('history.show') }).click()
  await expect(page.getByRole('list', { name: t('history.list') })).toBeVisible()
  await expectGoodScreen(page, 'client with history')
  await page.getByRole('button', { name: t('removal.remove') }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await expectGoodScreen(page, 'remove a client')
  await page.getByRole('button', { name: t('fields.cancel') }).click()
  await expect(page.getByRole('alertdialog')).toBeHidden()
  await page.getByRole('button', { name: t('enrollments.enrol') }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectGoodScreen(page, 'enrol')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByRole('button', { name: t('enrollments.endOf', { program: client.program }) }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectGoodScreen(page, 'end of an enrollment')
  await page.goto(`/clients/${client.id}/edit`)
  await expect(page.getByRole('button', { name: t('fields.save'), exact: true })).toBeVisible()
  await expectGoodScreen(page, 'edit')
  await page.goto('/clients/NOBODY')
  await expect(page.getByText(t('clients.notFoundHint'))).toBeVisible()
  await expectGoodScreen(page, 'client not found')
})

test('the programs’ pages and the sync page are accessible and fit a narrow screen', async ({ clinic, browserOf }) => {
  const page = await atWork(clinic, await browserOf(clinic).then((context) => context.newPage()))
  await page.goto('/programs')
  await expect(page.getByRole('searchbox', { name: t('programs.search') })).toBeVisible()
  await expectGoodScreen(page, 'programs')
  await page.goto(`/programs/${enrolledClient(clinic).programId}`)
  await expect(page.getByRole('heading', { name: t('programs.facts') })).toBeVisible()
  await expectGoodScreen(page, 'program')
  await page.goto('/programs/new')
  await page.getByRole('button', { name: t('programs.create') }).click()
  await expect(page.getByRole('alert')).toBeFocused()
  await expectGoodScreen(page, 'program with errors')
  await page.goto('/review')
  await expect(page.getByRole('heading', { level: 1, name: t('review.title') })).toBeVisible()
  await expectGoodScreen(page, 'review')
  await page.goto('/sync')
  await expect(page.getByRole('heading', { level: 1, name: t('sync.title') })).toBeVisible()
  await expectGoodScreen(page, 'sync')
  await page.getByRole('button', { name: t('shell.account.menu') }).click()
  await expectGoodScreen(page, 'account menu', { narrows: false })
  await page.keyboard.press('Escape')
  await narrow(page)
  await page.getByRole('button', { name: t('shell.account.menu') }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectToFit(page, 'account menu')
  await page.goto('/people')
  await expectGoodScreen(page, 'people, as a doctor')
})

test('in Kiswahili home and client are in that language, and as accessible', async ({ clinic, browserOf }) => {
  const context = await browserOf(clinic)
  const page = await atWork(clinic, await context.newPage())
  await page.getByRole('button', { name: t('shell.account.menu') }).click()
  await page.getByRole('button', { name: t('shell.languages.sw') }).click()
  await page.keyboard.press('Escape')
  await expect(page.locator('html')).toHaveAttribute('lang', 'sw')
  await page.reload()
  await expect(clientHeading(page, swahili('home.title'))).toBeVisible()
  await expectGoodScreen(page, 'home in Kiswahili')
  await page.goto(`/clients/${enrolledClient(clinic).id}`)
  await expect(page.getByRole('heading', { name: swahili('clients.details') })).toBeVisible()
  await expect(page.getByText(t('clients.details'), { exact: true })).toHaveCount(0)
  await expectGoodScreen(page, 'client in Kiswahili')
})

test('a page of the server that cannot be reached says so in words, and the way back works', async ({ fresh, browserOf }) => {
  const page = await (await browserOf(fresh)).newPage()
  await page.goto('/sign-in')
  await readyOffline(page)
  await fresh.stop()
  await page.goto('/dashboard')
  await expect(page.getByRole('heading', { name: t('shell.failure.needsServer') })).toBeVisible()
  await expectGoodScreen(page, 'a page that needs the server')
  await fresh.start()
  await page.getByRole('button', { name: t('shell.failure.tryAgain') }).click()
  await expect(page.getByRole('heading', { level: 1, name: t('accounts.signIn.title') })).toBeVisible()
})

/** A doctor at the search, with the clinic's clients on the device. */
async function atWork(server: HimsServer, page: Page): Promise<Page> {
  await signIn(page, demoPerson(server, 'doctor'))
  await expectAllSent(page)
  await expect(page.getByRole('heading', { name: t('home.recent') })).toBeVisible()
  return page
}

/** One of the first doctor's clients who is in a program now. */
function enrolledClient(server: HimsServer) {
  const [found] = rows<{ id: string; programId: string; program: string }>(
    server,
    `SELECT c.id, p.id AS "programId", p.name AS program FROM "Client" c
     JOIN "Enrollment" e ON e."clientId" = c.id JOIN "Program" p ON p.id = e."programId"
     JOIN "AccountFacility" f ON f."facilityId" = c."facilityId" JOIN "Account" a ON a.id = f."accountId"
     WHERE a.email = ? AND e.status = 'active' AND e.deleted = 0 ORDER BY c.id LIMIT 1`,
    demoPerson(server, 'doctor').email,
  )
  if (found === undefined) throw new Error('the demo has no enrolled client for its first doctor')
  return found
}
