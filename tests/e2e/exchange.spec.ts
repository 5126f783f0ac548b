import type { Page } from '@playwright/test'
import { count, rows } from './database.ts'
import { doctorAt } from './steps/doctors.ts'
import { officeOf } from './steps/office.ts'
import { expectGoodScreen } from './steps/screens.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const PEOPLE = [
  'Jina la mtu,Siku,Simu',
  'Zuhura Exchangeone,1990-03-04,0700 111 222',
  'Baraka Exchangetwo,31/02/1985,',
  ',1985-01-02,0700 333 444',
].join('\n')
const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const figure = (page: Page, name: string) => page.getByText(name, { exact: true }).locator('..').locator('dd')
const meaning = (page: Page, header: string) => page.getByLabel(`${header}: ${t('exchange.meaning')}`)

test('an administrator sees what an import would do, and then does it; a file that is none loses nothing', async ({
  district,
  browserOf,
  watch,
}) => {
  test.setTimeout(180_000)
  watch(district).expectError(/status of 400/)
  const office = await officeOf(district, browserOf)
  const before = count(district, '"Client"')

  await test.step('the upload', async () => {
    await office
      .getByRole('link', { name: t('shell.nav.exchange') })
      .first()
      .click()
    await expect(office.getByRole('heading', { name: t('exchange.importTitle') })).toBeVisible()
    await expect(office.getByRole('heading', { name: t('exchange.exportTitle') })).toBeHidden()
    await office.getByLabel(t('exchange.choose')).setInputFiles(file('watu.csv', PEOPLE))
    await office.getByRole('button', { name: t('exchange.upload') }).click()
    await expect(office.getByRole('heading', { name: t('exchange.title', { files: 'watu.csv' }) })).toBeVisible()
  })
  await test.step('no column holds a name yet, and that is said', async () => {
    await expect(office.getByText(/has no column for a name/)).toBeVisible()
    await meaning(office, 'Jina la mtu').selectOption('fullName')
    await meaning(office, 'Siku').selectOption('bornOn')
    await office.getByLabel(t('exchange.facility')).selectOption({ index: 1 })
    await office.getByRole('button', { name: t('exchange.check'), exact: true }).click()
    await expect(figure(office, t('exchange.figures.created'))).toHaveText('2', { timeout: 60_000 })
    await expect(figure(office, t('exchange.figures.rejected'))).toHaveText('1')
    await expect(office.getByText('Zuhura Exchangeone', { exact: true })).toBeVisible()
    await expectGoodScreen(office, 'import that was checked')
    expect(count(district, '"Client"')).toBe(before)
  })
  await test.step('taken over', async () => {
    await office.getByRole('button', { name: t('exchange.take'), exact: true }).click()
    await expect(office.getByRole('heading', { name: t('exchange.resultTaken') })).toBeVisible({ timeout: 60_000 })
    expect(count(district, '"Client"')).toBe(before + 2)
    expect(rows(district, 'SELECT "bornOn", phone FROM "Client" WHERE "familyName" = ?', 'Exchangeone')).toEqual([
      { bornOn: '1990-03-04', phone: '0700 111 222' },
    ])
    await office.getByRole('link', { name: t('exchange.back') }).click()
    await expect(office.getByRole('table', { name: t('exchange.earlier') })).toContainText(t('exchange.states.taken'))
    await expectGoodScreen(office, 'imports')
  })
})

test('a doctor takes the clients of the own facilities away as a file, with a reason, and the log says so', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(120_000)
  const page = await doctorAt(district, 'fatma', browserOf)
  await page.goto('/exchange')
  await expect(page.getByRole('heading', { name: t('exchange.importTitle') })).toBeHidden()
  await expectGoodScreen(page, 'export')
  await page.getByLabel(t('exchange.reason')).selectOption({ label: t('exchange.reasons.report') })
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: t('exchange.download') }).click()
  const stream = await (await download).createReadStream()
  let text = ''
  for await (const piece of stream) text += piece
  const facilities = `SELECT f.id FROM "Facility" f WHERE f.name LIKE 'Hilltop%' OR f.name LIKE 'Harbour%'`
  const own = count(district, `"Client" WHERE deleted = 0 AND "mergedInto" IS NULL AND "facilityId" IN (${facilities})`)
  expect(text.trim().split('\r\n')).toHaveLength(own + 1)
  expect(own).toBeGreaterThan(0)
  expect(count(district, `"AuditEvent" WHERE action = 'exchange.export' AND route = '/exchange/file clients-csv report'`)).toBe(2)
})
