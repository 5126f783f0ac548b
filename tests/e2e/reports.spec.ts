import type { Page } from '@playwright/test'
import { count } from './database.ts'
import { demoPerson, signIn } from './steps/accounts.ts'
import { enrol, registerClient } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { officeOf } from './steps/office.ts'
import { openProgram } from './steps/programs.ts'
import { expectGoodScreen } from './steps/screens.ts'
import { expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const tile = (page: Page, name: string) => page.getByText(name, { exact: true }).locator('..').locator('dd')
const plain = (text: string | null) => Number((text ?? '').replace(/\D/g, ''))

test('a report gives what the records say, for everything and for one facility, moves by itself, and is a table too', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(180_000)
  const office = await officeOf(district, browserOf)
  const active = (more = '') => count(district, `"Enrollment" e WHERE deleted = 0 AND status = 'active' ${more}`)
  const clients = (more = '') => count(district, `"Client" WHERE deleted = 0 AND "mergedInto" IS NULL ${more}`)
  await office
    .getByRole('link', { name: t('shell.nav.reports') })
    .first()
    .click()
  await expect(tile(office, t('reports.active'))).toHaveText(String(active()))
  await expect(tile(office, t('reports.clients')).first()).toHaveText(String(clients()))
  await expect(office.getByRole('img', { name: t('reports.byMonth') })).toBeVisible()
  await expect(office.getByRole('img', { name: t('reports.byAge') })).toBeVisible()
  const unborn = count(district, `"Client" WHERE deleted = 0 AND "mergedInto" IS NULL AND "bornOn" IS NULL`)
  await expect(tile(office, t('reports.birthUnknown'))).toContainText(new RegExp(`^${unborn}(\\D|$)`))
  await expectGoodScreen(office, 'report')

  await test.step('one facility, and what a tablet sends meanwhile', async () => {
    const hilltop = `AND "facilityId" = 'demo-hilltop'`
    await office.getByLabel(t('reports.facility')).selectOption('demo-hilltop')
    await office.getByRole('button', { name: t('reports.apply') }).click()
    await expect(office).toHaveURL(/facility=demo-hilltop/)
    await expect(tile(office, t('reports.clients')).first()).toHaveText(String(clients(hilltop)))
    await expect(tile(office, t('reports.active'))).toHaveText(String(active(hilltop)))
    await office.goto('/reports')
    const tablet = await doctorAt(district, 'amina', browserOf)
    await registerClient(tablet, { givenName: 'Reportnew', familyName: 'Person', age: 41 })
    await enrol(tablet, [openProgram(district)])
    await expectAllSent(tablet)
    await expect(tile(office, t('reports.active'))).toHaveText(String(active()), { timeout: 30_000 })
  })

  await test.step('the figures of a picture are a table, and all of them a file', async () => {
    await office.getByText(t('reports.figures')).last().click()
    const table = office.getByRole('table', { name: t('reports.byAge') })
    const cells = await table.getByRole('cell').allTextContents()
    expect(cells.reduce((sum, cell) => sum + plain(cell), 0)).toBe(clients())
    const download = office.waitForEvent('download')
    await office.getByRole('link', { name: t('reports.csv') }).click()
    const stream = await (await download).createReadStream()
    let text = ''
    for await (const piece of stream) text += piece
    expect(text).toContain(`total,,active,Enrolled now,${active()}\r\n`)
  })
})

test('a viewer is not shown exact figures of few people', async ({ clinic, browserOf, watch }) => {
  watch(clinic).expectError(/status of 403/)
  const page = await (await browserOf(clinic)).newPage()
  await signIn(page, demoPerson(clinic, 'viewer'), t('dashboard.title'))
  await expect(page.getByRole('link', { name: t('shell.nav.reports') })).toHaveCount(0)
  await page.goto('/reports')
  await expect(page.getByText(t('shell.failure.notPermitted'))).toBeVisible()
  expect((await page.request.get('/reports/csv')).status()).toBe(403)
})

test('on paper no column of a report is cut off', async ({ clinic, browserOf }) => {
  const office = await officeOf(clinic, browserOf)
  await office.goto('/reports')
  await office.emulateMedia({ media: 'print' })
  // A4 with the margins of browsers, at 96 dots an inch.
  await office.setViewportSize({ width: 718, height: 1000 })
  const box = office.getByRole('region', { name: t('reports.byProgram') })
  expect(await box.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(1)
  await expect(office.getByRole('navigation').first()).toBeHidden()
})
