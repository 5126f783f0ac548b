import type { Page } from '@playwright/test'
import { clientHeading, registerClient, rowOf } from './steps/clients.ts'
import { doctorAt } from './steps/doctors.ts'
import { expectGoodScreen } from './steps/screens.ts'
import { readyOffline } from './steps/sync.ts'
import { expect, test } from './test.ts'
import { t } from './words.ts'

const matches = (page: Page) => page.getByRole('region', { name: t('clients.matches.title') })

test('who is registered already is shown before saving, offline, for a misspelt name; it hinders nobody, and nothing typed is lost', async ({
  district,
  browserOf,
}) => {
  test.setTimeout(180_000)
  const page = await doctorAt(district, 'amina', browserOf)
  await registerClient(page, { givenName: 'Wanjirumatch', familyName: 'Kamaumatch', age: 34, phone: '0711 640 001' })
  await readyOffline(page)
  await district.stop()

  await page.goto('/clients/new')
  await page.getByLabel(t('clients.givenName')).fill('Wanjiromatch')
  await expect(matches(page)).toBeHidden()
  await page.getByLabel(t('clients.familyName')).fill('Kamawmatch')
  await page.getByLabel(t('fields.phone'), { exact: true }).fill('+254 711 640 001')
  await expect(matches(page)).toBeVisible()
  await expect(matches(page)).toContainText(t('review.similar.same-phone'))
  await expect(matches(page)).toContainText(t('review.similar.similar-name'))
  await expect(page.getByRole('status').filter({ hasText: t('clients.matches.count', { count: 1 }) })).toBeAttached()
  await expectGoodScreen(page, 'possible matches while registering')

  await rowOf(page, 'Wanjirumatch Kamaumatch').click()
  await expect(clientHeading(page, 'Wanjirumatch Kamaumatch')).toBeVisible()
  await page.goBack()
  await expect(page.getByLabel(t('clients.familyName'))).toHaveValue('Kamawmatch')

  await expect(matches(page)).toBeVisible()
  await page.getByRole('button', { name: t('clients.matches.nobody') }).click()
  await expect(matches(page)).toBeHidden()
  await page.getByRole('button', { name: t('clients.register'), exact: true }).click()
  await expect(clientHeading(page, 'Wanjiromatch Kamawmatch')).toBeVisible()
  await district.start()
})
