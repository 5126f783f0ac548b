import type { Page } from '@playwright/test'
import { rows } from './database.ts'
import { expectPhone, openForm, registerClient, save } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { expectAllSent } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

test('check 13: phone, id and age bring the keyboard that they need, and no field is of type number', async ({ district, browserOf }) => {
  const page = await doctorAt(district, 'amina', browserOf)
  await page.goto('/clients/new')
  await page.getByRole('button', { name: t('clients.onlyAge') }).click()
  await page.getByText(t('clients.more')).click()
  const modeOf = (label: string) => page.getByLabel(label, { exact: true }).getAttribute('inputmode')
  expect(await modeOf(t('fields.phone'))).toBe('tel')
  expect(await modeOf(t('clients.age'))).toBe('numeric')
  expect(await modeOf(t('fields.email'))).toBe('email')
  await expect(page.locator('input[type="number"]')).toHaveCount(0)
  await expect(page.locator('input[placeholder]')).toHaveCount(0)
  await page.getByRole('button', { name: t('clients.dateKnown') }).click()
  for (const box of [t('clients.day'), t('clients.month'), t('clients.year')]) expect(await modeOf(box)).toBe('numeric')
})

test('a phone number is read as of the facility’s country, also without a server; a doubtful one is said so and kept', async ({
  district,
  browserOf,
}) => {
  const page = await doctorAt(district, 'amina', browserOf)
  const number = await registerClient(page, { givenName: 'Simu', familyName: 'Namba', age: 40 })
  await expectAllSent(page)
  await district.stop()
  await openForm(page)
  const phone = page.getByLabel(t('fields.phone'), { exact: true })
  await phone.fill('0711 300')
  await phone.blur()
  await expect(page.getByText(t('clients.phoneDoubtful'))).toBeVisible()
  await phone.fill('0711 300 000')
  await expect(page.getByText(t('clients.phoneDoubtful'))).toBeHidden()
  await phone.blur()
  await expect(page.getByText('+254 711 300000')).toBeVisible()
  await save(page)
  await expectPhone(page, '0711 300 000')
  await expect(page.getByRole('link', { name: t('clients.call', { phone: '0711 300 000' }) })).toHaveAttribute('href', 'tel:+254711300000')
  await district.start()
  await expectAllSent(page)
  expect(rows(district, 'SELECT phone FROM "Client" WHERE id = ?', number)).toEqual([{ phone: '0711 300 000' }])
})

test('check 25: the summary of what is wrong takes the focus, says it in words, and its links lead to the fields', async ({
  district,
  browserOf,
}) => {
  const page = await doctorAt(district, 'amina', browserOf)
  await page.goto('/clients/new')
  await page.getByLabel(t('clients.month')).fill('13')
  await page.getByLabel(t('clients.day')).fill('1')
  await page.getByLabel(t('clients.year')).fill('1990')
  await page.getByRole('button', { name: t('clients.register'), exact: true }).click()
  await expectSummary(page, ['clients.givenName', 'clients.day'])
  await page.goto('/programs/new')
  await page.getByRole('button', { name: t('programs.create'), exact: true }).click()
  await expect(summaryOf(page)).toBeFocused()
})

const summaryOf = (page: Page) => page.getByRole('alert').filter({ has: page.getByRole('link') })

async function expectSummary(page: Page, labels: readonly ('clients.givenName' | 'clients.day')[]): Promise<void> {
  const summary = summaryOf(page)
  await expect(summary).toBeFocused()
  await expect(summary).not.toContainText(/invalid|undefined|NaN|null/i)
  const links = summary.getByRole('link')
  await expect(links).toHaveCount(labels.length)
  for (const [index, label] of labels.entries()) {
    await links.nth(index).click()
    await expect(page.getByLabel(t(label), { exact: true })).toBeFocused()
  }
}
