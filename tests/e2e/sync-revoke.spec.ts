import type { BrowserContext, Page } from '@playwright/test'
import { count, rows } from './database.ts'
import type { HimsServer } from './server.ts'
import { changePhone, correct, openClient, registerClient } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { deviceIn, deviceRow, officeOf, revoke } from './steps/office.ts'
import { openReview, questionWith, unfold } from './steps/review.ts'
import { databaseNames } from './steps/storage.ts'
import { expectAllSent, expectToSend } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

test('W1, W3: a revoked tablet hands in what is unsent, forgets everything and says so; a doctor of its facility is asked', async ({
  district,
  browserOf,
  watch,
}) => {
  test.setTimeout(240_000)
  watch(district).expectError(/status of 401/)
  const office = await officeOf(district, browserOf)
  const amina = await doctorAt(district, 'amina', browserOf)
  const context = await browserOf(district)
  const { page, device, number } = await withTwoUnsent(district, context, 'Hekima', '0712 000 00')
  await page.close()
  await district.start()
  await revoke(office, device)

  const again = await context.newPage()
  await again.goto('/')
  await expect(again.getByRole('heading', { level: 1, name: t('shell.wiped.title') })).toBeVisible()
  await expect(again.getByText(t('shell.wiped.handedIn'))).toBeVisible()
  await expect.poll(() => databaseNames(again)).toEqual([])
  await expect.poll(() => wipedAt(district, device)).not.toBeNull()

  await test.step('the office lists the changes without what is in them', async () => {
    await office.goto('/devices')
    await expect(deviceRow(office, device).first()).toContainText(t('devices.wiped'))
    const table = office.getByRole('table', { name: t('devices.handedIn.table') })
    await expect(table.getByRole('row').filter({ hasText: number })).toHaveCount(2)
    await expect(office.getByText('0712 000 001')).toHaveCount(0)
    await expect(office.getByText('Hekima')).toHaveCount(0)
  })

  await test.step('and a doctor of the facility sees them whole', async () => {
    await openReview(amina)
    const questions = questionWith(amina, 'Hekima Revoked')
    await expect(questions).toHaveCount(2)
    await expect(questions.first()).toContainText(t('sync.reason.quarantined'))
    const phone = questions.filter({ hasText: t('fields.phone') })
    await unfold(phone)
    await expect(phone).toContainText('0712 000 001')
    await phone.getByRole('link', { name: t('review.fix') }).click()
    await amina.getByRole('button', { name: t('review.fix') }).click()
    await expectAllSent(amina)
    await expect.poll(() => rows(district, 'SELECT phone FROM "Client" WHERE id = ?', number)).toEqual([{ phone: '0712 000 001' }])
  })
})

test('W2: a wipe that is killed half-way is finished at the next start, and the server is told', async ({ district, browserOf, watch }) => {
  test.setTimeout(240_000)
  watch(district).expectError(/status of 401/)
  // The wipe takes the app's own files too: a page that is on its way to be shown then loads itself again.
  watch(district).expectError(/Error loading route module .* reloading page/)
  const office = await officeOf(district, browserOf)
  const context = await browserOf(district)
  const { page, device, number } = await withTwoUnsent(district, context, 'Juma', '0712 100 00')
  await page.close()
  await district.start()
  await revoke(office, device)

  // The wipe comes as far as its first table, which it cannot take away: there the tab is killed.
  const stuck = await context.newPage()
  await stuck.addInitScript(() => {
    const begun = () => Object.keys(localStorage).some((key) => key.startsWith('hims.wiping'))
    const { clear } = IDBObjectStore.prototype
    IDBObjectStore.prototype.clear = function () {
      if (!begun()) return clear.call(this)
      document.documentElement.dataset.wiping = 'yes'
      return new EventTarget() as IDBRequest<undefined>
    }
  })
  await stuck.goto('/')
  await expect(stuck.locator('html')).toHaveAttribute('data-wiping', 'yes')
  expect(await databaseNames(stuck)).not.toEqual([])
  expect(wipedAt(district, device)).toBeNull()
  await stuck.close()

  const again = await context.newPage()
  await again.goto('/')
  await expect(again.getByRole('heading', { level: 1, name: t('shell.wiped.title') })).toBeVisible()
  await expect.poll(() => databaseNames(again)).toEqual([])
  await expect.poll(() => wipedAt(district, device)).not.toBeNull()
  expect(count(district, '"Push" WHERE "recordId" = ?', number)).toBe(3)
})

/** Joseph's tablet with a client of the server's and two unsent edits of it; the server is stopped. */
async function withTwoUnsent(server: HimsServer, context: BrowserContext, givenName: string, phone: string) {
  const page: Page = await doctorAt(server, 'joseph', async () => context)
  const device = await deviceIn(page)
  const number = await registerClient(page, { givenName, familyName: 'Revoked', age: 44, phone: `${phone}0` })
  await expectAllSent(page)
  await openClient(page, number, `${givenName} Revoked`)
  await server.stop()
  await changePhone(page, `${phone}1`)
  await correct(page, { address: 'Unsent street' })
  await expectToSend(page, 2)
  return { page, device, number }
}

function wipedAt(server: HimsServer, device: string): number | null {
  return rows<{ wipedAt: number | null }>(server, 'SELECT "wipedAt" FROM "Device" WHERE id LIKE ?', `${device}%`)[0]?.wipedAt ?? null
}
